//! What lies in the output folder now. Links are entries like files and never followed.

use std::collections::BTreeMap;
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::error::{WriteError, exists};

/// Every file, link and folder below the output folder.
#[derive(Debug, Default)]
pub(super) struct Tree {
    entries: BTreeMap<String, Kind>,
    /// Whether another file system is mounted on a folder in it; such a folder cannot change places.
    pub(super) has_mounts: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A file with its size in bytes.
    File(u64),
    Folder,
    /// A link, pipe or anything else.
    Other,
}

impl Tree {
    /// Reads a folder that may not exist.
    pub(super) fn read(folder: &Path) -> Result<Self, WriteError> {
        let mut tree = Self::default();
        if exists(folder)? {
            let device = folder.symlink_metadata().map_err(WriteError::disk("cannot read", folder))?.dev();
            tree.read_below(folder, "", device)?;
        }
        Ok(tree)
    }

    fn read_below(&mut self, folder: &Path, prefix: &str, device: u64) -> Result<(), WriteError> {
        let entries = std::fs::read_dir(folder).map_err(WriteError::disk("cannot read", folder))?;
        for entry in entries {
            let entry = entry.map_err(WriteError::disk("cannot read", folder))?;
            let metadata = entry.metadata().map_err(WriteError::disk("cannot read", folder))?;
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if metadata.is_dir() {
                self.has_mounts |= metadata.dev() != device;
                self.read_below(&entry.path(), &format!("{path}/"), device)?;
                self.entries.insert(path, Kind::Folder);
            } else if metadata.is_file() {
                self.entries.insert(path, Kind::File(metadata.len()));
            } else {
                self.entries.insert(path, Kind::Other);
            }
        }
        Ok(())
    }

    /// Every path that is no folder.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().filter(|(_, kind)| **kind != Kind::Folder).map(|(path, _)| path.as_str())
    }

    /// Folders with nothing in them.
    pub(super) fn empty_folders(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().filter(|(_, kind)| **kind == Kind::Folder).map(|(path, _)| path.as_str()).filter(|folder| {
            let below = format!("{folder}/");
            !self.entries.range(below.clone()..).next().is_some_and(|(path, _)| path.starts_with(&below))
        })
    }

    pub(super) fn has_file(&self, path: &str) -> bool {
        self.size_of(path).is_some()
    }

    /// The size of a file; `None` for anything else.
    pub(super) fn size_of(&self, path: &str) -> Option<u64> {
        match self.entries.get(path) {
            Some(Kind::File(size)) => Some(*size),
            Some(Kind::Folder | Kind::Other) | None => None,
        }
    }

    /// What is no folder at a path above a file.
    pub(super) fn obstacle_above<'p>(&self, path: &'p str) -> Option<&'p str> {
        let mut above = path.match_indices('/').map(|(at, _)| &path[..at]);
        above.find(|folder| self.entries.get(*folder).is_some_and(|kind| *kind != Kind::Folder))
    }

    /// Whether something lies at a path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.entries.contains_key(path)
    }

    /// The first few names at the top, for a message.
    pub(super) fn top_names(&self) -> Vec<&str> {
        self.entries.keys().map(String::as_str).filter(|path| !path.contains('/')).take(5).collect()
    }
}

/// Whether a file holds exactly these bytes; the caller has compared the sizes.
pub(super) fn same_bytes(path: &Path, bytes: &[u8]) -> Result<bool, WriteError> {
    let mut file = std::fs::File::open(path).map_err(WriteError::disk("cannot read", path))?;
    let mut buffer = [0; 16 * 1024];
    let mut rest = bytes;
    loop {
        let count = file.read(&mut buffer).map_err(WriteError::disk("cannot read", path))?;
        if count == 0 {
            return Ok(rest.is_empty());
        }
        let Some(remaining) = rest.strip_prefix(&buffer[..count]) else { return Ok(false) };
        rest = remaining;
    }
}
