//! What the crawler promises, tried against a small web on loopback: one module for each promise.

#![expect(clippy::unwrap_used, reason = "a test fails where it stands")]

mod sources;
mod web;

// Whatever a source sends, its entries are found, or an error says what is wrong.
mod poll;
// The page behind an entry becomes an article, or an error says what was found instead.
mod read;
// It asks as a guest does.
mod manners;
// It cannot be made to read what it must not, nor to read without end.
mod safety;
