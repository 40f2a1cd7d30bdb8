//! Lines before and after the article that say who wrote it, who took the pictures, and whose it is.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::super::blocks::{Block, Kind, ends_sentence};
use super::words::{beginnings, rest};

/// A name stands among the first or last lines of so many.
const EDGE: usize = 3;
/// Longer lines tell of somebody.
const LINE: u32 = 90;
/// Longer blocks tell something besides who wrote it.
const CREDIT: u32 = 300;
/// Words of a byline, with the one that begins it.
const NAMES: RangeInclusive<usize> = 3..=9;

/// Beginnings of a line that says who wrote an article; a bar parts two.
const WRITTEN: &str = "article by |story by |text by |words by |written by |posted by |contributed by |autor: |autorin: |\
    autoren: |author: |authors: |text von |text: |texto: |testo di |texte de |texte : |ein interview von |\
    eine kolumne von |ein kommentar von |ein gastbeitrag von |ein beitrag von |erstellt von |escrito por |\
    geschrieben von |publicado por |publié par |redactor: |auteur: |auteur : |автор: |текст: |文/|記者|记者";
/// The same, where names must follow.
const BY: [&str; 10] = ["by", "von", "par", "por", "di", "door", "av", "af", "autor", "przez"];
/// What stands between names.
const BETWEEN: [&str; 14] =
    ["and", "und", "et", "y", "e", "en", "og", "och", "i", "van", "von", "de", "der", "for"];
/// Beginnings of a block that says who worked on it.
const REPORTED: &str = "reporting by|additional reporting|editing by|edited by|compiled by|with reporting by|\
    report by|written and edited by|produced by";
/// Endings of such a block.
const CONTRIBUTED: &str = " contributed.| contributed to this report.| contributed to this story.|\
    contributed to this article.| contributed reporting.";
/// Beginnings of a block that says who took a picture.
const PICTURED: &str = "file photo|file picture|file image|file - in this|photo credit|photocredit|photo source|\
    photo by|photo:|photos:|photos by|photo :|image credit|image:|images:|image source|featured image|\
    header image|picture:|pictures:|credit:|credits:|fotocredit|foto:|fotos:|foto von|bild:|bilder:|bildnachweis|\
    titelbild|beitragsbild|crédit photo|crédits photo|crédit :|foto di|foto de|crédito:|créditos:|фото:|zdjęcie:|\
    kép:|图片来源|圖片來源|写真:";

static WRITER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| beginnings(WRITTEN));
static REPORTER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| beginnings(REPORTED));
static PICTURE: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| beginnings(PICTURED));

/// Drops them.
pub(super) fn drop(blocks: &[&Block], kept: &mut [bool]) {
    let left: Vec<usize> = (0..blocks.len()).filter(|at| kept[*at]).collect();
    for (order, at) in left.iter().enumerate() {
        let block = blocks[*at];
        let is_edge = order < EDGE || order + EDGE >= left.len();
        let is_credit = block.chars < CREDIT && tells_credit(&block.text, is_edge);
        if is_credit || (is_edge && is_byline(block)) {
            kept[*at] = false;
        }
    }
}

fn tells_credit(text: &str, is_edge: bool) -> bool {
    let head: String = text.chars().take(40).collect::<String>().to_lowercase();
    let head = head.trim_start_matches(|c: char| !c.is_alphanumeric());
    let ends = |phrases: &str| phrases.split('|').any(|phrase| text.ends_with(phrase));
    rest(&PICTURE, head).is_some()
        || (is_edge && (rest(&REPORTER, head).is_some() || ends(CONTRIBUTED)))
}

fn is_byline(block: &Block) -> bool {
    if block.chars > LINE || block.kind != Kind::Paragraph {
        return false;
    }
    let lower = block.text.to_lowercase();
    rest(&WRITER, &lower).is_some() || (!ends_sentence(&block.text) && is_by_names(&block.text))
}

/// A preposition and names.
fn is_by_names(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let Some((first, names)) = words.split_first() else { return false };
    let is_name = |word: &&str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.is_empty() || BETWEEN.contains(&word) || word.starts_with(char::is_uppercase)
    };
    NAMES.contains(&words.len())
        && BY.contains(&&*first.to_lowercase())
        && names.iter().all(is_name)
}
