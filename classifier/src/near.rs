//! What a misspelt word may have meant.

/// The candidate that differs least from `text`, if it differs little: by one edit in four characters, or two edits
/// in seven and more. Case does not count; a longer name that begins with the text counts as near.
pub fn nearest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let text: Vec<char> = text.to_lowercase().chars().take(40).collect();
    let most = match text.len() {
        0..=2 => return None,
        3..=6 => 1,
        _ => 2,
    };
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let other: Vec<char> = candidate.to_lowercase().chars().collect();
            let far = if other.starts_with(&text) { most } else { edits(&text, &other, most)? };
            Some((far, other.len(), candidate))
        })
        .min_by_key(|(far, length, _)| (*far, *length))
        .map(|(_, _, candidate)| candidate)
}

/// The edits (insert, delete, replace, swap neighbours) between two texts; `None` above `most`.
pub fn edits(one: &[char], other: &[char], most: usize) -> Option<usize> {
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let replaced = row[j] + usize::from(a != b);
            let mut least = replaced.min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                least = least.min(before[j - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().filter(|edits| *edits <= most)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_misses_are_recognised_and_far_ones_are_not() {
        let names = ["encryption", "censorship", "GDPR", "China"];
        assert_eq!(nearest("encrytpion", names), Some("encryption"));
        assert_eq!(nearest("gpdr", names), Some("GDPR"));
        assert_eq!(nearest("Chnia", names), Some("China"));
        assert_eq!(nearest("encry", names), Some("encryption"));
        assert_eq!(nearest("gardening", names), None);
        assert_eq!(nearest("", names), None);
    }
}
