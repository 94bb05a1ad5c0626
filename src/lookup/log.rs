//! A log as it comes, in pieces of whole lines: which errors it shows, how often, and where first. Memory does not grow with the log.

use super::lines::readings;
use super::matcher::{Lookup, count_lines};
use crate::model::lookup::Seen;

/// How much of a line is kept, in characters.
const MAX_EXCERPT: usize = 160;

/// Reads a log piece by piece.
pub struct LogReader<'i> {
    lookup: Lookup<'i>,
    /// For each guide what was seen of it, and in which line last.
    seen: Vec<Option<(Seen, u64)>>,
    /// How many lines went before the next piece.
    lines: u64,
}

impl<'i> LogReader<'i> {
    /// A reader that has read nothing.
    pub fn new(lookup: Lookup<'i>) -> Self {
        let seen = vec![None; lookup.index.entries.len()];
        Self { lookup, seen, lines: 0 }
    }

    /// Reads on. A message that is wrapped over two lines is only seen where both are in one piece.
    pub fn read(&mut self, piece: &[u8]) {
        let (seen, lines) = (&mut self.seen, self.lines);
        let mut texts = Texts { piece, line: 0, start: 0 };
        self.lookup.scan(piece, &mut |found| {
            let line = lines + found.line as u64 + 1;
            let seen = &mut seen[found.entry];
            match seen {
                Some((_, last)) if *last == line => {}
                Some((seen, last)) => {
                    seen.count += 1;
                    *last = line;
                    if line < seen.line {
                        seen.line = line;
                        seen.excerpt = texts.excerpt(found.line);
                    }
                }
                None => {
                    let excerpt = texts.excerpt(found.line);
                    *seen = Some((Seen { entry: found.entry, count: 1, line, excerpt }, line));
                }
            }
        });
        self.lines += count_lines(piece) as u64;
    }

    /// How many lines were read.
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// What was seen, most frequent first, then in order of appearance.
    pub fn finish(self) -> Vec<Seen> {
        let mut seen: Vec<Seen> = self.seen.into_iter().flatten().map(|(seen, _)| seen).collect();
        seen.sort_by_key(|seen| (std::cmp::Reverse(seen.count), seen.line, seen.entry));
        seen
    }
}

/// Finds lines of a piece by number; lines mostly come in order.
struct Texts<'p> {
    piece: &'p [u8],
    line: usize,
    start: usize,
}

impl Texts<'_> {
    /// The line without what a terminal would obey.
    fn excerpt(&mut self, line: usize) -> String {
        if line < self.line {
            (self.line, self.start) = (0, 0);
        }
        while self.line < line {
            let Some(length) = self.piece[self.start..].iter().position(|byte| *byte == b'\n') else { break };
            self.start += length + 1;
            self.line += 1;
        }
        let rest = &self.piece[self.start..];
        let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
        let text = String::from_utf8_lossy(&rest[..end]);
        let plain = readings(&text).swap_remove(0).text.into_owned();
        let kept: String = plain.trim().chars().filter(|c| !c.is_control()).take(MAX_EXCERPT).collect();
        if kept.len() < plain.trim().len() { kept + "…" } else { kept }
    }
}
