//! `deploy/Caddyfile`: what goes into the site's block of a Caddyfile.
//!
//! Source: caddyserver.com, "Caddyfile directives": map, redir, header, `file_server`, `handle_errors`.

use std::fmt::Write as _;

use super::uses::Uses;
use super::{ASK, FOREVER, HASHED, Moved, decoded, moved, pages, put, security_headers};
use crate::model::diagnostic::Diagnostic;
use crate::model::output::Sink;
use crate::render::context::Context;

/// Makes the file.
pub(in crate::render) fn render(context: &Context<'_>, uses: &Uses, sink: &dyn Sink, _: &mut Vec<Diagnostic>) {
    let site = context.site;
    put(context, sink, "deploy/Caddyfile", text(site.config.base_url.path(), uses, &moved(site), &pages(site)));
}

fn text(base: &str, uses: &Uses, moved: &[Moved], pages: &[Moved]) -> String {
    let base = decoded(base);
    let mut text = format!(
        "# For the block of this site in a Caddyfile. Made by fieldguide.\n\
         # `root` is the folder whose part {} is the site.\n",
        base.replace(|c: char| c.is_control(), " ")
    );
    text.push_str("header {\n");
    for (name, value) in security_headers(uses) {
        let _ = writeln!(text, "\t{name} {}", quoted(&value));
    }
    text.push_str("}\n");
    let _ = write!(text, "@hashed path_regexp {}\nheader @hashed Cache-Control {}\n", quoted(HASHED), quoted(FOREVER));
    let _ = write!(text, "@others not path_regexp {}\nheader @others Cache-Control {}\n", quoted(HASHED), quoted(ASK));
    text.push_str("@markdown path *.md\nheader @markdown Content-Type \"text/markdown; charset=utf-8\"\n");
    let _ = write!(
        text,
        "@feed path {}\nheader @feed Content-Type \"application/atom+xml; charset=utf-8\"\n",
        quoted(&format!("{base}feed.xml"))
    );
    let _ = write!(text, "map {{path}} {{moved}} {{\n{}\tdefault \"\"\n}}\n", entries(moved, ""));
    text.push_str("@moved not vars {moved} \"\"\nredir @moved {moved} 301\n");
    text.push_str("# Pages in another letter case.\n");
    let _ = write!(text, "map {{path}} {{other_case}} {{\n\t\"~^[^A-Z]*$\" \"\"\n{}\tdefault \"\"\n}}\n", entries(pages, "(?i)"));
    text.push_str("@other_case {\n\tpath_regexp [A-Z]\n\tnot vars {other_case} \"\"\n}\nredir @other_case {other_case} 301\n");
    let files = ["deploy/nginx-http.conf", "deploy/nginx.conf", "deploy/Caddyfile", "_headers", "_redirects"];
    let files: Vec<String> = files.iter().map(|file| quoted(&format!("{base}{file}"))).collect();
    let _ = write!(text, "@kept path {}\nerror @kept 404\n", files.join(" "));
    text.push_str("# Hidden files, such as the list of files that fieldguide wrote; `.well-known` stays open.\n");
    text.push_str("@hidden {\n\tpath */.*\n\tnot path */.well-known/*\n}\nerror @hidden 404\n");
    text.push_str("file_server {\n\tprecompressed br gzip\n}\n");
    let _ = write!(
        text,
        "handle_errors {{\n\t@404 expression {{http.error.status_code}} == 404\n\theader @404 Content-Type \"text/html; charset=utf-8\"\n\
         \theader @404 Cache-Control {}\n\trewrite @404 {}\n\tfile_server @404\n}}\n",
        quoted(ASK),
        quoted(&format!("{base}404.html"))
    );
    text
}

/// Words that Caddy only compares where that will do: it goes through the whole table for each request.
fn entries(moved: &[Moved], flags: &str) -> String {
    let entry = |from: &str, to: &str| format!("\t{} {}\n", quoted(from), quoted(&encoded(to)));
    let is_plain = |path: &str| path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte));
    let all = moved.iter().map(|moved| match flags.is_empty() && is_plain(&moved.from) {
        true => ["", "/", "/index.html"].map(|end| entry(&format!("{}{end}", moved.from), &moved.to)).concat(),
        false => entry(&pattern(&moved.from, flags), &moved.to),
    });
    all.collect()
}

/// The path, its folder and the file in it, as a pattern in which nothing else means anything: Caddy fills in `{…}` and `{$…}`.
fn pattern(path: &str, flags: &str) -> String {
    let mut pattern = format!("~^{flags}");
    for c in path.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '/' | '_' | '-' => pattern.push(c),
            c if c.is_ascii() => pattern.push_str(&format!("\\x{:02x}", u32::from(c))),
            c => pattern.push(c),
        }
    }
    pattern.push_str("(/|/index\\.html)?$");
    pattern
}

/// A value in which Caddy would look for placeholders.
fn encoded(text: &str) -> String {
    text.replace('{', "%7B").replace('}', "%7D").replace('"', "%22").replace('\n', "%0A").replace('$', "%24")
}

/// A word of the Caddyfile; only quotes mean something in it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::super::HOSTILE;
    use super::*;

    #[test]
    fn every_word_stays_one_word() {
        for path in HOSTILE {
            let text = entries(&[Moved { from: path.to_owned(), to: path.to_owned() }], "");
            assert_eq!((text.lines().count(), text.matches('"').count()), (1, 4), "{text}");
            assert!(!text.contains(['{', '}']), "{text}");
        }
    }
}
