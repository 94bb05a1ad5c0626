//! Front matter of an error guide: identity, facts, signatures.

use super::super::front_matter::{Fields, SignatureFields};
use super::super::yaml::Node;
use super::{MAX_NAME, Reader};
use crate::model::config::is_yaml_boolean;
use crate::model::diagnostic::Diagnostic;
use crate::model::guide::{ErrorMatter, Fact, Matter, Signature};
use crate::model::reference::RESERVED_PROVIDERS;
use crate::model::rules;
use crate::model::source::Spanned;
use crate::model::url::Slug;

impl Reader<'_> {
    pub(super) fn error(&mut self, fields: &mut Fields) -> Option<Matter> {
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
            self.diagnostics
                .push(finding.respelt(&text.value, near).hint("write the name of a file in content/providers, without .md"));
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
                Some(_) if is_yaml_boolean(&value) => {
                    let message = format!("`{}` is `{value}`, a word that YAML may read as true or false", key.value);
                    let finding = Diagnostic::new(&rules::UNKNOWN_FACT_VALUE, node.span, message);
                    self.diagnostics.push(finding.hint("say in words what a reader sees"));
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
}
