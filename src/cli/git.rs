//! What git knows of the site: where it lies in its repository, which lines a change touched, and what a revision held. The only
//! place that runs git. Where git only adds to what is told, a site outside a repository, or a machine without git, knows nothing.
#![expect(clippy::disallowed_methods, reason = "this is where git is asked")]

use std::fmt;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::load::{Entry, Kind, PATHS};
use crate::report::ChangedLines;

/// Why git does not tell what a command cannot do without; its own words where it has some.
#[derive(Debug)]
pub(super) struct GitError(String);

impl fmt::Display for GitError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    // Quoted paths, colours and pagers are for people.
    command.arg("-C").arg(folder).args(["-c", "core.quotePath=false", "--no-pager"]).args(arguments);
    command
}

fn ask(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, GitError> {
    let output = command(folder, arguments).stdin(Stdio::null()).output();
    let output = output.map_err(|error| GitError(format!("git cannot be run: {error}")))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let told = String::from_utf8_lossy(&output.stderr);
    let line = told.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    Err(GitError(line.strip_prefix("fatal: ").unwrap_or(line).to_owned()))
}

/// The text that a git command prints in a folder; `None` where it fails.
pub(super) fn git(folder: &Path, arguments: &[&str]) -> Option<Vec<u8>> {
    ask(folder, arguments).ok()
}

fn text(folder: &Path, arguments: &[&str]) -> Option<String> {
    String::from_utf8(git(folder, arguments)?).ok()
}

/// What leads from the repository's root to the site's: empty, or `docs/`.
pub(super) fn prefix(root: &Path) -> String {
    text(root, &["rev-parse", "--show-prefix"]).map(|prefix| prefix.trim_end().to_owned()).unwrap_or_default()
}

/// What leads from the repository's root to the site's, where there must be a repository.
pub(super) fn place(root: &Path) -> Result<String, GitError> {
    let prefix = ask(root, &["rev-parse", "--show-prefix"])?;
    Ok(String::from_utf8_lossy(&prefix).trim_end_matches('\n').to_owned())
}

/// The commit that a revision names.
pub(super) fn commit(root: &Path, revision: &str) -> Result<String, GitError> {
    let name = format!("{revision}^{{commit}}");
    let commit = text(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &name]);
    commit
        .map(|commit| commit.trim_end().to_owned())
        .ok_or_else(|| GitError(format!("no revision is called `{revision}`; in a shallow clone, fetch it first")))
}

/// The commit at which two commits parted; `None` where they never were one.
pub(super) fn parting(root: &Path, one: &str, other: &str) -> Option<String> {
    text(root, &["merge-base", one, other]).map(|commit| commit.trim_end().to_owned())
}

/// What a commit holds of the site at a place in the repository, with the paths of submodules, whose files it does not hold; nothing
/// where it has no such folder.
pub(super) fn site(root: &Path, commit: &str, place: &str) -> Result<(Vec<Entry>, Vec<String>), GitError> {
    let tree = format!("{commit}:{}", place.trim_end_matches('/'));
    if text(root, &["cat-file", "-t", &tree]).is_none_or(|kind| kind.trim_end() != "tree") {
        return Ok((Vec::new(), Vec::new()));
    }
    let arguments: Vec<&str> = ["ls-tree", "-r", "-z", "--full-tree", &tree].into_iter().chain(PATHS).collect();
    let listed = listed(&ask(root, &arguments)?);
    let is_blob = |file: &&Listed| file.kind != Kind::Folder;
    let objects: Vec<&str> = listed.iter().filter(is_blob).map(|file| file.object.as_str()).collect();
    let mut blobs = blobs(root, &objects)?.into_iter();
    let mut entries = Vec::with_capacity(listed.len());
    let mut submodules = Vec::new();
    for Listed { path, kind, .. } in listed {
        if kind == Kind::Folder {
            submodules.push(String::from_utf8_lossy(&path).into_owned());
        }
        let bytes = if kind == Kind::Folder { Vec::new() } else { blobs.next().unwrap_or_default() };
        entries.push(Entry { path, kind, bytes });
    }
    Ok((entries, submodules))
}

/// A line of `git ls-tree`.
#[derive(Debug, PartialEq, Eq)]
struct Listed {
    path: Vec<u8>,
    /// A submodule is a folder, empty where it is not fetched.
    kind: Kind,
    object: String,
}

/// Reads `<mode> <type> <object>`, a tab and the path, up to a zero byte.
fn listed(output: &[u8]) -> Vec<Listed> {
    let record = |record: &[u8]| {
        let tab = record.iter().position(|byte| *byte == b'\t')?;
        let words = std::str::from_utf8(&record[..tab]).ok()?;
        let mut words = words.split(' ');
        let kind = match (words.next()?, words.next()?) {
            ("120000", _) => Kind::Link,
            (_, "commit") => Kind::Folder,
            _ => Kind::File,
        };
        Some(Listed { path: record[tab + 1..].to_vec(), kind, object: words.next()?.to_owned() })
    };
    output.split(|byte| *byte == 0).filter_map(record).collect()
}

/// The bytes of objects, in order, from one run of git.
fn blobs(root: &Path, objects: &[&str]) -> Result<Vec<Vec<u8>>, GitError> {
    let failed = |error: std::io::Error| GitError(format!("git cannot be run: {error}"));
    let mut command = command(root, &["cat-file", "--batch"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(failed)?;
    let wanted: String = objects.iter().map(|object| format!("{object}\n")).collect();
    let mut output = Vec::new();
    let (input, answer) = (child.stdin.take(), child.stdout.take());
    std::thread::scope(|scope| {
        // Git answers while it is still asked; one thread alone would wait for itself.
        scope.spawn(move || input.map(|mut input| input.write_all(wanted.as_bytes())));
        answer.map_or(Ok(0), |mut answer| answer.read_to_end(&mut output))
    })
    .map_err(failed)?;
    child.wait().map_err(failed)?;
    let mut rest = output.as_slice();
    objects.iter().map(|object| next_blob(&mut rest).ok_or_else(|| GitError(format!("git has no object {object}")))).collect()
}

/// Takes `<object> <type> <size>`, a line end, so many bytes and a line end.
fn next_blob(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let head = std::str::from_utf8(&rest[..end]).ok()?;
    let size: usize = head.split(' ').nth(2)?.parse().ok()?;
    let blob = rest.get(end + 1..end + 1 + size)?.to_vec();
    *rest = rest.get(end + size + 2..)?;
    Some(blob)
}

/// The lines that differ from the branch a pull request goes to; outside one, from the last commit.
pub(super) fn changed_lines(root: &Path) -> ChangedLines {
    let base = std::env::var("GITHUB_BASE_REF").ok().filter(|base| !base.is_empty());
    let base = base.map_or_else(|| "HEAD".to_owned(), |base| format!("origin/{base}"));
    let against = text(root, &["merge-base", &base, "HEAD"]).map_or(base, |commit| commit.trim_end().to_owned());
    let diff = text(root, &["diff", "--unified=0", "--no-color", "--no-ext-diff", "--relative", &against, "--", "."]);
    diff.map(|diff| touched(&diff)).unwrap_or_default()
}

/// The lines of the new side of a unified diff.
fn touched(diff: &str) -> ChangedLines {
    let mut changed = ChangedLines::new();
    let mut path = None;
    for line in diff.lines() {
        if let Some(name) = line.strip_prefix("+++ ") {
            path = name.strip_prefix("b/").map(str::to_owned);
        } else if let (Some(path), Some(hunk)) = (&path, line.strip_prefix("@@ ")) {
            let Some(lines) = hunk.split(' ').find_map(|part| part.strip_prefix('+')) else { continue };
            let (start, count) = lines.split_once(',').unwrap_or((lines, "1"));
            if let (Ok(start), Ok(count @ 1..)) = (start.parse::<usize>(), count.parse::<usize>()) {
                changed.entry(path.clone()).or_default().push(start..=start + count - 1);
            }
        }
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_lists_files_links_and_submodules_whatever_their_names() {
        let output = b"100644 blob a1\tcontent/a b\n.md\x00120000 blob b2\tcontent/\xff\x00160000 commit c3\tcontent/sub\0";
        let expected = [
            (&b"content/a b\n.md"[..], Kind::File, "a1"),
            (b"content/\xff", Kind::Link, "b2"),
            (b"content/sub", Kind::Folder, "c3"),
        ];
        let expected = expected.map(|(path, kind, object)| Listed { path: path.to_vec(), kind, object: object.to_owned() });
        assert_eq!(listed(output), expected);
    }

    #[test]
    fn objects_follow_each_other_and_missing_ones_are_noticed() {
        let mut rest: &[u8] = b"a1 blob 3\nx\ny\nb2 blob 0\n\nc3 missing\n";
        assert_eq!(next_blob(&mut rest), Some(b"x\ny".to_vec()));
        assert_eq!(next_blob(&mut rest), Some(Vec::new()));
        assert_eq!(next_blob(&mut rest), None);
    }

    #[test]
    fn lines_of_the_new_side_count() {
        let diff = "diff --git a/a.md b/a.md\n--- a/a.md\n+++ b/a.md\n@@ -1 +1,2 @@\n-x\n+x\n+y\n@@ -9,2 +10,0 @@\n@@ -20 +19 @@\n\
                    --- a/gone.md\n+++ /dev/null\n@@ -1,3 +0,0 @@\n";
        let changed = touched(diff);
        assert_eq!(changed.into_iter().collect::<Vec<_>>(), [("a.md".to_owned(), vec![1..=2, 19..=19])]);
    }
}
