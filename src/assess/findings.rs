//! What the change brings to tell: errors, whoever made them, and new warnings.

use std::collections::BTreeMap;

use super::impact::Finding;
use super::matching::Matching;
use super::{Impact, Revision};
use crate::model::diagnostic::{Diagnostic, Severity};

/// Takes everything there is to tell as new.
pub(super) fn all_new(head: Revision<'_>, impact: &mut Impact) {
    head.findings.iter().for_each(|finding| add(head, finding, true, impact));
}

/// Tells apart what was there before. Lines move, so a finding is the same where file, rule and message are.
pub(super) fn compare(base: Revision<'_>, head: Revision<'_>, matching: &Matching, impact: &mut Impact) {
    let paired = base.site.ids().filter_map(|old| Some((base.path(old), head.path(matching.after(old)?))));
    let paths: BTreeMap<&str, &str> = paired.collect();
    let mut known: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    for finding in base.findings {
        let (path, _, _) = finding.location(base.sources);
        let path = paths.get(path).copied().unwrap_or(path);
        *known.entry((path, finding.rule.name, &finding.message)).or_default() += 1;
    }
    for finding in head.findings {
        let (path, _, _) = finding.location(head.sources);
        let before = known.get_mut(&(path, finding.rule.name, finding.message.as_str())).filter(|count| **count > 0);
        let is_new = before.map(|count| *count -= 1).is_none();
        add(head, finding, is_new, impact);
    }
}

fn add(head: Revision<'_>, finding: &Diagnostic, is_new: bool, impact: &mut Impact) {
    let (path, line, column) = finding.location(head.sources);
    let (rule, message, path) = (finding.rule.name, finding.message.clone(), path.to_owned());
    let told = Finding { rule, message, path, line, column, is_new };
    match finding.severity {
        Severity::Error => impact.errors.push(told),
        Severity::Warning if is_new => impact.new_warnings.push(told),
        Severity::Warning => {}
    }
}
