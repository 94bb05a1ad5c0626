//! What hosts are told: headers, redirects, and the files that some of them look for. One file a host or format; what they share, the
//! headers to send and the addresses that moved, stands here and in `uses.rs`.
//!
//! A file of the same name in `static/` takes the place of a generated one: its writer knows the host better.

pub(super) mod caddy;
pub(super) mod cname;
pub(super) mod headers;
pub(super) mod nginx;
pub(super) mod nojekyll;
pub(super) mod redirects;
pub(super) mod security_txt;
pub(super) mod uses;

use super::context::Context;
use crate::model::output::{OutputFile, Sink};
use crate::model::site::Site;
use crate::model::url::{Permalink, SitePath, percent_encoded};
use uses::Uses;

/// How long browsers keep what has a hash in its name: a year, and without asking.
const FOREVER: &str = "public, max-age=31536000, immutable";
/// Everything else is asked for each time; hosts answer 304 where it has not changed.
const ASK: &str = "no-cache";
/// Names with a hash, as patterns of nginx and Caddy; `assets.rs` makes them.
const HASHED: &str = r"\.[0-9a-f]{10}\.(css|js|mjs)$";

/// Hands a file on, unless the site brings one of this name.
fn put(context: &Context<'_>, sink: &dyn Sink, path: &str, text: String) {
    if !context.static_paths.contains_key(path) {
        sink.take(OutputFile::text(SitePath::new(path), text));
    }
}

/// The headers of every answer.
fn security_headers(uses: &Uses) -> [(&'static str, String); 4] {
    [
        ("Content-Security-Policy", uses.policy()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Referrer-Policy", "strict-origin-when-cross-origin".to_owned()),
        ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
    ]
}

/// An address that leads elsewhere, with the site's base path on both sides.
struct Moved {
    /// The old path as servers see it, decoded, without a slash at its end.
    from: String,
    /// The new path as browsers ask for it, encoded.
    to: String,
}

/// Every redirect that the site publishes, sorted; short permanent addresses last.
fn moved(site: &Site) -> Vec<Moved> {
    let mut redirects: Vec<_> = site.published_redirects().collect();
    redirects.sort_by_key(|redirect| (redirect.is_short, &redirect.from));
    redirects
        .into_iter()
        .map(|redirect| Moved {
            from: path_on_host(site, &redirect.from),
            to: address_on_host(site, site.permalink(redirect.to)),
        })
        .collect()
}

/// The page of every guide and list, for servers that can tell a path in other letter case.
fn pages(site: &Site) -> Vec<Moved> {
    let tags = site.terms.iter().map(super::lists::tag_address);
    let lists = super::lists::LISTED.into_iter().map(|kind| Permalink::of([kind.spec().folder]));
    let fixed = ["codes", "tags"].map(|list| Permalink::of([list]));
    let mut pages: Vec<Permalink> = site.permalinks.iter().cloned().chain(tags).chain(lists).chain(fixed).collect();
    pages.sort();
    pages.into_iter().map(|page| Moved { from: path_on_host(site, &page), to: address_on_host(site, &page) }).collect()
}

fn path_on_host(site: &Site, permalink: &Permalink) -> String {
    format!("{}{}", decoded(site.config.base_url.path()), permalink.relative_to_root().trim_end_matches('/'))
}

fn address_on_host(site: &Site, permalink: &Permalink) -> String {
    format!("{}{}", site.config.base_url.path(), percent_encoded(permalink.relative_to_root()))
}

/// The name of the host in the site's address, without its port.
fn host(site: &Site) -> &str {
    let url = site.config.base_url.host();
    url.split_once(':').map_or(url, |(name, _)| name)
}

/// A path with what was percent-encoded written out; what is no encoding, or no text then, stays as it is.
fn decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let pair =
            after.get(..2).filter(|pair| pair.iter().all(u8::is_ascii_hexdigit)).and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.filter(|_| *first == b'%').and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

/// Paths and values that mean something to one format or another.
#[cfg(test)]
const HOSTILE: [&str; 10] =
    ["/a b", "/a\"b", "/a;b", "/a{b}", "/a\nb", "/a\tb", "/é/ü", "/a$b/${HOME}/{$HOME}", "/a\\b", "/a#b*c?d:e~f"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_decoded_once() {
        for (path, expected) in [("/a%20b/", "/a b/"), ("/%2541", "/%41"), ("/100%", "/100%"), ("/%ff", "/%ff"), ("/%+1", "/%+1")]
        {
            assert_eq!(decoded(path), expected, "{path}");
        }
    }
}
