//! Text behind what a file holds already: the summary of a step in a CI job.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

/// Appends a text to a file, which is made if it is not there.
///
/// # Errors
/// What the file system says.
pub fn append(path: &Path, text: &str) -> io::Result<()> {
    OpenOptions::new().create(true).append(true).open(path)?.write_all(text.as_bytes())
}
