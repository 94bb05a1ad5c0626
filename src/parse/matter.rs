//! From fields as written to front matter as meant: what is required is there, what comes from a closed list is in it.

use super::front_matter::{Fields, ReferenceFields, RelatedFields, SignatureFields, Written};
use super::yaml::{Mapping, Node, Value};
use crate::model::config::Config;
use crate::model::date::{Date, Interval, parse_date};
use crate::model::diagnostic::{Diagnostic, has_errors};
use crate::model::guide::{
    Common, CompareMatter, ErrorMatter, Fact, Matter, OfficialReference, PageMatter, PlaybookMatter, ProviderMatter,
    RelatedReference, Signature, Status,
};
use crate::model::kind::GuideKind;
use crate::model::pattern::{Pattern, unportable_part};
use crate::model::reference::{Identity, RESERVED_PROVIDERS};
use crate::model::rules::{self, Rule};
use crate::model::source::{Span, Spanned};
use crate::model::suggest::nearest;
use crate::model::url::{Permalink, Slug};
use crate::model::words::quoted;

/// The longest title, in characters.
const MAX_TITLE: usize = 120;
/// The longest name of an error, in characters.
const MAX_NAME: usize = 80;
/// The longest text of any other field, in characters.
const MAX_TEXT: usize = 600;
/// How long a description may be, in characters: enough to say who must act, short enough for a search result.
const DESCRIPTION: std::ops::RangeInclusive<usize> = 50..=170;

/// Everything a value is checked against.
pub(super) struct Context<'a> {
    pub(super) config: &'a Config,
    pub(super) today: Date,
    pub(super) kind: GuideKind,
    /// The slug that the file's name gives; `None` where the name gives none.
    pub(super) file_slug: Option<Slug>,
}

/// The front matter of a kind, or `None` where something it requires is missing or wrong.
pub(super) fn matter(
    context: &Context<'_>,
    written: Written,
    span: Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Common, Matter)> {
    let before = diagnostics.len();
    let Written { mut fields, tree, misspelt } = written;
    let mut reader = Reader { context, tree: &tree, misspelt: &misspelt, span, diagnostics };
    reader.scalars();
    reader.kind_agrees(fields.kind.as_deref());
    let own = match context.kind {
        GuideKind::Error => reader.error(&mut fields),
        GuideKind::Compare => reader.compare(&mut fields),
        GuideKind::Playbook => reader.playbook(&mut fields),
        GuideKind::Provider => reader.provider(&mut fields),
        GuideKind::Page => reader.page(),
    };
    let common = reader.common(fields);
    let complete = !has_errors(&diagnostics[before..]);
    match (common, own) {
        (Some(common), Some(own)) if complete => Some((common, own)),
        (Some(_) | None, Some(_) | None) => None,
    }
}

struct Reader<'a> {
    context: &'a Context<'a>,
    tree: &'a Mapping,
    /// Keys that are missing because they are misspelt, which was told.
    misspelt: &'a [String],
    span: Span,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn tell(&mut self, rule: &'static Rule, span: Span, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(rule, span, message));
    }

    fn tell_near<'c>(
        &mut self,
        rule: &'static Rule,
        place: Span,
        message: String,
        written: &str,
        names: impl Iterator<Item = &'c str> + Clone,
    ) {
        let finding = Diagnostic::new(rule, place, message);
        let finding = match nearest(written, names.clone()) {
            Some(near) => finding.hint(format!("did you mean `{near}`?")),
            None => finding.hint(format!("site.toml lists {}", quoted(names))),
        };
        self.diagnostics.push(finding);
    }

    /// Where a value stands; its key where it is empty, the front matter where there is no such key.
    fn at(&self, key: &str) -> Span {
        let value = self.tree.get(key).map(|node| node.span).filter(|span| span.start < span.end);
        value.or_else(|| self.tree.key_span(key)).unwrap_or(self.span)
    }

    fn item(&self, key: &str, index: usize) -> Span {
        self.tree.get(key).and_then(|node| node.item(index)).map_or_else(|| self.at(key), |node| node.span)
    }

    fn inner(&self, key: &str, index: usize, inner: &str) -> Span {
        let mapping = self.tree.get(key).and_then(|node| node.item(index)).and_then(Node::mapping);
        let value = mapping.and_then(|mapping| mapping.get(inner)).map(|node| node.span).filter(|span| span.start < span.end);
        value.or_else(|| mapping?.key_span(inner)).unwrap_or_else(|| self.item(key, index))
    }

    fn inner_item(&self, key: &str, index: usize, inner: &str, at: usize) -> Span {
        let mapping = self.tree.get(key).and_then(|node| node.item(index)).and_then(Node::mapping);
        let list = mapping.and_then(|mapping| mapping.get(inner));
        list.and_then(|list| list.item(at)).map_or_else(|| self.inner(key, index, inner), |node| node.span)
    }

    /// Tells every value with nothing in it, and every control character that an escape brought in.
    fn scalars(&mut self) {
        let tree = self.tree;
        for (key, node) in &tree.entries {
            self.scalar(&key.value, key.span, node);
        }
    }

    fn scalar(&mut self, path: &str, key: Span, node: &Node) {
        match &node.value {
            Value::Scalar(text) if text.trim().is_empty() => {
                let span = if node.span.start < node.span.end { node.span } else { key };
                self.tell(&rules::EMPTY_VALUE, span, format!("`{path}` is empty"));
            }
            Value::Scalar(text) => {
                if let Some(c) = text.chars().find(|&c| c.is_control() && c != '\n' && c != '\t') {
                    let message = format!("a control character, U+{:04X}, in `{path}`", u32::from(c));
                    self.tell(&rules::CONTROL_CHARACTER, node.span, message);
                }
            }
            Value::Sequence(items) if items.is_empty() => self.tell(&rules::EMPTY_VALUE, node.span, format!("`{path}` is empty")),
            Value::Sequence(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.scalar(&format!("{path}[{index}]"), key, item);
                }
            }
            Value::Mapping(mapping) => {
                for (inner, node) in &mapping.entries {
                    self.scalar(&format!("{path}.{}", inner.value), inner.span, node);
                }
            }
        }
    }

    fn kind_agrees(&mut self, written: Option<&str>) {
        let expected = self.context.kind.spec();
        if let Some(written) = written.filter(|written| *written != expected.name) {
            let message = format!("the kind is `{written}`, but the file lies in content/{}", expected.folder);
            let span = self.at("kind");
            self.diagnostics.push(
                Diagnostic::new(&rules::KIND_MISMATCH, span, message)
                    .hint(format!("write `kind: {}`, leave the line out, or move the file", expected.name)),
            );
        }
    }

    /// A text that must be there. One that is empty was told.
    fn required(&mut self, key: &'static str, value: Option<String>, limit: usize) -> Option<Spanned<String>> {
        self.must_have(key, &format!("add a line that starts with `{key}:`"));
        self.optional(key, value, limit)
    }

    fn must_have(&mut self, key: &str, hint: &str) {
        if self.tree.get(key).is_none() && !self.misspelt.iter().any(|misspelt| misspelt == key) {
            let finding = Diagnostic::new(&rules::MISSING_KEY, self.start(), format!("front matter has no `{key}`"));
            self.diagnostics.push(finding.hint(hint));
        }
    }

    /// Where to point for what is not there: the line that opens the front matter.
    fn start(&self) -> Span {
        Span { end: self.span.start + 3, ..self.span }
    }

    /// A text that is one line and not too long where it is there. Texts that may be long may have several lines.
    fn optional(&mut self, key: &'static str, value: Option<String>, limit: usize) -> Option<Spanned<String>> {
        let text = value.filter(|text| !text.trim().is_empty())?;
        let text = Spanned::new(text.trim().to_owned(), self.at(key));
        let length = text.value.chars().count();
        if length > limit {
            self.tell(&rules::LONG_VALUE, text.span, format!("`{key}` has {length} characters; the limit is {limit}"));
        }
        if limit < MAX_TEXT && text.value.contains('\n') {
            self.tell(&rules::INVALID_VALUE, text.span, format!("`{key}` must be one line"));
        }
        Some(text)
    }

    /// A list that must be there. One that is empty was told.
    fn required_list<T>(&mut self, key: &'static str, value: Option<Vec<T>>) -> Vec<T> {
        self.must_have(key, &format!("add a list `{key}:`"));
        value.unwrap_or_default()
    }

    fn common(&mut self, fields: Fields) -> Option<Common> {
        let kind = self.context.kind;
        let title = match kind {
            GuideKind::Playbook | GuideKind::Page => Some(self.required("title", fields.title, MAX_TITLE)),
            GuideKind::Error | GuideKind::Compare | GuideKind::Provider => {
                self.optional("title", fields.title, MAX_TITLE).map(Some)
            }
        };
        let description = self.description(fields.description);
        let last_reviewed_on = self.last_reviewed_on(fields.last_reviewed_on);
        let review_in = self.review_in(fields.review_in);
        let references = self.references(fields.references);
        let related = self.related(fields.related);
        let status = self.status(fields.status.as_deref());
        let replaced_by = fields.replaced_by.and_then(|text| self.reference(&text, self.at("replaced_by")));
        let aliases = self.aliases(fields.aliases);
        let slug = self.slug(fields.slug);
        let tags = self.tags(fields.tags);
        let owner = self.optional("owner", fields.owner, MAX_TITLE).map(|owner| owner.value);
        Some(Common {
            span: self.span,
            title: title.flatten(),
            description: description?,
            last_reviewed_on,
            review_in,
            references,
            related,
            status,
            replaced_by,
            aliases,
            slug,
            tags,
            owner,
            is_draft: fields.draft.unwrap_or_default(),
        })
    }

    fn description(&mut self, value: Option<String>) -> Option<Spanned<String>> {
        let description = self.required("description", value, usize::MAX)?;
        let length = description.value.chars().count();
        if !DESCRIPTION.contains(&length) {
            let (least, most) = DESCRIPTION.into_inner();
            let message = format!("the description has {length} characters; it must have {least} to {most}");
            let hint = "say in one or two sentences what happened and who must act";
            self.diagnostics.push(Diagnostic::new(&rules::DESCRIPTION_LENGTH, description.span, message).hint(hint));
        }
        Some(description)
    }

    fn last_reviewed_on(&mut self, value: Option<String>) -> Option<Spanned<Date>> {
        let text = if self.context.kind.is_guide() {
            self.required("last_reviewed_on", value, MAX_TITLE)?
        } else {
            self.optional("last_reviewed_on", value, MAX_TITLE)?
        };
        let date = self.date("last_reviewed_on", &text.value, text.span)?;
        if date > self.context.today {
            let message = format!("reviewed on {date}, which is after today, {}", self.context.today);
            self.tell(&rules::FUTURE_REVIEW, text.span, message);
        }
        Some(Spanned::new(date, text.span))
    }

    fn date(&mut self, key: &str, text: &str, span: Span) -> Option<Date> {
        let date = parse_date(text);
        if date.is_none() {
            let message = format!("`{key}` is `{text}`, which is not a day of the calendar");
            self.diagnostics
                .push(Diagnostic::new(&rules::INVALID_DATE, span, message).hint("write year-month-day, as in 2026-04-09"));
        }
        date
    }

    fn review_in(&mut self, value: Option<String>) -> Option<Interval> {
        let text = self.optional("review_in", value, MAX_TITLE)?;
        let interval = Interval::parse(&text.value);
        if interval.is_none() {
            let message = format!("`{}` is not an interval", text.value);
            let hint = "write a count of days, weeks, months or years, as in 6 months";
            self.diagnostics.push(Diagnostic::new(&rules::INVALID_INTERVAL, text.span, message).hint(hint));
        }
        interval
    }

    fn references(&mut self, value: Option<Vec<ReferenceFields>>) -> Vec<OfficialReference> {
        let written = match self.context.kind {
            GuideKind::Error | GuideKind::Compare => self.required_list("references", value),
            GuideKind::Playbook | GuideKind::Provider | GuideKind::Page => value.unwrap_or_default(),
        };
        let mut references: Vec<OfficialReference> = Vec::new();
        for (index, fields) in written.into_iter().enumerate() {
            let id = Spanned::new(fields.id, self.inner("references", index, "id"));
            if let Some(first) = references.iter().find(|other| other.id.value == id.value) {
                let message = format!("two references have the id `{}`", id.value);
                let label = first.id.span;
                self.diagnostics.push(Diagnostic::new(&rules::DUPLICATE_REFERENCE, id.span, message).label(label, "first here"));
            }
            self.reference_id(&id);
            self.https("url", &fields.url, self.inner("references", index, "url"));
            let accessed = self.date("accessed", &fields.accessed, self.inner("references", index, "accessed"));
            if let Some(accessed) = accessed {
                references.push(OfficialReference { id, title: fields.title, url: fields.url, accessed });
            }
        }
        references
    }

    /// Ids stand in `[^id]` and in anchors.
    fn reference_id(&mut self, id: &Spanned<String>) {
        if Slug::exact(&id.value).is_none() {
            let message = format!("the id `{}` cannot stand in a footnote", id.value);
            let hint = "use lower-case letters, digits and hyphens";
            self.diagnostics.push(Diagnostic::new(&rules::INVALID_SLUG, id.span, message).hint(hint));
        }
    }

    fn https(&mut self, key: &str, url: &str, span: Span) {
        let rest = url.strip_prefix("https://").unwrap_or_default();
        let safe = !url.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"`{}|\\^".contains(c));
        let has_host = rest.split(['/', '?', '#']).next().is_some_and(|host| !host.is_empty() && !host.contains('@'));
        let is_empty = url.trim().is_empty();
        if !(is_empty || safe && has_host) {
            let message = format!("`{key}` is `{url}`, which is not an https address");
            self.diagnostics
                .push(Diagnostic::new(&rules::INVALID_URL, span, message).hint("official sources start with https://"));
        }
    }

    fn related(&mut self, value: Option<Vec<RelatedFields>>) -> Vec<RelatedReference> {
        let written = value.unwrap_or_default();
        let mut related = Vec::new();
        for (index, fields) in written.into_iter().enumerate() {
            let span = self.inner("related", index, "ref");
            if let Some(reference) = self.reference(&fields.reference, span) {
                related.push(RelatedReference { reference, why: fields.why });
            }
        }
        related
    }

    fn reference(&mut self, text: &str, span: Span) -> Option<Spanned<Identity>> {
        let identity = Identity::parse(text);
        if identity.is_none() {
            let message = format!("`{text}` is no reference to a guide");
            let hint = "write provider:code, compare:slug, playbook:slug or page:slug";
            self.diagnostics.push(Diagnostic::new(&rules::INVALID_REFERENCE, span, message).hint(hint));
        }
        identity.map(|identity| Spanned::new(identity, span))
    }

    fn reference_list(&mut self, key: &'static str, texts: Vec<String>) -> Vec<Spanned<Identity>> {
        let items = texts.into_iter().enumerate();
        items.filter_map(|(index, text)| self.reference(&text, self.item(key, index))).collect()
    }

    fn status(&mut self, value: Option<&str>) -> Status {
        match value {
            None | Some("current") => Status::Current,
            Some("deprecated") => Status::Deprecated,
            Some("retired") => Status::Retired,
            Some(other) => {
                let finding = Diagnostic::new(&rules::INVALID_VALUE, self.at("status"), format!("`{other}` is no status"));
                let near = nearest(other, ["current", "deprecated", "retired"]);
                self.diagnostics.push(finding.did_you_mean(near).hint("write current, deprecated or retired"));
                Status::Current
            }
        }
    }

    fn aliases(&mut self, value: Option<Vec<String>>) -> Vec<Spanned<Permalink>> {
        let texts = value.unwrap_or_default();
        let mut aliases = Vec::new();
        for (index, text) in texts.into_iter().enumerate() {
            let span = self.item("aliases", index);
            match Permalink::parse(&text) {
                Some(permalink) => aliases.push(Spanned::new(permalink, span)),
                None => {
                    let message = format!("the alias `{text}` is no path on this site");
                    let hint = "write an old path in lower case, as in /errors/http/old-name/";
                    self.diagnostics.push(Diagnostic::new(&rules::INVALID_SLUG, span, message).hint(hint));
                }
            }
        }
        aliases
    }

    fn slug(&mut self, value: Option<String>) -> Option<Spanned<Slug>> {
        let text = self.optional("slug", value, MAX_TITLE)?;
        let slug = Slug::exact(&text.value);
        if slug.is_none() {
            let finding =
                Diagnostic::new(&rules::INVALID_SLUG, text.span, format!("the slug `{}` is no part of a path", text.value));
            let near = Slug::of(&text.value).map(|slug| slug.to_string());
            self.diagnostics.push(finding.did_you_mean(near).hint("use lower-case letters, digits, `-`, `_` and `.`"));
        }
        slug.map(|slug| Spanned::new(slug, text.span))
    }

    fn tags(&mut self, value: Option<Vec<String>>) -> Vec<Slug> {
        let written = value.unwrap_or_default();
        let mut tags = Vec::new();
        for (index, text) in written.into_iter().enumerate() {
            let known = self.context.config.tags.iter().find(|(slug, _)| slug.as_str() == text);
            match known {
                Some((slug, _)) if !tags.contains(slug) => tags.push(slug.clone()),
                Some(_) => {}
                None => {
                    let names = self.context.config.tags.iter().map(|(slug, _)| slug.as_str());
                    self.tell_near(&rules::UNKNOWN_TAG, self.item("tags", index), format!("no tag `{text}`"), &text, names);
                }
            }
        }
        tags
    }

    fn error(&mut self, fields: &mut Fields) -> Option<Matter> {
        let provider = self.required("provider", fields.provider.take(), MAX_NAME);
        let provider = provider.and_then(|text| self.provider_slug(&text));
        let code = self.required("code", fields.code.take(), MAX_NAME);
        let own_slug = fields.slug.as_deref().and_then(Slug::exact);
        let code_slug = code.as_ref().and_then(|code| self.code_slug(code, own_slug));
        let name = self.required("name", fields.name.take(), MAX_NAME);
        let category = self.category(fields.category.take());
        self.must_have("facts", "add a map `facts:` with keys that site.toml lists");
        let facts = self.facts(fields);
        let written = fields.signatures.take();
        let signatures = self.signatures(written);
        let same_as = fields.same_as.take();
        let same_as = same_as.unwrap_or_default();
        let same_as = self.reference_list("same_as", same_as);
        if fields.http_status.is_some_and(|status| !(100..=599).contains(&status)) {
            self.tell(&rules::INVALID_VALUE, self.at("http_status"), "`http_status` must be a whole number from 100 to 599");
        }
        Some(Matter::Error(Box::new(ErrorMatter {
            provider: provider?,
            code: code?,
            code_slug: code_slug?,
            name: name?.value,
            category: category?,
            facts,
            signatures,
            same_as,
            http_status: fields.http_status,
        })))
    }

    fn provider_slug(&mut self, text: &Spanned<String>) -> Option<Spanned<Slug>> {
        let slug = Slug::exact(&text.value).filter(|slug| !RESERVED_PROVIDERS.contains(&slug.as_str()));
        if slug.is_none() {
            let finding = Diagnostic::new(&rules::INVALID_SLUG, text.span, format!("`{}` cannot name a provider", text.value));
            let near = Slug::of(&text.value).map(|slug| slug.to_string()).filter(|near| *near != text.value);
            self.diagnostics.push(finding.did_you_mean(near).hint("write the name of a file in content/providers, without .md"));
        }
        slug.map(|slug| Spanned::new(slug, text.span))
    }

    /// The code as part of an address. Where a code gives none, the guide's own slug must.
    fn code_slug(&mut self, code: &Spanned<String>, own_slug: Option<Slug>) -> Option<Slug> {
        let slug = Slug::of(&code.value).or(own_slug);
        if slug.is_none() {
            let message = format!("the code `{}` gives no address", code.value);
            self.diagnostics.push(Diagnostic::new(&rules::INVALID_SLUG, code.span, message).hint("give the guide a `slug`"));
        }
        slug
    }

    fn category(&mut self, value: Option<String>) -> Option<String> {
        let category = self.required("category", value, MAX_NAME)?;
        let names = self.context.config.categories.iter().map(|(key, _)| key.as_str());
        if names.clone().all(|name| name != category.value) {
            let message = format!("no category `{}`", category.value);
            self.tell_near(&rules::UNKNOWN_CATEGORY, category.span, message, &category.value, names);
            return None;
        }
        Some(category.value)
    }

    fn facts(&mut self, fields: &mut Fields) -> Vec<Fact> {
        let Some(mut written) = fields.facts.take() else { return Vec::new() };
        let Some(mapping) = self.tree.get("facts").and_then(Node::mapping) else { return Vec::new() };
        let mut facts = Vec::new();
        for (key, node) in &mapping.entries {
            let Some(value) = written.remove(&key.value) else { continue };
            match self.context.config.fact(&key.value) {
                None => {
                    let names = self.context.config.facts.iter().map(|fact| fact.key.as_str());
                    self.tell_near(&rules::UNKNOWN_FACT, key.span, format!("no fact `{}`", key.value), &key.value, names);
                }
                Some(_) if value.trim().is_empty() => {}
                Some(spec) if !spec.values.is_empty() && spec.values.iter().all(|(name, _)| *name != value) => {
                    let names = spec.values.iter().map(|(name, _)| name.as_str());
                    let message = format!("`{}` has no value `{value}`", key.value);
                    self.tell_near(&rules::UNKNOWN_FACT_VALUE, node.span, message, &value, names);
                }
                Some(_) => facts.push(Fact { key: key.clone(), value: value.trim().to_owned() }),
            }
        }
        facts
    }

    fn signatures(&mut self, value: Option<Vec<SignatureFields>>) -> Vec<Signature> {
        let written = self.required_list("signatures", value);
        written.into_iter().enumerate().filter_map(|(index, fields)| self.signature(index, fields)).collect()
    }

    fn signature(&mut self, index: usize, fields: SignatureFields) -> Option<Signature> {
        let pattern = Spanned::new(fields.pattern, self.inner("signatures", index, "pattern"));
        let spanned = |reader: &Self, key: &str, texts: Vec<String>| -> Vec<Spanned<String>> {
            texts
                .into_iter()
                .enumerate()
                .map(|(at, text)| Spanned::new(text, reader.inner_item("signatures", index, key, at)))
                .collect()
        };
        let samples = spanned(self, "samples", fields.samples);
        let rejects = spanned(self, "rejects", fields.rejects);
        let mut shared_with = Vec::new();
        for (at, text) in fields.shared_with.iter().enumerate() {
            shared_with.extend(self.reference(text, self.inner_item("signatures", index, "shared_with", at)));
        }
        let compiled = self.pattern(&pattern)?;
        for sample in samples.iter().filter(|sample| !compiled.is_match(&sample.value)) {
            let finding = Diagnostic::new(&rules::SAMPLE_MISMATCH, sample.span, "this sample does not match its own pattern");
            self.diagnostics.push(finding.label(pattern.span, "the pattern"));
        }
        for reject in rejects.iter().filter(|reject| compiled.is_match(&reject.value)) {
            let finding = Diagnostic::new(&rules::REJECT_MATCH, reject.span, "this reject matches the pattern");
            self.diagnostics.push(finding.label(pattern.span, "the pattern"));
        }
        Some(Signature { pattern, compiled, samples, rejects, shared_with })
    }

    fn pattern(&mut self, pattern: &Spanned<String>) -> Option<Pattern> {
        if let Some(part) = unportable_part(&pattern.value) {
            let finding = Diagnostic::new(&rules::UNPORTABLE_PATTERN, pattern.span, format!("the pattern has {part}"));
            self.diagnostics.push(finding.hint("use only what Rust's regex and JavaScript's RegExp read alike"));
            return None;
        }
        match Pattern::compile(&pattern.value) {
            Ok(compiled) if compiled.is_match("") => {
                self.tell(&rules::INVALID_PATTERN, pattern.span, "the pattern matches the empty text, so it matches everything");
                None
            }
            Ok(compiled) => Some(compiled),
            Err(reason) => {
                self.tell(&rules::INVALID_PATTERN, pattern.span, format!("the pattern cannot be read: {reason}"));
                None
            }
        }
    }

    /// A code's pattern becomes part of one pattern for all providers.
    fn code_pattern(&mut self, pattern: &Spanned<String>) {
        let text = &pattern.value;
        if text.starts_with('^') || text.ends_with('$') || text.contains("(?<") {
            let finding = Diagnostic::new(&rules::INVALID_PATTERN, pattern.span, "a code pattern has an anchor or a named group");
            self.diagnostics.push(finding.hint("leave out ^, $ and names of groups: the pattern always matches a whole code"));
        } else {
            self.pattern(pattern);
        }
    }

    fn compare(&mut self, fields: &mut Fields) -> Option<Matter> {
        let written = fields.subjects.take();
        let is_readable = written.is_some();
        let texts = self.required_list("subjects", written);
        let count = texts.len();
        if is_readable && count > 0 && !(2..=4).contains(&count) {
            self.tell(
                &rules::SUBJECT_COUNT,
                self.at_key("subjects"),
                format!("a compare has two to four subjects, this one {count}"),
            );
        }
        let subjects = self.reference_list("subjects", texts);
        for (index, subject) in subjects.iter().enumerate() {
            let first = subjects[..index].iter().find(|other| other.value == subject.value);
            if let Some(first) = first {
                let finding =
                    Diagnostic::new(&rules::DUPLICATE_SUBJECT, subject.span, format!("`{}` stands twice", subject.value));
                self.diagnostics.push(finding.label(first.span, "first here"));
            }
        }
        let question = self.required("question", fields.question.take(), MAX_TITLE)?.value;
        Some(Matter::Compare(CompareMatter { subjects, question }))
    }

    fn at_key(&self, key: &str) -> Span {
        self.tree.key_span(key).unwrap_or(self.span)
    }

    fn playbook(&mut self, fields: &mut Fields) -> Option<Matter> {
        let covers = fields.covers.take();
        let covers = self.required_list("covers", covers);
        let covers = self.reference_list("covers", covers);
        let triggers = fields.triggers.take();
        let triggers = triggers.unwrap_or_default();
        let severity = self.optional("severity", fields.severity.take(), MAX_NAME);
        if let Some(severity) = severity.as_ref().filter(|severity| !SEVERITIES.contains(&severity.value.as_str())) {
            let finding = Diagnostic::new(&rules::INVALID_VALUE, severity.span, format!("`{}` is no severity", severity.value));
            let near = nearest(&severity.value, SEVERITIES);
            self.diagnostics.push(finding.did_you_mean(near).hint("write low, medium, high or critical"));
        }
        let time_budget = self.optional("time_budget", fields.time_budget.take(), MAX_NAME).map(|budget| budget.value);
        let slug = self.file_slug()?;
        Some(Matter::Playbook(PlaybookMatter {
            slug,
            covers,
            triggers,
            severity: severity.map(|severity| severity.value),
            time_budget,
        }))
    }

    fn provider(&mut self, fields: &mut Fields) -> Option<Matter> {
        let name = self.required("name", fields.name.take(), MAX_NAME);
        let product = self.optional("product", fields.product.take(), MAX_TITLE).map(|product| product.value).unwrap_or_default();
        let code_pattern = self.optional("code_pattern", fields.code_pattern.take(), MAX_TEXT);
        if let Some(pattern) = &code_pattern {
            self.code_pattern(pattern);
        }
        let qualifiers = fields.qualifiers.take();
        let qualifiers = qualifiers.unwrap_or_default();
        let docs_url = self.required("docs_url", fields.docs_url.take(), MAX_TEXT);
        if let Some(url) = &docs_url {
            self.https("docs_url", &url.value, url.span);
        }
        let context = self.required("context", fields.context.take(), MAX_TEXT);
        let slug = self.file_slug()?;
        if RESERVED_PROVIDERS.contains(&slug.as_str()) {
            self.tell(&rules::INVALID_SLUG, self.start(), format!("a provider cannot be called `{slug}`"));
        }
        Some(Matter::Provider(Box::new(ProviderMatter {
            slug,
            name: name?.value,
            product,
            code_pattern,
            qualifiers,
            docs_url: docs_url?.value,
            context: context?.value,
        })))
    }

    fn page(&mut self) -> Option<Matter> {
        Some(Matter::Page(PageMatter { slug: self.file_slug()? }))
    }

    fn file_slug(&mut self) -> Option<Slug> {
        let slug = self.context.file_slug.clone();
        if slug.is_none() {
            let finding = Diagnostic::new(&rules::INVALID_SLUG, self.start(), "the name of this file gives no address");
            self.diagnostics.push(finding.hint("rename it: lower-case letters, digits, `-`, `_` and `.`"));
        }
        slug
    }
}

const SEVERITIES: [&str; 4] = ["low", "medium", "high", "critical"];
