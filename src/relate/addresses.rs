//! Addresses: each guide's permalink, generated pages, redirects, and that no two sources claim one address.

use std::collections::{BTreeMap, HashMap};

use super::identities::place;
use crate::model::config::Config;
use crate::model::diagnostic::{Diagnostic, Place};
use crate::model::guide::{Guide, Matter};
use crate::model::kind::GuideKind;
use crate::model::reference::Identity;
use crate::model::rules;
use crate::model::site::{GuideId, Redirect};
use crate::model::source::{Role, Sources, Span};
use crate::model::url::{Permalink, Slug};

/// The address of each guide. A file that lies elsewhere than its address says, and two guides for one address, are told.
pub(super) fn permalinks(guides: &[Guide], sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Vec<Permalink> {
    let permalinks: Vec<Permalink> = guides.iter().map(permalink).collect();
    for (guide, permalink) in guides.iter().zip(&permalinks) {
        misplaced(guide, permalink, sources, diagnostics);
    }
    permalinks
}

fn permalink(guide: &Guide) -> Permalink {
    let slug = guide.slug();
    match &guide.matter {
        Matter::Error(matter) => Permalink::of(["errors", matter.provider.value.as_str(), slug.as_str()]),
        Matter::Page(_) => Permalink::of([slug.as_str()]),
        Matter::Compare(_) | Matter::Playbook(_) | Matter::Provider(_) => {
            Permalink::of([guide.kind().spec().folder, slug.as_str()])
        }
    }
}

/// Where a guide with this address should lie, without extension.
fn home_of(guide: &Guide, permalink: &Permalink) -> String {
    let address = permalink.relative_to_root().trim_end_matches('/');
    match guide.kind() {
        GuideKind::Page => format!("content/pages/{address}"),
        GuideKind::Error | GuideKind::Compare | GuideKind::Playbook | GuideKind::Provider => format!("content/{address}"),
    }
}

fn misplaced(guide: &Guide, permalink: &Permalink, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) {
    let path = &sources.file(guide.file).path;
    let home = home_of(guide, permalink);
    if *path != format!("{home}.md") && *path != format!("{home}/index.md") {
        let message = format!("the address is {permalink}, but the file lies elsewhere");
        let finding = Diagnostic::new(&rules::MISPLACED_FILE, place(guide), message);
        diagnostics.push(finding.hint(format!("move it to {home}.md")));
    }
}

/// Addresses that templates make, in no file of their own.
pub(super) fn generated(config: &Config, guides: &[Guide]) -> Vec<Permalink> {
    let lists = ["errors", "compare", "playbooks", "providers", "codes", "tags"].map(|list| Permalink::of([list]));
    let tags = config.tags.iter().filter(|(tag, _)| guides.iter().any(|guide| guide.common.tags.contains(tag)));
    let tags = tags.map(|(tag, _)| Permalink::of(["tags", tag.as_str()]));
    std::iter::once(Permalink::home()).chain(lists).chain(tags).collect()
}

/// Who claims an address.
#[derive(Clone)]
enum Owner {
    Guide(GuideId),
    Alias(GuideId, Span),
    Generated,
    Static(String),
}

/// Every redirect, sorted; two owners of one address are told.
pub(super) fn redirects(
    config: &Config,
    guides: &[Guide],
    identities: &[Identity],
    permalinks: &[Permalink],
    sources: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Redirect> {
    let mut claims = Claims { owners: HashMap::new(), guides, identities, diagnostics };
    for permalink in generated(config, guides) {
        claims.claim(&permalink, Owner::Generated);
    }
    for (index, permalink) in permalinks.iter().enumerate() {
        claims.claim(permalink, Owner::Guide(GuideId::new(index)));
    }
    for (_, file) in sources.with_role(Role::Static) {
        if let Some(folder) = file.path.strip_prefix("static/").and_then(|path| path.strip_suffix("index.html")) {
            claims.claim_path(&format!("/{folder}"), Owner::Static(file.path.clone()));
        }
    }
    let mut redirects = BTreeMap::new();
    for (index, guide) in guides.iter().enumerate() {
        let id = GuideId::new(index);
        for alias in &guide.common.aliases {
            if claims.claim(&alias.value, Owner::Alias(id, alias.span)) {
                redirects.insert(alias.value.clone(), id);
            }
        }
    }
    // Derived redirects give way: to a guide, to an alias that a writer chose, to each other by path order.
    for (index, guide) in guides.iter().enumerate() {
        for from in derived(config, guide) {
            if !claims.is_taken(&from) {
                redirects.entry(from).or_insert_with(|| GuideId::new(index));
            }
        }
    }
    redirects.into_iter().map(|(from, to)| Redirect { from, to }).collect()
}

/// Addresses that lead to a guide by themselves: the short one of an error, the other orders of a compare.
fn derived(config: &Config, guide: &Guide) -> Vec<Permalink> {
    let has_short = !config.is_off("short-addresses");
    match &guide.matter {
        Matter::Error(matter) if has_short => {
            vec![Permalink::of(["e", matter.provider.value.as_str(), matter.code_slug.as_str()])]
        }
        Matter::Compare(matter) => {
            let parts: Vec<String> = matter.slug_parts().iter().map(ToString::to_string).collect();
            let own = guide.slug();
            let orders = permutations(&parts).into_iter().filter_map(|order| Slug::exact(&order.join("-vs-")));
            orders.filter(|slug| *slug != own).map(|slug| Permalink::of(["compare", slug.as_str()])).collect()
        }
        Matter::Error(_) | Matter::Playbook(_) | Matter::Provider(_) | Matter::Page(_) => Vec::new(),
    }
}

/// Every order of a few parts; a compare has at most four.
fn permutations(parts: &[String]) -> Vec<Vec<String>> {
    if parts.len() <= 1 {
        return vec![parts.to_vec()];
    }
    let mut orders = Vec::new();
    for (index, first) in parts.iter().enumerate() {
        let mut rest = parts.to_vec();
        rest.remove(index);
        for mut order in permutations(&rest) {
            order.insert(0, first.clone());
            orders.push(order);
        }
    }
    orders
}

struct Claims<'a> {
    owners: HashMap<String, Owner>,
    guides: &'a [Guide],
    identities: &'a [Identity],
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Claims<'_> {
    fn is_taken(&self, permalink: &Permalink) -> bool {
        self.owners.contains_key(permalink.as_str())
    }

    fn claim(&mut self, permalink: &Permalink, owner: Owner) -> bool {
        self.claim_path(permalink.as_str(), owner)
    }

    /// Gives an address to an owner; tells where it has one. Letter case does not tell addresses apart.
    fn claim_path(&mut self, path: &str, owner: Owner) -> bool {
        let key = path.to_lowercase();
        let Some(first) = self.owners.get(&key).cloned() else {
            self.owners.insert(key, owner);
            return true;
        };
        // Guides that share an identity are told as such.
        if !matches!((&owner, &first), (Owner::Guide(a), Owner::Guide(b)) if self.identities[a.index()] == self.identities[b.index()])
        {
            let finding = self.collision(path, &owner, &first);
            self.diagnostics.push(finding);
        }
        false
    }

    fn place_of(&self, owner: &Owner) -> Place {
        match owner {
            Owner::Guide(id) => Place::Text(place(&self.guides[id.index()])),
            Owner::Alias(_, span) => Place::Text(*span),
            Owner::Generated => Place::Path("site.toml".to_owned()),
            Owner::Static(path) => Place::Path(path.clone()),
        }
    }

    fn collision(&self, path: &str, owner: &Owner, first: &Owner) -> Diagnostic {
        let itself = matches!((owner, first), (Owner::Alias(id, _), Owner::Guide(other) | Owner::Alias(other, _)) if id == other);
        let message = match (itself, first) {
            (true, _) => format!("this is the guide's own address, {path}"),
            (false, Owner::Generated) => format!("{path} is a page that every site has"),
            (false, Owner::Guide(_)) => format!("{path} is the address of another guide"),
            (false, Owner::Alias(..)) => format!("{path} is an alias of another guide"),
            (false, Owner::Static(file)) => format!("{path} is the address of {file}"),
        };
        let finding = match self.place_of(owner) {
            Place::Text(span) => Diagnostic::new(&rules::ADDRESS_COLLISION, span, message),
            Place::Path(path) => Diagnostic::for_path(&rules::ADDRESS_COLLISION, path, message),
        };
        match self.place_of(first) {
            Place::Text(span) => finding.label(span, "claimed here"),
            Place::Path(_) => finding,
        }
    }
}
