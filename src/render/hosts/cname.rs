//! `CNAME`: the host name of a site that GitHub Pages publishes from a branch.
//!
//! Source: docs.github.com, "Managing a custom domain for your GitHub Pages site".

use super::put;
use super::uses::Uses;
use crate::model::diagnostic::Diagnostic;
use crate::model::output::Sink;
use crate::render::context::Context;

/// Makes the file where the site names its host.
pub(in crate::render) fn render(context: &Context<'_>, _: &Uses, sink: &dyn Sink, _: &mut Vec<Diagnostic>) {
    if let Some(domain) = &context.site.config.domain {
        put(context, sink, "CNAME", format!("{domain}\n"));
    }
}
