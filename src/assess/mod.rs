//! Assess: two revisions of a site → what the change between them means for readers, and its texts. Pure.
//!
//! What only writers see, such as a new owner in the front matter, is no impact. Where one of the two has errors its pages were not
//! made, and what would have been told of them is judged by the sources.

mod findings;
mod impact;
mod json;
mod lookups;
mod markdown;
mod matching;
mod pages;
mod parts;
mod redirects;
mod support;

use std::collections::{BTreeMap, BTreeSet};

pub use impact::Impact;
pub use json::json;
pub use markdown::markdown;

use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::site::{GuideId, Site};
use crate::model::source::Sources;
use crate::model::url::SitePath;
use matching::Matching;

/// What tells whether a file of the output is the same in two revisions: a hash of its bytes.
pub type Fingerprint = [u8; 32];

/// The files of an output; empty where errors kept it from being made.
pub type Files = BTreeMap<SitePath, Fingerprint>;

/// One side of a change.
#[derive(Debug, Clone, Copy)]
pub struct Revision<'a> {
    /// The site.
    pub site: &'a Site,
    /// The texts it was read from.
    pub sources: &'a Sources,
    /// What there is to tell of it.
    pub findings: &'a [Diagnostic],
    /// What readers get.
    pub files: &'a Files,
}

impl<'a> Revision<'a> {
    fn path(&self, id: GuideId) -> &'a str {
        &self.sources.file(self.site.guide(id).file).path
    }

    fn name(&self, id: GuideId) -> String {
        self.site.identities[id.index()].to_string()
    }

    /// The source of a guide, as text.
    fn text(&self, id: GuideId) -> &'a str {
        self.sources.file(self.site.guide(id).file).text()
    }

    /// The paths of files that are there and have an error, so that nobody can say what would become of them.
    fn broken(&self) -> BTreeSet<&'a str> {
        let errors = self.findings.iter().filter(|finding| finding.severity == Severity::Error);
        let paths = errors.map(|finding| finding.location(self.sources).0);
        paths.filter(|path| self.sources.by_path(path).is_some()).collect()
    }
}

/// What a change means for readers. Without a base everything is new.
pub fn assess(base: Option<Revision<'_>>, head: Revision<'_>) -> Impact {
    let mut impact = Impact::default();
    let Some(base) = base else {
        findings::all_new(head, &mut impact);
        pages::all_new(head, &mut impact);
        return impact;
    };
    let matching = Matching::new(base, head);
    findings::compare(base, head, &matching, &mut impact);
    redirects::compare(base, head, &matching, &mut impact);
    pages::compare(base, head, &matching, &mut impact);
    lookups::compare(base, head, &matching, &mut impact);
    support::compare(base, head, &matching, &mut impact);
    impact
}
