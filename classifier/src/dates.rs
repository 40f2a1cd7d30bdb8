//! `Mention`: where a text says when, and which days that may mean, counted from the day of publication.

mod around;
mod numbers;
mod phrase;
mod resolve;
mod spans;
mod words;

pub(crate) use phrase::{Mention, Past, Placed, mentions};
pub(crate) use resolve::Kind;
pub(crate) use words::{Calendar, DateWord, Lead};
