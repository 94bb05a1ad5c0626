//! What every output is made with, and how pages link each other.

use std::collections::HashMap;

use super::highlight::Highlighter;
use super::lists::Neighbours;
use super::templates::Templates;
use super::view::LinkView;
use crate::model::lookup::{LookupIndex, Vocabulary};
use crate::model::site::{GuideId, Site};
use crate::model::source::Sources;
use crate::model::url::{LinkBase, Permalink, SitePath};

/// Everything outputs are made from.
pub(super) struct Context<'a> {
    pub(super) site: &'a Site,
    pub(super) sources: &'a Sources,
    pub(super) templates: Templates<'a>,
    pub(super) highlighter: Highlighter,
    /// The page that explains the editorial standard.
    pub(super) standard_page: Option<GuideId>,
    /// The errors before and after each error.
    pub(super) neighbours: Vec<Neighbours>,
    /// Where each static file goes, by its path below `static/`.
    pub(super) static_paths: &'a HashMap<String, SitePath>,
    /// What browsers look pasted texts up in.
    pub(super) index: &'a LookupIndex,
    /// What searches by words look in.
    pub(super) vocabulary: &'a Vocabulary,
}

impl Context<'_> {
    /// The whole address of the picture for links to the site.
    pub(super) fn card_url(&self) -> Option<String> {
        card_url(self.site, self.static_paths)
    }
}

/// The whole address of the picture for links to the site, where its static files have one.
pub(super) fn card_url(site: &Site, static_paths: &HashMap<String, SitePath>) -> Option<String> {
    static_paths.get("card.png").map(|path| site.config.base_url.join(path.as_str()))
}

/// Writes the links of one page.
pub(super) struct Linker<'a> {
    pub(super) site: &'a Site,
    base: LinkBase,
    is_clean: bool,
}

impl<'a> Linker<'a> {
    /// The links of the page at an address.
    pub(super) fn of(site: &'a Site, permalink: &Permalink) -> Self {
        Self { site, base: LinkBase::of(&permalink.index_file()), is_clean: site.config.clean_links }
    }

    /// Links from the host's root, for a page that is served at any depth.
    pub(super) fn from_host(site: &'a Site) -> Self {
        Self { site, base: LinkBase::Root(site.config.base_url.path().to_owned()), is_clean: site.config.clean_links }
    }

    /// Whole addresses, for what is read elsewhere.
    pub(super) fn whole(site: &'a Site) -> Self {
        Self { site, base: LinkBase::Root(site.config.base_url.join("")), is_clean: true }
    }

    /// The link to a page.
    pub(super) fn page(&self, permalink: &Permalink) -> String {
        self.base.link(&permalink.index_file(), self.is_clean)
    }

    /// The link to a guide, perhaps to a place on its page.
    pub(super) fn guide(&self, id: GuideId, fragment: Option<&str>) -> String {
        let page = self.page(self.site.permalink(id));
        fragment.map_or_else(|| page.clone(), |fragment| format!("{page}#{fragment}"))
    }

    /// The link to a guide with its short title.
    pub(super) fn named(&self, id: GuideId) -> LinkView {
        LinkView { href: self.guide(id, None), text: self.site.short_title(id) }
    }

    /// The link to a file.
    pub(super) fn file(&self, path: &SitePath) -> String {
        self.base.link(path, false)
    }

    /// What leads from this page to the root.
    pub(super) fn root(&self) -> String {
        let home = self.base.link(&SitePath::new("index.html"), false);
        match home.strip_suffix("index.html") {
            Some("") | None => "./".to_owned(),
            Some(root) => root.to_owned(),
        }
    }
}

/// The path of a page from the root, as templates append it to `page.root`.
pub(super) fn from_root(site: &Site, permalink: &Permalink) -> String {
    let path = permalink.index_file();
    let clean = site.config.clean_links;
    if clean { permalink.relative_to_root().to_owned() } else { path.as_str().to_owned() }
}
