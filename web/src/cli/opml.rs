//! `sources import` and `sources export`: lists of feeds as other readers have them.

use std::collections::HashSet;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use crawler::opml::{self, Subscription};
use crawler::{Format, Source};
use serde_json::json;
use url::Url;

use super::{Misuse, Outcome, Place, answer, print, say};
use crate::config::catalog::{self, Draft, new_id};
use crate::config::{Config, DEFAULT_FILE};

/// The catalogue that is made where none is configured.
const NEW_FILE: &str = "sources.toml";

/// `lexwatch sources import`.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// The list, OPML
    file: PathBuf,
}

/// Prints what is followed as OPML; sitemaps, listings and interfaces are no feeds, and are left out.
pub(super) fn export(place: &Place) -> anyhow::Result<Outcome> {
    let config = Config::load(place.config.as_deref())?;
    let (feeds, others): (Vec<&Source>, Vec<&Source>) =
        config.catalog.iter().partition(|source| source.format == Format::Feed);
    let feeds: Vec<Subscription> = feeds
        .into_iter()
        .map(|source| Subscription {
            url: source.url.clone(),
            site: source.site.clone(),
            title: source.name.clone(),
            language: source.language.clone(),
            categories: source.categories.clone(),
        })
        .collect();
    print(&opml::write("Lexwatch", &feeds))?;
    if !others.is_empty() {
        say(&format!("lexwatch: {} sources that are no feeds are left out", others.len()));
    }
    Ok(Outcome::Done)
}

impl Import {
    /// Adds the feeds of a list to the catalogue's file. What stands there stays as it is, byte for byte.
    pub(super) fn run(self, place: &Place) -> anyhow::Result<Outcome> {
        let config = Config::load(place.config.as_deref())?;
        let body = read(&self.file)?;
        let (feeds, bad) = opml::read(&body)
            .map_err(|error| Misuse(format!("{}: {error}", self.file.display())))?;
        let target = config.catalog_file.clone().unwrap_or_else(|| beside(place));
        let (mut text, sources) = standing(&target)?;
        let read = feeds.len() + bad;
        let (added, known) = add(feeds, &sources, &mut text);
        if added > 0 {
            keep(&target, &text)?;
        }
        answer(&json!({"file": target, "read": read, "added": added, "known": known, "bad": bad}))?;
        if added > 0 && config.catalog_file.is_none() {
            say(&format!(
                "lexwatch: to follow what is in {}, write `[sources]` and `file = \"{NEW_FILE}\"` into {DEFAULT_FILE}",
                target.display()
            ));
        }
        if bad > 0 {
            say(&format!(
                "lexwatch: {}: {bad} outlines have an address that is none",
                self.file.display()
            ));
            return Ok(Outcome::Unusable);
        }
        Ok(Outcome::Done)
    }
}

/// A list of bounded size, wherever it comes from.
fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    let open = || -> std::io::Result<Vec<u8>> {
        let mut body = Vec::new();
        std::fs::File::open(file)?.take(opml::MAX_BYTES + 1).read_to_end(&mut body)?;
        Ok(body)
    };
    open().map_err(|error| Misuse(format!("{}: {error}", file.display())).into())
}

/// A new catalogue lies beside the settings.
fn beside(place: &Place) -> PathBuf {
    let settings = place.config.as_deref().unwrap_or(Path::new(DEFAULT_FILE));
    settings.parent().unwrap_or(Path::new("")).join(NEW_FILE)
}

/// What stands in the file; a new one begins with the bundled catalogue, so that it is followed on.
fn standing(file: &Path) -> anyhow::Result<(String, Vec<Source>)> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => catalog::BUNDLED.to_owned(),
        Err(error) => return Err(error).with_context(|| file.display().to_string()),
    };
    let sources =
        catalog::parse(&file.display().to_string(), &text).map_err(crate::config::Faults)?;
    Ok((text, sources))
}

/// Writes an entry for each feed that is not known; how many are new, and how many were known.
fn add(feeds: Vec<Subscription>, sources: &[Source], text: &mut String) -> (usize, usize) {
    let mut ids: HashSet<String> = sources.iter().map(|source| source.id.0.clone()).collect();
    let mut addresses: HashSet<String> = sources.iter().map(|source| bare(&source.url)).collect();
    let (mut added, mut known) = (0, 0);
    for feed in feeds {
        if !addresses.insert(bare(&feed.url)) {
            known += 1;
            continue;
        }
        let host = feed.url.host_str().unwrap_or_default().to_owned();
        let name = if feed.title.is_empty() { host.clone() } else { feed.title };
        let draft = Draft {
            id: new_id(&host, &name, &mut ids),
            name,
            url: feed.url,
            site: feed.site,
            format: Format::Feed,
            language: feed.language,
            unchecked: true,
            categories: feed.categories,
        };
        if !text.is_empty() {
            text.push_str(if text.ends_with('\n') { "\n" } else { "\n\n" });
        }
        text.push_str(&draft.to_toml());
        added += 1;
    }
    (added, known)
}

/// An address without what seldom tells two feeds apart.
fn bare(url: &Url) -> String {
    let whole = url.as_str();
    let rest = whole.split_once("://").map_or(whole, |(_, rest)| rest);
    rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/').to_owned()
}

/// Puts the new text in the file's place in one step, if it can be read back.
fn keep(file: &Path, text: &str) -> anyhow::Result<()> {
    let shown = file.display().to_string();
    catalog::parse(&shown, text).map_err(crate::config::Faults)?;
    let folder = match file.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let write = || -> std::io::Result<()> {
        // A link is followed, so that its target changes and it stays one.
        let file = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
        let mut new = tempfile::NamedTempFile::new_in(
            file.parent().filter(|at| *at != Path::new("")).unwrap_or(folder),
        )?;
        new.write_all(text.as_bytes())?;
        if let Ok(before) = std::fs::metadata(&file) {
            new.as_file().set_permissions(before.permissions())?;
        } else {
            readable_by_all(&new)?;
        }
        new.as_file().sync_all()?;
        new.persist(&file).map_err(|error| error.error)?;
        Ok(())
    };
    write().with_context(|| format!("{shown}: cannot be written"))
}

/// Temporary files are for their owner only; a catalogue is no secret.
#[cfg(unix)]
fn readable_by_all(file: &tempfile::NamedTempFile) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_: &tempfile::NamedTempFile) -> std::io::Result<()> {
    Ok(())
}
