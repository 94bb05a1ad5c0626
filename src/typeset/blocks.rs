//! Markdown → lines of a terminal: paragraphs, lists, code, tables, notes. Links become numbers of a list that stands at the end.

use std::ops::Range;

use super::lines::{BOLD, CYAN, DIM, YELLOW, filled, styled, width};
use crate::model::guide::Guide;
use crate::model::markdown::{self, BlockQuoteKind, CodeBlockKind, Event, LinkType, Spot, Tag, TagEnd, inside};
use crate::model::site::{GuideId, Site, Target};
use crate::model::source::Sources;

/// Sets one guide's Markdown.
pub(super) struct Blocks<'a> {
    site: &'a Site,
    guide: &'a Guide,
    id: GuideId,
    spots: Vec<Spot<'a>>,
    columns: usize,
    /// The addresses of links, in the order of their numbers.
    pub(super) notes: Vec<String>,
}

impl<'a> Blocks<'a> {
    pub(super) fn new(site: &'a Site, sources: &'a Sources, id: GuideId, columns: usize) -> Self {
        let guide = site.guide(id);
        let notes = guide.common.references.iter().map(|reference| format!("{}: {}", reference.title, reference.url)).collect();
        Self { site, guide, id, spots: markdown::events(sources.text(guide.body.span)).collect(), columns, notes }
    }

    /// A part of the body.
    pub(super) fn part(&mut self, span: crate::model::source::Span) -> String {
        let base = self.guide.body.span.start as usize;
        let range = span.start as usize - base..span.end as usize - base;
        let spots: Vec<Spot<'a>> = markdown::within(&self.spots, range).to_vec();
        self.blocks(&spots, "", "")
    }

    /// Blocks one under the other: the first line after `first`, all others after `rest`.
    fn blocks(&mut self, spots: &[Spot<'a>], first: &str, rest: &str) -> String {
        let mut parts: Vec<String> = Vec::new();
        let mut at = 0;
        while at < spots.len() {
            let lead = if parts.is_empty() { first } else { rest };
            let (event, _) = &spots[at];
            let length = match event {
                Event::Start(_) if !is_inline(event) => inside(spots, at).len() + 2,
                // The text of a tight list has no paragraph around it.
                _ => spots[at..]
                    .iter()
                    .position(|(event, _)| matches!(event, Event::Start(_)) && !is_inline(event))
                    .unwrap_or(spots.len() - at)
                    .max(1),
            };
            let block = self.block(&spots[at..at + length], lead, rest);
            if !block.trim().is_empty() {
                parts.push(block);
            }
            at += length;
        }
        let is_tight = first != rest;
        parts.join(if is_tight { "" } else { "\n" })
    }

    fn block(&mut self, spots: &[Spot<'a>], first: &str, rest: &str) -> String {
        let inner = if spots.len() > 1 { &spots[1..spots.len() - 1] } else { &[] };
        match &spots[0].0 {
            Event::Start(Tag::Heading { .. }) => filled(&styled(BOLD, &self.inline(inner)), first, rest, self.columns),
            Event::Start(Tag::List(start)) => self.list(inner, *start, first, rest),
            Event::Start(Tag::CodeBlock(kind)) => code(kind, inner, rest),
            Event::Start(Tag::BlockQuote(kind)) => self.quote(inner, *kind, rest),
            Event::Start(Tag::Table(_)) => self.table(inner, rest),
            Event::Start(Tag::FootnoteDefinition(_)) => String::new(),
            Event::Rule => format!("{rest}{}\n", styled(DIM, "───")),
            Event::Start(Tag::Paragraph) => filled(&self.inline(inner), first, rest, self.columns),
            _ => filled(&self.inline(spots), first, rest, self.columns),
        }
    }

    fn list(&mut self, spots: &[Spot<'a>], start: Option<u64>, first: &str, rest: &str) -> String {
        let mut out = String::new();
        let mut number = start;
        let mut at = 0;
        while at < spots.len() {
            let item = inside(spots, at);
            let mark = number.map_or_else(|| "• ".to_owned(), |number| format!("{number}. "));
            let indent = format!("{rest}{}", " ".repeat(width(&mark)));
            let lead = format!("{}{mark}", if out.is_empty() { first } else { rest });
            out.push_str(&self.blocks(item, &lead, &indent));
            number = number.map(|number| number + 1);
            at += item.len() + 2;
        }
        out
    }

    fn quote(&mut self, spots: &[Spot<'a>], kind: Option<BlockQuoteKind>, rest: &str) -> String {
        let word = match kind {
            None => None,
            Some(BlockQuoteKind::Note) => Some("Note"),
            Some(BlockQuoteKind::Tip) => Some("Tip"),
            Some(BlockQuoteKind::Important) => Some("Important"),
            Some(BlockQuoteKind::Warning) => Some("Warning"),
            Some(BlockQuoteKind::Caution) => Some("Caution"),
        };
        let bar = format!("{rest}{} ", styled(YELLOW, "│"));
        let title = word.map(|word| format!("{bar}{}\n", styled(BOLD, word))).unwrap_or_default();
        title + &self.blocks(spots, &bar, &bar)
    }

    /// A table with columns where it fits, else each row as a list of its cells.
    fn table(&mut self, spots: &[Spot<'a>], rest: &str) -> String {
        let rows = self.rows(spots);
        let Some((head, body)) = rows.split_first() else { return String::new() };
        let widths: Vec<usize> = (0..head.len())
            .map(|column| rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max().unwrap_or(0))
            .collect();
        if width(rest) + widths.iter().sum::<usize>() + 2 * widths.len() <= self.columns {
            let line = |row: &Vec<String>, style: &str| {
                let cells = row
                    .iter()
                    .zip(&widths)
                    .map(|(cell, full)| format!("{style}{cell}\u{1b}[0m{}", " ".repeat(full - width(cell))));
                format!("{rest}{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
            };
            return line(head, BOLD) + &body.iter().map(|row| line(row, "")).collect::<String>();
        }
        let mut out = String::new();
        for row in body {
            out.push_str(&filled(&styled(BOLD, row.first().map_or("", String::as_str)), rest, rest, self.columns));
            for (name, cell) in head.iter().zip(row).skip(1) {
                let indent = format!("{rest}  ");
                out.push_str(&filled(
                    &format!("{} {cell}", styled(DIM, &format!("{name}:"))),
                    &indent,
                    &format!("{indent}  "),
                    self.columns,
                ));
            }
        }
        out
    }

    fn rows(&mut self, spots: &[Spot<'a>]) -> Vec<Vec<String>> {
        let mut rows: Vec<Vec<String>> = Vec::new();
        for (at, (event, _)) in spots.iter().enumerate() {
            match event {
                Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
                Event::Start(Tag::TableCell) => {
                    let cell = self.inline(inside(spots, at));
                    rows.last_mut().expect("a cell stands in a row").push(cell);
                }
                _ => {}
            }
        }
        rows
    }

    /// Inline text with styles; a link is followed by the number of its address.
    fn inline(&mut self, spots: &[Spot<'a>]) -> String {
        let mut out = String::new();
        let mut at = 0;
        while at < spots.len() {
            let (event, range) = &spots[at];
            match event {
                Event::Code(text) => out.push_str(&styled(CYAN, &text.replace(' ', "\u{a0}"))),
                Event::FootnoteReference(id) => {
                    let known = self.guide.common.references.iter().position(|reference| reference.id.value == **id);
                    out.push_str(&known.map(|known| number(known + 1)).unwrap_or_default());
                }
                Event::Start(Tag::Strong | Tag::Emphasis | Tag::Strikethrough) => {
                    let inner = inside(spots, at);
                    let text = self.inline(inner);
                    // Each word by itself, so that a line may end between them.
                    let words: Vec<String> = text.split(' ').map(|word| styled(BOLD, word)).collect();
                    out.push_str(&words.join(" "));
                    at += inner.len() + 1;
                }
                Event::Start(Tag::Link { link_type, .. }) => {
                    let inner = inside(spots, at);
                    let text = self.inline(inner);
                    out.push_str(&self.link(&text, matches!(link_type, LinkType::WikiLink { has_pothole: false }), range));
                    at += inner.len() + 1;
                }
                Event::Start(_) | Event::End(_) => {}
                event => markdown::push_plain(&mut out, event),
            }
            at += 1;
        }
        out.trim_end().to_owned()
    }

    fn link(&mut self, text: &str, is_bare: bool, range: &Range<usize>) -> String {
        let place = self.guide.body.span.start as usize + range.start;
        let index = self.guide.body.links.iter().position(|link| link.span.start as usize == place);
        let target = index.and_then(|index| self.site.links[self.id.index()].get(index)).and_then(Option::as_ref);
        let base = &self.site.config.base_url;
        let (text, address) = match target {
            None | Some(Target::Here(_)) => return text.to_owned(),
            Some(Target::Guide { guide, fragment }) => {
                let name = if is_bare { self.site.link_text(*guide, fragment.as_deref()) } else { text.to_owned() };
                let address = base.join(self.site.permalink(*guide).as_str());
                (name, fragment.as_ref().map_or_else(|| address.clone(), |fragment| format!("{address}#{fragment}")))
            }
            Some(Target::Generated(permalink)) => (text.to_owned(), base.join(permalink.as_str())),
            Some(Target::File(path)) => (text.to_owned(), base.join(path.as_str())),
            Some(Target::External(address)) => (text.to_owned(), address.clone()),
        };
        let known = self.notes.iter().position(|note| *note == address).unwrap_or(self.notes.len());
        if known == self.notes.len() {
            self.notes.push(address);
        }
        format!("{text}{}", number(known + 1))
    }
}

fn number(number: usize) -> String {
    styled(DIM, &format!("[{number}]"))
}

fn is_inline(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Start(Tag::Strong | Tag::Emphasis | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
            | Event::End(TagEnd::Link)
    )
}

/// A code sample as it is, indented, under its title.
fn code(kind: &CodeBlockKind<'_>, spots: &[Spot<'_>], rest: &str) -> String {
    let info = match kind {
        CodeBlockKind::Fenced(info) => info.as_ref(),
        CodeBlockKind::Indented => "",
    };
    let title = info.split_once("title=\"").and_then(|(_, rest)| rest.split_once('"')).map(|(title, _)| title);
    let mut out = title.map(|title| format!("{rest}{}\n", styled(DIM, title))).unwrap_or_default();
    let text: String =
        spots.iter().filter_map(|(event, _)| if let Event::Text(text) = event { Some(text.as_ref()) } else { None }).collect();
    for line in text.lines() {
        out.push_str(format!("{rest}    {line}").trim_end());
        out.push('\n');
    }
    out
}
