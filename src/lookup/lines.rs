//! Lines as they are read: without what terminals, mail programs and JSON put around a message, each character with its place.

use std::borrow::Cow;
use std::ops::Range;

/// How often one line is unescaped: JSON in JSON.
const MAX_UNESCAPED: usize = 2;

/// One reading of a line.
#[derive(Debug)]
pub(super) struct Reading<'l> {
    pub(super) text: Cow<'l, str>,
    /// For each byte of the text, where its character stands in the line; `None` where the text is the line.
    places: Option<Vec<(usize, usize)>>,
}

impl Reading<'_> {
    /// Where a range of the text stands in the line.
    fn place(&self, range: Range<usize>) -> Range<usize> {
        match &self.places {
            None => range,
            Some(places) => {
                // A match may start in the blank between two lines.
                let end = |at: usize| at.checked_sub(1).and_then(|last| places.get(last)).map_or(0, |place| place.1);
                places.get(range.start).map_or_else(|| end(range.start), |place| place.0)
                    ..end(range.end.max(range.start + 1).min(places.len()))
            }
        }
    }
}

/// The readings of a line: as it stands, and without the escapes of JSON where it has any.
pub(super) fn readings(line: &str) -> Vec<Reading<'_>> {
    let mut readings = vec![plain(line)];
    for _ in 0..MAX_UNESCAPED {
        let last = &readings[readings.len() - 1];
        if !last.text.contains('\\') {
            break;
        }
        let next = unescaped(last);
        readings.push(next);
    }
    readings
}

/// The line without the marks of a quoted mail and the colours of a terminal.
fn plain(line: &str) -> Reading<'_> {
    let line = line.strip_suffix('\r').unwrap_or(line);
    let start = quoted(line);
    if start == 0 && !line.contains(['\u{1b}', '\r']) {
        return Reading { text: Cow::Borrowed(line), places: None };
    }
    let mut maker = Maker::default();
    for (at, c) in line[start..].char_indices() {
        let at = start + at;
        maker.push(if c == '\r' { ' ' } else { c }, (at, at + c.len_utf8()));
    }
    without_colours(maker)
}

/// How many bytes a mail program put before a line that it quotes: `> > `.
fn quoted(line: &str) -> usize {
    let mut start = 0;
    loop {
        let mark = line[start..].trim_start_matches([' ', '\t']);
        if !mark.starts_with('>') {
            return if start > 0 && line[start..].starts_with(' ') { start + 1 } else { start };
        }
        start = line.len() - mark.len() + 1;
    }
}

#[derive(Default)]
struct Maker {
    text: String,
    places: Vec<(usize, usize)>,
}

impl Maker {
    fn push(&mut self, c: char, place: (usize, usize)) {
        self.text.push(c);
        self.places.extend(std::iter::repeat_n(place, c.len_utf8()));
    }
}

/// Leaves out the control sequences of a terminal.
///
/// Source: ECMA-48, "Control sequences": ESC, `[`, parameters and a final byte; ESC, `]` and a string up to BEL or ESC `\`.
fn without_colours(made: Maker) -> Reading<'static> {
    if !made.text.contains('\u{1b}') {
        return Reading { text: Cow::Owned(made.text), places: Some(made.places) };
    }
    let mut kept = Maker::default();
    let mut rest = made.text.as_str();
    while let Some(c) = rest.chars().next() {
        let length = if c == '\u{1b}' { sequence(rest) } else { 0 };
        if length == 0 {
            kept.push(c, made.places[made.text.len() - rest.len()]);
        }
        rest = &rest[length.max(if length == 0 { c.len_utf8() } else { length })..];
    }
    Reading { text: Cow::Owned(kept.text), places: Some(kept.places) }
}

/// The length of the control sequence that a text starts with.
fn sequence(text: &str) -> usize {
    let inner = &text[1..];
    if let Some(parameters) = inner.strip_prefix('[') {
        let is_parameter = |c: char| ('\u{20}'..='\u{3f}').contains(&c);
        let after = parameters.trim_start_matches(is_parameter);
        let last = after.chars().next().filter(|c| ('\u{40}'..='\u{7e}').contains(c)).map_or(0, char::len_utf8);
        return text.len() - after.len() + last;
    }
    if let Some(string) = inner.strip_prefix(']') {
        let end = string.find(['\u{7}', '\u{1b}']).unwrap_or(string.len());
        let closing = if string[end..].starts_with("\u{1b}\\") { 2 } else { usize::from(end < string.len()) };
        return 2 + end + closing;
    }
    1
}

/// The reading with the escapes of JSON undone. Line ends become blanks; what is no escape stays.
fn unescaped(reading: &Reading<'_>) -> Reading<'static> {
    let text = reading.text.as_ref();
    let mut made = Maker::default();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let (length, character) = match escape(&text[at..]) {
            Some(escape) => escape,
            None => (c.len_utf8(), c),
        };
        let place = reading.place(at..at + length);
        made.push(character, (place.start, place.end));
        at += length;
    }
    without_colours(made)
}

/// The escape that a text starts with: its length and what it stands for.
fn escape(text: &str) -> Option<(usize, char)> {
    let inner = text.strip_prefix('\\')?;
    match inner.chars().next()? {
        c @ ('"' | '\\' | '/') => Some((2, c)),
        'n' | 'r' | 't' | 'b' | 'f' => Some((2, ' ')),
        'u' => {
            let first = unit(inner)?;
            let low = || inner[5..].strip_prefix('\\').and_then(unit).filter(|low| (0xdc00..0xe000).contains(low));
            match (first, low()) {
                (0xd800..0xdc00, Some(low)) => {
                    Some((12, char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (low - 0xdc00)).unwrap_or('\u{fffd}')))
                }
                _ => Some((6, char::from_u32(first).unwrap_or('\u{fffd}'))),
            }
        }
        _ => None,
    }
}

/// The number in `u0027`.
fn unit(text: &str) -> Option<u32> {
    let digits = text.strip_prefix('u')?.get(..4)?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}

/// Text of one line or of lines that belong together, and where each part of it comes from.
#[derive(Debug)]
pub(super) struct Window<'r> {
    pub(super) text: Cow<'r, str>,
    parts: Vec<Part<'r>>,
}

#[derive(Debug)]
struct Part<'r> {
    line: usize,
    /// Where the part starts in the window.
    start: usize,
    /// How much of its reading is left out at its start.
    skipped: usize,
    reading: &'r Reading<'r>,
}

impl<'r> Window<'r> {
    /// One line by itself.
    pub(super) fn alone(line: usize, reading: &'r Reading<'r>) -> Self {
        let part = Part { line, start: 0, skipped: 0, reading };
        Self { text: Cow::Borrowed(&reading.text), parts: vec![part] }
    }

    /// Lines that a message was wrapped over, without the blanks at their ends.
    pub(super) fn joined(lines: &[(usize, &'r Reading<'r>)], separator: &str) -> Self {
        let blank = [' ', '\t'];
        let mut whole = String::new();
        let mut parts = Vec::new();
        for (index, (line, reading)) in lines.iter().enumerate() {
            let mut text = reading.text.as_ref();
            if index > 0 {
                text = text.trim_start_matches(blank);
                whole.push_str(separator);
            }
            let skipped = reading.text.len() - text.len();
            if index + 1 < lines.len() {
                text = text.trim_end_matches(blank);
            }
            parts.push(Part { line: *line, start: whole.len(), skipped, reading });
            whole.push_str(text);
        }
        Self { text: Cow::Owned(whole), parts }
    }

    /// The line in which a range starts, and what of that line it covers.
    pub(super) fn place(&self, range: Range<usize>) -> (usize, Range<usize>) {
        let index = self.parts.iter().rposition(|part| part.start <= range.start).unwrap_or_default();
        let part = &self.parts[index];
        let here = part.reading.text.len() - part.skipped;
        let local = |at: usize| (at - part.start).min(here) + part.skipped;
        (part.line, part.reading.place(local(range.start)..local(range.end)))
    }

    /// Whether a range covers something of a line.
    pub(super) fn touches(&self, range: &Range<usize>, line: usize) -> bool {
        let index = self.parts.iter().position(|part| part.line == line);
        index.is_some_and(|index| {
            let end = self.parts.get(index + 1).map_or(self.text.len(), |next| next.start);
            range.start < end && range.end > self.parts[index].start
        })
    }

    /// Where a line starts in the window.
    pub(super) fn start_of(&self, line: usize) -> usize {
        self.parts.iter().find(|part| part.line == line).map_or(0, |part| part.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &[&str]) {
        let texts: Vec<_> = readings(line).into_iter().map(|reading| reading.text.into_owned()).collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn quotes_and_colours_are_left_out() {
        check("> > HTTP 503\r", &["HTTP 503"]);
        check("\u{1b}[1;31mHTTP\u{1b}[0m 503", &["HTTP 503"]);
        check("\u{1b}]8;;https://a.example\u{7}HTTP 503", &["HTTP 503"]);
        check("10%\r20%", &["10% 20%"]);
    }

    #[test]
    fn escapes_of_json_are_undone() {
        check(r#"{\"a\":1}"#, &[r#"{\"a\":1}"#, r#"{"a":1}"#]);
        check(r"\u0027A\u0027\nb", &[r"\u0027A\u0027\nb", "'A' b"]);
        check(r#"{\\\"a\\\"}"#, &[r#"{\\\"a\\\"}"#, r#"{\"a\"}"#, r#"{"a"}"#]);
        check(r"\ud83d\ude00 \u001b[1mA \q \u12", &[r"\ud83d\ude00 \u001b[1mA \q \u12", "😀 A \\q \\u12", "😀 A \\q \\u12"]);
    }

    #[test]
    fn places_are_those_of_the_line() {
        let readings = readings("> say \\\"hi\\\"");
        let window = Window::alone(4, &readings[1]);
        let at = window.text.find("\"hi").unwrap_or_default();
        assert_eq!(window.place(at..at + 4), (4, 6..12));
    }

    #[test]
    fn a_match_over_two_lines_is_placed_in_the_first() {
        let (first, second) = (readings("a bad  "), readings("  gateway b"));
        let window = Window::joined(&[(0, &first[0]), (1, &second[0])], " ");
        assert_eq!(window.text, "a bad gateway b");
        assert_eq!(window.place(2..13), (0, 2..7));
        assert_eq!(window.place(6..13), (1, 2..9));
    }
}
