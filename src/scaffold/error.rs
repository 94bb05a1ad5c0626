//! A new error guide: identity, first values of the site's lists, a signature for the code, every section.

use super::signature::signature;
use super::text::{description, reference, yaml, yaml_or};
use super::{Context, Refusal, Scaffold, fits_provider, known_provider};
use crate::model::guide::ProviderMatter;
use crate::model::kind::GuideKind;
use crate::model::reference::Identity;
use crate::model::site::{GuideId, Site};
use crate::model::url::{Permalink, Slug};

/// The longest code and name, in characters.
const MAX_NAME: usize = 80;

pub(super) fn scaffold(context: &Context<'_>, provider: &str, code: &str, name: Option<&str>) -> Result<Scaffold, Refusal> {
    let site = context.site;
    let provider = known_provider(site, provider)?;
    let code = context.line("code", code, MAX_NAME)?;
    let name = name.map(|name| context.line("name", name, MAX_NAME)).transpose()?;
    fits_provider(site, &provider, code)?;
    let slug = Slug::of(code).ok_or_else(|| {
        Refusal::new(format!("the code `{code}` gives no address")).help("write the guide by hand and give it a `slug`")
    })?;
    let identity = Identity::Error { provider: provider.clone(), code: code.to_owned() };
    let path = context.home(&identity, &Permalink::of(["errors", provider.as_str(), slug.as_str()]))?;
    let matter = site.providers.get(&provider).and_then(|id| site.guide(*id).provider());
    let matter = matter.ok_or_else(|| Refusal::new(format!("no provider is called `{provider}`")))?;
    let text = format!("{}{}", front_matter(context, matter, code, name), body(&provider));
    let notes = vec!["Category, facts and the related guide are first guesses.".to_owned()];
    Ok(Scaffold { path, text, notes })
}

fn front_matter(context: &Context<'_>, provider: &ProviderMatter, code: &str, name: Option<&str>) -> String {
    let (site, today) = (context.site, context.today);
    let description = description(&format!("{}:{code}", provider.slug), "what happened and who must act");
    let found = signature(site, provider, code, name);
    format!(
        "---\n\
         provider: {}\n\
         code: {}\n\
         name: {}\n\
         {}\
         {description}\
         last_reviewed_on: {today}\n\
         {}\
         signatures:\n  - pattern: '{}'\n    samples:\n      - {}\n\
         references:\n{}\
         {}\
         ---\n",
        yaml(provider.slug.as_str()),
        yaml(code),
        yaml_or(name, "what the provider calls it"),
        category(site, provider, name.unwrap_or_default()),
        facts(site),
        found.pattern.replace('\'', "''"),
        yaml(&found.sample),
        reference(provider.slug.as_str(), code, &provider.docs_url, today),
        neighbour(site, provider, code),
    )
}

/// A guide to come from and to go to, where none mentions the code already: an error of the same provider whose code is most like it,
/// or else the first of the site.
fn neighbour(site: &Site, provider: &ProviderMatter, code: &str) -> String {
    if site.gaps.iter().any(|gap| gap.provider == provider.slug && gap.code == code) {
        return String::new();
    }
    let shared = |other: &str| other.chars().zip(code.chars()).take_while(|(own, other)| own == other).count();
    let closeness = |id: &GuideId| {
        let matter = site.guide(*id).error();
        matter.filter(|other| other.provider.value == provider.slug).map(|other| shared(&other.code.value))
    };
    let errors: Vec<GuideId> = site.of_kind(GuideKind::Error).collect();
    // Of several that are as close, the first.
    let Some(nearest) = errors.iter().rev().max_by_key(|id| closeness(id)) else { return String::new() };
    let reference = yaml(&site.identities[nearest.index()].to_string());
    let why = yaml("TODO: when a reader of this guide should go there; another guide may be nearer");
    format!("related:\n  - ref: {reference}\n    why: {why}\n")
}

/// The category: one whose words the name has, the one that the provider's other errors have most, or the first.
fn category(site: &Site, provider: &ProviderMatter, name: &str) -> String {
    let categories = &site.config.categories;
    let words = |text: &str| -> Vec<String> {
        text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3).map(str::to_owned).collect()
    };
    let in_name = words(name);
    let is_named = |(key, label): &&(String, String)| words(&format!("{key} {label}")).iter().any(|word| in_name.contains(word));
    let others = site.guides.iter().filter_map(|guide| guide.error()).filter(|other| other.provider.value == provider.slug);
    let used: Vec<&str> = others.map(|other| other.category.as_str()).collect();
    let uses = |(key, _): &&(String, String)| used.iter().filter(|used| *used == key).count();
    // Of several that are used as often, the first.
    let guess = categories.iter().find(is_named).or_else(|| categories.iter().rev().max_by_key(uses));
    let Some((guess, _)) = guess else { return String::new() };
    let keys: Vec<&str> = categories.iter().map(|(key, _)| key.as_str()).collect();
    format!("category: {}{}\n", yaml(guess), choices(&keys, guess))
}

fn facts(site: &Site) -> String {
    let facts = site.config.facts.iter().map(|fact| match fact.values.first() {
        Some((first, _)) => {
            let keys: Vec<&str> = fact.values.iter().map(|(key, _)| key.as_str()).collect();
            format!("  {}: {}{}\n", yaml(&fact.key), yaml(first), choices(&keys, first))
        }
        None => format!("  {}: {}\n", yaml(&fact.key), yaml(&format!("TODO: {}", fact.label))),
    });
    let facts: String = facts.collect();
    // A map with nothing in it is told as empty.
    if facts.is_empty() { String::new() } else { format!("facts:\n{facts}") }
}

/// A comment that names what could stand instead.
fn choices(keys: &[&str], chosen: &str) -> String {
    let others: Vec<&str> = keys.iter().copied().filter(|key| *key != chosen).collect();
    if others.is_empty() { String::new() } else { format!(" # or {}", others.join(", ")) }
}

fn body(provider: &Slug) -> String {
    format!(
        "\n## Meaning\n\n\
         TODO: say what happened, in the words of the official source.[^{provider}]\n\n\
         ## Causes\n\n\
         - **TODO.** TODO: say why it happens; one item a cause.\n\n\
         ## Fix\n\n\
         1. **TODO.** TODO: say what to do against [the cause](#cause-todo); link each cause from the step that removes it.\n\n\
         ## Diagnosis\n\n\
         1. TODO: say what to look at first, and what each finding means.\n\n\
         ## Examples\n\n\
         ```text title=\"The message\"\nTODO: paste the message as it is printed, or code that shows it\n```\n\n\
         ## Verify\n\n\
         - TODO: say what is to be seen once it works again.\n\n\
         ## Prevent\n\n\
         - TODO: say what keeps it from coming back.\n"
    )
}
