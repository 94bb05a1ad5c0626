//! Survey: the site → reports for those who keep it, and their texts. Pure; one file a report, one file a format.

mod coverage;
mod dot;
mod gaps;
mod graph;
mod json;
mod markdown;
mod review;
mod table;
mod text;

pub use coverage::{Coverage, coverage};
pub use dot::dot;
pub use gaps::{Gaps, gaps};
pub use graph::{Graph, graph};
pub use json::json;
pub use markdown::markdown;
pub use review::{Review, review};
pub use table::{Column, Kind, Report, Table};
pub use text::text;
