//! What runs by the clock: ingest, the index's following, briefings.

pub mod briefing;
pub mod ingest;
pub mod schedule;
