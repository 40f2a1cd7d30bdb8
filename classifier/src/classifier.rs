//! `Classifier`: find, weigh, decide, with evidence.

use crate::authority::{self, Authority};
use crate::data;
use crate::dates::Calendar;
use crate::decide::developments::trust::Trust;
use crate::decide::{actors, developments, laws, policy, stage, topics};
use crate::findings::Findings;
use crate::gazetteer::Gazetteer;
use crate::lexicon::{self, Aim, Cue, Sense, Term, Words};
use crate::reading::Reading;
use crate::{
    Error, Instrument, Jurisdiction, Model, Stage, Tag, Tags, Text, Topic, instrument, jurisdiction,
};

/// Tags texts. Immutable once loaded; share it behind an `Arc`.
#[derive(Debug)]
pub struct Classifier {
    gazetteer: Gazetteer,
    /// What each pattern of the gazetteer may mean.
    senses: Vec<Vec<Sense>>,
    terms: Vec<Term>,
    authorities: Vec<Authority>,
    calendar: Calendar,
    /// The words for acts, by number, and how far each is to be trusted.
    cues: Vec<String>,
    trust: Trust,
    model: Model,
    /// The model's name, as it is kept with each item.
    version: String,
}

impl Classifier {
    /// Builds the matchers from the built-in data.
    ///
    /// # Errors
    /// [`Error`] names the data file and the place of a fault.
    pub fn load() -> Result<Self, Error> {
        Self::with(Model::built_in()?)
    }

    /// Builds the matchers from the built-in data, to decide by another model.
    ///
    /// # Errors
    /// [`Error`] names the data file and the place of a fault.
    pub fn with(model: Model) -> Result<Self, Error> {
        model.check()?;
        let mut words = Words::default();
        let terms = lexicon::terms(&mut words)?;
        let authorities = authority::authorities()?;
        add_authorities(&mut words, &authorities)?;
        add_states(&mut words)?;
        add_hints(&mut words)?;
        add_laws(&mut words)?;
        let calendar = Calendar::load(&mut words)?;
        let cues = developments::load(&mut words)?;
        let trust = Trust::numbered(&model.trust, &model.around, &cues);
        let (patterns, senses) = words.into_parts();
        let gazetteer = Gazetteer::new(patterns);
        let version = format!("lexwatch-{}-{:08x}", model.version(), data::vocabulary());
        Ok(Self { gazetteer, senses, terms, authorities, calendar, cues, trust, model, version })
    }

    /// What gives the tags, by digests of what the model learnt from and of the vocabulary; stored with each item.
    pub fn model(&self) -> &str {
        &self.version
    }

    /// Tags one text.
    pub fn classify(&self, text: &Text<'_>) -> Tags {
        let findings = self.find(text);
        let Model { policy, topics, enough, .. } = &self.model;
        let (policy, topics, enough, model) =
            match self.model.meaning.as_ref().filter(|_| findings.meant.is_some()) {
                Some(with) => {
                    (&with.policy, &with.topics, &with.enough, format!("{}-meaning", self.version))
                }
                None => (policy, topics, enough, self.version.clone()),
            };
        let policy = policy::decide(&findings, policy);
        if !policy.value {
            return Tags::without_policy(policy, model);
        }
        let jurisdictions = actors::decide(&findings, &self.authorities, &self.model.jurisdictions);
        let clear = jurisdictions.iter().map(|tag| tag.value).collect::<Vec<_>>();
        let instruments = laws::decide(&findings, &clear, &self.model.laws);
        let topics = topics::decide(
            &findings,
            &instruments,
            &self.authorities,
            &self.model.words,
            (topics, enough),
        );
        let stage =
            stage::decide(&findings, &instruments, Some(&self.model.words), &self.model.stages);
        let developments = developments::decide(
            &findings,
            &self.senses,
            &self.calendar,
            (&instruments, stage.as_ref().map(|tag| tag.value)),
            (&self.model.developments, &self.trust, &self.model.rivals),
        );
        Tags { policy, jurisdictions, topics, stage, instruments, developments, model }
    }

    /// The topics that somebody asks for in a few words, likeliest first, with their probabilities; none where there are no words.
    pub fn asked(&self, question: &str) -> Vec<(Topic, f32)> {
        if !question.chars().any(char::is_alphanumeric) {
            return Vec::new();
        }
        let text = Text::of_question(question);
        let findings = self.find(&text);
        let candidates = topics::candidates(&findings, &[], &self.authorities);
        let likely =
            candidates.iter().map(|of| (of.topic, self.model.topics.probability(&of.features)));
        let mut likely: Vec<_> = likely.collect();
        likely.sort_by(|a, b| b.1.total_cmp(&a.1));
        likely
    }

    /// The dated acts that a text may tell of, given the laws that it is about and its stage.
    pub(crate) fn acts(
        &self,
        findings: &Findings<'_>,
        tagged: (&[Tag<Instrument>], Option<Stage>),
    ) -> Vec<developments::Candidate> {
        developments::candidates(findings, &self.senses, &self.calendar, tagged)
    }

    /// The words for acts, by number.
    pub(crate) fn cues(&self) -> &[String] {
        &self.cues
    }

    /// Finds what the data files know in a text.
    pub(crate) fn find<'a>(&self, text: &'a Text<'a>) -> Findings<'a> {
        let reading = Reading::new(text, &self.gazetteer, |pattern| self.is_leftover(pattern));
        let opinion = self.model.words.opinion(&reading);
        let meant = self.model.meaning.as_ref().zip(text.embedding);
        let meant = meant.map(|(meaning, embedding)| meaning.probe.opinion(embedding));
        Findings::new(reading, &self.senses, &self.terms, opinion, meant)
    }

    /// Who acts for whom.
    pub(crate) fn authorities(&self) -> &[Authority] {
        &self.authorities
    }

    fn is_leftover(&self, pattern: u32) -> bool {
        self.senses[pattern as usize].iter().any(|sense| match sense {
            Sense::Term(term) => self.terms[*term as usize].aim == Aim::Cue(Cue::Leftover),
            _ => false,
        })
    }
}

/// Adds the names of offices, by their rows.
pub(crate) fn add_authorities(words: &mut Words, authorities: &[Authority]) -> Result<(), Error> {
    for (row, authority) in (0..).zip(authorities) {
        for name in &authority.names {
            words
                .add(name.get_ref(), Sense::Authority(row))
                .map_err(|what| authority::fault(name.span().start, what))?;
        }
    }
    Ok(())
}

/// Adds what jurisdictions are called, and what belongs to them.
pub(crate) fn add_states(words: &mut Words) -> Result<(), Error> {
    for of in Jurisdiction::all() {
        let seen = of.words();
        let names = std::iter::once(of.name()).chain(seen.names.iter().map(String::as_str));
        // A capital that is a province too (Delhi) stands for the state.
        let above = of.parent().map(|parent| parent.words().capitals).unwrap_or_default();
        let names = names.filter(|word| !above.iter().any(|capital| capital == word));
        let names = names.map(|word| (word, Sense::Name(of)));
        let demonyms = seen.demonyms.iter().map(|word| (word.as_str(), Sense::Demonym(of)));
        for (word, sense) in names.chain(demonyms) {
            words.add(word, sense).map_err(|what| jurisdiction::fault(word, what))?;
        }
    }
    Ok(())
}

/// Adds what hints at a jurisdiction.
fn add_hints(words: &mut Words) -> Result<(), Error> {
    for of in Jurisdiction::all() {
        let seen = of.words();
        let capitals = seen.capitals.iter().map(|word| (word.as_str(), Sense::Capital(of)));
        let signs = seen.signs.iter().map(|word| (word.as_str(), Sense::Sign(of)));
        for (word, sense) in capitals.chain(signs) {
            words.add(word, sense).map_err(|what| jurisdiction::fault(word, what))?;
        }
    }
    Ok(())
}

pub(crate) fn add_laws(words: &mut Words) -> Result<(), Error> {
    for law in Instrument::all() {
        let own = std::iter::once(law.name()).chain(law.aliases().iter().map(String::as_str));
        let own = own.map(|word| (word, Sense::Law(law)));
        let shared =
            law.ambiguous_aliases().iter().map(|word| (word.as_str(), Sense::MaybeLaw(law)));
        for (word, sense) in own.chain(shared) {
            words.add(&uncapitalised(word), sense).map_err(|what| instrument::fault(word, what))?;
        }
    }
    Ok(())
}

/// A law's name as running text may have it: of several words, those with a capital first letter only may do without
/// (`ley 25.326`, `Computer misuse act`).
fn uncapitalised(name: &str) -> String {
    if !name.contains(' ') {
        return name.to_owned();
    }
    let plain = |word: &str| {
        let mut letters = word.chars().filter(|letter| letter.is_alphabetic());
        letters.next();
        letters.clone().next().is_some() && letters.all(char::is_lowercase)
    };
    let words =
        name.split(' ').map(|word| if plain(word) { word.to_lowercase() } else { word.to_owned() });
    words.collect::<Vec<_>>().join(" ")
}
