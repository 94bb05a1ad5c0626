//! Scaffold: what somebody wants to write about, and the site it goes into → a guide in which everything is there but the words.
//!
//! A side room: it looks at the site and gives text. What it cannot know says `TODO`, which the rule `placeholder` tells; everything
//! else is valid, so that the findings on a new guide are the list of what its writer has to do. One file a kind.

mod compare;
mod error;
mod page;
mod playbook;
mod provider;
mod signature;
mod text;

use crate::model::date::Date;
use crate::model::kind::GuideKind;
use crate::model::pattern::Pattern;
use crate::model::reference::{Identity, RESERVED_PROVIDERS};
use crate::model::site::{Gap, GuideId, Site};
use crate::model::source::Sources;
use crate::model::suggest::nearest;
use crate::model::url::{Permalink, Slug};

/// What a new guide is about.
#[derive(Debug, Clone)]
pub enum Request {
    /// One error code.
    Error {
        /// Who prints it, the name of a file in `content/providers`.
        provider: String,
        /// The code as it is printed.
        code: String,
        /// What the provider calls the error.
        name: Option<String>,
    },
    /// Errors that people confuse, as references or bare codes.
    Compare {
        /// Two to four of them.
        subjects: Vec<String>,
    },
    /// A decision tree.
    Playbook {
        /// The last part of its address.
        slug: String,
        /// Its title.
        title: Option<String>,
        /// The errors it covers; where there are none, one is chosen.
        covers: Vec<String>,
    },
    /// The software or service that prints codes.
    Provider {
        /// What references call it.
        slug: String,
        /// Its short name.
        name: Option<String>,
        /// Where its documentation starts.
        docs_url: Option<String>,
        /// What its codes look like.
        code_pattern: Option<String>,
    },
    /// Anything else.
    Page {
        /// Its address.
        slug: String,
        /// Its title.
        title: Option<String>,
    },
}

/// A new guide.
#[derive(Debug)]
pub struct Scaffold {
    /// Where it belongs, relative to the site's root.
    pub path: String,
    /// What is to stand there.
    pub text: String,
    /// What was chosen without being asked for, as whole sentences.
    pub notes: Vec<String>,
}

/// Why there is nothing to write.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong, lower case, without a full stop.
    pub message: String,
    /// What to do instead.
    pub help: Option<String>,
}

impl Refusal {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// Adds "did you mean …?" where something is near, and what helps otherwise.
    fn near_or(self, near: Option<&str>, help: impl Into<String>) -> Self {
        match near {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None => self.help(help),
        }
    }
}

/// What every kind is made from.
struct Context<'a> {
    site: &'a Site,
    sources: &'a Sources,
    today: Date,
}

/// The guide that is asked for.
///
/// # Errors
/// Where it exists, or where what it is about does not.
pub fn scaffold(site: &Site, sources: &Sources, request: &Request) -> Result<Scaffold, Refusal> {
    let context = Context { site, sources, today: sources.today };
    match request {
        Request::Error { provider, code, name } => error::scaffold(&context, provider, code, name.as_deref()),
        Request::Compare { subjects } => compare::scaffold(&context, subjects),
        Request::Playbook { slug, title, covers } => playbook::scaffold(&context, slug, title.as_deref(), covers),
        Request::Provider { slug, name, docs_url, code_pattern } => {
            provider::scaffold(&context, slug, name.as_deref(), docs_url.as_deref(), code_pattern.as_deref())
        }
        Request::Page { slug, title } => page::scaffold(&context, slug, title.as_deref()),
    }
}

/// The codes of a provider that guides mention and none explains, most mentioned first.
pub fn gaps<'s>(site: &'s Site, provider: &str) -> Vec<&'s Gap> {
    site.gaps.iter().filter(|gap| gap.provider.as_str() == provider).collect()
}

/// The slug of a provider that is known.
///
/// # Errors
/// Where there is no such provider.
pub fn known_provider(site: &Site, written: &str) -> Result<Slug, Refusal> {
    let known = site.providers.keys().find(|slug| slug.as_str() == written.to_lowercase());
    known.cloned().ok_or_else(|| {
        let near = nearest(written, site.providers.keys().map(Slug::as_str));
        let command = format!("fieldguide new provider {}", written.to_lowercase());
        let help = match near {
            Some(near) => format!("did you mean `{near}`? Otherwise write the provider first: {command}"),
            None => format!("write the provider first: {command}"),
        };
        Refusal::new(format!("no provider is called `{written}`")).help(help)
    })
}

/// Whether a code has the shape that its provider's codes have.
///
/// # Errors
/// Where it has not.
pub fn fits_provider(site: &Site, provider: &Slug, code: &str) -> Result<(), Refusal> {
    let Some(matter) = site.providers.get(provider).and_then(|id| site.guide(*id).provider()) else { return Ok(()) };
    let Some(written) = &matter.code_pattern else { return Ok(()) };
    let Ok(pattern) = Pattern::compile_whole(&written.value) else { return Ok(()) };
    if pattern.is_match(code) {
        return Ok(());
    }
    let spellings = [code.to_uppercase(), code.to_lowercase()];
    let words = code.split_whitespace().map(str::to_owned);
    let meant = spellings.into_iter().chain(words).find(|other| pattern.is_match(other));
    let refusal = Refusal::new(format!("`{code}` does not look like a code of {}", matter.name));
    Err(refusal.near_or(meant.as_deref(), format!("its codes match {}, as content/providers/{provider}.md says", written.value)))
}

/// The error that a text names: `http:503`, or a code that only one provider has.
///
/// # Errors
/// Where it names none, or several.
pub fn known_error(site: &Site, written: &str) -> Result<GuideId, Refusal> {
    let errors: Vec<GuideId> = site.of_kind(GuideKind::Error).collect();
    let name = |id: &GuideId| site.identities[id.index()].to_string();
    let is_meant = |id: &&GuideId| {
        let code = site.guide(**id).error().map(|matter| matter.code.value.as_str());
        name(id).eq_ignore_ascii_case(written) || code == Some(written)
    };
    let found: Vec<&GuideId> = errors.iter().filter(is_meant).collect();
    match found[..] {
        [id] => Ok(*id),
        [] => {
            let names: Vec<String> = errors.iter().map(name).collect();
            let codes = errors.iter().filter_map(|id| site.guide(*id).error()).map(|matter| matter.code.value.as_str());
            let near = nearest(written, names.iter().map(String::as_str).chain(codes));
            let help = match (near, Identity::parse(written)) {
                (near, Some(Identity::Error { provider, code })) => {
                    let near = near.map_or_else(String::new, |near| format!("did you mean `{near}`? Otherwise "));
                    format!("{near}write its guide first: fieldguide new error {provider} {code}")
                }
                (Some(near), _) => format!("did you mean `{near}`?"),
                (None, _) => "name an error as provider:code, as in http:503".to_owned(),
            };
            Err(Refusal::new(format!("no error guide is called `{written}`")).help(help))
        }
        _ => {
            let names: Vec<String> = found.into_iter().map(name).collect();
            Err(Refusal::new(format!("several providers have a code `{written}`"))
                .help(format!("name one of {}", names.join(", "))))
        }
    }
}

impl Context<'_> {
    /// A text that is one short line without control characters.
    fn line<'t>(&self, what: &str, text: &'t str, limit: usize) -> Result<&'t str, Refusal> {
        let text = text.trim();
        if text.is_empty() || text.contains(char::is_control) {
            return Err(Refusal::new(format!("the {what} must be one line of text")));
        }
        let length = text.chars().count();
        if length > limit {
            return Err(Refusal::new(format!("the {what} has {length} characters; the limit is {limit}")));
        }
        Ok(text)
    }

    /// A slug as it is written.
    fn slug(&self, what: &str, written: &str) -> Result<Slug, Refusal> {
        Slug::exact(written).ok_or_else(|| {
            let near = Slug::of(written).map(|slug| slug.to_string());
            let refusal = Refusal::new(format!("`{written}` cannot be the name of a {what}"));
            refusal.near_or(near.as_deref(), "use lower-case letters, digits, `-`, `_` and `.`")
        })
    }

    /// The slug of a provider, which references start with.
    fn provider_slug(&self, written: &str) -> Result<Slug, Refusal> {
        let slug = self.slug("provider", written)?;
        if RESERVED_PROVIDERS.contains(&slug.as_str()) {
            return Err(Refusal::new(format!("a provider cannot be called `{slug}`"))
                .help("references use this word for a kind of guide"));
        }
        Ok(slug)
    }

    /// The file of a new guide, after making sure that nothing else is it, lies there or has its address.
    fn home(&self, identity: &Identity, permalink: &Permalink) -> Result<String, Refusal> {
        let address = permalink.relative_to_root().trim_end_matches('/');
        let folder = if identity.kind() == GuideKind::Page { "content/pages/" } else { "content/" };
        let path = format!("{folder}{address}.md");
        if let Some(id) = self.site.ids().find(|id| self.site.identities[id.index()] == *identity) {
            return Err(self.taken(identity, &self.sources.file(self.site.guide(id).file).path));
        }
        // A file that is broken or a draft is not part of the site, but it is there.
        let others = [path.clone(), format!("{folder}{address}/index.md")];
        if let Some(other) = others.iter().find(|other| self.sources.by_path(other).is_some()) {
            return Err(self.taken(identity, other));
        }
        if let Some(redirect) = self.site.redirects.iter().find(|redirect| redirect.from == *permalink) {
            let other = &self.sources.file(self.site.guide(redirect.to).file).path;
            return Err(Refusal::new(format!("{permalink} leads to {other} already"))
                .help(format!("remove the alias there, or edit {other}")));
        }
        Ok(path)
    }

    fn taken(&self, identity: &Identity, path: &str) -> Refusal {
        Refusal::new(format!("`{identity}` is there already: {path}")).help(format!("edit {path}"))
    }
}
