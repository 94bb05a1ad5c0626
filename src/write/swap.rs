//! The moment of publishing: the staging folder becomes the site. The door to rustix.

use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;

use super::error::{WriteError, exists};
use super::folder::Folder;
use super::staging::{FILE_MODE, FOLDER_MODE, Staging};
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
    /// The manifest of the new site, also where it is the same as before.
    pub(super) manifest: &'a [u8],
    /// A manifest of the files of both sites, for a folder in which old and new files stand side by side for a while.
    pub(super) interim: &'a dyn Fn() -> Vec<u8>,
}

/// Publishes the staging folder.
pub(super) fn publish(
    folder: &Folder,
    staging: &Staging,
    change: &Change<'_>,
    interrupted: &AtomicBool,
) -> Result<(), WriteError> {
    let published = folder.path();
    if is_mount_point(published) || change.old.has_mounts {
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
    if !exists(published)? {
        fs::rename(staging.path(), published).map_err(WriteError::disk("cannot create", published))?;
    } else {
        match renameat_with(CWD, staging.path(), CWD, published, RenameFlags::EXCHANGE) {
            Ok(()) => {}
            // Not every file system can exchange two names.
            Err(Errno::INVAL | Errno::NOSYS | Errno::PERM | Errno::OPNOTSUPP) => two_steps(folder, staging)?,
            // A mount point, also one that does not look like one, and a folder of a lower layer stay where they are.
            Err(Errno::BUSY | Errno::XDEV) => return in_place(folder, staging, change),
            Err(error) => return Err(WriteError::disk("cannot replace", published)(error.into())),
        }
    }
    // The old site now lies in the staging folder; the new one must be on disk before the old one goes.
    folder.parent().sync_all().map_err(WriteError::disk("cannot sync the folder of", published))?;
    // The site is published; what cannot be cleared now, the next build clears.
    let _ = staging.clear();
    Ok(())
}

/// The file that a build in place writes before it takes its name.
const INCOMING: &str = ".fieldguide-incoming";

/// Removes the file that a build in place was killed over. Called when the folder is known to be ours.
pub(super) fn clear_incoming(folder: &Folder, tree: &Tree) -> Result<(), WriteError> {
    if !tree.has_file(INCOMING) {
        return Ok(());
    }
    let incoming = folder.path().join(INCOMING);
    fs::remove_file(&incoming).map_err(WriteError::disk("cannot remove", &incoming))
}

/// Puts the old site back where a build was killed between the two steps of a file system that cannot do one.
pub(super) fn recover(folder: &Folder) -> Result<(), WriteError> {
    let previous = folder.previous();
    if !exists(&previous)? {
        return Ok(());
    }
    if !exists(folder.path())? {
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

/// A mount point cannot change places with another folder: every file is replaced by itself, between a manifest of both sites and
/// the one of the new. A build that is killed here leaves whole files, some old and some new; all of them are known to be ours, so
/// the next build completes it.
fn in_place(folder: &Folder, staging: &Staging, change: &Change<'_>) -> Result<(), WriteError> {
    let published = folder.path();
    let manifest = published.join(super::manifest::NAME);
    put(published, &manifest, |incoming| fs::write(incoming, (change.interim)()))?;
    // Where a file was a folder comes, and the other way round, the old must go first.
    let nests = |outer: &str, inner: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'));
    let is_in_the_way = |gone: &str| change.written.iter().any(|path| nests(gone, path) || nests(path, gone));
    let (first, last): (Vec<&str>, Vec<&str>) = change.gone.iter().partition(|path| is_in_the_way(path));
    remove(published, &first)?;
    for path in change.written.iter().filter(|path| **path != super::manifest::NAME) {
        put(published, &published.join(path), |incoming| fs::copy(staging.path().join(path), incoming).map(drop))?;
    }
    remove(published, &last)?;
    put(published, &manifest, |incoming| fs::write(incoming, change.manifest))?;
    // As above: the site is published.
    let _ = staging.clear();
    Ok(())
}

/// Removes files, and folders that are empty then.
fn remove(published: &Path, paths: &[&str]) -> Result<(), WriteError> {
    for path in paths {
        let target = published.join(path);
        fs::remove_file(&target).map_err(WriteError::disk("cannot remove", &target))?;
        remove_empty_above(published, &target);
    }
    Ok(())
}

/// Puts one file in its place whole: it is written beside the others first and takes its name when it is on disk.
fn put(published: &Path, target: &Path, write: impl FnOnce(&Path) -> io::Result<()>) -> Result<(), WriteError> {
    let incoming = published.join(INCOMING);
    let place = || -> io::Result<()> {
        make_folders(published, target)?;
        write(&incoming)?;
        fs::set_permissions(&incoming, Permissions::from_mode(FILE_MODE))?;
        File::open(&incoming)?.sync_all()?;
        fs::rename(&incoming, target)
    };
    place().map_err(|error| {
        // A half-written file is not ours to leave behind; the error that matters is the first.
        let _ = fs::remove_file(&incoming);
        WriteError::disk("cannot write", target)(error)
    })
}

/// Makes the folders between the output folder and a file.
fn make_folders(published: &Path, target: &Path) -> io::Result<()> {
    let Some(above) = target.parent().filter(|above| *above != published && above.symlink_metadata().is_err()) else {
        return Ok(());
    };
    make_folders(published, above)?;
    fs::create_dir(above)?;
    fs::set_permissions(above, Permissions::from_mode(FOLDER_MODE))
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

#[cfg(test)]
mod tests {
    use super::super::manifest::{Entry, Manifest, NAME};
    use super::*;

    /// A published site of `index.html` and `old.html`, and a staging folder with a new `index.html` and `new/page.html`.
    fn prepared(root: &Path) -> (Folder, Staging, Tree) {
        let published = root.join("public");
        fs::create_dir(&published).expect("is writable");
        for (name, text) in [("index.html", "old"), ("old.html", "old"), (NAME, "{}")] {
            fs::write(published.join(name), text).expect("is writable");
        }
        let folder = Folder::lock(root, Path::new("public"), None, |_| {}).expect("is safe");
        let staging = Staging::new(folder.staging());
        for (name, text) in [("index.html", "new"), ("new/page.html", "new"), (NAME, "new")] {
            staging.store(name, text.as_bytes()).expect("is writable");
        }
        let tree = Tree::read(folder.path()).expect("is readable");
        (folder, staging, tree)
    }

    fn interim() -> Vec<u8> {
        let files = ["index.html", "new/page.html", "old.html"].map(|path| (path.to_owned(), Entry::of(b"")));
        Manifest::new(files.into()).to_json()
    }

    fn change<'a>(old: &'a Tree, interim: &'a dyn Fn() -> Vec<u8>) -> Change<'a> {
        let written = &["index.html", "new/page.html"];
        Change { written, kept: &[], foreign: &[], gone: &["old.html"], old, manifest: b"new", interim }
    }

    fn read(folder: &Folder, name: &str) -> Option<String> {
        fs::read_to_string(folder.path().join(name)).ok()
    }

    #[test]
    fn a_folder_that_cannot_be_swapped_is_updated_file_by_file() {
        let root = tempfile::tempdir().expect("is writable");
        let (folder, staging, tree) = prepared(root.path());
        in_place(&folder, &staging, &change(&tree, &interim)).expect("nothing is in the way");
        let files = ["index.html", "new/page.html", NAME].map(|name| read(&folder, name));
        assert_eq!(files, ["new", "new", "new"].map(|text| Some(text.to_owned())));
        assert_eq!(read(&folder, "old.html"), None);
        assert!(staging.path().symlink_metadata().is_err() && read(&folder, INCOMING).is_none());
    }

    #[test]
    fn what_an_update_that_ended_early_has_written_is_known_to_be_ours() {
        let root = tempfile::tempdir().expect("is writable");
        let (folder, staging, tree) = prepared(root.path());
        // A folder where the second file must go ends the update.
        fs::create_dir_all(folder.path().join("new/page.html")).expect("is writable");
        assert!(in_place(&folder, &staging, &change(&tree, &interim)).is_err());
        assert_eq!(read(&folder, "index.html"), Some("new".to_owned()));
        let manifest = Manifest::read(folder.path(), &Tree::read(folder.path()).expect("is readable")).expect("is ours");
        assert!(["index.html", "new/page.html", "old.html"].iter().all(|path| manifest.lists(path)));
        assert_eq!(read(&folder, INCOMING), None);
    }

    #[test]
    fn a_site_that_was_moved_aside_is_put_back() {
        let root = tempfile::tempdir().expect("is writable");
        let (folder, _, _) = prepared(root.path());
        fs::rename(folder.path(), folder.previous()).expect("is writable");
        recover(&folder).expect("can be put back");
        assert_eq!(read(&folder, "index.html"), Some("old".to_owned()));
    }

    #[test]
    fn two_steps_do_what_one_does_elsewhere() {
        let root = tempfile::tempdir().expect("is writable");
        let (folder, staging, _) = prepared(root.path());
        two_steps(&folder, &staging).expect("nothing is in the way");
        assert_eq!(read(&folder, "new/page.html"), Some("new".to_owned()));
        assert!(folder.previous().symlink_metadata().is_err());
    }
}
