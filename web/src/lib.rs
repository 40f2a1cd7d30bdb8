//! Lexwatch, the application: the site, the API, the briefings, the jobs run by the clock and the command line.
//!
//! The only crate that reads the clock and the environment and that knows HTTP's server side, mail and HTML for
//! readers. It keeps nothing itself. Start with [`jobs::ingest`], then [`router`].

// The parts, put together.
pub mod app;
pub mod clock;
pub mod config;
pub mod folder;
pub mod seal;

// What runs by the clock.
mod health;
pub mod jobs;

// What readers see.
pub mod allowance;
pub mod api;
mod bare;
mod campaign;
pub mod conditional;
pub mod error;
mod forwarded;
mod languages;
pub mod listen;
pub mod mail;
mod meaning;
mod plain;
mod revisions;
mod stories;
pub mod router;
pub mod shared;
pub mod site;
mod timeline;

// What operators type.
pub mod cli;
mod demo;

/// The demo's bundled newsroom: outlets with feeds and pages, served on loopback.
pub mod newsroom;
