//! Words to the rows of a wordbook.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// How many bits tell at a glance whether a hash may have a row: sixteen kilobytes, which stay near the processor.
const GLANCE_BITS: u32 = 17;

/// Hashes of words and pairs of words, to their rows. Most words of a text have none, and to see that costs one bit that
/// is at hand, where the table's places are not.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Rows {
    by_hash: HashMap<u32, u32, BuildHasherDefault<AsItIs>>,
    glance: Vec<u64>,
}

impl Rows {
    /// The row of a hash.
    pub(crate) fn get(&self, hash: u32) -> Option<u32> {
        let (place, bit) = place(hash);
        let may_be = self.glance.get(place).is_some_and(|bits| bits & bit != 0);
        may_be.then(|| self.by_hash.get(&hash).copied()).flatten()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.by_hash.len()
    }

    /// Each hash with its row, in no order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, u32)> {
        self.by_hash.iter().map(|(hash, row)| (*hash, *row))
    }
}

impl FromIterator<(u32, u32)> for Rows {
    fn from_iter<T: IntoIterator<Item = (u32, u32)>>(rows: T) -> Self {
        let by_hash: HashMap<_, _, _> = rows.into_iter().collect();
        let mut glance = vec![0; 1 << (GLANCE_BITS - u64::BITS.ilog2())];
        for hash in by_hash.keys() {
            let (place, bit) = place(*hash);
            glance[place] |= bit;
        }
        Self { by_hash, glance }
    }
}

/// The bit of a hash.
fn place(hash: u32) -> (usize, u64) {
    let bit = hash >> (u32::BITS - GLANCE_BITS);
    ((bit / u64::BITS) as usize, 1 << (bit % u64::BITS))
}

/// Takes a number for its own hash, as these are hashes already.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0 << 8 | u64::from(*byte);
        }
    }

    fn write_u32(&mut self, number: u32) {
        // The table takes its place from the low bits and a mark from the highest seven.
        self.0 = u64::from(number) | u64::from(number) << 32;
    }
}
