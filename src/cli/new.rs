//! `new`: a guide in which everything is there but the words, and the list of what is left to write. A door to clap: its kinds have
//! arguments of their own.

use std::io::IsTerminal;
use std::path::Path;

use clap::{Args, Subcommand};

use super::findings::{self, Stream};
use super::interview::{self, offered};
use super::prompt::{Prompt, written_out};
use super::terminal::Terminal;
use super::{CONTENT, Global, INTERRUPTED, date};
use crate::model::date::Date;
use crate::model::diagnostic::{Diagnostic, Place};
use crate::model::site::Site;
use crate::model::source::Sources;
use crate::model::url::Slug;
use crate::model::words::counted;
use crate::report::Format;
use crate::scaffold::{Refusal, Request, known_provider, scaffold};
use crate::write::create;
use crate::{Options, inspect};

#[derive(Args)]
pub(super) struct NewArgs {
    #[command(subcommand)]
    kind: Option<NewKind>,
    /// Print the guide instead of writing it
    #[arg(long, global = true)]
    dry_run: bool,
    /// The day that counts as today, as YYYY-MM-DD [default: the system's]
    #[arg(long, global = true, value_name = "DATE", value_parser = date)]
    today: Option<Date>,
}

#[derive(Clone, Subcommand)]
pub(super) enum NewKind {
    /// A guide to one error code
    Error {
        /// Who prints the code: the name of a file in content/providers
        provider: Option<String>,
        /// The code as it is printed
        #[arg(allow_negative_numbers = true)]
        code: Option<String>,
        /// What the provider calls the error
        #[arg(long)]
        name: Option<String>,
    },
    /// A guide that tells errors apart
    Compare {
        /// Two to four errors, as in `http:429`
        #[arg(value_name = "ERROR")]
        subjects: Vec<String>,
    },
    /// A decision tree
    Playbook {
        /// The last part of its address
        slug: Option<String>,
        /// Its title
        #[arg(long)]
        name: Option<String>,
        /// The errors it covers, as in `http:503,http:504` [default: one that fits]
        #[arg(long, value_name = "ERROR", value_delimiter = ',')]
        covers: Vec<String>,
    },
    /// The software or service that prints codes
    Provider {
        /// What references call it
        slug: Option<String>,
        /// Its short name
        #[arg(long)]
        name: Option<String>,
        /// Where its documentation starts
        #[arg(long, value_name = "URL")]
        docs_url: Option<String>,
        /// A regular expression that a whole code matches
        #[arg(long, value_name = "PATTERN", allow_hyphen_values = true)]
        code_pattern: Option<String>,
    },
    /// Any other page
    Page {
        /// Its address
        slug: Option<String>,
        /// Its title
        #[arg(long)]
        name: Option<String>,
    },
}

/// Why there is nothing to make.
pub(super) enum Stop {
    /// Arguments that are missing, how the command is written, and what else helps.
    Missing {
        arguments: Vec<&'static str>,
        usage: &'static str,
        hint: String,
    },
    Refused(Refusal),
    /// Nobody answers any more.
    Ended,
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Runs the command and gives its exit code.
pub(super) fn run(global: &Global, args: &NewArgs, terminal: &Terminal) -> u8 {
    let sources = match super::load_on(global, args.today, terminal) {
        Ok(sources) => sources,
        Err(code) => return code,
    };
    let (site, before) = inspect(&sources, &Options::default());
    let Some(site) = site else {
        findings::print(terminal, global, Format::Human, Stream::Stderr, &before, &sources);
        return findings::exit_code(&before, &sources);
    };
    let mut answers = std::io::stdin().lock();
    let is_watched = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let say = |text: &str| terminal.to_stderr(text);
    let prompt = is_watched.then_some(Prompt { answers: &mut answers, say: &say });
    let new = request(args.kind.as_ref(), &site, prompt);
    let made = new.and_then(|request| scaffold(&site, &sources, &request).map_err(Stop::Refused));
    let new = match made {
        Ok(new) => new,
        Err(stop) => return told(&stop, terminal),
    };
    if args.dry_run {
        terminal.output(&new.text);
        return 0;
    }
    let path = shown(&global.root, &new.path);
    if let Err(error) = create(&global.root.join(&new.path), &new.text) {
        return terminal.fail(&match error.kind() {
            std::io::ErrorKind::AlreadyExists => format!("{path} is there already; nothing was written"),
            _ => format!("cannot write {path}: {error}"),
        });
    }
    terminal.output(&format!("{path}\n"));
    new.notes.iter().for_each(|note| terminal.note(note));
    next_steps(global, args, terminal, &new.path, before.len());
    0
}

/// The path of a file as it is reached from here.
fn shown(root: &Path, path: &str) -> String {
    if root == Path::new(".") { path.to_owned() } else { root.join(path).display().to_string() }
}

/// What a check of the new guide tells, as a list of what to do.
fn next_steps(global: &Global, args: &NewArgs, terminal: &Terminal, path: &str, before: usize) {
    let Ok(sources) = super::load_on(global, args.today, terminal) else { return };
    let (_, findings) = inspect(&sources, &Options::default());
    let (own, others): (Vec<&Diagnostic>, Vec<_>) = findings.iter().partition(|finding| finding.location(&sources).0 == path);
    terminal.note(&format!("\nNext, as fieldguide check {} tells it:", shown(&global.root, path)));
    for (index, finding) in own.iter().enumerate() {
        terminal.note(&format!("{:>3}. {}", index + 1, step(finding, &sources)));
    }
    if others.len() > before {
        let more = counted(others.len() - before, "finding");
        terminal.note(&format!("\nOther guides have {more} more than before; fieldguide check shows them."));
    }
}

/// A finding as something to do; what a `TODO` asks for stands behind it.
fn step(finding: &Diagnostic, sources: &Sources) -> String {
    let (_, line, _) = finding.location(sources);
    let wish = match &finding.place {
        Place::Text(span) => sources.text(*span).split_once("TODO: ").map(|(_, wish)| wish),
        Place::Path(_) => None,
    };
    let wish =
        wish.and_then(|wish| wish.lines().next()).map_or_else(String::new, |wish| format!(": {}", wish.trim_end_matches('\'')));
    format!("line {line}: {}{wish}", finding.message)
}

fn told(stop: &Stop, terminal: &Terminal) -> u8 {
    match stop {
        Stop::Missing { arguments, usage, hint } => {
            let missing: String = arguments.iter().map(|argument| format!("\n  {argument}")).collect();
            let hint = if hint.is_empty() { String::new() } else { format!("\n\n{hint}") };
            terminal.fail(&format!(
                "the following required arguments were not provided:{missing}{hint}\n\nUsage: {usage}\n\nFor more information, try '--help'."
            ))
        }
        Stop::Refused(refusal) => {
            terminal.say(&format!("error: {}", written_out(refusal)));
            CONTENT
        }
        Stop::Ended => {
            terminal.say("\nnothing was written");
            INTERRUPTED
        }
    }
}

/// What is asked for: as the arguments say, and where one is missing, as somebody answers.
fn request(kind: Option<&NewKind>, site: &Site, prompt: Option<Prompt<'_>>) -> Result<Request, Stop> {
    match kind.cloned() {
        Some(NewKind::Error { provider: Some(provider), code: Some(code), name }) => Ok(Request::Error { provider, code, name }),
        Some(NewKind::Compare { subjects }) if !subjects.is_empty() => Ok(Request::Compare { subjects }),
        Some(NewKind::Playbook { slug: Some(slug), name, covers }) => Ok(Request::Playbook { slug, title: name, covers }),
        Some(NewKind::Provider { slug: Some(slug), name, docs_url, code_pattern }) => {
            Ok(Request::Provider { slug, name, docs_url, code_pattern })
        }
        Some(NewKind::Page { slug: Some(slug), name }) => Ok(Request::Page { slug, title: name }),
        incomplete => match prompt {
            Some(mut prompt) => interview::request(incomplete, site, &mut prompt),
            None => Err(missing(incomplete.as_ref(), site)),
        },
    }
}

fn missing(kind: Option<&NewKind>, site: &Site) -> Stop {
    let (arguments, usage, hint) = match kind {
        None => (vec!["<KIND>"], "fieldguide new <KIND> …", "Kinds: error, compare, playbook, provider, page".to_owned()),
        Some(NewKind::Error { provider: None, .. }) => {
            let names: Vec<&str> = site.providers.keys().map(Slug::as_str).collect();
            (vec!["<PROVIDER>", "<CODE>"], ERROR_USAGE, format!("Providers of this site: {}", names.join(", ")))
        }
        Some(NewKind::Error { provider: Some(provider), .. }) => match known_provider(site, provider) {
            Ok(provider) => (vec!["<CODE>"], ERROR_USAGE, offered(site, provider.as_str())),
            Err(refusal) => return Stop::Refused(refusal),
        },
        Some(NewKind::Compare { .. }) => (vec!["<ERROR> <ERROR>…"], "fieldguide new compare <ERROR> <ERROR>…", String::new()),
        Some(NewKind::Playbook { .. }) => (vec!["<SLUG>"], "fieldguide new playbook <SLUG> [OPTIONS]", String::new()),
        Some(NewKind::Provider { .. }) => (vec!["<SLUG>"], "fieldguide new provider <SLUG> [OPTIONS]", String::new()),
        Some(NewKind::Page { .. }) => (vec!["<SLUG>"], "fieldguide new page <SLUG> [OPTIONS]", String::new()),
    };
    Stop::Missing { arguments, usage, hint }
}

const ERROR_USAGE: &str = "fieldguide new error <PROVIDER> <CODE> [OPTIONS]";
