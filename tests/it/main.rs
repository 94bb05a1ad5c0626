//! The one integration binary: whole builds, from sources to pages and exit codes.
#![expect(clippy::disallowed_methods, reason = "tests read, write and run what they test")]
#![allow(unreachable_pub, clippy::unwrap_used, reason = "a test binary has no public items, and a test that cannot go on fails")]

mod architecture;
mod cli;
mod contrast;
mod cross_links;
mod deploying;
mod determinism;
mod discovery;
mod editorial;
mod explain;
mod files;
mod fix;
mod golden;
mod hostile;
mod impact;
mod lookup;
mod outputs;
mod own_site;
mod publishing;
mod report;
mod rules;
mod samples;
mod scaffold;
mod schema;
mod support;
mod survey;
mod theming;
