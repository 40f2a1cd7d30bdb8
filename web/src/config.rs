//! `lexwatch.toml` and the environment to one typed [`Config`]; all faults are reported at once.

pub mod catalog;
mod secret;
mod section;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use crawler::Source;
use ipnet::IpNet;
use lettre::message::Mailbox;
use url::Url;

use crate::forwarded;

use secret::Secret;
pub use section::Fault;
use section::{Document, Section, in_order};

/// The file that is read if it lies beside.
pub const DEFAULT_FILE: &str = "lexwatch.toml";

/// The command by which this program reads one PDF document; for itself only.
pub(crate) const READ_PDF: &str = "read-pdf";

/// Everything that can be set.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the site listens.
    pub listen: SocketAddr,
    /// Where readers reach the site; follows the listening address if left out.
    pub base_url: Option<Url>,
    /// Proxies before it, which say under which address they were asked.
    pub trusted_proxies: Vec<IpNet>,
    /// `sqlite` or a database's address.
    pub store_url: String,
    /// How the crawler behaves.
    pub crawler: crawler::Settings,
    /// How mail leaves.
    pub mail: Mail,
    /// What the administration asks for; empty: there is none.
    pub admin_token: String,
    /// Where the model lies that knows the meaning of texts; of use to a program with the feature `bert`.
    pub meaning_model: Option<PathBuf>,
    /// What is followed.
    pub catalog: Vec<Source>,
    /// The file that it was read from; `None`: it is the bundled one.
    pub catalog_file: Option<PathBuf>,
}

/// How mail leaves.
#[derive(Debug, Clone)]
pub struct Mail {
    /// The way out.
    pub transport: Transport,
    /// The sender of all mail.
    pub from: Mailbox,
    /// Who runs this Lexwatch; also the contact on the site.
    pub operator: Option<Mailbox>,
}

/// The way out for mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transport {
    /// `.eml` files in the data folder's `outbox`.
    Folder,
    /// A mail server, as lettre reads its address.
    Smtp(String),
}

/// The configuration could not be used.
#[derive(Debug, thiserror::Error)]
#[error("{}", lines(.0))]
pub struct Faults(pub Vec<Fault>);

fn lines(faults: &[Fault]) -> String {
    faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n")
}

impl Config {
    /// Reads `file`, or `lexwatch.toml` beside if there is one, else takes every default.
    ///
    /// # Errors
    /// [`Faults`] with every fault and its line; or the file that cannot be read.
    pub fn load(file: Option<&Path>) -> anyhow::Result<Self> {
        let path = match file {
            Some(path) => path.to_owned(),
            None if Path::new(DEFAULT_FILE).exists() => PathBuf::from(DEFAULT_FILE),
            None => return Self::parse("", "", Path::new(".")),
        };
        let (shown, text) = read(&path)?;
        let folder = path.parent().unwrap_or(Path::new("."));
        Self::parse(&shown, &text, folder)
    }

    /// The catalogue's file that the settings name, whatever stands in it; `None` where they name none.
    ///
    /// # Errors
    /// As [`Config::load`], for the part that says so.
    pub fn catalog_file(file: Option<&Path>) -> anyhow::Result<Option<PathBuf>> {
        let path = match file {
            Some(path) => path,
            None if Path::new(DEFAULT_FILE).exists() => Path::new(DEFAULT_FILE),
            None => return Ok(None),
        };
        let (shown, text) = read(path)?;
        let (mut document, table) = Document::parse(&shown, &text);
        let mut root = Section::new("the configuration", 0, Some(table.get_ref()));
        let mut sources = root.section("sources", &mut document);
        let named = sources.text("file", &mut document).filter(|file| !file.is_empty());
        sources.finish(&mut document);
        if !document.faults.is_empty() {
            return Err(Faults(in_order(document.faults)).into());
        }
        Ok(named.map(|file| path.parent().unwrap_or(Path::new(".")).join(file)))
    }

    /// Reads a configuration; files that it names are relative to `folder`.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn parse(file: &str, text: &str, folder: &Path) -> anyhow::Result<Self> {
        let (mut document, table) = Document::parse(file, text);
        let mut root = Section::new("the configuration", 0, Some(table.get_ref()));
        let mut server = root.section("server", &mut document);
        let listen = server.parsed("listen", &mut document, address);
        let base_url = server.parsed("base_url", &mut document, base_address);
        let trusted_proxies = server.each("trusted_proxies", &mut document, forwarded::proxies);
        server.finish(&mut document);
        let store_url = read_store(&mut root, folder, &mut document);
        let crawler = read_crawler(&mut root, &mut document);
        let mail = read_mail(&mut root, folder, &mut document);
        let mut admin = root.section("admin", &mut document);
        let admin_token =
            Secret::read(&mut admin, ["token", "token_file"], "ADMIN_TOKEN", folder, &mut document);
        admin.finish(&mut document);
        let meaning_model = read_meaning(&mut root, folder, &mut document);
        let catalog = read_catalog(&mut root, folder, &mut document);
        root.finish(&mut document);
        match (mail, catalog) {
            (Some(mail), Some((catalog, catalog_file))) if document.faults.is_empty() => Ok(Self {
                listen: listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080))),
                base_url,
                trusted_proxies,
                store_url,
                crawler,
                mail,
                admin_token: admin_token.map(|secret| secret.value).unwrap_or_default(),
                meaning_model,
                catalog,
                catalog_file,
            }),
            _ => Err(Faults(in_order(document.faults)).into()),
        }
    }
}

/// A file's name, as it is shown, and its text.
fn read(path: &Path) -> anyhow::Result<(String, String)> {
    let shown = path.display().to_string();
    let bytes = std::fs::read(path).with_context(|| format!("{shown}: cannot be read"))?;
    let text = utf8(&shown, bytes)?;
    Ok((shown, text))
}

/// The text of a file that is written in UTF-8.
///
/// # Errors
/// [`Faults`] with the line of the first byte that is not.
pub(crate) fn utf8(file: &str, bytes: Vec<u8>) -> Result<String, Faults> {
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..good].iter().filter(|byte| **byte == b'\n').count() + 1;
        let what = format!("byte {} of the file is not UTF-8: save it as UTF-8", good + 1);
        Faults(vec![Fault { file: file.to_owned(), line: Some(line), what }])
    })
}

fn read_store(root: &mut Section<'_, '_>, folder: &Path, document: &mut Document<'_>) -> String {
    let mut store = root.section("store", document);
    let url = Secret::read(&mut store, ["url", "url_file"], "STORE_URL", folder, document)
        .filter(|url| !url.value.is_empty());
    store.finish(document);
    let Some(url) = url else { return "sqlite".to_owned() };
    if url.value != "sqlite" {
        url.fault("must be `sqlite`: other databases are not supported yet", document);
    }
    url.value
}

fn read_crawler(root: &mut Section<'_, '_>, document: &mut Document<'_>) -> crawler::Settings {
    let mut part = root.section("crawler", document);
    let allow_addresses = part.each("allow_addresses", document, address);
    let mut number = |key, bounds, default| part.number(key, bounds, document).unwrap_or(default);
    let settings = crawler::Settings {
        concurrency: usize::try_from(number("concurrency", 1..=1024, 16)).unwrap_or(16),
        host_delay: Duration::from_millis(number("host_delay_ms", 0..=600_000, 1000)),
        timeout: Duration::from_secs(number("timeout_s", 1..=600, 30)),
        max_body: number("max_body_mb", 1..=1000, 20) * 1_000_000,
        user_agent: part.text("user_agent", document).unwrap_or_else(default_user_agent),
        contact: part.text("contact", document).unwrap_or_default(),
        allow_addresses,
        allow_private_addresses: part.flag("allow_private_addresses", document).unwrap_or(false),
        pdf: pdf_reader(),
    };
    part.finish(document);
    settings
}

/// This very program, told to read one PDF document; `None` where the system does not say which program it is.
pub(crate) fn pdf_reader() -> Option<crawler::pdf::PdfReader> {
    let program = std::env::current_exe().ok()?;
    Some(crawler::pdf::PdfReader::new(program, vec![READ_PDF.into()]))
}

fn default_user_agent() -> String {
    concat!("Lexwatch/", env!("CARGO_PKG_VERSION")).to_owned()
}

fn read_mail(
    root: &mut Section<'_, '_>,
    folder: &Path,
    document: &mut Document<'_>,
) -> Option<Mail> {
    let mut part = root.section("mail", document);
    let transport = part.text("transport", document);
    let url = Secret::read(&mut part, ["url", "url_file"], "MAIL_URL", folder, document);
    let transport = match transport.as_deref() {
        None | Some("folder") => Transport::Folder,
        Some("smtp") => {
            if let Some(url) = &url
                && let Err(error) = crate::mail::check_smtp_url(&url.value)
            {
                url.fault(&format!("cannot be used: {error}"), document);
            }
            Transport::Smtp(url.map_or_else(|| "smtp://127.0.0.1:25".to_owned(), |url| url.value))
        }
        Some(other) => {
            let what = format!("mail `transport` must be `folder` or `smtp`, not `{other}`");
            document.fault(part.place("transport"), what);
            Transport::Folder
        }
    };
    let from = part
        .parsed("from", document, mailbox)
        .or_else(|| mailbox("Lexwatch <lexwatch@localhost>").ok());
    let operator = match part.text("operator", document) {
        Some(text) if !text.is_empty() => part.parsed("operator", document, mailbox),
        _ => None,
    };
    part.finish(document);
    Some(Mail { transport, from: from?, operator })
}

fn read_meaning(
    root: &mut Section<'_, '_>,
    folder: &Path,
    document: &mut Document<'_>,
) -> Option<PathBuf> {
    let mut part = root.section("meaning", document);
    let written = part.text("model", document).filter(|text| !text.is_empty());
    part.finish(document);
    let given = secret::from_environment("LEXWATCH_MEANING_MODEL", document).map(PathBuf::from);
    given.or(written.map(|text| folder.join(text)))
}

fn read_catalog(
    root: &mut Section<'_, '_>,
    folder: &Path,
    document: &mut Document<'_>,
) -> Option<(Vec<Source>, Option<PathBuf>)> {
    let mut part = root.section("sources", document);
    let file = part.text("file", document).unwrap_or_default();
    let place = part.place("file");
    part.finish(document);
    let path = (!file.is_empty()).then(|| folder.join(&file));
    let catalog = match &path {
        None => catalog::bundled(),
        Some(path) => match std::fs::read(path) {
            Ok(bytes) => {
                let shown = path.display().to_string();
                let text = utf8(&shown, bytes).map_err(|Faults(faults)| faults);
                text.and_then(|text| catalog::parse(&shown, &text))
            }
            Err(error) => {
                document.fault(place, format!("sources `file`: {}: {error}", path.display()));
                return None;
            }
        },
    };
    match catalog {
        Ok(sources) => Some((sources, path)),
        Err(faults) => {
            document.faults.extend(faults);
            None
        }
    }
}

fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| format!("`{text}` is no address with a port (`127.0.0.1:8080`)"))
}

fn base_address(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("`{text}` is not an address: {error}"))?;
    if matches!(url.scheme(), "http" | "https") && url.path() == "/" && url.query().is_none() {
        Ok(url)
    } else {
        Err(format!("`{text}` must be http:// or https:// and a host, without a path"))
    }
}

fn mailbox(text: &str) -> Result<Mailbox, String> {
    text.parse().map_err(|error| format!("`{text}` is no mail address: {error}"))
}
