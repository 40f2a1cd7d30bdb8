//! The harness: a whole Lexwatch in a temporary folder, a small web on loopback, and a mailbox.
//!
//! A test builds a [`World`], acts, and checks, mostly in one chain; `tests/README.md` shows how in five minutes.

mod fake_web;
mod hostile;
mod mailbox;
mod pages;
mod pdf;
mod site;
mod world;

pub use fake_web::{FakeWeb, Reply, Visit};
pub use hostile::{Trick, publish_tricks, tricks};
pub use mailbox::{Mailbox, readable};
pub use pages::{article, feed, page};
pub use pdf::{Written, assemble, pdf, pdf_of};
pub use site::Site;
pub use world::{Answer, Lexwatch, World};
