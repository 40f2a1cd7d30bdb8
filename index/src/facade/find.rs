//! Questions and their answers: which items, and what is shown of them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use classifier::Topic;

use super::{Index, here};
use crate::fulltext::{Fulltext, Near};
use crate::kept::{self, Excerpt};
use crate::{Answer, Error, Facet, Hit, Item, ItemId, Page, Paging, Query, Sort, Window};

/// How many of the best items are asked for what they share, and how many of them must share it at least.
const BEST: usize = 5;
const FEWEST: usize = 2;

/// From which probability on the topic that a question asks for counts.
const ASKED: f32 = 0.6;

/// An item, and what of its text is shown.
type Row = (Arc<Item>, String);

impl Index {
    /// Which items, how many, and the counts beside them. With `window`, only items first tagged in that part of
    /// the change log (call `catch_up` before).
    ///
    /// # Errors
    /// [`Error::Cursor`] when the cursor is not one of ours, or is another query's.
    pub async fn search(
        &self,
        query: &Query,
        paging: &Paging,
        facets: &[Facet],
        window: Option<Window>,
    ) -> Result<Page<Hit>, Error> {
        let found = self.find(query, paging, facets, window).await?;
        let hits =
            found.rows.iter().map(|(item, snippet)| Hit { id: item.id, snippet: snippet.clone() });
        Ok(found.with_rows(hits.collect()))
    }

    /// The same with the items themselves, without the evidence of their tags.
    ///
    /// # Errors
    /// As [`Index::search`].
    pub async fn find(
        &self,
        query: &Query,
        paging: &Paging,
        facets: &[Facet],
        window: Option<Window>,
    ) -> Result<Page<(Arc<Item>, String)>, Error> {
        let generation = self.generation();
        let (found, rows) = match kept::name(query, paging, facets, window.as_ref()) {
            Some(name) => {
                let which = async {
                    let ask = |fulltext: &Fulltext| {
                        fulltext.search(query, paging, facets, window.clone(), None)
                    };
                    self.look(ask).map(Arc::new)
                };
                let found =
                    self.kept.results.get_or_insert_async(&(generation, name), which).await?;
                let excerpts = self.excerpts(generation, &found.rows).await?;
                (found, excerpts.iter().map(|excerpt| beginning(excerpt)).collect())
            }
            None => self.which_and_what(generation, query, paging, facets, window, None).await?,
        };
        Ok(found.with_rows(rows))
    }

    /// All that [`Index::find`] counts with `window`, each item by itself, in no order.
    ///
    /// # Errors
    /// [`Error`] when the full-text index fails.
    pub fn all(&self, query: &Query, window: &Window) -> Result<Vec<ItemId>, Error> {
        let query = Query { fold: false, sort: Sort::Newest, ..query.clone() };
        let mut all = Vec::new();
        let mut paging = Paging { limit: usize::MAX, cursor: None };
        loop {
            let ask = |fulltext: &Fulltext| {
                fulltext.search(&query, &paging, &[], Some(window.clone()), None)
            };
            let page = self.look(ask)?;
            all.extend(page.rows);
            paging.cursor = page.next;
            if paging.cursor.is_none() {
                return Ok(all);
            }
        }
    }

    async fn which_and_what(
        &self,
        generation: u64,
        query: &Query,
        paging: &Paging,
        facets: &[Facet],
        window: Option<Window>,
        near: Option<Near>,
    ) -> Result<(Arc<Page<ItemId>>, Vec<Row>), Error> {
        // Where all that is shown is at hand, it is written in the same turn.
        let (found, rows) = self.look(|fulltext| {
            let found = fulltext.search(query, paging, facets, window.clone(), near.as_ref())?;
            let kept = self.kept_excerpts(generation, &found.rows);
            let excerpts: Option<Vec<_>> = kept.into_iter().collect();
            let rows = excerpts.map(|excerpts| shown(query, &excerpts));
            Ok((Arc::new(found), rows))
        })?;
        if let Some(rows) = rows {
            return Ok((found, rows));
        }
        let excerpts = self.excerpts(generation, &found.rows).await?;
        let rows = here(|| Ok(shown(query, &excerpts)))?;
        Ok((found, rows))
    }

    /// Items with their texts, if they are at hand.
    fn kept_excerpts(&self, generation: u64, ids: &[ItemId]) -> Vec<Option<Arc<Excerpt>>> {
        ids.iter().map(|id| self.kept.excerpts.get(&(generation, *id))).collect()
    }

    /// The same with those that are not, from the store.
    async fn excerpts(&self, generation: u64, ids: &[ItemId]) -> Result<Vec<Arc<Excerpt>>, Error> {
        let known = self.kept_excerpts(generation, ids);
        let missing = ids.iter().zip(&known).filter(|(_, known)| known.is_none());
        let missing: Vec<_> = missing.map(|(id, _)| *id).collect();
        if missing.is_empty() {
            return Ok(known.into_iter().flatten().collect());
        }
        let read = self.store.excerpts(&missing).await?.into_iter();
        let read: HashMap<_, _> =
            read.map(|(item, text)| (item.id, Arc::new(Fulltext::excerpt(item, text)))).collect();
        if ids.len() <= kept::LARGEST {
            for (id, excerpt) in &read {
                self.kept.excerpts.insert((generation, *id), Arc::clone(excerpt));
            }
        }
        // One that has gone meanwhile is left out.
        let read = |id| read.get(id).map(Arc::clone);
        Ok(ids.iter().zip(known).filter_map(|(id, known)| known.or_else(|| read(id))).collect())
    }

    /// What every source is called, by its id.
    ///
    /// # Errors
    /// [`Error`] when the store fails.
    pub async fn source_names(&self) -> Result<Arc<HashMap<String, String>>, Error> {
        let names = async { self.store.source_names().await.map(Arc::new) };
        self.kept.names.get_or_insert_async(&self.generation(), names).await
    }

    /// The same for somebody who looks at it, with what means the same: where nothing has the words, what is found by
    /// another spelling, or else without the words that are nowhere, or by any of the words instead of all. A query that
    /// must not be widened is answered as it stands.
    ///
    /// # Errors
    /// As [`Index::search`].
    pub async fn answer(
        &self,
        query: &Query,
        paging: &Paging,
        facets: &[Facet],
    ) -> Result<Answer, Error> {
        let query = &self.understood(query);
        let found = self.find_meant(query, paging, facets).await;
        // A cursor may be that of what was found instead.
        let is_nothing = match &found {
            Ok(page) => page.total == page.by_meaning,
            Err(error) => matches!(error, Error::Cursor),
        };
        if is_nothing && query.widen {
            let meant = self.did_you_mean(query)?;
            let right = meant.as_ref().unwrap_or(query).clone();
            // What means the same as all of the words is nearer than what has some of them.
            let is_near = found.as_ref().is_ok_and(|page| page.total > 0);
            let any = right.any_word().filter(|_| !is_near);
            let there = right.any_word_of_its_states().filter(|_| !is_near);
            let is_on_topic = any.as_ref().is_some_and(Query::asks_for_topic);
            let on_topic = there.iter().flatten().chain(&any).filter(|_| is_on_topic);
            let on_topic: Vec<_> = on_topic.map(Query::on_asked_topics).collect();
            let there = there.map(|[some, _]| some);
            // Their subject says more than the states, of which there may be anything.
            let elsewhere = right.without_its_states().filter(|_| !is_near);
            let known = self.look(|fulltext| fulltext.known(&right))?;
            let known = known.filter(|_| !is_near);
            let named = right.without_common_words().filter(|_| !is_near);
            let others = meant.into_iter().chain(known).chain(named).chain(on_topic);
            for other in others.chain(there).chain(elsewhere).chain(any) {
                match self.find_meant(&other, paging, facets).await {
                    Ok(page) if page.total > page.by_meaning => {
                        let partly = self.partly(&right, paging, &page).await?;
                        // What nobody types is no part of what is told.
                        let instead = Query { asked: Vec::new(), ..other };
                        return Ok(Answer { page, instead: Some(instead), partly });
                    }
                    Ok(_) | Err(Error::Cursor) => {}
                    Err(error) => return Err(error),
                }
            }
        }
        let page = found?;
        let partly = self.partly(query, paging, &page).await?;
        Ok(Answer { page, instead: None, partly })
    }

    /// The same query, with the topics that its words ask for.
    fn understood<'a>(&self, query: &'a Query) -> Cow<'a, Query> {
        let question = self.classifier.as_ref().zip(query.question());
        let asked = question.map(|(classifier, question)| classifier.asked(&question));
        let asked = asked.into_iter().flatten().take_while(|(_, likely)| *likely >= ASKED);
        let asked: Vec<_> = asked.map(|(topic, _)| topic).collect();
        if asked.is_empty() {
            Cow::Borrowed(query)
        } else {
            Cow::Owned(Query { asked, ..query.clone() })
        }
    }

    /// What [`Index::find`] finds, and what lies near the words by its meaning.
    async fn find_meant(
        &self,
        query: &Query,
        paging: &Paging,
        facets: &[Facet],
    ) -> Result<Page<Row>, Error> {
        let Some(near) = self.near(query).await? else {
            return self.find(query, paging, facets, None).await;
        };
        let (found, rows) =
            self.which_and_what(self.generation(), query, paging, facets, None, Some(near)).await?;
        Ok(found.with_rows(rows))
    }

    /// Items that have some of the words or are about their subject, where a page has room for more than have all. Where
    /// the words name no topic, that which the best of them share is the subject.
    async fn partly(
        &self,
        query: &Query,
        paging: &Paging,
        page: &Page<Row>,
    ) -> Result<Vec<Row>, Error> {
        let has_room = page.rows.len() < paging.limit && paging.cursor.is_none();
        if !has_room {
            return Ok(Vec::new());
        }
        // What has some of the words is asked for its topics only where too few have all.
        let has_few = page.rows.len() < BEST;
        let any = query.loosely(&[]);
        let mut some = self.rows_of(any.as_ref().filter(|_| has_few), paging).await?;
        let topics = shared_topics(page.rows.iter().chain(&some));
        let about = query.loosely(&topics);
        if !has_few || about != any {
            some = self.rows_of(about.as_ref(), paging).await?;
        }
        let is_known = |item: &Item, known: &Item| {
            known.id == item.id || query.fold && known.story == item.story
        };
        some.retain(|(item, _)| page.rows.iter().all(|(known, _)| !is_known(item, known)));
        some.truncate(paging.limit.saturating_sub(page.rows.len()));
        Ok(some)
    }

    async fn rows_of(&self, query: Option<&Query>, paging: &Paging) -> Result<Vec<Row>, Error> {
        let Some(query) = query else { return Ok(Vec::new()) };
        Ok(self.find_meant(query, paging, &[]).await?.rows)
    }

    /// The query that was meant, where a word of this one is in no text and the texts have one that is spelt nearly
    /// so: for *did you mean*.
    ///
    /// # Errors
    /// [`Error`] when the full-text index fails.
    pub fn did_you_mean(&self, query: &Query) -> Result<Option<Query>, Error> {
        self.look(|fulltext| fulltext.corrected(query))
    }
}

/// The topics that most of the best of some items share.
fn shared_topics<'a>(rows: impl Iterator<Item = &'a Row>) -> Vec<Topic> {
    let best: Vec<_> = rows.take(BEST).collect();
    let share = |topic: &Topic| {
        let has = |row: &&&Row| row.0.tags.topics.iter().any(|tag| tag.value == *topic);
        best.iter().filter(has).count()
    };
    let least = FEWEST.max(best.len() / 2 + 1);
    Topic::ALL.into_iter().filter(|topic| share(topic) >= least).collect()
}

fn beginning(excerpt: &Excerpt) -> Row {
    (Arc::clone(&excerpt.item), excerpt.beginning.clone())
}

/// Items with what of their texts has the words of a query.
fn shown(query: &Query, excerpts: &[Arc<Excerpt>]) -> Vec<Row> {
    if query.words.is_none() {
        return excerpts.iter().map(|excerpt| beginning(excerpt)).collect();
    }
    let items = excerpts.iter().map(|excerpt| Arc::clone(&excerpt.item));
    items.zip(Fulltext::snippets(query, excerpts)).collect()
}
