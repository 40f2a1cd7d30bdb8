//! `sources import` and `sources export`: lists of feeds as other readers have them.

use std::collections::HashSet;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use crawler::opml::{self, Outlines, Remark, Subscription};
use crawler::{Format, Source};
use serde_json::{Value, json};
use url::Url;

use super::{Misuse, Outcome, Place, answer, print, say};
use crate::config::catalog::{self, Draft, new_id};
use crate::config::{self, Config, DEFAULT_FILE, Faults};
use crate::plain::clean;

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
    /// Adds the feeds of a list to the catalogue's file. What stands there stays as it is, byte for byte; a file that is
    /// empty or missing is filled.
    pub(super) fn run(self, place: &Place) -> anyhow::Result<Outcome> {
        let configured = Config::catalog_file(place.config.as_deref())?;
        let body = read(&self.file)?;
        let list = opml::read(&body)
            .map_err(|error| Misuse(format!("{}: {error}", self.file.display())))?;
        let target = configured.clone().unwrap_or_else(|| beside(place));
        let (mut text, sources) = standing(&target, configured.is_some())?;
        let read = list.feeds.len() + list.bad;
        self.tell(&list);
        let (added, known) = add(list.feeds, &sources, &mut text);
        if added > 0 {
            keep(&target, &text)?;
        }
        answer(&json!({
            "file": target,
            "read": read,
            "added": added,
            "known": known,
            "bad": list.bad,
            "faults": list.faults.iter().map(shape).collect::<Vec<_>>(),
            "notes": list.notes.iter().map(shape).collect::<Vec<_>>(),
        }))?;
        if added > 0 && configured.is_none() {
            say(&format!(
                "lexwatch: to follow what is in {}, write `[sources]` and `file = \"{NEW_FILE}\"` into {DEFAULT_FILE}",
                target.display()
            ));
        }
        let is_whole = list.bad == 0 && !list.is_cut && !list.is_broken_off;
        Ok(if is_whole { Outcome::Done } else { Outcome::Unusable })
    }

    /// Says which outlines are not taken as they are written.
    fn tell(&self, list: &Outlines) {
        for Remark { line, title, what } in list.faults.iter().chain(&list.notes) {
            let title = if title.is_empty() { String::new() } else { format!("“{title}”: ") };
            let said = clean(&format!("{}:{line}: {title}{what}", self.file.display()), 600);
            say(&format!("lexwatch: {said}"));
        }
        let untold = list.bad - list.faults.len();
        if untold > 0 {
            say(&format!("lexwatch: {untold} further outlines have an address that is none"));
        }
        if list.is_broken_off {
            say(&format!(
                "lexwatch: {}: it ends before its list does (there is no </opml>); feeds may be missing: save it again",
                self.file.display()
            ));
        }
        if list.is_cut {
            say(&format!(
                "lexwatch: {}: only the first {} feeds were read; put the others into another file",
                self.file.display(),
                list.feeds.len()
            ));
        }
    }
}

fn shape(remark: &Remark) -> Value {
    json!({"line": remark.line, "title": remark.title, "what": remark.what})
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

/// What stands in the file. One that is made because none is configured begins with the bundled catalogue, so that it is
/// followed on.
fn standing(file: &Path, is_configured: bool) -> anyhow::Result<(String, Vec<Source>)> {
    let shown = file.display().to_string();
    let text = match std::fs::read(file) {
        Ok(bytes) => config::utf8(&shown, bytes)?,
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(error).with_context(|| shown);
        }
        Err(_) if is_configured => String::new(),
        Err(_) => catalog::BUNDLED.to_owned(),
    };
    let sources = catalog::parse(&shown, &text).map_err(Faults)?;
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
pub(super) fn bare(url: &Url) -> String {
    let whole = url.as_str();
    let rest = whole.split_once("://").map_or(whole, |(_, rest)| rest);
    rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/').to_owned()
}

/// Puts the new text in the file's place in one step, if it can be read back.
fn keep(file: &Path, text: &str) -> anyhow::Result<()> {
    let shown = file.display().to_string();
    catalog::parse(&shown, text).map_err(Faults)?;
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
