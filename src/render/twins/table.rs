//! Tables with one column a subject: the one a writer made, and the one made from facts.

use super::escape;
use crate::model::site::{GuideId, Site};
use crate::render::context::Linker;

/// A table of cells that are Markdown; its head names the subjects of a compare.
pub(super) fn table(site: &Site, linker: &Linker<'_>, compare: GuideId, corner: &str, rows: Vec<Vec<String>>) -> String {
    let subjects = &site.edges[compare.index()].subjects;
    let name = |subject: &GuideId| {
        escape::link_of(&escape::code(&site.code_among(*subject, subjects)).replace('|', "\\|"), &linker.guide(*subject, None))
    };
    let head: Vec<String> = std::iter::once(corner.to_owned()).chain(subjects.iter().map(name)).collect();
    let rule = vec!["---".to_owned(); head.len()];
    let stated = |cell: String| if cell.is_empty() { "not stated".to_owned() } else { cell };
    let rows = rows.into_iter().map(|row| row.into_iter().map(stated).collect());
    let lines = [head, rule].into_iter().chain(rows).map(|row: Vec<String>| format!("| {} |", row.join(" | ")));
    lines.collect::<Vec<_>>().join("\n")
}

/// The facts of the subjects side by side; nothing where none states any.
pub(super) fn facts(site: &Site, linker: &Linker<'_>, compare: GuideId) -> Option<String> {
    let subjects = &site.edges[compare.index()].subjects;
    let mut rows: Vec<Vec<String>> = Vec::new();
    for spec in &site.config.facts {
        let value = |subject: &GuideId| {
            let facts = &site.guide(*subject).error()?.facts;
            facts.iter().find(|fact| fact.key.value == spec.key).map(|fact| escape::text(spec.text_of(&fact.value)))
        };
        let cells: Vec<Option<String>> = subjects.iter().map(value).collect();
        if cells.iter().any(Option::is_some) {
            let cells = cells.into_iter().map(Option::unwrap_or_default);
            rows.push(std::iter::once(escape::text(&spec.label)).chain(cells).collect());
        }
    }
    (!rows.is_empty()).then(|| table(site, linker, compare, "Fact", rows))
}
