//! Files beside guides: the images that a body shows are copied to its page.

use std::collections::{BTreeMap, HashMap};

use crate::model::body::Destination;
use crate::model::diagnostic::Diagnostic;
use crate::model::guide::Guide;
use crate::model::rules;
use crate::model::site::Asset;
use crate::model::source::{FileId, Role, Sources};
use crate::model::suggest::nearest;
use crate::model::url::{LinkBase, Permalink, SitePath};

/// Where each image of each guide lies in the output, by guide index and path as written.
pub(super) type Images = HashMap<(usize, String), SitePath>;

/// The files to copy, and what images lead to. An image that does not exist is told.
pub(super) fn assets(
    guides: &[Guide],
    permalinks: &[Permalink],
    sources: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Asset>, Images) {
    let mut files: BTreeMap<SitePath, FileId> = BTreeMap::new();
    let mut images = Images::new();
    for (index, guide) in guides.iter().enumerate() {
        for link in &guide.body.links {
            let Destination::Image(path) = &link.destination else { continue };
            let source = resolve(&sources.file(guide.file).path, path);
            let found = source.as_deref().and_then(|source| sources.by_path(source));
            match found {
                Some((id, file)) if file.role == Role::Asset => {
                    let target = permalinks[index].sibling(beside(&sources.file(guide.file).path, &file.path));
                    match files.insert(target.clone(), id) {
                        Some(first) if first != id => {
                            let message = format!(
                                "two images of this page are called `{}`",
                                file.path.rsplit('/').next().unwrap_or_default()
                            );
                            let finding = Diagnostic::new(&rules::ADDRESS_COLLISION, link.span, message);
                            let first = &sources.file(first).path;
                            diagnostics.push(finding.hint(format!("rename one: {first} and {} would be one file", file.path)));
                        }
                        Some(_) | None => {}
                    }
                    images.insert((index, path.clone()), target);
                }
                Some((_, file)) if file.role == Role::Static => {
                    images.insert((index, path.clone()), SitePath::new(&file.path["static/".len()..]));
                }
                Some(_) | None => {
                    let finding = Diagnostic::new(&rules::MISSING_IMAGE, link.span, format!("no image `{path}`"));
                    let own_path = &sources.file(guide.file).path;
                    let beside = sources.with_role(Role::Asset).map(|(_, file)| from_to(own_path, &file.path));
                    let from_root = sources.with_role(Role::Static).filter_map(|(_, file)| file.path.strip_prefix("static"));
                    let names: Vec<String> = beside.chain(from_root.map(str::to_owned)).collect();
                    diagnostics.push(
                        finding
                            .respelt(path, nearest(path, names.iter().map(String::as_str)))
                            .hint("images lie beside the guide, or in static/ as /name.png"),
                    );
                }
            }
        }
    }
    (files.into_iter().map(|(path, file)| Asset { file, path }).collect(), images)
}

/// What an image is called beside its page: its path from the guide's folder, or its name if it lies elsewhere.
fn beside<'p>(guide: &str, image: &'p str) -> &'p str {
    let folder = guide.rfind('/').map_or("", |at| &guide[..=at]);
    image.strip_prefix(folder).unwrap_or_else(|| image.rsplit('/').next().unwrap_or(image))
}

/// The source path that a path in a file means; `None` where it leaves the site. A leading slash means `static/`.
pub(super) fn resolve(from: &str, path: &str) -> Option<String> {
    if let Some(rest) = path.strip_prefix('/') {
        let plain = rest.split('/').all(|part| !part.is_empty() && part != "." && part != "..");
        return plain.then(|| format!("static/{rest}"));
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The relative path a writer would put from one source file to another.
pub(super) fn from_to(from: &str, to: &str) -> String {
    LinkBase::of(&SitePath::new(from)).link(&SitePath::new(to), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expected: Option<&str>) {
        assert_eq!(resolve("content/errors/http/503.md", path).as_deref(), expected, "{path}");
    }

    #[test]
    fn paths_are_relative_to_their_file() {
        check("504.md", Some("content/errors/http/504.md"));
        check("../grpc/unavailable.md", Some("content/errors/grpc/unavailable.md"));
        check("/logo.png", Some("static/logo.png"));
        check("/../site.toml", None);
        check("../../../../x", None);
    }
}
