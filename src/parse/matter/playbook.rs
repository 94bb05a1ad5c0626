//! Front matter of a playbook: what it covers, when it is opened, how bad things are.

use super::super::front_matter::Fields;
use super::{MAX_NAME, Reader};
use crate::model::diagnostic::Diagnostic;
use crate::model::guide::{Matter, PlaybookMatter};
use crate::model::rules;
use crate::model::suggest::nearest;

const SEVERITIES: [&str; 4] = ["low", "medium", "high", "critical"];

impl Reader<'_> {
    pub(super) fn playbook(&mut self, fields: &mut Fields) -> Option<Matter> {
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
}
