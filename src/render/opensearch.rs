//! `opensearch.xml`: lets a browser search the site from its address bar. The lookup page does the work, so there is none
//! without it.
//!
//! Format: `OpenSearch` 1.1 draft 6, "`OpenSearch` description document".

use super::context::Context;
use super::lists;
use super::xml;
use crate::model::config::Config;
use crate::model::diagnostic::Diagnostic;
use crate::model::output::{OutputFile, Sink};
use crate::model::url::SitePath;

/// The namespace of the format.
const NAMESPACE: &str = "http://a9.com/-/spec/opensearch/1.1/";
/// The longest short name, in characters.
const SHORT_NAME: usize = 16;
/// The longest long name.
const LONG_NAME: usize = 48;
/// The longest description.
const DESCRIPTION: usize = 1024;

/// The file's path; nothing where the site has no such file.
pub(super) fn path(config: &Config) -> Option<SitePath> {
    (!config.is_off("opensearch") && !config.is_off("lookup")).then(|| SitePath::new("opensearch.xml"))
}

/// Makes the file.
pub(super) fn render(context: &Context<'_>, sink: &dyn Sink, _: &mut Vec<Diagnostic>) {
    let config = &context.site.config;
    let Some(path) = path(config) else { return };
    let icon = context.static_paths.get("icon.svg").map(|path| config.base_url.join(path.as_str()));
    let bytes = description(config, icon.as_deref());
    sink.take(OutputFile { path, bytes });
}

fn description(config: &Config, icon: Option<&str>) -> Vec<u8> {
    // What is searched for travels in the fragment and never leaves the browser.
    let template = format!("{}#q={{searchTerms}}", config.base_url.join(lists::lookup_address().as_str()));
    xml::document("OpenSearchDescription", NAMESPACE, |writer| {
        xml::text(writer, "ShortName", &cut(&config.title, SHORT_NAME))?;
        xml::text(writer, "Description", &cut(&config.description, DESCRIPTION))?;
        xml::text(writer, "LongName", &cut(&config.title, LONG_NAME))?;
        xml::text(writer, "InputEncoding", "UTF-8")?;
        xml::text(writer, "Language", &config.language)?;
        icon.iter().try_for_each(|icon| xml::text(writer, "Image", icon))?;
        xml::empty(writer, "Url", &[("type", "text/html"), ("template", &template)])
    })
}

/// A text of at most so many characters, cut between words where it has any.
fn cut(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let start: String = text.chars().take(longest).collect();
    let is_whole = text[start.len()..].starts_with(' ');
    let words = start.rsplit_once(' ').filter(|_| !is_whole).map_or(start.as_str(), |(words, _)| words);
    words.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_as_long_as_the_format_allows() {
        for (text, expected) in [
            ("fieldguide", "fieldguide"),
            ("Exactly sixteen.", "Exactly sixteen."),
            ("Exactly sixteen. Not", "Exactly sixteen."),
            ("Runbooks of the Acme platform team", "Runbooks of the"),
            ("Fehlerbehebungshandbuch", "Fehlerbehebungsh"),
            ("ÄÖÜ ÄÖÜ ÄÖÜ ÄÖÜ ÄÖÜ", "ÄÖÜ ÄÖÜ ÄÖÜ ÄÖÜ"),
        ] {
            assert_eq!(cut(text, SHORT_NAME), expected);
        }
    }
}
