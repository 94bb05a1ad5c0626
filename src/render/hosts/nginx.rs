//! `deploy/nginx-http.conf` and `deploy/nginx.conf`: tables for the `http` block, and what goes into the site's `server` block.
//!
//! Sources: nginx.org, `ngx_http_map_module`, `ngx_http_headers_module`, `ngx_http_gzip_static_module`. A `location` with a header of its own
//! would lose those of the server, so the one header that differs by file comes from a table. The charset stands in the type, because
//! nginx adds none to files that are compressed already.

use std::fmt::Write as _;

use super::uses::Uses;
use super::{ASK, FOREVER, HASHED, Moved, decoded, host, moved, pages, put, security_headers};
use crate::model::diagnostic::Diagnostic;
use crate::model::output::Sink;
use crate::model::site::Site;
use crate::render::context::Context;

/// Types of files by extension, as nginx reads them; what is missing is offered for download.
const TYPES: [(&str, &str); 20] = [
    ("text/html; charset=utf-8", "html"),
    ("text/css; charset=utf-8", "css"),
    ("text/javascript; charset=utf-8", "js mjs"),
    ("text/markdown; charset=utf-8", "md"),
    ("text/plain; charset=utf-8", "txt"),
    ("application/xml; charset=utf-8", "xml"),
    ("application/json; charset=utf-8", "json map"),
    ("application/manifest+json", "webmanifest"),
    ("image/svg+xml; charset=utf-8", "svg"),
    ("image/png", "png"),
    ("image/jpeg", "jpg jpeg"),
    ("image/gif", "gif"),
    ("image/webp", "webp"),
    ("image/avif", "avif"),
    ("image/x-icon", "ico"),
    ("font/woff2", "woff2"),
    ("font/woff", "woff"),
    ("application/pdf", "pdf"),
    ("video/mp4", "mp4"),
    ("video/webm", "webm"),
];

/// What a bucket of nginx's tables holds without a setting, on the machines where it holds least.
const BUCKET: usize = 64;
/// How many entries nginx's tables take well without a setting.
const ENTRIES: usize = 1000;

/// Makes both files.
pub(in crate::render) fn render(context: &Context<'_>, uses: &Uses, sink: &dyn Sink, _: &mut Vec<Diagnostic>) {
    let site = context.site;
    let name = name(site);
    put(context, sink, "deploy/nginx-http.conf", tables(&name, &moved(site), &pages(site)));
    put(context, sink, "deploy/nginx.conf", server(&name, site.config.base_url.path(), uses));
}

/// What variables of this site begin with: an nginx may serve several.
fn name(site: &Site) -> String {
    let address = format!("{}{}", host(site), site.config.base_url.path());
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    address.trim_end_matches('/').chars().map(plain).collect()
}

fn tables(name: &str, moved: &[Moved], pages: &[Moved]) -> String {
    let mut text = String::from("# For the http block of nginx. Made by fieldguide.\n");
    let longest = moved.iter().chain(pages).map(|moved| moved.from.len()).max().unwrap_or_default();
    // An entry of a bucket is a pointer, two bytes of length, and the key, in steps of eight bytes; a bucket ends with a pointer.
    if longest + 26 > BUCKET {
        let _ = writeln!(text, "map_hash_bucket_size {};", (longest + 26).next_power_of_two());
    }
    if moved.len().max(pages.len()) > ENTRIES {
        let _ = writeln!(text, "map_hash_max_size {};", (moved.len().max(pages.len()) * 2).next_power_of_two());
    }
    let _ = write!(
        text,
        "map $uri ${name}_path {{\n\tdefault $uri;\n\t\"~^(?<{name}_folder>.+)/(index\\.html)?$\" ${name}_folder;\n}}\n"
    );
    let _ = write!(text, "map ${name}_path ${name}_page {{\n\tdefault \"\";\n{}}}\n", entries(pages));
    text.push_str("# Tables ignore letter case; a page in its own letter case must not lead to itself.\n");
    let _ = write!(text, "map ${name}_path ${name}_other_case {{\n\tdefault \"\";\n\t\"~[A-Z]\" ${name}_page;\n}}\n");
    let _ = write!(text, "map ${name}_path ${name}_moved {{\n\tdefault ${name}_other_case;\n{}}}\n", entries(moved));
    let _ = write!(
        text,
        "map $uri ${name}_cache {{\n\tdefault {};\n\t{} {};\n}}\n",
        quoted(ASK),
        quoted(&format!("~{HASHED}")),
        quoted(FOREVER)
    );
    text
}

fn entries(moved: &[Moved]) -> String {
    moved.iter().map(|moved| format!("\t{} {};\n", quoted(&moved.from), quoted(&without_variables(&moved.to)))).collect()
}

fn server(name: &str, base: &str, uses: &Uses) -> String {
    let path = decoded(base);
    let mut text = format!(
        "# For the server block of this site, after deploy/nginx-http.conf in the http block. Made by fieldguide.\n\
         # `root` is the folder whose part {} is the site.\n",
        path.replace(|c: char| c.is_control(), " ")
    );
    text.push_str("absolute_redirect off;\nserver_tokens off;\ncharset off;\ngzip_static on;\ngzip_vary on;\n");
    let _ = writeln!(text, "error_page 404 {};", quoted(&without_variables(&format!("{base}404.html"))));
    for (header, value) in security_headers(uses) {
        let _ = writeln!(text, "add_header {header} {} always;", quoted(&without_variables(&value)));
    }
    let _ = writeln!(text, "add_header Cache-Control ${name}_cache always;");
    text.push_str("default_type application/octet-stream;\ntypes {\n");
    for (kind, extensions) in TYPES {
        let _ = writeln!(text, "\t{} {extensions};", quoted(kind));
    }
    text.push_str("}\n");
    let _ = writeln!(text, "if (${name}_moved) {{\n\treturn 301 ${name}_moved;\n}}");
    let _ = writeln!(
        text,
        "location = {} {{\n\ttypes {{ }}\n\tdefault_type \"application/atom+xml; charset=utf-8\";\n}}",
        quoted(&format!("{path}feed.xml"))
    );
    for file in ["deploy/nginx-http.conf", "deploy/nginx.conf", "deploy/Caddyfile", "_headers", "_redirects"] {
        let _ = writeln!(text, "location = {} {{\n\treturn 404;\n}}", quoted(&format!("{path}{file}")));
    }
    text.push_str("# Hidden files, such as the list of files that fieldguide wrote; `.well-known` stays open.\n");
    text.push_str("location ~ \"/\\.(?!well-known/)\" {\n\treturn 404;\n}\n");
    text
}

/// A word of the configuration, whatever is in it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            // A backslash counts only before these, and before itself.
            '\\' => quoted.push_str("\\\\"),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A value in which nginx would look for variables. There is no way to write a `$` in one, so in addresses it is encoded.
fn without_variables(text: &str) -> String {
    text.replace('$', "%24")
}

#[cfg(test)]
mod tests {
    use super::super::HOSTILE;
    use super::*;

    #[test]
    fn every_word_stays_one_word() {
        for path in HOSTILE {
            let moved = Moved { from: path.to_owned(), to: path.to_owned() };
            let text = entries(&[moved]);
            assert_eq!(text.lines().count(), 1, "{text}");
            let plain = text.replace("\\\\", "").replace("\\\"", "");
            assert_eq!(plain.matches('"').count(), 4, "{text}");
            assert!(text.ends_with("\";\n") && !text.rsplit_once("\" \"").expect("two words").1.contains('$'), "{text}");
        }
    }

    #[test]
    fn tables_have_room_for_long_addresses() {
        let long = |length: usize| Moved { from: format!("/{}", "a".repeat(length)), to: "/".to_owned() };
        assert!(!tables("a", &[long(30)], &[]).contains("bucket_size"));
        assert!(tables("a", &[long(100)], &[]).contains("map_hash_bucket_size 128;"));
        assert!(tables("a", &[long(480)], &[]).contains("map_hash_bucket_size 512;"));
    }
}
