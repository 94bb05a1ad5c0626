//! GitHub: workflow commands that become annotations of a pull request, and a summary that holds every finding.
//!
//! GitHub shows ten errors and ten warnings of a step and drops the rest without a word, so at most ten annotations are made: errors
//! first, and of these first what the change touched. Source: GitHub, "Workflow commands for GitHub Actions", "Setting an error
//! message" and "Adding a job summary".

use super::{ChangedLines, region, word};
use crate::model::cell::sentence;
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::source::Sources;
use crate::model::words::counted;

/// The most annotations of a run.
const MAX_ANNOTATIONS: usize = 10;
/// The largest summary that GitHub takes, in bytes, less room for a last line.
const MAX_SUMMARY: usize = 1024 * 1024 - 200;

/// The two texts of a run.
#[derive(Debug, PartialEq, Eq)]
pub struct Github {
    /// Workflow commands, one a line, for stdout.
    pub annotations: String,
    /// Markdown for the step summary.
    pub summary: String,
}

/// The annotations and the summary of all findings. `prefix` leads from the repository's root to the site's: empty, or `docs/`.
pub fn github(diagnostics: &[Diagnostic], sources: &Sources, changed: &ChangedLines, prefix: &str) -> Github {
    let mut first: Vec<&Diagnostic> = diagnostics.iter().collect();
    first.sort_by_key(|finding| (finding.severity, !is_in(finding, sources, changed)));
    let annotations: String = first.iter().take(MAX_ANNOTATIONS).map(|finding| annotation(finding, sources, prefix)).collect();
    Github { annotations, summary: summary(&first, sources) }
}

fn is_in(finding: &Diagnostic, sources: &Sources, changed: &ChangedLines) -> bool {
    let (path, line, _) = finding.location(sources);
    changed.get(path).is_some_and(|lines| lines.iter().any(|lines| lines.contains(&line)))
}

fn annotation(finding: &Diagnostic, sources: &Sources, prefix: &str) -> String {
    let region = region(&finding.place, sources);
    let ((line, column), (end_line, end_column)) = (region.start, region.end);
    // Columns are only read where a finding ends on its line.
    let end = if end_line == line && end_column > column { format!(",endColumn={end_column}") } else { String::new() };
    let help: String = finding.help().iter().map(|help| format!("\nhelp: {help}")).collect();
    format!(
        "::{} file={},line={line},col={column}{end},title={}::{}\n",
        word(finding),
        property(&format!("{prefix}{}", region.path)),
        property(finding.rule.name),
        data(&format!("{}{help}", finding.message))
    )
}

/// The text of a command; GitHub decodes the percent signs.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a command, in which `:` and `,` separate.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

fn summary(findings: &[&Diagnostic], sources: &Sources) -> String {
    if findings.is_empty() {
        return "### fieldguide: nothing to tell\n".to_owned();
    }
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let counts = format!("{}, {}", counted(errors, "error"), counted(findings.len() - errors, "warning"));
    let mut text = format!("### fieldguide: {counts}\n\n| | place | rule | what is wrong |\n| --- | --- | --- | --- |\n");
    for (index, finding) in findings.iter().enumerate() {
        let (path, line, column) = finding.location(sources);
        let row = format!(
            "| {} | `{path}:{line}:{column}` | `{}` | {} |\n",
            word(finding),
            finding.rule.name,
            sentence(&finding.message)
        );
        if text.len() + row.len() > MAX_SUMMARY {
            text.push_str(&format!("\n{} more; `fieldguide check` lists them.\n", findings.len() - index));
            break;
        }
        text.push_str(&row);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_a_command() {
        assert_eq!(data("50%\n::error::x"), "50%25%0A::error::x");
        assert_eq!(property("a:b,c"), "a%3Ab%2Cc");
    }
}
