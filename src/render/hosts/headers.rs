//! `_headers`: what Netlify and Cloudflare Pages send with each file.
//!
//! Formats: docs.netlify.com, "Custom headers"; developers.cloudflare.com/pages/configuration/headers, which takes 100 rules of lines
//! of at most 2,000 characters. Where several rules fit a path both hosts send the headers of all, and join values of one header; so
//! `Cache-Control` stands only at names with a hash. What both hosts send for everything else is right: ask each time.

use super::uses::Uses;
use super::{FOREVER, put, security_headers};
use crate::model::diagnostic::Diagnostic;
use crate::model::output::Sink;
use crate::model::url::percent_encoded;
use crate::render::context::Context;

/// The most rules that Cloudflare Pages takes.
const MAX_RULES: usize = 100;

/// Makes the file.
pub(in crate::render) fn render(context: &Context<'_>, uses: &Uses, sink: &dyn Sink, _: &mut Vec<Diagnostic>) {
    put(context, sink, "_headers", text(context.site.config.base_url.path(), uses));
}

fn text(base: &str, uses: &Uses) -> String {
    let mut text =
        String::from("# Headers for Netlify and Cloudflare Pages. Made by fieldguide; static/_headers takes its place.\n");
    let all: Vec<String> = security_headers(uses).into_iter().map(|(name, value)| format!("  {name}: {value}")).collect();
    text.push_str(&format!("{base}*\n{}\n", all.join("\n")));
    let feed = uses.has_feed.then(|| (format!("{base}feed.xml"), "Content-Type: application/atom+xml; charset=utf-8".to_owned()));
    let kept = uses.hashed.iter().map(|path| (format!("{base}{}", percent_encoded(path)), format!("Cache-Control: {FOREVER}")));
    for (path, header) in feed.into_iter().chain(kept).take(MAX_RULES - 1) {
        text.push_str(&format!("{path}\n  {header}\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::HOSTILE;
    use super::*;

    #[test]
    fn no_name_of_a_file_ends_its_line_or_stands_for_others() {
        for name in HOSTILE {
            let mut uses = Uses::default();
            uses.hashed.insert(name.trim_start_matches('/').to_owned());
            let text = text("/docs/", &uses);
            let line = text.lines().find(|line| line.starts_with("/docs/") && !line.ends_with('*')).expect("its rule");
            assert!(line.bytes().all(|byte| byte.is_ascii_graphic()) && !line.contains([':', '*', '#']), "{line}");
            assert_eq!(text.lines().count(), 8, "{text}");
        }
    }

    #[test]
    fn a_host_is_given_no_more_rules_than_it_takes() {
        let mut uses = Uses::default();
        uses.hashed.extend((0..300).map(|number| format!("{number}.0123456789.js")));
        assert_eq!(text("/", &uses).lines().filter(|line| line.starts_with('/')).count(), MAX_RULES);
    }
}
