//! YAML as a tree in which every key and value knows its place. The door to saphyr-parser.
//!
//! This pass comes before typed reading: it is linear, stops at deep nesting, and refuses what front matter does not need and
//! attackers do (anchors, aliases, tags), so that nothing after it sees such input.

use saphyr_parser::{Event, Parser, ScalarStyle, Span as Mark};

use crate::model::diagnostic::Diagnostic;
use crate::model::rules;
use crate::model::source::{FileId, Span, Spanned};
use crate::model::suggest::nearest;
use crate::model::words::quoted;

/// Nesting beyond this is refused; front matter needs four levels.
const MAX_DEPTH: usize = 16;

/// The words that YAML reads as nothing.
///
/// Source: YAML 1.2.2, "10.2.1.1. Null" and the core schema.
const NULLS: [&str; 4] = ["~", "null", "Null", "NULL"];

/// A value with its place. The place of a collection is that of its first byte.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) span: Span,
    pub(super) value: Value,
    /// Whether it is a word without quotation marks that YAML reads as nothing: `null` or `~`.
    pub(super) is_null: bool,
}

impl Node {
    fn new(span: Span, value: Value) -> Self {
        Self { span, value, is_null: false }
    }
}

/// What a value is.
#[derive(Debug)]
pub(super) enum Value {
    /// Text, as YAML reads it.
    Scalar(String),
    Sequence(Vec<Node>),
    Mapping(Mapping),
}

/// Keys and values in the order they were written.
#[derive(Debug, Default)]
pub(super) struct Mapping {
    pub(super) entries: Vec<(Spanned<String>, Node)>,
    /// Keys that stood a second time; they are told and not among the entries.
    pub(super) doubles: Vec<Span>,
}

impl Mapping {
    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find(|(name, _)| name.value == key).map(|(_, node)| node)
    }

    /// The place of a key.
    pub(super) fn key_span(&self, key: &str) -> Option<Span> {
        self.entries.iter().find(|(name, _)| name.value == key).map(|(name, _)| name.span)
    }
}

impl Node {
    /// The item of a sequence.
    pub(super) fn item(&self, index: usize) -> Option<&Self> {
        match &self.value {
            Value::Sequence(items) => items.get(index),
            Value::Scalar(_) | Value::Mapping(_) => None,
        }
    }

    /// The text as it was written, if it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text) => Some(text),
            Value::Sequence(_) | Value::Mapping(_) => None,
        }
    }

    /// The mapping, if it is one.
    pub(super) fn mapping(&self) -> Option<&Mapping> {
        match &self.value {
            Value::Mapping(mapping) => Some(mapping),
            Value::Scalar(_) | Value::Sequence(_) => None,
        }
    }
}

/// Reads front matter whose text starts at byte `base` of a file.
///
/// Returns the mapping, or `None` where there is none to go on with; either way the findings are told.
pub(super) fn mapping(text: &str, file: FileId, base: usize, diagnostics: &mut Vec<Diagnostic>) -> Option<Mapping> {
    let places = Places::new(text, file, base);
    if let Some(finding) = tab_indent(text, &places) {
        diagnostics.push(finding);
        return None;
    }
    let mut reader = Reader { events: Parser::new_from_str(text), places: &places, diagnostics };
    match reader.document() {
        Ok(Some(Node { value: Value::Mapping(mapping), .. })) => Some(mapping),
        Ok(Some(node)) => {
            let finding = Diagnostic::new(&rules::INVALID_YAML, node.span, "front matter must be a map of keys and values");
            reader.diagnostics.push(finding.hint("write one `key: value` a line"));
            None
        }
        Ok(None) => Some(Mapping::default()),
        Err(finding) => {
            reader.diagnostics.push(*finding);
            None
        }
    }
}

/// YAML forbids tabs as indentation, and parsers report them elsewhere.
fn tab_indent(text: &str, places: &Places<'_>) -> Option<Diagnostic> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..indent].find('\t') {
            let span = Span::new(places.file, places.base + start + tab..places.base + start + tab + 1);
            return Some(Diagnostic::new(&rules::INVALID_YAML, span, "a tab indents this line").hint("indent with spaces"));
        }
        start += line.len();
    }
    None
}

/// Turns marks, which count characters, into spans, which count bytes.
struct Places<'t> {
    text: &'t str,
    file: FileId,
    base: usize,
    /// The byte of each character; empty where all are one byte long.
    offsets: Vec<usize>,
}

impl<'t> Places<'t> {
    fn new(text: &'t str, file: FileId, base: usize) -> Self {
        let offsets = if text.is_ascii() { Vec::new() } else { text.char_indices().map(|(at, _)| at).collect() };
        Self { text, file, base, offsets }
    }

    fn offset(&self, character: usize) -> usize {
        if self.offsets.is_empty() {
            return character.min(self.text.len());
        }
        self.offsets.get(character).copied().unwrap_or(self.text.len())
    }

    fn span(&self, mark: Mark) -> Span {
        let start = self.offset(mark.start.index());
        let end = self.offset(mark.end.index()).max(start);
        Span::new(self.file, self.base + start..self.base + end)
    }

    /// The first byte of a collection; its end mark overshoots.
    fn start(&self, mark: Mark) -> Span {
        let start = self.offset(mark.start.index());
        let end = self.text[start..].chars().next().map_or(start, |c| start + c.len_utf8());
        Span::new(self.file, self.base + start..self.base + end)
    }
}

type Step<T> = Result<T, Box<Diagnostic>>;

struct Reader<'t, 'd> {
    events: Parser<'t, saphyr_parser::StrInput<'t>>,
    places: &'d Places<'t>,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'t> Reader<'t, '_> {
    fn next(&mut self) -> Step<(Event<'t>, Mark)> {
        match self.events.next() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => Err(Box::new(self.refused(&error))),
            None => Ok((Event::StreamEnd, Mark::default())),
        }
    }

    /// The first node of the stream; front matter is one document.
    fn document(&mut self) -> Step<Option<Node>> {
        loop {
            match self.next()? {
                (Event::StreamEnd, _) => return Ok(None),
                (Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing, _) => {}
                event => {
                    let node = self.node(event, 0)?;
                    return self.drain().map(|()| Some(node));
                }
            }
        }
    }

    /// Reads on to the end, so that a syntax error behind the first node is not missed.
    fn drain(&mut self) -> Step<()> {
        while !matches!(self.next()?.0, Event::StreamEnd) {}
        Ok(())
    }

    fn node(&mut self, (event, mark): (Event<'t>, Mark), depth: usize) -> Step<Node> {
        self.refuse_features(&event, mark)?;
        if depth > MAX_DEPTH {
            let span = self.places.start(mark);
            return Err(Box::new(Diagnostic::new(
                &rules::INVALID_YAML,
                span,
                format!("nested more than {MAX_DEPTH} levels deep"),
            )));
        }
        match event {
            Event::SequenceStart(..) => self.sequence(mark, depth),
            Event::MappingStart(..) => self.mapping(mark, depth),
            Event::Scalar(text, style, ..) => {
                let block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
                let span = if block { self.places.start(mark) } else { self.places.span(mark) };
                let is_null = style == ScalarStyle::Plain && NULLS.contains(&&*text);
                Ok(Node { span, value: Value::Scalar(text.into_owned()), is_null })
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd
            | Event::Alias(_)
            | Event::SequenceEnd
            | Event::MappingEnd => Ok(Node::new(self.places.start(mark), Value::Scalar(String::new()))),
        }
    }

    fn sequence(&mut self, mark: Mark, depth: usize) -> Step<Node> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd | Event::StreamEnd, _) => break,
                event => items.push(self.node(event, depth + 1)?),
            }
        }
        Ok(Node::new(self.places.start(mark), Value::Sequence(items)))
    }

    fn mapping(&mut self, mark: Mark, depth: usize) -> Step<Node> {
        let mut mapping = Mapping::default();
        loop {
            let (event, key_mark) = self.next()?;
            if matches!(event, Event::MappingEnd | Event::StreamEnd) {
                break;
            }
            let key = self.key((event, key_mark), depth)?;
            let next = self.next()?;
            let value = self.node(next, depth + 1)?;
            match mapping.key_span(&key.value) {
                Some(first) => {
                    let message = format!("`{}` stands twice", key.value);
                    mapping.doubles.push(key.span);
                    self.diagnostics.push(Diagnostic::new(&rules::DUPLICATE_KEY, key.span, message).label(first, "first here"));
                }
                None => mapping.entries.push((key, value)),
            }
        }
        Ok(Node::new(self.places.start(mark), Value::Mapping(mapping)))
    }

    fn key(&mut self, event: (Event<'t>, Mark), depth: usize) -> Step<Spanned<String>> {
        let node = self.node(event, depth + 1)?;
        match node.value {
            Value::Scalar(text) => Ok(Spanned::new(text, node.span)),
            Value::Sequence(_) | Value::Mapping(_) => {
                Err(Box::new(Diagnostic::new(&rules::INVALID_YAML, node.span, "a key must be a word, not a list or map")))
            }
        }
    }

    fn refuse_features(&self, event: &Event<'_>, mark: Mark) -> Step<()> {
        let (anchor, tag) = match event {
            Event::Alias(_) => return Err(Box::new(self.feature("an alias", mark))),
            Event::Scalar(_, _, anchor, tag) | Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag) => {
                (anchor, tag)
            }
            _ => return Ok(()),
        };
        match (*anchor, tag) {
            (1.., _) => Err(Box::new(self.feature("an anchor", mark))),
            (_, Some(_)) => Err(Box::new(self.feature("a tag", mark))),
            (_, None) => Ok(()),
        }
    }

    fn feature(&self, what: &str, mark: Mark) -> Diagnostic {
        let message = format!("{what} in front matter");
        Diagnostic::new(&rules::YAML_FEATURE, self.places.start(mark), message)
            .hint("write the value out; quote it if it is text")
    }

    fn refused(&self, error: &saphyr_parser::ScanError) -> Diagnostic {
        let at = self.places.offset(error.marker().index());
        let cause = cause_of(self.places.text, at);
        let span = Span::new(self.places.file, self.places.base + cause.at..self.places.base + cause.at);
        if error.info().contains("anchor") {
            let finding = Diagnostic::new(&rules::YAML_FEATURE, span, "an alias in front matter");
            return finding.hint("quote it if it is text that starts with `*`");
        }
        let finding = Diagnostic::new(&rules::INVALID_YAML, span, format!("this is not YAML: {}", error.info()));
        match cause.hint {
            Some(hint) => finding.hint(hint),
            None => finding,
        }
    }
}

/// Where a syntax error really lies, and what helps.
struct Cause {
    at: usize,
    hint: Option<String>,
}

/// Parsers stop after the cause of an error, often a line late. What it mostly is can be seen in the lines before.
fn cause_of(text: &str, at: usize) -> Cause {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let mut start = 0;
    let mut lines: Vec<(usize, &str)> = Vec::new();
    for line in text.split_inclusive('\n') {
        if start > at {
            break;
        }
        if !line.trim_start().starts_with('#') && !line.trim().is_empty() {
            lines.push((start, line));
        }
        start += line.len();
    }
    // The line where the parser stopped and the two before it, the nearest first.
    for (start, line) in lines.iter().rev().take(3) {
        if let Some((column, hint)) = fault_of(line) {
            return Cause { at: start + column, hint: Some(hint) };
        }
    }
    // A quotation runs over any number of lines.
    let unclosed =
        lines.iter().rev().find_map(|(start, line)| unclosed_quotation(line).map(|(column, quote)| (start + column, quote)));
    match unclosed {
        Some((at, quote)) => Cause { at, hint: Some(format!("close the quotation with `{quote}`")) },
        None => Cause { at, hint: None },
    }
}

/// What is wrong with a line that a parser did not get past, and in which column.
fn fault_of(line: &str) -> Option<(usize, String)> {
    let Some((key, value)) = split_key(line) else {
        let text = line.trim_end();
        let indent = text.len() - text.trim_start().len();
        let is_item = text.trim_start().starts_with("- ") || text.trim_start() == "-";
        let is_key = text.ends_with(':');
        return (!is_item && !is_key && indent == 0).then(|| (0, "write `key: value`".to_owned()));
    };
    let column = line.len() - value.len();
    if let Some((_, quote)) = unclosed_quotation(line) {
        return Some((column, format!("close the quotation with `{quote}`")));
    }
    for (open, close) in [('[', ']'), ('{', '}')] {
        if value.starts_with(open) && value.matches(open).count() > value.matches(close).count() {
            return Some((column, format!("close it with `{close}`")));
        }
    }
    if value.starts_with(['@', '`', '%', '*', '&', '!']) {
        let first = value.chars().next().unwrap_or_default();
        return Some((column, format!("quote the value: `{first}` has a meaning in YAML")));
    }
    let is_plain = !value.starts_with(['"', '\'', '[', '{', '|', '>', '#']);
    if is_plain && value.trim_end().contains(": ") {
        return Some((
            key.len() + line.len() - line.trim_start().len() + 2,
            "quote the value: it contains a colon and a space".to_owned(),
        ));
    }
    // What follows the end of a quotation.
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let rest = value[1..].split_once(quote)?.1.trim();
    (!rest.is_empty() && !rest.starts_with('#'))
        .then(|| (column, format!("quote the whole value, or remove what follows `{quote}`")))
}

/// A line's key and its value without blanks around it.
fn split_key(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.trim_end().split_once(": ")?;
    let value = &line[line.find(value)?..];
    Some((key.trim_start(), value.trim_start()))
}

/// The column of a value that starts with a quotation mark and does not end with one.
fn unclosed_quotation(line: &str) -> Option<(usize, char)> {
    let (_, value) = split_key(line)?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    (value.matches(quote).count() == 1).then(|| (line.len() - value.len(), quote))
}

/// A key that is not among those allowed, and the one that was meant.
pub(super) struct UnknownKey<'m> {
    pub(super) key: &'m str,
    pub(super) meant: Option<String>,
}

/// Tells which keys are not among those allowed.
pub(super) fn unknown_keys<'m>(
    mapping: &'m Mapping,
    allowed: &[&str],
    whose: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<UnknownKey<'m>> {
    let mut unknown = Vec::new();
    for (key, _) in mapping.entries.iter().filter(|(key, _)| !allowed.contains(&key.value.as_str())) {
        let message = format!("{whose} has no key `{}`", key.value);
        let finding = Diagnostic::new(&rules::UNKNOWN_KEY, key.span, message);
        let near = nearest(&key.value, allowed.iter().copied());
        diagnostics.push(match near {
            // A key that is there already was not meant to be there twice.
            Some(near) if mapping.get(near).is_none() => finding.respelt(&key.value, Some(near)),
            Some(near) => finding.did_you_mean(Some(near)),
            None => finding.hint(format!("the keys are {}", quoted(allowed.iter().copied()))),
        });
        unknown.push(UnknownKey { key: &key.value, meant: near.map(str::to_owned) });
    }
    unknown
}
