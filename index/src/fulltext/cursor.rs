//! Cursors: where a page ended, and of which result.

use super::collect::Place;
use crate::Query;

/// Three numbers in hexadecimal.
const LENGTH: usize = 48;

/// The cursor after a place in the result of a query.
pub(super) fn write(place: Place, query: &Query) -> String {
    let Place { primary, tie } = place;
    format!("{primary:016x}{tie:016x}{:016x}", seal(place, query))
}

/// Reads a cursor of this very query; `None` for anything else.
pub(super) fn read(text: &str, query: &Query) -> Option<Place> {
    if text.len() != LENGTH || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let number = |at: usize| u64::from_str_radix(&text[16 * at..16 * (at + 1)], 16).ok();
    let place = Place { primary: number(0)?, tie: number(1)? };
    (number(2)? == seal(place, query)).then_some(place)
}

/// A checksum (FNV-1a) over both: no secret, but a cursor that was cut, mixed up or made up is noticed.
fn seal(place: Place, query: &Query) -> u64 {
    let query = query.to_query_string();
    let numbers = [place.primary.to_be_bytes(), place.tie.to_be_bytes()];
    let bytes = numbers.as_flattened().iter().chain(query.as_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
