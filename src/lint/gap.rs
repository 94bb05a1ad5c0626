//! Codes that are mentioned and have no guide yet.

use crate::model::diagnostic::Diagnostic;
use crate::model::rules;
use crate::model::site::Site;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for gap in &site.gaps {
        for mention in &gap.mentions {
            let message = format!("no guide yet for `{}:{}`, mentioned {} times", gap.provider, gap.code, gap.mentions.len());
            let finding = Diagnostic::new(&rules::GAP, *mention, message);
            diagnostics.push(finding.hint(format!("write content/errors/{}/{}.md", gap.provider, gap.code.to_lowercase())));
        }
    }
}
