//! `build`: compiles the site and publishes it.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use indicatif::ProgressBar;

use super::findings::{self, mendable, verdict, with_warnings};
use super::terminal::Terminal;
use super::{BuildArgs, Global, INTERRUPTED, STOPPED};
use crate::model::diagnostic::has_errors;
use crate::model::output::{OutputFile, Sink};
use crate::model::site::Site;
use crate::model::source::{LEDGERS, Sources};
use crate::model::words::counted;
use crate::write::{Manifest, Publisher, Summary, WriteError, update_ledger};
use crate::{Outcome, build_with_site, load};

/// A build that takes longer shows what it is doing.
const QUIET_TIME: Duration = Duration::from_millis(500);

/// Runs the command and gives its exit code.
pub(super) fn run(global: &Global, args: &BuildArgs, terminal: &Terminal) -> u8 {
    let started = Instant::now();
    let sources = match super::load(global, &args.site, terminal) {
        Ok(sources) => sources,
        Err(code) => return code,
    };
    // Read before anything is written: it may be the manifest of the folder that is published to.
    let old = match args.changed_since.as_deref().map(|path| manifest(global, path)).transpose() {
        Ok(old) => old,
        Err(message) => return terminal.fail(&message),
    };
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let publisher = Publisher::new(&global.root, &args.output, home.as_deref(), &STOPPED, |folder: &Path| {
        terminal.say(&format!("another build publishes to {}; waiting for it", folder.display()));
    });
    let publisher = match publisher {
        Ok(publisher) => publisher.with_compressed(args.precompress),
        Err(error) => return failed(terminal, &error),
    };
    let progress = terminal.progress();
    let counter = Counter { publisher: &publisher, progress: &progress, started, html: AtomicUsize::new(0) };
    let (site, mut outcome) = build_with_site(&sources, &args.site.options(), &counter);
    let pages = counter.html.into_inner().saturating_sub(outcome.redirects);
    progress.finish_and_clear();
    args.site.apply(&mut outcome.diagnostics);
    findings::print(terminal, global, args.site.format, findings::Stream::Stderr, &outcome.diagnostics, &sources);
    if has_errors(&outcome.diagnostics) {
        if let Err(error) = publisher.discard() {
            terminal.say(&format!("warning: {error}"));
        }
        terminal.say(&format!("{}; nothing was written{}", verdict(&outcome.diagnostics), mendable(&outcome.diagnostics)));
        return findings::exit_code(&outcome.diagnostics, &sources);
    }
    match publisher.finish_since(old.as_ref().unwrap_or(&Manifest::default())) {
        Ok((summary, changes)) => {
            terminal.detail(&format!("published to {}", global.root.join(&args.output).display()));
            let line = summary_line(&outcome, pages, &summary, started.elapsed());
            // Programs that read findings from stdout read nothing else there.
            if old.is_some() {
                terminal.data(&changes.to_text());
                terminal.note(&format!("{line}\n{} to upload, {} to delete", changes.upload.len(), changes.delete.len()));
            } else if args.site.format.is_for_people() {
                terminal.result(&line);
            } else {
                terminal.note(&line);
            }
            match site.filter(|_| args.update_addresses).map(|site| update_addresses(global, &site, &sources)) {
                Some(Ok((path, count))) => terminal.note(&format!("{path}: {} added", addresses(count))),
                Some(Err(message)) => return terminal.fail(&message),
                None => {}
            }
            0
        }
        Err(error) => failed(terminal, &error),
    }
}

/// Reads an older manifest.
fn manifest(global: &Global, path: &Path) -> Result<Manifest, String> {
    let shown = path.display();
    let bytes = load::file(&global.root.join(path)).map_err(|error| format!("cannot read `{shown}`: {error}"))?;
    Manifest::parse(&bytes)
        .ok_or_else(|| format!("`{shown}` is no manifest; name the .fieldguide-manifest.json of a published site"))
}

/// Adds what is new to the list of addresses. Gives its path, and how many were added.
fn update_addresses(global: &Global, site: &Site, sources: &Sources) -> Result<(&'static str, usize), String> {
    let found = LEDGERS.into_iter().find_map(|path| sources.by_path(path).map(|(_, file)| (path, file.text())));
    let (path, before) = found.map_or((LEDGERS[0], None), |(path, text)| (path, Some(text)));
    let all = site.addresses();
    let all: Vec<&str> = all.iter().map(|address| address.as_str()).collect();
    let added =
        update_ledger(&global.root.join(path), before, &all).map_err(|error| format!("cannot write `{path}`: {error}"))?;
    Ok((path, added))
}

fn addresses(count: usize) -> String {
    if count == 1 { "1 address".to_owned() } else { format!("{count} addresses") }
}

fn failed(terminal: &Terminal, error: &WriteError) -> u8 {
    match error {
        WriteError::Interrupted => {
            terminal.say("interrupted; the published site is as it was");
            INTERRUPTED
        }
        WriteError::Refused { .. } | WriteError::Foreign { .. } | WriteError::Disk { .. } => terminal.fail(&error.to_string()),
    }
}

fn summary_line(outcome: &Outcome, pages: usize, summary: &Summary, time: Duration) -> String {
    let Summary { written, unchanged, removed, bytes } = summary;
    let warnings = with_warnings(&outcome.diagnostics);
    format!(
        "{}, {}{warnings}, {written} files written, {unchanged} unchanged, {removed} removed, {}, {:.2} s",
        counted(outcome.guides, "guide"),
        counted(pages, "page"),
        megabytes(*bytes),
        time.as_secs_f64()
    )
}

fn megabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

/// Counts files on their way to the publisher.
struct Counter<'a> {
    publisher: &'a Publisher<'a>,
    progress: &'a ProgressBar,
    started: Instant,
    html: AtomicUsize,
}

impl Sink for Counter<'_> {
    fn take(&self, file: OutputFile) {
        if file.path.as_str().ends_with(".html") {
            self.html.fetch_add(1, Ordering::Relaxed);
        }
        self.publisher.take(file);
        if self.started.elapsed() > QUIET_TIME {
            self.progress.inc(1);
        }
    }
}
