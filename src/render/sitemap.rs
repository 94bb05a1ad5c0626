//! `sitemap.xml`: the address of every page, with the day its guide was reviewed. The door to quick-xml.
//!
//! Format: sitemaps.org, "Sitemaps XML format", version 0.9.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::context::Context;
use super::lists;
use crate::model::diagnostic::Diagnostic;
use crate::model::output::{OutputFile, Sink};
use crate::model::url::{Permalink, SitePath};

/// The namespace of the format.
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// Makes the sitemap.
pub(super) fn render(context: &Context<'_>, sink: &dyn Sink, _: &mut Vec<Diagnostic>) {
    let xml = xml(&pages(context)).expect("a vector takes all bytes");
    sink.take(OutputFile { path: SitePath::new("sitemap.xml"), bytes: xml });
}

struct Page {
    address: String,
    reviewed: Option<String>,
}

/// Every page, sorted by address.
fn pages(context: &Context<'_>) -> Vec<Page> {
    let site = context.site;
    let generated = [Permalink::home(), Permalink::of(["codes"]), Permalink::of(["tags"])].into_iter();
    let lists = lists::LISTED.into_iter().map(|kind| Permalink::of([kind.spec().folder]));
    let tags = site.terms.iter().map(lists::tag_address);
    let generated = generated.chain(lists).chain(tags).map(|permalink| (permalink, None));
    let guides = site.ids().map(|id| {
        let reviewed = site.guide(id).common.last_reviewed_on.as_ref().map(|date| date.value.to_string());
        (site.permalink(id).clone(), reviewed)
    });
    let mut pages: Vec<Page> = generated
        .chain(guides)
        .map(|(permalink, reviewed)| Page { address: site.config.base_url.join(permalink.as_str()), reviewed })
        .collect();
    pages.sort_by(|a, b| a.address.cmp(&b.address));
    pages
}

fn xml(pages: &[Page]) -> std::io::Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    writer.create_element("urlset").with_attribute(("xmlns", NAMESPACE)).write_inner_content(|writer| {
        for page in pages {
            writer.create_element("url").write_inner_content(|writer| {
                writer.create_element("loc").write_text_content(BytesText::new(&page.address))?;
                if let Some(reviewed) = &page.reviewed {
                    writer.create_element("lastmod").write_text_content(BytesText::new(reviewed))?;
                }
                Ok(())
            })?;
        }
        Ok(())
    })?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}
