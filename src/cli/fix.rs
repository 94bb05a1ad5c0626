//! `check --fix`: applies what mends findings beyond doubt, and shows it as a diff.

use std::collections::BTreeMap;
use std::path::Path;

use super::terminal::Terminal;
use crate::mend::{self, Changes};
use crate::model::source::{SourceFile, Sources};
use crate::model::words::counted;
use crate::{Outcome, load, report, write};

/// What is mended may show what was hidden behind it; more rounds than this find nothing new.
const MAX_ROUNDS: usize = 8;

/// A file as it lies on disk, as it is to be, and where it is to be.
struct Draft {
    old: Vec<u8>,
    new: Vec<u8>,
    path: String,
}

/// Sources with everything mended that can be, and what changed on the way.
pub(super) struct Fixed {
    /// The sources as they are after the fixes.
    pub(super) sources: Sources,
    /// By path on disk.
    drafts: BTreeMap<String, Draft>,
    /// How many findings were mended.
    count: usize,
}

/// Mends, in memory, what a look at the sources finds, until it finds nothing that can be mended; with what the last look found.
///
/// # Errors
/// A message, where a file cannot be read again or is another one by now.
pub(super) fn fixed(root: &Path, sources: Sources, look: impl Fn(&Sources) -> Outcome) -> Result<(Fixed, Outcome), String> {
    let mut fixed = Fixed { sources, drafts: BTreeMap::new(), count: 0 };
    let mut outcome = look(&fixed.sources);
    for _ in 0..MAX_ROUNDS {
        let changes = mend::changes(&fixed.sources, &outcome.diagnostics);
        if changes.is_empty() {
            break;
        }
        fixed.count += changes.mended;
        fixed.take(root, changes)?;
        outcome = look(&fixed.sources);
    }
    Ok((fixed, outcome))
}

impl Fixed {
    fn take(&mut self, root: &Path, changes: Changes) -> Result<(), String> {
        for (file, replacements) in changes.edits {
            let (path, role) = (self.sources.file(file).path.clone(), self.sources.file(file).role);
            let draft = self.draft(root, &path)?;
            draft.new = mend::apply(&draft.new, &replacements);
            let mended = SourceFile::new(path.clone(), role, draft.new.clone());
            *self.source(&path) = mended.map_err(|_| format!("{path} would not be UTF-8"))?;
        }
        for (file, to) in changes.moves {
            let path = self.sources.file(file).path.clone();
            self.draft(root, &path)?.path.clone_from(&to);
            self.source(&path).path = to;
        }
        self.sources.files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(())
    }

    /// A source that is to change.
    fn source(&mut self, path: &str) -> &mut SourceFile {
        self.sources.files.iter_mut().find(|file| file.path == path).expect("changes are about sources")
    }

    /// The draft of a source, which is read from disk the first time.
    fn draft(&mut self, root: &Path, path: &str) -> Result<&mut Draft, String> {
        let on_disk = self.drafts.iter().find(|(_, draft)| draft.path == path).map(|(on_disk, _)| on_disk.clone());
        let on_disk = on_disk.unwrap_or_else(|| path.to_owned());
        if !self.drafts.contains_key(&on_disk) {
            let old = load::bytes(root, path).map_err(|error| format!("cannot read {path}: {error}"))?;
            let known = self.sources.by_path(path).map(|(_, file)| (file.role, &file.bytes));
            let is_same = known
                .is_some_and(|(role, bytes)| SourceFile::new(path, role, old.clone()).is_ok_and(|read| read.bytes == *bytes));
            if !is_same {
                return Err(format!("{path} has changed while it was checked; run the command again"));
            }
            self.drafts.insert(on_disk.clone(), Draft { new: old.clone(), old, path: path.to_owned() });
        }
        Ok(self.drafts.get_mut(&on_disk).expect("was put in above"))
    }

    /// Shows every change as a diff, and what happens to whole files.
    pub(super) fn show(&self, terminal: &Terminal) {
        for (path, draft) in &self.drafts {
            if *path != draft.path {
                terminal.output(&format!("rename from {path}\nrename to {}\n", draft.path));
            }
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            terminal.output(&report::diff(&draft.path, &text(&draft.old), &text(&draft.new), true));
        }
    }

    /// Writes every file that changed.
    ///
    /// # Errors
    /// A message that names the file.
    pub(super) fn write(&self, root: &Path) -> Result<(), String> {
        for (path, draft) in &self.drafts {
            let full = root.join(path);
            if draft.old != draft.new {
                write::replace(&full, &draft.new).map_err(|error| format!("cannot write {path}: {error}"))?;
            }
            if *path != draft.path {
                write::move_file(&full, &root.join(&draft.path)).map_err(|error| format!("cannot move {path}: {error}"))?;
            }
        }
        Ok(())
    }

    /// "3 findings in 2 files".
    pub(super) fn verdict(&self) -> String {
        format!("{} in {}", counted(self.count, "finding"), counted(self.drafts.len(), "file"))
    }
}
