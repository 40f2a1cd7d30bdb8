//! Words and what they say as they stand in the model's file: numbers in base 64, low byte first.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::de::Error;

use super::Rows;

/// The hashes of words, in the order of their rows.
pub(crate) fn words(rows: &Rows) -> String {
    let mut words = vec![0; rows.len()];
    rows.iter().for_each(|(hash, row)| words[row as usize] = hash);
    bytes(&words.iter().flat_map(|hash: &u32| hash.to_le_bytes()).collect::<Vec<_>>())
}

/// The rows of such words.
pub(crate) fn read_words<E: Error>(text: &str) -> Result<Rows, E> {
    let bytes = read_bytes(text)?;
    let words = bytes.chunks_exact(size_of::<u32>());
    if !words.remainder().is_empty() {
        return Err(E::custom("the last word is not whole"));
    }
    let rows = words.zip(0..).map(|(word, row)| Ok((u32::from_le_bytes(word.try_into()?), row)));
    rows.collect::<Result<_, std::array::TryFromSliceError>>().map_err(E::custom)
}

/// Weights in units of something.
pub(crate) fn weights(weights: &[i8]) -> String {
    bytes(&weights.iter().map(|weight| weight.to_le_bytes()[0]).collect::<Vec<_>>())
}

/// Such weights.
pub(crate) fn read_weights<E: Error>(text: &str) -> Result<Vec<i8>, E> {
    Ok(read_bytes(text)?.into_iter().map(|byte| i8::from_le_bytes([byte])).collect())
}

/// Numbers of a byte each.
pub(crate) fn bytes(bytes: &[u8]) -> String {
    BASE64.encode(bytes)
}

/// Such numbers.
pub(crate) fn read_bytes<E: Error>(text: &str) -> Result<Vec<u8>, E> {
    BASE64.decode(text).map_err(E::custom)
}
