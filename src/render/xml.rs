//! XML documents: a root with its namespace, elements inside, and texts that XML can hold. The door to quick-xml.

use std::io;

use quick_xml::events::{BytesDecl, BytesText, Event};

/// Writes a document, one element a line.
pub(super) type Writer = quick_xml::Writer<Vec<u8>>;

/// A document: its root element with a namespace, and what `inner` writes into it.
pub(super) fn document(root: &str, namespace: &str, inner: impl Fn(&mut Writer) -> io::Result<()>) -> Vec<u8> {
    let written = || {
        let mut writer = quick_xml::Writer::new_with_indent(Vec::new(), b' ', 1);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        writer.create_element(root).with_attribute(("xmlns", namespace)).write_inner_content(inner)?;
        Ok::<_, io::Error>(writer.into_inner())
    };
    let mut bytes = written().expect("a vector takes all bytes");
    bytes.push(b'\n');
    bytes
}

/// Writes an element that holds other elements.
pub(super) fn parent(writer: &mut Writer, name: &str, inner: impl Fn(&mut Writer) -> io::Result<()>) -> io::Result<()> {
    writer.create_element(name).write_inner_content(inner).map(drop)
}

/// Writes an element that holds a text.
pub(super) fn text(writer: &mut Writer, name: &str, text: &str) -> io::Result<()> {
    writer.create_element(name).write_text_content(BytesText::new(&legal(text))).map(drop)
}

/// Writes an element that has attributes and holds nothing.
pub(super) fn empty(writer: &mut Writer, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    let legal: Vec<(&str, String)> = attributes.iter().map(|(name, value)| (*name, legal(value))).collect();
    let attributes = legal.iter().map(|(name, value)| (*name, value.as_str()));
    writer.create_element(name).with_attributes(attributes).write_empty().map(drop)
}

/// A text without the characters that XML cannot hold even as references: one of them makes the whole file unreadable.
///
/// Source: XML 1.0, production 2, "Char".
fn legal(text: &str) -> String {
    let is_legal = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    text.chars().map(|c| if is_legal(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(hostile: &str, expected: &str) {
        let bytes = document("r", "urn:x", |writer| {
            text(writer, "t", hostile)?;
            empty(writer, "e", &[("a", hostile)])
        });
        let document = String::from_utf8(bytes).expect("XML is UTF-8");
        let mut reader = quick_xml::Reader::from_str(&document);
        loop {
            match reader.read_event().expect("the document is well-formed") {
                Event::Eof => break,
                Event::Start(start) => assert!(["r", "t"].contains(&start.name().as_ref())),
                _ => {}
            }
        }
        assert!(document.contains(expected), "{document}");
    }

    #[test]
    fn no_text_leaves_its_element_or_breaks_the_file() {
        check("\"><script>alert(1)</script>", "<t>&quot;&gt;&lt;script&gt;");
        check("\"><b c='", "<e a=\"&quot;&gt;&lt;b c=&apos;\"/>");
        check("]]>", "<t>]]&gt;</t>");
        check("a & b &amp; &#0;", "<t>a &amp; b &amp;amp; &amp;#0;</t>");
        check("\u{0}\u{8}\u{b}\u{1f}\u{fffe}\u{ffff}", &format!("<t>{}</t>", "\u{fffd}".repeat(6)));
        check("Ünï \u{1f600}", "<t>Ünï \u{1f600}</t>");
    }
}
