//! What the tests share: the small site of `tests/site`, edits to it, builds in memory and on disk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, OnceLock};

use fieldguide::model::date::parse_date;
use fieldguide::model::diagnostic::Diagnostic;
use fieldguide::model::output::{OutputFile, Sink};
use fieldguide::model::source::{Role, SourceFile, Sources};
use fieldguide::{Options, Outcome};

/// The day on which all tests take place.
pub const TODAY: &str = "2026-11-24";

/// The folder of the project.
pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Files of a site by path; a test edits them and builds.
#[derive(Clone)]
pub struct TestSite {
    pub files: BTreeMap<String, Vec<u8>>,
}

impl TestSite {
    /// The site of `tests/site` with the project's own templates and theme.
    pub fn small() -> Self {
        let mut files = BTreeMap::new();
        read_below(&project().join("tests/site"), "", &mut files);
        for folder in ["templates", "static"] {
            read_below(&project().join(folder), &format!("{folder}/"), &mut files);
        }
        Self { files }
    }

    /// The project's own site.
    pub fn own() -> Self {
        let mut files = BTreeMap::new();
        files.insert("site.toml".to_owned(), std::fs::read(project().join("site.toml")).unwrap());
        for folder in ["content", "templates", "static"] {
            read_below(&project().join(folder), &format!("{folder}/"), &mut files);
        }
        Self { files }
    }

    /// Replaces the one place where `find` stands in a file.
    pub fn edit(&mut self, file: &str, find: &str, replace: &str) {
        let text = String::from_utf8(self.files[file].clone()).unwrap();
        assert_eq!(text.matches(find).count(), 1, "{find:?} must stand once in {file}");
        self.files.insert(file.to_owned(), text.replacen(find, replace, 1).into_bytes());
    }

    /// Writes a file of the site.
    pub fn put(&mut self, file: &str, text: &str) {
        self.files.insert(file.to_owned(), text.as_bytes().to_vec());
    }

    /// Lets a rule pass that the test breaks on its way to something else.
    pub fn allow(&mut self, rule: &str) {
        self.edit("site.toml", "[facts.signal]", &format!("[lints]\n{rule} = \"allow\"\n\n[facts.signal]"));
    }

    /// The files as a build reads them.
    pub fn sources(&self) -> Sources {
        let files =
            self.files.iter().map(|(path, bytes)| SourceFile::new(path, role(path), bytes.clone()).expect("text is UTF-8"));
        Sources::new(files.collect(), parse_date(TODAY).unwrap())
    }

    /// Builds in memory.
    pub fn build(&self) -> Built {
        self.build_with(&Options::default())
    }

    /// Looks for findings only, which is faster.
    pub fn check(&self) -> Built {
        self.build_with(&Options { is_check: true, ..Options::default() })
    }

    fn build_with(&self, options: &Options) -> Built {
        let sources = self.sources();
        let sink = MapSink::default();
        let outcome = fieldguide::build(&sources, options, &sink);
        Built { outcome, sources, files: sink.files.into_inner().unwrap() }
    }

    /// Lays the site out in a folder.
    pub fn write_to(&self, folder: &Path) {
        for (path, bytes) in &self.files {
            let full = folder.join(path);
            std::fs::create_dir_all(full.parent().unwrap()).unwrap();
            std::fs::write(full, bytes).unwrap();
        }
    }

    /// Lays the site out in a temporary folder.
    pub fn on_disk(&self) -> DiskSite {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap().join("site");
        self.write_to(&root);
        DiskSite { _folder: folder, root }
    }
}

/// A page without the one script that lookup brings.
pub fn without_lookup_script(html: &str) -> String {
    let script = regex::Regex::new(r#"<script defer src="[./a-z]*lookup/box\.[0-9a-f]{10}\.js"></script>"#).unwrap();
    script.replace(html, "").into_owned()
}

/// Compares a text with a file below `tests/golden`. `UPDATE=1` rewrites the file; read the difference.
pub fn golden(path: &str, text: &str) {
    up_to_date(&format!("tests/golden/{path}"), text);
}

/// Compares a text with a committed file of the project that is made from it. `UPDATE=1` rewrites the file.
pub fn up_to_date(path: &str, text: &str) {
    let file = project().join(path);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, text).unwrap();
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(text == expected, "{path} differs from what is made now; UPDATE=1 rewrites it:\n{text}");
}

/// A page without its structured data, which is no script: browsers run nothing of that type. It must be JSON in which nothing can
/// close the element.
pub fn without_structured_data(html: &str) -> String {
    let data = regex::Regex::new(r#"<script type="application/ld\+json">([^<>&]*)</script>"#).unwrap();
    for found in data.captures_iter(html) {
        serde_json::from_str::<serde_json::Value>(&found[1]).unwrap();
    }
    assert!(data.find_iter(html).count() <= 1, "one graph a page");
    data.replace(html, "").into_owned()
}

/// A page without the one script it may load, a file of the site, and how often that stood there.
pub fn without_theme_script(html: &str) -> (String, usize) {
    let script = regex::Regex::new(r#"<script defer src="[./]+theme\.[0-9a-f]{10}\.js"></script>"#).unwrap();
    (script.replace_all(html, "").into_owned(), script.find_iter(html).count())
}

/// An element of an XML document.
#[derive(Debug, Default)]
pub struct Element {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    /// The text between its tags, without that of its children.
    pub text: String,
    pub children: Vec<Self>,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// The children of a name.
    pub fn all(&self, name: &str) -> Vec<&Self> {
        self.children.iter().filter(|child| child.name == name).collect()
    }

    /// The one child of a name.
    pub fn one(&self, name: &str) -> &Self {
        let all = self.all(name);
        assert_eq!(all.len(), 1, "`{name}` must stand once in `{}`", self.name);
        all[0]
    }
}

/// The root of an XML document, which must be well-formed.
pub fn xml(document: &str) -> Element {
    use quick_xml::events::Event;
    let is_char = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    assert!(document.starts_with("<?xml ") && document.chars().all(is_char), "{document}");
    let mut reader = quick_xml::Reader::from_str(document);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => open.push(element(&start)),
            Event::Empty(start) => open.last_mut().unwrap().children.push(element(&start)),
            Event::End(_) => {
                let closed = open.pop().unwrap();
                let parent = open.last_mut().unwrap();
                parent.children.push(Element { text: closed.text.trim().to_owned(), ..closed });
            }
            Event::Text(text) => open.last_mut().unwrap().text.push_str(&text),
            Event::GeneralRef(name) => {
                let reference = format!("&{};", &*name);
                open.last_mut().unwrap().text.push_str(&quick_xml::escape::unescape(&reference).unwrap());
            }
            Event::Eof => break,
            Event::Decl(_) => {}
            other => panic!("{other:?} is not expected"),
        }
    }
    assert_eq!((open.len(), open[0].children.len()), (1, 1), "one root, and everything closed");
    open.remove(0).children.remove(0)
}

fn element(start: &quick_xml::events::BytesStart<'_>) -> Element {
    let attributes = start.attributes().map(|attribute| {
        let attribute = attribute.unwrap();
        let value = quick_xml::escape::unescape(&attribute.value).unwrap().into_owned();
        (attribute.key.as_ref().to_owned(), value)
    });
    Element { name: start.name().as_ref().to_owned(), attributes: attributes.collect(), ..Element::default() }
}

/// Lays the files of a folder over a site.
pub fn overlay(folder: &Path, site: &mut TestSite) {
    if folder.is_dir() {
        read_below(folder, "", &mut site.files);
    }
}

fn role(path: &str) -> Role {
    match path.split('/').next() {
        Some("site.toml") => Role::Config,
        Some("content") if [".md", ".markdown"].iter().any(|end| path.to_lowercase().ends_with(end)) => Role::Content,
        Some("content") => Role::Asset,
        Some("addresses.txt" | ".fieldguide") => Role::Ledger,
        Some("templates") => Role::Template,
        Some(_) | None => Role::Static,
    }
}

fn read_below(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            read_below(&entry.path(), &format!("{prefix}{name}/"), files);
        } else if !name.starts_with('.') {
            files.insert(format!("{prefix}{name}"), std::fs::read(entry.path()).unwrap());
        }
    }
}

#[derive(Default)]
struct MapSink {
    files: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl Sink for MapSink {
    fn take(&self, file: OutputFile) {
        let previous = self.files.lock().unwrap().insert(file.path.as_str().to_owned(), file.bytes);
        assert!(previous.is_none(), "{} was made twice", file.path);
    }
}

/// What the project's own site gives, built once for all tests that look at it.
pub fn own_built() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| TestSite::own().build())
}

/// What a build in memory gave.
pub struct Built {
    pub outcome: Outcome,
    pub sources: Sources,
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Built {
    /// The findings as `rule path:line:column`.
    pub fn findings(&self) -> Vec<String> {
        self.outcome.diagnostics.iter().map(|finding| short(finding, &self.sources)).collect()
    }

    /// The text of a page, after making sure that there is nothing to tell.
    pub fn page(&self, path: &str) -> &str {
        assert_eq!(self.findings(), Vec::<String>::new());
        let bytes = self.files.get(path).unwrap_or_else(|| panic!("no file {path}"));
        std::str::from_utf8(bytes).unwrap()
    }
}

fn short(finding: &Diagnostic, sources: &Sources) -> String {
    let (path, line, column) = finding.location(sources);
    format!("{} {path}:{line}:{column}", finding.rule.name)
}

/// A site in a temporary folder.
pub struct DiskSite {
    _folder: tempfile::TempDir,
    pub root: PathBuf,
}

impl DiskSite {
    /// Runs the command in the site's folder.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// The command, ready to run in the site's folder.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fieldguide"));
        command.current_dir(&self.root).args(arguments);
        command
    }

    /// Removes the sources and leaves what is published.
    pub fn clear_sources(&self) {
        for folder in ["content", "templates", "static"].map(|folder| self.root.join(folder)) {
            if folder.is_dir() {
                std::fs::remove_dir_all(folder).unwrap();
            }
        }
        for ledger in ["addresses.txt", ".fieldguide/addresses.txt"].map(|path| self.root.join(path)) {
            if ledger.is_file() {
                std::fs::remove_file(ledger).unwrap();
            }
        }
    }

    /// Builds and expects success.
    pub fn build(&self, arguments: &[&str]) {
        let arguments: Vec<&str> = ["build", "--today", TODAY].iter().chain(arguments).copied().collect();
        let output = self.run(&arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// Every file below a folder of the site, with its bytes.
    pub fn tree(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        tree_below(&self.root.join(folder), "", &mut files);
        files
    }
}

/// As [`read_below`], with hidden files.
fn tree_below(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            tree_below(&entry.path(), &format!("{path}/"), files);
        } else {
            let is_link = entry.file_type().unwrap().is_symlink();
            let bytes = if is_link {
                std::fs::read_link(entry.path()).unwrap().into_os_string().into_encoded_bytes()
            } else {
                std::fs::read(entry.path()).unwrap()
            };
            files.insert(path, bytes);
        }
    }
}
