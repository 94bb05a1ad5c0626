//! Static files and the files beside guides. Stylesheets and scripts carry a hash of their bytes in their name, so that hosts can
//! let browsers keep them for ever.

use std::borrow::Cow;
use std::collections::HashMap;

use super::context::Context;
use crate::model::diagnostic::Diagnostic;
use crate::model::output::{OutputFile, Sink};
use crate::model::source::{Role, SourceFile, Sources};
use crate::model::url::SitePath;

/// The stylesheet of the theme, below `static/`.
const THEME: &str = "theme.css";
/// A site's own rules, which go to the end of the theme's: a token or two are changed without a copy, and pages load one file.
const OWN: &str = "site.css";

/// Where each static file goes, by its path below `static/`.
pub(super) fn static_paths(sources: &Sources) -> HashMap<String, SitePath> {
    static_files(sources).map(|(path, file)| (path.to_owned(), target(path, &bytes(sources, path, file)))).collect()
}

/// The static files that are published, with their paths below `static/`.
fn static_files(sources: &Sources) -> impl Iterator<Item = (&str, &SourceFile)> {
    let files = sources.with_role(Role::Static).filter_map(|(_, file)| Some((file.path.strip_prefix("static/")?, file)));
    files.filter(|(path, _)| *path != OWN)
}

/// What is published of a static file.
fn bytes<'s>(sources: &'s Sources, path: &str, file: &'s SourceFile) -> Cow<'s, [u8]> {
    match sources.by_path(&format!("static/{OWN}")) {
        Some((_, own)) if path == THEME => Cow::Owned([&file.bytes, b"\n".as_slice(), &own.bytes].concat()),
        Some(_) | None => Cow::Borrowed(&file.bytes),
    }
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
    for (path, file) in static_files(context.sources) {
        if let Some(target) = context.static_paths.get(path) {
            sink.take(OutputFile { path: target.clone(), bytes: bytes(context.sources, path, file).into_owned() });
        }
    }
    for asset in &context.site.assets {
        sink.take(OutputFile { path: asset.path.clone(), bytes: context.sources.file(asset.file).bytes.clone() });
    }
}
