//! Findings on their way out: the form they are told in, and what they mean for the exit code.

use super::terminal::Terminal;
use super::{CONTENT, FAILURE, Global, git};
use crate::model::diagnostic::{Diagnostic, Fix, Severity, has_errors};
use crate::model::rules;
use crate::model::source::Sources;
use crate::model::words::counted;
use crate::report::{self, Format};
use crate::write::append;

/// Where findings for people go: beside a command's result, or as it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stream {
    Stdout,
    Stderr,
}

/// Prints all findings. What is for programs goes to stdout, whatever the command.
pub(super) fn print(
    terminal: &Terminal,
    global: &Global,
    format: Format,
    people: Stream,
    diagnostics: &[Diagnostic],
    sources: &Sources,
) {
    let to_people = |text: &str| match people {
        Stream::Stdout => terminal.output(text),
        Stream::Stderr => terminal.to_stderr(text),
    };
    match format {
        Format::Human => {
            let width = terminal.width();
            diagnostics.iter().for_each(|finding| to_people(&format!("{}\n", report::human(finding, sources, true, width))));
        }
        Format::Short => diagnostics.iter().for_each(|finding| to_people(&report::short(finding, sources))),
        Format::Json => diagnostics.iter().for_each(|finding| terminal.output(&report::json(finding, sources))),
        Format::Sarif => terminal.output(&report::sarif(diagnostics, sources, &git::prefix(&global.root))),
        Format::Github => {
            let report = report::github(diagnostics, sources, &git::changed_lines(&global.root), &git::prefix(&global.root));
            terminal.output(&report.annotations);
            if let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY")
                && let Err(error) = append(std::path::Path::new(&path), &report.summary)
            {
                terminal.say(&format!("warning: the step summary cannot be written: {error}"));
            }
        }
    }
}

/// What a command with these findings ends with: a site that is not read at all is at fault itself, not its content.
pub(super) fn exit_code(diagnostics: &[Diagnostic], sources: &Sources) -> u8 {
    let is_error = |finding: &&Diagnostic| finding.severity == Severity::Error;
    let is_frame = |finding: &Diagnostic| *finding.rule == rules::MISSING_FILE || finding.location(sources).0 == "site.toml";
    match (has_errors(diagnostics), diagnostics.iter().filter(is_error).all(is_frame)) {
        (false, _) => 0,
        (true, true) => FAILURE,
        (true, false) => CONTENT,
    }
}

/// "3 errors, 1 warning".
pub(super) fn verdict(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|finding| finding.severity == Severity::Error).count();
    format!("{}{}", counted(errors, "error"), with_warnings(diagnostics))
}

/// "; 2 of them can be mended with --fix", or nothing where only the writer can.
pub(super) fn mendable(diagnostics: &[Diagnostic]) -> String {
    match diagnostics.iter().filter(|finding| finding.fix != Fix::None).count() {
        0 => String::new(),
        count => format!("; {count} can be mended with `fieldguide check --fix`"),
    }
}

/// ", 1 warning", or nothing where there is none.
pub(super) fn with_warnings(diagnostics: &[Diagnostic]) -> String {
    let warnings = diagnostics.iter().filter(|finding| finding.severity == Severity::Warning).count();
    if warnings == 0 { String::new() } else { format!(", {}", counted(warnings, "warning")) }
}
