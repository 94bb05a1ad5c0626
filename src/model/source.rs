//! The files a build reads, and places in them.
//!
//! Text is normalised once, when it enters: line ends become `\n` and a byte order mark goes, so every later stage sees the
//! same bytes whatever editor wrote them. Lines and columns stay those of the file on disk.

use super::date::Date;
use super::diagnostic::Diagnostic;
use super::theme::THEME;

/// Everything a build depends on besides its flags.
#[derive(Debug)]
pub struct Sources {
    /// All files, sorted by path; the theme's where the site has none of that name.
    pub files: Vec<SourceFile>,
    /// How many of the files are the theme's.
    pub built_in: usize,
    /// The day the build counts as today; reviews after it are errors.
    pub today: Date,
    /// What went wrong while the files were read.
    pub diagnostics: Vec<Diagnostic>,
}

impl Sources {
    /// Sources made from files in any order. What the site does not bring, the built-in theme does.
    pub fn new(mut files: Vec<SourceFile>, today: Date) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let is_brought = |path: &str| files.binary_search_by(|file| file.path.as_str().cmp(path)).is_ok();
        let missing: Vec<SourceFile> =
            THEME.iter().filter(|(path, _)| !is_brought(path)).map(|(path, text)| theme_file(path, text)).collect();
        let built_in = missing.len();
        files.extend(missing);
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { files, built_in, today, diagnostics: Vec::new() }
    }

    /// The file behind an id.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The files of one role, with their ids, in path order.
    pub fn with_role(&self, role: Role) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().filter(move |(_, file)| file.role == role).map(|(index, file)| (FileId::new(index), file))
    }

    /// The text a span covers; empty where the file is not text.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file).text().get(span.range()).unwrap_or_default()
    }

    /// The file at a path relative to the site's root.
    pub fn by_path(&self, path: &str) -> Option<(FileId, &SourceFile)> {
        let index = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        Some((FileId::new(index), &self.files[index]))
    }
}

fn theme_file(path: &str, text: &str) -> SourceFile {
    let role = if path.starts_with("templates/") { Role::Template } else { Role::Static };
    SourceFile::new(path, role, text.as_bytes().to_vec()).expect("the theme is UTF-8")
}

/// Where the list of published addresses may lie: at the top, or out of the way.
pub const LEDGERS: [&str; 2] = ["addresses.txt", ".fieldguide/addresses.txt"];

/// What a file is for; the folder it lies in decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// `site.toml`.
    Config,
    /// A Markdown file below `content/`.
    Content,
    /// An image or other file beside a guide in `content/`.
    Asset,
    /// A Tera template below `templates/`.
    Template,
    /// A file below `static/`, copied as it is.
    Static,
    /// The list of every address that was ever published, one of [`LEDGERS`].
    Ledger,
    /// A file that cannot be read, or text with bytes that are not UTF-8: known and told, otherwise empty.
    Unreadable,
}

impl Role {
    /// Whether files of this role are read as text.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Config | Self::Content | Self::Template | Self::Ledger | Self::Unreadable)
    }
}

/// One file, read once.
#[derive(Debug)]
pub struct SourceFile {
    /// Path relative to the site's root, with `/` between its parts.
    pub path: String,
    /// What the file is for.
    pub role: Role,
    /// The content: of a text file valid UTF-8 with `\n` line ends, otherwise as on disk.
    pub bytes: Vec<u8>,
}

impl SourceFile {
    /// A file whose bytes need no normalising (assets) or are normalised here (text).
    ///
    /// # Errors
    /// The offset of the first byte that is not UTF-8, for a role that is text.
    pub fn new(path: impl Into<String>, role: Role, bytes: Vec<u8>) -> Result<Self, usize> {
        let bytes = if role.is_text() { normalise(bytes)? } else { bytes };
        Ok(Self { path: path.into(), role, bytes })
    }

    /// The text of a file; empty for one that is not text.
    pub fn text(&self) -> &str {
        if self.role.is_text() { std::str::from_utf8(&self.bytes).unwrap_or_default() } else { "" }
    }

    /// Line and column of a byte offset, both from 1; the column counts characters.
    pub fn line_column(&self, offset: u32) -> (usize, usize) {
        let text = self.text();
        let mut end = (offset as usize).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &text[..end];
        let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        (line, before[start..].chars().count() + 1)
    }
}

/// Drops a byte order mark and turns every line end into `\n`.
fn normalise(bytes: Vec<u8>) -> Result<Vec<u8>, usize> {
    let text = String::from_utf8(bytes).map_err(|error| error.utf8_error().valid_up_to())?;
    let stripped = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if stripped.contains('\r') {
        return Ok(stripped.replace("\r\n", "\n").replace('\r', "\n").into_bytes());
    }
    Ok(if stripped.len() == text.len() { text.into_bytes() } else { stripped.as_bytes().to_vec() })
}

/// The number of a file in [`Sources::files`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

impl FileId {
    /// The id of the file at an index.
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("fewer than 2^32 files"))
    }
}

/// A range of bytes in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets; files are far smaller than 4 GiB.
    pub fn new(file: FileId, range: std::ops::Range<usize>) -> Self {
        let offset = |at: usize| u32::try_from(at).expect("files are smaller than 4 GiB");
        Self { file, start: offset(range.start), end: offset(range.end) }
    }

    /// The span as a range for slicing text.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether another span of the same file lies inside this one.
    pub fn contains(self, other: Self) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }
}

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value with its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], offset: u32, expected: (usize, usize)) {
        let file = SourceFile::new("content/a.md", Role::Content, bytes.to_vec()).expect("is UTF-8");
        assert_eq!(file.line_column(offset), expected);
    }

    #[test]
    fn columns_count_characters() {
        check("é = ü\nx".as_bytes(), 3, (1, 3));
    }

    #[test]
    fn line_ends_of_any_kind_count_once() {
        check(b"a\r\nb\rc", 4, (3, 1));
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        check(b"\xef\xbb\xbfab", 1, (1, 2));
    }

    #[test]
    fn bytes_that_are_not_text_are_refused_with_their_place() {
        let refused = SourceFile::new("content/a.md", Role::Content, b"ok\n\xff".to_vec());
        assert_eq!(refused.err(), Some(3));
    }
}
