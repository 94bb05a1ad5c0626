//! Redirect pages: old addresses, other orders of a compare, short addresses. Plain HTML, so that they work on any host.

use pulldown_cmark_escape::escape_html;

use super::context::{Context, Linker};
use crate::model::diagnostic::Diagnostic;
use crate::model::output::{OutputFile, Sink};

/// Makes a page for every redirect.
pub(super) fn render(context: &Context<'_>, sink: &dyn Sink, _: &mut Vec<Diagnostic>) {
    let site = context.site;
    for redirect in &site.redirects {
        let linker = Linker::of(site, &redirect.from);
        let escaped = |text: &str| {
            let mut out = String::new();
            escape_html(&mut out, text).expect("a string takes all text");
            out
        };
        let href = escaped(&linker.guide(redirect.to, None));
        let title = escaped(&site.title(redirect.to));
        let canonical = escaped(&site.config.base_url.join(site.permalink(redirect.to).as_str()));
        let html = format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"robots\" content=\"noindex\">\n\
             <link rel=\"canonical\" href=\"{canonical}\">\n<meta http-equiv=\"refresh\" content=\"0; url={href}\">\n</head>\n\
             <body>\n<p>This page is at <a href=\"{href}\">{title}</a>.</p>\n</body>\n</html>\n",
            escaped(&site.config.language)
        );
        sink.take(OutputFile::text(redirect.from.index_file(), html));
    }
}
