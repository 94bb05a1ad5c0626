//! Front matter of a playbook: what it covers, when it is opened, how bad things are.

use super::super::front_matter::Fields;
use super::{MAX_NAME, Reader};
use crate::model::date::{DURATION_HINT, is_duration};
use crate::model::diagnostic::Diagnostic;
use crate::model::guide::{Matter, PlaybookMatter};
use crate::model::rules;
use crate::model::suggest::slip_of;

/// Words for severities of which a slip is told; teams have their own scales, such as SEV1.
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
            let near = slip_of(&severity.value, SEVERITIES);
            let message = format!("`{}` is no severity", severity.value);
            let finding =
                near.map(|near| Diagnostic::new(&rules::INVALID_VALUE, severity.span, message).did_you_mean(Some(near)));
            self.diagnostics.extend(finding);
        }
        let time_budget = self.optional("time_budget", fields.time_budget.take(), MAX_NAME);
        if let Some(budget) = time_budget.as_ref().filter(|budget| !is_duration(&budget.value)) {
            let message = format!("`{}` is no length of time", budget.value);
            let finding = Diagnostic::new(&rules::INVALID_INTERVAL, budget.span, message);
            self.diagnostics.push(finding.hint(DURATION_HINT));
        }
        let slug = self.file_slug()?;
        Some(Matter::Playbook(PlaybookMatter {
            slug,
            covers,
            triggers,
            severity: severity.map(|severity| severity.value),
            time_budget: time_budget.map(|budget| budget.value),
        }))
    }
}
