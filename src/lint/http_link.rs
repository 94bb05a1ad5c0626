//! Links to other sites are encrypted.

use super::Context;
use crate::model::body::Destination;
use crate::model::diagnostic::Diagnostic;
use crate::model::rules;
use crate::model::site::GuideId;

/// Hosts that are the reader's own machine.
const LOCAL: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

pub(super) fn check(context: &Context<'_>, guide: GuideId, diagnostics: &mut Vec<Diagnostic>) {
    for link in &context.guide(guide).body.links {
        let Destination::External(url) = &link.destination else { continue };
        let Some((scheme, rest)) = url.split_once("://") else { continue };
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let is_local =
            LOCAL.iter().any(|local| host.strip_prefix(local).is_some_and(|port| port.is_empty() || port.starts_with(':')));
        if scheme.eq_ignore_ascii_case("http") && !is_local {
            let finding = Diagnostic::new(&rules::HTTP_LINK, link.span, format!("`{url}` is not encrypted"));
            diagnostics.push(finding.hint(format!("see whether https://{rest} shows the same page")));
        }
    }
}
