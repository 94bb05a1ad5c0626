//! A new compare guide: its subjects, one column and one section for each, the sources of their providers.

use super::text::{description, markdown, reference};
use super::{Context, Refusal, Scaffold, known_error};
use crate::model::guide::CompareMatter;
use crate::model::kind::{GuideKind, WHEN_IT_IS};
use crate::model::reference::Identity;
use crate::model::site::GuideId;
use crate::model::source::Spanned;
use crate::model::url::{Permalink, Slug};

pub(super) fn scaffold(context: &Context<'_>, written: &[String]) -> Result<Scaffold, Refusal> {
    let site = context.site;
    let subjects = written.iter().map(|subject| known_error(site, subject)).collect::<Result<Vec<GuideId>, _>>()?;
    if let Some(at) = (1..subjects.len()).find(|&at| subjects[..at].contains(&subjects[at])) {
        return Err(Refusal::new(format!("`{}` stands twice", site.identities[subjects[at].index()])));
    }
    if !(2..=4).contains(&subjects.len()) {
        let message = format!("a compare has two to four subjects, not {}", subjects.len());
        return Err(Refusal::new(message).help("name them as in fieldguide new compare http:429 http:503"));
    }
    let slug = slug(context, &subjects)?;
    same_subjects(context, &subjects)?;
    let identity = Identity::Named { kind: GuideKind::Compare, slug: slug.clone() };
    let path = context.home(&identity, &Permalink::of([GuideKind::Compare.spec().folder, slug.as_str()]))?;
    let text = format!("{}{}", front_matter(context, slug.as_str(), &subjects), body(context, &subjects));
    Ok(Scaffold { path, text, notes: Vec::new() })
}

/// The slug that the guide will have.
fn slug(context: &Context<'_>, subjects: &[GuideId]) -> Result<Slug, Refusal> {
    let site = context.site;
    let spanned = |id: &GuideId| {
        let place = site.guide(*id).common.span;
        Spanned::new(site.identities[id.index()].clone(), place)
    };
    let matter = CompareMatter { subjects: subjects.iter().map(spanned).collect(), question: String::new() };
    matter.code_slug().ok_or_else(|| {
        Refusal::new("the codes of the subjects give no address").help("write the guide by hand and give it a `slug`")
    })
}

/// Two compares of the same errors are one too many, whatever their order.
fn same_subjects(context: &Context<'_>, subjects: &[GuideId]) -> Result<(), Refusal> {
    let site = context.site;
    let is_same = |other: &GuideId| {
        let others = &site.edges[other.index()].subjects;
        others.len() == subjects.len() && subjects.iter().all(|subject| others.contains(subject))
    };
    match site.of_kind(GuideKind::Compare).find(is_same) {
        Some(other) => Err(context.taken(&site.identities[other.index()], &context.sources.file(site.guide(other).file).path)),
        None => Ok(()),
    }
}

/// Each provider of the subjects once, with its subjects' codes.
fn providers(context: &Context<'_>, subjects: &[GuideId]) -> Vec<(Slug, String, Vec<String>)> {
    let mut providers: Vec<(Slug, String, Vec<String>)> = Vec::new();
    for matter in subjects.iter().filter_map(|id| context.site.guide(*id).error()) {
        let slug = &matter.provider.value;
        let code = matter.code.value.clone();
        match providers.iter_mut().find(|(other, ..)| other == slug) {
            Some((.., codes)) => codes.push(code),
            None => {
                let url = context.site.provider_of(matter).map(|(_, provider)| provider.docs_url.clone());
                providers.push((slug.clone(), url.unwrap_or_default(), vec![code]));
            }
        }
    }
    providers
}

fn front_matter(context: &Context<'_>, slug: &str, subjects: &[GuideId]) -> String {
    let today = context.today;
    let names: Vec<String> =
        subjects.iter().map(|id| super::text::yaml(&context.site.identities[id.index()].to_string())).collect();
    let providers = providers(context, subjects);
    let references: String =
        providers.iter().map(|(slug, url, codes)| reference(slug.as_str(), &codes.join(" and "), url, today)).collect();
    let description = description(slug, "how they differ and who acts when");
    format!(
        "---\n\
         subjects: [{}]\n\
         question: 'TODO: the question that decides between them'\n\
         {description}\
         last_reviewed_on: {today}\n\
         references:\n{references}\
         ---\n",
        names.join(", ")
    )
}

fn body(context: &Context<'_>, subjects: &[GuideId]) -> String {
    let codes: Vec<String> = subjects.iter().map(|id| markdown(&context.site.code_among(*id, subjects))).collect();
    let cited: String = providers(context, subjects).iter().map(|(slug, ..)| format!("[^{slug}]")).collect();
    let row = |cells: Vec<&str>| format!("| {} |\n", cells.join(" | "));
    let mut text =
        format!("\n## Tell them apart\n\nTODO: say which check decides, and what the sources say about it.{cited}\n\n");
    text.push_str(&row(std::iter::once("Check").chain(codes.iter().map(String::as_str)).collect()));
    text.push_str(&row(vec!["---"; codes.len() + 1]));
    text.push_str(&row(std::iter::once("TODO: what to check").chain(codes.iter().map(|_| "TODO")).collect()));
    for code in &codes {
        text.push_str(&format!("\n## {WHEN_IT_IS}{code}\n\nTODO: say what happened then, who acts, and what to do.\n"));
    }
    text
}
