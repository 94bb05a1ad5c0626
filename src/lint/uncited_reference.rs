//! What a body links on other sites is among its official references.

use super::Context;
use crate::model::body::Destination;
use crate::model::diagnostic::Diagnostic;
use crate::model::rules;
use crate::model::site::GuideId;

pub(super) fn check(context: &Context<'_>, guide: GuideId, diagnostics: &mut Vec<Diagnostic>) {
    let guide = context.guide(guide);
    let page = |url: &str| url.split('#').next().unwrap_or_default().trim_end_matches('/').to_owned();
    let listed: Vec<String> = guide.common.references.iter().map(|reference| page(&reference.url)).collect();
    for link in &guide.body.links {
        let Destination::External(url) = &link.destination else { continue };
        if url.contains("://") && !listed.contains(&page(url)) {
            let finding = Diagnostic::new(&rules::UNCITED_REFERENCE, link.span, format!("`{url}` is no reference of this guide"));
            diagnostics.push(finding);
        }
    }
}
