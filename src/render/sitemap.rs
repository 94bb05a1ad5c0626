//! `sitemap.xml`: the address of every page, with the day its guide was reviewed. A site that is too large for one file gets
//! `sitemap-1.xml` and so on, and `sitemap.xml` lists those.
//!
//! Format: sitemaps.org, "Sitemaps XML format", version 0.9.

use super::context::Context;
use super::lists;
use super::xml::{self, Writer};
use crate::model::diagnostic::Diagnostic;
use crate::model::output::{OutputFile, Sink};
use crate::model::url::{BaseUrl, Permalink, SitePath};

/// The namespace of the format.
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// What one file may hold.
struct Limits {
    /// Addresses.
    pages: usize,
    /// Bytes before compression.
    bytes: usize,
}

/// The limits of the format: 50,000 addresses and 50 MB, which it counts as 52,428,800 bytes.
const LIMITS: Limits = Limits { pages: 50_000, bytes: 52_428_800 };

/// Makes the sitemap.
pub(super) fn render(context: &Context<'_>, sink: &dyn Sink, _: &mut Vec<Diagnostic>) {
    files(&context.site.config.base_url, &pages(context), &LIMITS).into_iter().for_each(|file| sink.take(file));
}

/// An address with the day of its review; of an index, a part with its newest day.
struct Entry {
    address: String,
    reviewed: Option<String>,
}

/// Every page, sorted by address.
fn pages(context: &Context<'_>) -> Vec<Entry> {
    let site = context.site;
    let generated = [Permalink::home(), Permalink::of(["codes"]), Permalink::of(["tags"])].into_iter();
    let lists = lists::LISTED.into_iter().map(|kind| Permalink::of([kind.spec().folder]));
    let tags = site.terms.iter().map(lists::tag_address);
    let generated = generated.chain(lists).chain(tags).map(|permalink| (permalink, None));
    let guides = site.ids().map(|id| {
        let reviewed = site.guide(id).common.last_reviewed_on.as_ref().map(|date| date.value.to_string());
        (site.permalink(id).clone(), reviewed)
    });
    let mut pages: Vec<Entry> = generated
        .chain(guides)
        .map(|(permalink, reviewed)| Entry { address: site.config.base_url.join(permalink.as_str()), reviewed })
        .collect();
    pages.sort_by(|a, b| a.address.cmp(&b.address));
    pages
}

/// One file where all pages fit into it; otherwise its parts, and the file that lists them.
fn files(base_url: &BaseUrl, pages: &[Entry], limits: &Limits) -> Vec<OutputFile> {
    let file = |name: &str, bytes| OutputFile { path: SitePath::new(name), bytes };
    let parts = parts(pages, limits);
    if parts.len() <= 1 {
        return vec![file("sitemap.xml", list("urlset", "url", pages))];
    }
    let name = |at: usize| format!("sitemap-{}.xml", at + 1);
    let newest = |part: &[Entry]| part.iter().filter_map(|page| page.reviewed.clone()).max();
    let entry = |(at, part): (usize, &&[Entry])| Entry { address: base_url.join(&name(at)), reviewed: newest(part) };
    let index: Vec<Entry> = parts.iter().enumerate().map(entry).collect();
    let index = file("sitemap.xml", list("sitemapindex", "sitemap", &index));
    let parts = parts.iter().enumerate().map(|(at, part)| file(&name(at), list("urlset", "url", part)));
    std::iter::once(index).chain(parts).collect()
}

/// The pages in as many runs as the limits ask for, each as long as it may be.
fn parts<'p>(pages: &'p [Entry], limits: &Limits) -> Vec<&'p [Entry]> {
    let frame = list("urlset", "url", &[]).len();
    let mut parts = Vec::new();
    let (mut start, mut bytes) = (0, frame);
    for (at, page) in pages.iter().enumerate() {
        let size = list("urlset", "url", std::slice::from_ref(page)).len();
        if at > start && (at - start == limits.pages || bytes + size > limits.bytes) {
            parts.push(&pages[start..at]);
            (start, bytes) = (at, frame);
        }
        // The frame is counted with every page, so that no part is ever too large by a byte.
        bytes += size;
    }
    parts.push(&pages[start..]);
    parts
}

fn list(root: &str, element: &str, entries: &[Entry]) -> Vec<u8> {
    xml::document(root, NAMESPACE, |writer| entries.iter().try_for_each(|entry| one(writer, element, entry)))
}

fn one(writer: &mut Writer, element: &str, entry: &Entry) -> std::io::Result<()> {
    xml::parent(writer, element, |writer| {
        xml::text(writer, "loc", &entry.address)?;
        entry.reviewed.iter().try_for_each(|reviewed| xml::text(writer, "lastmod", reviewed))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Five pages under these limits, as files with what they list.
    fn check(limits: &Limits, expected: &[(&str, &str)]) {
        let day = |at: usize| (at != 1).then(|| format!("2026-01-0{}", at + 1));
        let page = |at| Entry { address: format!("https://a.example/{at}/"), reviewed: day(at) };
        let pages: Vec<Entry> = (0..5).map(page).collect();
        let base_url = BaseUrl::parse("https://a.example/").expect("it is an address");
        let files = files(&base_url, &pages, limits);
        assert!(files.iter().all(|file| file.bytes.len() <= limits.bytes));
        let listed = |file: &OutputFile| {
            let text = String::from_utf8_lossy(&file.bytes).into_owned();
            let line = |line: &str| line.trim().strip_prefix("<lo").or(line.trim().strip_prefix("<la")).map(str::to_owned);
            let value = |line: String| line[line.find('>')? + 1..].split('<').next().map(str::to_owned);
            text.lines().filter_map(line).filter_map(value).collect::<Vec<_>>().join(" ").replace("https://a.example", "")
        };
        let made: Vec<(String, String)> = files.iter().map(|file| (file.path.to_string(), listed(file))).collect();
        let expected: Vec<(String, String)> = expected.iter().map(|(path, list)| ((*path).into(), (*list).into())).collect();
        assert_eq!(made, expected);
    }

    const ONE: &str = "/0/ 2026-01-01 /1/ /2/ 2026-01-03 /3/ 2026-01-04 /4/ 2026-01-05";
    const SPLIT: [(&str, &str); 4] = [
        ("sitemap.xml", "/sitemap-1.xml 2026-01-01 /sitemap-2.xml 2026-01-04 /sitemap-3.xml 2026-01-05"),
        ("sitemap-1.xml", "/0/ 2026-01-01 /1/"),
        ("sitemap-2.xml", "/2/ 2026-01-03 /3/ 2026-01-04"),
        ("sitemap-3.xml", "/4/ 2026-01-05"),
    ];

    #[test]
    fn too_many_pages_are_split() {
        check(&LIMITS, &[("sitemap.xml", ONE)]);
        check(&Limits { pages: 5, ..LIMITS }, &[("sitemap.xml", ONE)]);
        check(&Limits { pages: 2, ..LIMITS }, &SPLIT);
    }

    #[test]
    fn too_many_bytes_are_split() {
        check(&Limits { bytes: 1_200, ..LIMITS }, &[("sitemap.xml", ONE)]);
        check(&Limits { bytes: 500, ..LIMITS }, &SPLIT);
    }

    #[test]
    fn a_site_without_pages_has_a_sitemap() {
        let base_url = BaseUrl::parse("https://a.example/").expect("it is an address");
        assert_eq!(files(&base_url, &[], &LIMITS).len(), 1);
    }
}
