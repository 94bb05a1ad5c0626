//! List pages: home, the lists of each kind, tags, and every code from A to Z.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::Serialize;

use super::context::{Context, Linker};
use super::structured_data::{self, Crumb};
use super::view::{GroupView, ItemView, ListView, PageView};
use crate::model::anchor::anchor;
use crate::model::date::written_out;
use crate::model::diagnostic::Diagnostic;
use crate::model::guide::Matter;
use crate::model::kind::GuideKind;
use crate::model::output::{OutputFile, Sink};
use crate::model::site::{GuideId, Site, Term};
use crate::model::url::{Permalink, SitePath, Slug};
use crate::model::words::counted;

/// What readers call a list of a kind.
pub(super) fn name(kind: GuideKind) -> &'static str {
    match kind {
        GuideKind::Error => "Errors",
        GuideKind::Compare => "Compare",
        GuideKind::Playbook => "Playbooks",
        GuideKind::Provider => "Providers",
        GuideKind::Page => "Pages",
    }
}

/// The kinds that have a list.
pub(super) const LISTED: [GuideKind; 4] = [GuideKind::Error, GuideKind::Compare, GuideKind::Playbook, GuideKind::Provider];

/// The address of a tag.
pub(super) fn tag_address(term: &Term) -> Permalink {
    Permalink::of(["tags", term.slug.as_str()])
}

#[derive(Serialize)]
struct View {
    page: PageView,
    list: ListView,
}

/// Makes every list page.
pub(super) fn render(context: &Context<'_>, sink: &dyn Sink, diagnostics: &mut Vec<Diagnostic>) {
    let site = context.site;
    for kind in LISTED {
        list_page(context, sink, diagnostics, kind);
    }
    for term in &site.terms {
        tag_page(context, sink, diagnostics, term);
    }
    let maker = Maker { context, sink, permalink: Permalink::of(["tags"]), template: "list.html", class: "tags" };
    let linker = maker.linker();
    let items = site.terms.iter().map(|term| ItemView {
        href: linker.page(&tag_address(term)),
        code: None,
        title: term.name.clone(),
        status: None,
        note: counted(term.guides.len(), "guide"),
    });
    let groups = vec![GroupView { anchor: "tags".to_owned(), title: "Tags".to_owned(), href: None, items: items.collect() }];
    maker.make(list("Tags", "Guides by subject.", groups), diagnostics);
    codes_page(context, sink, diagnostics);
    home_page(context, sink, diagnostics);
}

/// The address of the page that is nothing but the lookup box.
pub(super) fn lookup_address() -> Permalink {
    Permalink::of(["lookup"])
}

/// The page whose fragment is a lookup, for links and search engines of browsers: `/lookup/#q=503`.
pub(super) fn lookup(context: &Context<'_>, sink: &dyn Sink, diagnostics: &mut Vec<Diagnostic>) {
    let maker = Maker { context, sink, permalink: lookup_address(), template: "lookup.html", class: "lookup-page" };
    maker.make(list("Look up an error", "Paste a code, a message or a whole log.", Vec::new()), diagnostics);
}

/// The page for addresses that do not exist. It is served at any depth, so its links start at the host's root.
pub(super) fn not_found(context: &Context<'_>, sink: &dyn Sink, diagnostics: &mut Vec<Diagnostic>) {
    let site = context.site;
    let linker = Linker::from_host(site);
    let page = PageView {
        title: format!("Page not found · {}", site.config.title),
        own_title: "Page not found".to_owned(),
        description: "There is no page at this address.".to_owned(),
        canonical: None,
        root: linker.root(),
        class: "not-found".to_owned(),
        is_article: false,
        structured_data_html: None,
        breadcrumbs: Vec::new(),
        alternates: Vec::new(),
    };
    let view = View { page, list: list("No page here", "", Vec::new()) };
    match context.templates.page("404.html", &view) {
        Ok(html) => sink.take(OutputFile::text(SitePath::new("404.html"), html)),
        Err(finding) => diagnostics.push(*finding),
    }
}

/// One list page in the making.
struct Maker<'a> {
    context: &'a Context<'a>,
    sink: &'a dyn Sink,
    permalink: Permalink,
    template: &'static str,
    class: &'static str,
}

impl Maker<'_> {
    fn linker(&self) -> Linker<'_> {
        Linker::of(self.context.site, &self.permalink)
    }

    /// The way from the home page to this one, with this one; the home page has none.
    fn crumbs(&self, heading: &str) -> Vec<Crumb> {
        let own = Crumb { permalink: self.permalink.clone(), name: heading.to_owned() };
        let tags = Crumb { permalink: Permalink::of(["tags"]), name: "Tags".to_owned() };
        match self.class {
            "home" => Vec::new(),
            "tag" => vec![tags, own],
            _ => vec![own],
        }
    }

    fn make(&self, list: ListView, diagnostics: &mut Vec<Diagnostic>) {
        let config = &self.context.site.config;
        let is_home = self.permalink == Permalink::home();
        let page = PageView {
            title: if is_home { config.title.clone() } else { format!("{} · {}", list.heading, config.title) },
            own_title: list.heading.clone(),
            description: if is_home { config.description.clone() } else { format!("{} {}", list.heading, list.lead) },
            canonical: Some(config.base_url.join(self.permalink.as_str())),
            root: self.linker().root(),
            class: self.class.to_owned(),
            is_article: false,
            structured_data_html: structured_data::of_list(self.context.site, &self.crumbs(&list.heading)),
            breadcrumbs: Vec::new(),
            alternates: Vec::new(),
        };
        match self.context.templates.page(self.template, &View { page, list }) {
            Ok(html) => self.sink.take(OutputFile::text(self.permalink.index_file(), html)),
            Err(finding) => diagnostics.push(*finding),
        }
    }
}

fn list(heading: &str, lead: &str, groups: Vec<GroupView>) -> ListView {
    let count = groups.iter().map(|group| group.items.len()).sum();
    ListView { heading: heading.to_owned(), lead: lead.to_owned(), groups, count }
}

fn list_page(context: &Context<'_>, sink: &dyn Sink, diagnostics: &mut Vec<Diagnostic>, kind: GuideKind) {
    let folder = kind.spec().folder;
    let maker = Maker { context, sink, permalink: Permalink::of([folder]), template: "list.html", class: folder };
    let linker = maker.linker();
    let site = context.site;
    let (heading, lead, groups) = match kind {
        GuideKind::Error => ("Error guides", "One page a code, by provider.", by_provider(site, &linker)),
        GuideKind::Compare => {
            ("Compare guides", "Errors that people confuse, and how to tell them apart.", one_group(site, &linker, kind))
        }
        GuideKind::Playbook => {
            ("Playbooks", "Decision trees that end in a fix or an escalation.", one_group(site, &linker, kind))
        }
        GuideKind::Provider | GuideKind::Page => {
            ("Providers", "Software and services whose errors are explained here.", one_group(site, &linker, kind))
        }
    };
    maker.make(list(heading, lead, groups), diagnostics);
}

fn one_group(site: &Site, linker: &Linker<'_>, kind: GuideKind) -> Vec<GroupView> {
    group(site, linker, name(kind), site.of_kind(kind).collect()).into_iter().collect()
}

/// A heading with its guides; nothing where there is none.
fn group(site: &Site, linker: &Linker<'_>, title: &str, mut ids: Vec<GuideId>) -> Option<GroupView> {
    ids.sort_by(|a, b| by_code(site, *a, *b));
    let items: Vec<ItemView> = ids.into_iter().map(|id| item(site, linker, id)).collect();
    (!items.is_empty()).then(|| GroupView { anchor: anchor(title), title: title.to_owned(), href: None, items })
}

fn item(site: &Site, linker: &Linker<'_>, id: GuideId) -> ItemView {
    let guide = site.guide(id);
    let reviewed = guide.common.last_reviewed_on.as_ref().map(|date| format!("Reviewed {}", written_out(date.value)));
    let (code, title, note) = match &guide.matter {
        Matter::Error(matter) => (Some(matter.code.value.clone()), matter.name.clone(), reviewed.unwrap_or_default()),
        Matter::Compare(matter) => (None, site.title(id), matter.question.clone()),
        Matter::Playbook(_) | Matter::Page(_) => (None, site.title(id), guide.common.description.value.clone()),
        Matter::Provider(matter) => {
            let of_provider = |id: &GuideId| site.guide(*id).error().is_some_and(|error| error.provider.value == matter.slug);
            let count = site.of_kind(GuideKind::Error).filter(of_provider).count();
            (None, site.title(id), counted(count, "error guide"))
        }
    };
    ItemView { href: linker.guide(id, None), code, title, status: guide.mark(), note }
}

fn by_provider(site: &Site, linker: &Linker<'_>) -> Vec<GroupView> {
    let groups = errors_by_provider(site).into_iter().filter_map(|(slug, ids)| {
        let provider = *site.providers.get(slug)?;
        let mut group = group(site, linker, &site.title(provider), ids)?;
        group.href = Some(linker.guide(provider, None));
        Some(group)
    });
    groups.collect()
}

/// What a provider's page lists: its errors, and compares and playbooks that are about one of them.
pub(super) fn groups_of_provider(site: &Site, linker: &Linker<'_>, slug: &Slug) -> Vec<GroupView> {
    let errors: Vec<GuideId> = site
        .of_kind(GuideKind::Error)
        .filter(|id| site.guide(*id).error().is_some_and(|matter| matter.provider.value == *slug))
        .collect();
    let relations = || errors.iter().map(|id| &site.relations[id.index()]);
    let compares: Vec<GuideId> = distinct(relations().flat_map(|relations| relations.compares.iter().copied()));
    let playbooks = distinct(relations().flat_map(|relations| relations.playbooks.iter().map(|coverage| coverage.playbook)));
    let groups = [("Error guides", errors), ("Compare guides", compares), ("Playbooks", playbooks)];
    groups.into_iter().filter_map(|(title, ids)| group(site, linker, title, ids)).collect()
}

/// The guides before and after an error among those of its provider.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Neighbours {
    pub(super) previous: Option<GuideId>,
    pub(super) next: Option<GuideId>,
}

/// The neighbours of every error in the order of its provider's page; nothing for other guides. Sorted once for the whole site.
pub(super) fn neighbours(site: &Site) -> Vec<Neighbours> {
    let mut found = vec![Neighbours::default(); site.guides.len()];
    for mut ids in errors_by_provider(site).into_values() {
        ids.sort_by(|a, b| by_code(site, *a, *b));
        for pair in ids.windows(2) {
            found[pair[0].index()].next = Some(pair[1]);
            found[pair[1].index()].previous = Some(pair[0]);
        }
    }
    found
}

fn errors_by_provider(site: &Site) -> BTreeMap<&Slug, Vec<GuideId>> {
    let mut errors: BTreeMap<&Slug, Vec<GuideId>> = BTreeMap::new();
    for id in site.of_kind(GuideKind::Error) {
        if let Some(matter) = site.guide(id).error() {
            errors.entry(&matter.provider.value).or_default().push(id);
        }
    }
    errors
}

fn distinct(ids: impl Iterator<Item = GuideId>) -> Vec<GuideId> {
    let mut ids: Vec<GuideId> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn tag_page(context: &Context<'_>, sink: &dyn Sink, diagnostics: &mut Vec<Diagnostic>, term: &Term) {
    let maker = Maker { context, sink, permalink: tag_address(term), template: "tag.html", class: "tag" };
    let linker = maker.linker();
    let site = context.site;
    let of_kind = |kind: GuideKind| term.guides.iter().copied().filter(|id| site.guide(*id).kind() == kind).collect();
    let groups: Vec<GroupView> =
        GuideKind::ALL.into_iter().filter_map(|kind| group(site, &linker, name(kind), of_kind(kind))).collect();
    let lead = format!("{} about this subject.", counted(term.guides.len(), "guide"));
    maker.make(list(&term.name, &lead, groups), diagnostics);
}

/// Every code, by its first letter; digits and signs come first.
fn codes_page(context: &Context<'_>, sink: &dyn Sink, diagnostics: &mut Vec<Diagnostic>) {
    let maker = Maker { context, sink, permalink: Permalink::of(["codes"]), template: "codes.html", class: "codes" };
    let linker = maker.linker();
    let site = context.site;
    let mut letters: BTreeMap<String, Vec<GuideId>> = BTreeMap::new();
    for id in site.of_kind(GuideKind::Error) {
        letters.entry(letter(site, id)).or_default().push(id);
    }
    let with_provider = |id: GuideId| {
        let provider = site.guide(id).error().and_then(|matter| site.provider_of(matter));
        ItemView { note: provider.map_or_else(String::new, |(_, provider)| provider.name.clone()), ..item(site, &linker, id) }
    };
    let group = |(letter, mut ids): (String, Vec<GuideId>)| {
        ids.sort_by(|a, b| by_code(site, *a, *b));
        let anchor = format!("letter-{}", letter.to_lowercase().replace('–', "-"));
        GroupView { anchor, title: letter, href: None, items: ids.into_iter().map(with_provider).collect() }
    };
    let groups: Vec<GroupView> = letters.into_iter().map(group).collect();
    maker.make(list("Codes A–Z", "Every code that has a guide.", groups), diagnostics);
}

/// Under which letter a code stands.
fn letter(site: &Site, id: GuideId) -> String {
    let code = site.guide(id).error().map_or("", |matter| matter.code.value.as_str());
    let first = code.chars().next().filter(|c| c.is_alphabetic());
    first.map_or_else(|| "0–9".to_owned(), |c| c.to_uppercase().to_string())
}

fn home_page(context: &Context<'_>, sink: &dyn Sink, diagnostics: &mut Vec<Diagnostic>) {
    let maker = Maker { context, sink, permalink: Permalink::home(), template: "home.html", class: "home" };
    let linker = maker.linker();
    let site = context.site;
    let groups = LISTED.into_iter().filter_map(|kind| {
        let mut group = group(site, &linker, name(kind), site.of_kind(kind).collect())?;
        group.href = Some(linker.page(&Permalink::of([kind.spec().folder])));
        Some(group)
    });
    let groups: Vec<GroupView> = groups.collect();
    maker.make(list(&site.config.title, &site.config.description, groups), diagnostics);
}

/// Errors by code in natural order, 50076 before 100001; anything else by title.
fn by_code(site: &Site, a: GuideId, b: GuideId) -> Ordering {
    let key = |id: GuideId| site.guide(id).error().map_or_else(|| site.title(id), |matter| matter.code.value.clone());
    natural(&key(a), &key(b)).then_with(|| a.cmp(&b))
}

/// Compares text with its runs of digits as numbers.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a, b);
    loop {
        let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (count_a, count_b) = (digits(a), digits(b));
        if count_a > 0 && count_b > 0 {
            let (number_a, number_b) = (a[..count_a].trim_start_matches('0'), b[..count_b].trim_start_matches('0'));
            let order = number_a.len().cmp(&number_b.len()).then_with(|| number_a.cmp(number_b));
            if order != Ordering::Equal {
                return order;
            }
            (a, b) = (&a[count_a..], &b[count_b..]);
            continue;
        }
        match (a.chars().next(), b.chars().next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(first_a), Some(first_b)) => {
                let order = first_a.to_lowercase().cmp(first_b.to_lowercase());
                if order != Ordering::Equal {
                    return order;
                }
                (a, b) = (&a[first_a.len_utf8()..], &b[first_b.len_utf8()..]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_codes_count_as_numbers() {
        let mut codes = ["AADSTS100001", "aadsts50076", "40P01", "503", "0x80070005", "B", "a"];
        codes.sort_by(|a, b| natural(a, b));
        assert_eq!(codes, ["0x80070005", "40P01", "503", "a", "aadsts50076", "AADSTS100001", "B"]);
    }
}
