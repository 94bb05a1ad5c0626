//! A new file of the sources: written whole, and never over another.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

/// Writes a file that must not be there yet, and the folders above it.
///
/// # Errors
/// What the file system says; [`io::ErrorKind::AlreadyExists`] where anything lies at the path. No part of a file is left behind.
pub fn create(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new().create_new(true).write(true).open(path)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    if written.is_err() {
        // The failure of the disk is what counts; half a guide would only be in the way.
        let _ = std::fs::remove_file(path);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_file_gets_its_folders_and_nothing_is_written_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("content/errors/http/418.md");
        create(&path, "first").expect("is written");
        let error = create(&path, "second").expect_err("lies there");
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read_to_string(&path).expect("is there"), "first");
        let link = folder.path().join("link.md");
        std::os::unix::fs::symlink(folder.path().join("nowhere.md"), &link).expect("a link");
        assert_eq!(create(&link, "through").expect_err("lies there").kind(), io::ErrorKind::AlreadyExists);
    }
}
