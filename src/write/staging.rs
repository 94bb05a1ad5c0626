//! The staging folder: files that are new or changed, before they are published.

use std::collections::HashSet;
use std::fs::{self, DirBuilder, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::error::WriteError;

/// Modes of published files and folders, whatever the umask.
pub(super) const FILE_MODE: u32 = 0o644;
pub(super) const FOLDER_MODE: u32 = 0o755;

/// A folder that exists from its first file on.
pub(super) struct Staging {
    path: PathBuf,
    /// Folders that exist already, relative; the empty path is the staging folder itself.
    made: Mutex<HashSet<String>>,
}

impl Staging {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, made: Mutex::default() }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Removes the folder with everything in it, also what an earlier build left.
    pub(super) fn clear(&self) -> Result<(), WriteError> {
        match fs::remove_dir_all(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(WriteError::disk("cannot remove", &self.path)(error)),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Writes a file.
    pub(super) fn store(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        let full = self.room_for(path)?;
        let write = || -> io::Result<()> {
            let mut file = OpenOptions::new().write(true).create_new(true).mode(FILE_MODE).open(&full)?;
            file.set_permissions(Permissions::from_mode(FILE_MODE))?;
            file.write_all(bytes)
        };
        write().map_err(WriteError::disk("cannot write", &full))
    }

    /// Brings in a file of the published site without copying it where the file system can.
    pub(super) fn keep(&self, path: &str, published: &Path) -> Result<(), WriteError> {
        let full = self.room_for(path)?;
        if fs::hard_link(published, &full).is_ok() {
            return Ok(());
        }
        let target = published
            .symlink_metadata()
            .and_then(|metadata| if metadata.is_symlink() { fs::read_link(published).map(Some) } else { Ok(None) });
        let copied = match target {
            Ok(Some(target)) => std::os::unix::fs::symlink(target, &full),
            Ok(None) => fs::copy(published, &full).map(drop),
            Err(error) => Err(error),
        };
        copied.map_err(WriteError::disk("cannot keep", published))
    }

    /// Makes an empty folder.
    pub(super) fn keep_folder(&self, path: &str) -> Result<(), WriteError> {
        self.room_for(&format!("{path}/x")).map(drop)
    }

    /// The full path of a file, whose folders exist from now on.
    fn room_for(&self, path: &str) -> Result<PathBuf, WriteError> {
        let mut made = self.made.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if !made.contains(folder) {
            let above = folder.match_indices('/').map(|(at, _)| &folder[..at]);
            for part in [""].into_iter().chain(above).chain([folder]) {
                if !made.contains(part) {
                    self.make_folder(part)?;
                    made.insert(part.to_owned());
                }
            }
        }
        Ok(self.path.join(path))
    }

    fn make_folder(&self, folder: &str) -> Result<(), WriteError> {
        let full = self.path.join(folder);
        let make = || -> io::Result<()> {
            DirBuilder::new().mode(FOLDER_MODE).create(&full)?;
            fs::set_permissions(&full, Permissions::from_mode(FOLDER_MODE))
        };
        make().map_err(WriteError::disk("cannot create", &full))
    }
}
