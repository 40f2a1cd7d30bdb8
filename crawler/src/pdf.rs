//! A PDF document to its article: letters and their places, lines in reading order, paragraphs.
//!
//! Parsers of PDF fall over, take all memory or never end, so a document is read in a child process: [`PdfReader`] is
//! the side that waits, [`serve_child`] what runs in the child, [`parse`] the work itself.

mod child;
mod furniture;
mod head;
mod letters;
mod lines;
mod paragraphs;
mod reader;

use hayro_interpret::InterpreterCache;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use serde::{Deserialize, Serialize};

pub use self::child::serve_child;
pub use self::reader::PdfReader;
use crate::extract::{language, refuse};
use crate::{Article, Error, Moment, Page};

/// Pages beyond this are left out, and so is text beyond this many bytes.
const MAX_PAGES: usize = 2000;
const MAX_TEXT: usize = 1_000_000;
/// The mark of a PDF document stands within so many bytes (Adobe's readers take it so).
const HEAD: usize = 1024;
/// A longer text has a cover, in bytes.
const LONG: usize = 6000;
/// More letters than this in a thousand that no font explains are no text.
const MOST_UNKNOWN: usize = 500;

/// What a PDF document says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Its own title if that is one, else its largest lines; may be empty.
    pub title: String,
    /// Its author, if that is a name.
    pub author: Option<String>,
    /// A date near its head, or else when it was made.
    pub published: Option<Moment>,
    /// The text: paragraphs parted by blank lines, without running heads, feet and page numbers.
    pub text: String,
}

/// Whether a page is a PDF document, by its mark or by what the server calls it.
pub fn is_pdf(page: &Page) -> bool {
    let head = &page.body[..page.body.len().min(HEAD)];
    let mark = if head.first().is_some_and(|byte| *byte == b'%') {
        head.starts_with(b"%PDF-")
    } else {
        memchr::memmem::find(head, b"%PDF-").is_some() && !looks_like_markup(head)
    };
    mark || page.content_type.as_deref().is_some_and(says_pdf) && !looks_like_markup(head)
}

fn says_pdf(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/pdf") || kind.eq_ignore_ascii_case("application/x-pdf")
}

/// Servers call their error pages PDF too, and pages speak of PDF.
fn looks_like_markup(head: &[u8]) -> bool {
    head.trim_ascii_start().starts_with(b"<")
}

/// Reads a document, in this process: for the child.
///
/// # Errors
/// With what is wrong with it, for people.
pub fn parse(body: &[u8]) -> Result<Paper, String> {
    let pdf = Pdf::new(body.to_vec()).map_err(fault)?;
    let cache = InterpreterCache::new();
    let mut pages = Vec::new();
    let (mut known, mut unknown) = (0, 0);
    for page in pdf.pages().iter().take(MAX_PAGES) {
        let letters = letters::of(page, pdf.xref(), &cache);
        unknown += letters.unknown;
        known += letters.found.len();
        pages.push(lines::of(&letters));
        if known > MAX_TEXT {
            break;
        }
    }
    if known == 0 && unknown == 0 {
        return Err(if is_cut(body) { CUT.to_owned() } else { no_text(pdf.pages().len()) });
    }
    if unknown * 1000 > (known + unknown) * MOST_UNKNOWN {
        return Err("the PDF's fonts do not tell which letters they draw".to_owned());
    }
    Ok(written(&pdf, pages))
}

/// Puts the lines of all pages together.
fn written(pdf: &Pdf, pages: Vec<lines::PageLines>) -> Paper {
    let facts = head::facts(pdf.metadata());
    let published = head::date(&pages, facts.made);
    let pages = furniture::without(pages);
    let body = paragraphs::body_size(&pages);
    let title = head::title(facts.title, &pages, body);
    let mut paragraphs = paragraphs::of(&pages);
    if let Some(at) = paragraphs.iter().take(4).position(|paragraph| head::same(paragraph, &title))
    {
        paragraphs.remove(at);
    }
    Paper { title, author: facts.author, published, text: paragraphs.join("\n\n") }
}

/// What is said of a document that lacks its end, where nothing else could be read of it.
const CUT: &str = "the PDF is cut off: it lacks its end, as after a download that broke";

/// Whether the mark is missing that ends every document (ISO 32000-1, 7.5.5).
fn is_cut(body: &[u8]) -> bool {
    let tail = &body[body.len().saturating_sub(1024)..];
    memchr::memmem::find(tail, b"%%EOF").is_none()
}

fn no_text(pages: usize) -> String {
    let unit = if pages == 1 { "page" } else { "pages" };
    format!("the PDF holds no text: {pages} {unit} of pictures, as of a scan")
}

fn fault(error: LoadPdfError) -> String {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            "the PDF is locked by a password".to_owned()
        }
        LoadPdfError::Decryption(_) => {
            "the PDF is encrypted in a way that cannot be read".to_owned()
        }
        LoadPdfError::Invalid => "the PDF is broken: it has no pages that can be found".to_owned(),
    }
}

/// The article of a document, as of a page.
pub(crate) fn article(paper: Paper, page: &Page) -> Result<Article, Error> {
    refuse::too_little(&paper.text, &paper.title)?;
    Ok(Article {
        url: page.url.clone().and_then(crate::canonical::canonical),
        language: language::of(None, from_within(&paper.text)),
        title: paper.title,
        byline: paper.author,
        published: paper.published,
        modified: None,
        site: None,
        paywalled: false,
        text: paper.text,
    })
}

/// A long text without its beginning: covers and lists of contents are in any language.
fn from_within(text: &str) -> &str {
    let third = text.ceil_char_boundary(text.len() / 3);
    if text.len() > LONG { &text[third..] } else { text }
}
