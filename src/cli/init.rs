//! `init`: writes out a new site, or the built-in theme into a site.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::terminal::Terminal;
use super::{FAILURE, Global, InitArgs};
use crate::model::starter::{STARTER, TODAY};
use crate::model::theme::THEME;
use crate::model::words::counted;
use crate::write::create;

/// Runs the command and gives its exit code.
pub(super) fn run(global: &Global, args: &InitArgs, terminal: &Terminal) -> u8 {
    let root = if args.folder == Path::new(".") { global.root.clone() } else { under(&global.root, &args.folder) };
    if args.theme {
        return write(&root, THEME, terminal);
    }
    if root.join("site.toml").exists() {
        terminal.say(&format!("error: there is a site in `{}` already; --theme writes out the theme alone", root.display()));
        return FAILURE;
    }
    let today = super::day(None).to_string();
    let site: Vec<(&str, String)> = STARTER.iter().map(|(path, text)| (*path, text.replace(TODAY, &today))).collect();
    let site = site.iter().map(|(path, text)| (*path, text.as_str()));
    let code = write(&root, &site.chain(THEME.iter().copied()).collect::<Vec<_>>(), terminal);
    if code == 0 {
        terminal.note(&format!("next: fieldguide build --root {}", root.display()));
    }
    code
}

/// A folder below another, without the dot of a root that was not given.
fn under(root: &Path, folder: &Path) -> PathBuf {
    if root == Path::new(".") { folder.to_owned() } else { root.join(folder) }
}

/// Writes the files that are not there yet, and tells of the others.
fn write(root: &Path, files: &[(&str, &str)], terminal: &Terminal) -> u8 {
    let mut written = 0;
    for (path, text) in files {
        match create(&root.join(path), text) {
            Ok(()) => written += 1,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => terminal.note(&format!("kept: {path}")),
            Err(error) => return terminal.fail(&format!("cannot write `{}`: {error}", root.join(path).display())),
        }
    }
    terminal.result(&format!("{} written to {}", counted(written, "file"), root.display()));
    0
}
