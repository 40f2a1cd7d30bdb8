//! Snippets show why an item was found, and nothing that a page could run.

use super::*;

async fn snippet(draft: Draft<'_>, text: &str) -> String {
    let (_folder, index) = filled(&[draft]).await;
    let mut page = find(&index, text).await;
    assert_eq!(page.rows.len(), 1, "{text}");
    page.rows.remove(0).1
}

#[tokio::test]
async fn the_words_found_are_marked_where_they_stand_best() {
    let text = format!(
        "The beginning speaks of keys. {} Then encryption keys are handed over, says the regulator. {}",
        "Other things are said in between. ".repeat(20),
        "And so on it goes. ".repeat(30)
    );
    let shown = snippet(Draft { text: &text, ..DRAFT }, "encryption key").await;
    assert!(
        shown.starts_with("…Then <mark>encryption</mark> <mark>keys</mark> are handed over"),
        "{shown}"
    );
    assert!(shown.ends_with('…') && shown.len() < 400, "{shown}");

    let shown = snippet(Draft { text: &text, ..DRAFT }, "\"keys are handed\" -absent").await;
    assert!(
        shown.contains("encryption <mark>keys</mark> <mark>are</mark> <mark>handed</mark> over"),
        "{shown}"
    );
    let shown = snippet(Draft { text: &text, ..DRAFT }, "regul*").await;
    assert!(shown.contains("the <mark>regulator</mark>."), "{shown}");
}

#[tokio::test]
async fn without_words_the_text_begins() {
    let text = "First  paragraph.\n\nSecond paragraph. ".repeat(30);
    let shown = snippet(Draft { text: &text, ..DRAFT }, "country:CN OR -absent").await;
    assert!(shown.starts_with("First paragraph. Second paragraph. First"), "{shown}");
    assert!(shown.ends_with('…') && !shown.contains("<mark>"), "{shown}");
    let shown = snippet(Draft { title: "Only here", text: "A text.", ..DRAFT }, "only").await;
    assert_eq!(shown, "A text.");
}

#[tokio::test]
async fn markup_is_text() {
    let text = "<script>alert('x')</script> & \"keys\" \u{202e}\u{7} of encryption</mark><b>";
    let shown = snippet(Draft { text, ..DRAFT }, "encryption script").await;
    assert_eq!(
        shown,
        "&lt;<mark>script</mark>&gt;alert(&#39;x&#39;)&lt;/<mark>script</mark>&gt; &amp; &quot;keys&quot; of \
         <mark>encryption</mark>&lt;/mark&gt;&lt;b&gt;"
    );
}

#[tokio::test]
async fn other_languages_are_marked_too() {
    let zh = "全国人大常委会通过了法律。".repeat(20) + "网络安全法自六月一日起施行。";
    let shown = snippet(Draft { text: &zh, language: Some("zh"), ..DRAFT }, "网络安全法").await;
    assert!(shown.contains("<mark>网络安全法</mark>自六月"), "{shown}");
    let fr = "Les règlements de l’État.";
    let shown = snippet(Draft { text: fr, language: Some("fr"), ..DRAFT }, "reglement etat").await;
    assert_eq!(shown, "Les <mark>règlements</mark> de l’<mark>État</mark>.");
}

#[tokio::test]
async fn no_text_is_too_strange_for_a_snippet() {
    let texts = [
        "".to_owned(),
        " ".repeat(500),
        "é".repeat(5_000),
        "网".repeat(5_000),
        "a\u{301}".repeat(3_000),
        "encryption ".repeat(20_000),
    ];
    for text in &texts {
        let (_folder, index) = filled(&[Draft { text, ..DRAFT }]).await;
        for words in ["title", "encryption OR title", "网 OR title OR éé*"] {
            let page = find(&index, words).await;
            assert!(page.rows[0].1.len() < 2_000);
        }
    }
}
