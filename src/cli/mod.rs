//! The command line. The only room that prints, asks for the time and the environment, and knows about signals; one file a command.
//! Doors to clap and ctrlc.
#![expect(clippy::disallowed_methods, reason = "this is where the environment enters")]

mod build;
mod check;
mod explain;
mod findings;
mod fix;
mod git;
mod impact;
mod init;
mod interview;
mod new;
mod pager;
mod prompt;
mod report;
mod schema;
mod terminal;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::{Args, Parser, Subcommand, ValueEnum};

use self::terminal::Terminal;
use crate::model::date::{Date, parse_date};
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::source::Sources;
use crate::model::url::BaseUrl;
use crate::report::Format;
use crate::{Options, load};

/// The content has errors; nothing was written.
const CONTENT: u8 = 1;
/// The command, the configuration or the disk is at fault.
const FAILURE: u8 = 2;
/// The user ended the command: 128 and the number of SIGINT.
const INTERRUPTED: u8 = 130;

/// Templates are parsed by recursion; threads have room for the deepest that the limits allow.
const STACK_BYTES: usize = 16 * 1024 * 1024;

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
        after_help = "Examples:\n  fieldguide build\n  fieldguide build --base-url https://example.org/docs/ --output dist\n  \
                      fieldguide build --precompress --changed-since deployed.json > changed.txt"
    )]
    Build(BuildArgs),
    /// Tell everything a build would say, without writing
    ///
    /// With paths, only findings in those files and folders are told; they are still checked against the whole site.
    ///
    /// --fix never changes what anything means: it corrects the spelling of names, links and headings where there is one that was meant,
    /// and leaves every other byte alone. What is left is told afterwards.
    #[command(after_help = "Examples:\n  fieldguide check\n  fieldguide check content/errors/http/503.md --format short\n  \
                      fieldguide check --deny-warnings --format github\n  fieldguide check --fix --dry-run")]
    Check(CheckArgs),
    /// Explain an error, a log or a rule, in the terminal
    ///
    /// Codes and messages lead to guides of the site, or of the guides that are built in where there is no site. `-` reads a log from
    /// stdin and tells each error in it once, most frequent first. Exits 1 where nothing is known.
    #[command(after_help = "Examples:\n  fieldguide explain AADSTS50076\n  fieldguide explain http:503 --section fix\n  \
                      make 2>&1 | fieldguide explain -\n  fieldguide explain missing-section")]
    Explain(ExplainArgs),
    /// Write out a new site: settings, one guide of each kind, templates and static files
    ///
    /// Files that exist are never replaced. A site needs templates and static files of its own only to change them; what it does not
    /// bring, the built-in theme does.
    #[command(after_help = "Examples:\n  fieldguide init my-site\n  fieldguide init --theme")]
    Init(InitArgs),
    /// Begin a guide: everything is there but the words, and what is left to write is listed
    ///
    /// Nothing is ever written over. On a terminal, what the command line leaves out is asked for.
    #[command(after_help = "Examples:\n  fieldguide new error http 418 --name \"I'm a teapot\"\n  \
                      fieldguide new compare http:429 http:503\n  \
                      fieldguide new playbook dns-outage --covers http:503\n  \
                      fieldguide new provider stripe --docs-url https://docs.stripe.com/error-codes")]
    New(new::NewArgs),
    /// Report on the site: reviews that are due, codes without a guide, coverage, the graph
    ///
    /// What has errors is left out and counted on stderr; `fieldguide check` tells it. That is no failure of the report: it exits 0.
    #[command(after_help = "Examples:\n  fieldguide report review --within 30d\n  fieldguide report gaps --format md\n  \
                      fieldguide report graph --format dot | dot -Tsvg > graph.svg")]
    Report(report::ReportArgs),
    /// Tell what a pull request changes for readers
    ///
    /// Both revisions are read from git and built in memory; the work tree stays as it is. BASE stands for the commit at which it and
    /// HEAD parted, so what BASE got since is not told. Exits with 1 where an address would lead nowhere or HEAD has errors.
    #[command(after_help = "Examples:\n  fieldguide impact origin/main\n  fieldguide impact v1.0 v1.1 --format json\n  \
                      fieldguide impact origin/main > comment.md")]
    Impact(impact::ImpactArgs),
    /// Print a JSON Schema for editors: the front matter of a kind, or site.toml
    ///
    /// The schema of a front matter knows the site's own categories, tags, facts and providers.
    #[command(
        after_help = "Examples:\n  fieldguide schema error > .vscode/schemas/error.json\n  fieldguide schema site > .vscode/schemas/site.json"
    )]
    Schema(SchemaArgs),
}

#[derive(Args)]
struct InitArgs {
    /// Folder of the new site, relative to --root
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// Write templates and static files only, into a site that exists
    #[arg(long)]
    theme: bool,
}

#[derive(Args)]
struct SchemaArgs {
    /// What the schema describes
    #[arg(value_name = "WHAT", value_enum)]
    subject: Subject,
}

/// What a schema describes.
#[derive(Clone, Copy, ValueEnum)]
enum Subject {
    /// Front matter of error guides
    Error,
    /// Front matter of compare guides
    Compare,
    /// Front matter of playbooks
    Playbook,
    /// Front matter of providers
    Provider,
    /// Front matter of pages
    Page,
    /// The configuration, site.toml
    Site,
}

#[derive(Args)]
struct ExplainArgs {
    /// Codes (503, AADSTS50076), references, messages, names of rules as findings show them; - for a log on stdin
    #[arg(value_name = "WHAT", required = true)]
    names: Vec<String>,
    /// Show one section only, such as fix
    #[arg(long, value_name = "NAME")]
    section: Option<String>,
    /// Print JSON, one object a line
    #[arg(long, conflicts_with = "url")]
    json: bool,
    /// Print the address of the page only
    #[arg(long)]
    url: bool,
}

#[derive(Args)]
struct BuildArgs {
    /// Folder to publish to, relative to the site's root
    #[arg(short, long, value_name = "DIR", default_value = "public")]
    output: PathBuf,
    /// Write .gz and .br files beside those that shrink, for servers that send them
    #[arg(long)]
    precompress: bool,
    /// Print what differs from the site of an older manifest, in a form for rclone --files-from
    ///
    /// One file a line; behind `#- ` what is to be deleted. The manifest is .fieldguide-manifest.json as it was when the site was last
    /// uploaded.
    #[arg(long, value_name = "MANIFEST")]
    changed_since: Option<PathBuf>,
    /// Add new addresses to addresses.txt, or make it; from then on, losing one is an error
    #[arg(long, conflicts_with = "drafts")]
    update_addresses: bool,
    #[command(flatten)]
    site: SiteArgs,
}

#[derive(Args)]
struct CheckArgs {
    /// Files and folders whose findings are told [default: all]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Mend what has one safe remedy, such as spelling, and show it as a diff
    #[arg(long)]
    fix: bool,
    /// With --fix: show the diff and write nothing
    #[arg(long, requires = "fix")]
    dry_run: bool,
    #[command(flatten)]
    site: SiteArgs,
}

/// What every command that compiles the site takes.
#[derive(Args)]
struct SiteArgs {
    /// Address of the site's root, instead of the one in site.toml
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<BaseUrl>,
    /// Make drafts part of the site, too
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
    /// How findings are told: for people, or for programs on stdout
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human)]
    format: Format,
}

impl SiteArgs {
    fn options(&self) -> Options {
        Options { base_url: self.base_url.clone(), with_drafts: self.drafts, is_check: false }
    }

    /// Gives findings the weight that the command line asks for.
    fn apply(&self, diagnostics: &mut [Diagnostic]) {
        if self.deny_warnings {
            diagnostics.iter_mut().for_each(|finding| finding.severity = Severity::Error);
        }
    }
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Human, Self::Short, Self::Json, Self::Github, Self::Sarif]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        let (name, help) = match self {
            Self::Human => ("human", "with an excerpt of the source"),
            Self::Short => ("short", "one line a finding"),
            Self::Json => ("json", "one JSON object a line"),
            Self::Github => ("github", "annotations of a pull request, the rest in its step summary"),
            Self::Sarif => ("sarif", "SARIF 2.1.0, for code scanning"),
        };
        Some(clap::builder::PossibleValue::new(name).help(help))
    }
}

impl Format {
    /// Whether people read it; everything else is read by programs.
    fn is_for_people(self) -> bool {
        matches!(self, Self::Human | Self::Short)
    }
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
    let global = &command.global;
    ExitCode::from(match &command.action {
        Action::Build(args) => on_threads(args.site.jobs, &terminal, || build::run(global, args, &terminal)),
        Action::Explain(args) => on_threads(None, &terminal, || explain::run(global, args, &terminal)),
        Action::New(args) => on_threads(None, &terminal, || new::run(global, args, &terminal)),
        Action::Impact(args) => on_threads(None, &terminal, || impact::run(global, args, &terminal)),
        Action::Report(args) => on_threads(None, &terminal, || report::run(global, args, &terminal)),
        Action::Schema(args) => schema::run(global, args, &terminal),
        Action::Init(args) => init::run(global, args, &terminal),
        Action::Check(args) => on_threads(args.site.jobs, &terminal, || check::run(global, args, &terminal)),
    })
}

/// Runs a command on as many threads as it may use.
fn on_threads(jobs: Option<u16>, terminal: &Terminal, run: impl FnOnce() -> u8 + Send) -> u8 {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.map_or(0, usize::from)).stack_size(STACK_BYTES).build();
    match pool {
        Ok(pool) => pool.install(run),
        Err(error) => terminal.fail(&format!("cannot start threads: {error}")),
    }
}

/// Reads the site, or tells why not and gives the exit code.
fn load(global: &Global, site: &SiteArgs, terminal: &Terminal) -> Result<Sources, u8> {
    load_on(global, site.today, terminal)
}

/// As [`load`], for commands that take less.
fn load_on(global: &Global, today: Option<Date>, terminal: &Terminal) -> Result<Sources, u8> {
    let sources = load::load(&global.root, day(today)).map_err(|error| terminal.fail(&error.to_string()))?;
    terminal.detail(&format!("read {} files, {} threads", sources.files.len() - sources.built_in, rayon::current_num_threads()));
    Ok(sources)
}

/// The day that counts as today.
fn day(today: Option<Date>) -> Date {
    today.unwrap_or_else(system_day)
}

/// The day it is here.
fn system_day() -> Date {
    jiff::ZonedDateTime::now().date()
}
