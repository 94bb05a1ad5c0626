//! Addresses that readers may have kept, and that lead nowhere after the change.

use std::collections::BTreeSet;

use super::impact::MissingRedirect;
use super::matching::Matching;
use super::{Impact, Revision};
use crate::model::site::GuideId;
use crate::model::url::Permalink;

/// Tells every address of a page or redirect that has neither after the change.
pub(super) fn compare(base: Revision<'_>, head: Revision<'_>, matching: &Matching, impact: &mut Impact) {
    let served = served(base, head);
    let is_lost = |address: &Permalink| {
        let file = address.index_file();
        let is_static = || head.sources.by_path(&format!("static/{file}")).is_some();
        !served.contains(address) && !head.files.contains_key(&file) && !is_static()
    };
    for (address, owner, is_error) in kept(base).into_iter().filter(|(address, ..)| is_lost(address)) {
        if owner.is_some_and(|owner| matching.is_broken(owner)) {
            continue;
        }
        let successor = owner.and_then(|owner| matching.after(owner));
        let add_to = successor.map(|id| head.path(id).to_owned());
        impact.redirects_missing.push(MissingRedirect { address: address.to_string(), is_error, add_to });
    }
    impact.redirects_missing.sort_by_key(|missing| !missing.is_error);
}

/// Addresses that readers may have kept, with the guide they belong to, and whether somebody chose them.
fn kept(base: Revision<'_>) -> Vec<(Permalink, Option<GuideId>, bool)> {
    let pages = base.site.ids().map(|id| (base.site.permalink(id).clone(), Some(id), true));
    let tags = tags(base).map(|tag| (tag, None, true));
    let redirects = base.site.published_redirects().map(|redirect| {
        let is_written = base.site.guide(redirect.to).common.aliases.iter().any(|alias| alias.value == redirect.from);
        (redirect.from.clone(), Some(redirect.to), is_written)
    });
    pages.chain(tags).chain(redirects).collect()
}

/// Addresses after the change. Where a site leaves redirects to its host, an alias is as good as a page of its own.
fn served(base: Revision<'_>, head: Revision<'_>) -> BTreeSet<Permalink> {
    let by_host = base.site.config.is_off("redirects");
    let redirects =
        head.site.redirects.iter().filter(|redirect| by_host || redirect.is_short || !head.site.config.is_off("redirects"));
    redirects.map(|redirect| redirect.from.clone()).chain(head.site.permalinks.iter().cloned()).chain(tags(head)).collect()
}

/// The addresses of tags that have a page.
pub(super) fn tags<'a>(revision: Revision<'a>) -> impl Iterator<Item = Permalink> + use<'a> {
    revision.site.terms.iter().map(|term| Permalink::of(["tags", term.slug.as_str()]))
}
