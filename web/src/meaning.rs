//! What knows the meaning of texts, in a program that was built with the feature `bert`.

use std::path::Path;
use std::sync::Arc;

use classifier::{Embedding, passage};
use index::Embed;

/// Who knows it, if somebody does. Cheap to clone.
pub(crate) type Embedder = Option<Arc<dyn Embed>>;

/// The model in a folder; in a program that was built without the feature there is none, whatever the folder.
///
/// # Errors
/// When the program was built with the feature, and no folder is named or a file is not in it.
#[cfg(feature = "bert")]
pub(crate) fn embedder(folder: Option<&Path>) -> anyhow::Result<Embedder> {
    let folder = folder.ok_or_else(|| {
        anyhow::anyhow!(
            "this program was built with the feature `bert`, and no model is named: run `classifier/get-model`, then \
             set LEXWATCH_MEANING_MODEL as it says, or `model` under [meaning] in the settings"
        )
    })?;
    Ok(Some(Arc::new(classifier::Embedder::open(folder)?)))
}

/// The model in a folder; in a program that was built without the feature there is none, whatever the folder.
///
/// # Errors
/// Never.
#[cfg(not(feature = "bert"))]
pub(crate) fn embedder(_: Option<&Path>) -> anyhow::Result<Embedder> {
    Ok(None)
}

/// What a text means, if somebody knows its language. A model that fails is told in the log, and the text is tagged by
/// its words alone. Takes its time.
pub(crate) fn of(
    embedder: &Embedder,
    title: &str,
    body: &str,
    language: Option<&str>,
) -> Option<Embedding> {
    let embedder = embedder.as_ref().filter(|embedder| embedder.knows(language))?;
    match embedder.embed_first(passage(title, body)) {
        Ok(embedding) => Some(embedding),
        Err(error) => {
            tracing::warn!(%error, "a text is tagged by its words alone");
            None
        }
    }
}
