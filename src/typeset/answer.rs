//! What a log shows → text or JSON: each error once, how often, where first, and what to do first. A door to `serde_json`.

use serde::Serialize;

use super::lines::{BOLD, CYAN, DIM, filled, styled};
use crate::model::kind::SectionKind;
use crate::model::lookup::Seen;
use crate::model::site::{GuideId, Site};

/// How many steps of the fix are shown.
const STEPS: usize = 3;

/// What a log shows, in so many columns.
pub fn answer(site: &Site, seen: &[(GuideId, Seen)], columns: usize) -> String {
    let mut out = String::new();
    for (id, seen) in seen {
        if !out.is_empty() {
            out.push('\n');
        }
        let title = styled(BOLD, &site.title(*id));
        let count = if seen.count == 1 {
            format!("line {}", seen.line)
        } else {
            format!("{} lines, first line {}", seen.count, seen.line)
        };
        out.push_str(&filled(&format!("{title} · {count}"), "", "", columns));
        out.push_str(&format!("  {}\n", styled(CYAN, &seen.excerpt)));
        for (number, (lead, hint)) in steps(site, *id).enumerate() {
            let lead: Vec<String> = lead.split(' ').map(|word| styled(BOLD, word)).collect();
            out.push_str(&filled(&format!("{} {hint}", lead.join(" ")), &format!("  {}. ", number + 1), "     ", columns));
        }
        out.push_str(&format!("  {}\n", styled(DIM, &address(site, *id))));
    }
    out
}

/// The first fixes: what they are called, and the sentence behind.
fn steps(site: &Site, id: GuideId) -> impl Iterator<Item = (String, &str)> {
    let items = site.guide(id).body.section(SectionKind::Fix).into_iter().flat_map(|section| &section.items);
    items.take(STEPS).map(|item| (item.lead.as_ref().map(|lead| format!("{lead}.")).unwrap_or_default(), item.hint.as_str()))
}

fn address(site: &Site, id: GuideId) -> String {
    site.config.base_url.join(site.permalink(id).as_str())
}

#[derive(Serialize)]
struct View<'a> {
    reference: String,
    title: String,
    count: u64,
    line: u64,
    excerpt: &'a str,
    url: String,
}

/// What a log shows, one JSON object a line.
pub fn answer_json(site: &Site, seen: &[(GuideId, Seen)]) -> String {
    let view = |(id, seen): &(GuideId, Seen)| {
        let reference = site.identities[id.index()].to_string();
        let view = View {
            reference,
            title: site.title(*id),
            count: seen.count,
            line: seen.line,
            excerpt: &seen.excerpt,
            url: address(site, *id),
        };
        serde_json::to_string(&view).expect("texts are JSON") + "\n"
    };
    seen.iter().map(view).collect()
}
