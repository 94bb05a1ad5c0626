//! Redirect pages: old addresses, other orders of a compare, short addresses. Plain HTML, so that they work on any host.

use super::context::{Context, Linker};
use super::escape::attribute;
use crate::model::diagnostic::Diagnostic;
use crate::model::output::{OutputFile, Sink};
use crate::model::site::Redirect;

/// Makes a page for every old address and every other order of a compare.
pub(super) fn render(context: &Context<'_>, sink: &dyn Sink, _: &mut Vec<Diagnostic>) {
    pages(context, sink, |redirect| !redirect.is_short);
}

/// Makes a page for every short permanent address.
pub(super) fn short(context: &Context<'_>, sink: &dyn Sink, _: &mut Vec<Diagnostic>) {
    pages(context, sink, |redirect| redirect.is_short);
}

fn pages(context: &Context<'_>, sink: &dyn Sink, is_wanted: impl Fn(&Redirect) -> bool) {
    let site = context.site;
    for redirect in site.redirects.iter().filter(|redirect| is_wanted(redirect)) {
        let linker = Linker::of(site, &redirect.from);
        let href = attribute(&linker.guide(redirect.to, None));
        let title = attribute(&site.title(redirect.to));
        let canonical = attribute(&site.config.base_url.join(site.permalink(redirect.to).as_str()));
        let html = format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"robots\" content=\"noindex\">\n\
             <link rel=\"canonical\" href=\"{canonical}\">\n<meta http-equiv=\"refresh\" content=\"0; url={href}\">\n</head>\n\
             <body>\n<p>This page is at <a href=\"{href}\">{title}</a>.</p>\n</body>\n</html>\n",
            attribute(&site.config.language)
        );
        sink.take(OutputFile::text(redirect.from.index_file(), html));
    }
}
