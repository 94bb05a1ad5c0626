//! One guide for the terminal: title, lead, facts, sections, sources and links.

use super::blocks::Blocks;
use super::lines::{BOLD, DIM, RED, filled, styled};
use crate::model::body::Section;
use crate::model::date::written_out;
use crate::model::guide::ErrorMatter;
use crate::model::site::{GuideId, Site};
use crate::model::source::Sources;

/// A section that a guide does not have, with those that it has.
#[derive(Debug)]
pub struct Unknown {
    /// The headings of the guide.
    pub sections: Vec<String>,
}

/// Sets a guide in so many columns, or one section of it.
///
/// # Errors
/// No section has the heading or anchor that is asked for.
pub fn guide(site: &Site, sources: &Sources, id: GuideId, section: Option<&str>, columns: usize) -> Result<String, Unknown> {
    let sections = &site.guide(id).body.sections;
    let mut blocks = Blocks::new(site, sources, id, columns);
    let references = blocks.notes.len();
    let mut out = head(site, id, columns);
    match section {
        Some(wanted) => {
            let is_it =
                |section: &&Section| section.anchor.eq_ignore_ascii_case(wanted) || section.heading.eq_ignore_ascii_case(wanted);
            let Some(found) = sections.iter().find(is_it) else {
                return Err(Unknown { sections: sections.iter().map(|section| section.heading.clone()).collect() });
            };
            out.push_str(&set(&mut blocks, found));
        }
        None => {
            out.push_str(&lead(site, id, columns));
            let intro = blocks.part(site.guide(id).body.intro);
            if !intro.trim().is_empty() {
                out.push_str(&format!("\n{intro}"));
            }
            for section in sections {
                out.push_str(&set(&mut blocks, section));
            }
        }
    }
    out.push_str(&notes(&blocks.notes, references, section.is_some(), &out, columns));
    out.push_str(&format!("\n{}\n", styled(DIM, &site.config.base_url.join(site.permalink(id).as_str()))));
    Ok(out)
}

fn head(site: &Site, id: GuideId, columns: usize) -> String {
    let mark = site.guide(id).mark().map(|mark| format!(" {}", styled(RED, &format!("({mark})")))).unwrap_or_default();
    filled(&format!("{}{mark}", styled(BOLD, &site.title(id))), "", "", columns)
}

fn lead(site: &Site, id: GuideId, columns: usize) -> String {
    let common = &site.guide(id).common;
    let reviewed = common.last_reviewed_on.as_ref().map(|date| format!("reviewed {}", written_out(date.value)));
    let provider = site.guide(id).error().and_then(|matter| site.provider_of(matter)).map(|(_, provider)| provider.name.clone());
    let line: Vec<String> = provider.into_iter().chain(reviewed).collect();
    let facts = site.guide(id).error().map(|matter| facts(site, matter, columns)).unwrap_or_default();
    format!(
        "{}\n{}{facts}",
        styled(DIM, &line.join(" · ")),
        format_args!("\n{}", filled(&common.description.value, "", "", columns))
    )
}

fn facts(site: &Site, matter: &ErrorMatter, columns: usize) -> String {
    let line = |fact: &crate::model::guide::Fact| {
        let spec = site.config.fact(&fact.key.value)?;
        Some(filled(&format!("{} {}", styled(DIM, &spec.label), spec.text_of(&fact.value)), "", "  ", columns))
    };
    let lines: String = matter.facts.iter().filter_map(line).collect();
    if lines.is_empty() { lines } else { format!("\n{lines}") }
}

fn set(blocks: &mut Blocks<'_>, section: &Section) -> String {
    format!("\n{}\n\n{}", styled(BOLD, &section.heading.to_uppercase()), blocks.part(section.content))
}

/// Sources and links by number; of a single section only those that it names.
fn notes(notes: &[String], references: usize, only_named: bool, text: &str, columns: usize) -> String {
    let is_named = |number: usize| !only_named || text.contains(&format!("[{number}]"));
    let mut out = String::new();
    for (title, range) in [("SOURCES", 0..references), ("LINKS", references..notes.len())] {
        let named: Vec<usize> = range.filter(|index| is_named(index + 1)).collect();
        if !named.is_empty() {
            out.push_str(&format!("\n{}\n\n", styled(BOLD, title)));
        }
        for index in named {
            out.push_str(&filled(&notes[index], &format!("[{}] ", index + 1), "    ", columns));
        }
    }
    out
}
