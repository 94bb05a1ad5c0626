//! Front matter of a provider: what its codes look like, where its documentation is.

use super::super::front_matter::Fields;
use super::{MAX_NAME, MAX_TEXT, MAX_TITLE, Reader};
use crate::model::diagnostic::Diagnostic;
use crate::model::guide::{Matter, ProviderMatter};
use crate::model::reference::RESERVED_PROVIDERS;
use crate::model::rules;
use crate::model::source::Spanned;

impl Reader<'_> {
    pub(super) fn provider(&mut self, fields: &mut Fields) -> Option<Matter> {
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
            has_stable_codes: fields.stable_codes.unwrap_or(true),
            docs_url: docs_url?.value,
            context: context?.value,
        })))
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
}
