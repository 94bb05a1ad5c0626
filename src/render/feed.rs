//! `feed.xml`: the newest reviews of guides as an Atom feed. Its days come from front matter, so the same guides give the same feed.
//!
//! Format: RFC 4287, "The Atom Syndication Format".

use super::context::Context;
use super::xml::{self, Writer};
use crate::model::diagnostic::Diagnostic;
use crate::model::output::{OutputFile, Sink};
use crate::model::site::{GuideId, Site};
use crate::model::url::SitePath;

/// The namespace of the format.
const NAMESPACE: &str = "http://www.w3.org/2005/Atom";

/// How many reviews the feed has.
const ENTRIES: usize = 50;

/// The feed's path. It is missing where the site switches it off, and where nothing was ever reviewed: a feed must say when it
/// changed last.
pub(super) fn path(site: &Site) -> Option<SitePath> {
    (!site.config.is_off("feed") && reviews(site).next().is_some()).then(|| SitePath::new("feed.xml"))
}

/// Makes the feed.
pub(super) fn render(context: &Context<'_>, sink: &dyn Sink, _: &mut Vec<Diagnostic>) {
    let Some(path) = path(context.site) else { return };
    let bytes = feed(context.site, &path);
    sink.take(OutputFile { path, bytes });
}

/// Every review with its day, of error guides, compare guides and playbooks.
fn reviews(site: &Site) -> impl Iterator<Item = (String, GuideId)> {
    let reviewed = |id: GuideId| Some((site.guide(id).common.last_reviewed_on.as_ref()?.value.to_string(), id));
    site.ids().filter(|id| site.guide(*id).kind().is_guide()).filter_map(reviewed)
}

/// The newest of them, newest first; those of one day by address.
fn newest(site: &Site) -> Vec<(String, GuideId)> {
    let mut newest: Vec<(String, GuideId)> = reviews(site).collect();
    newest.sort_by(|(day_a, a), (day_b, b)| day_b.cmp(day_a).then_with(|| site.permalink(*a).cmp(site.permalink(*b))));
    newest.truncate(ENTRIES);
    newest
}

fn feed(site: &Site, path: &SitePath) -> Vec<u8> {
    let config = &site.config;
    let entries = newest(site);
    xml::document("feed", NAMESPACE, |writer| {
        xml::text(writer, "id", &config.base_url.join(""))?;
        xml::text(writer, "title", &config.title)?;
        xml::text(writer, "subtitle", &config.description)?;
        entries.first().iter().try_for_each(|(day, _)| xml::text(writer, "updated", &midnight(day)))?;
        xml::empty(
            writer,
            "link",
            &[("rel", "self"), ("type", "application/atom+xml"), ("href", &config.base_url.join(path.as_str()))],
        )?;
        xml::empty(writer, "link", &[("rel", "alternate"), ("type", "text/html"), ("href", &config.base_url.join(""))])?;
        xml::parent(writer, "author", |writer| xml::text(writer, "name", &config.title))?;
        entries.iter().try_for_each(|(day, id)| entry(writer, site, day, *id))
    })
}

fn entry(writer: &mut Writer, site: &Site, day: &str, id: GuideId) -> std::io::Result<()> {
    let guide = site.guide(id);
    let spec = guide.kind().spec();
    let address = site.config.base_url.join(site.permalink(id).as_str());
    xml::parent(writer, "entry", |writer| {
        xml::text(writer, "id", &address)?;
        xml::text(writer, "title", &site.title(id))?;
        xml::text(writer, "updated", &midnight(day))?;
        xml::empty(writer, "link", &[("rel", "alternate"), ("type", "text/html"), ("href", &address)])?;
        xml::empty(writer, "category", &[("term", spec.name), ("label", spec.label)])?;
        xml::text(writer, "summary", &guide.common.description.value)
    })
}

/// A day as the moment that the format asks for; a review has no hour.
fn midnight(day: &str) -> String {
    format!("{day}T00:00:00Z")
}
