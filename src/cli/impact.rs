//! `impact`: what a change means for readers, from two revisions that git keeps. Doors to blake3 and clap.

use std::sync::Mutex;

use clap::{Args, ValueEnum};

use super::findings::{self, Stream, verdict};
use super::git::{self, GitError};
use super::terminal::Terminal;
use super::{CONTENT, Global, date, day};
use crate::assess::{self, Files, Revision};
use crate::model::date::Date;
use crate::model::diagnostic::has_errors;
use crate::model::output::{OutputFile, Sink};
use crate::model::site::Site;
use crate::model::source::Sources;
use crate::report::Format;
use crate::{Options, Outcome, build_with_site, load};

#[derive(Args)]
pub(super) struct ImpactArgs {
    /// Revision that the change goes to, such as origin/main
    #[arg(value_name = "BASE")]
    base: String,
    /// Revision that has the change
    #[arg(value_name = "HEAD", default_value = "HEAD")]
    head: String,
    /// Make drafts part of the site, too
    #[arg(long)]
    drafts: bool,
    /// The day that counts as today, as YYYY-MM-DD [default: the system's]
    #[arg(long, value_name = "DATE", value_parser = date)]
    today: Option<Date>,
    /// Form of the result
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Form::Md)]
    format: Form,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    /// A Markdown table of at most 60 lines, for a comment on a pull request
    Md,
    /// For programs: one object with everything; docs/reports.md names its fields
    Json,
}

/// Runs the command and gives its exit code.
pub(super) fn run(global: &Global, args: &ImpactArgs, terminal: &Terminal) -> u8 {
    match sides(global, args, terminal) {
        Ok((base, head)) => tell(global, args, &base, &head, terminal),
        Err(error) => terminal.fail(&error.to_string()),
    }
}

/// Reads and builds both revisions.
fn sides(global: &Global, args: &ImpactArgs, terminal: &Terminal) -> Result<(Side, Side), GitError> {
    let root = &global.root;
    let place = git::place(root)?;
    let (base, head) = (git::commit(root, &args.base)?, git::commit(root, &args.head)?);
    // What the base got since is no part of the change. A head that the base has passed is a way back: the base itself is compared.
    let parting = git::parting(root, &base, &head).filter(|parting| *parting != head).unwrap_or_else(|| base.clone());
    if parting != base {
        terminal.note(&format!("compared with {:.10}, where {} and {} parted", parting, args.base, args.head));
    }
    let side = |commit: &str, name: &str| {
        let (entries, submodules) = git::site(root, commit, &place)?;
        for submodule in submodules {
            terminal.note(&format!("{submodule} is a submodule at {name}; its files are not compared"));
        }
        let sources = load::from_entries(entries, day(args.today));
        Ok(Side::new(sources, &Options { with_drafts: args.drafts, is_check: true, ..Options::default() }))
    };
    Ok((side(&parting, &args.base)?, side(&head, &args.head)?))
}

/// Prints what the change means.
fn tell(global: &Global, args: &ImpactArgs, base: &Side, head: &Side, terminal: &Terminal) -> u8 {
    let Some(after) = head.revision() else {
        terminal.say(&format!("error: no site at {}", args.head));
        return head.fail(global, terminal);
    };
    let before = base.revision();
    if before.is_none() {
        terminal.note(&format!("no site at {}; everything is new", args.base));
    } else if has_errors(&base.outcome.diagnostics) {
        let told = verdict(&base.outcome.diagnostics);
        terminal.note(&format!("{told} at {}; changes are judged by the sources, for no pages were made", args.base));
    }
    let impact = assess::assess(before, after);
    terminal.output(&match args.format {
        Form::Md => assess::markdown(&impact),
        Form::Json => assess::json(&impact),
    });
    if impact.errors() == 0 { 0 } else { CONTENT }
}

/// A revision that was read and built.
struct Side {
    sources: Sources,
    site: Option<Site>,
    outcome: Outcome,
    files: Files,
}

impl Side {
    fn new(sources: Sources, options: &Options) -> Self {
        let sink = Fingerprints::default();
        let (site, outcome) = build_with_site(&sources, options, &sink);
        let files = sink.files.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        Self { sources, site, outcome, files }
    }

    fn revision(&self) -> Option<Revision<'_>> {
        let findings = &self.outcome.diagnostics;
        self.site.as_ref().map(|site| Revision { site, sources: &self.sources, findings, files: &self.files })
    }

    /// Tells why there is no site.
    fn fail(&self, global: &Global, terminal: &Terminal) -> u8 {
        findings::print(terminal, global, Format::Human, Stream::Stderr, &self.outcome.diagnostics, &self.sources);
        findings::exit_code(&self.outcome.diagnostics, &self.sources)
    }
}

/// Keeps a hash of each file, for a site's pages may take more memory than there is.
#[derive(Default)]
struct Fingerprints {
    files: Mutex<Files>,
}

impl Sink for Fingerprints {
    fn take(&self, file: OutputFile) {
        let hash = *blake3::hash(&file.bytes).as_bytes();
        self.files.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(file.path, hash);
    }
}
