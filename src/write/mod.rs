//! Write: output files → the output folder, whole or not at all. The only place that writes.
//!
//! Files that differ from the published ones go to a staging folder beside the output; when all are there, the unchanged ones are
//! linked in and the two folders change places in one step (`SQLite`'s atomic commit is the model: old or new, never a mix). Only
//! files that an earlier build wrote, as its manifest says, are ever replaced or removed.
#![expect(clippy::disallowed_methods, reason = "this is the room that writes")]

mod append;
mod changes;
mod create;
mod error;
mod folder;
mod ledger;
mod manifest;
mod precompress;
mod replace;
mod staging;
mod swap;
mod tree;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

pub use append::append;
pub use changes::Changes;
pub use create::create;
pub use error::WriteError;
pub use ledger::update_ledger;
pub use replace::{move_file, replace};

use crate::model::output::{OutputFile, Sink};
use crate::model::url::SitePath;
use folder::Folder;
use manifest::Entry;
pub use manifest::Manifest;
use rayon::prelude::*;
use staging::Staging;
use tree::Tree;

/// What publishing did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// Files that are new or differ from the published ones.
    pub written: usize,
    /// Files that were there already, byte for byte.
    pub unchanged: usize,
    /// Files of an earlier build that this one no longer makes.
    pub removed: usize,
    /// Bytes of all files of the site.
    pub bytes: u64,
}

/// Takes output files and publishes them together.
pub struct Publisher<'a> {
    folder: Folder,
    old: Tree,
    old_manifest: Manifest,
    staging: Staging,
    state: Mutex<State>,
    interrupted: &'a AtomicBool,
    with_compressed: bool,
}

#[derive(Default)]
struct State {
    files: BTreeMap<String, Made>,
    failure: Option<WriteError>,
}

/// A file of this build.
struct Made {
    entry: Entry,
    is_new: bool,
}

impl<'a> Publisher<'a> {
    /// Makes ready to publish into a folder. Waits for another build that publishes there, after calling `waiting`.
    ///
    /// # Errors
    /// Where the folder is not safe to write to, belongs to somebody else, or cannot be read.
    pub fn new(
        root: &Path,
        output: &Path,
        home: Option<&Path>,
        interrupted: &'a AtomicBool,
        waiting: impl FnOnce(&Path),
    ) -> Result<Self, WriteError> {
        let folder = Folder::lock(root, output, home, waiting)?;
        let staging = Staging::new(folder.staging());
        staging.clear()?;
        swap::recover(&folder)?;
        let old = Tree::read(folder.path())?;
        let old_manifest = Manifest::read(folder.path(), &old)?;
        swap::clear_incoming(&folder, &old)?;
        Ok(Self { folder, old, old_manifest, staging, state: Mutex::default(), interrupted, with_compressed: false })
    }

    /// Adds compressed files beside those that shrink.
    #[must_use]
    pub fn with_compressed(self, with_compressed: bool) -> Self {
        Self { with_compressed, ..self }
    }

    /// Publishes everything that was taken.
    ///
    /// # Errors
    /// The first failure of the disk, an interruption, or a file of somebody else where one of ours must go. The published site is as
    /// it was then.
    pub fn finish(self) -> Result<Summary, WriteError> {
        self.finish_since(&Manifest::default()).map(|(summary, _)| summary)
    }

    /// As [`Publisher::finish`], and tells what differs from the site of an older manifest.
    ///
    /// # Errors
    /// As [`Publisher::finish`].
    pub fn finish_since(self, old: &Manifest) -> Result<(Summary, Changes), WriteError> {
        if self.with_compressed {
            self.take_compressed();
        }
        let manifest = self.take_manifest();
        let changes = Changes::between(old, &manifest);
        let State { files, failure } = self.state.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let fail = |error| {
            // What is left of the staging folder is cleared by the next build if it cannot be cleared now.
            let _ = self.staging.clear();
            Err(error)
        };
        if let Some(error) = failure {
            return fail(error);
        }
        let gone: Vec<&str> =
            self.old_manifest.paths().filter(|path| !files.contains_key(*path) && self.old.has_file(path)).collect();
        let written: Vec<&str> = files.iter().filter(|(_, made)| made.is_new).map(|(path, _)| path.as_str()).collect();
        let summary = Summary {
            written: written.len(),
            unchanged: files.len() - written.len(),
            removed: gone.len(),
            bytes: manifest.total_size(),
        };
        if written.is_empty() && gone.is_empty() {
            return Ok((summary, changes));
        }
        let kept: Vec<&str> = files.iter().filter(|(_, made)| !made.is_new).map(|(path, _)| path.as_str()).collect();
        // Somebody may have put files there since the build began.
        let now = match Tree::read(self.folder.path()) {
            Ok(now) => now,
            Err(error) => return fail(error),
        };
        let foreign: Vec<&str> = now.files().filter(|path| !self.old_manifest.lists(path)).collect();
        let manifest_bytes = manifest.to_json();
        let interim = || manifest.with(&self.old_manifest).to_json();
        let change = swap::Change {
            written: &written,
            kept: &kept,
            foreign: &foreign,
            gone: &gone,
            old: &now,
            manifest: &manifest_bytes,
            interim: &interim,
        };
        match swap::publish(&self.folder, &self.staging, &change, self.interrupted) {
            Ok(()) => Ok((summary, changes)),
            Err(error) => fail(error),
        }
    }

    /// Throws away what was taken. The published site is as it was.
    ///
    /// # Errors
    /// Where the staging folder cannot be removed; the next build will.
    pub fn discard(self) -> Result<(), WriteError> {
        self.staging.clear()
    }

    /// Takes what is compressed of every file that is worth it. Last, so that a site's own files of such names are known.
    fn take_compressed(&self) {
        let worth_it: Vec<(String, bool)> = match self.state.lock() {
            Ok(state) if state.failure.is_none() => {
                let files = state.files.iter().filter(|(path, made)| precompress::is_worth_it(path, made.entry.size()));
                files.map(|(path, made)| (path.clone(), made.is_new)).collect()
            }
            Ok(_) | Err(_) => return,
        };
        let jobs: Vec<(&str, bool, &str)> = worth_it
            .iter()
            .flat_map(|(path, is_new)| precompress::ENDINGS.map(|ending| (path.as_str(), *is_new, ending)))
            .collect();
        jobs.into_par_iter().for_each(|(path, is_new, ending)| {
            let target = format!("{path}.{ending}");
            let is_taken = self.state.lock().is_ok_and(|state| state.failure.is_some() || state.files.contains_key(&target));
            if !is_taken && (is_new || !self.keep_compressed(&target)) {
                self.compress(path, is_new, target, ending);
            }
        });
    }

    /// Keeps what an earlier build compressed, if it lies there as it was written. Its file is as it was.
    fn keep_compressed(&self, target: &str) -> bool {
        let Some(entry) = self.old_manifest.entry(target).filter(|entry| self.old.size_of(target) == Some(entry.size())) else {
            return false;
        };
        let is_whole = std::fs::read(self.folder.path().join(target)).is_ok_and(|bytes| Entry::of(&bytes) == *entry);
        if is_whole && let Ok(mut state) = self.state.lock() {
            state.files.insert(target.to_owned(), Made { entry: entry.clone(), is_new: false });
        }
        is_whole
    }

    fn compress(&self, path: &str, is_new: bool, target: String, ending: &str) {
        let source = if is_new { self.staging.path() } else { self.folder.path() }.join(path);
        let compressed = std::fs::read(&source).and_then(|bytes| precompress::compressed(&bytes, ending));
        match compressed {
            Ok(Some(bytes)) => self.take(OutputFile { path: SitePath::new(target), bytes }),
            Ok(None) => {}
            Err(error) => {
                if let Ok(mut state) = self.state.lock() {
                    state.failure.get_or_insert(WriteError::disk("cannot compress", &source)(error));
                }
            }
        }
    }

    /// The manifest is a file of the site, too.
    fn take_manifest(&self) -> Manifest {
        let manifest = match self.state.lock() {
            Ok(state) => Manifest::new(state.files.iter().map(|(path, made)| (path.clone(), made.entry.clone())).collect()),
            Err(_) => Manifest::default(),
        };
        self.take(OutputFile { path: SitePath::new(manifest::NAME), bytes: manifest.to_json() });
        manifest
    }

    fn store(&self, file: &OutputFile) -> Result<bool, WriteError> {
        if self.interrupted.load(Ordering::Relaxed) {
            return Err(WriteError::Interrupted);
        }
        let path = file.path.as_str();
        // A link in place of one of our folders is not ours, whatever the manifest lists behind it.
        let above = self.old.obstacle_above(path).filter(|above| !self.old_manifest.lists(above));
        let at = Some(path).filter(|path| self.old.has(path) && !self.old_manifest.owns(path));
        if let Some(foreign) = above.or(at) {
            return Err(WriteError::Foreign { path: self.folder.path().join(foreign), wanted: path.to_owned() });
        }
        if self.old.size_of(path) == Some(file.bytes.len() as u64)
            && tree::same_bytes(&self.folder.path().join(path), &file.bytes)?
        {
            return Ok(false);
        }
        self.staging.store(path, &file.bytes)?;
        Ok(true)
    }
}

impl Sink for Publisher<'_> {
    fn take(&self, file: OutputFile) {
        if self.state.lock().is_ok_and(|state| state.failure.is_some()) {
            return;
        }
        let outcome = self.store(&file);
        let Ok(mut state) = self.state.lock() else { return };
        match outcome {
            Ok(is_new) => {
                let made = Made { entry: Entry::of(&file.bytes), is_new };
                state.files.insert(file.path.as_str().to_owned(), made);
            }
            Err(error) => {
                state.failure.get_or_insert(error);
            }
        }
    }
}
