//! Static files and the files beside guides. Stylesheets and scripts carry a hash of their bytes in their name, so that hosts can
//! let browsers keep them for ever.

use std::collections::HashMap;

use super::context::Context;
use crate::model::diagnostic::Diagnostic;
use crate::model::output::{OutputFile, Sink};
use crate::model::source::{Role, Sources};
use crate::model::url::SitePath;

/// Where each static file goes, by its path below `static/`.
pub(super) fn static_paths(sources: &Sources) -> HashMap<String, SitePath> {
    let files = sources.with_role(Role::Static).filter_map(|(_, file)| Some((file.path.strip_prefix("static/")?, file)));
    files.map(|(path, file)| (path.to_owned(), target(path, &file.bytes))).collect()
}

fn target(path: &str, bytes: &[u8]) -> SitePath {
    match path.rsplit_once('.') {
        Some((stem, extension @ ("css" | "js" | "mjs"))) => {
            let hash = blake3::hash(bytes).to_hex();
            SitePath::new(format!("{stem}.{}.{extension}", &hash[..10]))
        }
        Some(_) | None => SitePath::new(path),
    }
}

/// Copies every static file, and every image that a guide shows.
pub(super) fn render(context: &Context<'_>, sink: &dyn Sink, _: &mut Vec<Diagnostic>) {
    for (_, file) in context.sources.with_role(Role::Static) {
        let target = file.path.strip_prefix("static/").and_then(|path| context.static_paths.get(path));
        if let Some(path) = target {
            sink.take(OutputFile { path: path.clone(), bytes: file.bytes.clone() });
        }
    }
    for asset in &context.site.assets {
        sink.take(OutputFile { path: asset.path.clone(), bytes: context.sources.file(asset.file).bytes.clone() });
    }
}
