//! An HTML page with links, by the source's selectors or by what its links look like.

use scraper::{ElementRef, Html, Selector};
use url::Url;

use super::Raw;
use crate::extract::bounded::{self, Keeps};
use crate::extract::charset;
use crate::{Error, ListingSelectors, Page, date};

/// Without selectors, a link with at least so many characters is taken for a headline …
const HEADLINE: usize = 16;
/// … of which languages written in dense scripts need fewer.
const DENSE_HEADLINE: usize = 8;

struct Selectors {
    item: Option<Selector>,
    link: Option<Selector>,
    title: Option<Selector>,
    date: Option<Selector>,
}

/// The entries of one page of a list, and where the list goes on.
pub(super) fn entries(
    page: &Page,
    selectors: &ListingSelectors,
) -> Result<(Vec<Raw>, Vec<Url>), Error> {
    let css = Selectors {
        item: parse("item", selectors.item.as_deref())?,
        link: parse("link", selectors.link.as_deref())?,
        title: parse("title", selectors.title.as_deref())?,
        date: parse("date", selectors.date.as_deref())?,
    };
    let next = parse("next", selectors.next.as_deref())?;
    let html =
        bounded::parse(&charset::decode(&page.body, page.content_type.as_deref()), Keeps::All);
    let base = base(&html, page.url.as_ref());
    let found: Vec<Raw> = match &css.item {
        Some(item) => {
            html.select(item).filter_map(|block| from_block(block, &css, base.as_ref())).collect()
        }
        None => headlines(&html, &css, base.as_ref()),
    };
    if found.is_empty() {
        return Err(Error::NothingListed(match &selectors.item {
            Some(item) => format!("no link in what the selector `{item}` matches"),
            None => {
                "no links that look like headlines; give `[source.listing]` selectors".to_owned()
            }
        }));
    }
    let next = next.and_then(|next| {
        let href = html.select(&next).next()?.attr("href")?.trim();
        base.as_ref()?.join(href).ok()
    });
    Ok((found, next.into_iter().collect()))
}

fn parse(name: &str, css: Option<&str>) -> Result<Option<Selector>, Error> {
    css.map(|css| {
        crate::selector::parse(css)
            .map_err(|what| Error::Settings(format!("listing.{name}: {what}")))
    })
    .transpose()
}

/// What relative links are relative to.
fn base(html: &Html, url: Option<&Url>) -> Option<Url> {
    let given = Selector::parse("base[href]").ok().and_then(|css| {
        let href = html.select(&css).next()?.attr("href")?;
        url.map_or_else(|| Url::parse(href).ok(), |url| url.join(href).ok())
    });
    given.or_else(|| url.cloned())
}

fn from_block(block: ElementRef<'_>, css: &Selectors, base: Option<&Url>) -> Option<Raw> {
    let link = match &css.link {
        Some(link) => block.select(link).next()?,
        None if block.attr("href").is_some() => block,
        None => block.select(&Selector::parse("a[href]").ok()?).next()?,
    };
    let href = link.attr("href")?.trim();
    let url = base.map_or_else(|| Url::parse(href).ok(), |base| base.join(href).ok())?;
    let titled = css.title.as_ref().and_then(|title| block.select(title).next()).unwrap_or(link);
    let title = link.attr("title").filter(|_| css.title.is_none()).map(str::to_owned);
    Some(Raw {
        url: Some(url),
        title: title.unwrap_or_else(|| text_of(titled)),
        published: published(block, css.date.as_ref()),
        ..Raw::default()
    })
}

fn published(block: ElementRef<'_>, css: Option<&Selector>) -> Option<crate::Moment> {
    let time = Selector::parse("time").ok()?;
    let element = block.select(css.unwrap_or(&time)).next()?;
    let machine = element.attr("datetime").and_then(date::parse);
    machine.or_else(|| date::parse(&text_of(element)))
}

/// Links into the same site whose text is long enough for a headline, outside of navigation and footer.
fn headlines(html: &Html, css: &Selectors, base: Option<&Url>) -> Vec<Raw> {
    let Ok(links) = Selector::parse("a[href]") else { return Vec::new() };
    html.select(&links)
        .filter(|link| !in_furniture(*link))
        .filter(|link| {
            let text = text_of(*link);
            let least = if text.is_ascii() { HEADLINE } else { DENSE_HEADLINE };
            text.chars().count() >= least
        })
        .filter_map(|link| {
            let raw = from_block(
                link,
                &Selectors { item: None, link: None, title: None, date: None },
                base,
            )?;
            let near = link
                .parent()
                .and_then(ElementRef::wrap)
                .and_then(|block| published(block, css.date.as_ref()));
            Some(Raw { published: near, ..raw })
        })
        .filter(|raw| {
            let host = raw.url.as_ref().and_then(Url::host_str);
            host == base.and_then(Url::host_str)
                && raw.url.as_ref().is_some_and(|url| url.path() != "/")
        })
        .collect()
}

fn in_furniture(link: ElementRef<'_>) -> bool {
    link.ancestors()
        .take(64)
        .filter_map(ElementRef::wrap)
        .any(|element| matches!(element.value().name(), "nav" | "header" | "footer" | "aside"))
}

fn text_of(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
