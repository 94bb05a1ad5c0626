//! Lint: the editorial rules that need the whole site. A side room: nothing flows out of it but diagnostics.

mod ambiguous_sample;
mod cause_without_fix;
mod footnotes;
mod gap;
mod one_sided_fact;
mod unlinked_cover;

use crate::model::config::SiteLevel;
use crate::model::diagnostic::Diagnostic;
use crate::model::rules::{self, Rule};
use crate::model::site::Site;

/// Looks at a site and tells what one or two rules ask for.
type Check = fn(&Site, &mut Vec<Diagnostic>);

/// Every check, with the rules it tells. A check runs where the site allows none of its rules to pass.
const CHECKS: &[(&[&Rule], Check)] = &[
    (&[&rules::UNKNOWN_FOOTNOTE, &rules::UNUSED_REFERENCE], footnotes::check),
    (&[&rules::AMBIGUOUS_SAMPLE, &rules::ONE_SIDED_SHARING], ambiguous_sample::check),
    (&[&rules::CAUSE_WITHOUT_FIX], cause_without_fix::check),
    (&[&rules::ONE_SIDED_FACT], one_sided_fact::check),
    (&[&rules::UNLINKED_COVER], unlinked_cover::check),
    (&[&rules::GAP], gap::check),
];

/// Tells what the editorial rules find.
pub(crate) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for (rules, check) in CHECKS {
        if rules.iter().any(|rule| site.config.level(rule) != SiteLevel::Allow) {
            check(site, diagnostics);
        }
    }
}
