//! One file of the sources, put in place of the one that lies there: whole or not at all.

use std::io::{self, Write};
use std::path::Path;

/// Replaces the content of a file that exists. Its permissions stay; a failure leaves it as it was.
///
/// # Errors
/// What the file system says.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
    // Hidden, so that nothing takes it for a source while it is there.
    let staged = path.with_file_name(format!(".{name}.fieldguide-new"));
    let written = write(&staged, path, bytes).and_then(|()| std::fs::rename(&staged, path));
    if written.is_err() {
        // The failure to tell is the first one.
        let _ = std::fs::remove_file(&staged);
    }
    written
}

fn write(staged: &Path, like: &Path, bytes: &[u8]) -> io::Result<()> {
    let permissions = std::fs::metadata(like)?.permissions();
    let mut file = std::fs::File::create(staged)?;
    file.write_all(bytes)?;
    file.set_permissions(permissions)?;
    file.sync_all()
}

/// Moves a file to a path where nothing lies yet; folders on the way are made.
///
/// # Errors
/// What the file system says, also where something lies there.
pub fn move_file(from: &Path, to: &Path) -> io::Result<()> {
    if to.symlink_metadata().is_ok() {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, format!("something lies at {}", to.display())));
    }
    if let Some(folder) = to.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::rename(from, to)
}
