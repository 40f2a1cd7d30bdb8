//! Search by meaning: what lies near the words of a query, fused with what has them.
//!
//! Items have embeddings beside them in the store. Up to [`MOST`] are held in memory, a byte for each dimension (38 MB),
//! and compared one by one, which is exact. Where there are more, none is held: those of the first items that have the
//! words are read, to put them in order.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use classifier::{Embedding, passage};

use crate::facade::blocking;
use crate::fulltext::Near;
use crate::store::Store;
use crate::{Error, Index, Item, ItemId, Paging, Query};

/// How many embeddings are compared with a query at most.
const MOST: usize = 100_000;
/// How many items at most a query finds by meaning alone, and how near they are at least.
const FOUND: usize = 50;
const NEAR: f32 = 0.45;
/// How many of the items that have the words are put in order by meaning.
const RERANKED: usize = 100;
/// The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher 2009, doi:10.1145/1571941.1572114).
const K: f64 = 60.0;
/// How much the order by meaning counts beside that by words: for a query, whose laws, topics and states are known by
/// the items' tags, and for what is related to an item.
const ASKED: f64 = 0.3;
const RELATED: f64 = 1.0;
/// How many lines of the change log are looked through by one step, and how many texts are embedded by it.
const STEP: usize = 256;
const BATCH: usize = 8;
/// How many embeddings are read from the store by one statement.
const READ: usize = 4_096;
/// A text that any model can embed: if it is one that fails, the model fails.
const PLAIN: &str = "law";

/// What gives texts their embeddings.
pub trait Embed: Send + Sync + std::fmt::Debug {
    /// The name of the model: embeddings by different models have nothing to do with each other.
    fn model(&self) -> &str;

    /// Whether it knows a language (BCP 47; `None`: not known which).
    fn knows(&self, language: Option<&str>) -> bool;

    /// Embeds texts, in their order; takes its time.
    ///
    /// # Errors
    /// [`Error`] when the model fails.
    fn embed(&self, texts: Vec<String>) -> Result<Vec<Embedding>, Error>;

    /// Embeds a text that a reader waits for, before what others are still to get from [`Embed::embed`].
    ///
    /// # Errors
    /// [`Error`] when the model fails.
    fn embed_first(&self, text: String) -> Result<Embedding, Error>;
}

#[cfg(feature = "bert")]
impl Embed for classifier::Embedder {
    fn model(&self) -> &str {
        self.model()
    }

    fn knows(&self, language: Option<&str>) -> bool {
        self.knows(language)
    }

    fn embed(&self, texts: Vec<String>) -> Result<Vec<Embedding>, Error> {
        self.embed(texts).map_err(|error| Error::Meaning(error.to_string()))
    }

    fn embed_first(&self, text: String) -> Result<Embedding, Error> {
        self.embed_first(text).map_err(|error| Error::Meaning(error.to_string()))
    }
}

/// The model, and what is known of the items' embeddings.
#[derive(Debug)]
pub(crate) struct Meaning {
    embedder: Arc<dyn Embed>,
    held: RwLock<Held>,
    /// Up to which number of the change log every item has been embedded.
    followed: AtomicI64,
    /// Items that it stumbled over; after a restart they are tried again.
    stumbled: Mutex<HashSet<ItemId>>,
    /// Where the last words led: the next page asks the same.
    asked: Mutex<Option<(String, Embedding)>>,
}

/// All embeddings, in memory; none of them once there are more than [`MOST`].
#[derive(Debug, Default)]
struct Held {
    /// The number of the last one.
    last: i64,
    places: HashMap<ItemId, usize>,
    items: Vec<(ItemId, Embedding)>,
    are_too_many: bool,
}

impl Held {
    fn put(&mut self, item: ItemId, embedding: Embedding) {
        match self.places.get(&item) {
            Some(place) => self.items[*place].1 = embedding,
            None => {
                self.places.insert(item, self.items.len());
                self.items.push((item, embedding));
            }
        }
        if self.items.len() > MOST {
            *self = Self { are_too_many: true, ..Self::default() };
        }
    }

    /// The items nearest to a direction, best first.
    fn nearest(&self, to: &Embedding, count: usize, least: f32) -> Vec<(f32, ItemId)> {
        let near = self.items.iter().map(|(item, embedding)| (to.cosine(embedding), *item));
        let mut near: Vec<_> = near.filter(|(cosine, _)| *cosine >= least).collect();
        in_order(&mut near);
        near.truncate(count);
        near
    }
}

/// Best first; the newer of two that are as near.
fn in_order(near: &mut [(f32, ItemId)]) {
    near.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then_with(|| b.1.cmp(&a.1)));
}

/// Fuses a list by words with the cosines of what is known: each item's part is 1 / (k + rank) from either list,
/// that by meaning times its `weight`. An item without an embedding, as in a language that the model does not know, has its rank
/// by words in both.
fn fused(by_words: &[ItemId], near: &mut [(f32, ItemId)], weight: f64) -> Vec<ItemId> {
    let part = |rank: usize| 1.0 / (K + 1.0 + rank as f64);
    in_order(near);
    let by_meaning: HashMap<_, _> =
        near.iter().enumerate().map(|(rank, (_, item))| (*item, weight * part(rank))).collect();
    let mut sums: Vec<(f64, ItemId)> = Vec::with_capacity(by_words.len() + near.len());
    for (rank, item) in by_words.iter().enumerate() {
        let meant = by_meaning.get(item).copied().unwrap_or(weight * part(rank));
        sums.push((part(rank) + meant, *item));
    }
    let alone = near.iter().filter(|(_, item)| !by_words.contains(item));
    sums.extend(alone.map(|(_, item)| (by_meaning[item], *item)));
    sums.sort_by(|a, b| b.0.total_cmp(&a.0));
    sums.into_iter().map(|(_, item)| item).collect()
}

impl Meaning {
    pub(crate) fn new(embedder: Arc<dyn Embed>) -> Self {
        Self {
            embedder,
            held: RwLock::default(),
            followed: AtomicI64::new(0),
            stumbled: Mutex::default(),
            asked: Mutex::default(),
        }
    }

    async fn embed(&self, texts: Vec<String>) -> Result<Vec<Embedding>, Error> {
        let embedder = Arc::clone(&self.embedder);
        blocking(move || embedder.embed(texts)).await
    }

    /// Where the words of a query lead.
    async fn direction(&self, words: String) -> Result<Embedding, Error> {
        let asked = || self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, to)) = asked().as_ref().filter(|(asked, _)| *asked == words) {
            return Ok(*to);
        }
        let (embedder, text) = (Arc::clone(&self.embedder), words.clone());
        let to = blocking(move || embedder.embed_first(text)).await?;
        *asked() = Some((words, to));
        Ok(to)
    }

    /// Embeds items with their texts. One that the model stumbles over is left out, lest it hold up all others.
    async fn embed_items(
        &self,
        items: Vec<(Item, String)>,
    ) -> Result<Vec<(Item, String, Embedding)>, Error> {
        let texts: Vec<_> = items.iter().map(|(item, text)| passage(&item.title, text)).collect();
        if let Ok(embeddings) = self.embed(texts.clone()).await {
            let items = items.into_iter().zip(embeddings);
            return Ok(items.map(|((item, text), embedding)| (item, text, embedding)).collect());
        }
        self.embed(vec![PLAIN.to_owned()]).await?;
        let mut embedded = Vec::new();
        for ((item, text), passage) in items.into_iter().zip(texts) {
            match self.embed(vec![passage]).await {
                Ok(embedding) => {
                    embedded.extend(embedding.first().map(|it| (item, text, *it)));
                }
                Err(error) => {
                    tracing::warn!(%error, item.id = %item.id, "this item is found by its words only");
                    self.stumbled().insert(item.id);
                }
            }
        }
        Ok(embedded)
    }

    fn stumbled(&self) -> MutexGuard<'_, HashSet<ItemId>> {
        self.stumbled.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads what was kept since the last time, by whichever process.
    async fn refresh(&self, store: &Store) -> Result<(), Error> {
        loop {
            let last = {
                let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
                if held.are_too_many {
                    return Ok(());
                }
                held.last
            };
            let new = store.embeddings(self.embedder.model(), last, READ).await?;
            let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
            for kept in new.iter().filter(|kept| kept.seq > last) {
                held.put(kept.item, kept.embedding);
                held.last = held.last.max(kept.seq);
            }
            if new.len() < READ {
                return Ok(());
            }
        }
    }

    /// Puts items found by their words into one order with those that lie near a direction.
    async fn fuse(
        self: &Arc<Self>,
        store: &Store,
        by_words: Vec<ItemId>,
        (to, weight): (Embedding, f64),
        except: Option<ItemId>,
    ) -> Result<Vec<ItemId>, Error> {
        self.refresh(store).await?;
        let known = store.embeddings_of(&by_words, self.embedder.model()).await?;
        let meaning = Arc::clone(self);
        blocking(move || {
            let held = meaning.held.read().unwrap_or_else(PoisonError::into_inner);
            let mut near = held.nearest(&to, FOUND, NEAR);
            near.retain(|(_, item)| Some(*item) != except && !by_words.contains(item));
            near.extend(known.iter().map(|(item, embedding)| (to.cosine(embedding), *item)));
            Ok(fused(&by_words, &mut near, weight))
        })
        .await
    }
}

impl Index {
    /// Lets queries find what means the same. Without it, words alone are searched.
    #[must_use]
    pub fn with_meaning(mut self, embedder: Arc<dyn Embed>) -> Self {
        self.meaning = Some(Arc::new(Meaning::new(embedder)));
        self
    }

    /// Embeds the next few items that have no embedding of their latest revision, following the change log, and keeps
    /// that; `None` when there are no more. Returns them with their texts and embeddings. Not to be called by two at a
    /// time.
    ///
    /// # Errors
    /// [`Error`] when the store or the model fails.
    pub async fn embed_some(&self) -> Result<Option<Vec<(Item, String, Embedding)>>, Error> {
        let Some(meaning) = &self.meaning else { return Ok(None) };
        loop {
            let followed = meaning.followed.load(Ordering::Relaxed);
            let changes = self.store().changes(followed, STEP).await?;
            let Some(last) = changes.last() else { return Ok(None) };
            let mut ids: Vec<_> = changes.iter().map(|change| change.item).collect();
            ids.sort_unstable();
            ids.dedup();
            let model = meaning.embedder.model();
            let mut due = self.store().unembedded(&ids, model).await?;
            due.retain(|item| meaning.embedder.knows(item.language.as_deref()));
            due.retain(|item| !meaning.stumbled().contains(&item.item));
            if due.is_empty() {
                meaning.followed.store(last.seq, Ordering::Relaxed);
                continue;
            }
            let due: Vec<_> = due.iter().take(BATCH).map(|item| item.item).collect();
            let embedded = meaning.embed_items(self.store().passages(&due).await?).await?;
            if !embedded.is_empty() {
                self.store().keep_embeddings(model, &embedded).await?;
                return Ok(Some(embedded));
            }
        }
    }

    /// The embedding of an item that is kept, if there is one.
    ///
    /// # Errors
    /// [`Error`] when the store fails.
    pub async fn embedding(&self, id: ItemId) -> Result<Option<Embedding>, Error> {
        let Some(meaning) = &self.meaning else { return Ok(None) };
        let found = self.store().embeddings_of(&[id], meaning.embedder.model()).await?;
        Ok(found.into_iter().next().map(|(_, embedding)| embedding))
    }

    /// What lies near the words of a query; `None` where only its words are searched, as those of a language that the
    /// model does not know. A model that fails takes nothing away from what words find.
    pub(crate) async fn near(&self, query: &Query) -> Result<Option<Near>, Error> {
        let (Some(meaning), Some((words, besides))) = (&self.meaning, query.meant()) else {
            return Ok(None);
        };
        let language = self.look(|fulltext| fulltext.language(query))?;
        if !meaning.embedder.knows(language.as_deref()) {
            return Ok(None);
        }
        let to = match meaning.direction(words).await {
            Ok(to) => to,
            Err(error) => {
                tracing::warn!(%error, "only the words are searched");
                return Ok(None);
            }
        };
        let first = Paging { limit: RERANKED, cursor: None };
        let by_words = self.look(|fulltext| fulltext.search(query, &first, &[], None, None))?;
        let order = meaning.fuse(self.store(), by_words.rows, (to, ASKED), None).await?;
        Ok(Some(Near { order, besides, by_words: by_words.total }))
    }

    /// Items that resemble another by their words, in one order with those that lie near it.
    pub(crate) async fn related_by_meaning(
        &self,
        id: ItemId,
        by_words: Vec<ItemId>,
    ) -> Result<Vec<ItemId>, Error> {
        match (&self.meaning, self.embedding(id).await?) {
            (Some(meaning), Some(to)) => {
                meaning.fuse(self.store(), by_words, (to, RELATED), Some(id)).await
            }
            _ => Ok(by_words),
        }
    }
}
