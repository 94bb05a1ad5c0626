//! The starter corpus: this project's own guides, compiled in, for `explain` where there is no site.

use super::date::Date;
use super::source::{Role, SourceFile, Sources};

/// The sources of the starter corpus.
pub fn sources(today: Date) -> Sources {
    let file = |(path, bytes): &(&str, &[u8])| {
        let role = if path.ends_with(".md") { Role::Content } else { Role::Config };
        SourceFile::new(*path, role, bytes.to_vec()).expect("the project's own files are UTF-8")
    };
    Sources::new(FILES.iter().map(file).collect(), today)
}

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
