//! Guides as a lookup shows them.

use serde_json::{Value, json};

use crate::model::lookup::{LookupEntry, LookupIndex};
use crate::model::site::Site;
use crate::model::url::Permalink;

/// How many guides one file describes.
const IN_FILE: usize = 32;

/// The guides of an index, with the providers that they name by number.
pub(super) struct Guides<'s> {
    site: &'s Site,
    entries: &'s [LookupEntry],
    /// Name and folder.
    providers: Vec<(&'s str, String)>,
    provider_of: Vec<usize>,
}

impl<'s> Guides<'s> {
    pub(super) fn new(site: &'s Site, index: &'s LookupIndex) -> Self {
        let mut guides = Self { site, entries: &index.entries, providers: Vec::new(), provider_of: Vec::new() };
        for entry in &index.entries {
            let folder = folder(site.permalink(entry.guide));
            let is_it = |(name, of): &(&str, String)| *name == entry.provider && *of == folder;
            let known = guides.providers.iter().position(is_it).unwrap_or(guides.providers.len());
            if known == guides.providers.len() {
                guides.providers.push((&entry.provider, folder));
            }
            guides.provider_of.push(known);
        }
        guides
    }

    pub(super) fn providers(&self) -> Value {
        json!(self.providers)
    }

    /// Runs of guides of one kind: its name, and how many there are.
    pub(super) fn kinds(&self) -> Value {
        let mut runs: Vec<(&str, usize)> = Vec::new();
        for entry in self.entries {
            let kind = entry.kind.spec().name;
            match runs.last_mut() {
                Some((last, count)) if *last == kind => *count += 1,
                _ => runs.push((kind, 1)),
            }
        }
        json!(runs)
    }

    /// Number, provider and folder, code, title; then the last part of the address, where it is not the code in lower case.
    pub(super) fn brief(&self, at: usize) -> Value {
        let mut view = self.view(at);
        let entry = &self.entries[at];
        let slug = self.slug(at);
        if slug != entry.code.to_ascii_lowercase() {
            view.push(json!(slug));
        }
        Value::Array(view)
    }

    /// The same, with 0 for a last part that is the code, and the description.
    pub(super) fn full(&self, at: usize) -> Value {
        let mut view = self.view(at);
        let entry = &self.entries[at];
        let slug = self.slug(at);
        view.push(if slug == entry.code.to_ascii_lowercase() { json!(0) } else { json!(slug) });
        view.push(json!(entry.summary));
        Value::Array(view)
    }

    /// Every guide in full, some in a file.
    pub(super) fn files(&self) -> impl Iterator<Item = Value> {
        let numbers: Vec<usize> = (0..self.entries.len()).collect();
        let files = numbers.chunks(IN_FILE).map(|some| some.iter().map(|at| self.full(*at)).collect());
        files.collect::<Vec<Value>>().into_iter()
    }

    fn view(&self, at: usize) -> Vec<Value> {
        let entry = &self.entries[at];
        vec![json!(at), json!(self.provider_of[at]), json!(entry.code), json!(entry.title)]
    }

    fn slug(&self, at: usize) -> &str {
        let path = self.site.permalink(self.entries[at].guide).relative_to_root().trim_end_matches('/');
        &path[self.providers[self.provider_of[at]].1.len()..]
    }
}

/// The address without its last part and without a slash before it: `errors/http/`.
fn folder(permalink: &Permalink) -> String {
    let path = permalink.relative_to_root().trim_end_matches('/');
    path[..path.rfind('/').map_or(0, |at| at + 1)].to_owned()
}
