//! Addresses: each guide's permalink, generated pages, redirects, and that no two sources claim one address.

use std::collections::{BTreeMap, HashMap};

use super::identities::{Identities, place};
use crate::model::body::{Destination, Link};
use crate::model::config::Config;
use crate::model::diagnostic::{Diagnostic, Place};
use crate::model::guide::{Guide, Matter};
use crate::model::kind::GuideKind;
use crate::model::output;
use crate::model::rules;
use crate::model::site::{Asset, GuideId, Redirect, Target};
use crate::model::source::{Role, Sources, Span};
use crate::model::url::{Permalink, Slug};

/// The address of each guide.
pub(super) fn permalinks(guides: &[Guide]) -> Vec<Permalink> {
    guides.iter().map(permalink).collect()
}

/// Tells files that lie elsewhere than their address says.
pub(super) fn misplaced(
    guides: &[Guide],
    permalinks: &[Permalink],
    links: &[Vec<Option<Target>>],
    identities: &Identities,
    sources: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let providers: Vec<&Slug> = guides.iter().filter_map(Guide::provider).map(|matter| &matter.slug).collect();
    for (index, (guide, permalink)) in guides.iter().zip(permalinks).enumerate() {
        // Where the provider or a subject is unknown, so is the place; that is told.
        let is_known = match &guide.matter {
            Matter::Error(matter) => providers.contains(&&matter.provider.value),
            Matter::Compare(matter) => matter.subjects.iter().all(|subject| identities.knows(&subject.value)),
            Matter::Playbook(_) | Matter::Provider(_) | Matter::Page(_) => true,
        };
        if let (true, Some((finding, home))) = (is_known, elsewhere(guide, permalink, sources)) {
            let is_free = !is_linked_by_path(guides, links, GuideId::new(index)) && sources.by_path(&home).is_none();
            diagnostics.push(if is_free { finding.moved_to(home) } else { finding });
        }
    }
}

/// Whether a link would break if the file of a guide moved: one to it by its path, or one of its own. What lies beside an index.md
/// moves with it, which is more than one file.
fn is_linked_by_path(guides: &[Guide], links: &[Vec<Option<Target>>], id: GuideId) -> bool {
    let by_path = |link: &Link| matches!(link.destination, Destination::Path { .. } | Destination::Image(_));
    let leads_here = |target: &Option<Target>| matches!(target, Some(Target::Guide { guide, .. }) if *guide == id);
    let is_linked = |(guide, targets): (&Guide, &Vec<Option<Target>>)| {
        guide.body.links.iter().zip(targets).any(|(link, target)| by_path(link) && leads_here(target))
    };
    guides[id.index()].body.links.iter().any(by_path) || guides.iter().zip(links).any(is_linked)
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

/// The finding of a file that lies elsewhere than its address says, and where it belongs.
fn elsewhere(guide: &Guide, permalink: &Permalink, sources: &Sources) -> Option<(Diagnostic, String)> {
    let path = &sources.file(guide.file).path;
    let home = home_of(guide, permalink);
    let (alone, in_folder) = (format!("{home}.md"), format!("{home}/index.md"));
    if *path == alone || *path == in_folder {
        return None;
    }
    let message = format!("the address is {permalink}, but the file lies elsewhere");
    let finding = Diagnostic::new(&rules::MISPLACED_FILE, place(guide), message);
    // What lies beside an index.md moves with it.
    let target = if path.ends_with("/index.md") { in_folder } else { alone };
    Some((finding.hint(format!("move it to {target}")), target))
}

/// Addresses that templates make, in no file of their own.
pub(super) fn generated(config: &Config, guides: &[Guide]) -> Vec<Permalink> {
    let lists = ["errors", "compare", "playbooks", "providers", "codes", "lookup", "tags"].map(|list| Permalink::of([list]));
    let tags = config.tags.iter().filter(|(tag, _)| guides.iter().any(|guide| guide.common.tags.contains(tag)));
    let tags = tags.map(|(tag, _)| Permalink::of(["tags", tag.as_str()]));
    std::iter::once(Permalink::home()).chain(lists).chain(tags).collect()
}

/// Files that outputs make, with the names of these.
const FILES: [(&str, &str); 4] =
    [("not-found", "404.html"), ("sitemap", "sitemap.xml"), ("feed", "feed.xml"), ("opensearch", "opensearch.xml")];

/// Who claims a file of the output.
#[derive(Clone)]
enum Owner {
    Guide(GuideId),
    Alias(GuideId, Span),
    /// The short permanent address of an error.
    Short(GuideId),
    /// A page or file that every site has.
    Generated,
    /// A file of the site that is copied, by its path among the sources.
    Copied(String),
}

/// Every redirect, sorted; two owners of one file are told.
pub(super) fn redirects(
    config: &Config,
    guides: &[Guide],
    permalinks: &[Permalink],
    assets: &[Asset],
    sources: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Redirect> {
    let mut claims = Claims { files: HashMap::new(), folders: HashMap::new(), guides, diagnostics };
    for permalink in generated(config, guides) {
        claims.claim(permalink.index_file().as_str(), Owner::Generated);
    }
    for (_, file) in FILES.iter().filter(|(output, _)| !config.is_off(output)) {
        claims.claim(file, Owner::Generated);
    }
    // A site may bring its own.
    if !config.is_off("robots") && sources.by_path("static/robots.txt").is_none() {
        claims.claim("robots.txt", Owner::Generated);
    }
    for file in output::files_of_site(config) {
        claims.claim(file, Owner::Generated);
    }
    let mut has_address = vec![false; guides.len()];
    for (index, permalink) in permalinks.iter().enumerate() {
        has_address[index] = claims.claim(permalink.index_file().as_str(), Owner::Guide(GuideId::new(index)));
        // Of two guides at one address, one finding is enough.
        if has_address[index] {
            for file in output::files_of_guide(config, guides[index].kind(), permalink) {
                claims.claim(file.as_str(), Owner::Guide(GuideId::new(index)));
            }
        }
    }
    for asset in assets {
        claims.claim(asset.path.as_str(), Owner::Copied(sources.file(asset.file).path.clone()));
    }
    for (_, file) in sources.with_role(Role::Static) {
        claims.claim(file.path.strip_prefix("static/").unwrap_or(&file.path), Owner::Copied(file.path.clone()));
    }
    let mut redirects = BTreeMap::new();
    // Short addresses are permanent: they come before aliases.
    for (index, guide) in guides.iter().enumerate() {
        let id = GuideId::new(index);
        let short = short(config, guide).filter(|_| has_address[index]);
        if let Some(short) = short.filter(|short| claims.claim(short.index_file().as_str(), Owner::Short(id))) {
            redirects.insert(short, (id, true));
        }
    }
    for (index, guide) in guides.iter().enumerate() {
        let id = GuideId::new(index);
        for alias in &guide.common.aliases {
            if redirects.get(&alias.value) != Some(&(id, true)) {
                let file = alias.value.index_file();
                if claims.claim(file.as_str(), Owner::Alias(id, alias.span)) {
                    redirects.insert(alias.value.clone(), (id, false));
                }
            }
        }
    }
    // The other orders of a compare give way to everything else, and to each other by path order.
    for (index, guide) in guides.iter().enumerate() {
        for from in other_orders(guide).into_iter().filter(|from| !claims.is_taken(from)) {
            redirects.entry(from).or_insert_with(|| (GuideId::new(index), false));
        }
    }
    redirects.into_iter().map(|(from, (to, is_short))| Redirect { from, to, is_short }).collect()
}

/// The short permanent address of an error, where the site has such.
fn short(config: &Config, guide: &Guide) -> Option<Permalink> {
    let matter = guide.error().filter(|_| !config.is_off("short-addresses"))?;
    Some(Permalink::of(["e", matter.provider.value.as_str(), guide.slug().as_str()]))
}

/// The addresses of a compare with its subjects in another order.
fn other_orders(guide: &Guide) -> Vec<Permalink> {
    let Matter::Compare(matter) = &guide.matter else { return Vec::new() };
    let parts: Vec<String> = matter.slug_parts().iter().map(ToString::to_string).collect();
    let own = guide.slug();
    let orders = permutations(&parts).into_iter().filter_map(|order| Slug::exact(&order.join("-vs-")));
    orders.filter(|slug| *slug != own).map(|slug| Permalink::of(["compare", slug.as_str()])).collect()
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

/// Who has which file of the output. Letter case does not tell files apart: not every file system does.
struct Claims<'a> {
    files: HashMap<String, Owner>,
    /// Folders that files lie in, with the first that made them.
    folders: HashMap<String, Owner>,
    guides: &'a [Guide],
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Claims<'_> {
    fn is_taken(&self, permalink: &Permalink) -> bool {
        let file = permalink.index_file();
        let mut above = file.as_str().match_indices('/').map(|(at, _)| &file.as_str()[..at]);
        self.files.contains_key(file.as_str()) || above.any(|folder| self.files.contains_key(folder))
    }

    /// Gives a file to an owner; tells where it, or a folder it needs, has one.
    fn claim(&mut self, file: &str, owner: Owner) -> bool {
        let key = file.to_lowercase();
        let above: Vec<&str> = key.match_indices('/').map(|(at, _)| &key[..at]).collect();
        let in_the_way = above.iter().find_map(|folder| self.files.get(*folder));
        let first = self.files.get(&key).or_else(|| self.folders.get(&key)).or(in_the_way).cloned();
        if let Some(first) = first {
            let finding = self.collision(file, &owner, &first);
            self.diagnostics.push(finding);
            return false;
        }
        for folder in above {
            self.folders.entry(folder.to_owned()).or_insert_with(|| owner.clone());
        }
        self.files.insert(key, owner);
        true
    }

    fn place_of(&self, owner: &Owner) -> Place {
        match owner {
            Owner::Guide(id) | Owner::Short(id) => Place::Text(place(&self.guides[id.index()])),
            Owner::Alias(_, span) => Place::Text(*span),
            Owner::Generated => Place::Path("site.toml".to_owned()),
            Owner::Copied(path) => Place::Path(path.clone()),
        }
    }

    fn collision(&self, file: &str, owner: &Owner, first: &Owner) -> Diagnostic {
        let address = format!("/{}", file.strip_suffix("index.html").unwrap_or(file));
        // A copied file cannot be moved by its address; it is told where it lies, whoever came first.
        let (told, other) =
            if matches!(first, Owner::Copied(_)) && !matches!(owner, Owner::Copied(_)) { (first, owner) } else { (owner, first) };
        let message = match (told, other) {
            (Owner::Alias(id, _), Owner::Guide(other)) if id == other => format!("this is the guide's own address, {address}"),
            (Owner::Alias(id, _), Owner::Alias(other, _)) if id == other => format!("the alias {address} stands twice"),
            (_, Owner::Generated) => format!("{address} is a page that every site has"),
            (Owner::Copied(_), Owner::Guide(_)) => format!("{address} is the address of a guide"),
            (_, Owner::Guide(_)) => format!("{address} is the address of another guide"),
            (_, Owner::Short(_)) => format!("{address} is the short permanent address of another guide"),
            (_, Owner::Alias(..)) => format!("{address} is an alias of another guide"),
            (_, Owner::Copied(file)) => format!("{address} is taken by {file}"),
        };
        let finding = match self.place_of(told) {
            Place::Text(span) => Diagnostic::new(&rules::ADDRESS_COLLISION, span, message),
            Place::Path(path) => Diagnostic::for_path(&rules::ADDRESS_COLLISION, path, message),
        };
        match self.place_of(other) {
            Place::Text(span) => finding.label(span, "claimed here"),
            Place::Path(_) => finding,
        }
    }
}
