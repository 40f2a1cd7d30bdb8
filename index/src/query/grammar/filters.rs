//! Filters among the words (`country:CN,IN`, `law:(gdpr OR nis2)`), and words that look like filters and are none.

use classifier::nearest;

use super::super::read::{Field, Value, is_quote, shown};
use super::super::tree::Node;
use super::{Grammar, is_boundary, is_close, is_colon, is_comma, is_open, is_sign};
use crate::Facet;

/// How many letters a name has at least that is read as that of a filter, though there is none.
const SHORTEST: usize = 3;

impl Grammar<'_, '_> {
    /// A filter, from behind its colon on.
    pub(super) fn filter(&mut self, field: Field, name: &str, start: usize) -> Option<Node> {
        let colon = self.at;
        self.skip_blanks();
        let is_apart = self.at > colon;
        if is_apart && self.is_at_no_value() {
            self.at = colon;
            return None;
        }
        let values = if self.peek().is_some_and(is_open) {
            self.group_of_values(name)?
        } else if !is_apart || self.is_at_value_of(field) {
            self.values(field, name)
        } else {
            self.at = colon;
            let is = "has no value; what follows the blank was read as words (in quotation marks it is a word itself)";
            self.note(start, &format!("`{name}:`"), is);
            return None;
        };
        let written: String = self.chars[start..self.at].iter().collect();
        self.notes.place = Some(start + 1);
        let node = field.node(name, &written, &values, self.notes);
        self.notes.place = None;
        let node = node?;
        let size = if let Node::Filter(_, values) = &node { values.len() } else { 0 };
        // A filter that stands alone has a bound of its own; this one is for those between the words.
        (size <= 1 || self.has_room_for(size - 1)).then_some(node)
    }

    /// `CN,IN`, `CN|IN`. A blank may follow a comma where a value follows the blank.
    fn values(&mut self, field: Field, name: &str) -> Vec<Value> {
        let mut values = Vec::new();
        loop {
            values.push(self.value());
            let next = self.chars.get(self.at + 1);
            if self.peek() == Some('|') && next.is_some_and(|&c| !is_boundary(c) && c != '|') {
                self.at += 1;
                continue;
            }
            if !self.peek().is_some_and(is_comma) {
                return values;
            }
            self.at += 1;
            let comma = self.at;
            self.skip_blanks();
            if self.at == comma {
                continue;
            }
            if self.is_at_no_value() || self.peek().is_some_and(is_open) {
                return values;
            }
            if !self.is_at_value_of(field) {
                let is = format!("was read as words: it is no value of `{name}:`");
                self.note(self.at, "what follows the comma", &is);
                return values;
            }
        }
    }

    /// `(CN OR IN)`: any of them. Whatever else stands in the parentheses is pointed at, and all of it is left out, as
    /// what would be left might say the opposite.
    fn group_of_values(&mut self, name: &str) -> Option<Vec<Value>> {
        let start = self.at;
        self.at += 1;
        let mut values = Vec::new();
        let mut is_parted = true;
        loop {
            self.skip_blanks();
            match self.peek() {
                None => {
                    self.note(start, "the parenthesis", "is not closed");
                    break;
                }
                Some(c) if is_close(c) => {
                    self.at += 1;
                    break;
                }
                Some(c) if is_comma(c) => {
                    self.at += 1;
                    is_parted = true;
                }
                _ if self.takes_or() => is_parted = true,
                Some(c) if !is_parted || is_open(c) || self.is_at_no_value() => {
                    self.note(self.at, "what stands", &format!("cannot stand in the parentheses of `{name}:`, which take values with OR between them; they were left out"));
                    self.skip_group();
                    return None;
                }
                Some(_) => {
                    values.push(self.value());
                    is_parted = false;
                }
            }
        }
        if values.is_empty() {
            self.note(start, "the parenthesis", "encloses no value");
        }
        Some(values)
    }

    /// One value: up to what parts values or words, or what stands in quotation marks.
    fn value(&mut self) -> Value {
        let place = Some(self.at + 1);
        let text = match self.peek() {
            Some(c) if is_quote(c) => self.quoted(),
            _ => self.take_until(ends_value),
        };
        Value { text, place }
    }

    /// Whether what stands here cannot be a value that was parted from its filter: an operator, another filter, the end.
    fn is_at_no_value(&self) -> bool {
        let is_operator = self.is_at_end_of_branch()
            || self.is_at_and()
            || self.is_at_keyword("NOT")
            || self.peek().is_some_and(|c| is_sign(c) || is_comma(c) || c == '!');
        let rest = self.chars[self.at..].iter().copied();
        let word: String = rest.take_while(|&c| !is_boundary(c) && !is_comma(c)).collect();
        let filter = word.split_once(is_colon).and_then(|(name, _)| Field::parse(name));
        is_operator || filter.is_some()
    }

    /// Whether what stands here, in quotation marks or not, is a value of this filter.
    fn is_at_value_of(&self, field: Field) -> bool {
        if self.peek().is_some_and(is_open) {
            return true;
        }
        let rest = self.chars[self.at..].iter().copied();
        let value: String = match self.peek() {
            Some(c) if is_quote(c) => rest.skip(1).take_while(|&c| !is_quote(c)).collect(),
            _ => rest.take_while(|&c| !ends_value(c)).collect(),
        };
        field.has(value.trim())
    }

    /// The name of `country=CN`, if that is a filter as others write it.
    pub(super) fn name_before_equals<'w>(&self, written: &'w str) -> Option<&'w str> {
        let (name, value) = written.split_once('=')?;
        let is_enclosed = || self.peek().is_some_and(|c| is_quote(c) || is_open(c));
        (has_value(name, value)
            || value.is_empty() && is_enclosed() && Field::parse(name).is_some())
        .then_some(name)
    }

    /// `date>=2025`, `date<2025`: what `after:` and `before:` say, as others write it.
    pub(super) fn since_or_until(&mut self, written: &str, start: usize) -> Option<Node> {
        let (name, sign, text) = comparison(written)?;
        let field = match sign {
            ">=" => Field::From,
            "<" => Field::To,
            _ => return None,
        };
        if !is_date(name) || !field.has(text) {
            return None;
        }
        let place = Some(start + 1);
        self.notes.place = place;
        let value = Value { text: text.to_owned(), place };
        let node = field.node(name, written, &[value], self.notes);
        self.notes.place = None;
        node
    }

    /// Tells of a word with a colon that was meant as a filter and is none, `next` being what stands behind it.
    pub(super) fn note_no_filter(&mut self, written: &str, start: usize) {
        if let Some((name, _)) = written.split_once('=')
            && let Some(meant) = known_otherwise(name)
        {
            self.note(start, &format!("`{name}=`"), &no_filter(Some(meant)));
            return;
        }
        if let Some(meant) = compared(written) {
            self.note(
                start,
                &format!("`{}`", shown(written)),
                &format!("is no filter; did you mean `{}`?", shown(&meant)),
            );
            return;
        }
        if let Some(name) = without_day(written) {
            let is = format!("has no day behind it; did you mean `{name}:2025-01-01`?");
            self.note(start, &format!("`{}`", shown(written)), &is);
            return;
        }
        if let Some(place) = in_place(written) {
            self.note(start, &format!("`{place}`"), &no_filter(Some("")));
            return;
        }
        let Some((name, value)) = written.split_once(is_colon) else { return };
        let meant = known_otherwise(name);
        let is_one = if value.is_empty() && self.peek().is_none_or(char::is_whitespace) {
            self.is_before_value_of(meant)
        } else {
            let next = value.chars().next().or_else(|| self.peek());
            meant.is_some() || next.is_some_and(|next| looks_like_filter(written, name, next))
        };
        if !is_one {
            return;
        }
        self.note(start, &format!("`{name}:`"), &no_filter(meant));
    }

    /// Whether, behind a blank, a value of the filter stands that a misspelt name may have meant.
    fn is_before_value_of(&mut self, meant: Option<&str>) -> bool {
        // Any word may be the id of a source.
        let fields = meant.and_then(Field::parse);
        let Some(field) = fields.filter(|field| *field != Field::Facet(Facet::Source)) else {
            return false;
        };
        let before = self.at;
        self.skip_blanks();
        let is_value = self.at > before && !self.is_at_no_value() && self.is_at_value_of(field);
        self.at = before;
        is_value
    }
}

fn no_filter(meant: Option<&str>) -> String {
    match meant {
        Some("") => "is no filter; words are looked for in titles and texts".to_owned(),
        Some(meant) => format!("is no filter; did you mean `{meant}:`?"),
        None => "is no filter; in quotation marks it is a word".to_owned(),
    }
}

/// Whether `name=value` is a filter with its value; one whose name is a word of everyday (`law=code`) needs a right one.
fn has_value(name: &str, value: &str) -> bool {
    let values = || value.split(|c| is_comma(c) || c == '|');
    let is_right = |field: Field| values().all(|value| field.has(value));
    Field::parse(name).is_some_and(|field| {
        let is_everyday = matches!(
            field,
            Field::Facet(Facet::Instrument | Facet::Topic | Facet::Stage | Facet::Source)
                | Field::From
                | Field::To
        );
        !value.is_empty() && (!is_everyday || is_right(field))
    })
}

/// The parts of `date>=2025`.
fn comparison(word: &str) -> Option<(&str, &str, &str)> {
    let at = word.find(['<', '>'])?;
    let (name, rest) = word.split_at(at);
    let value = rest.trim_start_matches(['<', '>', '=']);
    let sign = &rest[..rest.len() - value.len()];
    (!name.is_empty() && !value.is_empty()).then_some((name, sign, value))
}

/// What `date>2025` or `country>CN` may have meant. `date>2025` does not say whether 2025 itself is wanted.
fn compared(word: &str) -> Option<String> {
    let (name, sign, value) = comparison(word)?;
    if is_date(name) {
        let field = if sign.starts_with('>') { "after" } else { "before" };
        return Field::From.has(value).then(|| format!("{field}:{value}"));
    }
    let is_source = Field::parse(name) == Some(Field::Facet(Facet::Source));
    (!is_source && has_value(name, value)).then(|| format!("{name}:{value}"))
}

/// The filter that `date>=` was begun as, with no day behind it.
fn without_day(word: &str) -> Option<&'static str> {
    let name = word.trim_end_matches(['<', '>', '=']);
    let sign = word[name.len()..].chars().next().filter(|_| is_date(name))?;
    Some(if sign == '<' { "before" } else { "after" })
}

/// What others call the day of publication.
fn is_date(name: &str) -> bool {
    ["date", "published", "year"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// `in:title`, as others ask for a place of texts.
fn in_place(word: &str) -> Option<&str> {
    let (name, place) = word.split_once(is_colon)?;
    let is_place = foreign_field(place) == Some("");
    (name.eq_ignore_ascii_case("in") && is_place).then_some(word)
}

fn ends_value(c: char) -> bool {
    is_boundary(c) || is_comma(c) || c == '|'
}

/// Whether a word with a colon in it reads as a filter, or as one that there is not.
pub(super) fn reads_as_filter(word: &str) -> bool {
    if word
        .split_once('=')
        .is_some_and(|(name, value)| has_value(name, value) || known_otherwise(name).is_some())
        || in_place(word).is_some()
        || compared(word).is_some()
        || without_day(word).is_some()
    {
        return true;
    }
    word.split_once(is_colon).is_some_and(|(name, value)| {
        let next = value.chars().next();
        Field::parse(name).is_some()
            || known_otherwise(name).is_some()
            || next.is_some_and(|next| looks_like_filter(word, name, next))
    })
}

/// Whether a name and what follows its colon are written as a filter is. Headlines, addresses, times and titles
/// (`Re:`, `https://`, `12:30`, `CELEX:32016R0679`) are not.
fn looks_like_filter(word: &str, name: &str, next: char) -> bool {
    let is_value = next.is_alphanumeric()
        || is_quote(next)
        || is_open(next)
        || matches!(next, '<' | '>' | '*');
    is_value
        && word[name.len()..].starts_with(':')
        && name.len() >= SHORTEST
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'-' | b'_'))
        && !matches!(
            name,
            "doi"
                | "urn"
                | "isbn"
                | "issn"
                | "ecli"
                | "celex"
                | "arxiv"
                | "mailto"
                | "http"
                | "https"
        )
}

/// The filter that a misspelt name, or that of another search engine, may have meant; empty where it is none of ours.
fn known_otherwise(name: &str) -> Option<&'static str> {
    let near = if name.chars().count() < 4 { None } else { nearest(name, Field::NAMES) };
    near.or_else(|| foreign_field(name))
}

/// The filter that is nearest to one that other search engines have; none of ours may be.
fn foreign_field(name: &str) -> Option<&'static str> {
    match name.to_ascii_lowercase().as_str() {
        "title" | "intitle" | "headline" | "text" | "intext" | "body" | "content" => Some(""),
        "site" | "inurl" | "domain" => Some("source"),
        "region" | "state" | "nation" => Some("country"),
        "tag" | "category" | "subject" => Some("topic"),
        "since" | "date" | "published" | "year" => Some("after"),
        "until" => Some("before"),
        _ => None,
    }
}
