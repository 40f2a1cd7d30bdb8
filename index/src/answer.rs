//! Answers for who looks at them: what is found beside the very words, and instead of them.

use crate::{Answer, Error, Facet, Index, Item, Page, Paging, Query};

/// Where fewer items than this have all words, those that have some of them are shown as well.
const FEW: u64 = 10;

impl Index {
    /// What [`Index::find`] finds, and what means the same, for somebody who looks at it: where nothing has the words,
    /// what is found by another spelling, or else by any of the words instead of all. A query that must not be widened
    /// is answered as it stands.
    ///
    /// # Errors
    /// As [`Index::search`].
    pub async fn answer(
        &self,
        query: &Query,
        paging: &Paging,
        facets: &[Facet],
    ) -> Result<Answer, Error> {
        let found = self.find_meant(query, paging, facets).await;
        // A cursor may be that of what was found instead.
        let is_nothing = match &found {
            Ok(page) => page.total == page.by_meaning,
            Err(error) => matches!(error, Error::Cursor),
        };
        if is_nothing && query.widen {
            let meant = self.did_you_mean(query).await?;
            // What means the same as all of the words is nearer than what has one of them.
            let is_near = found.as_ref().is_ok_and(|page| page.total > 0);
            let any = meant.as_ref().unwrap_or(query).any_word().filter(|_| !is_near);
            for other in meant.into_iter().chain(any) {
                match self.find_meant(&other, paging, facets).await {
                    Ok(page) if page.total > page.by_meaning => {
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

    /// Items that have some of the words, where few have all of them.
    async fn partly(
        &self,
        query: &Query,
        paging: &Paging,
        page: &Page<(Item, String)>,
    ) -> Result<Vec<(Item, String)>, Error> {
        let is_asked = query.is_question() && paging.cursor.is_none();
        let any = query.any_word().filter(|_| is_asked && (1..FEW).contains(&page.total));
        let Some(any) = any else { return Ok(Vec::new()) };
        let mut some = self.find_meant(&any, paging, &[]).await?.rows;
        some.retain(|(item, _)| page.rows.iter().all(|(known, _)| known.id != item.id));
        some.truncate(paging.limit.saturating_sub(page.rows.len()));
        Ok(some)
    }

    async fn find_meant(
        &self,
        query: &Query,
        paging: &Paging,
        facets: &[Facet],
    ) -> Result<Page<(Item, String)>, Error> {
        let near = self.near(query).await?;
        self.find_near(query, paging, facets, None, near).await
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
