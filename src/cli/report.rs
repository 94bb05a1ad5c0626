//! `report`: what those who keep the site want to know of it. A door to clap: its reports have arguments of their own.

use clap::{Args, Subcommand, ValueEnum};

use super::findings::{self, Stream, verdict};
use super::terminal::Terminal;
use super::{Global, date};
use crate::model::date::{Date, Interval};
use crate::model::diagnostic::has_errors;
use crate::report::Format;
use crate::survey::{self, Report};
use crate::{Options, inspect};

#[derive(Args)]
pub(super) struct ReportArgs {
    #[command(subcommand)]
    which: Which,
}

#[derive(Subcommand)]
enum Which {
    /// Guides whose review is due or will be soon, most overdue first
    #[command(after_help = "Examples:\n  fieldguide report review\n  fieldguide report review --within 1y --format json")]
    Review {
        /// How far to look ahead: days, weeks, months or years
        #[arg(long, value_name = "TIME", value_parser = interval, default_value = "30d")]
        within: Interval,
        #[command(flatten)]
        common: CommonArgs,
        /// Form of the report
        #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Form::Table)]
        format: Form,
    },
    /// Codes that guides mention and no guide is about, most mentioned first
    #[command(after_help = "Examples:\n  fieldguide report gaps\n  fieldguide report gaps --format md")]
    Gaps {
        #[command(flatten)]
        common: CommonArgs,
        /// Form of the report
        #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Form::Table)]
        format: Form,
    },
    /// Guides, sources, messages and sections of each provider, and how many guides a compare or playbook leads on from
    #[command(after_help = "Examples:\n  fieldguide report coverage\n  fieldguide report coverage --format json")]
    Coverage {
        #[command(flatten)]
        common: CommonArgs,
        /// Form of the report
        #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Form::Table)]
        format: Form,
    },
    /// The cross-link graph: guides, what leads from one to another and why, and guides that stand alone
    #[command(
        after_help = "Examples:\n  fieldguide report graph\n  fieldguide report graph --format dot | dot -Tsvg > graph.svg"
    )]
    Graph {
        #[command(flatten)]
        common: CommonArgs,
        /// Form of the report
        #[arg(long, value_name = "FORMAT", value_enum, default_value_t = GraphForm::Table)]
        format: GraphForm,
    },
}

#[derive(Args)]
struct CommonArgs {
    /// Make drafts part of the site, too
    #[arg(long)]
    drafts: bool,
    /// The day that counts as today, as YYYY-MM-DD [default: the system's]
    #[arg(long, value_name = "DATE", value_parser = date)]
    today: Option<Date>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    /// For people, as wide as the terminal
    Table,
    /// For programs: one object; docs/reports.md names its fields
    Json,
    /// A Markdown table, for issues and pull requests
    Md,
}

#[derive(Clone, Copy, ValueEnum)]
enum GraphForm {
    /// For people, as wide as the terminal
    Table,
    /// For programs: one object; docs/reports.md names its fields
    Json,
    /// Markdown tables, for issues and pull requests
    Md,
    /// For Graphviz
    Dot,
}

/// Runs the command and gives its exit code.
pub(super) fn run(global: &Global, args: &ReportArgs, terminal: &Terminal) -> u8 {
    let common = match &args.which {
        Which::Review { common, .. }
        | Which::Gaps { common, .. }
        | Which::Coverage { common, .. }
        | Which::Graph { common, .. } => common,
    };
    let sources = match super::load_on(global, common.today, terminal) {
        Ok(sources) => sources,
        Err(code) => return code,
    };
    let (site, findings) = inspect(&sources, &Options { with_drafts: common.drafts, ..Options::default() });
    let Some(site) = site else {
        findings::print(terminal, global, Format::Human, Stream::Stderr, &findings, &sources);
        return findings::exit_code(&findings, &sources);
    };
    if has_errors(&findings) {
        terminal.say(&format!("{}; what has errors is left out, and `fieldguide check` tells it", verdict(&findings)));
    }
    match args.which {
        Which::Review { within, format, .. } => print(terminal, format, &survey::review(&site, &sources, within)),
        Which::Gaps { format, .. } => print(terminal, format, &survey::gaps(&site, &sources)),
        Which::Coverage { format, .. } => print(terminal, format, &survey::coverage(&site)),
        Which::Graph { format, .. } => {
            let graph = survey::graph(&site, &sources);
            match format {
                GraphForm::Table => print(terminal, Form::Table, &graph),
                GraphForm::Json => print(terminal, Form::Json, &graph),
                GraphForm::Md => print(terminal, Form::Md, &graph),
                GraphForm::Dot => terminal.output(&survey::dot(&graph)),
            }
        }
    }
    0
}

fn print(terminal: &Terminal, form: Form, report: &impl Report) {
    terminal.output(&match form {
        Form::Table => survey::text(report, terminal.columns()),
        Form::Json => survey::json(report),
        Form::Md => survey::markdown(report),
    });
}

/// Reads a time as guides write it, "30 days", or short, "30d".
fn interval(text: &str) -> Result<Interval, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match &text[digits.len()..] {
        "d" => "days",
        "w" => "weeks",
        "m" => "months",
        "y" => "years",
        other => other,
    };
    Interval::parse(&format!("{} {unit}", digits.trim_end()))
        .ok_or_else(|| "write a time such as 30d, 2w, 6m, 1y or \"30 days\"".to_owned())
}
