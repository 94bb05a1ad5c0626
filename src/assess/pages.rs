//! Pages that are added, renamed, removed or changed, and files beside them.

use std::collections::BTreeSet;

use super::impact::{Changed, Page, Removed, Renamed};
use super::matching::Matching;
use super::{Impact, Revision, parts};
use crate::model::site::GuideId;
use crate::model::url::{Permalink, SitePath};

/// Takes every page as added.
pub(super) fn all_new(head: Revision<'_>, impact: &mut Impact) {
    head.site.ids().for_each(|id| impact.added.push(page(head, id)));
    impact.added.extend(tag_pages(head));
}

/// Tells pages and files that readers find no more, find anew, or find otherwise.
pub(super) fn compare(base: Revision<'_>, head: Revision<'_>, matching: &Matching, impact: &mut Impact) {
    for old in base.site.ids() {
        match matching.after(old) {
            Some(new) => kept(base, head, old, new, impact),
            None if matching.is_broken(old) => {}
            None => impact.removed.push(removed(head, page(base, old))),
        }
    }
    let is_new = |id: &GuideId| matching.before(*id).is_none();
    impact.added.extend(head.site.ids().filter(is_new).map(|id| page(head, id)));
    tags(base, head, impact);
    through_others(base, head, impact);
    other_files(base, head, impact);
}

fn page(revision: Revision<'_>, id: GuideId) -> Page {
    Page { address: revision.site.permalink(id).to_string(), title: revision.site.title(id) }
}

fn removed(head: Revision<'_>, Page { address, title }: Page) -> Removed {
    let redirect = head.site.redirects.iter().find(|redirect| redirect.from.as_str() == address);
    let leads_to = redirect.map(|redirect| head.site.permalink(redirect.to).to_string());
    Removed { address, title, leads_to }
}

/// A guide that is there before and after.
fn kept(base: Revision<'_>, head: Revision<'_>, old: GuideId, new: GuideId, impact: &mut Impact) {
    let (before, after) = (base.site.permalink(old), head.site.permalink(new));
    let Page { address, title } = page(head, new);
    let mut parts = if base.text(old) == head.text(new) { Vec::new() } else { parts::changed(base, head, old, new) };
    if before != after {
        impact.renamed.push(Renamed { address: address.clone(), was: before.to_string(), title: title.clone() });
    } else if !reads_otherwise(base, head, after) || base.text(old) == head.text(new) {
        return;
    } else if parts.is_empty() {
        parts.push("front matter".to_owned());
    }
    if !parts.is_empty() {
        impact.changed.push(Changed { address, title, parts });
    }
}

/// Whether a page differs; so it may where it was not made.
fn reads_otherwise(base: Revision<'_>, head: Revision<'_>, address: &Permalink) -> bool {
    let file = address.index_file();
    match (base.files.get(&file), head.files.get(&file)) {
        (Some(before), Some(after)) => before != after,
        (_, _) => true,
    }
}

fn tag_pages(revision: Revision<'_>) -> impl Iterator<Item = Page> {
    let address = super::redirects::tags(revision);
    revision.site.terms.iter().zip(address).map(|(term, address)| Page { address: address.to_string(), title: term.name.clone() })
}

fn tags(base: Revision<'_>, head: Revision<'_>, impact: &mut Impact) {
    let addresses = |revision: Revision<'_>| super::redirects::tags(revision).map(|tag| tag.to_string()).collect::<BTreeSet<_>>();
    let (before, after) = (addresses(base), addresses(head));
    impact.added.extend(tag_pages(head).filter(|page| !before.contains(&page.address)));
    let gone = tag_pages(base).filter(|page| !after.contains(&page.address));
    impact.removed.extend(gone.map(|page| removed(head, page)));
}

/// Pages that are made from other sources than before only because something else changed.
fn through_others(base: Revision<'_>, head: Revision<'_>, impact: &mut Impact) {
    let mut told: BTreeSet<String> = impact.changed.iter().map(|page| page.address.clone()).collect();
    told.extend(head.site.redirects.iter().map(|redirect| redirect.from.to_string()));
    for (file, after) in head.files.iter().filter(|(file, _)| is_page(head, file)) {
        let address = address(file);
        if base.files.get(file).is_some_and(|before| before != after) && !told.contains(&address) {
            impact.changed_through_others.push(address);
        }
    }
}

fn address(file: &SitePath) -> String {
    format!("/{}", file.as_str().strip_suffix("index.html").unwrap_or(file.as_str()))
}

/// Whether a file is a page that was made, and no file that is copied.
fn is_page(revision: Revision<'_>, file: &SitePath) -> bool {
    file.as_str().ends_with(".html") && revision.sources.by_path(&format!("static/{file}")).is_none()
}

/// Whether a file says what pages say: what changes in it is told already.
fn follows_pages(file: &str) -> bool {
    let names_all = [
        "sitemap.xml",
        "feed.xml",
        "_redirects",
        "deploy/nginx-http.conf",
        "deploy/nginx.conf",
        "deploy/Caddyfile",
        "lookup/index.js",
        "llms.txt",
        "llms-full.txt",
    ];
    names_all.contains(&file)
        || file.starts_with("api/v1/")
        || ["lookup/parts/", "lookup/guides/", "lookup/words/"].iter().any(|folder| file.starts_with(folder))
        || file.ends_with("/index.md")
}

fn other_files(base: Revision<'_>, head: Revision<'_>, impact: &mut Impact) {
    if base.files.is_empty() || head.files.is_empty() {
        return;
    }
    let is_other = |revision: Revision<'_>, file: &SitePath| !is_page(revision, file) && !follows_pages(file.as_str());
    let files = &mut impact.other_files;
    for (file, after) in head.files.iter().filter(|(file, _)| is_other(head, file)) {
        match base.files.get(file) {
            None => files.added.push(address(file)),
            Some(before) if before != after => files.changed.push(address(file)),
            Some(_) => {}
        }
    }
    let gone = base.files.keys().filter(|file| is_other(base, file) && !head.files.contains_key(*file));
    files.removed.extend(gone.map(address));
}
