//! Load: walks the folders of a site and reads every file once. The only place that reads. The door to walkdir.
//!
//! Links are not followed: a guide is what lies in the folder, so nothing outside it can be published by accident. Hidden files
//! and editors' temporary files are not part of a site and are passed over. Files of a revision, which git hands over in memory, are
//! told and refused as those on disk are.
#![expect(clippy::disallowed_methods, reason = "this is the room that reads")]

use std::collections::HashSet;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::model::date::Date;
use crate::model::diagnostic::Diagnostic;
use crate::model::rules;
use crate::model::source::{FileId, LEDGERS, Role, SourceFile, Sources, Span};
use crate::model::url::is_reserved_on_windows;

/// The largest text file, in bytes.
const MAX_TEXT: u64 = 8 * 1024 * 1024;
/// The longest name of one file, in bytes; output adds to it.
const MAX_NAME: usize = 200;
/// The deepest folder.
const MAX_DEPTH: usize = 24;

/// The root of a site cannot be read at all.
#[derive(Debug)]
pub struct LoadError {
    path: PathBuf,
    source: io::Error,
}

impl fmt::Display for LoadError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "cannot read {}: {}", self.path.display(), self.source)
    }
}

impl std::error::Error for LoadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// The paths below a root that a site is made of.
pub const PATHS: [&str; 6] = ["site.toml", "content", "templates", "static", LEDGERS[0], LEDGERS[1]];

/// The folders of a site, and whether every site has them.
const FOLDERS: [(&str, bool); 3] = [("content", true), ("templates", false), ("static", false)];

/// Reads the site in a folder.
///
/// # Errors
/// Only where the folder itself cannot be read; any other file that cannot be read is a finding.
pub fn load(root: &Path, today: Date) -> Result<Sources, LoadError> {
    std::fs::read_dir(root).map_err(|source| LoadError { path: root.to_owned(), source })?;
    let mut found = Found::default();
    let config = root.join("site.toml");
    found.config(config.symlink_metadata().ok().map(|metadata| (Kind::of(metadata.file_type()), Content::OnDisk(config))));
    for path in LEDGERS {
        let full = root.join(path);
        found.ledger(path, full.symlink_metadata().ok().map(|metadata| (Kind::of(metadata.file_type()), Content::OnDisk(full))));
    }
    for (folder, is_required) in FOLDERS {
        found.folder(root, folder, is_required);
    }
    Ok(found.sources(today))
}

/// The bytes of one file as they lie on disk, line ends and all.
///
/// # Errors
/// What the file system says.
pub fn bytes(root: &Path, path: &str) -> io::Result<Vec<u8>> {
    std::fs::read(root.join(path))
}

/// The bytes of a file that is no part of the site.
///
/// # Errors
/// What the file system says.
pub fn file(path: &Path) -> io::Result<Vec<u8>> {
    std::fs::read(path)
}

/// How much of a log is read at once, in bytes; a line that is longer is cut.
const LOG_PIECE: usize = 1 << 20;

/// Reads stdin and hands it on in pieces of whole lines.
///
/// # Errors
/// What the system says.
pub fn log(take: impl FnMut(&[u8])) -> io::Result<()> {
    pieces(&mut io::stdin().lock(), take)
}

fn pieces(input: &mut dyn io::Read, mut take: impl FnMut(&[u8])) -> io::Result<()> {
    let mut buffer = vec![0; LOG_PIECE];
    let mut filled = 0;
    loop {
        let count = match input.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let fresh = filled;
        filled += count;
        let end = buffer[fresh..filled].iter().rposition(|byte| *byte == b'\n').map(|at| fresh + at + 1);
        // Small pieces, such as a pipe gives, are gathered: a message may be wrapped over two lines.
        let Some(end) = end.filter(|_| filled > buffer.len() / 2).or((filled == buffer.len()).then_some(filled)) else {
            continue;
        };
        take(&buffer[..end]);
        buffer.copy_within(end..filled, 0);
        filled -= end;
    }
    if filled > 0 {
        take(&buffer[..filled]);
    }
    Ok(())
}

/// A file or folder that is not on disk: a revision has it.
#[derive(Debug)]
pub struct Entry {
    /// Relative to the site's root, with `/` between its parts; names need not be text.
    pub path: Vec<u8>,
    /// What it is.
    pub kind: Kind,
    /// What is in it, of a file.
    pub bytes: Vec<u8>,
}

/// What lies at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A pipe, socket or device.
    Special,
}

impl Kind {
    fn of(kind: std::fs::FileType) -> Self {
        match (kind.is_symlink(), kind.is_file(), kind.is_dir()) {
            (true, _, _) => Self::Link,
            (_, true, _) => Self::File,
            (_, _, true) => Self::Folder,
            _ => Self::Special,
        }
    }
}

/// Reads the site that entries make up, as [`load`] would had they lain in a folder. Folders need no entries of their own.
pub fn from_entries(entries: Vec<Entry>, today: Date) -> Sources {
    let mut found = Found::default();
    let (config, others): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(|entry| entry.path == b"site.toml");
    found.config(config.into_iter().next().map(|entry| (entry.kind, Content::InMemory(entry.bytes))));
    let (ledgers, others): (Vec<Entry>, Vec<Entry>) =
        others.into_iter().partition(|entry| LEDGERS.iter().any(|path| path.as_bytes() == entry.path));
    for ledger in ledgers {
        let path = String::from_utf8_lossy(&ledger.path).into_owned();
        found.ledger(&path, Some((ledger.kind, Content::InMemory(ledger.bytes))));
    }
    for (folder, is_required) in FOLDERS {
        let is_below = |entry: &Entry| entry.path.split(|byte| *byte == b'/').next() == Some(folder.as_bytes());
        if is_required && !others.iter().any(is_below) {
            found.missing(folder);
        }
    }
    let mut seen = HashSet::new();
    for entry in others {
        found.entry_with_folders(entry, &mut seen);
    }
    found.sources(today)
}

#[derive(Default)]
struct Found {
    files: Vec<File>,
    diagnostics: Vec<Diagnostic>,
}

/// A file of the site that is still to be read.
struct File {
    /// Relative to the site's root, with `/`.
    path: String,
    role: Role,
    content: Content,
}

enum Content {
    OnDisk(PathBuf),
    InMemory(Vec<u8>),
}

impl Found {
    fn config(&mut self, found: Option<(Kind, Content)>) {
        let path = "site.toml".to_owned();
        match found {
            Some((Kind::File, content)) => self.files.push(File { path, role: Role::Config, content }),
            Some((kind, _)) => self.diagnostics.push(not_a_file(&path, kind)),
            None => {
                let finding = Diagnostic::for_path(&rules::MISSING_FILE, path, "this folder has no site.toml");
                self.diagnostics.push(finding.hint("run fieldguide in the folder of a site, or name it with --root"));
            }
        }
    }

    fn ledger(&mut self, path: &str, found: Option<(Kind, Content)>) {
        match found {
            Some((Kind::File, content)) => self.files.push(File { path: path.to_owned(), role: Role::Ledger, content }),
            Some((kind, _)) => self.diagnostics.push(not_a_file(path, kind)),
            None => {}
        }
    }

    fn folder(&mut self, root: &Path, folder: &str, is_required: bool) {
        let full = root.join(folder);
        match full.symlink_metadata() {
            Ok(metadata) if metadata.is_dir() => self.walk(root, &full),
            Ok(metadata) => self.diagnostics.push(not_a_file(folder, Kind::of(metadata.file_type()))),
            Err(error) if error.kind() == io::ErrorKind::NotFound && !is_required => {}
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                self.diagnostics.push(Diagnostic::for_path(&rules::UNREADABLE_FILE, folder, format!("cannot be read: {error}")));
            }
            Err(_) => self.missing(folder),
        }
    }

    fn missing(&mut self, folder: &str) {
        self.diagnostics.push(Diagnostic::for_path(&rules::MISSING_FILE, folder, format!("this site has no folder {folder}/")));
    }

    fn walk(&mut self, root: &Path, folder: &Path) {
        let entries = WalkDir::new(folder).follow_links(false).sort_by_file_name().max_depth(MAX_DEPTH + 1).into_iter();
        let is_wanted = |entry: &DirEntry| entry.depth() == 0 || !is_passed_over(&entry.file_name().to_string_lossy());
        for entry in entries.filter_entry(is_wanted) {
            match entry {
                Ok(entry) => {
                    let content = Content::OnDisk(entry.path().to_owned());
                    let place = Place { depth: entry.depth(), name: entry.file_name().to_str() };
                    self.entry(site_path(root, entry.path()), &place, Kind::of(entry.file_type()), content);
                }
                Err(error) => {
                    let path = error.path().map_or_else(String::new, |path| site_path(root, path));
                    let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                    self.diagnostics.push(Diagnostic::for_path(
                        &rules::UNREADABLE_FILE,
                        path,
                        format!("cannot be read: {reason}"),
                    ));
                }
            }
        }
    }

    /// Takes an entry of a revision, and each folder above it once.
    fn entry_with_folders(&mut self, entry: Entry, seen: &mut HashSet<Vec<u8>>) {
        let parts: Vec<&[u8]> = entry.path.split(|byte| *byte == b'/').collect();
        if !FOLDERS.iter().any(|(folder, _)| folder.as_bytes() == parts[0]) {
            return;
        }
        for depth in 0..parts.len() {
            if depth > MAX_DEPTH + 1 || depth > 0 && is_passed_over(&String::from_utf8_lossy(parts[depth])) {
                return;
            }
            let path = parts[..=depth].join(&b'/');
            let place = Place { depth, name: std::str::from_utf8(parts[depth]).ok() };
            let text = String::from_utf8_lossy(&path).into_owned();
            if depth + 1 == parts.len() {
                // A folder of the site must be one.
                if depth == 0 && entry.kind == Kind::File {
                    self.diagnostics.push(not_a_file(&text, entry.kind));
                } else {
                    self.entry(text, &place, entry.kind, Content::InMemory(entry.bytes));
                }
                return;
            }
            if seen.insert(path) {
                self.entry(text, &place, Kind::Folder, Content::InMemory(Vec::new()));
            }
        }
    }

    fn entry(&mut self, path: String, place: &Place<'_>, kind: Kind, content: Content) {
        if let Some(problem) = place.problem() {
            let finding = Diagnostic::for_path(&rules::UNPORTABLE_NAME, path, problem);
            self.diagnostics.push(finding.hint("rename it: every system that builds the site must be able to hold it"));
            return;
        }
        if place.depth > MAX_DEPTH {
            let message = format!("folders are nested more than {MAX_DEPTH} deep");
            self.diagnostics.push(Diagnostic::for_path(&rules::UNPORTABLE_NAME, path, message));
            return;
        }
        match kind {
            Kind::File => self.files.push(File { role: role(&path), path, content }),
            Kind::Folder => {}
            Kind::Link | Kind::Special => self.diagnostics.push(not_a_file(&path, kind)),
        }
    }

    /// Reads every file that was found.
    fn sources(mut self, today: Date) -> Sources {
        self.files.sort_by(|a, b| a.path.cmp(&b.path));
        let read: Vec<_> = self.files.into_par_iter().map(read).collect();
        let mut files = Vec::with_capacity(read.len());
        let mut refused = Vec::new();
        for outcome in read {
            match outcome {
                Outcome::File(file) => files.push(file),
                Outcome::Unread(file, finding) => {
                    self.diagnostics.push(*finding);
                    files.push(file);
                }
                Outcome::NotText(file, offset) => {
                    refused.push((file.path.clone(), offset));
                    files.push(file);
                }
            }
        }
        let mut sources = Sources::new(files, today);
        sources.diagnostics = self.diagnostics;
        let not_text: Vec<Diagnostic> =
            refused.into_iter().filter_map(|(path, offset)| sources.by_path(&path).map(|(id, _)| not_text(id, offset))).collect();
        sources.diagnostics.extend(not_text);
        sources
    }
}

/// Where an entry lies: how deep below one of the site's folders, and its name there; `None` where that is not UTF-8.
struct Place<'a> {
    depth: usize,
    name: Option<&'a str>,
}

impl Place<'_> {
    /// Why not every system can hold the name.
    fn problem(&self) -> Option<&'static str> {
        if self.depth == 0 {
            return None;
        }
        let Some(name) = self.name else { return Some("the name is not UTF-8") };
        if name.contains(|c: char| c.is_control() || "<>:\"|?*\\".contains(c)) {
            return Some("the name has characters that not every system can hold");
        }
        if name.ends_with(['.', ' ']) {
            return Some("the name ends in a dot or blank, which Windows cannot hold");
        }
        if is_reserved_on_windows(name) {
            return Some("Windows keeps this name for a device");
        }
        (name.len() > MAX_NAME).then_some("the name is longer than 200 bytes")
    }
}

fn role(path: &str) -> Role {
    let extension = Path::new(path).extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    let is_markdown = extension.is_some_and(|extension| ["md", "markdown", "mdown", "mkd"].contains(&extension.as_str()));
    match path.split('/').next() {
        Some("content") if is_markdown => Role::Content,
        Some("content") => Role::Asset,
        Some("templates") => Role::Template,
        Some(_) | None => Role::Static,
    }
}

/// Hidden files, and what editors leave while they work. `.well-known` is part of a site (RFC 8615).
fn is_passed_over(name: &str) -> bool {
    (name.starts_with('.') && name != ".well-known") || name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'))
}

/// The path below the root with `/` between its parts. Bytes that are no text are replaced; such names are refused anyway.
fn site_path(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

fn not_a_file(path: &str, kind: Kind) -> Diagnostic {
    if kind == Kind::Link {
        let finding = Diagnostic::for_path(&rules::SYMBOLIC_LINK, path, "a symbolic link; links are not followed");
        return finding.hint("put the file itself here");
    }
    Diagnostic::for_path(&rules::SPECIAL_FILE, path, "this is neither a file nor a folder")
}

enum Outcome {
    File(SourceFile),
    /// A text file with bytes that are not text, and where the first stands.
    NotText(SourceFile, usize),
    /// A file that cannot be read at all; links to it are known to lead to something.
    Unread(SourceFile, Box<Diagnostic>),
}

fn read(file: File) -> Outcome {
    let File { path, role, content } = file;
    let refuse = |rule, message| {
        let finding = Box::new(Diagnostic::for_path(rule, &path, message));
        Outcome::Unread(SourceFile { path: path.clone(), role: Role::Unreadable, bytes: Vec::new() }, finding)
    };
    let size = content.size();
    if role.is_text() && size > MAX_TEXT {
        return refuse(&rules::FILE_TOO_LARGE, format!("{size} bytes; the limit is {MAX_TEXT}"));
    }
    let bytes = match content.bytes() {
        Ok(bytes) => bytes,
        Err(error) => return refuse(&rules::UNREADABLE_FILE, format!("cannot be read: {error}")),
    };
    if role.is_text() && (bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff])) {
        return refuse(&rules::NOT_UTF8, "the file is UTF-16; save it as UTF-8".to_owned());
    }
    if let (true, Err(error)) = (role.is_text(), std::str::from_utf8(&bytes)) {
        // A copy shows what is readable around the place that is not.
        let readable = String::from_utf8_lossy(&bytes).into_owned().into_bytes();
        return Outcome::NotText(SourceFile { path, role: Role::Unreadable, bytes: readable }, error.valid_up_to());
    }
    Outcome::File(SourceFile::new(path, role, bytes).expect("was checked to be UTF-8"))
}

impl Content {
    fn size(&self) -> u64 {
        match self {
            Self::OnDisk(path) => path.symlink_metadata().map(|metadata| metadata.len()).unwrap_or_default(),
            Self::InMemory(bytes) => bytes.len() as u64,
        }
    }

    fn bytes(self) -> io::Result<Vec<u8>> {
        match self {
            Self::OnDisk(path) => std::fs::read(path),
            Self::InMemory(bytes) => Ok(bytes),
        }
    }
}

fn not_text(id: FileId, offset: usize) -> Diagnostic {
    let span = Span::new(id, offset..offset);
    Diagnostic::new(&rules::NOT_UTF8, span, "a byte that is not UTF-8").hint("save the file as UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_comes_in_pieces_of_whole_lines() {
        let log = "a line that is long enough\n".repeat(100_000);
        let mut read = Vec::new();
        let taken = pieces(&mut log.as_bytes(), |piece| {
            assert!(piece.ends_with(b"\n"));
            read.extend_from_slice(piece);
        });
        assert!(taken.is_ok() && read == log.as_bytes());
        let endless = "x".repeat(3 * LOG_PIECE + 1);
        let mut lengths = Vec::new();
        assert!(pieces(&mut endless.as_bytes(), |piece| lengths.push(piece.len())).is_ok());
        assert_eq!(lengths, [LOG_PIECE, LOG_PIECE, LOG_PIECE, 1]);
    }
}
