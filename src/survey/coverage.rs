//! What each provider's guides have: sections, sources, and guides that lead on from them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Column, Kind, Report, Table};
use crate::model::guide::ErrorMatter;
use crate::model::kind::{GuideKind, SectionKind};
use crate::model::site::{GuideId, Site};

/// How far each provider is covered.
#[derive(Debug, Serialize)]
pub struct Coverage {
    /// The providers, by slug.
    providers: Vec<Provider>,
}

/// One provider, or all of them.
#[derive(Debug, Default, Serialize)]
struct Provider {
    provider: String,
    name: String,
    /// Error guides.
    guides: usize,
    /// Codes with a guide, and codes that guides only mention.
    codes: usize,
    /// Official sources, one for each time that a guide names one.
    references: usize,
    signatures: usize,
    /// How many guides have each section that is fixed, by its heading.
    sections: BTreeMap<String, usize>,
    /// How many guides have sections of their own.
    own_sections: usize,
    /// How many guides are a subject of a compare.
    in_compares: usize,
    /// How many guides are covered by a playbook.
    in_playbooks: usize,
}

/// How far the codes of each provider are covered.
pub fn coverage(site: &Site) -> Coverage {
    let mut providers: BTreeMap<String, Provider> = BTreeMap::new();
    for (slug, id) in &site.providers {
        providers.insert(slug.to_string(), Provider { name: site.title(*id), ..Provider::new(slug.as_str()) });
    }
    let mut of = |slug: &str, add: &dyn Fn(&mut Provider)| {
        add(providers.entry(slug.to_owned()).or_insert_with(|| Provider::new(slug)));
    };
    for (id, matter) in site.ids().filter_map(|id| Some((id, site.guide(id).error()?))) {
        of(matter.provider.value.as_str(), &|provider| provider.add(site, id, matter));
    }
    for gap in &site.gaps {
        of(gap.provider.as_str(), &|provider| provider.codes += 1);
    }
    Coverage { providers: providers.into_values().collect() }
}

impl Provider {
    fn new(slug: &str) -> Self {
        let sections = GuideKind::Error.spec().sections.iter().map(|section| (key(section.heading), 0));
        Self { provider: slug.to_owned(), name: slug.to_owned(), sections: sections.collect(), ..Self::default() }
    }

    fn add(&mut self, site: &Site, id: GuideId, matter: &ErrorMatter) {
        let (guide, relations) = (site.guide(id), &site.relations[id.index()]);
        self.guides += 1;
        self.codes += 1;
        self.references += guide.common.references.len();
        self.signatures += matter.signatures.len();
        for section in GuideKind::Error.spec().sections {
            *self.sections.entry(key(section.heading)).or_default() += usize::from(guide.body.section(section.kind).is_some());
        }
        self.own_sections += usize::from(guide.body.section(SectionKind::Topic).is_some());
        self.in_compares += usize::from(!relations.compares.is_empty());
        self.in_playbooks += usize::from(!relations.playbooks.is_empty());
    }

    fn row(&self) -> Vec<String> {
        let section = |name: &str| self.sections.get(name).copied().unwrap_or_default();
        let counts = [self.guides, self.codes, self.references, section("workaround"), section("examples")];
        let counts = counts.into_iter().chain([self.in_compares, self.in_playbooks]).map(|count| count.to_string());
        std::iter::once(self.provider.clone()).chain(counts).collect()
    }
}

fn key(heading: &str) -> String {
    heading.to_lowercase()
}

const COLUMNS: &[Column] = &[
    Column { heading: "Provider", kind: Kind::Code },
    Column { heading: "Guides", kind: Kind::Number },
    Column { heading: "Codes", kind: Kind::Number },
    Column { heading: "Sources", kind: Kind::Number },
    Column { heading: "Workaround", kind: Kind::Number },
    Column { heading: "Examples", kind: Kind::Number },
    Column { heading: "Compare", kind: Kind::Number },
    Column { heading: "Playbook", kind: Kind::Number },
];

impl Report for Coverage {
    fn tables(&self) -> Vec<Table> {
        let rows = self.providers.iter().map(Provider::row).collect();
        vec![Table { title: "Coverage", columns: COLUMNS, rows, empty: "this site has no provider".to_owned() }]
    }
}
