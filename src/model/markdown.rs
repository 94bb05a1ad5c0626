//! Markdown as a stream of events with their places: what `parse` reads and `render` turns into HTML, from one set of options.
//! One of the doors to pulldown-cmark.

use std::ops::Range;

pub use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};

/// An event and the bytes of the body it came from.
pub type Spot<'src> = (Event<'src>, Range<usize>);

/// The Markdown that guides are written in: `CommonMark` with tables, strikethrough, GitHub's alerts, heading attributes,
/// `[[wiki links]]` and footnote references. References need no definition in the body: the front matter has them.
fn options() -> pulldown_cmark::Options {
    use pulldown_cmark::Options;
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_GFM
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS
        | Options::ENABLE_OLD_FOOTNOTES
}

/// The events of a body, in order. Ranges are byte offsets in `body`.
///
/// The parser splits text at every character that could have been markup; neighbours that are the source's own bytes are joined
/// again, so that `DEADLINE_EXCEEDED` is one text. Text with an entity or escape stays apart: it differs from its source.
pub fn events(body: &str) -> impl Iterator<Item = Spot<'_>> {
    let mut inner = pulldown_cmark::Parser::new_ext(body, options()).into_offset_iter().peekable();
    std::iter::from_fn(move || {
        let (event, mut range) = inner.next()?;
        if !is_verbatim(&event, &range) {
            return Some((event, range));
        }
        let joins = |at: usize, spot: &Spot<'_>| spot.1.start == at && is_verbatim(&spot.0, &spot.1);
        while let Some((_, next)) = inner.next_if(|spot| joins(range.end, spot)) {
            range.end = next.end;
        }
        Some((Event::Text(CowStr::Borrowed(&body[range.clone()])), range))
    })
}

/// Where a body defines what `[text][name]` links to.
pub fn definitions(body: &str) -> Vec<Range<usize>> {
    if !body.contains("]:") {
        return Vec::new();
    }
    let parser = pulldown_cmark::Parser::new_ext(body, options());
    parser.reference_definitions().iter().map(|(_, definition)| definition.span.clone()).collect()
}

/// Whether an event is text that stands in the source as it is.
pub fn is_verbatim(event: &Event<'_>, range: &Range<usize>) -> bool {
    matches!(event, Event::Text(text) if text.len() == range.len())
}

/// The text of inline events without its markup, as for a heading's anchor.
pub fn plain_text<'a>(events: impl IntoIterator<Item = &'a Spot<'a>>) -> String {
    let mut text = String::new();
    for (event, _) in events {
        push_plain(&mut text, event);
    }
    text
}

/// Appends what a reader sees of an inline event.
pub fn push_plain(text: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(part) | Event::Code(part) | Event::InlineHtml(part) | Event::Html(part) => text.push_str(part),
        Event::SoftBreak | Event::HardBreak => text.push(' '),
        Event::Start(_)
        | Event::End(_)
        | Event::InlineMath(_)
        | Event::DisplayMath(_)
        | Event::FootnoteReference(_)
        | Event::Rule
        | Event::TaskListMarker(_) => {}
    }
}

/// The events inside the element that starts at `start`, without its start and end.
pub fn inside<'s, 'src>(spots: &'s [Spot<'src>], start: usize) -> &'s [Spot<'src>] {
    let mut depth = 0usize;
    for (offset, (event, _)) in spots[start..].iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &spots[start + 1..start + offset.max(1)];
        }
    }
    &spots[start + 1..]
}

/// The events in a range of the body: what starts in it, and the ends of elements whose last byte lies in it.
pub fn within<'s, 'src>(spots: &'s [Spot<'src>], range: Range<usize>) -> &'s [Spot<'src>] {
    let first = spots.partition_point(|spot| place(spot) < range.start);
    let count = spots[first..].partition_point(|spot| place(spot) < range.end);
    &spots[first..first + count]
}

/// A byte that grows from event to event: the first of a start, the last of an end.
fn place((event, range): &Spot<'_>) -> usize {
    if matches!(event, Event::End(_)) { range.end.saturating_sub(1) } else { range.start }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_joined_unless_it_differs_from_its_source() {
        let texts: Vec<_> = events("A_B [c *d &amp; e\n")
            .filter_map(|(event, range)| match event {
                Event::Text(text) => Some((text.into_string(), range)),
                _ => None,
            })
            .collect();
        assert_eq!(texts, [("A_B [c *d ".into(), 0..10), ("&".into(), 10..15), (" e".into(), 15..17)]);
    }

    #[test]
    fn events_are_found_by_their_place() {
        let body = "- *a* → [b](#c)\n- d\n\n## E\n\nf\n";
        let spots: Vec<_> = events(body).collect();
        let text = |range: Range<usize>| plain_text(within(&spots, range));
        assert_eq!(text(2..9), "a → ");
        assert_eq!(text(0..22), "a → bd");
        assert_eq!(text(23..body.len()), "Ef");
        let whole = within(&spots, 0..body.len());
        assert_eq!(whole.len(), spots.len());
    }
}
