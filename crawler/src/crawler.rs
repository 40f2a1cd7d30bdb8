//! `Crawler`: the two verbs, poll and read.

use std::collections::{HashSet, VecDeque};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::Semaphore;
use url::Url;

use crate::fetch::{Answer, Body, Fetcher, Limit};
use crate::listed::{Part, list};
use crate::pdf::{self, PdfReader};
use crate::politeness::Politeness;
use crate::robots::{Robots, RobotsTxt};
use crate::{Article, Entry, Error, Listed, Page, Poll, Reading, Source, Validators, extract};

/// A chain of redirects is followed so far.
const MAX_REDIRECTS: usize = 10;
/// Parts of a list read at one poll.
const MAX_PARTS: usize = 3;

/// Pages parsed at once, at most; no more than there are processors, as each parser's thread keeps memory of its own.
const MAX_PARSERS: usize = 4;

fn parsers() -> usize {
    std::thread::available_parallelism()
        .map_or(MAX_PARSERS, |threads| threads.get().min(MAX_PARSERS))
}

/// How the crawler behaves towards others.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The `User-Agent` header; its first word up to `/` is the product token for robots.txt.
    pub user_agent: String,
    /// A mail address or page for site owners; sent with the `User-Agent` and as `From` if it is an address.
    pub contact: String,
    /// How many requests may be under way at once, over all hosts.
    pub concurrency: usize,
    /// The least time between the starts of two requests to one host.
    pub host_delay: Duration,
    /// The most time for one request, from the name's resolution to the last byte.
    pub timeout: Duration,
    /// The largest body, unpacked, in bytes.
    pub max_body: u64,
    /// Private addresses that may be read all the same, where they are written as numbers.
    pub allow_addresses: Vec<SocketAddr>,
    /// Allow all private addresses: for tests.
    pub allow_private_addresses: bool,
    /// What reads PDF documents; without it they are refused.
    pub pdf: Option<PdfReader>,
}

/// Reads sources and pages, politely and safely. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Crawler(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    fetcher: Fetcher,
    robots: Robots,
    politeness: Politeness,
    parsers: Arc<Semaphore>,
    pdf: Option<PdfReader>,
}

/// Where a chain of redirects ended, and with what.
struct Visit {
    /// The last address.
    url: Url,
    /// Whether there was a redirect, and there were only permanent ones.
    moved: bool,
    found: Found,
}

enum Found {
    Body(Body),
    Unchanged(Validators),
}

impl Crawler {
    /// A crawler with these manners.
    ///
    /// # Errors
    /// [`Error::Settings`] when the settings cannot be used (a header that cannot be sent, say).
    pub fn new(settings: Settings) -> Result<Self, Error> {
        Ok(Self(Arc::new(Parts {
            robots: Robots::new(&settings.user_agent),
            politeness: Politeness::new(settings.concurrency, settings.host_delay),
            pdf: settings.pdf.clone(),
            fetcher: Fetcher::new(settings)?,
            parsers: Arc::new(Semaphore::new(parsers())),
        })))
    }

    /// What is known of robots.txt from an earlier time, so that nobody is asked again for what he said today.
    pub fn know_robots(&self, known: impl IntoIterator<Item = RobotsTxt>) {
        self.0.robots.know(known);
    }

    /// What was learnt of robots.txt since this was last asked, to be kept for [`Crawler::know_robots`].
    pub fn take_robots(&self) -> Vec<RobotsTxt> {
        self.0.robots.take()
    }

    /// Leaves the hosts of these addresses alone for so long from now: they asked for it at an earlier time, by whichever
    /// source.
    pub fn know_rests(&self, rests: impl IntoIterator<Item = (Url, Duration)>) {
        for (url, wait) in rests {
            self.0.politeness.leave_alone(url.host_str().unwrap_or_default(), wait);
        }
    }

    /// Asks a source what it lists: robots.txt, the host's turn, conditional GET, entries. Where it has moved to for
    /// good is asked first, and who wants to be left alone is.
    ///
    /// # Errors
    /// Any [`Error`]; nothing is kept, so a failed poll may simply be repeated.
    pub async fn poll(
        &self,
        source: &Source,
        validators: &Validators,
        now: DateTime<Utc>,
    ) -> Result<Poll, Error> {
        if let Some(wait) = validators.rest_until.and_then(|until| (until - now).to_std().ok())
            && !wait.is_zero()
        {
            return Err(Error::LeftAlone(wait));
        }
        let start = validators.moved_to.as_ref().unwrap_or(&source.url);
        let Visit { url, moved, found } = self.visit(start, validators, now).await?;
        let moved_to = if moved { Some(url.clone()) } else { validators.moved_to.clone() };
        let moved_to = moved_to.filter(|to| *to != source.url);
        let body = match found {
            Found::Unchanged(validators) => {
                return Ok(Poll::Unchanged(Validators { moved_to, ..validators }));
            }
            Found::Body(body) => body,
        };
        let validators = Validators { moved_to, ..body.validators.clone() };
        let part = self.part(source, url, body).await?;
        let (entries, left_out) = self.with_later_parts(source, part, now).await?;
        Ok(Poll::Listed(Listed { entries, left_out, validators }))
    }

    /// Adds what the later parts of a list bring: its next pages, the sitemaps of an index. They may fail, as long as
    /// there is something. The number is of those that were left out.
    async fn with_later_parts(
        &self,
        source: &Source,
        first: Part,
        now: DateTime<Utc>,
    ) -> Result<(Vec<Entry>, usize), Error> {
        let Part { mut entries, mut left_out, next } = first;
        let mut known: HashSet<Url> = entries.iter().map(|entry| entry.url.clone()).collect();
        let mut next = VecDeque::from(next);
        for _ in 1..MAX_PARTS {
            let Some(url) = next.pop_front() else { break };
            match self.later_part(source, &url, now).await {
                Ok(later) => {
                    left_out += later.left_out;
                    let before = entries.len();
                    entries.extend(
                        later.entries.into_iter().filter(|entry| known.insert(entry.url.clone())),
                    );
                    if entries.len() > before {
                        next.extend(later.next);
                    }
                }
                Err(error) if entries.is_empty() && next.is_empty() => return Err(error),
                Err(error) => {
                    tracing::debug!(source.id = %source.id, %url, %error, "a later part of the list failed");
                }
            }
        }
        Ok((entries, left_out))
    }

    async fn later_part(
        &self,
        source: &Source,
        url: &Url,
        now: DateTime<Utc>,
    ) -> Result<Part, Error> {
        let (page, _) = self.fetch(url, now).await?;
        self.listed(source, page).await
    }

    /// Reads the page behind an entry; where the source says `read = false`, the entry's own text.
    ///
    /// # Errors
    /// Any [`Error`]; [`Error::is_permanent`] tells whether another try makes sense.
    pub async fn read(
        &self,
        source: &Source,
        entry: &Entry,
        now: DateTime<Utc>,
    ) -> Result<Article, Error> {
        match self.read_again(source, entry, &Validators::default(), now).await? {
            Reading::Article(article, _) => Ok(*article),
            // Nobody asked whether it had changed.
            Reading::Unchanged => Err(Error::Status { status: 304, retry_after: None }),
        }
    }

    /// The same for a page that may have been read before: `validators` are what its server said then.
    ///
    /// # Errors
    /// As [`Crawler::read`].
    pub async fn read_again(
        &self,
        source: &Source,
        entry: &Entry,
        validators: &Validators,
        now: DateTime<Utc>,
    ) -> Result<Reading, Error> {
        if !source.read {
            let article = own_text(source, entry)?;
            return Ok(Reading::Article(Box::new(article), Validators::default()));
        }
        let Visit { url, found, .. } = self.visit(&entry.url, validators, now).await?;
        let Found::Body(body) = found else { return Ok(Reading::Unchanged) };
        let validators = body.validators.clone();
        let page = Page { url: Some(url), content_type: body.content_type, body: body.bytes };
        let article = if pdf::is_pdf(&page) {
            self.document(&page).await?
        } else {
            readable(page.content_type.as_deref())?;
            let selectors = source.article.clone();
            self.compute(move || extract::article(&page, &selectors)).await?
        };
        Ok(Reading::Article(Box::new(with_entry(article, source, entry)), validators))
    }

    /// The article in a PDF document.
    async fn document(&self, page: &Page) -> Result<Article, Error> {
        let Some(reader) = &self.0.pdf else {
            return Err(Error::NoArticle("a PDF document, which is not read here".to_owned()));
        };
        reader.article(page).await
    }

    /// One answer of a source, read.
    async fn part(&self, source: &Source, url: Url, body: Body) -> Result<Part, Error> {
        let page = Page { url: Some(url), content_type: body.content_type, body: body.bytes };
        self.listed(source, page).await
    }

    pub(crate) async fn listed(&self, source: &Source, page: Page) -> Result<Part, Error> {
        let source = source.clone();
        self.compute(move || list(&source, &page)).await
    }

    /// A page whose earlier answers nobody knows, and whether its address has moved for good.
    pub(crate) async fn fetch(&self, url: &Url, now: DateTime<Utc>) -> Result<(Page, bool), Error> {
        let Visit { url, moved, found } = self.visit(url, &Validators::default(), now).await?;
        match found {
            Found::Body(Body { bytes, content_type, .. }) => {
                Ok((Page { url: Some(url), content_type, body: bytes }, moved))
            }
            // Nobody asked whether it had changed.
            Found::Unchanged(_) => Err(Error::Status { status: 304, retry_after: None }),
        }
    }

    /// Parsing is work for the processor: it must not hold up those who wait for the network. A page that is made to
    /// hurt takes much memory while it is parsed, so only a few are at once.
    pub(crate) async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        // The semaphore is never closed, so this is always a permit.
        let permit = self.0.parsers.clone().acquire_owned().await.ok();
        let work = move || {
            let result = work();
            drop(permit);
            result
        };
        match tokio::task::spawn_blocking(work).await {
            Ok(result) => result,
            Err(error) => Err(Error::NoArticle(format!("reading it failed: {error}"))),
        }
    }

    /// Goes to an address and wherever it redirects; every step passes every gate.
    async fn visit(
        &self,
        url: &Url,
        validators: &Validators,
        now: DateTime<Utc>,
    ) -> Result<Visit, Error> {
        let (mut at, mut redirected, mut for_good) = (url.clone(), false, true);
        for _ in 0..=MAX_REDIRECTS {
            let found = match self.step(&at, validators, now).await? {
                Answer::Body(body) => Found::Body(body),
                Answer::Unchanged(validators) => Found::Unchanged(validators),
                Answer::Redirect { to, .. } if to == at => {
                    return Err(Error::Redirects(format!("{at} redirects to itself")));
                }
                Answer::Redirect { to, permanent } => {
                    (at, redirected, for_good) = (to, true, for_good && permanent);
                    continue;
                }
            };
            return Ok(Visit { url: at, moved: redirected && for_good, found });
        }
        Err(Error::Redirects(format!("more than {MAX_REDIRECTS}, the last to {at}")))
    }

    async fn step(
        &self,
        url: &Url,
        validators: &Validators,
        now: DateTime<Utc>,
    ) -> Result<Answer, Error> {
        let Parts { fetcher, robots, politeness, .. } = &*self.0;
        fetcher.check(url)?;
        let delay = robots.ask(url, fetcher, politeness, now).await?;
        let mut turn = politeness.turn(url.host_str().unwrap_or_default(), delay).await?;
        let answer = fetcher.get(url, validators, Limit::Settings, now).await;
        if let Err(Error::Status { status: 429 | 503, retry_after: Some(wait) }) = &answer {
            turn.leave_alone(*wait);
        }
        answer
    }
}

/// The article that an entry carries itself.
fn own_text(source: &Source, entry: &Entry) -> Result<Article, Error> {
    let text = entry.content.clone().or_else(|| entry.summary.clone()).unwrap_or_default();
    if text.trim().is_empty() && entry.title.trim().is_empty() {
        return Err(Error::NoArticle("the entry carries neither a title nor a text".to_owned()));
    }
    Ok(Article {
        url: Some(entry.url.clone()),
        title: entry.title.clone(),
        byline: entry.author.clone(),
        published: entry.published,
        modified: entry.updated,
        paywalled: false,
        language: source.language.clone(),
        site: Some(source.name.clone()),
        text,
    })
}

/// What the page does not say, the entry may.
fn with_entry(mut article: Article, source: &Source, entry: &Entry) -> Article {
    if article.title.trim().is_empty() {
        article.title.clone_from(&entry.title);
    }
    article.byline = article.byline.or_else(|| entry.author.clone());
    article.published = article.published.or(entry.published);
    article.language = article.language.or_else(|| source.language.clone());
    article.url = article.url.and_then(crate::canonical::canonical);
    article
}

/// Refuses what extraction cannot read yet.
fn readable(content_type: Option<&str>) -> Result<(), Error> {
    let kind = content_type.unwrap_or("text/html").split(';').next().unwrap_or_default();
    let kind = kind.trim().to_ascii_lowercase();
    if kind.is_empty() || kind.starts_with("text/") || kind.contains("html") || kind.contains("xml")
    {
        Ok(())
    } else {
        Err(Error::NoArticle(format!("the server sent {kind}, which is not a page")))
    }
}
