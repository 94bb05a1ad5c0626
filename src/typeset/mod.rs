//! Typeset: a guide → text for a terminal, and an answer to a log → text or JSON. Pure.
//!
//! Colours are always written; who prints takes them out where nobody sees them.

mod answer;
mod blocks;
mod guide;
mod json;
mod lines;

pub use answer::{answer, answer_json};
pub use guide::{Unknown, guide};
pub use json::json;
