//! A parsed source file: its front matter, one struct a kind, and its body.

use super::body::Body;
use super::date::{Date, Interval};
use super::kind::GuideKind;
use super::pattern::Pattern;
use super::reference::Identity;
use super::source::{FileId, Span, Spanned};
use super::url::{Permalink, Slug};

/// What parsing makes of all content files.
#[derive(Debug, Default)]
pub struct ParsedGuides {
    /// Files whose front matter is complete, in path order.
    pub guides: Vec<Guide>,
    /// Files whose front matter is not, or whose body cannot be read; what is wrong was told.
    pub broken: Vec<Broken>,
    /// Drafts that are left out.
    pub drafts: Vec<Broken>,
}

/// A file whose front matter is incomplete, as far as links may name it.
#[derive(Debug)]
pub struct Broken {
    /// The file.
    pub file: FileId,
    /// What it would have been, as its place and its code tell.
    pub identity: Option<Identity>,
    /// Its body, where that could be read: what is wrong in it is told in the same run.
    pub body: Option<Body>,
}

/// One Markdown file whose front matter is complete.
#[derive(Debug)]
pub struct Guide {
    /// The file it came from.
    pub file: FileId,
    /// What all kinds share.
    pub common: Common,
    /// What only its kind has.
    pub matter: Matter,
    /// Its body.
    pub body: Body,
}

impl Guide {
    /// What readers must know before they rely on it: that it is a draft, deprecated or retired.
    pub fn mark(&self) -> Option<&'static str> {
        match self.common.status {
            _ if self.common.is_draft => Some("draft"),
            Status::Current => None,
            Status::Deprecated => Some("deprecated"),
            Status::Retired => Some("retired"),
        }
    }

    /// What it is.
    pub fn kind(&self) -> GuideKind {
        match self.matter {
            Matter::Error(_) => GuideKind::Error,
            Matter::Compare(_) => GuideKind::Compare,
            Matter::Playbook(_) => GuideKind::Playbook,
            Matter::Provider(_) => GuideKind::Provider,
            Matter::Page(_) => GuideKind::Page,
        }
    }

    /// The last part of its address.
    pub fn slug(&self) -> Slug {
        let written = self.common.slug.as_ref().map(|slug| slug.value.clone());
        match &self.matter {
            Matter::Error(matter) => written.unwrap_or_else(|| matter.code_slug.clone()),
            Matter::Compare(matter) => written.or_else(|| matter.code_slug()).unwrap_or_else(Slug::unnamed),
            Matter::Playbook(matter) => written.unwrap_or_else(|| matter.slug.clone()),
            Matter::Page(matter) => written.unwrap_or_else(|| matter.slug.clone()),
            // References name a provider by its slug, so nothing may change it.
            Matter::Provider(matter) => matter.slug.clone(),
        }
    }

    /// Its front matter as an error guide.
    pub fn error(&self) -> Option<&ErrorMatter> {
        match &self.matter {
            Matter::Error(matter) => Some(matter),
            Matter::Compare(_) | Matter::Playbook(_) | Matter::Provider(_) | Matter::Page(_) => None,
        }
    }

    /// Its front matter as a provider.
    pub fn provider(&self) -> Option<&ProviderMatter> {
        match &self.matter {
            Matter::Provider(matter) => Some(matter),
            Matter::Error(_) | Matter::Compare(_) | Matter::Playbook(_) | Matter::Page(_) => None,
        }
    }
}

/// Front matter that all kinds may have.
#[derive(Debug)]
pub struct Common {
    /// The whole front matter, for findings about what is missing from it.
    pub span: Span,
    /// A title that overrides the derived one, or the title of a kind that has no other.
    pub title: Option<Spanned<String>>,
    /// The lead paragraph, card text and meta description.
    pub description: Spanned<String>,
    /// The day somebody last checked it; only pages and providers may lack it.
    pub last_reviewed_on: Option<Spanned<Date>>,
    /// How long the review stays good, where it differs from the site's.
    pub review_in: Option<Interval>,
    /// Official sources, in order.
    pub references: Vec<OfficialReference>,
    /// Guides to go to by hand, each with its reason.
    pub related: Vec<RelatedReference>,
    /// Whether it still holds.
    pub status: Status,
    /// What to read instead.
    pub replaced_by: Option<Spanned<Identity>>,
    /// Old addresses.
    pub aliases: Vec<Spanned<Permalink>>,
    /// The last part of its address, where it differs from the derived one.
    pub slug: Option<Spanned<Slug>>,
    /// Tags from the site's list.
    pub tags: Vec<Slug>,
    /// Who keeps it; may be absent.
    pub owner: Option<String>,
    /// Whether it is left out of an ordinary build.
    pub is_draft: bool,
}

/// Whether what a guide describes still holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It holds.
    Current,
    /// There is something newer.
    Deprecated,
    /// It is kept for its address.
    Retired,
}

/// An official source.
#[derive(Debug)]
pub struct OfficialReference {
    /// What footnotes cite it by.
    pub id: Spanned<String>,
    /// The source's own title.
    pub title: String,
    /// Its https address.
    pub url: String,
    /// The day it was read.
    pub accessed: Date,
}

/// A link to a guide that a writer drew by hand.
#[derive(Debug)]
pub struct RelatedReference {
    /// The guide.
    pub reference: Spanned<Identity>,
    /// When a reader should go there.
    pub why: String,
}

/// Front matter that only one kind has.
#[derive(Debug)]
pub enum Matter {
    /// Of an error guide.
    Error(Box<ErrorMatter>),
    /// Of a compare guide.
    Compare(CompareMatter),
    /// Of a playbook.
    Playbook(PlaybookMatter),
    /// Of a provider.
    Provider(Box<ProviderMatter>),
    /// Of a page.
    Page(PageMatter),
}

/// Front matter of an error guide.
#[derive(Debug)]
pub struct ErrorMatter {
    /// Who prints the code.
    pub provider: Spanned<Slug>,
    /// The code, as it is printed.
    pub code: Spanned<String>,
    /// The code as part of an address.
    pub code_slug: Slug,
    /// What the error is called.
    pub name: String,
    /// A key of the site's categories.
    pub category: String,
    /// Keys and values from the site's facts, in the order they were written.
    pub facts: Vec<Fact>,
    /// The messages it recognises.
    pub signatures: Vec<Signature>,
    /// The same condition as other providers report it.
    pub same_as: Vec<Spanned<Identity>>,
    /// The HTTP status that comes with it.
    pub http_status: Option<u16>,
}

/// One fact.
#[derive(Debug)]
pub struct Fact {
    /// A key from the site's list.
    pub key: Spanned<String>,
    /// A value from the site's list, or text.
    pub value: String,
}

/// A message that an error guide recognises.
#[derive(Debug)]
pub struct Signature {
    /// The pattern with its source text.
    pub pattern: Spanned<String>,
    /// The pattern, compiled.
    pub compiled: Pattern,
    /// Messages that match.
    pub samples: Vec<Spanned<String>>,
    /// Messages that must not.
    pub rejects: Vec<Spanned<String>>,
    /// Other guides that recognise the same message.
    pub shared_with: Vec<Spanned<Identity>>,
}

/// Front matter of a compare guide.
#[derive(Debug)]
pub struct CompareMatter {
    /// Two to four errors, in the order of the table.
    pub subjects: Vec<Spanned<Identity>>,
    /// The question it answers, one line.
    pub question: String,
}

impl CompareMatter {
    /// The slug of each subject: its code, with the provider where two subjects have one code.
    pub fn slug_parts(&self) -> Vec<Slug> {
        let short: Vec<Option<Slug>> = self.subjects.iter().map(|subject| subject.value.code_slug()).collect();
        let is_double = |slug: &Option<Slug>| short.iter().filter(|other| *other == slug).count() > 1;
        let part = |(subject, slug): (&Spanned<Identity>, &Option<Slug>)| {
            let whole = || Slug::of(&subject.value.to_string());
            if is_double(slug) { whole() } else { slug.clone().or_else(whole) }
        };
        self.subjects.iter().zip(&short).filter_map(part).collect()
    }

    /// The last part of its address, `429-vs-503`; `None` where the codes give none or one that is too long.
    pub fn code_slug(&self) -> Option<Slug> {
        let parts: Vec<String> = self.slug_parts().iter().map(ToString::to_string).collect();
        Slug::exact(&parts.join("-vs-")).filter(|_| parts.len() == self.subjects.len())
    }
}

/// Front matter of a playbook.
#[derive(Debug)]
pub struct PlaybookMatter {
    /// The last part of its address: the file's name.
    pub slug: Slug,
    /// The errors it is about.
    pub covers: Vec<Spanned<Identity>>,
    /// Names of alerts that lead here.
    pub triggers: Vec<String>,
    /// How bad the incident is; may be absent.
    pub severity: Option<String>,
    /// How long it may take; may be absent.
    pub time_budget: Option<String>,
}

/// Front matter of a provider.
#[derive(Debug)]
pub struct ProviderMatter {
    /// The last part of its address: the file's name.
    pub slug: Slug,
    /// Its short name.
    pub name: String,
    /// The product in full; may be empty.
    pub product: String,
    /// A pattern that each of its codes matches as a whole; may be absent.
    pub code_pattern: Option<Spanned<String>>,
    /// Words one of which must stand before a code in prose for it to link itself.
    pub qualifiers: Vec<String>,
    /// Whether its codes keep their meaning, so that programs may branch on them.
    pub has_stable_codes: bool,
    /// Where the official documentation starts.
    pub docs_url: String,
    /// The note on each of its guides.
    pub context: String,
}

/// Front matter of a page.
#[derive(Debug)]
pub struct PageMatter {
    /// The last part of its address: the file's name.
    pub slug: Slug,
}
