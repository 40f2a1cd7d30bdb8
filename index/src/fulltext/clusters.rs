//! Thai and Lao: clusters of letters that no word ends within (Theeramunkong and others 2000,
//! doi:10.1145/355214.355225), a consonant with the vowels and tones on it, before it and behind it.
//!
//! Where a word ends, readers see by what stands around it, and so does any model: it cuts a text and a query in
//! different places. Clusters are the same everywhere, and a word is found by those that it has, side by side.

/// With which byte letters of Thai and Lao begin, and no Chinese or Japanese one.
pub(super) const CLUSTERED: u8 = 0xe0;

/// Whether a letter is Thai or Lao, of which the scripts are alike.
pub(super) fn is_clustered(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}')
}

/// How many bytes the first cluster of a run of such letters has.
pub(super) fn first_cluster(run: &str) -> usize {
    let mut before = None;
    let end = run.char_indices().find(|&(_, c)| {
        let is_next = before.is_some_and(|before| !is_leading(before)) && !is_trailing(c);
        before = Some(c);
        is_next
    });
    end.map_or(run.len(), |(at, _)| at)
}

/// A vowel that is written before its consonant.
fn is_leading(c: char) -> bool {
    matches!(c, '\u{e40}'..='\u{e44}' | '\u{ec0}'..='\u{ec4}')
}

/// A vowel or a sign that belongs to the letter before it.
fn is_trailing(c: char) -> bool {
    matches!(c, '\u{e30}'..='\u{e3a}' | '\u{e45}' | '\u{e47}'..='\u{e4e}'
        | '\u{eb0}'..='\u{ebd}' | '\u{ec8}'..='\u{ece}')
}
