//! Lint: the editorial rules that need more than one file's syntax. A side room: nothing flows out of it but diagnostics.

mod ambiguous_sample;
mod cause_without_fix;
mod footnotes;
mod gap;
mod one_sided_fact;
mod stale_review;
mod unlinked_cover;

use rayon::prelude::*;

use crate::model::config::SiteLevel;
use crate::model::diagnostic::Diagnostic;
use crate::model::guide::Guide;
use crate::model::rules::{self, Rule};
use crate::model::site::{GuideId, Site};
use crate::model::source::Sources;

/// What a check looks at: the whole site, and the texts it was read from.
struct Context<'a> {
    site: &'a Site,
    sources: &'a Sources,
}

impl Context<'_> {
    fn guide(&self, id: GuideId) -> &Guide {
        self.site.guide(id)
    }
}

/// Looks at one guide, or at what lies between guides, and tells what one or two rules ask for.
enum Check {
    Guide(fn(&Context<'_>, GuideId, &mut Vec<Diagnostic>)),
    Site(fn(&Context<'_>, &mut Vec<Diagnostic>)),
}

use Check::{Guide as PerGuide, Site as PerSite};

/// Every check, with the rules it tells. A check runs unless the site allows all of its rules.
const CHECKS: &[(&[&Rule], Check)] = &[
    (&[&rules::UNKNOWN_FOOTNOTE, &rules::UNUSED_REFERENCE], PerGuide(footnotes::check)),
    (&[&rules::AMBIGUOUS_SAMPLE, &rules::ONE_SIDED_SHARING], PerSite(ambiguous_sample::check)),
    (&[&rules::CAUSE_WITHOUT_FIX], PerGuide(cause_without_fix::check)),
    (&[&rules::ONE_SIDED_FACT], PerSite(one_sided_fact::check)),
    (&[&rules::UNLINKED_COVER], PerGuide(unlinked_cover::check)),
    (&[&rules::STALE_REVIEW, &rules::OVERDUE_REVIEW], PerGuide(stale_review::check)),
    (&[&rules::GAP], PerSite(gap::check)),
];

/// Tells what the editorial rules find.
pub(crate) fn check(site: &Site, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) {
    let context = Context { site, sources };
    let is_wanted = |rules: &[&Rule]| rules.iter().any(|rule| site.config.level(rule) != SiteLevel::Allow);
    let checks = || CHECKS.iter().filter(|(rules, _)| is_wanted(rules)).map(|(_, check)| check);
    let ids: Vec<GuideId> = site.ids().collect();
    let told: Vec<Vec<Diagnostic>> = ids
        .par_iter()
        .map(|id| {
            let mut told = Vec::new();
            for check in checks() {
                if let PerGuide(check) = check {
                    check(&context, *id, &mut told);
                }
            }
            told
        })
        .collect();
    diagnostics.extend(told.into_iter().flatten());
    for check in checks() {
        if let PerSite(check) = check {
            check(&context, diagnostics);
        }
    }
}
