//! Lines of a terminal: text filled to a width, with indents and styles.

/// Styles, as ECMA-48 writes them.
pub(super) const BOLD: &str = "\u{1b}[1m";
pub(super) const DIM: &str = "\u{1b}[2m";
pub(super) const RED: &str = "\u{1b}[31m";
pub(super) const YELLOW: &str = "\u{1b}[33m";
pub(super) const CYAN: &str = "\u{1b}[36m";
pub(super) const RESET: &str = "\u{1b}[0m";

/// A text in a style.
pub(super) fn styled(style: &str, text: &str) -> String {
    format!("{style}{text}{RESET}")
}

/// How many columns a text takes, without its styles.
pub(super) fn width(text: &str) -> usize {
    let mut columns = 0;
    let mut in_style = false;
    for c in text.chars() {
        match (in_style, c) {
            (true, 'm') => in_style = false,
            (true, _) => {}
            (false, '\u{1b}') => in_style = true,
            (false, _) => columns += 1,
        }
    }
    columns
}

/// Fills lines with the words of a text: the first after `first`, the others after `rest`. A word that is too long stands alone.
pub(super) fn filled(text: &str, first: &str, rest: &str, columns: usize) -> String {
    let mut out = first.to_owned();
    let mut used = width(first);
    let mut is_empty = true;
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        let needed = width(word);
        if !is_empty && used + 1 + needed > columns {
            out.push('\n');
            out.push_str(rest);
            used = width(rest);
            is_empty = true;
        }
        if !is_empty {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += needed;
        is_empty = false;
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_filled_and_styles_take_no_room() {
        assert_eq!(filled("aa bb cc dd", "- ", "  ", 7), "- aa bb\n  cc dd\n");
        assert_eq!(filled(&format!("{} bb", styled(BOLD, "aa")), "", "", 5), "\u{1b}[1maa\u{1b}[0m bb\n");
        assert_eq!(filled("toolongword a", "", "", 5), "toolongword\na\n");
    }
}
