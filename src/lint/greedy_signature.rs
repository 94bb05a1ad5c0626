//! A signature that matches ordinary log lines: readers of healthy logs would be sent to its guide.

use std::collections::HashSet;

use super::Context;
use crate::model::diagnostic::Diagnostic;
use crate::model::noise::ordinary_log;
use crate::model::rules;

/// One line in so many may match by chance.
const MOST: usize = 100;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let log = ordinary_log();
    let starts: Vec<usize> = std::iter::once(0).chain(log.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let line_of = |at: usize| starts.partition_point(|start| *start <= at) - 1;
    let matters = context.site.guides.iter().filter_map(|guide| guide.error());
    for signature in matters.flat_map(|matter| &matter.signatures) {
        // Most patterns contain a text that no ordinary line has; then nothing else need be tried.
        if signature.compiled.literal().is_some_and(|literal| !log.contains(literal)) {
            continue;
        }
        let lines: HashSet<usize> = signature.compiled.find_all(log).into_iter().map(|range| line_of(range.start)).collect();
        if lines.len() * MOST > starts.len() {
            let first = lines.iter().min().map_or("", |line| log[starts[*line]..].lines().next().unwrap_or_default());
            let message = format!("this matches {} of {} ordinary log lines", lines.len(), starts.len() - 1);
            let finding = Diagnostic::new(&rules::GREEDY_SIGNATURE, signature.pattern.span, message);
            diagnostics.push(finding.hint(format!("it matches, for instance, `{first}`")));
        }
    }
}
