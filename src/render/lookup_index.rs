//! The index that browsers look pasted texts up in: `lookup/index.js` recognises, `lookup/words.js` has what is only
//! needed to show a guide and to search by words. A door to `serde_json`.
//!
//! Scripts and not JSON: browsers read no JSON from disk. `static/lookup/lookup.js` says what each place means; what can be told from
//! the places before it is left out.

use serde_json::{Value, json};

use super::context::{self, Context};
use crate::model::diagnostic::Diagnostic;
use crate::model::lookup::{LookupCode, LookupEntry, LookupIndex};
use crate::model::output::{OutputFile, Sink};
use crate::model::site::Site;
use crate::model::url::{Permalink, SitePath};

/// Makes the index.
pub(super) fn render(context: &Context<'_>, sink: &dyn Sink, _: &mut Vec<Diagnostic>) {
    let index = context.index;
    let words: Vec<_> = index.entries.iter().map(|entry| [&entry.summary, &entry.headings]).collect();
    // Names without a hash: every page names them, and would change with every guide.
    for (name, variable, value) in
        [("index", "fieldguideIndex", view(context.site, index)), ("words", "fieldguideWords", json!(words))]
    {
        let text = format!("{variable}={value}\n");
        sink.take(OutputFile::text(SitePath::new(format!("lookup/{name}.js")), text));
    }
}

fn view(site: &Site, index: &LookupIndex) -> Value {
    let mut providers: Vec<(&str, String)> = Vec::new();
    let mut entries = Vec::new();
    for entry in &index.entries {
        let folder = folder(site.permalink(entry.guide));
        let known = providers.iter().position(|(name, of)| *name == entry.provider && *of == folder).unwrap_or(providers.len());
        if known == providers.len() {
            providers.push((&entry.provider, folder));
        }
        entries.push(entry_view(site, entry, &providers[known].1, known));
    }
    json!({
        "end": if site.config.clean_links { "/" } else { "/index.html" },
        "page": context::from_root(site, &super::lists::lookup_address()),
        "suggest": site.config.correction_url,
        "providers": providers,
        "entries": entries,
        "contexts": index.contexts.iter().map(|context| &context.source).collect::<Vec<_>>(),
        "codes": index.codes.iter().map(|code| code_view(index, code)).collect::<Vec<_>>(),
        "signatures": signatures(index),
    })
}

/// The address without its last part and without a slash before it: `errors/http/`.
fn folder(permalink: &Permalink) -> String {
    let path = permalink.relative_to_root().trim_end_matches('/');
    path[..path.rfind('/').map_or(0, |at| at + 1)].to_owned()
}

/// Provider and folder, kind, code, title, and the last part of the address where it is not the code in lower case.
fn entry_view(site: &Site, entry: &LookupEntry, folder: &str, provider: usize) -> Value {
    let path = site.permalink(entry.guide).relative_to_root().trim_end_matches('/');
    let slug = &path[folder.len()..];
    let mut view = vec![json!(provider), json!(entry.kind.spec().name), json!(entry.code), json!(entry.title)];
    if slug != entry.code.to_ascii_lowercase() {
        view.push(json!(slug));
    }
    Value::Array(view)
}

/// Guide, context or -1, the text where it is not the guide's code, the anchor where it is not the text in lower case.
fn code_view(index: &LookupIndex, code: &LookupCode) -> Value {
    let context = code.context.and_then(|at| i64::try_from(at).ok()).unwrap_or(-1);
    let is_own = index.entries[code.entry].code == code.text;
    let is_plain = code.text.to_ascii_lowercase() == code.anchor;
    let mut view = vec![json!(code.entry), json!(context)];
    if !is_own || !is_plain {
        view.push(json!(if is_own { "" } else { &code.text }));
    }
    if !is_plain {
        view.push(json!(code.anchor));
    }
    Value::Array(view)
}

/// For each guide that has any: the guide, then patterns and anchors in turn.
fn signatures(index: &LookupIndex) -> Vec<Vec<Value>> {
    let mut views: Vec<Vec<Value>> = Vec::new();
    let mut last = None;
    for signature in &index.signatures {
        if last != Some(signature.entry) {
            views.push(vec![json!(signature.entry)]);
        }
        last = Some(signature.entry);
        let view = views.last_mut().expect("there is one for this guide");
        view.extend([json!(signature.source), json!(signature.anchors.join(" "))]);
    }
    views
}
