//! A new playbook: a small tree that asks for the error, applies the fix of each one it covers, and calls somebody for the rest.

use super::text::{description, markdown, yaml, yaml_or};
use super::{Context, Refusal, Scaffold, known_error};
use crate::model::anchor::{Anchors, anchor};
use crate::model::kind::GuideKind;
use crate::model::reference::Identity;
use crate::model::site::{GuideId, Site};
use crate::model::url::{Permalink, Slug};

/// The longest title, in characters.
const MAX_TITLE: usize = 120;

pub(super) fn scaffold(context: &Context<'_>, slug: &str, title: Option<&str>, covers: &[String]) -> Result<Scaffold, Refusal> {
    let site = context.site;
    let slug = context.slug("playbook", slug)?;
    let title = title.map(|title| context.line("title", title, MAX_TITLE)).transpose()?;
    let identity = Identity::Named { kind: GuideKind::Playbook, slug: slug.clone() };
    let path = context.home(&identity, &Permalink::of([GuideKind::Playbook.spec().folder, slug.as_str()]))?;
    let mut covered: Vec<GuideId> = Vec::new();
    for error in covers {
        let error = known_error(site, error)?;
        if !covered.contains(&error) {
            covered.push(error);
        }
    }
    let mut notes = Vec::new();
    if covered.is_empty() {
        let (error, why) = choose(site, &slug).ok_or_else(|| {
            Refusal::new("a playbook covers at least one error, and this site has none")
                .help("write one first: fieldguide new error")
        })?;
        notes.push(format!("It covers `{}`, {why}; --covers names others.", site.identities[error.index()]));
        covered.push(error);
    }
    let text = format!("{}{}", front_matter(context, slug.as_str(), title, &covered), body(site, &covered));
    Ok(Scaffold { path, text, notes })
}

/// The error to start with where nobody names one, and why it is that.
fn choose(site: &Site, slug: &Slug) -> Option<(GuideId, &'static str)> {
    let errors: Vec<GuideId> = site.of_kind(GuideKind::Error).collect();
    let words: Vec<&str> = slug.as_str().split(['-', '_', '.']).collect();
    let is_near = |id: &&GuideId| {
        let guide = site.guide(**id);
        let of_name = guide.error().map(|matter| format!("{} {} {}", matter.category, matter.provider.value, matter.name));
        let of_name = of_name.unwrap_or_default().to_lowercase();
        let is_word = |word: &&str| of_name.split(|c: char| !c.is_alphanumeric()).any(|other| other == *word);
        guide.common.tags.iter().any(|tag| words.contains(&tag.as_str())) || words.iter().any(is_word)
    };
    let is_open = |id: &&GuideId| site.relations[id.index()].playbooks.is_empty();
    errors
        .iter()
        .find(is_near)
        .map(|id| (*id, "whose name or tags are nearest to the playbook's"))
        .or_else(|| errors.iter().find(is_open).map(|id| (*id, "which no playbook covers yet")))
        .or_else(|| errors.first().map(|id| (*id, "the first error of the site")))
}

fn front_matter(context: &Context<'_>, slug: &str, title: Option<&str>, covered: &[GuideId]) -> String {
    let covers: Vec<String> = covered.iter().map(|id| yaml(&context.site.identities[id.index()].to_string())).collect();
    let description = description(slug, "what fails and what the playbook finds out");
    format!(
        "---\n\
         title: {}\n\
         {description}\
         covers: [{}]\n\
         last_reviewed_on: {}\n\
         ---\n",
        yaml_or(title, "what is out of order, in a few words"),
        covers.join(", "),
        context.today
    )
}

fn body(site: &Site, covered: &[GuideId]) -> String {
    let mut anchors = Anchors::default();
    let first = anchors.take("which-error");
    let owner = anchors.take("call-the-owner");
    let (mut answers, mut fixes) = (String::new(), String::new());
    for error in covered {
        let identity = &site.identities[error.index()];
        let title = markdown(&site.short_title(*error));
        let node = anchors.take(&format!("fix-{}", anchor(&identity.to_string().replace([':', '.'], "-"))));
        answers.push_str(&format!("- {title} → [Apply its fix](#{node})\n"));
        fixes.push_str(&format!(
            "### Fix {title} {{#{node} .fix risk=reversible}}\n\n\
             Apply [[{identity}#fix]], then verify with [[{identity}#verify]].\n\n\
             TODO: say which of its causes is the likely one here, and how to take the step back.\n\n"
        ));
    }
    format!(
        "\n## When to use\n\n\
         TODO: say which alert or report leads here, and which does not.\n\n\
         ## Triage\n\n\
         ### Which error do callers see? {{#{first} .ask}}\n\n\
         The code decides where to look.\n\n\
         TODO: name the command or the log that shows it.\n\n\
         {answers}\
         - Another one, or none → [Call the owner](#{owner})\n\n\
         {fixes}\
         ### Call the owner {{#{owner} .escalate to=@TODO within=15m}}\n\n\
         TODO: say what to attach: ids, times, what was ruled out.\n"
    )
}
