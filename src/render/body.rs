//! Markdown events → HTML. One of the doors to pulldown-cmark, through `model::markdown`.
//!
//! Everything from a body is escaped here; only elements and attributes written in this file, and by the three components that
//! templates bring, can appear. HTML in Markdown is shown as text.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use super::context::{Context, Linker};
use super::highlight;
use super::view::{CalloutView, CodeView, TabsView};
use crate::model::body::Heading;
use crate::model::diagnostic::Diagnostic;
use crate::model::guide::Guide;
use crate::model::markdown::{self, Alignment, BlockQuoteKind, Event, LinkType, Spot, Tag, TagEnd, inside, is_verbatim};
use crate::model::rules;
use crate::model::sample::Sample;
use crate::model::site::{GuideId, Target};
use crate::model::source::Span;

/// One guide's body, ready to be turned into HTML part by part.
pub(super) struct BodyHtml<'a> {
    context: &'a Context<'a>,
    linker: &'a Linker<'a>,
    guide: &'a Guide,
    id: GuideId,
    spots: Vec<Spot<'a>>,
    links: HashMap<u32, usize>,
    samples: HashMap<u32, usize>,
    headings: HashMap<u32, &'a Heading>,
    items: HashMap<u32, &'a str>,
}

impl<'a> BodyHtml<'a> {
    /// Reads the events of a guide's body once more.
    pub(super) fn new(context: &'a Context<'a>, linker: &'a Linker<'a>, id: GuideId) -> Self {
        let guide = context.site.guide(id);
        let body = &guide.body;
        let text = context.sources.text(body.span);
        let items = body.sections.iter().flat_map(|section| &section.items);
        Self {
            context,
            linker,
            guide,
            id,
            spots: markdown::events(text).collect(),
            links: body.links.iter().enumerate().map(|(index, link)| (link.span.start, index)).collect(),
            samples: body.samples.iter().enumerate().map(|(index, sample)| (sample.span.start, index)).collect(),
            headings: body.headings.iter().map(|heading| (heading.span.start, heading)).collect(),
            items: items.map(|item| (item.span.start, item.anchor.as_str())).collect(),
        }
    }

    /// The events in a span of the file.
    pub(super) fn within(&self, span: Span) -> &[Spot<'a>] {
        let base = self.guide.body.span.start as usize;
        markdown::within(&self.spots, span.start as usize - base..span.end as usize - base)
    }

    /// A part of the body as HTML, without the parts in `except`.
    pub(super) fn html(&self, span: Span, except: &[Span], diagnostics: &mut Vec<Diagnostic>) -> String {
        let mut writer = Writer::new(self, diagnostics);
        let kept: Vec<Range<usize>> = except.iter().map(|span| self.range(*span)).collect();
        let spots = self.within(span);
        let mut index = 0;
        while index < spots.len() {
            let range = &spots[index].1;
            if kept.iter().any(|skipped| skipped.start <= range.start && range.end <= skipped.end) {
                index += 1;
            } else {
                index += writer.event(spots, index);
            }
        }
        writer.out
    }

    /// Inline events as HTML.
    pub(super) fn inline(&self, spots: &[Spot<'a>], diagnostics: &mut Vec<Diagnostic>) -> String {
        let mut writer = Writer::new(self, diagnostics);
        writer.events(spots);
        writer.out.trim().to_owned()
    }

    /// The inline text in a span of the file as HTML. Text that the span cuts is cut.
    pub(super) fn inline_span(&self, span: Span, diagnostics: &mut Vec<Diagnostic>) -> String {
        let end = self.range(span).end;
        let mut spots: Vec<Spot<'a>> = Vec::new();
        for (event, range) in self.within(span) {
            match event {
                // The element around the text ends behind the span; its tags are not part of it.
                Event::Start(Tag::Paragraph | Tag::Item | Tag::Heading { .. })
                | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_)) => {}
                Event::Text(text) if range.end > end && is_verbatim(event, range) => {
                    let kept = text.get(..end - range.start).unwrap_or(text).to_owned();
                    spots.push((Event::Text(kept.into()), range.start..end));
                }
                _ if range.end <= end => spots.push((event.clone(), range.clone())),
                _ => {}
            }
        }
        self.inline(&spots, diagnostics)
    }

    fn range(&self, span: Span) -> Range<usize> {
        let base = self.guide.body.span.start as usize;
        span.start as usize - base..span.end as usize - base
    }

    /// The place of a byte of the body in its file.
    fn offset(&self, at: usize) -> u32 {
        self.guide.body.span.start + u32::try_from(at).expect("files are smaller than 4 GiB")
    }
}

struct Writer<'b, 'a, 'd> {
    body: &'b BodyHtml<'a>,
    out: String,
    diagnostics: &'d mut Vec<Diagnostic>,
    aligned: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// Whether the cell that is being written heads a column.
    is_heading: bool,
}

impl<'b, 'a, 'd> Writer<'b, 'a, 'd> {
    fn new(body: &'b BodyHtml<'a>, diagnostics: &'d mut Vec<Diagnostic>) -> Self {
        Self { body, out: String::new(), diagnostics, aligned: Vec::new(), column: 0, in_head: false, is_heading: false }
    }

    fn events(&mut self, spots: &[Spot<'a>]) {
        let mut index = 0;
        while index < spots.len() {
            index += self.event(spots, index);
        }
    }

    /// Writes one event, or an element that is written as a whole; returns how many events that were.
    fn event(&mut self, spots: &[Spot<'a>], index: usize) -> usize {
        let (event, range) = &spots[index];
        match event {
            Event::Start(Tag::CodeBlock(_)) => return self.code(spots, index),
            Event::Start(Tag::Link { link_type: LinkType::WikiLink { has_pothole: false }, .. }) => {
                return self.wiki_link(spots, index);
            }
            Event::Start(Tag::Image { title, .. }) => return self.image(spots, index, title),
            Event::Start(Tag::BlockQuote(kind)) => return self.quote(spots, index, *kind),
            Event::Start(Tag::FootnoteDefinition(_)) => return inside(spots, index).len() + 2,
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag, range),
            Event::Text(text) if is_verbatim(event, range) => self.prose(text, range.start),
            Event::Text(text)
            | Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text) => {
                self.text(text);
            }
            Event::Code(code) => {
                self.out.push_str("<code>");
                self.text(code);
                self.out.push_str("</code>");
            }
            Event::FootnoteReference(id) => self.footnote(id),
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::TaskListMarker(_) => {}
        }
        1
    }

    fn text(&mut self, text: &str) {
        escape_html_body_text(&mut self.out, text).expect("a string takes all text");
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape_html(&mut self.out, value).expect("a string takes all text");
        self.out.push('"');
    }

    fn start(&mut self, tag: &Tag<'a>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph => self.out.push_str("<p>"),
            Tag::Heading { level, .. } => {
                self.out.push_str(&format!("<{level}"));
                if let Some(heading) = self.body.headings.get(&self.body.offset(range.start)).copied() {
                    self.attribute("id", &heading.anchor);
                }
                self.out.push('>');
            }
            Tag::HtmlBlock => self.out.push_str("<p>"),
            Tag::List(None) => self.out.push_str("<ul>\n"),
            Tag::List(Some(1)) => self.out.push_str("<ol>\n"),
            Tag::List(Some(first)) => self.out.push_str(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => {
                self.out.push_str("<li");
                if let Some(anchor) = self.body.items.get(&self.body.offset(range.start)).copied() {
                    self.attribute("id", anchor);
                }
                self.out.push('>');
            }
            Tag::Table(aligned) => {
                self.aligned.clone_from(aligned);
                // A table wider than the page scrolls in itself, also from the keyboard.
                self.out.push_str("<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table>\n");
            }
            Tag::TableHead => {
                self.in_head = true;
                self.column = 0;
                self.out.push_str("<thead><tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.out.push_str("<tr>");
            }
            Tag::TableCell => self.cell(range),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Link { title, .. } => self.link(range, title),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.out.push_str("</p>\n"),
            TagEnd::Heading(level) => self.out.push_str(&format!("</{level}>\n")),
            TagEnd::List(false) => self.out.push_str("</ul>\n"),
            TagEnd::List(true) => self.out.push_str("</ol>\n"),
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::Table => self.out.push_str("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.out.push_str("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell => self.out.push_str(if self.is_heading { "</th>" } else { "</td>" }),
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.push_str("</del>"),
            TagEnd::Link if self.target(range).is_some() => self.out.push_str("</a>"),
            _ => {}
        }
    }

    /// Starts a cell. A head without text heads nothing: the corner of a table is no heading.
    fn cell(&mut self, range: &Range<usize>) {
        let base = self.body.guide.body.span;
        let text = self.body.context.sources.text(base).get(range.clone()).unwrap_or_default();
        self.is_heading = self.in_head && text.contains(|c: char| c != '|' && !c.is_whitespace());
        self.out.push_str(if self.is_heading { "<th scope=\"col\"" } else { "<td" });
        match self.aligned.get(self.column) {
            Some(Alignment::Right) => self.attribute("class", "right"),
            Some(Alignment::Center) => self.attribute("class", "center"),
            Some(Alignment::Left | Alignment::None) | None => {}
        }
        self.out.push('>');
        self.column += 1;
    }

    /// Where the link at a place leads; `None` stays text.
    fn target(&self, range: &Range<usize>) -> Option<&'a Target> {
        let index = *self.body.links.get(&self.body.offset(range.start))?;
        self.body.context.site.links[self.body.id.index()].get(index)?.as_ref()
    }

    fn link(&mut self, range: &Range<usize>, title: &str) {
        let Some(target) = self.target(range) else { return };
        self.out.push_str("<a href=\"");
        let href = self.href(target);
        match target {
            Target::External(url) => escape_href(&mut self.out, url).expect("a string takes all text"),
            _ => escape_html(&mut self.out, &href).expect("a string takes all text"),
        }
        self.out.push('"');
        if matches!(target, Target::External(url) if !url.starts_with("mailto:")) {
            self.attribute("rel", "external noopener");
        }
        if !title.is_empty() {
            self.attribute("title", title);
        }
        self.out.push('>');
    }

    /// A wiki link without a text of its own: readers see what the guide is called, not its reference.
    fn wiki_link(&mut self, spots: &[Spot<'a>], index: usize) -> usize {
        let content = inside(spots, index);
        let site = self.body.context.site;
        match self.target(&spots[index].1) {
            Some(Target::Guide { guide, fragment }) => {
                let name = site.link_text(*guide, fragment.as_deref());
                self.link(&spots[index].1, "");
                self.text(&name);
                self.out.push_str("</a>");
            }
            Some(Target::Here(fragment)) => {
                let name = site.link_text(self.body.id, Some(fragment));
                self.link(&spots[index].1, "");
                self.text(&name);
                self.out.push_str("</a>");
            }
            Some(Target::Generated(_) | Target::File(_) | Target::External(_)) | None => self.events(content),
        }
        content.len() + 2
    }

    fn href(&self, target: &Target) -> String {
        match target {
            Target::Guide { guide, fragment } => self.body.linker.guide(*guide, fragment.as_deref()),
            Target::Here(fragment) => format!("#{fragment}"),
            Target::Generated(permalink) => self.body.linker.page(permalink),
            Target::File(path) => self.body.linker.file(self.body.context.static_paths.get(path.as_str()).unwrap_or(path)),
            Target::External(url) => url.clone(),
        }
    }

    /// Text that is its source's own bytes: codes in it link themselves.
    fn prose(&mut self, text: &str, start: usize) {
        let site = self.body.context.site;
        let mentions = &self.body.guide.body.mentions;
        let first = self.body.offset(start);
        let end = self.body.offset(start + text.len());
        let from = mentions.partition_point(|mention| mention.span.start < first);
        let mut written = 0;
        for (mention, target) in mentions[from..].iter().zip(&site.mentions[self.body.id.index()][from..]) {
            if mention.span.start >= end {
                break;
            }
            let Some(guide) = target else { continue };
            let range = (mention.span.start - first) as usize..(mention.span.end - first) as usize;
            let Some(code) = text.get(range.clone()) else { continue };
            self.text(&text[written..range.start]);
            let href = self.body.linker.guide(*guide, None);
            self.out.push_str("<a");
            self.attribute("href", &href);
            self.out.push('>');
            self.text(code);
            self.out.push_str("</a>");
            written = range.end;
        }
        self.text(&text[written..]);
    }

    fn footnote(&mut self, id: &str) {
        let references = &self.body.guide.common.references;
        let Some(number) = references.iter().position(|reference| reference.id.value == *id) else { return };
        let number = number + 1;
        self.out.push_str("<sup class=\"ref\"><a");
        self.attribute("href", &format!("#reference.{id}"));
        self.attribute("aria-label", &format!("Reference {number}"));
        self.out.push_str(&format!(">[{number}]</a></sup>"));
    }

    fn image(&mut self, spots: &[Spot<'a>], index: usize, title: &str) -> usize {
        let content = inside(spots, index);
        let alt = markdown::plain_text(content);
        match self.target(&spots[index].1) {
            Some(target) => {
                let href = self.href(target);
                self.out.push_str("<img");
                self.attribute("src", &href);
                self.attribute("alt", &alt);
                self.attribute("loading", "lazy");
                if !title.is_empty() {
                    self.attribute("title", title);
                }
                self.out.push('>');
            }
            None => self.text(&alt),
        }
        content.len() + 2
    }

    fn quote(&mut self, spots: &[Spot<'a>], index: usize, kind: Option<BlockQuoteKind>) -> usize {
        let content = inside(spots, index);
        let outer = std::mem::take(&mut self.out);
        self.events(content);
        let inner = std::mem::replace(&mut self.out, outer);
        let view = match kind {
            None => {
                self.out.push_str(&format!("<blockquote>\n{inner}</blockquote>\n"));
                return content.len() + 2;
            }
            Some(BlockQuoteKind::Note) => CalloutView { kind: "note", label: "Note" },
            Some(BlockQuoteKind::Tip) => CalloutView { kind: "tip", label: "Tip" },
            Some(BlockQuoteKind::Important) => CalloutView { kind: "important", label: "Important" },
            Some(BlockQuoteKind::Warning) => CalloutView { kind: "warning", label: "Warning" },
            Some(BlockQuoteKind::Caution) => CalloutView { kind: "caution", label: "Caution" },
        };
        self.component("callout", &view, &inner);
        content.len() + 2
    }

    fn component(&mut self, name: &str, view: &impl serde::Serialize, body: &str) {
        match self.body.context.templates.component(name, view, body) {
            Ok(html) => self.out.push_str(html.trim()),
            Err(finding) => self.diagnostics.push(*finding),
        }
        self.out.push('\n');
    }

    /// Writes a code sample, or all samples of its group of tabs.
    fn code(&mut self, spots: &[Spot<'a>], index: usize) -> usize {
        let Some(sample) = self.sample(&spots[index].1) else { return inside(spots, index).len() + 2 };
        let Some(group) = sample.tab_group else { return self.figure(spots, index, sample) };
        let outer = std::mem::take(&mut self.out);
        let mut names = Vec::new();
        let mut next = index;
        while let Some(sample) =
            spots.get(next).and_then(|spot| self.sample(&spot.1)).filter(|sample| sample.tab_group == Some(group))
        {
            if !matches!(spots[next].0, Event::Start(Tag::CodeBlock(_))) {
                break;
            }
            names.push(sample.tab.clone().unwrap_or_default());
            next += self.figure(spots, next, sample);
        }
        let inner = std::mem::replace(&mut self.out, outer);
        self.component("tab_group", &TabsView { number: group, names }, &inner);
        next - index
    }

    fn sample(&self, range: &Range<usize>) -> Option<&'a Sample> {
        self.body.samples.get(&self.body.offset(range.start)).map(|&index| &self.body.guide.body.samples[index])
    }

    fn figure(&mut self, spots: &[Spot<'a>], index: usize, sample: &Sample) -> usize {
        let content = inside(spots, index);
        let code: String =
            content.iter().filter_map(|(event, _)| if let Event::Text(text) = event { Some(&**text) } else { None }).collect();
        let highlighted = self.body.context.highlighter.highlight(&code, sample);
        if highlighted.is_over_limit {
            let start = Span { end: sample.span.start, ..sample.span };
            let message = format!(
                "shown without colours: a line has over {} bytes, the sample over {}, or many lines are long",
                highlight::MAX_LINE,
                highlight::MAX_SAMPLE
            );
            self.diagnostics
                .push(Diagnostic::new(&rules::PLAIN_SAMPLE, start, message).hint("shorten it to the lines that matter"));
        }
        let view = CodeView {
            title: sample.title.clone(),
            language: sample.language.name,
            language_label: sample.language.label,
            is_bad: sample.is_bad,
        };
        self.component("code_block", &view, &highlighted.html);
        content.len() + 2
    }
}
