//! `_redirects`: addresses that moved, for Netlify and Cloudflare Pages.
//!
//! Formats: docs.netlify.com, "Redirects and rewrites"; developers.cloudflare.com/pages/configuration/redirects, which takes 2,000
//! lines without wildcards of at most 1,000 characters, and passes over a line of another form. Redirect pages lie at the same
//! addresses: Netlify serves those unless the status ends in `!`, which Cloudflare does not know. So each redirect stands twice, and
//! each host follows the line that is its own.

use std::collections::BTreeSet;

use super::uses::Uses;
use super::{moved, path_on_host, put};
use crate::model::diagnostic::Diagnostic;
use crate::model::output::Sink;
use crate::model::site::Site;
use crate::model::url::{Permalink, percent_encoded};
use crate::render::context::Context;

/// The most lines that Cloudflare Pages takes; pages lead on from what is beyond.
const MAX_LINES: usize = 2000;
/// The longest line that Cloudflare Pages takes.
const MAX_LENGTH: usize = 1000;

/// Makes the file.
pub(in crate::render) fn render(context: &Context<'_>, _: &Uses, sink: &dyn Sink, _: &mut Vec<Diagnostic>) {
    let site = context.site;
    let redirects = moved(site).into_iter().map(|moved| (moved.from, moved.to, true));
    let codes = as_printed(site).into_iter().map(|(from, to)| (from, to, false));
    put(context, sink, "_redirects", text(redirects.chain(codes)));
}

/// Errors whose code is not printed in lower case, at the address that a reader would type.
fn as_printed(site: &Site) -> BTreeSet<(String, String)> {
    let printed = |id| {
        let matter = site.guide(id).error()?;
        let (provider, code) = (matter.provider.value.as_str(), matter.code.value.as_str());
        let page = site.permalink(id);
        let is_other_case =
            page.as_str().strip_suffix('/')?.rsplit_once('/')?.1 == code.to_lowercase() && code != code.to_lowercase();
        let from = path_on_host(site, &Permalink::of(["errors", provider, code]));
        is_other_case.then(|| (from, super::address_on_host(site, page)))
    };
    site.ids().filter_map(printed).collect()
}

/// From, to, and whether a page lies at the old address.
fn text(redirects: impl Iterator<Item = (String, String, bool)>) -> String {
    let mut text =
        String::from("# Redirects for Netlify and Cloudflare Pages. Made by fieldguide; static/_redirects takes its place.\n");
    let lines = redirects.map(|(from, to, has_page)| (format!("{}/ {to} 301", percent_encoded(&from)), has_page));
    for (line, has_page) in lines.filter(|(line, _)| line.len() < MAX_LENGTH).take(MAX_LINES) {
        if has_page {
            text.push_str(&format!("{line}!\n"));
        }
        text.push_str(&format!("{line}\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::HOSTILE;
    use super::*;

    #[test]
    fn every_line_has_three_words_whatever_the_path() {
        for from in HOSTILE {
            let text = text(std::iter::once((from.to_owned(), "/to/".to_owned(), true)));
            let lines: Vec<&str> = text.lines().skip(1).collect();
            assert_eq!(lines.len(), 2, "{text}");
            for line in lines {
                assert_eq!(line.split(' ').count(), 3, "{line}");
                assert!(line.is_ascii() && !line.contains(['*', ':', '#', '\t']), "{line}");
            }
        }
    }

    #[test]
    fn a_host_is_given_no_more_than_it_takes() {
        let many = (0..3000).map(|number| (format!("/{number}"), "/to/".to_owned(), true));
        assert_eq!(text(many).lines().filter(|line| line.ends_with(" 301")).count(), MAX_LINES);
        assert_eq!(text(std::iter::once(("/a".repeat(600), "/to/".to_owned(), false))).lines().count(), 1);
    }
}
