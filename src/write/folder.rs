//! The output folder: which folders are safe to write to, and that one build at a time does.

use std::fs::{File, TryLockError};
use std::path::{Component, Path, PathBuf};

use super::error::WriteError;

/// Parts of a site that are sources.
const SOURCES: [&str; 4] = ["content", "templates", "static", "site.toml"];

/// An output folder that is ours to write to while this value lives.
pub(super) struct Folder {
    path: PathBuf,
    /// The parent, locked. The lock ends with the process however it ends, and leaves no file behind.
    parent: File,
}

impl Folder {
    /// Checks that a folder is safe and waits until no other build publishes beside it.
    pub(super) fn lock(root: &Path, output: &Path, home: Option<&Path>, waiting: impl FnOnce(&Path)) -> Result<Self, WriteError> {
        let refuse = |reason: &str| WriteError::Refused { output: output.to_owned(), reason: reason.to_owned() };
        if output.as_os_str().is_empty() {
            return Err(refuse("it has no name"));
        }
        let root = root.canonicalize().map_err(WriteError::disk("cannot read", root))?;
        let path = resolved(&root, output)?;
        refuse_dangerous(&root, &path, home).map_err(|reason| refuse(&reason))?;
        match path.symlink_metadata() {
            Ok(metadata) if metadata.is_symlink() => return Err(refuse("it is a symbolic link; name the folder it leads to")),
            Ok(metadata) if !metadata.is_dir() => return Err(refuse("it is a file")),
            Ok(_) | Err(_) => {}
        }
        let above = path.parent().ok_or_else(|| refuse("it is the root of the file system"))?;
        std::fs::create_dir_all(above).map_err(WriteError::disk("cannot create", above))?;
        let parent = File::open(above).map_err(WriteError::disk("cannot open", above))?;
        match parent.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                waiting(&path);
                parent.lock().map_err(WriteError::disk("cannot lock", above))?;
            }
            Err(TryLockError::Error(source)) => return Err(WriteError::disk("cannot lock", above)(source)),
        }
        Ok(Self { path, parent })
    }

    /// The folder, absolute.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The folder above, open.
    pub(super) fn parent(&self) -> &File {
        &self.parent
    }

    /// Where files are gathered before they are published.
    pub(super) fn staging(&self) -> PathBuf {
        self.beside("staging")
    }

    /// Where the old site waits for a moment where two folders cannot change places in one step.
    pub(super) fn previous(&self) -> PathBuf {
        self.beside("previous")
    }

    fn beside(&self, suffix: &str) -> PathBuf {
        let name = self.path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        self.path.with_file_name(format!(".{name}.fieldguide-{suffix}"))
    }
}

/// The absolute path of a folder that may not exist yet, without links and dots in the part that does.
fn resolved(root: &Path, output: &Path) -> Result<PathBuf, WriteError> {
    let mut path = PathBuf::new();
    for part in root.join(output).components() {
        match part {
            Component::ParentDir => {
                path.pop();
            }
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => path.push(part),
        }
    }
    let (Some(above), Some(name)) = (path.parent(), path.file_name()) else { return Ok(path) };
    let mut existing = above;
    while !existing.exists() {
        let Some(higher) = existing.parent() else { break };
        existing = higher;
    }
    let rest = above.strip_prefix(existing).unwrap_or(Path::new(""));
    let real = existing.canonicalize().map_err(WriteError::disk("cannot read", existing))?;
    Ok(real.join(rest).join(name))
}

fn refuse_dangerous(root: &Path, path: &Path, home: Option<&Path>) -> Result<(), String> {
    if path.parent().is_none() {
        return Err("it is the root of the file system".to_owned());
    }
    if root.starts_with(path) {
        return Err("the site itself lies in it".to_owned());
    }
    if home.is_some_and(|home| home.canonicalize().is_ok_and(|home| home.starts_with(path))) {
        return Err("it is or holds the home folder".to_owned());
    }
    for source in SOURCES {
        if path.starts_with(root.join(source)) {
            return Err(format!("it is part of the site's sources, {source}"));
        }
    }
    Ok(())
}
