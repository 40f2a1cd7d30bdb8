//! PDF documents: read to articles in a process of their own, or refused with a named error, whatever they hold.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tests::{Reply, World, Written, assemble, pdf, pdf_of};

fn run_in(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_lexwatch"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// What `extract` says of a document: the article, or the error.
fn extract(document: &[u8]) -> Result<Value, String> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.pdf"), document).unwrap();
    let output = run_in(folder.path(), &["extract", "a.pdf"], "");
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    match output.status.code() {
        Some(0) => Ok(serde_json::from_slice(&output.stdout).unwrap()),
        Some(2) => Err(error),
        code => panic!("exit {code:?}: {error}"),
    }
}

fn paragraphs(article: &Value) -> Vec<String> {
    article["text"].as_str().unwrap().split("\n\n").map(str::to_owned).collect()
}

/// A notice of two pages with a running head, numbers of pages, a word that is cut, and one with a hyphen of its own.
fn notice() -> Vec<Vec<Written<'static>>> {
    let head = (72.0, 800.0, 9.0, "Agency for Networks - Official notices");
    vec![
        vec![
            head,
            (72.0, 760.0, 18.0, "Notice on the registration"),
            (72.0, 738.0, 18.0, "of public networks"),
            (72.0, 712.0, 11.0, "Adopted on 12 March 2026"),
            (72.0, 680.0, 11.0, "Operators of public networks shall be regis-"),
            (72.0, 666.0, 11.0, "tered with the agency before the first of June, and their long-"),
            (
                72.0,
                652.0,
                11.0,
                "term plans shall be filed with the regional office of the agency.",
            ),
            (
                72.0,
                626.0,
                11.0,
                "A long-term plan names the places in which data of persons are kept,",
            ),
            (72.0, 612.0, 11.0, "and who may ask for them. The agency publishes a register of"),
            (290.0, 40.0, 9.0, "1"),
        ],
        vec![
            head,
            (72.0, 760.0, 11.0, "all operators, which anybody may read without giving a reason."),
            (72.0, 734.0, 11.0, "Whoever does not register is fined."),
            (72.0, 708.0, 11.0, "(a) Fines are paid to the agency, which may"),
            (90.0, 694.0, 11.0, "lower them for small operators."),
            (290.0, 40.0, 9.0, "2"),
        ],
    ]
}

#[test]
fn a_document_becomes_an_article() {
    let article = extract(&pdf(
        &notice(),
        "/Title (Microsoft Word - notice_final.docx) /CreationDate (D:20260401)",
    ))
    .unwrap();
    assert_eq!(
        article["title"], "Notice on the registration of public networks",
        "a file's name is no title"
    );
    assert_eq!(
        article["published"], "2026-03-12",
        "what the head says goes before when the file was made"
    );
    assert_eq!(article["language"], "en");
    assert_eq!(
        paragraphs(&article),
        [
            "Adopted on 12 March 2026",
            "Operators of public networks shall be registered with the agency before the first of June, and their \
             long-term plans shall be filed with the regional office of the agency.",
            "A long-term plan names the places in which data of persons are kept, and who may ask for them. The agency \
             publishes a register of all operators, which anybody may read without giving a reason.",
            "Whoever does not register is fined.",
            "(a) Fines are paid to the agency, which may lower them for small operators.",
        ]
    );
    let told =
        extract(&pdf(&notice(), "/Title (Notice on registration of networks) /Author (Ada Byron)"))
            .unwrap();
    assert_eq!(told["title"], "Notice on registration of networks");
    assert_eq!(told["byline"], "Ada Byron");
}

#[test]
fn columns_are_read_one_after_the_other() {
    let left = [
        "Operators of networks that serve the public",
        "are to be registered before June, and those",
        "who hold data of persons must say where the",
        "data are kept and who may ask for them, so",
        "that the agency can look into it at any time",
    ];
    let right = [
        "without giving notice. The agency publishes a",
        "register of all operators, which anybody may",
        "read, and it brings the register up to date on",
        "the first of each month. Whoever is not in the",
        "register must not offer services to the public.",
    ];
    let mut page: Vec<Written<'_>> =
        vec![(72.0, 780.0, 16.0, "A register of all networks that serve the public")];
    for (number, (left, right)) in left.iter().zip(right).enumerate() {
        let y = 740.0 - 14.0 * number as f32;
        page.extend([(60.0, y, 10.0, *left), (310.0, y, 10.0, right)]);
    }
    let article = extract(&pdf(&[page], "")).unwrap();
    assert_eq!(article["title"], "A register of all networks that serve the public");
    let text = article["text"].as_str().unwrap();
    assert!(text.contains("look into it at any time without giving notice. The agency"), "{text}");
}

/// Typesetting programs draw no blanks, and squeeze the gaps between words where a line is full.
#[test]
fn words_are_told_apart_by_the_gaps_between_them() {
    let line = "[(W) 80 (e) -120 (are) -120 (pleased) -120 (that) -120 (you) -120 (T) 70 (ry) -120 (this) -120 (system) -120 \
                (on) -120 (all) -120 (of) -120 (your) -120 (netw) 20 (orks)] TJ";
    let page: String =
        (0..4).map(|n| format!("BT /F1 11 Tf 60 {} Td {line} ET\n", 700 - 14 * n)).collect();
    let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
    let article = extract(&pdf_of(&[page], font, "", "")).unwrap();
    let words = "We are pleased that you Try this system on all of your networks";
    assert_eq!(article["text"].as_str().unwrap().matches(words).count(), 4, "{article:#}");
}

#[test]
fn writing_of_any_script_is_read() {
    let words = "国家互联网信息办公室发布网络安全审查办法要求关键信息基础设施运营者采购网络产品和服务时申报审查";
    let hex: String = words.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    let lines: String =
        (0..6).map(|n| format!("BT /F1 12 Tf 60 {} Td <{hex}> Tj ET\n", 700 - 16 * n)).collect();
    let font = "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font \
        /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>] >>";
    let article = extract(&pdf_of(&[lines], font, "", "")).unwrap();
    assert_eq!(article["language"], "zh");
    assert_eq!(article["text"].as_str().unwrap().matches(words).count(), 6, "{article:#}");
}

#[test]
fn what_cannot_be_read_has_a_name() {
    let scan = pdf_of(
        &["q 500 0 0 700 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q".to_owned()],
        "null",
        "",
        "",
    );
    let end = scan.windows(5).rposition(|part| part == b"%%EOF").unwrap();
    let cut = scan[..end].to_vec();
    let locked = pdf_of(
        &["BT /F1 12 Tf (x) Tj ET".to_owned()],
        "null",
        "",
        &format!(
            "/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] /Encrypt << /Filter /Standard \
             /V 1 /R 2 /P -4 /O <{0}> /U <{0}> >>",
            "41".repeat(32)
        ),
    );
    let short = pdf(&[vec![(72.0, 700.0, 12.0, "Annex")]], "");
    for (document, expected) in [
        (scan, "the PDF holds no text: 1 page of pictures, as of a scan"),
        (locked, "the PDF is locked by a password"),
        (short, "only 5 characters of text"),
        (b"%PDF-1.7".to_vec(), "the PDF is broken"),
        (cut, "the PDF is cut off"),
        ([b"%PDF-1.7\n", "[".repeat(500_000).as_bytes()].concat(), "the PDF is broken"),
    ] {
        let error = extract(&document).unwrap_err();
        assert!(error.contains(expected), "{error} should say {expected}");
    }
}

#[test]
fn a_document_cut_short_gives_what_is_left_or_an_error() {
    let whole = pdf(&notice(), "");
    for share in [10, 30, 50, 70, 90, 99] {
        match extract(&whole[..whole.len() * share / 100]) {
            Ok(article) => {
                assert!(article["text"].as_str().unwrap().contains("shall be registered"))
            }
            Err(error) => assert!(error.contains("no article"), "{share} %: {error}"),
        }
    }
}

/// So many zeros, deflated by hand: one literal, then copies of it, 258 at a time.
fn deflated_zeros(bytes: usize) -> Vec<u8> {
    let mut bits: Vec<bool> = Vec::new();
    let mut put = |text: &str| bits.extend(text.bytes().map(|bit| bit == b'1'));
    put("110");
    put("00110000");
    for _ in 0..bytes / 258 {
        put("11000101");
        put("00000");
    }
    put("0000000");
    let packed = bits
        .chunks(8)
        .map(|byte| byte.iter().enumerate().map(|(at, bit)| u8::from(*bit) << at).sum::<u8>());
    [0x78, 0x9c].into_iter().chain(packed).collect()
}

/// Whatever a document does, the answer comes in time, and the next one is read.
#[test]
fn bombs_go_off_in_the_child_alone() {
    let zeros = deflated_zeros(1_000_000_000);
    let object = |text: &str| text.as_bytes().to_vec();
    let bomb = assemble(
        &[
            object("<< /Type /Catalog /Pages 2 0 R >>"),
            object("<< /Type /Pages /Kids [5 0 R] /Count 1 >>"),
            object("null"),
            object("<< >>"),
            object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 6 0 R >>"),
            [
                format!("<< /Length {} /Filter /FlateDecode >>\nstream\n", zeros.len()).as_bytes(),
                &zeros,
                b"\nendstream",
            ]
            .concat(),
        ],
        "",
    );
    let nested = pdf_of(&["[".repeat(1_000_000), "q ".repeat(1_000_000)], "null", "", "");
    let form = "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9999999 >>";
    let ring = assemble(
        &[
            object("<< /Type /Catalog /Pages 2 0 R >>"),
            object(form),
            object("null"),
            object("<< >>"),
        ],
        "",
    );
    for (name, document) in [("zeros", bomb), ("depth", nested), ("ring", ring)] {
        let error = extract(&document).unwrap_err();
        assert!(error.contains("no article"), "{name}: {error}");
    }
}

#[test]
fn a_document_of_ten_thousand_pages_is_read_from_its_beginning() {
    let texts: Vec<String> = (0..10_000)
        .map(|n| format!("Clause number {n} obliges whoever runs a network to register it."))
        .collect();
    let pages: Vec<Vec<Written<'_>>> =
        texts.iter().map(|text| vec![(72.0, 700.0, 11.0, text.as_str())]).collect();
    let article = extract(&pdf(&pages, "")).unwrap();
    let text = article["text"].as_str().unwrap();
    assert!(
        text.contains("Clause number 1 obliges") && text.contains("Clause number 1500 obliges")
    );
    assert!(text.len() < 2_000_000, "{}", text.len());
}

/// Behind a feed, PDF or not is nobody's concern; one that cannot be read is named and stops nothing.
#[tokio::test]
async fn documents_behind_a_feed_are_kept_like_pages() {
    let mut world = World::new().await.unwrap();
    let base = world.web.url("");
    let date = "Mon, 23 Nov 2026 08:00:00 GMT";
    let listed =
        [("/notice.pdf", "Notice", date), ("/plain", "Plain", date), ("/scan.pdf", "Scan", date)];
    world.web.rss("/feed.xml", tests::feed(&base, &listed));
    let put = |path: &str, kind: &str, body: Vec<u8>| {
        world.web.put(path, Reply::Body(kind.to_owned(), body));
    };
    put("/notice.pdf", "application/octet-stream", pdf(&notice(), ""));
    put("/scan.pdf", "application/pdf", pdf(&[vec![]], ""));
    let text = tests::article("China", "encryption");
    let text: Vec<_> = text.iter().map(String::as_str).collect();
    world.web.html("/plain", tests::page("China adopts law on encryption", "2026-11-23", &text));
    world.source("press", "feed", "/feed.xml", "");
    world.write_settings().unwrap();
    let folder = world.folder().to_owned();
    let output = tokio::task::spawn_blocking(move || {
        let report = run_in(&folder, &["ingest", "--all", "--json"], "");
        let found = run_in(&folder, &["search", "--json", "policy:any registered"], "");
        (report, found)
    });
    let (report, found) = output.await.unwrap();
    let report: Value = serde_json::from_slice(&report.stdout).unwrap();
    assert_eq!(report["kept"], 2, "{report:#}");
    let failure = &report["failures"][0];
    assert!(failure["url"].as_str().unwrap().ends_with("/scan.pdf"));
    assert!(failure["error"].as_str().unwrap().contains("the PDF holds no text"), "{report:#}");
    let found: Value = serde_json::from_slice(&found.stdout).unwrap();
    assert_eq!(
        found["items"][0]["title"], "Notice on the registration of public networks",
        "{found:#}"
    );
}
