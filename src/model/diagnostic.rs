//! What we tell a writer: a rule that was broken, where, and what to write instead.

use super::rules::Rule;
use super::source::{Sources, Span};
use super::suggest::is_spelling;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The site is not published.
    Error,
    /// The site is published; the writer is told.
    Warning,
}

/// Where a finding points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// At bytes of a file that was read.
    Text(Span),
    /// At a file or folder as a whole; the path is relative to the site's root.
    Path(String),
}

/// A second place that explains the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there, lower case, without a full stop.
    pub text: String,
}

/// What mends a finding without changing what anything means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fix {
    /// Nothing that is sure: only the writer knows.
    None,
    /// These edits, all together.
    Edits(Vec<Edit>),
    /// The file moves to this path, relative to the site's root.
    Move(String),
}

/// A change to a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Where it is made.
    pub span: Span,
    /// What goes; it stands in the span once, or nothing is changed.
    pub old: String,
    /// What stands there instead.
    pub new: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that was broken; it names the finding.
    pub rule: &'static Rule,
    /// How much it weighs in this site.
    pub severity: Severity,
    /// What is wrong, in the writer's words; lower case, without a full stop, one line.
    pub message: String,
    /// Where it is wrong.
    pub place: Place,
    /// Other places that belong to it, also in other files.
    pub labels: Vec<Label>,
    /// What to write instead, where more is known than the rule's own help.
    pub hints: Vec<String>,
    /// What mends it.
    pub fix: Fix,
}

impl Diagnostic {
    /// A finding at a place in a file.
    pub fn new(rule: &'static Rule, span: Span, message: impl Into<String>) -> Self {
        Self::at(rule, Place::Text(span), &message.into())
    }

    /// A finding about a path as a whole.
    pub fn for_path(rule: &'static Rule, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self::at(rule, Place::Path(one_line(&path.into())), &message.into())
    }

    fn at(rule: &'static Rule, place: Place, message: &str) -> Self {
        let severity = rule.default_severity();
        Self { rule, severity, message: one_line(message), place, labels: Vec::new(), hints: Vec::new(), fix: Fix::None }
    }

    /// Adds what to write instead.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(one_line(&hint.into()));
        self
    }

    /// Adds "did you mean …?" where there is something near, and what puts it right where the two differ in spelling only.
    #[must_use]
    pub fn respelt(self, written: &str, near: Option<impl Into<String>>) -> Self {
        let Some(near) = near.map(Into::into) else { return self };
        let finding = self.did_you_mean(Some(&near));
        match finding.place {
            Place::Text(span) if is_spelling(written, &near) => finding.edit(span, written, near),
            Place::Text(_) | Place::Path(_) => finding,
        }
    }

    /// Adds "did you mean …?" where there is something near.
    #[must_use]
    pub fn did_you_mean(self, near: Option<impl AsRef<str>>) -> Self {
        match near {
            Some(near) => self.hint(format!("did you mean `{}`?", near.as_ref())),
            None => self,
        }
    }

    /// What to write instead: the finding's own hints, or what generally helps with its rule.
    pub fn help(&self) -> Vec<&str> {
        if self.hints.is_empty() { vec![self.rule.help] } else { self.hints.iter().map(String::as_str).collect() }
    }

    /// Adds a second place.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: one_line(&text.into()) });
        self
    }

    /// Adds an edit to what mends the finding.
    #[must_use]
    pub fn edit(mut self, span: Span, old: impl Into<String>, new: impl Into<String>) -> Self {
        let edit = Edit { span, old: old.into(), new: new.into() };
        match &mut self.fix {
            Fix::Edits(edits) => edits.push(edit),
            Fix::None | Fix::Move(_) => self.fix = Fix::Edits(vec![edit]),
        }
        self
    }

    /// Says that the file is right where it is moved to.
    #[must_use]
    pub fn moved_to(mut self, path: impl Into<String>) -> Self {
        self.fix = Fix::Move(path.into());
        self
    }

    /// The path, line and column for people; line and column are 1 for a finding about a whole file.
    pub fn location<'a>(&'a self, sources: &'a Sources) -> (&'a str, usize, usize) {
        match &self.place {
            Place::Path(path) => (path, 1, 1),
            Place::Text(span) => {
                let file = sources.file(span.file);
                let (line, column) = file.line_column(span.start);
                (&file.path, line, column)
            }
        }
    }

    /// The order of findings: by path, then by place in the file, then by rule.
    pub fn sort(diagnostics: &mut [Self], sources: &Sources) {
        diagnostics.sort_by(|a, b| {
            let key = |diagnostic: &Self| match &diagnostic.place {
                Place::Path(path) => (path.clone(), 0),
                Place::Text(span) => (sources.file(span.file).path.clone(), span.start),
            };
            key(a).cmp(&key(b)).then_with(|| a.rule.name.cmp(b.rule.name)).then_with(|| a.message.cmp(&b.message))
        });
    }
}

/// Whether any of the findings stops the site from being published.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// File names and values may hold line breaks and terminal escapes; a finding stays on one line and harmless.
fn one_line(text: &str) -> String {
    if !text.contains(char::is_control) {
        return text.to_owned();
    }
    text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}
