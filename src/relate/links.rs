//! Links of bodies: where each leads, and that it leads somewhere.

use rayon::prelude::*;

use super::assets::{Images, from_to, resolve};
use super::identities::{Found, Identities};
use crate::model::anchor;
use crate::model::body::{Body, Destination, Link};
use crate::model::diagnostic::Diagnostic;
use crate::model::guide::{Broken, Guide};
use crate::model::reference::Identity;
use crate::model::rules;
use crate::model::site::{GuideId, Target};
use crate::model::source::{Role, Sources};
use crate::model::suggest::nearest;
use crate::model::url::{Permalink, SitePath};

/// Everything a link can be resolved with.
pub(super) struct Resolver<'a> {
    pub(super) guides: &'a [Guide],
    pub(super) permalinks: &'a [Permalink],
    /// Files that are no guides because something in them is wrong, which was told.
    pub(super) broken: &'a [Broken],
    pub(super) identities: &'a Identities,
    pub(super) generated: &'a [Permalink],
    pub(super) images: &'a Images,
    pub(super) sources: &'a Sources,
}

/// For each guide, the targets of its links in order. Links of files that are broken otherwise lead nowhere, but are told.
pub(super) fn links(resolver: &Resolver<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Vec<Option<Target>>> {
    let by_file = resolver.guides_by_path();
    let of_body = |own: Option<GuideId>, body: &Body| {
        let mut told = Vec::new();
        let page = Page { own, body };
        let targets: Vec<_> = body.links.iter().map(|link| resolver.target(&page, link, &by_file, &mut told)).collect();
        (targets, told)
    };
    let guides = resolver.guides.par_iter().enumerate();
    let results: Vec<_> = guides.map(|(index, guide)| of_body(Some(GuideId::new(index)), &guide.body)).collect();
    let mut all = Vec::with_capacity(results.len());
    for (targets, told) in results {
        diagnostics.extend(told);
        all.push(targets);
    }
    for body in resolver.broken.iter().filter_map(|broken| broken.body.as_ref()) {
        diagnostics.extend(of_body(None, body).1);
    }
    all
}

/// The page whose links are resolved.
struct Page<'a> {
    /// The guide; `None` where the file is broken.
    own: Option<GuideId>,
    body: &'a Body,
}

type ByPath<'a> = std::collections::HashMap<&'a str, GuideId>;

impl<'a> Resolver<'a> {
    fn guides_by_path(&self) -> ByPath<'a> {
        let path = |guide: &Guide| self.sources.file(guide.file).path.as_str();
        self.guides.iter().enumerate().map(|(index, guide)| (path(guide), GuideId::new(index))).collect()
    }

    fn target(&self, page: &Page<'_>, link: &Link, by_path: &ByPath<'_>, told: &mut Vec<Diagnostic>) -> Option<Target> {
        match &link.destination {
            Destination::External(url) => Some(Target::External(url.clone())),
            Destination::Image(path) => {
                let image = self.images.get(&(page.own?.index(), path.clone()));
                image.map(|path| Target::File(path.clone()))
            }
            Destination::Refused => None,
            Destination::Fragment(fragment) => {
                // A branch to a node that does not exist is told as such.
                let is_branch = page.body.nodes.iter().flat_map(|node| &node.branches).any(|branch| branch.span == link.span);
                if !is_branch {
                    check_fragment(page.body, fragment, link, told)?;
                }
                Some(Target::Here(fragment.clone()))
            }
            Destination::Wiki { reference, fragment } => {
                if let Some((found, fragment)) = fragment.as_ref().and_then(|fragment| self.with_hash(reference, fragment)) {
                    return self.guide_target(page, Found::Guide(found), fragment.as_deref(), link, told);
                }
                let found = match Identity::parse(reference) {
                    Some(identity) => self.identities.find(&identity, link.span, told)?,
                    None => self.identities.find_code(reference, link.span, told)?,
                };
                self.guide_target(page, found, fragment.as_deref(), link, told)
            }
            Destination::Path { path, fragment } => self.path_target(page, path, fragment.as_deref(), link, by_path, told),
        }
    }

    /// The guide of a code that has a `#` in it, and the fragment behind it; `None` where no code does.
    fn with_hash(&self, reference: &str, fragment: &str) -> Option<(GuideId, Option<String>)> {
        let text = format!("{reference}#{fragment}");
        let parts = text.rmatch_indices('#').map(|(at, _)| (&text[..at], Some(text[at + 1..].to_owned())));
        let longer_first = std::iter::once((text.as_str(), None)).chain(parts);
        // The shortest is the reference before its fragment, which is looked up as usual.
        let mut with_hash = longer_first.take_while(|(whole, _)| whole.len() > reference.len());
        with_hash.find_map(|(whole, fragment)| Some((self.identities.whole(whole)?, fragment)))
    }

    fn guide_target(
        &self,
        page: &Page<'_>,
        found: Found,
        fragment: Option<&str>,
        link: &Link,
        told: &mut Vec<Diagnostic>,
    ) -> Option<Target> {
        let Found::Guide(id) = found else { return None };
        if let Some(fragment) = fragment {
            check_fragment(&self.guides[id.index()].body, fragment, link, told)?;
            if page.own == Some(id) {
                return Some(Target::Here(fragment.to_owned()));
            }
        }
        Some(Target::Guide { guide: id, fragment: fragment.map(str::to_owned) })
    }

    fn path_target(
        &self,
        page: &Page<'_>,
        path: &str,
        fragment: Option<&str>,
        link: &Link,
        by_path: &ByPath<'_>,
        told: &mut Vec<Diagnostic>,
    ) -> Option<Target> {
        if let Some(target) = self.site_target(path) {
            if let (Target::Generated(_), Some(fragment)) = (&target, fragment) {
                let message = format!("`#{fragment}` on a page that is made anew with every build");
                told.push(Diagnostic::new(&rules::UNKNOWN_FRAGMENT, link.span, message).hint("link the page as a whole"));
            }
            return Some(target);
        }
        let own_path = &self.sources.file(page.body.span.file).path;
        let resolved = resolve(own_path, path);
        if let Some(&id) = resolved.as_deref().and_then(|path| by_path.get(path)) {
            return self.guide_target(page, Found::Guide(id), fragment, link, told);
        }
        let source = resolved.as_deref().and_then(|path| self.sources.by_path(path));
        let finding = match source {
            Some((id, _)) if self.broken.iter().any(|broken| broken.file == id) => return None,
            Some((_, file)) if file.role == Role::Content => {
                let finding = Diagnostic::new(&rules::BROKEN_LINK, link.span, format!("`{path}` is a draft"));
                finding.hint("publish the draft first, or build with --drafts")
            }
            Some(_) => {
                let finding =
                    Diagnostic::new(&rules::BROKEN_LINK, link.span, format!("`{path}` is not published: only images are"));
                finding.hint("put the file in static/ and link it by its path from there: /name")
            }
            None => self.broken_link(own_path, path, link, by_path),
        };
        told.push(finding);
        None
    }

    /// A link to nothing, with what may have been meant.
    fn broken_link(&self, own_path: &str, path: &str, link: &Link, by_path: &ByPath<'_>) -> Diagnostic {
        let finding = Diagnostic::new(&rules::BROKEN_LINK, link.span, format!("no page or file `{path}`"));
        if let Some(index) = self.by_address(own_path, path, by_path) {
            let file = &self.sources.file(self.guides[index].file).path;
            let near = from_to(own_path, file);
            let finding = finding.edit(link.span, path, near.as_str()).did_you_mean(Some(near));
            return finding.hint("link a guide by its file: that is checked, and works where the repository is browsed");
        }
        // Folders are mostly right; the name is what is misspelt.
        let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        let mut files: Vec<&str> = by_path.keys().copied().collect();
        files.sort_unstable();
        let names: Vec<String> = files.iter().map(|file| name(file)).collect();
        let near = nearest(&name(path), names.iter().map(String::as_str));
        let near = near.and_then(|near| names.iter().position(|name| name == near)).map(|at| from_to(own_path, files[at]));
        match near {
            Some(near) => finding.respelt(path, Some(near)),
            None => finding.hint("link a guide as [[provider:code]] or by its relative .md path"),
        }
    }

    /// The guide that a path means as an address on the site, its short address, or its file without extension.
    fn by_address(&self, own_path: &str, path: &str, by_path: &ByPath<'_>) -> Option<usize> {
        let plain = path.trim_end_matches("index.html").trim_end_matches('/');
        let address = plain.strip_prefix("/e/").map_or_else(|| plain.to_owned(), |short| format!("/errors/{short}"));
        let is_address = |permalink: &Permalink| permalink.as_str().trim_end_matches('/') == address;
        let file = || {
            let source = resolve(own_path, plain)?;
            [format!("{source}.md"), format!("{source}/index.md")]
                .iter()
                .find_map(|file| by_path.get(file.as_str()))
                .map(|id| id.index())
        };
        self.permalinks.iter().position(is_address).or_else(file)
    }

    /// A path from the site's root: a generated page or a static file.
    fn site_target(&self, path: &str) -> Option<Target> {
        let inner = path.strip_prefix('/')?;
        let wanted =
            format!("/{}", if inner.is_empty() || inner.ends_with('/') { inner.to_owned() } else { format!("{inner}/") });
        if let Some(permalink) = self.generated.iter().find(|permalink| permalink.as_str() == wanted) {
            return Some(Target::Generated(permalink.clone()));
        }
        let file = self.sources.by_path(&format!("static/{inner}")).filter(|(_, file)| file.role == Role::Static);
        file.map(|(_, file)| Target::File(SitePath::new(&file.path["static/".len()..])))
    }
}

/// Tells a fragment that names nothing on the page of a body.
fn check_fragment(body: &Body, fragment: &str, link: &Link, told: &mut Vec<Diagnostic>) -> Option<()> {
    if body.has_anchor(fragment) {
        return Some(());
    }
    // The section it leads to is missing, which is told.
    if body.lacks_anchor(fragment) {
        return None;
    }
    if anchor::RESERVED.contains(&fragment) {
        let message = format!("`#{fragment}` is made by the template and may change");
        told.push(Diagnostic::new(&rules::UNKNOWN_FRAGMENT, link.span, message).hint("link the page as a whole"));
        return None;
    }
    let page = if body.span.file == link.span.file { "this page" } else { "that page" };
    let finding = Diagnostic::new(&rules::UNKNOWN_FRAGMENT, link.span, format!("nothing on {page} is called `#{fragment}`"));
    let near = nearest(fragment, body.anchors()).map(|near| format!("#{near}"));
    told.push(finding.respelt(&format!("#{fragment}"), near));
    None
}
