//! Codes that are mentioned and have no guide yet.

use super::Context;
use crate::model::diagnostic::Diagnostic;
use crate::model::rules;
use crate::model::words::counted;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for gap in &context.site.gaps {
        for mention in &gap.mentions {
            let message =
                format!("no guide yet for `{}:{}`, mentioned {}", gap.provider, gap.code, counted(gap.mentions.len(), "time"));
            let finding = Diagnostic::new(&rules::GAP, *mention, message);
            diagnostics.push(finding.hint(format!("write content/errors/{}/{}.md", gap.provider, gap.code.to_lowercase())));
        }
    }
}
