//! Text as part of HTML. Markdown's own HTML is written in `body.rs`; this is for what other files of the room put together.

use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

/// Text between tags.
pub(super) fn text(text: &str) -> String {
    escaped(text, |out, text| escape_html_body_text(out, text))
}

/// Text inside an attribute in double quotation marks.
pub(super) fn attribute(text: &str) -> String {
    escaped(text, |out, text| escape_html(out, text))
}

/// A path as part of an address.
pub(super) fn path(path: &str) -> String {
    escaped(path, |out, path| escape_href(out, path))
}

fn escaped(text: &str, escape: impl Fn(&mut String, &str) -> std::fmt::Result) -> String {
    let mut out = String::with_capacity(text.len());
    escape(&mut out, text).expect("a string takes all text");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_its_place() {
        assert_eq!(text("<b> & \""), "&lt;b&gt; &amp; \"");
        assert_eq!(attribute("\"><b>"), "&quot;&gt;&lt;b&gt;");
        assert_eq!(path("a b/é"), "a%20b/%C3%A9");
    }
}
