//! `robots.txt`: every page may be read, and where the sitemap is. A site's own `static/robots.txt` takes its place.
//!
//! Format: RFC 9309, "Robots Exclusion Protocol"; `Sitemap` as sitemaps.org says.

use super::context::Context;
use crate::model::diagnostic::Diagnostic;
use crate::model::output::{OutputFile, Sink};
use crate::model::url::SitePath;

/// The name of the file, below `static/` as in the output.
const NAME: &str = "robots.txt";

/// Makes the file, where the site has none of its own.
pub(super) fn render(context: &Context<'_>, sink: &dyn Sink, _: &mut Vec<Diagnostic>) {
    if context.static_paths.contains_key(NAME) {
        return;
    }
    let config = &context.site.config;
    let mut text = "User-agent: *\nAllow: /\n".to_owned();
    if !config.is_off("sitemap") {
        text.push_str(&format!("\nSitemap: {}\n", config.base_url.join("sitemap.xml")));
    }
    sink.take(OutputFile::text(SitePath::new(NAME), text));
}
