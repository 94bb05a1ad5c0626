//! What all kinds share: description, review, references, addresses, tags.

use super::super::front_matter::{Fields, ReferenceFields, RelatedFields};
use super::super::placeholders::is_placeholder;
use super::{DESCRIPTION, MAX_TITLE, Reader};
use crate::model::date::{Date, Interval};
use crate::model::diagnostic::Diagnostic;
use crate::model::guide::{Common, OfficialReference, RelatedReference, Status};
use crate::model::kind::GuideKind;
use crate::model::rules;
use crate::model::source::{Span, Spanned};
use crate::model::suggest::nearest;
use crate::model::url::{Permalink, Slug};

impl Reader<'_> {
    pub(super) fn common(&mut self, fields: Fields) -> Option<Common> {
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
        if let (Some(_), Status::Current) = (&fields.replaced_by, status) {
            let finding =
                Diagnostic::new(&rules::INVALID_VALUE, self.at("replaced_by"), "a guide that is current has `replaced_by`");
            self.diagnostics.push(finding.hint("add `status: deprecated` or `status: retired`, or remove the line"));
        }
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
        // One that is still to be written is told as such.
        if !DESCRIPTION.contains(&length) && !is_placeholder(&description.value) {
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
        self.not_after_today("reviewed", date, text.span);
        Some(Spanned::new(date, text.span))
    }

    fn not_after_today(&mut self, what: &str, date: Date, span: Span) {
        if date > self.context.today {
            self.tell(&rules::FUTURE_REVIEW, span, format!("{what} on {date}, which is after today, {}", self.context.today));
        }
    }

    fn review_in(&mut self, value: Option<String>) -> Option<Interval> {
        let text = self.optional("review_in", value, MAX_TITLE)?;
        let interval = Interval::parse(&text.value);
        if interval.is_none() {
            let message = format!("`{}` is not an interval", text.value);
            let hint = "write a count of days, weeks, months or years, as in 6 months";
            let finding = Diagnostic::new(&rules::INVALID_INTERVAL, text.span, message);
            let finding = match Interval::meant(&text.value) {
                Some(meant) => finding.edit(text.span, text.value.as_str(), meant.as_str()).did_you_mean(Some(meant)),
                None => finding,
            };
            self.diagnostics.push(finding.hint(hint));
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
                self.not_after_today("read", accessed, self.inner("references", index, "accessed"));
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

    fn related(&mut self, value: Option<Vec<RelatedFields>>) -> Vec<RelatedReference> {
        let written = value.unwrap_or_default();
        let mut related = Vec::new();
        for (index, fields) in written.into_iter().enumerate() {
            let span = self.inner("related", index, "ref");
            if let Some(reference) = self.reference(&fields.reference, span) {
                if let Some(first) = related.iter().find(|other: &&RelatedReference| other.reference.value == reference.value) {
                    let message = format!("`{}` is related twice", reference.value);
                    let finding = Diagnostic::new(&rules::INVALID_VALUE, span, message).label(first.reference.span, "first here");
                    self.diagnostics.push(finding.hint("keep one, with one reason"));
                }
                related.push(RelatedReference { reference, why: fields.why });
            }
        }
        related
    }

    fn status(&mut self, value: Option<&str>) -> Status {
        match value {
            None | Some("current") => Status::Current,
            Some("deprecated") => Status::Deprecated,
            Some("retired") => Status::Retired,
            Some(other) => {
                let finding = Diagnostic::new(&rules::INVALID_VALUE, self.at("status"), format!("`{other}` is no status"));
                let near = nearest(other, ["current", "deprecated", "retired"]);
                self.diagnostics.push(finding.respelt(other, near).hint("write current, deprecated or retired"));
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
}
