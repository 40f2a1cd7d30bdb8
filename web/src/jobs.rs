//! What runs by the clock: ingest, the index's following, embedding, briefings, the operator's mail.

pub mod briefing;
pub mod embed;
pub mod ingest;
pub mod operator;
pub mod schedule;
