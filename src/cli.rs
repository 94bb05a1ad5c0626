//! The command line. The only place that prints, asks for the time and the environment, and knows about signals. Doors to clap,
//! anstream, ctrlc and indicatif.
#![expect(clippy::disallowed_methods, reason = "this is where the environment enters")]

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anstream::{AutoStream, ColorChoice};
use clap::{Args, Parser, Subcommand, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::model::date::{Date, parse_date};
use crate::model::diagnostic::{Diagnostic, Severity, has_errors};
use crate::model::output::{OutputFile, Sink};
use crate::model::rules;
use crate::model::source::Sources;
use crate::model::url::BaseUrl;
use crate::model::words::counted;
use crate::write::{Publisher, Summary, WriteError};
use crate::{Options, Outcome, build, load, report};

/// The content has errors; nothing was written.
const CONTENT: u8 = 1;
/// The command, the configuration or the disk is at fault.
const FAILURE: u8 = 2;
/// The user ended the command: 128 and the number of SIGINT.
const INTERRUPTED: u8 = 130;

/// Templates are parsed by recursion; threads have room for the deepest that the limits allow.
const STACK_BYTES: usize = 16 * 1024 * 1024;
/// A build that takes longer shows what it is doing.
const QUIET_TIME: Duration = Duration::from_millis(500);

/// Set by the first Ctrl-C; the build ends at the next file.
static STOPPED: AtomicBool = AtomicBool::new(false);

/// Builds troubleshooting sites: error guides, compare guides and playbooks that link themselves.
#[derive(Parser)]
#[command(
    name = "fieldguide",
    version,
    about,
    propagate_version = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
struct Command {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    action: Action,
}

#[derive(Args)]
struct Global {
    /// Folder of the site
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = Colour::Auto)]
    color: Colour,
    /// Print findings only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Print what is read and where it goes
    #[arg(short, long, global = true)]
    verbose: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

#[derive(Subcommand)]
enum Action {
    /// Build the site into a folder that any static host can serve
    ///
    /// All problems of all guides are told in one run. A site with errors is not written; the previous one stays as it is.
    #[command(
        after_help = "Examples:\n  fieldguide build\n  fieldguide build --base-url https://example.org/docs/ --output dist"
    )]
    Build(BuildArgs),
}

#[derive(Args)]
struct BuildArgs {
    /// Folder to publish to, relative to the site's root
    #[arg(short, long, value_name = "DIR", default_value = "public")]
    output: PathBuf,
    /// Address of the site's root, instead of the one in site.toml
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<BaseUrl>,
    /// Publish drafts, too
    #[arg(long)]
    drafts: bool,
    /// The day that counts as today, as YYYY-MM-DD [default: the system's]
    #[arg(long, value_name = "DATE", value_parser = date)]
    today: Option<Date>,
    /// Threads to use [default: one a core]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Treat warnings as errors
    #[arg(long)]
    deny_warnings: bool,
}

fn base_url(text: &str) -> Result<BaseUrl, String> {
    BaseUrl::parse(text).ok_or_else(|| "write an address such as https://example.org/docs/".to_owned())
}

fn date(text: &str) -> Result<Date, String> {
    parse_date(text).ok_or_else(|| "write a day as year-month-day, as in 2026-04-09".to_owned())
}

/// Reads the command line, runs the command and gives the exit code.
pub fn main() -> ExitCode {
    let command = Command::parse();
    let terminal = Terminal::new(&command.global);
    // A second Ctrl-C does not wait for the build to notice the first.
    let handler = ctrlc::set_handler(|| {
        if STOPPED.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(INTERRUPTED));
        }
    });
    if let Err(error) = handler {
        terminal.say(&format!("warning: Ctrl-C cannot be caught: {error}"));
    }
    let Action::Build(args) = &command.action;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.jobs.map_or(0, usize::from)).stack_size(STACK_BYTES).build();
    let code = match pool {
        Ok(pool) => pool.install(|| build_command(&command.global, args, &terminal)),
        Err(error) => terminal.fail(&format!("cannot start threads: {error}")),
    };
    ExitCode::from(code)
}

fn build_command(global: &Global, args: &BuildArgs, terminal: &Terminal) -> u8 {
    let started = Instant::now();
    let today = args.today.unwrap_or_else(|| jiff::ZonedDateTime::now().date());
    let sources = match load::load(&global.root, today) {
        Ok(sources) => sources,
        Err(error) => return terminal.fail(&error.to_string()),
    };
    terminal.detail(&format!("read {} files, {} threads", sources.files.len(), rayon::current_num_threads()));
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let publisher = Publisher::new(&global.root, &args.output, home.as_deref(), &STOPPED, |folder: &Path| {
        terminal.say(&format!("another build publishes to {}; waiting for it", folder.display()));
    });
    let publisher = match publisher {
        Ok(publisher) => publisher,
        Err(error) => return failed(terminal, &error),
    };
    let progress = terminal.progress();
    let counter = Counter { publisher: &publisher, progress: &progress, started, html: AtomicUsize::new(0) };
    let options = Options { base_url: args.base_url.clone(), with_drafts: args.drafts };
    let mut outcome = build(&sources, &options, &counter);
    let pages = counter.html.into_inner().saturating_sub(outcome.redirects);
    progress.finish_and_clear();
    if args.deny_warnings {
        outcome.diagnostics.iter_mut().for_each(|finding| finding.severity = Severity::Error);
    }
    terminal.findings(&outcome.diagnostics, &sources);
    if has_errors(&outcome.diagnostics) {
        if let Err(error) = publisher.discard() {
            terminal.say(&format!("warning: {error}"));
        }
        terminal.say(&verdict(&outcome.diagnostics));
        return if is_about_configuration(&outcome, &sources) { FAILURE } else { CONTENT };
    }
    match publisher.finish() {
        Ok(summary) => {
            terminal.detail(&format!("published to {}", global.root.join(&args.output).display()));
            terminal.result(&summary_line(&outcome, pages, &summary, started.elapsed()));
            0
        }
        Err(error) => failed(terminal, &error),
    }
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

/// A build that ends before it reads a guide is at fault itself, not its content.
fn is_about_configuration(outcome: &Outcome, sources: &Sources) -> bool {
    let mut errors = outcome.diagnostics.iter().filter(|finding| finding.severity == Severity::Error);
    errors.all(|finding| *finding.rule == rules::MISSING_FILE || finding.location(sources).0 == "site.toml")
}

/// "3 errors, 1 warning; nothing was written".
fn verdict(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|finding| finding.severity == Severity::Error).count();
    format!("{}{}; nothing was written", counted(errors, "error"), with_warnings(diagnostics))
}

/// ", 1 warning", or nothing where there is none.
fn with_warnings(diagnostics: &[Diagnostic]) -> String {
    let warnings = diagnostics.iter().filter(|finding| finding.severity == Severity::Warning).count();
    if warnings == 0 { String::new() } else { format!(", {}", counted(warnings, "warning")) }
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

/// Where words go: results to stdout, everything else to stderr.
struct Terminal {
    choice: ColorChoice,
    quiet: bool,
    verbose: bool,
}

impl Terminal {
    fn new(global: &Global) -> Self {
        let choice = match global.color {
            Colour::Auto => ColorChoice::Auto,
            Colour::Always => ColorChoice::Always,
            Colour::Never => ColorChoice::Never,
        };
        Self { choice, quiet: global.quiet, verbose: global.verbose }
    }

    /// A closed pipe or full disk behind stderr must not end the build in another way than it would.
    fn to_stderr(&self, text: &str) {
        let _ = AutoStream::new(std::io::stderr(), self.choice).write_all(text.as_bytes());
    }

    fn say(&self, text: &str) {
        self.to_stderr(&format!("{text}\n"));
    }

    fn detail(&self, text: &str) {
        if self.verbose {
            self.say(text);
        }
    }

    fn result(&self, text: &str) {
        if !self.quiet {
            // As with stderr: the site is published whether or not somebody reads about it.
            let _ = writeln!(AutoStream::new(std::io::stdout(), self.choice), "{text}");
        }
    }

    fn fail(&self, text: &str) -> u8 {
        self.say(&format!("error: {text}"));
        FAILURE
    }

    fn findings(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        for finding in diagnostics {
            self.to_stderr(&format!("{}\n", report::human(finding, sources, true, None)));
        }
    }

    /// A bar that appears when a build takes a while and somebody watches.
    fn progress(&self) -> ProgressBar {
        let watched = std::io::stderr().is_terminal() && !self.quiet;
        let target = if watched { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let style = ProgressStyle::with_template("{spinner} {pos} files made in {elapsed}").expect("is a template");
        ProgressBar::with_draw_target(None, target).with_style(style)
    }
}
