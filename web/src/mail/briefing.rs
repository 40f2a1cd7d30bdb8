//! `Briefing`: what is new for one subscription, as a letter.

mod arrange;
mod row;

use askama::Template;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use index::{ItemId, Paging, Query, Sort, Subscription, Window};

use self::arrange::Group;
use super::message::Draft;
use super::plain::wrap;
use super::wording;
use crate::app::App;
use crate::plain::clean;

/// The oldest news that a briefing tells, by the day of publication.
const NEWS: TimeDelta = TimeDelta::days(30);

/// How many items are looked at; the rest is behind a link.
const LOOKED_AT: usize = 200;

/// How many of them are told. Some mail programs cut letters off at 100 kB.
const TOLD: usize = 40;

/// What makes an address of the site from a path.
type Link<'a> = &'a dyn Fn(&str) -> String;

/// What is new for one subscription.
#[derive(Debug)]
pub struct Briefing<'a> {
    app: &'a App,
    subscription: &'a Subscription,
    window: Window,
    now: DateTime<Utc>,
    /// How many stories it tells of, and of how many there is more than was told before.
    total: u64,
    further: u64,
    places: String,
    groups: Vec<Group>,
    told: usize,
}

impl<'a> Briefing<'a> {
    /// What the subscription's query matches among the items first tagged, or corrected, in `window` and published in the
    /// last thirty days; `None` if there is nothing. Each event is told once: several items of a story are one, and
    /// further items of a story that the subscription was told of before the window are only counted.
    ///
    /// # Errors
    /// When the index fails.
    pub async fn compose(
        app: &'a App,
        subscription: &'a Subscription,
        window: Window,
        now: DateTime<Utc>,
    ) -> anyhow::Result<Option<Self>> {
        let query = recent(&subscription.query, now);
        let paging = Paging { limit: LOOKED_AT, cursor: None };
        let found = app.index.find(&query, &paging, &[], Some(window.clone())).await?;
        if found.rows.is_empty() {
            return Ok(None);
        }
        let link = |path: &str| app.link(path);
        let mut groups = arrange::by_jurisdiction(&link, &query, found.rows);
        let places = arrange::places(&groups);
        let told = arrange::cut(&mut groups, TOLD);
        let (total, further) = (found.stories, found.told);
        Ok(Some(Self { app, subscription, window, now, total, further, places, groups, told }))
    }

    /// To whom it goes.
    pub fn recipient(&self) -> &str {
        &self.subscription.email
    }

    /// How many items it tells of, exactly, those behind its link included; several items of one story are one.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// All items that it was made of, those included that it only counts.
    ///
    /// # Errors
    /// When the index fails.
    pub fn items(&self) -> anyhow::Result<Vec<ItemId>> {
        Ok(self.app.index.all(&recent(&self.subscription.query, self.now), &self.window)?)
    }

    /// `China, EU and 3 more: 12 items · Encryption`; a single item is named.
    pub fn subject(&self) -> String {
        let single = self.groups.first().and_then(|group| group.rows.first());
        if let (1, Some(row)) = (self.total, single) {
            return format!("{}: {}", self.places, row.title);
        }
        let about = wording::short(&self.subscription.query, &self.app.config.catalog);
        let about = if about.is_empty() { about } else { format!(" · {about}") };
        format!("{}: {} items{about}", self.places, self.total)
    }

    /// The message, with its text and its HTML saying the same.
    ///
    /// # Errors
    /// When a part cannot be written; none is known.
    pub fn write(&self) -> anyhow::Result<Vec<u8>> {
        let subscription = self.subscription;
        let settings = &self.app.config.mail;
        let letter = self.letter();
        Draft {
            from: &settings.from,
            operator: settings.operator.as_ref(),
            to: &subscription.email,
            subject: &self.subject(),
            text: Text(&letter).render()?,
            html: Html(&letter).render()?,
            name: format!("briefing.{}.{}", subscription.key, self.window.upto),
            date: self.now,
            site: &self.app.base_url,
            unsubscribe: Some(letter.end.clone()),
        }
        .write()
    }

    fn letter(&self) -> Letter<'_> {
        let subscription = self.subscription;
        let recent = recent(&subscription.query, self.now);
        let page = self.app.link(&format!("/subscriptions/{}", subscription.token));
        Letter {
            heading: match self.total {
                1 => format!("1 item: {}", self.places),
                total => format!("{total} items: {}", self.places),
            },
            day: wording::day(self.now.date_naive()),
            query: wording::long(&subscription.query, &self.app.config.catalog),
            rhythm: wording::rhythm(subscription.rhythm, subscription.hour, &subscription.zone),
            groups: &self.groups,
            left: self.total.saturating_sub(u64::try_from(self.told).unwrap_or(u64::MAX)),
            further: self.further,
            all: self.app.link(&format!("/search?{}", recent.to_query_string())),
            email: clean(&subscription.email, 254),
            asked: wording::day(subscription.created.date_naive()),
            end: format!("{page}/unsubscribe"),
            page,
            site: self.app.link("/"),
        }
    }
}

/// A query for the last thirty days, newest first. The first day counts whole: of many items only the day is known.
pub(crate) fn recent(query: &Query, now: DateTime<Utc>) -> Query {
    let first = (now - NEWS).date_naive().and_time(NaiveTime::MIN).and_utc();
    let mut recent = Query { sort: Sort::Newest, ..query.clone() };
    recent.dates.from = recent.dates.from.max(Some(first));
    recent
}

/// What both twins say.
struct Letter<'a> {
    heading: String,
    day: String,
    query: String,
    rhythm: String,
    groups: &'a [Group],
    /// How many items are left to the link.
    left: u64,
    /// How many stories that were told of before have new reports.
    further: u64,
    all: String,
    email: String,
    asked: String,
    page: String,
    end: String,
    site: String,
}

impl Letter<'_> {
    /// Why it came: the last lines of the plain text.
    fn reason(&self) -> String {
        let text = format!(
            "You get this letter because {} asked for it on {}: {}; {}.",
            self.email, self.asked, self.query, self.rhythm
        );
        wrap(&text, "")
    }

    /// What is not told again.
    fn told_before(&self) -> String {
        match self.further {
            1 => "1 story that you were told of before has new reports.".to_owned(),
            further => format!("{further} stories that you were told of before have new reports."),
        }
    }

    /// Which briefing it is.
    fn about(&self) -> String {
        wrap(&format!("{} · {}", self.day, self.query), "")
    }
}

#[derive(Template)]
#[template(path = "mail/briefing.html")]
struct Html<'a>(&'a Letter<'a>);

#[derive(Template)]
#[template(path = "mail/briefing.txt")]
struct Text<'a>(&'a Letter<'a>);

#[cfg(test)]
mod tests {
    use askama::Template as _;

    use super::row::Row;
    use super::{Group, Html, Letter, Text};
    use crate::mail::plain::runs;
    use crate::plain::title;

    fn row(headline: &str, official: bool, snippet: &str) -> Row {
        Row {
            title: title(headline),
            language: "zh".to_owned(),
            source: "The Press".to_owned(),
            official,
            day: "23 November 2026".to_owned(),
            tags: vec!["Data localization".to_owned(), "In force".to_owned()],
            snippet: runs(snippet),
            url: "https://press.example/news/1?a=1&b=2".to_owned(),
            page: "https://lexwatch.example/items/k3v9q2m7".to_owned(),
            others: official.then(|| (2, "https://lexwatch.example/stories/sk3v9q2m7".to_owned())),
        }
    }

    fn letter(groups: &[Group]) -> Letter<'_> {
        Letter {
            heading: "3 items: China and India".to_owned(),
            day: "24 November 2026".to_owned(),
            query: "China or India; about Data localization".to_owned(),
            rhythm: "every day at 07:00 (Europe/Berlin)".to_owned(),
            groups,
            left: 2,
            further: 1,
            all: "https://lexwatch.example/search?jurisdiction=CN".to_owned(),
            email: "reader@example.org".to_owned(),
            asked: "1 November 2026".to_owned(),
            page: "https://lexwatch.example/subscriptions/00".to_owned(),
            end: "https://lexwatch.example/subscriptions/00/unsubscribe".to_owned(),
            site: "https://lexwatch.example/".to_owned(),
        }
    }

    fn groups() -> Vec<Group> {
        let law = row("网络安全法 takes effect", true, "the <mark>source</mark> code of &lt;b&gt;");
        let hostile = row("<b>\u{202e}Buy</b>\r\nBcc: x & \"y\"", false, "");
        let more = Some("https://lexwatch.example/search?jurisdiction=IN".to_owned());
        vec![
            Group::of("China", vec![law], None),
            Group::of("India", vec![row("", false, "A sentence."), hostile], more),
        ]
    }

    #[test]
    fn the_plain_text_reads_well() {
        let groups = groups();
        let text = Text(&letter(&groups)).render().unwrap();
        let expected = "3 items: China and India\n24 November 2026 · China or India; about Data localization\n\n\nCHINA\n\n\
            * 网络安全法 takes effect\n  The Press (official) · 23 November 2026\n  Data localization · In force\n  \
            the source code of <b>\n  https://press.example/news/1?a=1&b=2\n  \
            Why these tags: https://lexwatch.example/items/k3v9q2m7\n  2 more reports of it: https://lexwatch.example/stories/sk3v9q2m7\n\n\nINDIA\n\n* (without a title)\n";
        assert!(text.starts_with(expected), "{text}");
        assert!(
            text.contains("\n* <b>Buy</b> Bcc: x & \"y\"\n"),
            "one line, turned by nothing: {text}"
        );
        assert!(text.contains("\n2 more did not fit in here."), "{text}");
        assert!(text.contains("\n1 story that you were told of before has new reports."), "{text}");
        assert!(
            text.contains("\nEnd it: https://lexwatch.example/subscriptions/00/unsubscribe\n"),
            "{text}"
        );
        assert!(!text.contains("\n\n\n\n") && !text.contains(" \n"), "{text}");
    }

    #[test]
    fn the_html_is_inert_whatever_titles_say() {
        let groups = groups();
        let html = Html(&letter(&groups)).render().unwrap();
        assert!(html.contains("the <mark>source</mark> code of &#60;b&#62;"), "{html}");
        assert!(
            html.contains("&#60;b&#62;Buy&#60;/b&#62; Bcc: x &#38; &#34;y&#34;</a></h3>"),
            "{html}"
        );
        assert!(html.contains("href=\"https://press.example/news/1?a=1&#38;b=2\""), "{html}");
        assert!(!html.contains("<b>") && !html.contains('\u{202e}'), "{html}");
        assert!(
            !html.contains("<img") && !html.contains("<script"),
            "no pictures, no script: {html}"
        );
    }
}
