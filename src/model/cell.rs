//! Text in a cell of a Markdown table, as GitHub reads it: one line, in which nothing is markup and nobody is called.

/// Text of which readers see every character as it is.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            // GitHub tells whoever stands behind an `@`, escaped or not, unless something stands between.
            '@' => out.push_str("@<!-- -->"),
            '|' | '[' | ']' | '*' | '_' | '\\' | '#' | '!' | '`' | '~' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A sentence of ours, in which names stand between code marks.
pub fn sentence(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    // A mark without another is part of a name; then nobody can say where names end.
    if parts.len().is_multiple_of(2) {
        return plain(text);
    }
    parts.iter().enumerate().map(|(at, part)| if at % 2 == 0 { plain(part) } else { code(part) }).collect()
}

/// A code, path or message between code marks.
pub fn code(text: &str) -> String {
    // A table ends a cell at a stroke even in code, and a backslash before the stroke cannot be escaped there.
    if text.trim().is_empty() || text.contains("\\|") {
        return plain(text);
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let marks = "`".repeat(longest + 1);
    let inner: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{marks}{pad}{}{pad}{marks}", inner.replace('|', "\\|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_cell_is_markup() {
        assert_eq!(plain("no <b> | [x](y)\n@me &lt;"), "no &lt;b> \\| \\[x\\](y) @<!-- -->me &amp;lt;");
        assert_eq!(sentence("no `a_b|c`, <b>"), "no `a_b\\|c`, &lt;b>");
        assert_eq!(sentence("no `a` b`"), "no \\`a\\` b\\`");
        assert_eq!(code("a|b"), "`a\\|b`");
        assert_eq!(code("a``b`"), "``` a``b` ```");
        assert_eq!(code("a\\|b"), "a\\\\\\|b");
    }
}
