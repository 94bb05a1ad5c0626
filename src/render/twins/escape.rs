//! Text as part of Markdown: signs that would mean something are escaped, all others stay as they are.

/// Text within a line or at its start.
pub(in crate::render) fn text(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let letters: Vec<char> = text.chars().collect();
    // A number with a full stop behind it starts a list.
    let digits = letters.iter().take_while(|c| c.is_ascii_digit()).count();
    let mut out = String::with_capacity(text.len() + 8);
    for (at, &c) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| letters[at]);
        if means_something(c, before, letters.get(at + 1).copied()) || (at == digits && at > 0 && ".)".contains(c)) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Whether a sign would be read as markup between its neighbours.
fn means_something(c: char, before: Option<char>, after: Option<char>) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '`' | '*' | '[' | ']' | '|' | '~' | '{' | '}' => true,
        '_' => !is_word(before) || !is_word(after),
        '\\' => after.is_none_or(|c| c.is_ascii_punctuation()),
        '<' => after.is_some_and(|c| c.is_alphabetic() || "/!?".contains(c)),
        '&' => after.is_some_and(|c| c.is_alphanumeric() || c == '#'),
        // A heading ends in such signs too.
        '#' => before.is_none_or(char::is_whitespace) || after.is_none(),
        '>' | '-' | '+' | '=' => before.is_none(),
        _ => false,
    }
}

/// A code, as it is printed. Also good in a cell of a table.
pub(in crate::render) fn code(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// A link whose text is Markdown already.
pub(in crate::render) fn link_of(inner: &str, url: &str) -> String {
    format!("[{inner}]({})", destination(url))
}

/// A link with a plain text.
pub(in crate::render) fn link(plain: &str, url: &str) -> String {
    link_of(&text(plain), url)
}

/// A link whose text is its address.
pub(in crate::render) fn address(url: &str) -> String {
    let is_plain = !url.contains(|c: char| "<>\\&".contains(c) || c.is_whitespace());
    if is_plain { format!("<{url}>") } else { link(url, url) }
}

/// An address as the target of a link.
pub(in crate::render) fn destination(url: &str) -> String {
    if url.contains(|c: char| "()<>\\&".contains(c) || c.is_whitespace() || c.is_control()) {
        let safe = url.replace('<', "%3C").replace('>', "%3E").replace('\\', "%5C").replace('&', "&amp;");
        return format!("<{}>", safe.split_whitespace().collect::<Vec<_>>().join("%20"));
    }
    url.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::markdown::{Event, Tag, events, plain_text};

    #[test]
    fn text_is_read_back_as_it_was() {
        for written in [
            "# No heading",
            "a # b #",
            "1. no list",
            "12) no list",
            "- no item",
            "+ no item",
            "> no quote",
            "= x",
            "---",
            "*no* **emphasis** _at_ __all__",
            "snake_case stays",
            "[no](https://link.example/)",
            "[[no:wiki]]",
            "![no](image.png)",
            "<b>no HTML</b>",
            "<https://auto.example/>",
            "&amp; no entity",
            "&#65;",
            "a\\*b",
            "ends in \\",
            "`no code`",
            "~~no~~ ~x~",
            "a | b",
            "a {#anchor}",
            "a {.class}",
            "[^1]",
            "[x]: https://definition.example/",
            "AT&T < 5 > 3",
            "C:\\path",
        ] {
            for shape in ["{}\n", "## {}\n", "- {}\n", "**x** {}\n"] {
                let markdown = shape.replace("{}", &text(written));
                let spots: Vec<_> = events(&markdown).collect();
                let read = plain_text(&spots);
                let read = read.strip_prefix("x ").unwrap_or(&read);
                assert_eq!(read, written, "{markdown}");
                assert!(!spots.iter().any(|(event, _)| matches!(event, Event::Code(_) | Event::InlineHtml(_))), "{markdown}");
            }
        }
    }

    #[test]
    fn codes_and_addresses_are_read_back_as_they_were() {
        for written in ["503", "a`b", "``", "`x", "a*b_c"] {
            let markdown = code(written);
            let read: Vec<String> = events(&markdown)
                .filter_map(|(event, _)| if let Event::Code(text) = event { Some(text.into_string()) } else { None })
                .collect();
            assert_eq!(read, [written], "{markdown}");
        }
        for url in
            ["https://docs.example/", "https://docs.example/a_(b)_c", "https://docs.example/?a=1&copy=2", "https://x.example/*a*"]
        {
            let markdown = link("x", url);
            let read: Vec<String> = events(&markdown)
                .filter_map(|(event, _)| match event {
                    Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.into_string()),
                    _ => None,
                })
                .collect();
            assert_eq!(read, [url], "{markdown}");
        }
    }
}
