//! What a change means for readers: two revisions in a git repository, and the whole table that tells them apart.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::support::{TODAY, TestSite, project};

/// A repository in a temporary folder, with a site in it.
struct Repository {
    _folder: tempfile::TempDir,
    root: PathBuf,
    /// What leads to the site.
    place: &'static str,
}

impl Repository {
    /// A repository whose branch `main` holds a site.
    fn of(site: &TestSite, place: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap().join("repository");
        std::fs::create_dir_all(root.join(place)).unwrap();
        let repository = Self { _folder: folder, root, place };
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.commit(site);
        repository
    }

    /// Git as on a machine where nobody has set anything.
    fn git(&self, arguments: &[&str]) -> String {
        let mut git = Command::new("git");
        git.current_dir(&self.root).args(["-c", "user.name=A", "-c", "user.email=a@example.org"]).args(arguments);
        git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
        let output = git.output().expect("git is needed for this test");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Commits a site instead of what was there.
    fn commit(&self, site: &TestSite) {
        let folder = self.root.join(self.place);
        for path in ["site.toml", "content", "templates", "static"].map(|path| folder.join(path)) {
            if path.is_dir() {
                std::fs::remove_dir_all(path).unwrap();
            } else if path.exists() {
                std::fs::remove_file(path).unwrap();
            }
        }
        site.write_to(&folder);
        self.commit_all();
    }

    fn commit_all(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", "change"]);
    }

    fn impact(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fieldguide"));
        command.current_dir(self.root.join(self.place)).args(["impact", "--today", TODAY]).args(arguments);
        command.output().unwrap()
    }

    /// Expects a table and an exit code, and nothing on stderr.
    fn check(&self, code: i32, expected: &str) {
        let output = self.impact(&["main", "change"]);
        assert_eq!(text(&output.stdout), expected);
        assert_eq!((text(&output.stderr).as_str(), output.status.code()), ("", Some(code)));
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_slice(&self.impact(&[arguments, &["--format", "json"]].concat()).stdout).unwrap()
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The small site on `main`, and a changed one on `change`.
fn change(site: &TestSite, place: &'static str) -> Repository {
    let repository = Repository::of(&TestSite::small(), place);
    repository.git(&["switch", "--quiet", "--create", "change"]);
    repository.commit(site);
    repository
}

fn rename(site: &mut TestSite, from: &str, to: &str) {
    let bytes = site.files.remove(from).unwrap();
    site.files.insert(to.to_owned(), bytes);
}

/// A site that renames a playbook, takes a message from one guide to another, and compares two more errors.
fn edited() -> TestSite {
    let mut site = TestSite::small();
    rename(&mut site, "content/playbooks/outage.md", "content/playbooks/incident.md");
    site.edit("content/errors/http/503.md", "'HTTP/[0-9.]+ 503\\b'", "'HTTP/2[0-9.]* 503\\b'");
    site.edit("content/errors/http/503.md", "\"HTTP/1.1 503 Service Unavailable\"", "\"HTTP/2 503\"");
    site.edit("content/errors/http/429.md", "'HTTP/[0-9.]+ 429\\b'", "'HTTP/[0-9.]+ 429\\b|HTTP/1.1 503|rate limit'");
    let samples = "    samples:\n      - \"rate limit reached\"\n      - \"HTTP/1.1 503 Service Unavailable\"\n";
    site.edit("content/errors/http/429.md", "    samples:\n", samples);
    let compare =
        text(&site.files["content/compare/429-vs-503.md"]).replace("http:429", "acme:ACME1001").replace("429", "ACME1001");
    site.put("content/compare/acme1001-vs-503.md", &compare);
    site
}

const CHANGES: &str = "\
| added | `/compare/acme1001-vs-503/` | ACME1001 Acme is down vs 503 Service Unavailable |
| renamed | `/playbooks/incident/` | Outage; before `/playbooks/outage/` |
| changed | `/errors/http/429/` | messages it recognises |
| changed | `/errors/http/503/` | messages it recognises |
| lookup | `rate limit reached` | leads to `http:429`, before to nothing |
| lookup | `HTTP/1.1 503 Service Unavailable` | leads to `http:429`, before to `http:503` |
| decision support | `/errors/acme/acme1001/` | gains `compare:acme1001-vs-503` |
| decision support | `/errors/http/503/` | gains `compare:acme1001-vs-503` |
";

#[test]
fn a_change_is_told_in_full_and_a_renamed_page_needs_an_alias() {
    let head = "| What | Where | For readers |\n| --- | --- | --- |\n";
    let others = "| other pages |  | 9 pages change only because something else does |\n";
    let error = "| **error** | `/playbooks/outage/` | leads nowhere now: add `aliases: [/playbooks/outage/]` to \
                 `content/playbooks/incident.md` |\n";
    change(&edited(), "").check(1, &format!("{head}{error}{CHANGES}{others}"));
    let mut site = edited();
    site.edit("content/playbooks/incident.md", "severity: high", "severity: high\naliases: [/playbooks/outage/]");
    change(&site, "").check(0, &format!("{head}{CHANGES}{others}"));
    // A site in a folder of its repository is compared alone.
    let repository = change(&site, "docs/site");
    std::fs::write(repository.root.join("site.toml"), "no site").unwrap();
    repository.commit_all();
    repository.check(0, &format!("{head}{CHANGES}{others}"));
}

#[test]
fn json_has_everything() {
    let impact = change(&edited(), "").json(&["main", "change"]);
    let expected = json!([{ "address": "/playbooks/outage/", "is_error": true, "add_to": "content/playbooks/incident.md" }]);
    assert_eq!(impact["redirects_missing"], expected);
    assert_eq!(impact["renamed"], json!([{ "address": "/playbooks/incident/", "was": "/playbooks/outage/", "title": "Outage" }]));
    let lookups = json!([
        { "kind": "message", "text": "HTTP/1.1 503 Service Unavailable", "before": ["http:503"], "after": ["http:429"] },
        { "kind": "message", "text": "rate limit reached", "before": [], "after": ["http:429"] },
    ]);
    assert_eq!(impact["lookups"], lookups);
    assert_eq!(impact["decision_support"][1]["gained"], json!([{ "kind": "compare", "guide": "compare:acme1001-vs-503" }]));
    assert_eq!(impact["changed_through_others"].as_array().unwrap().len(), 9);
    let docs = std::fs::read_to_string(project().join("docs/reports.md")).unwrap();
    let (_, section) = docs.split_once("\n## impact\n").unwrap();
    for key in impact.as_object().unwrap().keys() {
        assert!(section.contains(&format!("`{key}`")), "docs/reports.md says nothing of `{key}`");
    }
}

#[test]
fn nothing_changes_for_readers_who_see_no_difference() {
    let mut site = TestSite::small();
    site.edit("content/errors/http/503.md", "category: availability", "# A note for writers.\ncategory: 'availability'");
    site.put("content/errors/http/.notes.md", "hidden");
    change(&site, "").check(0, "Nothing changes for readers.\n");
}

#[test]
fn the_revision_that_is_checked_out_is_the_default_and_the_work_tree_stays() {
    let repository = change(&edited(), "");
    let index = std::fs::read(repository.root.join(".git/index")).unwrap();
    std::fs::write(repository.root.join("content/errors/http/429.md"), "half written").unwrap();
    let (default, named) = (repository.impact(&["main"]), repository.impact(&["main", "change"]));
    assert_eq!((&default.stdout, default.status.code()), (&named.stdout, Some(1)));
    assert_eq!(std::fs::read_to_string(repository.root.join("content/errors/http/429.md")).unwrap(), "half written");
    assert_eq!(std::fs::read(repository.root.join(".git/index")).unwrap(), index);
    assert_eq!(repository.git(&["status", "--porcelain"]), " M content/errors/http/429.md\n");
}

#[test]
fn what_the_base_got_since_is_no_part_of_the_change() {
    let repository = change(&edited(), "");
    let before = repository.impact(&["main", "change"]);
    repository.git(&["switch", "--quiet", "main"]);
    let mut site = TestSite::small();
    site.edit("content/errors/acme/acme1001.md", "There is no server.", "No server is there.");
    repository.commit(&site);
    let after = repository.impact(&["main", "change"]);
    assert_eq!(text(&after.stdout), text(&before.stdout));
    assert!(text(&after.stderr).ends_with(", where main and change parted\n"), "{}", text(&after.stderr));
}

#[test]
fn a_code_that_moves_takes_messages_links_and_short_addresses_with_it() {
    let mut site = TestSite::small();
    rename(&mut site, "content/errors/acme/acme1001.md", "content/errors/acme/acme1002.md");
    let guide = text(&site.files["content/errors/acme/acme1002.md"]).replace("ACME1001", "ACME1002");
    site.put("content/errors/acme/acme1002.md", &guide.replace("same_as:", "aliases: [/errors/acme/acme1001/]\nsame_as:"));
    site.edit("content/errors/http/503.md", "acme:ACME1001", "acme:ACME1002");
    change(&site, "").check(
        0,
        "| What | Where | For readers |\n| --- | --- | --- |\n\
         | renamed | `/errors/acme/acme1002/` | ACME1002: Acme is down; before `/errors/acme/acme1001/` |\n\
         | changed | `/errors/acme/acme1002/` | title, messages it recognises |\n\
         | changed | `/errors/http/503/` | related guides |\n\
         | lookup | the code `ACME1002`, `ACME1002: no server at acme.example` | leads to `acme:ACME1002`, before to nothing |\n\
         | lookup | the code `ACME1001`, `ACME1001: no server at acme.example` | leads to nothing, before to `acme:ACME1001` |\n\
         | redirect gone | `/e/acme/acme1001/` | to keep it, add `aliases: [/e/acme/acme1001/]` to `content/errors/acme/acme1002.md` |\n\
         | other pages |  | 4 pages change only because something else does |\n",
    );
}

#[test]
fn pages_aliases_and_tags_that_go_are_errors_with_or_without_a_successor() {
    let mut base = TestSite::small();
    base.edit("content/errors/http/429.md", "tags: [http, retries]", "tags: [http]\naliases: [/old/]");
    let repository = Repository::of(&base, "");
    repository.git(&["switch", "--quiet", "--create", "change"]);
    let mut site = TestSite::small();
    site.edit("content/errors/http/429.md", "tags: [http, retries]", "tags: [http]");
    site.edit("content/errors/http/503.md", "tags: [http, retries]", "tags: [http]");
    site.files.remove("content/playbooks/outage.md");
    repository.commit(&site);
    repository.check(
        1,
        "| What | Where | For readers |\n| --- | --- | --- |\n\
         | **error** | `/playbooks/outage/` | leads nowhere now: add `aliases: [/playbooks/outage/]` to the guide to read instead |\n\
         | **error** | `/tags/retries/` | leads nowhere now: add `aliases: [/tags/retries/]` to the guide to read instead |\n\
         | **error** | `/old/` | leads nowhere now: add `aliases: [/old/]` to `content/errors/http/429.md` |\n\
         | removed | `/playbooks/outage/` | Outage |\n\
         | removed | `/tags/retries/` | Retries |\n\
         | changed | `/errors/http/429/` | front matter |\n\
         | changed | `/errors/http/503/` | tags |\n\
         | decision support | `/errors/http/429/` | loses `playbook:outage` |\n\
         | decision support | `/errors/http/503/` | loses `playbook:outage` |\n\
         | other pages |  | 5 pages change only because something else does |\n",
    );
    // A page of the site's own at the old address is as good.
    site.edit("content/errors/http/429.md", "tags: [http]", "tags: [http]\naliases: [/old/, /tags/retries/]");
    site.put("static/playbooks/outage/index.html", "<!doctype html><title>moved</title>");
    repository.commit(&site);
    let output = repository.impact(&["main"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    assert!(text(&output.stdout).contains("| removed | `/tags/retries/` | Retries; leads to `/errors/http/429/` |"));
}

#[test]
fn a_head_with_errors_is_told_and_what_is_broken_is_not_called_gone() {
    let mut site = TestSite::small();
    site.edit("content/errors/http/503.md", "category: availability\n", "");
    site.edit("content/errors/http/429.md", "[the loop](#cause-a-loop)", "[the loop](#cause-a|loop)");
    site.edit("content/errors/acme/acme1001.md", "Nothing listens.", "Nothing listens on it.");
    change(&site, "").check(
        1,
        "| What | Where | For readers |\n| --- | --- | --- |\n\
         | **error** | `content/errors/http/429.md:34:35` | nothing on this page is called `#cause-a\\|loop` (unknown-fragment) |\n\
         | **error** | `content/errors/http/503.md:1:1` | front matter has no `category` (missing-key) |\n\
         | changed | `/errors/acme/acme1001/` | Causes |\n\
         | changed | `/errors/http/429/` | Fix |\n",
    );
}

#[test]
fn errors_that_were_there_before_are_told_as_such() {
    let mut site = TestSite::small();
    site.edit("content/errors/http/503.md", "category: availability", "category: nowhere");
    let repository = Repository::of(&site, "");
    repository.git(&["switch", "--quiet", "--create", "change"]);
    site.edit("content/errors/http/503.md", "description: The", "# moves what follows\ndescription: The");
    site.edit("content/errors/http/429.md", "[the loop](#cause-a-loop)", "the loop");
    repository.commit(&site);
    let output = repository.impact(&["main"]);
    assert_eq!(output.status.code(), Some(1));
    let impact = repository.json(&["main"]);
    assert_eq!(impact["errors"].as_array().unwrap().iter().map(|error| &error["is_new"]).collect::<Vec<_>>(), [false]);
    assert_eq!(impact["new_warnings"][0]["rule"], "cause-without-fix");
    assert!(text(&output.stdout).contains("; not new) |"), "{}", text(&output.stdout));
    assert!(text(&output.stdout).ends_with("| warnings |  | 1 warning new; `fieldguide check` tells them |\n"));
    assert!(text(&output.stderr).contains("1 error at main"), "{}", text(&output.stderr));
}

#[test]
fn everything_is_new_where_there_was_no_site() {
    let repository = Repository::of(&TestSite { files: std::collections::BTreeMap::new() }, "docs");
    repository.git(&["switch", "--quiet", "--create", "change"]);
    repository.commit(&TestSite::small());
    let output = repository.impact(&["main"]);
    assert_eq!((text(&output.stderr).as_str(), output.status.code()), ("no site at main; everything is new\n", Some(0)));
    let table = text(&output.stdout);
    assert_eq!(table.matches("| added |").count(), 10, "{table}");
    let output = repository.impact(&["change", "main"]);
    assert_eq!((output.status.code(), output.stdout), (Some(2), Vec::new()));
    assert!(text(&output.stderr).starts_with("error: no site at main\n"), "{}", text(&output.stderr));
}

#[test]
fn revisions_and_repositories_that_are_not_there_are_told() {
    let repository = Repository::of(&TestSite::small(), "");
    for revision in ["mian", "main:content", "--upload-pack=x", ""] {
        let output = repository.impact(&["--", revision]);
        assert_eq!((output.status.code(), output.stdout), (Some(2), Vec::new()), "{revision}");
        assert!(
            text(&output.stderr).starts_with(&format!("error: no revision is called `{revision}`")),
            "{}",
            text(&output.stderr)
        );
    }
    let disk = TestSite::small().on_disk();
    let output = disk.command(&["impact", "main"]).env("GIT_CEILING_DIRECTORIES", &disk.root).output().unwrap();
    assert_eq!((output.status.code(), output.stdout), (Some(2), Vec::new()));
    assert!(text(&output.stderr).starts_with("error: not a git repository"), "{}", text(&output.stderr));
    let output = disk.command(&["impact", "main"]).env("PATH", "").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("error: git cannot be run"), "{}", text(&output.stderr));
}

/// Puts files into a site's folder that are not what they seem.
fn odd_files(root: &Path) {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    symlink("../../site.toml", root.join("content/errors/link.md")).unwrap();
    symlink("errors", root.join("content/folder")).unwrap();
    let deep = "a/".repeat(26);
    std::fs::create_dir_all(root.join("static").join(&deep)).unwrap();
    std::fs::create_dir_all(root.join("static/con.d")).unwrap();
    let latin = Path::new("static").join(std::ffi::OsStr::from_bytes(b"caf\xe9.txt"));
    for path in [
        "content/pages/tab\there.md",
        "content/pages/a:b.md",
        "content/pages/end.md.",
        "content/pages/\u{e9} \"x\".md",
        "static/con.d/a.txt",
    ] {
        std::fs::write(root.join(path), "x").unwrap();
    }
    for path in ["content/errors/.503.md.swp", "content/503.md~", "content/#503.md#", "static/.env"] {
        std::fs::write(root.join(path), "x").unwrap();
    }
    std::fs::write(root.join(latin), "x").unwrap();
    std::fs::write(root.join("static").join(deep).join("a.txt"), "x").unwrap();
    std::fs::write(root.join("content/pages/latin.md"), b"---\ntitle: a\n---\ncaf\xe9\n").unwrap();
    std::fs::write(root.join("content/pages/wide.md"), b"\xff\xfe-\0-\0-\0").unwrap();
    std::fs::write(root.join("content/pages/large.md"), vec![b'x'; 8 * 1024 * 1024 + 1]).unwrap();
}

#[test]
fn files_from_git_are_read_and_refused_as_those_on_disk() {
    let repository = Repository::of(&TestSite::small(), "docs");
    odd_files(&repository.root.join("docs"));
    repository.commit_all();
    let checked = Command::new(env!("CARGO_BIN_EXE_fieldguide"))
        .current_dir(repository.root.join("docs"))
        .args(["check", "--format", "json", "--today", TODAY])
        .output()
        .unwrap();
    let told = |finding: &Value| format!("{} {} {}", finding["path"], finding["rule"], finding["message"]);
    let on_disk: Vec<String> = text(&checked.stdout).lines().map(|line| told(&serde_json::from_str(line).unwrap())).collect();
    let impact = repository.json(&["main~1", "main"]);
    let in_git: Vec<String> = impact["errors"].as_array().unwrap().iter().map(told).collect();
    assert!(on_disk.len() > 10, "{on_disk:#?}");
    assert_eq!(in_git, on_disk);
}

#[test]
fn a_submodule_is_told_and_not_read() {
    let repository = change(&TestSite::small(), "");
    let commit = repository.git(&["rev-parse", "main"]);
    repository.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{},content/shared", commit.trim())]);
    repository.git(&["commit", "--quiet", "--message", "submodule"]);
    let output = repository.impact(&["main"]);
    assert_eq!((text(&output.stdout).as_str(), output.status.code()), ("Nothing changes for readers.\n", Some(0)));
    assert_eq!(text(&output.stderr), "content/shared is a submodule at HEAD; its files are not compared\n");
}
