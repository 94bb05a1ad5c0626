//! Parse: text → configuration and typed guides. Pure, guide by guide, in parallel.
//!
//! Parsing never fails. What is wrong is told; a guide whose front matter is incomplete becomes a [`Broken`], so that links to it
//! are not told as well.

mod body;
mod comparison;
mod config;
mod conflicts;
mod disguises;
mod examples;
mod fences;
mod front_matter;
mod items;
mod links;
mod matter;
mod placeholders;
mod prose;
mod sample_syntax;
mod schema;
mod secrets;
mod sections;
mod tables;
mod triage;
mod yaml;

use rayon::prelude::*;

use self::front_matter::Unread;
use crate::model::codes::{CodeFinder, CodeShape};
use crate::model::config::Config;
use crate::model::diagnostic::{Diagnostic, has_errors};
use crate::model::guide::{Broken, Guide, ParsedGuides};
use crate::model::kind::GuideKind;
use crate::model::reference::Identity;
use crate::model::rules;
use crate::model::source::{FileId, Role, SourceFile, Sources, Span};
use crate::model::url::Slug;

/// The configuration of the site; `None` where it has an error, which is told.
pub(crate) fn config(sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Option<Config> {
    let (id, file) = sources.with_role(Role::Config).next()?;
    config::config(id, file, diagnostics)
}

/// The schema of a kind's front matter, with the closed lists of a site where there is one.
pub(crate) fn front_matter_schema(kind: GuideKind, site: Option<(&Config, &Sources)>) -> String {
    let lists = site.map(|(config, sources)| schema::Lists { config, providers: providers(sources) });
    schema::front_matter(kind, lists.as_ref())
}

/// The schema of `site.toml`.
pub(crate) fn site_schema() -> String {
    schema::site()
}

/// The providers that have a file, in path order.
fn providers(sources: &Sources) -> Vec<Slug> {
    let files = sources.with_role(Role::Content).filter_map(|(id, file)| ContentFile::new(id, file).ok());
    files.filter(|file| file.kind == GuideKind::Provider).filter_map(|file| Slug::exact(file.stem)).collect()
}

/// Every guide, provider and page, in path order; drafts only where asked for.
pub(crate) fn guides(sources: &Sources, config: &Config, with_drafts: bool, diagnostics: &mut Vec<Diagnostic>) -> ParsedGuides {
    let mut files: Vec<ContentFile<'_>> = Vec::new();
    for (id, file) in sources.with_role(Role::Content) {
        match ContentFile::new(id, file) {
            Ok(file) => files.push(file),
            Err(finding) => diagnostics.push(*finding),
        }
    }
    let mut parsed = ParsedGuides::default();
    for (id, file) in sources.with_role(Role::Unreadable) {
        parsed.broken.extend(ContentFile::new(id, file).ok().map(|file| file.broken(None)));
    }
    let (providers, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| file.kind == GuideKind::Provider);
    let context = Context { config, sources, with_drafts, finder: CodeFinder::default() };
    // Providers say what codes look like; everything else is read with that knowledge.
    let shapes: Vec<CodeShape> = providers.iter().filter_map(|file| file.shape(&context)).collect();
    let context = Context { finder: CodeFinder::new(shapes), ..context };
    let files: Vec<ContentFile<'_>> = others.into_iter().chain(providers).collect();
    let results: Vec<_> = files
        .par_iter()
        .map(|file| {
            let mut diagnostics = Vec::new();
            let outcome = file.parse(&context, &mut diagnostics);
            (outcome, diagnostics)
        })
        .collect();
    for (outcome, told) in results {
        diagnostics.extend(told);
        match outcome {
            Outcome::Guide(guide) => parsed.guides.push(*guide),
            Outcome::Broken(broken) => parsed.broken.push(broken),
            Outcome::Draft(draft) => parsed.drafts.push(draft),
        }
    }
    parsed.guides.sort_by_key(|guide| guide.file);
    parsed
}

/// A value that is empty is told as such and in no other way.
fn told_once(diagnostics: &mut Vec<Diagnostic>, from: usize) {
    let told = diagnostics.split_off(from);
    let empty: Vec<_> =
        told.iter().filter(|finding| *finding.rule == rules::EMPTY_VALUE).map(|finding| finding.place.clone()).collect();
    let is_kept = |finding: &Diagnostic| *finding.rule == rules::EMPTY_VALUE || !empty.contains(&finding.place);
    diagnostics.extend(told.into_iter().filter(is_kept));
}

struct Context<'a> {
    config: &'a Config,
    sources: &'a Sources,
    with_drafts: bool,
    finder: CodeFinder,
}

enum Outcome {
    Guide(Box<Guide>),
    Broken(Broken),
    /// A draft that is left out.
    Draft(Broken),
}

/// A content file whose folder says what it is.
struct ContentFile<'a> {
    id: FileId,
    file: &'a SourceFile,
    kind: GuideKind,
    /// The name of the file, or of its folder if it is an `index.md`; without extension.
    stem: &'a str,
    /// The folder above, for the provider of an error.
    parent: &'a str,
}

impl<'a> ContentFile<'a> {
    fn new(id: FileId, file: &'a SourceFile) -> Result<Self, Box<Diagnostic>> {
        let inside = file.path.strip_prefix("content/").unwrap_or(&file.path);
        let mut parts: Vec<&str> = inside.split('/').collect();
        let name = parts.pop().unwrap_or_default();
        let kind = parts.first().and_then(|folder| GuideKind::of_folder(folder));
        let stem = match name.strip_suffix(".md") {
            Some("index") if parts.len() > 1 => parts.pop().unwrap_or_default(),
            Some(stem) => stem,
            None => {
                let finding = Diagnostic::for_path(&rules::STRAY_FILE, &file.path, format!("`{name}` does not end in .md"));
                return Err(Box::new(finding.hint("rename it: guides end in .md, lower case")));
            }
        };
        let Some(kind) = kind else {
            let folders: Vec<_> = GuideKind::ALL.iter().map(|kind| format!("content/{}", kind.spec().folder)).collect();
            let finding =
                Diagnostic::for_path(&rules::STRAY_FILE, &file.path, "a Markdown file outside the folders of the kinds");
            return Err(Box::new(finding.hint(format!("move it to one of {}", folders.join(", ")))));
        };
        Ok(Self { id, file, kind, stem, parent: parts.last().copied().unwrap_or_default() })
    }

    /// What a provider's codes look like. Findings are told when the file is parsed as a whole.
    fn shape(&self, context: &Context<'_>) -> Option<CodeShape> {
        match self.parse(context, &mut Vec::new()) {
            Outcome::Guide(guide) => {
                let provider = guide.provider()?;
                let pattern = provider.code_pattern.as_ref()?.value.clone();
                Some(CodeShape { provider: provider.slug.clone(), pattern, qualifiers: provider.qualifiers.clone() })
            }
            Outcome::Broken(_) | Outcome::Draft(_) => None,
        }
    }

    /// The guide, or what is known of it.
    fn parse(&self, context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) -> Outcome {
        let text = self.file.text();
        if let Some(finding) = conflicts::find(text, self.id) {
            diagnostics.push(finding);
            return Outcome::Broken(self.broken(None));
        }
        let split = match front_matter::split(text, self.id) {
            Ok(split) => split,
            Err(finding) => {
                diagnostics.push(*finding);
                return Outcome::Broken(self.broken(None));
            }
        };
        let before = diagnostics.len();
        let span = Span::new(self.id, 0..split.body.start);
        let written = front_matter::fields(text, split.yaml, self.id, self.kind, diagnostics);
        if written.as_ref().is_err_and(|unread| *unread == Unread::OtherKind) {
            return Outcome::Broken(self.broken(None));
        }
        let written = written.ok();
        let code = written.as_ref().and_then(|written| written.fields.code.clone());
        if written.as_ref().is_some_and(|written| written.fields.draft == Some(true)) && !context.with_drafts {
            diagnostics.truncate(before);
            return Outcome::Draft(self.broken(code));
        }
        // What is still to be written hides nothing else: the guide is read as if it were there.
        let mut unwritten = Vec::new();
        let matter = written.and_then(|written| {
            placeholders::values(&written.tree, &mut unwritten);
            let file_slug = Slug::exact(self.stem);
            let (config, sources) = (context.config, context.sources);
            let checks = matter::Context { config, today: sources.today, kind: self.kind, sources, file_slug };
            matter::matter(&checks, written, span, diagnostics)
        });
        told_once(diagnostics, before);
        let is_complete = matter.is_some() && !has_errors(&diagnostics[before..]);
        disguises::front_matter(&text[..split.body.start], self.id, diagnostics);
        let titles = sections::titles(context.config, self.kind);
        let scope = body::Scope {
            file: self.id,
            kind: self.kind,
            text: &text[split.body.clone()],
            base: split.body.start,
            finder: &context.finder,
            subjects: body::subjects(matter.as_ref().map(|(_, own)| own)),
            titles: &titles,
        };
        let before = diagnostics.len();
        diagnostics.append(&mut unwritten);
        let body = body::body(&scope, diagnostics);
        if matter.as_ref().is_some_and(|(common, _)| common.is_draft) {
            // A draft is shown to see what it will be; what is still to be written is what makes it one.
            let told = diagnostics.split_off(before);
            diagnostics.extend(told.into_iter().filter(|finding| *finding.rule != rules::PLACEHOLDER));
        }
        match (matter, body) {
            (Some((common, matter)), Some(body)) if is_complete => {
                Outcome::Guide(Box::new(Guide { file: self.id, common, matter, body }))
            }
            (_, mut body) => {
                if let Some(body) = &mut body {
                    diagnostics.append(&mut body.of_subjects);
                }
                Outcome::Broken(Broken { body, ..self.broken(code) })
            }
        }
    }

    /// What links to this file may call it, as far as its place and its code tell.
    fn broken(&self, code: Option<String>) -> Broken {
        let slug = Slug::of(self.stem);
        let identity = match self.kind {
            GuideKind::Error => Slug::exact(self.parent)
                .map(|provider| Identity::Error { provider, code: code.unwrap_or_else(|| self.stem.to_owned()) }),
            kind => slug.map(|slug| Identity::Named { kind, slug }),
        };
        Broken { file: self.id, identity, body: None }
    }
}
