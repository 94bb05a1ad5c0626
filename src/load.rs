//! Load: walks the folders of a site and reads every file once. The only place that reads. The door to walkdir.
//!
//! Links are not followed: a guide is what lies in the folder, so nothing outside it can be published by accident. Hidden files
//! and editors' temporary files are not part of a site and are passed over.
#![expect(clippy::disallowed_methods, reason = "this is the room that reads")]

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::model::date::Date;
use crate::model::diagnostic::Diagnostic;
use crate::model::rules;
use crate::model::source::{FileId, Role, SourceFile, Sources, Span};
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

/// Reads the site in a folder.
///
/// # Errors
/// Only where the folder itself cannot be read; any other file that cannot be read is a finding.
pub fn load(root: &Path, today: Date) -> Result<Sources, LoadError> {
    std::fs::read_dir(root).map_err(|source| LoadError { path: root.to_owned(), source })?;
    let mut found = Found::default();
    found.config(root);
    for (folder, is_required) in [("content", true), ("templates", true), ("static", false)] {
        found.folder(root, folder, is_required);
    }
    found.entries.sort_by(|a, b| a.path.cmp(&b.path));
    let read: Vec<_> = found.entries.par_iter().map(read).collect();
    let mut files = Vec::with_capacity(read.len());
    let mut refused = Vec::new();
    for outcome in read {
        match outcome {
            Outcome::File(file) => files.push(file),
            Outcome::Unread(file, finding) => {
                found.diagnostics.push(*finding);
                files.push(file);
            }
            Outcome::NotText(file, offset) => {
                refused.push((files.len(), offset));
                files.push(file);
            }
        }
    }
    let mut sources = Sources::new(files, today);
    sources.diagnostics = found.diagnostics;
    sources.diagnostics.extend(refused.into_iter().map(|(index, offset)| not_text(index, offset)));
    Ok(sources)
}

/// The bytes of one file as they lie on disk, line ends and all.
///
/// # Errors
/// What the file system says.
pub fn bytes(root: &Path, path: &str) -> io::Result<Vec<u8>> {
    std::fs::read(root.join(path))
}

struct Entry {
    /// Relative to the site's root, with `/`.
    path: String,
    full: PathBuf,
    role: Role,
}

#[derive(Default)]
struct Found {
    entries: Vec<Entry>,
    diagnostics: Vec<Diagnostic>,
}

impl Found {
    fn config(&mut self, root: &Path) {
        let full = root.join("site.toml");
        match full.symlink_metadata() {
            Ok(metadata) if metadata.is_file() => {
                self.entries.push(Entry { path: "site.toml".to_owned(), full, role: Role::Config });
            }
            Ok(metadata) => self.diagnostics.push(not_a_file("site.toml", metadata.file_type())),
            Err(_) => {
                let finding = Diagnostic::for_path(&rules::MISSING_FILE, "site.toml", "this folder has no site.toml");
                self.diagnostics.push(finding.hint("run fieldguide in the folder of a site, or name it with --root"));
            }
        }
    }

    fn folder(&mut self, root: &Path, folder: &str, is_required: bool) {
        let full = root.join(folder);
        match full.symlink_metadata() {
            Ok(metadata) if metadata.is_dir() => self.walk(root, &full),
            Ok(metadata) => self.diagnostics.push(not_a_file(folder, metadata.file_type())),
            Err(error) if error.kind() == io::ErrorKind::NotFound && !is_required => {}
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                self.diagnostics.push(Diagnostic::for_path(&rules::UNREADABLE_FILE, folder, format!("cannot be read: {error}")));
            }
            Err(_) => {
                self.diagnostics.push(Diagnostic::for_path(
                    &rules::MISSING_FILE,
                    folder,
                    format!("this site has no folder {folder}/"),
                ));
            }
        }
    }

    fn walk(&mut self, root: &Path, folder: &Path) {
        let entries = WalkDir::new(folder).follow_links(false).sort_by_file_name().max_depth(MAX_DEPTH + 1).into_iter();
        for entry in entries.filter_entry(|entry| entry.depth() == 0 || !is_passed_over(entry)) {
            match entry {
                Ok(entry) => self.entry(root, &entry),
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

    fn entry(&mut self, root: &Path, entry: &DirEntry) {
        let path = site_path(root, entry.path());
        if entry.depth() > 0 {
            if let Some(problem) = name_problem(entry) {
                let finding = Diagnostic::for_path(&rules::UNPORTABLE_NAME, path, problem.to_string());
                self.diagnostics.push(finding.hint("rename it: every system that builds the site must be able to hold it"));
                return;
            }
            if entry.depth() > MAX_DEPTH {
                let message = format!("folders are nested more than {MAX_DEPTH} deep");
                self.diagnostics.push(Diagnostic::for_path(&rules::UNPORTABLE_NAME, path, message));
                return;
            }
        }
        let kind = entry.file_type();
        if kind.is_file() {
            let role = role(&path);
            self.entries.push(Entry { path, full: entry.path().to_owned(), role });
        } else if !kind.is_dir() {
            self.diagnostics.push(not_a_file(&path, kind));
        }
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
fn is_passed_over(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    (name.starts_with('.') && name != ".well-known") || name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'))
}

fn name_problem(entry: &DirEntry) -> Option<&'static str> {
    let Some(name) = entry.file_name().to_str() else { return Some("the name is not UTF-8") };
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

/// The path below the root with `/` between its parts. Bytes that are no text are replaced; such names are refused anyway.
fn site_path(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

fn not_a_file(path: &str, kind: std::fs::FileType) -> Diagnostic {
    if kind.is_symlink() {
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

fn read(entry: &Entry) -> Outcome {
    let refuse = |rule, message| {
        let finding = Box::new(Diagnostic::for_path(rule, &entry.path, message));
        Outcome::Unread(SourceFile { path: entry.path.clone(), role: Role::Unreadable, bytes: Vec::new() }, finding)
    };
    let size = entry.full.symlink_metadata().map(|metadata| metadata.len()).unwrap_or_default();
    if entry.role.is_text() && size > MAX_TEXT {
        return refuse(&rules::FILE_TOO_LARGE, format!("{size} bytes; the limit is {MAX_TEXT}"));
    }
    let bytes = match std::fs::read(&entry.full) {
        Ok(bytes) => bytes,
        Err(error) => return refuse(&rules::UNREADABLE_FILE, format!("cannot be read: {error}")),
    };
    if entry.role.is_text() && (bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff])) {
        return refuse(&rules::NOT_UTF8, "the file is UTF-16; save it as UTF-8".to_owned());
    }
    if let (true, Err(error)) = (entry.role.is_text(), std::str::from_utf8(&bytes)) {
        // A copy shows what is readable around the place that is not.
        let readable = String::from_utf8_lossy(&bytes).into_owned().into_bytes();
        let file = SourceFile { path: entry.path.clone(), role: Role::Unreadable, bytes: readable };
        return Outcome::NotText(file, error.valid_up_to());
    }
    Outcome::File(SourceFile::new(entry.path.clone(), entry.role, bytes).expect("was checked to be UTF-8"))
}

fn not_text(index: usize, offset: usize) -> Diagnostic {
    let span = Span::new(FileId::new(index), offset..offset);
    Diagnostic::new(&rules::NOT_UTF8, span, "a byte that is not UTF-8").hint("save the file as UTF-8")
}
