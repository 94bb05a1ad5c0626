//! Lint: the editorial rules that need more than one file's syntax. A side room: nothing flows out of it but diagnostics.

mod ambiguous_sample;
mod branch_on_code;
mod cause_without_fix;
mod duplicate_anchor;
mod duplicate_description;
mod filler_phrase;
mod footnotes;
mod gap;
mod greedy_signature;
mod http_link;
mod image_without_alt;
mod long_title;
mod lost_address;
mod one_sided_fact;
mod orphan_guide;
mod risky_command;
mod slow_signature;
mod stale_review;
mod uncited_reference;
mod unlinked_code;
mod unlinked_cover;
mod unreachable_signature;

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
    (&[&rules::GREEDY_SIGNATURE], PerSite(greedy_signature::check)),
    (&[&rules::UNREACHABLE_SIGNATURE], PerGuide(unreachable_signature::check)),
    (&[&rules::SLOW_SIGNATURE], PerGuide(slow_signature::check)),
    (&[&rules::CAUSE_WITHOUT_FIX], PerGuide(cause_without_fix::check)),
    (&[&rules::ONE_SIDED_FACT], PerSite(one_sided_fact::check)),
    (&[&rules::UNLINKED_COVER], PerGuide(unlinked_cover::check)),
    (&[&rules::STALE_REVIEW, &rules::OVERDUE_REVIEW], PerGuide(stale_review::check)),
    (&[&rules::GAP], PerSite(gap::check)),
    (&[&rules::UNLINKED_CODE], PerSite(unlinked_code::check)),
    (&[&rules::HTTP_LINK], PerGuide(http_link::check)),
    (&[&rules::UNCITED_REFERENCE], PerGuide(uncited_reference::check)),
    (&[&rules::LONG_TITLE], PerGuide(long_title::check)),
    (&[&rules::DUPLICATE_DESCRIPTION], PerSite(duplicate_description::check)),
    (&[&rules::FILLER_PHRASE], PerGuide(filler_phrase::check)),
    (&[&rules::DUPLICATE_ANCHOR], PerGuide(duplicate_anchor::check)),
    (&[&rules::IMAGE_WITHOUT_ALT], PerGuide(image_without_alt::check)),
    (&[&rules::RISKY_COMMAND], PerGuide(risky_command::check)),
    (&[&rules::BRANCH_ON_CODE], PerGuide(branch_on_code::check)),
    (&[&rules::LOST_ADDRESS], PerSite(lost_address::check)),
    // Last: it needs to know whether anything is broken.
    (&[&rules::ORPHAN_GUIDE], PerSite(orphan_guide::check)),
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
