//! The full-text index: which items, in which order, and the counts beside them.
