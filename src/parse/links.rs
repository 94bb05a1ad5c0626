//! Links and images of a body: where each leads, as written. Only https, http, mailto and relative links survive.

use super::body::Scope;
use crate::model::body::{Destination, Link};
use crate::model::diagnostic::Diagnostic;
use crate::model::markdown::{Event, LinkType, Spot, Tag, inside, plain_text};
use crate::model::rules;
use crate::model::source::Span;

/// Every link and image, in order. The parser has decoded entities in addresses already.
pub(super) fn links(scope: &Scope<'_>, spots: &[Spot<'_>], diagnostics: &mut Vec<Diagnostic>) -> Vec<Link> {
    let mut links = Vec::new();
    for (index, (event, range)) in spots.iter().enumerate() {
        let span = scope.span(range);
        let destination = match event {
            Event::Start(Tag::Link { link_type: LinkType::WikiLink { .. }, dest_url, .. }) => wiki(dest_url),
            Event::Start(Tag::Link { link_type: LinkType::Email, dest_url, .. }) => {
                Destination::External(format!("mailto:{dest_url}"))
            }
            Event::Start(Tag::Link { dest_url, .. }) => address(dest_url, span, diagnostics),
            Event::Start(Tag::Image { dest_url, .. }) => image(dest_url, span, diagnostics),
            _ => continue,
        };
        let content = inside(spots, index);
        let text = plain_text(content);
        let is_image = |(event, _): &Spot<'_>| matches!(event, Event::Start(Tag::Image { .. }));
        if text.trim().is_empty() && !is_image(&spots[index]) && !content.iter().any(is_image) {
            let finding = Diagnostic::new(&rules::BROKEN_LINK, span, "a link without text, which nobody can see");
            diagnostics.push(finding.hint("write what it leads to between the brackets"));
        }
        links.push(Link { destination, span, text });
    }
    links
}

fn wiki(target: &str) -> Destination {
    // In a table the bar before a link's text is escaped; the backslash is no part of the reference.
    let (reference, fragment) = split_fragment(target.strip_suffix('\\').unwrap_or(target));
    if let ("", Some(fragment)) = (reference.trim(), &fragment) {
        return Destination::Fragment(fragment.clone());
    }
    Destination::Wiki { reference: reference.trim().to_owned(), fragment }
}

fn split_fragment(target: &str) -> (&str, Option<String>) {
    match target.split_once('#') {
        Some((before, fragment)) => (before, Some(fragment.trim().to_owned())),
        None => (target, None),
    }
}

fn address(url: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Destination {
    match classify(url) {
        Class::External => Destination::External(url.to_owned()),
        Class::Fragment => Destination::Fragment(percent_decoded(&url[1..])),
        Class::Path => {
            let (path, fragment) = split_fragment(url);
            let path = path.split('?').next().unwrap_or_default();
            Destination::Path { path: percent_decoded(path), fragment: fragment.map(|fragment| percent_decoded(&fragment)) }
        }
        Class::Forbidden(what) => {
            let finding = Diagnostic::new(&rules::FORBIDDEN_SCHEME, span, format!("a link {what}"));
            diagnostics.push(finding.hint("link with https:, http:, mailto: or a relative path"));
            Destination::Refused
        }
    }
}

fn image(url: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Destination {
    match classify(url) {
        Class::Path => Destination::Image(percent_decoded(url)),
        Class::External => {
            let finding = Diagnostic::new(&rules::EXTERNAL_IMAGE, span, "an image from another site");
            diagnostics.push(finding.hint("put the file beside the guide: readers' addresses stay with this site"));
            Destination::Refused
        }
        Class::Fragment | Class::Forbidden(_) => {
            let finding = Diagnostic::new(&rules::FORBIDDEN_SCHEME, span, "an image that is no relative path");
            diagnostics.push(finding.hint("put the file beside the guide and name it: ![what it shows](picture.png)"));
            Destination::Refused
        }
    }
}

enum Class {
    External,
    Fragment,
    Path,
    Forbidden(&'static str),
}

/// What an address is, as a browser would read it: tabs and line breaks inside it do not count, `\` is `/`.
///
/// Source: WHATWG URL, "basic URL parser".
fn classify(url: &str) -> Class {
    let seen: String = url.chars().filter(|c| !c.is_control()).collect();
    let seen = seen.trim();
    if seen.len() != url.len() {
        return Class::Forbidden("with blanks or control characters in its address");
    }
    if seen.is_empty() {
        return Class::Forbidden("without an address");
    }
    if seen.starts_with('#') {
        return Class::Fragment;
    }
    if seen.contains('\\') {
        return Class::Forbidden("with a backslash in its address");
    }
    if seen.starts_with("//") {
        return Class::Forbidden("to another site without its scheme");
    }
    match scheme(seen) {
        None => Class::Path,
        Some(scheme) if ["https", "http", "mailto"].contains(&scheme.to_ascii_lowercase().as_str()) => Class::External,
        Some(_) => Class::Forbidden("with a scheme that is not allowed"),
    }
}

/// The scheme of an address: everything before a colon that stands before any `/`, `?` or `#`.
fn scheme(url: &str) -> Option<&str> {
    let end = url.find([':', '/', '?', '#'])?;
    url[end..].starts_with(':').then(|| &url[..end])
}

/// Percent-decodes a path; text that does not decode to UTF-8 stays as it is.
fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let byte = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok());
        decoded.push(byte.unwrap_or(bytes[at]));
        at += if byte.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::source::FileId;

    fn check(url: &str, is_allowed: bool) {
        let mut diagnostics = Vec::new();
        let destination = address(url, Span::new(FileId::new(0), 0..0), &mut diagnostics);
        assert_eq!(destination != Destination::Refused, is_allowed, "{url}");
        assert_eq!(diagnostics.is_empty(), is_allowed, "{url}");
    }

    #[test]
    fn schemes_that_run_or_leave_are_refused() {
        for url in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "java\tscript:x",
            " javascript:x",
            "data:text/html,x",
            "vbscript:x",
            "//evil.example",
            "\\\\evil",
            "file:///etc/passwd",
            "",
        ] {
            check(url, false);
        }
        for url in
            ["https://a.example/", "HTTP://a.example", "mailto:a@b.example", "../http/503.md#fix", "#fix", "a.md?x:y", "a%3Ab"]
        {
            check(url, true);
        }
    }

    #[test]
    fn percent_signs_decode_once() {
        assert_eq!(percent_decoded("a%20b%2520%zz"), "a b%20%zz");
    }
}
