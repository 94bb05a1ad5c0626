//! The moment of publishing: the staging folder becomes the site. The door to rustix.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::fs::{CWD, RenameFlags, renameat_with};

use super::error::WriteError;
use super::folder::Folder;
use super::staging::Staging;
use super::tree::Tree;

/// What publishing changes.
pub(super) struct Change<'a> {
    /// Files that are new or differ; they lie in the staging folder.
    pub(super) written: &'a [&'a str],
    /// Files that stay as they are.
    pub(super) kept: &'a [&'a str],
    /// Files that are not ours; they stay.
    pub(super) foreign: &'a [&'a str],
    /// Files of an earlier build that go.
    pub(super) gone: &'a [&'a str],
    /// What is published now.
    pub(super) old: &'a Tree,
}

/// Publishes the staging folder.
pub(super) fn publish(
    folder: &Folder,
    staging: &Staging,
    change: &Change<'_>,
    interrupted: &AtomicBool,
) -> Result<(), WriteError> {
    let published = folder.path();
    if is_mount_point(published) {
        return in_place(folder, staging, change);
    }
    for path in change.kept.iter().chain(change.foreign) {
        staging.keep(path, &published.join(path))?;
    }
    for path in change.old.empty_folders() {
        staging.keep_folder(path)?;
    }
    sync(staging.path())?;
    if interrupted.load(Ordering::Relaxed) {
        return Err(WriteError::Interrupted);
    }
    if published.symlink_metadata().is_err() {
        fs::rename(staging.path(), published).map_err(WriteError::disk("cannot create", published))?;
    } else {
        match renameat_with(CWD, staging.path(), CWD, published, RenameFlags::EXCHANGE) {
            Ok(()) => {}
            Err(error) if error == rustix::io::Errno::INVAL || error == rustix::io::Errno::NOSYS => two_steps(folder, staging)?,
            Err(error) if error == rustix::io::Errno::BUSY => return in_place(folder, staging, change),
            Err(error) => return Err(WriteError::disk("cannot replace", published)(error.into())),
        }
    }
    // The old site now lies in the staging folder; the new one must be on disk before the old one goes.
    folder.parent().sync_all().map_err(WriteError::disk("cannot sync the folder of", published))?;
    staging.clear()
}

/// Puts the old site back where a build was killed between the two steps of a file system that cannot do one.
pub(super) fn recover(folder: &Folder) -> Result<(), WriteError> {
    let previous = folder.previous();
    if previous.symlink_metadata().is_err() {
        return Ok(());
    }
    if folder.path().symlink_metadata().is_err() {
        return fs::rename(&previous, folder.path()).map_err(WriteError::disk("cannot restore", folder.path()));
    }
    fs::remove_dir_all(&previous).map_err(WriteError::disk("cannot remove", &previous))
}

fn two_steps(folder: &Folder, staging: &Staging) -> Result<(), WriteError> {
    let previous = folder.previous();
    fs::rename(folder.path(), &previous).map_err(WriteError::disk("cannot replace", folder.path()))?;
    if let Err(error) = fs::rename(staging.path(), folder.path()) {
        fs::rename(&previous, folder.path()).map_err(WriteError::disk("cannot restore", folder.path()))?;
        return Err(WriteError::disk("cannot replace", folder.path())(error));
    }
    fs::remove_dir_all(&previous).map_err(WriteError::disk("cannot remove", &previous))
}

/// A mount point cannot change places with another folder: every file is replaced by itself, the manifest last. A build that is
/// killed here leaves whole files, some old and some new; the next build completes it.
fn in_place(folder: &Folder, staging: &Staging, change: &Change<'_>) -> Result<(), WriteError> {
    let published = folder.path();
    let (manifests, files): (Vec<&str>, Vec<&str>) = change.written.iter().partition(|path| **path == super::manifest::NAME);
    let temporary = published.join(".fieldguide-incoming");
    for path in files.iter().chain(&manifests) {
        let target = published.join(path);
        let place = || -> io::Result<()> {
            if let Some(above) = target.parent() {
                fs::create_dir_all(above)?;
            }
            fs::copy(staging.path().join(path), &temporary)?;
            File::open(&temporary)?.sync_all()?;
            fs::rename(&temporary, &target)
        };
        place().map_err(|error| {
            // A half-written temporary file is not ours to leave behind; the error that matters is the first.
            let _ = fs::remove_file(&temporary);
            WriteError::disk("cannot write", &target)(error)
        })?;
    }
    for path in change.gone {
        let target = published.join(path);
        fs::remove_file(&target).map_err(WriteError::disk("cannot remove", &target))?;
        remove_empty_above(published, &target);
    }
    staging.clear()
}

fn remove_empty_above(published: &Path, file: &Path) {
    let mut above = file.parent();
    while let Some(folder) = above.filter(|folder| *folder != published && fs::remove_dir(folder).is_ok()) {
        above = folder.parent();
    }
}

fn is_mount_point(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| path.symlink_metadata().map(|metadata| metadata.dev()).ok();
    match (device(folder), folder.parent().and_then(device)) {
        (Some(own), Some(above)) => own != above,
        (Some(_) | None, Some(_) | None) => false,
    }
}

/// Waits until everything below a folder is on disk: one call for the file system rather than one a file, where there is such a call.
fn sync(folder: &Path) -> Result<(), WriteError> {
    let opened = File::open(folder).map_err(WriteError::disk("cannot open", folder))?;
    #[cfg(target_os = "linux")]
    return rustix::fs::syncfs(&opened).map_err(|error| WriteError::disk("cannot sync", folder)(error.into()));
    #[cfg(not(target_os = "linux"))]
    return opened.sync_all().map_err(WriteError::disk("cannot sync", folder));
}
