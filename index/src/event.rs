//! What sets an event apart, and how likely two texts report the same one.
//!
//! A text is reduced to a [`Print`] of a few hundred bytes: its telling words, the names, amounts and days that
//! languages share, and its tags. Two prints are compared by [`likeness`]. Nothing here knows the store.

// A text in parts that can be compared.
mod pieces;
mod names;
mod numbers;
mod days;
mod words;

// What is kept of it, and how two are compared.
mod print;
mod wire;
mod keys;
mod likeness;
mod kinship;
mod shared;

pub(crate) use keys::KEYS;
pub(crate) use kinship::{KIN, kinship};
pub(crate) use likeness::{DAYS, likeness};
pub(crate) use print::{Print, Report};
pub use shared::Shared;
pub(crate) use shared::shared;

/// FNV-1a over a kind and a text: what is stored must stay the same in every version.
fn hash(kind: u8, text: &str) -> u32 {
    let bytes = std::iter::once(kind).chain(text.bytes());
    let long = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (long ^ long >> 32) as u32
}
