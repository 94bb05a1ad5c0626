//! `api/v1/`: the guides as JSON, an index of them, of codes and of signatures, and a JSON Schema of each. A door to `serde_json`
//! and to schemars.

mod guide;
mod view;

use std::collections::BTreeMap;

use rayon::prelude::*;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use super::context::{Context, Linker};
use crate::model::diagnostic::Diagnostic;
use crate::model::output::{OutputFile, Sink, api_file};
use crate::model::site::{GuideId, Site};
use crate::model::url::SitePath;
use view::{CodeData, Codes, GuideData, Guides, SignatureData, SignatureOf, Signatures, SiteData};

/// Makes every file.
pub(super) fn render(context: &Context<'_>, sink: &dyn Sink, _: &mut Vec<Diagnostic>) {
    let site = context.site;
    let linker = Linker::whole(site);
    let ids: Vec<GuideId> = site.ids().collect();
    ids.par_iter().for_each(|id| {
        let path = api_file(site.guide(*id).kind(), site.permalink(*id));
        sink.take(OutputFile::text(path, json(&guide::guide_data(context, &linker, *id))));
    });
    let take = |path: &str, text: String| sink.take(OutputFile::text(SitePath::new(format!("api/v1/{path}.json")), text));
    take("guides", json(&guides(&linker)));
    take("codes", json(&codes(&linker)));
    take("signatures", json(&signatures(&linker)));
    take("schemas/guide", schema::<GuideData>());
    take("schemas/guides", schema::<Guides>());
    take("schemas/codes", schema::<Codes>());
    take("schemas/signatures", schema::<Signatures>());
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("texts are JSON") + "\n"
}

/// What a file of a type holds, as published: what is always there is required, and nothing else may stand there.
fn schema<T: JsonSchema>() -> String {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let schema = generator.into_root_schema_for::<T>();
    serde_json::to_string_pretty(&schema).expect("a schema is JSON") + "\n"
}

fn guides(linker: &Linker<'_>) -> Guides {
    let config = &linker.site.config;
    let site = SiteData {
        title: config.title.clone(),
        description: config.description.clone(),
        url: config.base_url.join(""),
        language: config.language.clone(),
    };
    Guides { site, guides: linker.site.ids().map(|id| guide::entry(linker, id)).collect() }
}

fn codes(linker: &Linker<'_>) -> Codes {
    let site = linker.site;
    let mut codes: BTreeMap<String, Vec<CodeData>> = BTreeMap::new();
    for (id, matter) in errors(site) {
        let provider = site.provider_of(matter).map_or_else(String::new, |(_, provider)| provider.name.clone());
        let view::Link { reference, title, url } = guide::link(linker, id);
        let data = CodeData { reference, provider, title, url, data_url: guide::data_url(linker, id) };
        codes.entry(matter.code.value.clone()).or_default().push(data);
    }
    Codes { codes }
}

fn signatures(linker: &Linker<'_>) -> Signatures {
    let of_guide = |(id, matter)| {
        let matter: &crate::model::guide::ErrorMatter = matter;
        matter.signatures.iter().map(move |signature| {
            let SignatureData { pattern, samples, rejects } = guide::signature(signature);
            SignatureOf { pattern, samples, rejects, guide: guide::link(linker, id) }
        })
    };
    Signatures { signatures: errors(linker.site).flat_map(of_guide).collect() }
}

fn errors(site: &Site) -> impl Iterator<Item = (GuideId, &crate::model::guide::ErrorMatter)> {
    site.ids().filter_map(|id| Some((id, site.guide(id).error()?)))
}
