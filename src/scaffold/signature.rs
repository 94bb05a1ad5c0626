//! The signature of a new error: a pattern that finds its code and nothing that another guide claims.

use crate::model::guide::{ProviderMatter, Signature};
use crate::model::pattern::Pattern;
use crate::model::portable::escaped;
use crate::model::site::Site;

/// A pattern and a sample that it matches.
pub(super) struct Found {
    pub(super) pattern: String,
    pub(super) sample: String,
}

/// The shortest message that tells a code from all that other guides recognise.
///
/// A code that is ambiguous by itself stands behind one of its provider's words. Where another guide claims even that, the longest is
/// taken, and the build tells what to narrow.
pub(super) fn signature(site: &Site, provider: &ProviderMatter, code: &str, name: Option<&str>) -> Found {
    let start = provider.qualifiers.first().map_or_else(|| code.to_owned(), |word| format!("{word} {code}"));
    let mut messages = vec![start, format!("{} {code}", provider.name)];
    messages.extend(name.map(|name| format!("{} {code}: {name}", provider.name)));
    let found = messages.iter().map(|message| found(message));
    let last = messages.last().map_or(code, String::as_str);
    found.into_iter().find(|found| is_alone(site, found)).unwrap_or_else(|| self::found(last))
}

fn found(message: &str) -> Found {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    let edge = |c: Option<char>| if is_word(c) { r"\b" } else { "" };
    let pattern = format!("{}{}{}", edge(message.chars().next()), escaped(message), edge(message.chars().next_back()));
    Found { pattern, sample: message.to_owned() }
}

/// Whether no other guide's pattern finds the sample, and the pattern finds no other guide's sample.
fn is_alone(site: &Site, found: &Found) -> bool {
    let Ok(own) = Pattern::compile(&found.pattern) else { return false };
    let is_apart = |signature: &Signature| {
        !signature.compiled.is_match(&found.sample) && !signature.samples.iter().any(|sample| own.is_match(&sample.value))
    };
    site.guides.iter().filter_map(|guide| guide.error()).flat_map(|matter| &matter.signatures).all(is_apart)
}
