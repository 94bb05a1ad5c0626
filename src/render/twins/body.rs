//! Parts of a body as Markdown for readers elsewhere: the writer's own text, with links made whole and what only this generator
//! reads (attributes, references, wiki links) replaced.

use std::collections::HashMap;
use std::ops::Range;

use super::escape;
use crate::model::body::ComparisonTable;
use crate::model::guide::Guide;
use crate::model::markdown::{self, CodeBlockKind, Event, LinkType, Spot, Tag, inside, is_verbatim};
use crate::model::site::{GuideId, Target};
use crate::model::source::Span;
use crate::render::context::{Context, Linker};

/// What stands in the text instead of a range of it.
struct Edit {
    range: Range<usize>,
    text: String,
}

/// One guide's body, ready to be written part by part.
pub(in crate::render) struct BodyText<'a> {
    context: &'a Context<'a>,
    linker: &'a Linker<'a>,
    guide: &'a Guide,
    id: GuideId,
    text: &'a str,
    spots: Vec<Spot<'a>>,
    links: HashMap<u32, usize>,
    samples: HashMap<u32, usize>,
    /// Sorted; no two overlap.
    edits: Vec<Edit>,
}

impl<'a> BodyText<'a> {
    /// Reads the events of a guide's body once more.
    pub(in crate::render) fn new(context: &'a Context<'a>, linker: &'a Linker<'a>, id: GuideId) -> Self {
        let guide = context.site.guide(id);
        let body = &guide.body;
        let text = context.sources.text(body.span);
        let mut read = Self {
            context,
            linker,
            guide,
            id,
            text,
            spots: markdown::events(text).collect(),
            links: body.links.iter().enumerate().map(|(index, link)| (link.span.start, index)).collect(),
            samples: body.samples.iter().enumerate().map(|(index, sample)| (sample.span.start, index)).collect(),
            edits: Vec::new(),
        };
        read.edits = read.edits();
        read
    }

    /// A part of the body, without the parts in `except`.
    pub(in crate::render) fn part(&self, span: Span, except: &[Span]) -> String {
        let range = self.range(span);
        let skipped = except.iter().map(|span| Edit { range: self.range(*span), text: String::new() });
        let mut edits: Vec<Edit> = skipped.collect();
        let first = self.edits.partition_point(|edit| edit.range.start < range.start);
        let is_kept = |edit: &&Edit| !edits.iter().any(|skipped| skipped.range.contains(&edit.range.start));
        let kept: Vec<&Edit> =
            self.edits[first..].iter().take_while(|edit| edit.range.start < range.end).filter(is_kept).collect();
        let kept: Vec<Edit> = kept.into_iter().map(|edit| Edit { range: edit.range.clone(), text: edit.text.clone() }).collect();
        edits.extend(kept);
        edits.sort_by_key(|edit| edit.range.start);
        let mut out = String::with_capacity(range.len());
        let mut at = range.start;
        for edit in &edits {
            out.push_str(self.text.get(at..edit.range.start).unwrap_or_default());
            out.push_str(&edit.text);
            at = at.max(edit.range.end);
        }
        out.push_str(self.text.get(at..range.end).unwrap_or_default());
        out.trim_start_matches(['\n', '\r']).trim_end().to_owned()
    }

    /// The inline text of a heading.
    pub(super) fn heading(&self, span: Span) -> String {
        let start = self.range(span).start;
        let Some(index) = self.spots.iter().position(|(event, range)| is_heading(event) && range.start == start) else {
            return String::new();
        };
        let content = inside(&self.spots, index);
        let (Some(first), Some(last)) = (content.first(), content.last()) else { return String::new() };
        let span = Span { start: self.offset(first.1.start), end: self.offset(last.1.end), ..span };
        self.part(span, &[]).trim().to_owned()
    }

    /// The rows of the table of "Tell them apart", head first, columns in the order of the subjects.
    pub(super) fn rows(&self, table: &ComparisonTable) -> Vec<Vec<String>> {
        let spots = markdown::within(&self.spots, self.range(table.span));
        let mut rows: Vec<Vec<String>> = Vec::new();
        for (event, range) in spots {
            match event {
                Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
                Event::Start(Tag::TableCell) => {
                    let span = Span { start: self.offset(range.start), end: self.offset(range.end), ..table.span };
                    let cell = self.part(span, &[]);
                    rows.last_mut().expect("a cell stands in a row").push(cell.trim().to_owned());
                }
                _ => {}
            }
        }
        let ordered = |row: Vec<String>| {
            let columns = std::iter::once(0).chain(table.columns.iter().copied());
            columns.map(|column| row.get(column).cloned().unwrap_or_default()).collect()
        };
        rows.into_iter().map(ordered).collect()
    }

    fn range(&self, span: Span) -> Range<usize> {
        let base = self.guide.body.span.start as usize;
        span.start as usize - base..span.end as usize - base
    }

    /// The place of a byte of the body in its file.
    fn offset(&self, at: usize) -> u32 {
        self.guide.body.span.start + u32::try_from(at).expect("files are smaller than 4 GiB")
    }

    fn edits(&self) -> Vec<Edit> {
        let mut edits: Vec<Edit> = Vec::new();
        // A definition has served once its links are whole.
        edits.extend(markdown::definitions(self.text).into_iter().map(|range| Edit { range, text: String::new() }));
        let mut end_of_link = 0;
        for (index, (event, range)) in self.spots.iter().enumerate() {
            match event {
                Event::Start(Tag::Link { link_type, .. }) => {
                    edits.extend(self.link(index, *link_type));
                    end_of_link = range.end;
                }
                Event::Start(Tag::Image { .. }) => edits.extend(self.image(index)),
                Event::Start(Tag::Heading { .. }) => edits.push(self.heading_end(index)),
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => edits.extend(self.fence(range, info)),
                Event::FootnoteReference(id) => edits.push(Edit { range: range.clone(), text: self.footnote(id, range) }),
                Event::Text(_) if is_verbatim(event, range) && range.start >= end_of_link => edits.extend(self.mentions(range)),
                _ => {}
            }
        }
        edits.sort_by_key(|edit| edit.range.start);
        let mut last = 0;
        edits.retain(|edit| {
            let is_free = edit.range.start >= last;
            last = last.max(edit.range.end);
            is_free
        });
        edits
    }

    fn target(&self, range: &Range<usize>) -> Option<&'a Target> {
        let index = *self.links.get(&self.offset(range.start))?;
        self.context.site.links[self.id.index()].get(index)?.as_ref()
    }

    fn url(&self, target: &Target) -> String {
        let here = |fragment: &str| self.linker.guide(self.id, Some(fragment));
        match target {
            Target::Guide { guide, fragment } => self.linker.guide(*guide, fragment.as_deref()),
            Target::Here(fragment) => here(fragment),
            Target::Generated(permalink) => self.linker.page(permalink),
            Target::File(path) => self.linker.file(self.context.static_paths.get(path.as_str()).unwrap_or(path)),
            Target::External(url) => url.clone(),
        }
    }

    fn link(&self, index: usize, link_type: LinkType) -> Option<Edit> {
        let range = self.spots[index].1.clone();
        let content = inside(&self.spots, index);
        let plain = markdown::plain_text(content);
        let Some(target) = self.target(&range) else { return Some(Edit { range, text: escape::text(&plain) }) };
        let url = self.url(target);
        match link_type {
            LinkType::Autolink | LinkType::Email => None,
            LinkType::WikiLink { has_pothole } => {
                let site = self.context.site;
                let name = match target {
                    Target::Guide { guide, fragment } if !has_pothole => site.link_text(*guide, fragment.as_deref()),
                    Target::Here(fragment) if !has_pothole => site.link_text(self.id, Some(fragment)),
                    _ => plain,
                };
                Some(Edit { range, text: escape::link(&name, &url) })
            }
            _ => Some(tail(&range, content, &url)),
        }
    }

    fn image(&self, index: usize) -> Option<Edit> {
        let range = self.spots[index].1.clone();
        let content = inside(&self.spots, index);
        match self.target(&range) {
            Some(target) => {
                let alt = escape::text(&markdown::plain_text(content));
                Some(Edit { range, text: format!("!{}", escape::link_of(&alt, &self.url(target))) })
            }
            None => Some(Edit { range, text: escape::text(&markdown::plain_text(content)) }),
        }
    }

    /// What follows the text of a heading: its attributes. One with a line under it starts a section, whose heading is made anew.
    fn heading_end(&self, index: usize) -> Edit {
        let range = &self.spots[index].1;
        let end = inside(&self.spots, index).iter().map(|(_, range)| range.end).max().unwrap_or(range.end);
        let newline = if self.text[end..range.end].ends_with('\n') { "\n" } else { "" };
        Edit { range: end..range.end, text: newline.to_owned() }
    }

    fn footnote(&self, id: &str, range: &Range<usize>) -> String {
        let references = &self.guide.common.references;
        let number = references.iter().position(|reference| reference.id.value == *id).map_or(0, |at| at + 1);
        let (before, after) = (self.text[..range.start].chars().next_back(), self.text[range.end..].chars().next());
        // Beside such signs it would be read as a link.
        let is_link = before == Some('[') || after.is_some_and(|c| "([:".contains(c));
        if is_link { format!("\\[{number}\\]") } else { format!("[{number}]") }
    }

    fn mentions(&self, range: &Range<usize>) -> Vec<Edit> {
        let mentions = &self.guide.body.mentions;
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        let from = mentions.partition_point(|mention| mention.span.start < start);
        let targets = &self.context.site.mentions[self.id.index()][from..];
        let within = mentions[from..].iter().zip(targets).take_while(|(mention, _)| mention.span.end <= end);
        within
            .filter_map(|(mention, target)| {
                let range = self.range(mention.span);
                let code = self.text.get(range.clone())?;
                Some(Edit { range, text: escape::link(code, &self.linker.guide((*target)?, None)) })
            })
            .collect()
    }

    /// The first line of a fence: its language alone; what else it says stands above it.
    fn fence(&self, range: &Range<usize>, info: &str) -> Option<Edit> {
        let sample = &self.guide.body.samples[*self.samples.get(&self.offset(range.start))?];
        let line_start = self.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let written = self.text[range.clone()].lines().next()?;
        let marks: String = written.chars().take_while(|c| "`~".contains(*c)).collect();
        let language = info.split_whitespace().next().filter(|word| !word.contains('=')).unwrap_or_default();
        let labels = [sample.title.as_deref(), sample.tab.as_deref(), sample.is_bad.then_some("Do not do this")];
        let caption = labels.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let mut text = String::new();
        if !caption.is_empty() {
            // The line after it stands in the same list or quote.
            let lead = &self.text[line_start..range.start];
            let lead: String = lead.chars().map(|c| if c == '>' { '>' } else { ' ' }).collect();
            text = format!("{}:\n{}\n{lead}", escape::text(&caption), lead.trim_end());
        }
        text.push_str(&marks);
        text.push_str(language);
        Some(Edit { range: range.start..range.start + written.len(), text })
    }
}

fn is_heading(event: &Event<'_>) -> bool {
    matches!(event, Event::Start(Tag::Heading { .. }))
}

/// The end of a link, from behind its text: `](address)`.
fn tail(range: &Range<usize>, content: &[Spot<'_>], url: &str) -> Edit {
    let end = content.iter().map(|(_, range)| range.end).max().unwrap_or(range.start + 1);
    Edit { range: end..range.end, text: format!("]({})", escape::destination(url)) }
}
