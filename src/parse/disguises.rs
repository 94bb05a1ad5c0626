//! Characters that make a reader see something else than what is copied or run: direction controls, invisible characters, blanks that
//! are none, curly quotation marks and look-alike letters in code.
//!
//! Sources: Unicode Technical Report 36, "Unicode Security Considerations"; CVE-2021-42574 and CVE-2021-42694 (Trojan Source); the letters
//! are those of Unicode's confusables.txt that look like ASCII letters in most fonts.

use super::body::Scope;
use crate::model::diagnostic::Diagnostic;
use crate::model::markdown::{Event, Spot};
use crate::model::rules;
use crate::model::sample::Sample;
use crate::model::source::{FileId, Span};
use crate::model::words::counted;

/// Letters of other scripts that look like ASCII letters, each before the one it looks like.
const LOOK_ALIKES: &str = "аaеeоoрpсcуyхxіiјjѕsԁdһhԛqԝwАAВBЕEКKМMНHОOРPСCТTУYХXІIЈJЅSΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοoνv";

/// Languages whose samples show what software prints, curly quotation marks and all.
const PRINTED: [&str; 5] = ["text", "http", "markdown", "html", "diff"];

/// What is wrong with a character, and what was meant.
struct Disguise {
    at: usize,
    c: char,
    what: &'static str,
    /// What stands there without the disguise; `None` where only the writer knows.
    meant: Option<String>,
}

/// Tells disguised characters of a body: all kinds in code, direction controls and hidden text also in prose.
pub(super) fn body(scope: &Scope<'_>, spots: &[Spot<'_>], samples: &[Sample], diagnostics: &mut Vec<Diagnostic>) {
    if scope.text.is_ascii() {
        return;
    }
    let mut code: Vec<(std::ops::Range<usize>, bool)> = Vec::new();
    for sample in samples {
        let range = scope.range(sample.span);
        if sample.language.name == "console" {
            code.extend(lines(scope.text, &range).map(|line| (line.clone(), is_prompt(&scope.text[line]))));
        } else {
            code.push((range, !PRINTED.contains(&sample.language.name)));
        }
    }
    code.extend(spots.iter().filter(|(event, _)| matches!(event, Event::Code(_))).map(|(_, range)| (range.clone(), true)));
    code.sort_by_key(|(range, _)| range.start);
    let mut found = Vec::new();
    let mut end = 0;
    for (range, is_typed) in code {
        found.extend(in_prose(scope.text, end..range.start));
        found.extend(in_code(scope.text, range.clone(), is_typed));
        end = range.end;
    }
    found.extend(in_prose(scope.text, end..scope.text.len()));
    tell(scope.text, &found, |range| scope.span(&range), diagnostics);
}

/// Tells direction controls and hidden text in front matter.
pub(super) fn front_matter(text: &str, file: FileId, diagnostics: &mut Vec<Diagnostic>) {
    if !text.is_ascii() {
        let found: Vec<Disguise> = in_prose(text, 0..text.len()).collect();
        tell(text, &found, |range| Span::new(file, range), diagnostics);
    }
}

/// One finding a line: hidden text has many characters.
fn tell(text: &str, found: &[Disguise], span: impl Fn(std::ops::Range<usize>) -> Span, diagnostics: &mut Vec<Diagnostic>) {
    let line = |at: usize| text[..at].rfind('\n');
    for group in found.chunk_by(|a, b| line(a.at) == line(b.at)) {
        let first = &group[0];
        let more = match group.len() - 1 {
            0 => String::new(),
            more => format!(", and {} more on this line", counted(more, "character")),
        };
        let message = format!("U+{:04X}, {}{more}", u32::from(first.c), first.what);
        let range = first.at..first.at + first.c.len_utf8();
        let mut finding = Diagnostic::new(&rules::BIDI_OR_INVISIBLE_CHARACTER, span(range), message);
        for disguise in group {
            if let Some(meant) = &disguise.meant {
                let place = span(disguise.at..disguise.at + disguise.c.len_utf8());
                finding = finding.edit(place, disguise.c, meant);
            }
        }
        diagnostics.push(finding);
    }
}

fn lines(text: &str, range: &std::ops::Range<usize>) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut at = range.start;
    text[range.clone()].split_inclusive('\n').map(move |line| {
        at += line.len();
        at - line.len()..at
    })
}

/// Whether a line of a console is what somebody typed.
fn is_prompt(line: &str) -> bool {
    ["$ ", "# ", "> ", "PS"].iter().any(|prompt| line.trim_start().starts_with(prompt))
}

/// What hides or turns text that should be read.
fn in_prose(text: &str, range: std::ops::Range<usize>) -> impl Iterator<Item = Disguise> {
    text[range.clone()].char_indices().filter_map(move |(offset, c)| {
        let at = range.start + offset;
        let what = match c {
            _ if is_direction_control(c) => "a control that turns the direction of text",
            '\u{e0000}'..='\u{e007f}' if !is_flag(&text[..at]) => "a character that nobody sees and programs read",
            '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' if splits_code(text, at, c) => "an invisible character inside a code",
            _ => return None,
        };
        Some(Disguise { at, c, what, meant: Some(String::new()).filter(|_| !is_direction_control(c)) })
    })
}

/// What differs from what a reader sees, in code. Curly quotation marks count in what is typed, not in what software prints.
fn in_code(text: &str, range: std::ops::Range<usize>, is_typed: bool) -> impl Iterator<Item = Disguise> {
    text[range.clone()].char_indices().filter(|(_, c)| !c.is_ascii()).filter_map(move |(offset, c)| {
        let at = range.start + offset;
        let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
        let disguise = |what, meant: Option<&str>| Some(Disguise { at, c, what, meant: meant.map(str::to_owned) });
        match c {
            _ if is_direction_control(c) => disguise("a control that turns the direction of text", None),
            '\u{200e}' | '\u{200f}' | '\u{61c}' => disguise("a control that turns the direction of text", None),
            '\u{200c}' | '\u{200d}' if joins_letters(before, after) => None,
            '\u{e0000}'..='\u{e007f}' if is_flag(before) => None,
            '\u{ad}'
            | '\u{200b}'..='\u{200d}'
            | '\u{2060}'..='\u{2064}'
            | '\u{feff}'
            | '\u{180e}'
            | '\u{e0000}'..='\u{e007f}' => disguise("an invisible character in code", Some("")),
            '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => disguise("a letter that nobody sees, in code", None),
            '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
                disguise("a blank in code that no shell or compiler takes for one", Some(" "))
            }
            '\u{2028}' | '\u{2029}' | '\u{85}' => disguise("a line break in code that editors do not show", None),
            '“' | '”' | '„' if is_typed => disguise("a curly quotation mark in code", Some("\"")),
            '‘' | '’' | '‚' if is_typed => disguise("a curly quotation mark in code", Some("'")),
            '–' | '—' if is_typed && starts_option(before, after) => disguise("a long dash where an option begins", None),
            '\u{ff01}'..='\u{ff5e}' if is_typed => disguise("a wide character that looks like ASCII", None),
            _ if looks_alike(c) && is_in_ascii_word(before, after) => {
                disguise("a letter of another script in a word of code", None)
            }
            _ => None,
        }
    })
}

/// Embeddings, overrides and isolates: no language needs them inside a line of prose.
fn is_direction_control(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether tag characters here belong to the flag of a region, which starts with a black flag.
fn is_flag(before: &str) -> bool {
    before.trim_end_matches(|c| matches!(c, '\u{e0020}'..='\u{e007e}')).ends_with('\u{1f3f4}')
}

/// Joiners belong between emoji and between letters of scripts that join.
fn joins_letters(before: &str, after: &str) -> bool {
    let is_joined = |c: char| !c.is_ascii();
    before.chars().next_back().is_some_and(is_joined) && after.chars().next().is_some_and(is_joined)
}

/// Whether a character stands inside a word that is a code: one with a digit, an underscore or two capitals.
fn splits_code(text: &str, at: usize, c: char) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let after = &text[at + c.len_utf8()..];
    let left = &text[..at][text[..at].trim_end_matches(is_word).len()..];
    let right = &after[..after.len() - after.trim_start_matches(is_word).len()];
    let counts = |is: fn(&char) -> bool| left.chars().chain(right.chars()).filter(is).count();
    let is_code = counts(char::is_ascii_digit) > 0 || counts(|c| *c == '_') > 0 || counts(char::is_ascii_uppercase) > 1;
    !left.is_empty() && !right.is_empty() && is_code
}

fn starts_option(before: &str, after: &str) -> bool {
    before.ends_with([' ', '\t', '`']) && after.starts_with(|c: char| c.is_ascii_alphabetic())
}

fn looks_alike(c: char) -> bool {
    LOOK_ALIKES.chars().step_by(2).any(|other| other == c)
}

/// Whether a letter touches an ASCII letter, perhaps through others that look like one.
fn is_in_ascii_word(before: &str, after: &str) -> bool {
    let touches = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    touches(before.trim_end_matches(looks_alike).chars().next_back())
        || touches(after.trim_start_matches(looks_alike).chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(found: &[Disguise], expected: &[u32]) {
        assert_eq!(found.iter().map(|disguise| u32::from(disguise.c)).collect::<Vec<_>>(), expected);
    }

    fn code(text: &str) -> Vec<Disguise> {
        in_code(text, 0..text.len(), true).collect()
    }

    fn prose(text: &str) -> Vec<Disguise> {
        in_prose(text, 0..text.len()).collect()
    }

    #[test]
    fn disguises_in_code_are_found() {
        check(&code("rm\u{202e}x"), &[0x202e]);
        check(&code("az log\u{200b}in"), &[0x200b]);
        check(&code("curl\u{a0}-v"), &[0xa0]);
        check(&code("curl “x”"), &[0x201c, 0x201d]);
        check(&code("ls –all"), &[0x2013]);
        check(&code("\u{430}z login"), &[0x430]);
        check(&code("ｃurl"), &[0xff43]);
    }

    #[test]
    fn other_languages_and_emoji_are_not_disguises() {
        for text in [
            "# בדיקת הרשאות לפני חידוש",
            "# انتهت مهلة",
            "echo 👩‍🚒 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "// проверка",
            "5 μs – 7 μs",
        ] {
            check(&code(text), &[]);
            check(&prose(text), &[]);
        }
        check(&prose("it’s “fine”\u{a0}– a café \u{200f}"), &[]);
    }

    #[test]
    fn hidden_text_is_found_in_prose() {
        check(&prose("agent.\u{e0069}\u{e0067}"), &[0xe0069, 0xe0067]);
        check(&prose("AADSTS\u{ad}50076 and Fahr\u{ad}zeug"), &[0xad]);
    }
}
