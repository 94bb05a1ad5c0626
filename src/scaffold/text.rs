//! YAML values and pieces of Markdown, written so that they are read as they were meant.

use crate::model::date::Date;

/// How much of a name stands in a description, in characters.
const MAX_SUBJECT: usize = 50;

/// The description of a new guide: of a valid length, told until it is written, and not that of another new guide.
pub(super) fn description(subject: &str, what: &str) -> String {
    let subject: String = subject.chars().take(MAX_SUBJECT).collect();
    format!("description: {}\n", yaml(&format!("TODO: say of {subject} {what}, in 50 to 170 characters")))
}

/// A text as a YAML value on one line.
pub(super) fn yaml(text: &str) -> String {
    let is_word = |c: char| c.is_ascii_alphanumeric() || " -_./():?=&%~+#".contains(c);
    // Words that some YAML reads as something else than text.
    let is_special = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"].contains(&text.to_ascii_lowercase().as_str());
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    let means_more = text.contains(": ") || text.contains(" #") || text.ends_with([' ', ':']);
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(is_word) && !means_more;
    if !text.is_empty() && (is_number || is_plain && !is_special) {
        text.to_owned()
    } else if text.contains('\'') && !text.contains(['"', '\\']) {
        format!("\"{text}\"")
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

/// A text as a YAML value where there is one, and what to write where there is none.
pub(super) fn yaml_or(text: Option<&str>, todo: &str) -> String {
    text.map_or_else(|| yaml(&format!("TODO: {todo}")), yaml)
}

/// A code in Markdown: as it is, or as code where it would mean something.
pub(super) fn markdown(code: &str) -> String {
    let is_quiet = |c: char| c.is_ascii_alphanumeric() || "-_. ".contains(c);
    if code.chars().all(is_quiet) && code.split('_').all(|part| !part.is_empty()) { code.to_owned() } else { format!("`{code}`") }
}

/// One entry of `references`.
pub(super) fn reference(id: &str, subject: &str, url: &str, today: Date) -> String {
    let title = yaml(&format!("TODO: the title of the official page on {subject}"));
    format!("  - id: {}\n    title: {title}\n    url: {}\n    accessed: {today}\n", yaml(id), yaml(url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_quoted_where_they_must_be() {
        for (text, expected) in [
            ("418", "418"),
            ("AADSTS50076", "AADSTS50076"),
            ("Service Unavailable", "Service Unavailable"),
            ("I'm a teapot", "\"I'm a teapot\""),
            ("-32000", "'-32000'"),
            ("0x80070005", "'0x80070005'"),
            ("1e3", "'1e3'"),
            ("null", "'null'"),
            ("https://docs.example/codes?of=http#list", "https://docs.example/codes?of=http#list"),
            ("http:503", "http:503"),
            ("a: b", "'a: b'"),
            ("a: b # c", "'a: b # c'"),
            (r#"it's "C:\""#, r#"'it''s "C:\"'"#),
        ] {
            assert_eq!(yaml(text), expected);
        }
    }

    #[test]
    fn codes_that_are_markdown_are_shown_as_code() {
        for (code, expected) in [("DEADLINE_EXCEEDED", "DEADLINE_EXCEEDED"), ("__init__", "`__init__`"), ("E*1", "`E*1`")] {
            assert_eq!(markdown(code), expected);
        }
    }
}
