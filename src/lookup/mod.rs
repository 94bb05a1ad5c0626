//! Lookup: a site → its index; an index and a pasted text → the guides it leads to. Pure.
//!
//! docs/lookup.md is the specification; `static/lookup.js` follows it too, and one set of texts is put to both in the tests.

mod anchors;
mod index;
mod lines;
mod log;
mod matcher;
mod vocabulary;
mod words;

pub use index::index;
pub use log::LogReader;
pub use matcher::Lookup;
pub use vocabulary::vocabulary;
pub use words::search;
