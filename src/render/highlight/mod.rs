//! Code samples → HTML with one-letter classes. The door to syntect and two-face.
//!
//! The engine is fancy-regex: pure Rust and with a bound on backtracking, so that no sample can keep a build busy. Lines and
//! samples over a limit stay plain text.

mod classes;
mod console;
mod powershell;

use std::sync::OnceLock;

use pulldown_cmark_escape::escape_html_body_text;
use syntect::parsing::{ParseState, ScopeStackOp, SyntaxReference, SyntaxSet};

use classes::{Class, Classes};

use crate::model::language::Language;
use crate::model::sample::Sample;

/// Lines longer than this are not highlighted, in bytes.
pub(super) const MAX_LINE: usize = 2 * 1024;
/// Samples larger than this are not highlighted, in bytes.
pub(super) const MAX_SAMPLE: usize = 64 * 1024;
/// The most work of one sample: the sum of the squares of its lines' lengths. Some grammars are quadratic in a line's length and
/// take a second for 11 million; ordinary code of 64 KiB has less than seven.
const MAX_WORK: usize = 8_000_000;

/// The grammars, loaded when the first sample needs them.
#[derive(Default)]
pub(super) struct Highlighter {
    /// Whether every sample stays plain.
    is_plain: bool,
    grammars: OnceLock<SyntaxSet>,
    own: OnceLock<SyntaxSet>,
    classes: OnceLock<Classes>,
}

/// A sample as HTML.
pub(super) struct Highlighted {
    /// What stands inside `<code>`: text, `<span>` and `<mark>`.
    pub(super) html: String,
    /// Whether a limit kept it from being highlighted.
    pub(super) is_over_limit: bool,
}

impl Highlighter {
    /// A highlighter, or one that only finds out what is over a limit.
    pub(super) fn new(is_plain: bool) -> Self {
        Self { is_plain, ..Self::default() }
    }

    /// Highlights a sample and marks its lines.
    pub(super) fn highlight(&self, text: &str, sample: &Sample) -> Highlighted {
        let work: usize = text.lines().map(|line| line.len() * line.len()).sum();
        let is_over_limit = text.len() > MAX_SAMPLE || work > MAX_WORK || text.lines().any(|line| line.len() > MAX_LINE);
        let mut out = Html::new(sample);
        match self.painter(sample.language).filter(|_| !is_over_limit && !self.is_plain) {
            Some(mut painter) => {
                for line in text.split_inclusive('\n') {
                    out.line(|out| painter.line(line, out));
                }
            }
            None => {
                for line in text.split_inclusive('\n') {
                    out.line(|out| out.text(line, Class::None));
                }
            }
        }
        Highlighted { html: out.html, is_over_limit: is_over_limit && sample.language.grammar.is_some() }
    }

    fn painter(&self, language: &Language) -> Option<Painter<'_>> {
        let name = language.grammar?;
        let classes = self.classes.get_or_init(Classes::new);
        if name == console::GRAMMAR {
            let shell = self.grammar("Bourne Again Shell (bash)")?;
            return Some(Painter::Console(console::Console::new(), Grammar::new(shell.0, shell.1, classes)));
        }
        let (set, syntax) = self.grammar(name)?;
        Some(Painter::Grammar(Grammar::new(set, syntax, classes)))
    }

    fn grammar(&self, name: &str) -> Option<(&SyntaxSet, &SyntaxReference)> {
        let set = if name == powershell::GRAMMAR {
            self.own.get_or_init(powershell::grammars)
        } else {
            self.grammars.get_or_init(two_face::syntax::extra_newlines)
        };
        set.find_syntax_by_name(name).map(|syntax| (set, syntax))
    }
}

/// What colours the lines of one sample.
enum Painter<'h> {
    Grammar(Grammar<'h>),
    Console(console::Console, Grammar<'h>),
}

impl Painter<'_> {
    fn line(&mut self, line: &str, out: &mut Html<'_>) {
        match self {
            Self::Grammar(grammar) => grammar.line(line, out),
            Self::Console(console, shell) => console.line(line, shell, out),
        }
    }
}

/// A grammar and where it stands in a sample.
struct Grammar<'h> {
    set: &'h SyntaxSet,
    syntax: &'h SyntaxReference,
    state: ParseState,
    classes: &'h Classes,
    stack: classes::Stack,
}

impl<'h> Grammar<'h> {
    fn new(set: &'h SyntaxSet, syntax: &'h SyntaxReference, classes: &'h Classes) -> Self {
        Self { set, syntax, state: ParseState::new(syntax), classes, stack: classes::Stack::default() }
    }

    /// Forgets what came before, as at a new prompt.
    fn reset(&mut self) {
        self.state = ParseState::new(self.syntax);
        self.stack = classes::Stack::default();
    }

    fn line(&mut self, line: &str, out: &mut Html<'_>) {
        // A grammar that fails on a line leaves it plain.
        let operations: Vec<(usize, ScopeStackOp)> = self.state.parse_line(line, self.set).unwrap_or_default();
        let mut at = 0;
        for (position, operation) in operations {
            if position > at {
                out.text(&line[at..position], self.stack.class());
                at = position;
            }
            self.stack.apply(&operation, self.classes);
        }
        out.text(&line[at..], self.stack.class());
    }
}

/// HTML as it grows: neighbours of one class share a span, no span crosses a line.
struct Html<'s> {
    html: String,
    sample: &'s Sample,
    number: usize,
    open: Class,
}

impl<'s> Html<'s> {
    fn new(sample: &'s Sample) -> Self {
        Self { html: String::new(), sample, number: 0, open: Class::None }
    }

    fn line(&mut self, paint: impl FnOnce(&mut Self)) {
        self.number += 1;
        let is_marked = self.sample.marks(self.number);
        if is_marked {
            self.html.push_str("<mark>");
        }
        paint(self);
        self.close();
        if is_marked {
            self.html.push_str("</mark>");
        }
    }

    fn text(&mut self, text: &str, class: Class) {
        if text.is_empty() {
            return;
        }
        // Blanks look the same in every class.
        let class = if text.trim().is_empty() { self.open } else { class };
        if class != self.open {
            self.close();
            if let Some(letter) = class.letter() {
                self.html.push_str("<span class=\"");
                self.html.push(letter);
                self.html.push_str("\">");
            }
            self.open = class;
        }
        let (body, end) = text.strip_suffix('\n').map_or((text, ""), |body| (body, "\n"));
        escape_html_body_text(&mut self.html, body).expect("a string takes all text");
        if !end.is_empty() {
            self.close();
            self.html.push('\n');
        }
    }

    fn close(&mut self) {
        if self.open.letter().is_some() {
            self.html.push_str("</span>");
        }
        self.open = Class::None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::language::{self, LANGUAGES};
    use crate::model::source::{FileId, Span};

    fn sample(name: &str) -> Sample {
        Sample {
            span: Span::new(FileId::new(0), 0..0),
            language: language::find(name).expect("a known language"),
            title: None,
            marked_lines: vec![(2, 2)],
            tab: None,
            is_bad: false,
            tab_group: None,
        }
    }

    fn check(name: &str, text: &str, expected: &str) {
        assert_eq!(Highlighter::default().highlight(text, &sample(name)).html, expected);
    }

    #[test]
    fn every_language_has_its_grammar() {
        let highlighter = Highlighter::default();
        for language in LANGUAGES.iter().filter(|language| language.grammar.is_some()) {
            assert!(highlighter.painter(language).is_some(), "{}", language.name);
        }
    }

    #[test]
    fn text_is_escaped_and_lines_are_marked() {
        check("text", "<a>\n&\n", "&lt;a&gt;\n<mark>&amp;\n</mark>");
    }

    #[test]
    fn classes_are_letters_and_no_span_crosses_a_line() {
        check("python", "# a\nx = \"b\"\n", "<span class=\"c\"># a</span>\n<mark>x = <span class=\"s\">\"b\"</span>\n</mark>");
        check("javascript", "/* a\nb */\n", "<span class=\"c\">/* a</span>\n<mark><span class=\"c\">b */</span>\n</mark>");
    }

    #[test]
    fn consoles_tell_commands_from_output() {
        check(
            "console",
            "$ echo \"a\"\n\"a\"\n",
            "<span class=\"k\">$ </span><span class=\"f\">echo </span><span class=\"s\">\"a\"</span>\n<mark>\"a\"\n</mark>",
        );
    }

    #[test]
    fn powershell_is_coloured() {
        check(
            "powershell",
            "Get-Item -Path \"a $b\" # c\n\n",
            "<span class=\"f\">Get-Item </span><span class=\"v\">-Path </span><span class=\"s\">\"a </span><span class=\"v\">$b</span><span class=\"s\">\" </span><span class=\"c\"># c</span>\n<mark>\n</mark>",
        );
    }

    #[test]
    fn long_lines_and_samples_stay_plain() {
        let many = "x = 1 # a line of ordinary length\n".repeat(3000);
        let wide = format!("{}\n", "a".repeat(2000)).repeat(6);
        for text in [format!("x = \"{}\"\n", "a".repeat(MAX_LINE)), many, wide] {
            let highlighted = Highlighter::default().highlight(&text, &sample("python"));
            assert!(highlighted.is_over_limit);
            assert!(!highlighted.html.contains("<span"));
        }
    }
}
