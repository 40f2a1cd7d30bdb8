//! PDF documents, written by hand: pages of lines at given places, in a font that every reader has.

use std::fmt::Write as _;

/// One line on a page: where it begins (from the left, from the bottom, in points), its size, and its text.
pub type Written<'a> = (f32, f32, f32, &'a str);

/// A font of Latin letters that is not in the file.
const HELVETICA: &str =
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";

/// A document of pages with lines of Latin text; `info` is the inside of its own facts (`/Title (…)`).
pub fn pdf(pages: &[Vec<Written<'_>>], info: &str) -> Vec<u8> {
    let streams: Vec<String> = pages
        .iter()
        .map(|lines| {
            lines.iter().fold(String::new(), |mut stream, (x, y, size, text)| {
                let text = text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
                // Writing to a text cannot fail.
                let _ = writeln!(stream, "BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET");
                stream
            })
        })
        .collect();
    pdf_of(&streams, HELVETICA, info, "")
}

/// A document of pages that draw what their programs say, with a font `/F1`; `trailer` is more of its trailer.
pub fn pdf_of(pages: &[String], font: &str, info: &str, trailer: &str) -> Vec<u8> {
    let kids: String = (0..pages.len()).map(|number| format!("{} 0 R ", 5 + 2 * number)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()),
        font.to_owned(),
        format!("<< {info} >>"),
    ];
    for (number, stream) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
            6 + 2 * number
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()));
    }
    let objects: Vec<Vec<u8>> = objects.iter().map(|object| latin(object)).collect();
    assemble(&objects, trailer)
}

/// A document of numbered objects, the first of them the catalogue and the fourth its own facts.
pub fn assemble(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", out.len());
        out.extend_from_slice(format!("{} 0 obj\n", number + 1).as_bytes());
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let start = out.len();
    out.extend_from_slice(table.as_bytes());
    let end = format!(
        "trailer\n<< /Size {} /Root 1 0 R /Info 4 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    );
    out.extend_from_slice(end.as_bytes());
    out
}

/// Latin-1, as the font is encoded.
fn latin(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
}
