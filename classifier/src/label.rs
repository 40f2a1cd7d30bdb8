//! `Label`: one tag as a person names it (`policy`, `jurisdiction:CN`, `topic:encryption`, `stage:adopted`,
//! `instrument:gdpr`), in the words of the query language.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use crate::near::nearest;
use crate::{Instrument, Jurisdiction, Stage, Topic};

/// How many characters of what was written are repeated in an error.
const SHOWN: usize = 60;

/// One tag, without score or evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Label {
    /// That the item is about policy at all.
    Policy,
    /// Whose law it is.
    Jurisdiction(Jurisdiction),
    /// What it is about.
    Topic(Topic),
    /// Where in its life the measure is.
    Stage(Stage),
    /// A named law.
    Instrument(Instrument),
}

/// A word that stands for no tag; the text says what may have been meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` {what}")]
pub struct Unknown {
    written: String,
    what: String,
}

impl Unknown {
    fn new(written: &str, what: impl Into<String>) -> Self {
        let short: String = written.chars().take(SHOWN).collect();
        let written = if short.len() < written.len() { format!("{short}…") } else { short };
        Self { written, what: what.into() }
    }
}

impl Label {
    /// The kinds of tags, each by the word before its colon; a policy tag has none.
    pub const KINDS: [&'static str; 5] = ["policy", "jurisdiction", "topic", "stage", "instrument"];

    /// Which of [`Label::KINDS`] it is.
    pub fn kind(self) -> &'static str {
        Self::KINDS[match self {
            Self::Policy => 0,
            Self::Jurisdiction(_) => 1,
            Self::Topic(_) => 2,
            Self::Stage(_) => 3,
            Self::Instrument(_) => 4,
        }]
    }

    /// Its code or slug; `true` for policy.
    pub fn value(self) -> &'static str {
        match self {
            Self::Policy => "true",
            Self::Jurisdiction(jurisdiction) => jurisdiction.code(),
            Self::Topic(topic) => topic.slug(),
            Self::Stage(stage) => stage.slug(),
            Self::Instrument(law) => law.slug(),
        }
    }

    /// The name that readers see.
    pub fn name(self) -> &'static str {
        match self {
            Self::Policy => "About policy",
            Self::Jurisdiction(jurisdiction) => jurisdiction.name(),
            Self::Topic(topic) => topic.name(),
            Self::Stage(stage) => stage.name(),
            Self::Instrument(law) => law.name(),
        }
    }

    /// Reads a tag: `policy`, or a kind (`country` and `law` are kinds too), a colon, and a code, slug, name or alias,
    /// in any case, in quotation marks or not.
    ///
    /// # Errors
    /// [`Unknown`], with what may have been meant.
    pub fn parse(text: &str) -> Result<Self, Unknown> {
        let text = text.trim();
        let (kind, value) = text.split_once([':', '：']).unwrap_or((text, ""));
        let value = value.trim().trim_matches(['"', '“', '”', '„', '«', '»']);
        match kind.trim().to_lowercase().as_str() {
            "country" => Self::read("jurisdiction", value),
            "law" => Self::read("instrument", value),
            known if Self::KINDS.contains(&known) => Self::read(known, value),
            _ => Err(Unknown::new(text, format!("is not a tag: {}", meant(text, kind)))),
        }
    }

    /// Reads the value of one of [`Label::KINDS`]: a code, slug, name or alias.
    ///
    /// # Errors
    /// [`Unknown`], with what may have been meant.
    pub fn read(kind: &str, value: &str) -> Result<Self, Unknown> {
        match kind {
            "jurisdiction" => jurisdiction(value).map(Self::Jurisdiction),
            "topic" => {
                one_of(value, "a topic", Topic::ALL, Topic::slug, Topic::name).map(Self::Topic)
            }
            "stage" => {
                one_of(value, "a stage", Stage::ALL, Stage::slug, Stage::name).map(Self::Stage)
            }
            "instrument" => law(value).map(Self::Instrument),
            "policy" if matches!(value, "" | "true") => Ok(Self::Policy),
            "policy" => Err(Unknown::new(
                &format!("policy:{value}"),
                "is not a tag: add `policy`, or remove it",
            )),
            _ => Err(Unknown::new(kind, "is not a kind of tag")),
        }
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Policy => f.write_str(self.kind()),
            _ => write!(f, "{}:{}", self.kind(), self.value()),
        }
    }
}

impl FromStr for Label {
    type Err = Unknown;

    fn from_str(text: &str) -> Result<Self, Unknown> {
        Self::parse(text)
    }
}

/// What a text without a known kind may have meant: a value whose kind was left out, or another kind.
fn meant(text: &str, kind: &str) -> String {
    let known = Label::KINDS[1..].iter().find_map(|kind| Label::read(kind, text).ok());
    if let Some(label) = known.filter(|_| !text.is_empty()) {
        return format!("did you mean `{label}`?");
    }
    match nearest(kind, Label::KINDS.into_iter().chain(["country", "law"])) {
        Some("policy") => "did you mean `policy`?".to_owned(),
        Some(kind) => format!("did you mean `{kind}:…`?"),
        None => "use `policy`, `jurisdiction:CN`, `topic:encryption`, `stage:adopted` or `instrument:gdpr`".to_owned(),
    }
}

fn jurisdiction(value: &str) -> Result<Jurisdiction, Unknown> {
    if let Some(known) = Jurisdiction::parse(value).or_else(|| state_called(value)) {
        return Ok(known);
    }
    let near = nearest(value, Jurisdiction::all().map(Jurisdiction::name));
    let near = near.and_then(|name| Jurisdiction::all().find(|known| known.name() == name));
    let hint = near.map_or_else(
        || "use an ISO 3166 code (`CN`, `US-CA`), `EU` or `INT`".to_owned(),
        |known| format!("did you mean `{}` ({})?", known.code(), known.name()),
    );
    Err(Unknown::new(value, format!("is not a jurisdiction: {hint}")))
}

/// All names of jurisdictions, as [`plain`] has them; `~` stays at the end of those that may have up to three more letters.
static STATES: LazyLock<HashMap<String, Jurisdiction>> = LazyLock::new(|| {
    let mut states = HashMap::new();
    let others = |state: Jurisdiction| state.names().iter().map(move |name| (name.as_str(), state));
    let own = Jurisdiction::all().map(|state| (state.name(), state));
    for (name, state) in own.chain(Jurisdiction::all().flat_map(others)) {
        states.entry(plain(name.trim_end_matches(['!', '*']))).or_insert(state);
    }
    states
});

fn state_called(value: &str) -> Option<Jurisdiction> {
    let name = plain(value);
    let ends = name.char_indices().rev().map(|(at, _)| at);
    let mut ends = std::iter::once(name.len()).chain(ends).take(4);
    let whole = STATES.get(&name).filter(|_| !name.ends_with('~'));
    whole.or_else(|| ends.find_map(|end| STATES.get(&format!("{}~", &name[..end])))).copied()
}

/// `USA` is `U.S.A.`
fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace('.', "")
}

fn law(value: &str) -> Result<Instrument, Unknown> {
    if let Some(known) = Instrument::parse(value) {
        return Ok(known);
    }
    let bears = |known: &Instrument| {
        known.ambiguous_aliases().iter().any(|alias| alias.eq_ignore_ascii_case(value))
    };
    let several: Vec<_> = Instrument::all().filter(bears).take(5).collect();
    // In texts such a name counts only beside its jurisdiction; who asks for a law by it means the only one there is.
    if let [only] = several[..] {
        return Ok(only);
    }
    if !several.is_empty() {
        let several: Vec<_> = several.into_iter().map(Instrument::slug).collect();
        let what = format!("is a name of several laws: `{}`", several.join("`, `"));
        return Err(Unknown::new(value, what));
    }
    let family: Vec<_> = family(value).take(5).map(Instrument::slug).collect();
    if family.len() > 1 {
        let what = format!("is how the names of several laws begin: `{}`", family.join("`, `"));
        return Err(Unknown::new(value, what));
    }
    let names = Instrument::all().flat_map(|known| [known.slug(), known.name()]);
    let hint = nearest(value, names).map_or_else(
        || "use a law's name, one of its other names, or its slug".to_owned(),
        |name| format!("did you mean `{name}`?"),
    );
    Err(Unknown::new(value, format!("is not a law of the register: {hint}")))
}

/// The laws whose names are this and a number (`NIS`: `NIS1`, `NIS2`), or this and other words.
fn family(value: &str) -> impl Iterator<Item = Instrument> {
    let start = value.trim().to_lowercase();
    let begins = move |known: &Instrument| {
        let name = known.name().to_lowercase();
        let rest = name.strip_prefix(&start).filter(|_| !start.is_empty());
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
    };
    Instrument::all().filter(begins)
}

/// A word of a short list, by slug or by name.
fn one_of<T: Copy>(
    value: &str,
    what: &str,
    all: impl IntoIterator<Item = T>,
    slug: fn(T) -> &'static str,
    name: fn(T) -> &'static str,
) -> Result<T, Unknown> {
    let all: Vec<T> = all.into_iter().collect();
    let lower = value.trim().to_lowercase();
    let is_meant = |known: &T| slug(*known) == lower || name(*known).to_lowercase() == lower;
    if let Some(known) = all.iter().copied().find(is_meant) {
        return Ok(known);
    }
    let slugs: Vec<_> = all.iter().map(|known| slug(*known)).collect();
    let hint = nearest(value, slugs.iter().copied()).map_or_else(
        || format!("use one of `{}`", slugs.join("`, `")),
        |slug| format!("did you mean `{slug}`?"),
    );
    Err(Unknown::new(value, format!("is not {what}: {hint}")))
}
