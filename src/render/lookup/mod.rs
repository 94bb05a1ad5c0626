//! What browsers look pasted texts up in: `lookup/index.js`, which a site of few guides recognises texts with alone, and files of it
//! that are loaded when a text needs them. A door to `serde_json`.
//!
//! Scripts and not JSON: browsers read no JSON from disk. `static/lookup/lookup.js` says what each place means; what can be told from
//! the places before it is left out. Names have no hash: every page would change with every guide.

mod guides;
mod parts;
mod route;
mod words;

use serde_json::{Value, json};

use super::context::{self, Context};
use crate::model::diagnostic::Diagnostic;
use crate::model::output::{OutputFile, Sink};
use crate::model::url::SitePath;
use guides::Guides;

/// An index larger than this is cut, in bytes before compression. It leaves a compressed first lookup, scripts included, under 20 KB.
const MAX_WHOLE: usize = 40_000;

/// Makes the index.
pub(super) fn render(context: &Context<'_>, sink: &dyn Sink, _: &mut Vec<Diagnostic>) {
    let (site, index) = (context.site, context.index);
    let guides = Guides::new(site, index);
    let words = words::shards(context.vocabulary);
    let mut head = json!({
        "end": if site.config.clean_links { "/" } else { "/index.html" },
        "page": context::from_root(site, &super::lists::lookup_address()),
        "suggest": site.config.correction_url,
        "kinds": guides.kinds(),
        "providers": guides.providers(),
        "contexts": index.contexts.iter().map(|context| &context.source).collect::<Vec<_>>(),
        "words": words.iter().map(|shard| &shard.from).collect::<Vec<_>>(),
    });
    let whole = parts::whole(index, &guides);
    if whole.to_string().len() <= MAX_WHOLE {
        head["part"] = whole;
    } else {
        let cut = parts::cut(index, &guides);
        head["part"] = cut.everywhere;
        head["route"] = cut.route;
        for (name, part) in cut.parts {
            take(sink, &format!("parts/{name}"), &part);
        }
    }
    take(sink, "index", &head);
    for (at, entries) in guides.files().enumerate() {
        take(sink, &format!("guides/{at}"), &entries);
    }
    for (at, shard) in words.iter().enumerate() {
        take(sink, &format!("words/{at}"), &json!(shard.text));
    }
}

fn take(sink: &dyn Sink, name: &str, value: &Value) {
    let text = format!("(self.fieldguideData??={{}})[{}]={value}\n", json!(name));
    sink.take(OutputFile::text(SitePath::new(format!("lookup/{name}.js")), text));
}
