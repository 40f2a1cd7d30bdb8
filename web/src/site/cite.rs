//! How an item is cited: as APA, BibTeX, RIS and CSL-JSON, and what its page says of itself to reference managers.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono::{Datelike as _, NaiveDate};
use crawler::Publisher;
use index::{Item, ItemId};
use serde_json::{Value, json};

use crate::app::App;
use crate::error::Error;
use crate::plain::clean;

/// The longest title or name in a citation, in characters.
const LONGEST: usize = 500;

/// What a citation is made of; every text is one line without controls.
#[derive(Debug)]
pub(super) struct Citation {
    /// The item's id, which becomes the key.
    id: String,
    pub(super) title: String,
    pub(super) authors: Vec<String>,
    pub(super) publication: String,
    pub(super) published: Option<NaiveDate>,
    pub(super) url: String,
    pub(super) language: Option<String>,
    seen: NaiveDate,
    publisher: Publisher,
}

impl Citation {
    pub(super) fn new(item: &Item) -> Self {
        let line = |text: &str| clean(text, LONGEST);
        let byline = item.byline.as_deref().unwrap_or_default();
        Self {
            id: item.id.to_string(),
            title: line(&item.title),
            authors: byline.split(", ").map(line).filter(|name| !name.is_empty()).collect(),
            publication: line(&item.source.name),
            published: item.published.map(|moment| moment.day()),
            url: item.url.clone(),
            language: item.language.clone(),
            seen: item.first_seen.date_naive(),
            publisher: item.source.publisher,
        }
    }

    /// Who wrote it: what an authority or an organisation publishes without names is its own.
    fn names(&self) -> Vec<Name> {
        if self.authors.is_empty() && self.publisher != Publisher::News {
            return vec![Name::Literal(self.publication.clone())];
        }
        self.authors.iter().map(|name| Name::read(name)).collect()
    }

    /// The reference-list entry of the APA's manual, 7th edition, for a page on a site.
    pub(super) fn apa(&self) -> String {
        let date = match self.published {
            Some(day) => day.format("(%Y, %B %-d)").to_string(),
            None => "(n.d.)".to_owned(),
        };
        let Self { title, publication, url, .. } = self;
        let title = title.trim_end_matches('.');
        if self.authors.is_empty() {
            return format!("{publication}. {date}. {title}. {url}");
        }
        let names: Vec<_> = self.authors.iter().map(|name| Name::read(name).inverted()).collect();
        let authors = match names.as_slice() {
            [all @ .., last] if !all.is_empty() => format!("{}, & {last}", all.join(", ")),
            names => names.concat(),
        };
        let stop = if authors.ends_with('.') { "" } else { "." };
        format!("{authors}{stop} {date}. {title}. {publication}. {url}")
    }

    /// Zotero's type of it; without a word it would take all that has Highwire's tags for articles of journals.
    pub(super) fn zotero(&self) -> &'static str {
        match self.publisher {
            Publisher::News => "newspaperArticle",
            Publisher::Ngo => "webpage",
            Publisher::Regulator
            | Publisher::Legislature
            | Publisher::Court
            | Publisher::International => "report",
        }
    }

    /// A BibTeX entry with the fields that biblatex reads as well.
    pub(super) fn bibtex(&self) -> String {
        let authors = self.names().into_iter().map(|name| match name {
            Name::Person { family, given } => format!("{}, {}", tex(&family), tex(&given)),
            Name::Literal(name) => format!("{{{}}}", tex(&name)),
        });
        let authors = authors.collect::<Vec<_>>().join(" and ");
        let field = |name: &str, value: String| {
            if value.is_empty() { value } else { format!("  {name} = {{{value}}},\n") }
        };
        [
            format!("@online{{lexwatch-{},\n", self.id),
            field("author", authors),
            field("title", format!("{{{}}}", tex(&self.title))),
            field("organization", tex(&self.publication)),
            field("date", self.published.map(|day| day.to_string()).unwrap_or_default()),
            field("year", self.published.map(|day| day.year().to_string()).unwrap_or_default()),
            field("url", self.url.clone()),
            field("urldate", self.seen.to_string()),
            field("language", self.language.clone().unwrap_or_default()),
            "}\n".to_owned(),
        ]
        .concat()
    }

    /// A record of the RIS format, lines ended as it asks for.
    pub(super) fn ris(&self) -> String {
        let kind = match self.publisher {
            Publisher::News => "NEWS",
            Publisher::Regulator | Publisher::Legislature | Publisher::International => "GOVDOC",
            Publisher::Court => "CASE",
            Publisher::Ngo => "ELEC",
        };
        let mut lines = vec![format!("TY  - {kind}"), format!("TI  - {}", self.title)];
        lines.extend(self.names().into_iter().map(|name| match name {
            Name::Person { family, given } => format!("AU  - {family}, {given}"),
            Name::Literal(name) => format!("AU  - {name}"),
        }));
        lines.push(format!("T2  - {}", self.publication));
        lines.extend(self.published.map(|day| format!("PY  - {}", day.year())));
        lines.extend(self.published.map(|day| format!("DA  - {}", day.format("%Y/%m/%d"))));
        lines.extend(self.language.iter().map(|language| format!("LA  - {language}")));
        lines.push(format!("UR  - {}", self.url));
        lines.push(format!("Y2  - {}", self.seen.format("%Y/%m/%d")));
        lines.push("ER  - ".to_owned());
        lines.join("\r\n") + "\r\n"
    }

    /// CSL-JSON, as citation processors read it: an array of one.
    pub(super) fn csl(&self) -> Value {
        let parts = |day: NaiveDate| json!({"date-parts": [[day.year(), day.month(), day.day()]]});
        let authors: Vec<_> = self.names().iter().map(Name::csl).collect();
        let kind = match self.publisher {
            Publisher::News => "article-newspaper",
            Publisher::Court => "legal_case",
            Publisher::Regulator
            | Publisher::Legislature
            | Publisher::International
            | Publisher::Ngo => "webpage",
        };
        json!([known(json!({
            "id": format!("lexwatch-{}", self.id),
            "type": kind,
            "title": self.title,
            "author": authors,
            "container-title": self.publication,
            "issued": self.published.map(parts),
            "accessed": parts(self.seen),
            "language": self.language,
            "URL": self.url,
        }))])
    }
}

/// What the page says of itself to programs: schema.org's description, as JSON that is safe inside a script element.
pub(super) fn schema_org(citation: &Citation) -> String {
    let kind = match citation.publisher {
        Publisher::News => "NewsArticle",
        Publisher::Ngo => "Article",
        Publisher::Regulator
        | Publisher::Legislature
        | Publisher::Court
        | Publisher::International => "Report",
    };
    let authors: Vec<_> =
        citation.authors.iter().map(|name| json!({"@type": "Person", "name": name})).collect();
    let described = json!({
        "@context": "https://schema.org",
        "@type": "WebPage",
        "mainEntity": known(json!({
            "@type": kind,
            "headline": citation.title,
            "url": citation.url,
            "author": authors,
            "datePublished": citation.published,
            "inLanguage": citation.language,
            "publisher": {"@type": "Organization", "name": citation.publication},
        })),
    });
    described.to_string().replace('<', "\\u003c")
}

/// An object without the fields of which nothing is known.
fn known(mut object: Value) -> Value {
    if let Some(fields) = object.as_object_mut() {
        fields.retain(|_, value| !value.is_null() && *value != json!([]));
    }
    object
}

/// A name as reference managers take it.
#[derive(Debug, PartialEq, Eq)]
enum Name {
    Person { family: String, given: String },
    Literal(String),
}

impl Name {
    /// Two or three words of letters, in a script that has capitals, are a person's names, the family's last; anything
    /// else (an agency, a Chinese name) is left as it is.
    fn read(name: &str) -> Self {
        let words: Vec<_> = name.split(' ').collect();
        let is_name = |word: &str| {
            word.starts_with(char::is_uppercase)
                && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
        };
        match words.as_slice() {
            [given @ .., family]
                if (1..=2).contains(&given.len()) && words.iter().all(|word| is_name(word)) =>
            {
                Self::Person { family: (*family).to_owned(), given: given.join(" ") }
            }
            _ => Self::Literal(name.to_owned()),
        }
    }

    /// `Writer, A.`
    fn inverted(&self) -> String {
        match self {
            Self::Literal(name) => name.clone(),
            Self::Person { family, given } => {
                let initials = given.split(' ').filter_map(|word| word.chars().next());
                let initials: Vec<_> = initials.map(|letter| format!("{letter}.")).collect();
                format!("{family}, {}", initials.join(" "))
            }
        }
    }

    fn csl(&self) -> Value {
        match self {
            Self::Literal(name) => json!({"literal": name}),
            Self::Person { family, given } => json!({"family": family, "given": given}),
        }
    }
}

/// Text as BibTeX takes it.
fn tex(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '{' | '}' | '$' | '&' | '#' | '_' | '%' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// `GET /items/{id}/{form}`: `cite.bib`, `cite.ris` or `cite.json`.
pub(super) async fn show(
    State(app): State<App>,
    Path((id, form)): Path<(String, String)>,
) -> Result<Response, Error> {
    let missing = || Error::missing("item", &id);
    let id = ItemId::parse(&id).ok_or_else(missing)?;
    let item = app.index.store().item(id).await?.ok_or_else(missing)?;
    let citation = Citation::new(&item);
    let (content_type, body) = match form.as_str() {
        "cite.bib" => ("application/x-bibtex; charset=utf-8", citation.bibtex()),
        "cite.ris" => ("application/x-research-info-systems; charset=utf-8", citation.ris()),
        "cite.json" => ("application/vnd.citationstyles.csl+json", citation.csl().to_string()),
        _ => return Err(Error::NotFound),
    };
    let ending = form.trim_start_matches("cite");
    let disposition = format!("attachment; filename=\"lexwatch-{id}{ending}\"");
    let headers = [
        (header::CONTENT_TYPE, content_type.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, body).into_response())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use crawler::Publisher;

    use super::{Citation, Name};

    fn citation(authors: &[&str], title: &str) -> Citation {
        Citation {
            id: "k3v9q2m7".to_owned(),
            title: title.to_owned(),
            authors: authors.iter().map(|&name| name.to_owned()).collect(),
            publication: "The Press".to_owned(),
            published: NaiveDate::from_ymd_opt(2017, 7, 12),
            url: "https://press.example/a".to_owned(),
            language: Some("en".to_owned()),
            seen: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
            publisher: Publisher::News,
        }
    }

    #[test]
    fn apa_inverts_names_and_does_without_them() {
        assert_eq!(
            citation(&["Ada Writer", "Jean-Luc B. Reporter"], "Apple opens.").apa(),
            "Writer, A., & Reporter, J. B. (2017, July 12). Apple opens. The Press. https://press.example/a"
        );
        assert_eq!(
            citation(&[], "Apple opens").apa(),
            "The Press. (2017, July 12). Apple opens. https://press.example/a"
        );
    }

    #[test]
    fn an_authority_is_the_author_of_what_it_publishes() {
        let citation = Citation { publisher: Publisher::Regulator, ..citation(&[], "Guidance") };
        assert_eq!(citation.csl()[0]["author"][0]["literal"], "The Press");
        assert!(citation.ris().contains("AU  - The Press\r\n"));
        assert!(citation.bibtex().contains("author = {{The Press}}"));
    }

    #[test]
    fn only_persons_are_taken_apart() {
        for name in [
            "国家互联网信息办公室",
            "Press Office",
            "BSI",
            "Office of the Commissioner 7",
            "van Dam",
        ] {
            let expected = name == "Press Office";
            assert_eq!(matches!(Name::read(name), Name::Person { .. }), expected, "{name}");
        }
    }

    #[test]
    fn hostile_titles_stay_inside_their_field() {
        let bibtex = citation(&["A {B} \\input{x}"], "100 % of $x & {y}}").bibtex();
        assert!(bibtex.contains("title = {{100 \\% of \\$x \\& \\{y\\}\\}}}"), "{bibtex}");
        assert!(bibtex.contains("\\textbackslash{}input"), "{bibtex}");
        let ris = citation(&[], "ER  - TY").ris();
        assert_eq!(ris.matches("\r\nER  - \r\n").count(), 1, "{ris}");
    }
}
