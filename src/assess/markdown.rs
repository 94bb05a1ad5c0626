//! One Markdown table, short enough for a comment on a pull request. Errors and counts always show; the rest gives way to them.

use std::collections::BTreeMap;

use super::Impact;
use super::impact::{Card, CardKind, Finding, Lookup, LookupKind, MissingRedirect, OtherFiles, Support};
use crate::model::cell::{code, plain, sentence};
use crate::model::words::counted;

/// The most lines of a table, its two heading lines among them.
const MAX_LINES: usize = 60;
/// The most texts that the row of a lookup shows.
const SHOWN_TEXTS: usize = 2;
/// The most characters of a text that it shows.
const MAX_TEXT: usize = 60;

/// What a change means, as a table; as a sentence where it means nothing.
pub fn markdown(impact: &Impact) -> String {
    let (errors, mut rows, counts) = (errors(impact), rows(impact), counts(impact));
    if errors.is_empty() && rows.is_empty() && counts.is_empty() {
        return "Nothing changes for readers.\n".to_owned();
    }
    let room = MAX_LINES.saturating_sub(2 + errors.len() + counts.len());
    if rows.len() > room {
        let more = rows.len() - room.saturating_sub(1);
        rows.truncate(room.saturating_sub(1));
        rows.push(row("…", "", &format!("and {more} more; `--format json` has all")));
    }
    let heading = row("What", "Where", "For readers");
    [heading, row("---", "---", "---")].into_iter().chain(errors).chain(rows).chain(counts).collect()
}

fn row(what: &str, place: &str, words: &str) -> String {
    format!("| {what} | {place} | {words} |\n")
}

/// What must not be merged.
fn errors(impact: &Impact) -> Vec<String> {
    let missing = impact.redirects_missing.iter().filter(|missing| missing.is_error);
    let missing =
        missing.map(|missing| row("**error**", &code(&missing.address), &format!("leads nowhere now: {}", alias(missing))));
    missing.chain(impact.errors.iter().map(finding)).collect()
}

fn alias(missing: &MissingRedirect) -> String {
    let add = format!("add `aliases: [{}]`", missing.address);
    match &missing.add_to {
        Some(path) => format!("{add} to {}", code(path)),
        None => format!("{add} to the guide to read instead"),
    }
}

fn finding(finding: &Finding) -> String {
    let place = code(&format!("{}:{}:{}", finding.path, finding.line, finding.column));
    let age = if finding.is_new { "" } else { "; not new" };
    row("**error**", &place, &format!("{} ({}{age})", sentence(&finding.message), finding.rule))
}

fn rows(impact: &Impact) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    rows.extend(impact.added.iter().map(|page| row("added", &code(&page.address), &plain(&page.title))));
    rows.extend(
        impact
            .renamed
            .iter()
            .map(|page| row("renamed", &code(&page.address), &format!("{}; before {}", plain(&page.title), code(&page.was)))),
    );
    rows.extend(impact.removed.iter().map(|page| {
        let leads = page.leads_to.as_ref().map(|to| format!("; leads to {}", code(to))).unwrap_or_default();
        row("removed", &code(&page.address), &format!("{}{leads}", plain(&page.title)))
    }));
    rows.extend(impact.changed.iter().map(|page| row("changed", &code(&page.address), &plain(&page.parts.join(", ")))));
    rows.extend(lookups(&impact.lookups));
    rows.extend(impact.decision_support.iter().map(support));
    let gone = impact.redirects_missing.iter().filter(|missing| !missing.is_error);
    rows.extend(gone.map(|missing| row("redirect gone", &code(&missing.address), &format!("to keep it, {}", alias(missing)))));
    rows
}

/// Texts that go the same way share a row.
fn lookups(lookups: &[Lookup]) -> Vec<String> {
    let mut ways: BTreeMap<(&[String], &[String]), Vec<&Lookup>> = BTreeMap::new();
    for lookup in lookups {
        ways.entry((&lookup.before, &lookup.after)).or_default().push(lookup);
    }
    let way = |((before, after), lookups): (&(&[String], &[String]), &Vec<&Lookup>)| {
        row("lookup", &texts(lookups), &format!("leads to {}, before to {}", guides(after), guides(before)))
    };
    ways.iter().map(way).collect()
}

fn texts(lookups: &[&Lookup]) -> String {
    let text = |lookup: &&Lookup| match lookup.kind {
        LookupKind::Code => format!("the code {}", code(&lookup.text)),
        LookupKind::Message => code(&shortened(&lookup.text)),
    };
    let shown: Vec<String> = lookups.iter().take(SHOWN_TEXTS).map(text).collect();
    let more = lookups.len() - shown.len();
    format!("{}{}", shown.join(", "), if more > 0 { format!(" and {more} more") } else { String::new() })
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= MAX_TEXT { text.to_owned() } else { text.chars().take(MAX_TEXT - 1).chain(['…']).collect() }
}

fn guides(names: &[String]) -> String {
    if names.is_empty() { "nothing".to_owned() } else { names.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ") }
}

fn support(support: &Support) -> String {
    let cards = |verb: &str, cards: &[Card]| {
        let names: Vec<String> = cards.iter().map(card).collect();
        (!cards.is_empty()).then(|| format!("{verb} {}", names.join(", ")))
    };
    let words: Vec<String> = cards("gains", &support.gained).into_iter().chain(cards("loses", &support.lost)).collect();
    row("decision support", &code(&support.address), &words.join("; "))
}

fn card(card: &Card) -> String {
    match card.kind {
        // The name of these says what they are.
        CardKind::Compare | CardKind::Playbook => code(&card.guide),
        CardKind::SameAs | CardKind::Related => format!("{} ({})", code(&card.guide), card.kind.words()),
    }
}

fn counts(impact: &Impact) -> Vec<String> {
    let pages = impact.changed_through_others.len();
    let warnings = impact.new_warnings.len();
    let mut rows = Vec::new();
    if pages > 0 {
        rows.push(row("other pages", "", &format!("{} only because something else does", verb(pages))));
    }
    rows.extend(files(&impact.other_files));
    if warnings > 0 {
        rows.push(row("warnings", "", &format!("{} new; `fieldguide check` tells them", counted(warnings, "warning"))));
    }
    rows
}

fn verb(pages: usize) -> String {
    if pages == 1 { "1 page changes".to_owned() } else { format!("{pages} pages change") }
}

fn files(files: &OtherFiles) -> Option<String> {
    let counts = [(&files.added, "added"), (&files.changed, "changed"), (&files.removed, "removed")];
    let words: Vec<String> =
        counts.iter().filter(|(files, _)| !files.is_empty()).map(|(files, word)| format!("{} {word}", files.len())).collect();
    (!words.is_empty()).then(|| row("images, other files", "", &words.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::super::impact::Page;
    use super::*;

    fn check(added: usize, errors: usize, lines: usize, last: &str) {
        let page = |at: usize| Page { address: format!("/{at}/"), title: "A".to_owned() };
        let missing = |at: usize| MissingRedirect { address: format!("/old/{at}/"), is_error: true, add_to: None };
        let impact = Impact {
            added: (0..added).map(page).collect(),
            redirects_missing: (0..errors).map(missing).collect(),
            changed_through_others: vec!["/".to_owned()],
            ..Impact::default()
        };
        let table = markdown(&impact);
        let found: Vec<&str> = table.lines().collect();
        assert_eq!((found.len(), found[found.len() - 2]), (lines, last));
        assert_eq!(table.matches("**error**").count(), errors);
    }

    #[test]
    fn a_table_has_sixty_lines_and_all_errors() {
        check(57, 0, 60, "| added | `/56/` | A |");
        check(58, 0, 60, "| … |  | and 2 more; `--format json` has all |");
        check(10, 50, 60, "| … |  | and 4 more; `--format json` has all |");
        check(10, 100, 104, "| … |  | and 10 more; `--format json` has all |");
    }
}
