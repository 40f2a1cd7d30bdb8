//! Questions and their answers: which items, and what is shown of them.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::runtime::Handle;

use super::{Index, blocking};
use crate::fulltext::Fulltext;
use crate::kept::{self, Row};
use crate::{Answer, Error, Facet, Hit, Item, ItemId, Page, Paging, Query, Window};

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
        let hit = |(item, snippet): Row| Hit { id: item.id, snippet };
        Ok(Page {
            total: found.total,
            stories: found.stories,
            told: found.told,
            next: found.next,
            rows: found.rows.into_iter().map(hit).collect(),
            facets: found.facets,
        })
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
        let (found, rows) = match kept::name(query, paging, facets, window) {
            Some(name) => {
                let which = self.which(query, paging, facets, window);
                let found =
                    self.kept.results.get_or_insert_async(&(generation, name), which).await?;
                let rows = self.beginnings(generation, &found.rows).await?;
                (found, rows)
            }
            None => self.which_and_what(query, paging, facets, window).await?,
        };
        Ok(Page {
            total: found.total,
            stories: found.stories,
            told: found.told,
            next: found.next.clone(),
            rows,
            facets: found.facets.clone(),
        })
    }

    async fn which(
        &self,
        query: &Query,
        paging: &Paging,
        facets: &[Facet],
        window: Option<Window>,
    ) -> Result<Arc<Page<ItemId>>, Error> {
        let (query, paging, facets) = (query.clone(), paging.clone(), facets.to_vec());
        self.run(move |fulltext| fulltext.search(&query, &paging, &facets, window).map(Arc::new))
            .await
    }

    /// Both on one thread: to hand a result on to another takes longer than most searches.
    async fn which_and_what(
        &self,
        query: &Query,
        paging: &Paging,
        facets: &[Facet],
        window: Option<Window>,
    ) -> Result<(Arc<Page<ItemId>>, Vec<Row>), Error> {
        let (query, paging, facets) = (query.clone(), paging.clone(), facets.to_vec());
        let (store, runtime) = (self.store.clone(), Handle::current());
        let found = self.run(move |fulltext| {
            let found = fulltext.search(&query, &paging, &facets, window)?;
            let rows =
                runtime.block_on(store.excerpts(&found.rows)).map(|rows| shown(&query, rows));
            Ok((Arc::new(found), rows))
        });
        let (found, rows) = found.await?;
        Ok((found, rows?))
    }

    /// Items with the beginnings of their texts, as far as they are kept from there.
    async fn beginnings(&self, generation: u64, ids: &[ItemId]) -> Result<Vec<Row>, Error> {
        let rows = &self.kept.rows;
        let known: Vec<_> = ids.iter().map(|id| rows.get(&(generation, *id))).collect();
        let missing = ids.iter().zip(&known).filter(|(_, known)| known.is_none());
        let missing: Vec<_> = missing.map(|(id, _)| *id).collect();
        if missing.is_empty() {
            return Ok(known.into_iter().flatten().collect());
        }
        let read = self.store.excerpts(&missing).await?;
        let read = blocking(move || Ok(shown(&Query::default(), read))).await?;
        for row in &read {
            rows.insert((generation, row.0.id), row.clone());
        }
        // One that has gone meanwhile is left out.
        let read = |id: &ItemId| read.iter().find(|(item, _)| item.id == *id).cloned();
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

    /// The same for somebody who looks at it: where nothing is found, what is found by another spelling, or else
    /// without the words that are nowhere, or by any of the words instead of all. A query that must not be widened is answered as it stands.
    ///
    /// # Errors
    /// As [`Index::search`].
    pub async fn answer(
        &self,
        query: &Query,
        paging: &Paging,
        facets: &[Facet],
    ) -> Result<Answer, Error> {
        let found = self.find(query, paging, facets, None).await;
        // A cursor may be that of what was found instead.
        let is_nothing = match &found {
            Ok(page) => page.total == 0,
            Err(error) => matches!(error, Error::Cursor),
        };
        if is_nothing && query.widen {
            let meant = self.did_you_mean(query).await?;
            let right = meant.as_ref().unwrap_or(query).clone();
            let any = right.any_word();
            let known = self.run(move |fulltext| fulltext.known(&right)).await?;
            for other in meant.into_iter().chain(known).chain(any) {
                match self.find(&other, paging, facets, None).await {
                    Ok(page) if page.total > 0 => {
                        let partly = self.partly(&other, paging, &page).await?;
                        return Ok(Answer { page, instead: Some(other), partly });
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

    /// Items that have some of the words or are about their subject, where a page has room for more than have all.
    async fn partly(
        &self,
        query: &Query,
        paging: &Paging,
        page: &Page<Row>,
    ) -> Result<Vec<Row>, Error> {
        let has_room = page.total > 0 && page.rows.len() < paging.limit;
        let any = query.loosely().filter(|_| has_room && paging.cursor.is_none());
        let Some(any) = any else { return Ok(Vec::new()) };
        let mut some = self.find(&any, paging, &[], None).await?.rows;
        some.retain(|(item, _)| page.rows.iter().all(|(known, _)| known.id != item.id));
        some.truncate(paging.limit.saturating_sub(page.rows.len()));
        Ok(some)
    }

    /// The query that was meant, where a word of this one is in no text and the texts have one that is spelt nearly
    /// so: for *did you mean*.
    ///
    /// # Errors
    /// [`Error`] when the full-text index fails.
    pub async fn did_you_mean(&self, query: &Query) -> Result<Option<Query>, Error> {
        let query = query.clone();
        self.run(move |fulltext| fulltext.corrected(&query)).await
    }
}

/// Items with what of their texts has the words of a query.
fn shown(query: &Query, excerpts: Vec<(Item, String)>) -> Vec<Row> {
    let texts = excerpts.iter().map(|(item, text)| (item.language.as_deref(), &**text));
    let snippets = Fulltext::snippets(query, texts);
    excerpts.into_iter().map(|(item, _)| Arc::new(item)).zip(snippets).collect()
}
