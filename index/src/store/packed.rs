//! Texts as they are kept: packed (zstd, RFC 8878), since they are most of the store.
//!
//! Rows from before that was done, and short texts, stand in the column `text` as they are. So does the evidence of tags
//! from before it had a column of its own.

use classifier::{Evidence, Tags};
use sqlx::Row;
use sqlx::any::AnyRow;
use zstd::bulk::{Compressor, Decompressor};
use zstd::zstd_safe::get_frame_content_size;

use crate::Error;
use crate::store::items::MAX_TEXT;
use crate::store::values::{tags, to_json};

/// The fastest of the levels that keep their promise; higher ones bring a hundredth on texts as short as articles.
const LEVEL: i32 = 1;

/// Shorter texts are not worth it.
const SHORT: usize = 200;

/// Packs texts, with what it takes for that at hand.
pub(super) struct Packer(Compressor<'static>);

impl Packer {
    pub(super) fn new() -> Result<Self, Error> {
        Ok(Self(Compressor::new(LEVEL).map_err(|error| failed(&error))?))
    }

    /// What stands in the columns `text` and `packed`.
    pub(super) fn text(&mut self, text: String) -> Result<(String, Option<Vec<u8>>), Error> {
        if text.len() < SHORT {
            return Ok((text, None));
        }
        let packed = self.0.compress(text.as_bytes()).map_err(|error| failed(&error))?;
        Ok((String::new(), Some(packed)))
    }

    /// What stands in the columns `tags` and `evidence`.
    pub(super) fn tags(&mut self, whole: &Tags) -> Result<(String, Vec<u8>), Error> {
        let mut tags = whole.clone();
        let evidence: Vec<_> = all_evidence(&mut tags).map(std::mem::take).collect();
        let packed =
            self.0.compress(to_json(&evidence)?.as_bytes()).map_err(|error| failed(&error))?;
        Ok((to_json(&tags)?, packed))
    }
}

/// Reads what was packed.
pub(super) struct Unpacker(Decompressor<'static>);

impl Unpacker {
    pub(super) fn new() -> Result<Self, Error> {
        Ok(Self(Decompressor::new().map_err(|error| failed(&error))?))
    }

    /// The text of a row with the columns `text` and `packed`.
    pub(super) fn text(&mut self, row: &AnyRow) -> Result<String, Error> {
        match row.try_get::<Option<&[u8]>, _>("packed")? {
            Some(packed) => self.unpacked(packed),
            None => Ok(row.try_get("text")?),
        }
    }

    /// The tags of a row with the columns `tags` and `evidence`.
    pub(super) fn tags(&mut self, row: &AnyRow) -> Result<Tags, Error> {
        let mut whole = tags(row.try_get("tags")?)?;
        if let Some(packed) = row.try_get::<Option<&[u8]>, _>("evidence")? {
            let json = self.unpacked(packed)?;
            let evidence: Vec<Vec<Evidence>> =
                serde_json::from_str(&json).map_err(|error| Error::Corrupt(error.to_string()))?;
            // Where the vocabulary has lost a value, they no longer are one to one.
            if all_evidence(&mut whole).count() == evidence.len() {
                all_evidence(&mut whole).zip(evidence).for_each(|(own, kept)| *own = kept);
            }
        }
        Ok(whole)
    }

    fn unpacked(&mut self, packed: &[u8]) -> Result<String, Error> {
        let corrupt = || Error::Corrupt("a packed text is damaged".to_owned());
        let size = get_frame_content_size(packed).ok().flatten().ok_or_else(corrupt)?;
        let size = usize::try_from(size).ok().filter(|size| *size <= 2 * MAX_TEXT);
        let text = self.0.decompress(packed, size.ok_or_else(corrupt)?).map_err(|_| corrupt())?;
        String::from_utf8(text).map_err(|_| corrupt())
    }
}

/// The evidence of each tag, always in the same order.
fn all_evidence(tags: &mut Tags) -> impl Iterator<Item = &mut Vec<Evidence>> {
    std::iter::once(&mut tags.policy.evidence)
        .chain(tags.jurisdictions.iter_mut().map(|tag| &mut tag.evidence))
        .chain(tags.topics.iter_mut().map(|tag| &mut tag.evidence))
        .chain(tags.stage.iter_mut().map(|tag| &mut tag.evidence))
        .chain(tags.instruments.iter_mut().map(|tag| &mut tag.evidence))
        .chain(tags.developments.iter_mut().map(|one| &mut one.evidence))
}

fn failed(error: &std::io::Error) -> Error {
    Error::Corrupt(format!("packing: {error}"))
}
