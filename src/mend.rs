//! Mend: findings that know their remedy → changes to the sources. Pure; the commands read and write.
//!
//! Text is normalised when it enters (line ends, byte order mark), so edits are made in the bytes of the file on disk: what no edit
//! touches stays as it was, byte for byte.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::diagnostic::{Diagnostic, Edit, Fix};
use crate::model::source::{FileId, Role, Sources, Span};

/// What a round of mending changes.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// For each file, by its number: byte ranges of its normalised text and what stands there instead, in order, none overlapping.
    pub edits: BTreeMap<FileId, Vec<Replacement>>,
    /// Files that move, with their new paths.
    pub moves: Vec<(FileId, String)>,
    /// How many findings are mended.
    pub mended: usize,
}

/// Bytes that go, and what stands there instead.
pub type Replacement = (Range<usize>, String);

/// The changes that mend findings. Where two want to change the same bytes, the first is mended; the other is told again.
pub fn changes(sources: &Sources, diagnostics: &[Diagnostic]) -> Changes {
    let mut changes = Changes::default();
    for finding in diagnostics {
        let is_done = match &finding.fix {
            Fix::None => false,
            Fix::Edits(edits) => changes.take(sources, edits),
            Fix::Move(path) => changes.take_move(sources, finding, path),
        };
        changes.mended += usize::from(is_done);
    }
    changes.edits.values_mut().for_each(|edits| edits.sort_by_key(|(range, _)| range.start));
    changes
}

impl Changes {
    /// Whether nothing is changed.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty() && self.moves.is_empty()
    }

    /// Takes all edits of a finding, or none.
    fn take(&mut self, sources: &Sources, edits: &[Edit]) -> bool {
        let placed: Option<Vec<(FileId, Replacement)>> = edits.iter().map(|edit| placed(sources, edit)).collect();
        let Some(placed) = placed.filter(|placed| placed.iter().all(|(file, (range, _))| self.is_free(*file, range))) else {
            return false;
        };
        for (file, replacement) in placed {
            self.edits.entry(file).or_default().push(replacement);
        }
        true
    }

    fn take_move(&mut self, sources: &Sources, finding: &Diagnostic, path: &str) -> bool {
        let file = sources.by_path(finding.location(sources).0).map(|(id, _)| id);
        let is_free = sources.by_path(path).is_none() && self.moves.iter().all(|(_, other)| other != path);
        self.moves.extend(file.filter(|_| is_free).map(|file| (file, path.to_owned())));
        file.is_some() && is_free
    }

    fn is_free(&self, file: FileId, range: &Range<usize>) -> bool {
        let mut taken = self.edits.get(&file).into_iter().flatten();
        !taken.any(|(other, _)| range.start < other.end && other.start < range.end)
    }
}

/// The bytes that an edit changes: where what it replaces stands in its span, if it stands there once.
fn placed(sources: &Sources, edit: &Edit) -> Option<(FileId, Replacement)> {
    let Edit { span, old, new } = edit;
    if sources.file(span.file).role == Role::Unreadable || old == new {
        return None;
    }
    let text = sources.text(*span);
    let at = text.find(old.as_str()).filter(|at| text.rfind(old.as_str()) == Some(*at))?;
    let Span { file, .. } = *span;
    let start = span.start as usize + at;
    Some((file, (start..start + old.len(), new.clone())))
}

/// Makes replacements in the bytes of a file as it lies on disk.
pub fn apply(bytes: &[u8], replacements: &[Replacement]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut copied = 0;
    let mut places = Places::new(bytes);
    for (range, text) in replacements {
        let (start, end) = (places.on_disk(range.start), places.on_disk(range.end));
        out.extend_from_slice(&bytes[copied..start]);
        out.extend_from_slice(text.as_bytes());
        copied = end;
    }
    out.extend_from_slice(&bytes[copied..]);
    out
}

/// Leads from offsets in normalised text to offsets on disk; offsets only grow.
struct Places<'b> {
    bytes: &'b [u8],
    disk: usize,
    normalised: usize,
}

impl<'b> Places<'b> {
    fn new(bytes: &'b [u8]) -> Self {
        let mark = if bytes.starts_with("\u{feff}".as_bytes()) { "\u{feff}".len() } else { 0 };
        Self { bytes, disk: mark, normalised: 0 }
    }

    fn on_disk(&mut self, offset: usize) -> usize {
        while self.normalised < offset && self.disk < self.bytes.len() {
            // A carriage return and the line feed behind it are one line end.
            let is_pair = self.bytes[self.disk..].starts_with(b"\r\n");
            self.disk += if is_pair { 2 } else { 1 };
            self.normalised += 1;
        }
        self.disk
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &str, replacements: &[(Range<usize>, &str)], expected: &str) {
        let replacements: Vec<Replacement> =
            replacements.iter().map(|(range, text)| (range.clone(), (*text).to_owned())).collect();
        assert_eq!(String::from_utf8(apply(bytes.as_bytes(), &replacements)).expect("is UTF-8"), expected);
    }

    #[test]
    fn bytes_that_no_edit_touches_stay() {
        check("a b c", &[(2..3, "x"), (4..5, "")], "a x ");
        check("\u{feff}a\r\nb\r\nc\rd", &[(2..3, "x"), (6..7, "y")], "\u{feff}a\r\nx\r\nc\ry");
        check("a\r\n", &[(2..2, "b")], "a\r\nb");
    }
}
