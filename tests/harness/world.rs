//! `World`: what surrounds a Lexwatch. `Lexwatch`: one, running in the test's own process.

use std::path::Path;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use chrono::{DateTime, Utc};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt as _;
use web::app::App;
use web::clock::Clock;
use web::config::Config;
use web::jobs::ingest::{self, Report, Round};

use crate::{FakeWeb, Mailbox, article, feed, page};

/// The moment at which the world's clock starts, unless a test says otherwise.
const MORNING: &str = "2026-11-24T07:00:00Z";

/// The catalogue of a world without sources: one that a test never polls, since a catalogue must have some.
const NOTHING: &str = "[[source]]\nid = \"nothing\"\nname = \"Nothing\"\nurl = \"http://127.0.0.1:1/\"\n\
    format = \"feed\"\npublisher = \"news\"\nschedule = \"0 0 0 1 1 *\"\n";

/// The largest answer that a test looks at.
const MAX_ANSWER: usize = 16 << 20;

/// A temporary data folder, a small web, a mailbox and a catalogue.
#[derive(Debug)]
pub struct World {
    folder: TempDir,
    /// The small web.
    pub web: FakeWeb,
    /// The mail server.
    pub mailbox: Mailbox,
    catalog: String,
    settings: String,
    mail: String,
    host_delay: u64,
}

impl World {
    /// An empty world.
    pub async fn new() -> anyhow::Result<Self> {
        Ok(Self {
            folder: tempfile::tempdir()?,
            web: FakeWeb::start().await?,
            mailbox: Mailbox::start().await?,
            catalog: String::new(),
            settings: String::new(),
            mail: String::new(),
            host_delay: 0,
        })
    }

    /// A world with one source, `press`, whose feed lists `items` as `(state, what)`, each with its page.
    pub async fn with_press(items: &[(&str, &str)]) -> anyhow::Result<Self> {
        let mut world = Self::new().await?;
        world.publish(items);
        world.source("press", "feed", "/feed.xml", "");
        Ok(world)
    }

    /// Puts a feed and a page for each `(state, what)` on the web, the newest last.
    pub fn publish(&self, items: &[(&str, &str)]) {
        let listed: Vec<_> = items
            .iter()
            .enumerate()
            .map(|(number, (state, what))| {
                let title = format!("{state} adopts law on {what}");
                (format!("/news/{number}"), title)
            })
            .collect();
        for ((path, title), (state, what)) in listed.iter().zip(items) {
            let paragraphs = article(state, what);
            let paragraphs: Vec<_> = paragraphs.iter().map(String::as_str).collect();
            self.web.html(path, page(title, "2026-11-23", &paragraphs));
        }
        let entries: Vec<_> = listed
            .iter()
            .map(|(path, title)| (path.as_str(), title.as_str(), "Mon, 23 Nov 2026 08:00:00 GMT"))
            .collect();
        self.web.rss("/feed.xml", feed(&self.web.url(""), &entries));
    }

    /// Adds a source of the catalogue at a path of the small web; `more` is further TOML.
    pub fn source(&mut self, id: &str, format: &str, path: &str, more: &str) -> &mut Self {
        self.source_of("news", id, format, path, more)
    }

    /// The same for another publisher than the press.
    pub fn source_of(
        &mut self,
        publisher: &str,
        id: &str,
        format: &str,
        path: &str,
        more: &str,
    ) -> &mut Self {
        self.catalog.push_str(&format!(
            "[[source]]\nid = \"{id}\"\nname = \"The {id}\"\nurl = \"{}\"\nformat = \"{format}\"\n\
             publisher = \"{publisher}\"\nlanguage = \"en\"\nschedule = \"0 */5 * * * *\"\n{more}\n",
            self.web.url(path)
        ));
        self
    }

    /// Further settings, TOML.
    pub fn settings(&mut self, more: &str) -> &mut Self {
        self.settings.push_str(more);
        self
    }

    /// Names who looks after it.
    pub fn operator(&mut self, email: &str) -> &mut Self {
        self.mail = format!("operator = \"{email}\"\n");
        self
    }

    /// The pause between two requests to a host, in milliseconds; there is none otherwise.
    pub fn host_delay(&mut self, milliseconds: u64) -> &mut Self {
        self.host_delay = milliseconds;
        self
    }

    /// Where its settings and data are; the same that `lexwatch.toml` in it says.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Writes `lexwatch.toml` and `sources.toml` into the folder, for the binary.
    pub fn write_settings(&self) -> anyhow::Result<std::path::PathBuf> {
        let file = self.folder().join("lexwatch.toml");
        let catalog = if self.catalog.is_empty() { NOTHING } else { &self.catalog };
        std::fs::write(self.folder().join("sources.toml"), catalog)?;
        std::fs::write(
            &file,
            format!(
                "[crawler]\nhost_delay_ms = {}\ntimeout_s = 2\nmax_body_mb = 1\nallow_addresses = [\"{}\"]\n\
                 contact = \"test@example.org\"\n[sources]\nfile = \"sources.toml\"\n\
                 [mail]\ntransport = \"smtp\"\nurl = \"{}\"\n{}[server]\nlisten = \"127.0.0.1:0\"\n{}",
                self.host_delay,
                self.web.address(),
                self.mailbox.url(),
                self.mail,
                self.settings,
            ),
        )?;
        Ok(file)
    }

    /// Opens a Lexwatch in it, on the morning of 24 November 2026.
    pub async fn start(&self) -> anyhow::Result<Lexwatch> {
        self.start_at(MORNING).await
    }

    /// Opens a Lexwatch in it, at a moment (RFC 3339).
    pub async fn start_at(&self, now: &str) -> anyhow::Result<Lexwatch> {
        let now: DateTime<Utc> = now.parse()?;
        let config = Config::load(Some(&self.write_settings()?))?;
        let app = App::open(config, &self.folder().join("data"), Clock::starting_at(now)).await?;
        app.follow_catalog().await?;
        Ok(Lexwatch { router: web::router::router(app.clone()), app })
    }
}

/// A Lexwatch in the test's own process; its jobs run when the test says so.
#[derive(Debug, Clone)]
pub struct Lexwatch {
    /// Its parts.
    pub app: App,
    router: Router,
}

/// What the site or the API answered.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// The body as text.
    pub body: String,
}

impl Lexwatch {
    /// One full round of poll and read, and the index after it.
    pub async fn ingest(&self) -> anyhow::Result<Report> {
        let report = ingest::run(&self.app, &Round { all: true, sources: Vec::new() }).await?;
        self.app.index.catch_up().await?;
        Ok(report)
    }

    /// `GET` a path.
    pub async fn get(&self, path: &str) -> anyhow::Result<Answer> {
        self.get_as(path, &[]).await
    }

    /// `GET` a path as a browser that was given this cookie.
    pub async fn get_with_cookie(&self, path: &str, cookie: &str) -> anyhow::Result<Answer> {
        self.get_as(path, &[("cookie", cookie)]).await
    }

    /// `GET` a path that one may have already, by its `ETag`.
    pub async fn get_unless(&self, path: &str, etag: &str) -> anyhow::Result<Answer> {
        self.get_as(path, &[("if-none-match", etag)]).await
    }

    /// `GET` a path of the API.
    pub async fn json(&self, path: &str) -> anyhow::Result<Value> {
        Ok(serde_json::from_str(&self.get(path).await?.body)?)
    }

    /// `POST` a form.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> anyhow::Result<Answer> {
        self.post_as(path, form, &[]).await
    }

    /// `POST` a form with these headers.
    pub async fn post_as(
        &self,
        path: &str,
        form: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> anyhow::Result<Answer> {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let mut request =
            Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request.body(Body::from(body))?).await
    }

    /// `GET` a path with these headers.
    pub async fn get_as(&self, path: &str, headers: &[(&str, &str)]) -> anyhow::Result<Answer> {
        let request = headers
            .iter()
            .fold(Request::get(path), |request, (name, value)| request.header(*name, *value));
        self.ask(request.body(Body::empty())?).await
    }

    /// `POST` JSON to a path of the API.
    pub async fn post_json(&self, path: &str, body: &str) -> anyhow::Result<Answer> {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_owned()))?;
        self.ask(request).await
    }

    /// Asks whatever is wanted.
    pub async fn ask(&self, request: Request<Body>) -> anyhow::Result<Answer> {
        let response = self.router.clone().oneshot(request).await?;
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, MAX_ANSWER).await?;
        Ok(Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        })
    }
}
