//! `check`: everything a build would say, without writing.

use std::path::{Component, Path, PathBuf};
use std::time::Instant;

use super::findings::{self, mendable, verdict};
use super::fix;
use super::terminal::Terminal;
use super::{CheckArgs, Global};
use crate::model::diagnostic::{Diagnostic, has_errors};
use crate::model::output::{OutputFile, Sink};
use crate::model::source::Sources;
use crate::model::suggest::nearest;
use crate::model::words::counted;
use crate::{Options, Outcome, build};

/// Takes pages and keeps none.
struct Discard;

impl Sink for Discard {
    fn take(&self, _: OutputFile) {}
}

/// Runs the command and gives its exit code.
pub(super) fn run(global: &Global, args: &CheckArgs, terminal: &Terminal) -> u8 {
    let started = Instant::now();
    let sources = match super::load(global, &args.site, terminal) {
        Ok(sources) => sources,
        Err(code) => return code,
    };
    let wanted = match args.paths.iter().map(|path| site_path(&global.root, path, &sources)).collect::<Result<Vec<_>, _>>() {
        Ok(wanted) => wanted,
        Err(message) => return terminal.fail(&message),
    };
    let look = |sources: &Sources| {
        let mut outcome = build(sources, &Options { is_check: true, ..args.site.options() }, &Discard);
        args.site.apply(&mut outcome.diagnostics);
        outcome.diagnostics.retain(|finding| wanted.is_empty() || wanted.iter().any(|path| is_in(finding, path, sources)));
        outcome
    };
    let looked = if args.fix {
        mended(global, args, sources, look, terminal)
    } else {
        let outcome = look(&sources);
        Ok((sources, outcome))
    };
    let (sources, outcome) = match looked {
        Ok(looked) => looked,
        Err(message) => return terminal.fail(&message),
    };
    let told = &outcome.diagnostics;
    findings::print(terminal, global, args.site.format, findings::Stream::Stdout, told, &sources);
    let seconds = started.elapsed().as_secs_f64();
    let guides = counted(outcome.guides, "guide");
    match (told.is_empty(), has_errors(told)) {
        (true, _) => terminal.note(&format!("{guides} checked, nothing to tell, {seconds:.2} s")),
        (false, true) => terminal.say(&format!("{}; a build would write nothing{}", verdict(told), mendable(told))),
        (false, false) => terminal.note(&format!("{guides} checked, {}, {seconds:.2} s{}", verdict(told), mendable(told))),
    }
    findings::exit_code(told, &sources)
}

/// The sources with everything mended that can be, and what is left to tell of them.
fn mended(
    global: &Global,
    args: &CheckArgs,
    sources: Sources,
    look: impl Fn(&Sources) -> Outcome,
    terminal: &Terminal,
) -> Result<(Sources, Outcome), String> {
    let (fixed, outcome) = fix::fixed(&global.root, sources, look)?;
    fixed.show(terminal);
    if args.dry_run {
        terminal.note(&format!("{} would be mended; what follows is left", fixed.verdict()));
    } else {
        fixed.write(&global.root)?;
        terminal.note(&format!("{} mended", fixed.verdict()));
    }
    Ok((fixed.sources, outcome))
}

/// Whether a finding is about a file or lies in a folder.
fn is_in(finding: &Diagnostic, path: &str, sources: &Sources) -> bool {
    let (place, _, _) = finding.location(sources);
    path.is_empty() || place == path || place.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'))
}

/// A path that somebody typed, relative to the working folder or to the site's root, as the site's sources call it.
fn site_path(root: &Path, typed: &Path, sources: &Sources) -> Result<String, String> {
    let absolute = |path: &Path| std::path::absolute(path).map(|path| plain(&path));
    let below = |path: PathBuf| path.strip_prefix(absolute(root).ok()?).ok().map(as_site_path);
    let from_here = absolute(typed).ok().and_then(below);
    let from_root = absolute(&root.join(typed)).ok().and_then(below);
    let is_known = |path: &String| {
        let mut files = sources.files.iter().map(|file| file.path.as_str());
        path.is_empty()
            || files.any(|file| file == path || file.strip_prefix(path.as_str()).is_some_and(|rest| rest.starts_with('/')))
    };
    if let Some(path) = from_here.into_iter().chain(from_root).find(is_known) {
        return Ok(path);
    }
    let typed = as_site_path(typed);
    let near = nearest(&typed, sources.files.iter().map(|file| file.path.as_str()));
    let hint = near.map_or_else(String::new, |near| format!("; did you mean {near}?"));
    Err(format!("no file {typed} in this site{hint}"))
}

fn as_site_path(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// A path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}
