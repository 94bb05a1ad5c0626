//! What git knows of the site: where it lies in its repository, and which lines a change touched. The only place that runs git; a
//! site outside a repository, or a machine without git, knows nothing.
#![expect(clippy::disallowed_methods, reason = "this is where git is asked")]

use std::path::Path;
use std::process::Command;

use crate::report::ChangedLines;

/// The text that a git command prints in a folder; `None` where it fails.
pub(super) fn git(folder: &Path, arguments: &[&str]) -> Option<Vec<u8>> {
    let mut command = Command::new("git");
    // Quoted paths, colours and pagers are for people.
    command.arg("-C").arg(folder).args(["-c", "core.quotePath=false", "--no-pager"]).args(arguments);
    let output = command.stdin(std::process::Stdio::null()).output().ok()?;
    output.status.success().then_some(output.stdout)
}

fn text(folder: &Path, arguments: &[&str]) -> Option<String> {
    String::from_utf8(git(folder, arguments)?).ok()
}

/// What leads from the repository's root to the site's: empty, or `docs/`.
pub(super) fn prefix(root: &Path) -> String {
    text(root, &["rev-parse", "--show-prefix"]).map(|prefix| prefix.trim_end().to_owned()).unwrap_or_default()
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
    fn lines_of_the_new_side_count() {
        let diff = "diff --git a/a.md b/a.md\n--- a/a.md\n+++ b/a.md\n@@ -1 +1,2 @@\n-x\n+x\n+y\n@@ -9,2 +10,0 @@\n@@ -20 +19 @@\n\
                    --- a/gone.md\n+++ /dev/null\n@@ -1,3 +0,0 @@\n";
        let changed = touched(diff);
        assert_eq!(changed.into_iter().collect::<Vec<_>>(), [("a.md".to_owned(), vec![1..=2, 19..=19])]);
    }
}
