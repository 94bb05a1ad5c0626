//! `check --fix`: what it mends, that it changes nothing else, and that a second run finds nothing to do.

use std::collections::BTreeSet;

use fieldguide::mend;
use rayon::prelude::*;

use crate::rules::cases;
use crate::support::{TODAY, TestSite};

const ACME: &str = "content/errors/acme/acme1001.md";
const COMPARE: &str = "content/compare/429-vs-503.md";
const PLAYBOOK: &str = "content/playbooks/outage.md";
const STANDARD: &str = "content/pages/standard.md";
const THROTTLED: &str = "content/errors/http/429.md";
const UNAVAILABLE: &str = "content/errors/http/503.md";

/// What writers get wrong and `--fix` puts right: rule, file, what stands there, what was written instead.
const SLIPS: &[(&str, &str, &str, &str)] = &[
    ("unknown-setting", "site.toml", "description = ", "descripton = "),
    ("unknown-key", UNAVAILABLE, "description: ", "Description: "),
    ("unknown-category", UNAVAILABLE, "category: availability", "category: availibility"),
    ("unknown-tag", THROTTLED, "tags: [http, retries]", "tags: [http, 'Retries']"),
    ("unknown-fact", THROTTLED, "  retryable:", "  retriable:"),
    ("unknown-fact-value", ACME, "  fault: service", "  fault: Service"),
    ("invalid-date", ACME, "last_reviewed_on: 2026-04-09", "last_reviewed_on: 2026/4/9"),
    ("invalid-interval", PLAYBOOK, "review_in: 1 year", "review_in: 1year"),
    ("invalid-value", THROTTLED, "status: current", "status: Current"),
    ("invalid-slug", ACME, "provider: acme", "provider: Acme"),
    ("kind-mismatch", COMPARE, "kind: compare", "kind: Compare"),
    ("unknown-footnote", THROTTLED, "[^rfc]", "[^RFC]"),
    ("misspelt-section", THROTTLED, "## Causes", "## Cause"),
    ("misspelt-section", UNAVAILABLE, "## Verify", "## Verification"),
    ("top-heading", ACME, "## Prevent", "# Prevent"),
    ("unknown-language", THROTTLED, "```python", "```pyhton"),
    ("invalid-fence", UNAVAILABLE, "title=\"Ask", "titel=\"Ask"),
    ("table-columns", COMPARE, "| Check | 429 | 503 |", "| Check | 429 | 503. |"),
    ("unknown-node", PLAYBOOK, "[Slow down](#slow)", "[Slow down](#Slow)"),
    ("node-attribute", PLAYBOOK, "#operator .escalate", "#operator .escallate"),
    ("unknown-guide", STANDARD, "[[http:503]]", "[[HTTP:503]]"),
    ("unknown-fragment", PLAYBOOK, "[[http:429#verify]]", "[[http:429#Verify]]"),
    ("broken-link", STANDARD, "(../compare/429-vs-503.md)", "(/compare/429-vs-503/)"),
    ("bidi-or-invisible-character", UNAVAILABLE, "curl --retry", "cu\u{200b}rl\u{a0}--retry"),
    ("control-character", THROTTLED, "Count the requests", "Count\u{8} the requests"),
];

/// The small site as it should be, with what some of the slips need.
fn sound() -> TestSite {
    let mut site = TestSite::small();
    site.edit(PLAYBOOK, "severity: high", "severity: high\nreview_in: 1 year");
    site.edit(THROTTLED, "category: throttling", "category: throttling\nstatus: current");
    site.edit(COMPARE, "tags: [http]", "tags: [http]\nkind: compare");
    site
}

/// The site as editors of another system save it: a byte order mark, and line ends of two bytes.
fn saved_elsewhere(site: &mut TestSite) {
    for (path, bytes) in &mut site.files {
        if path.ends_with(".md") {
            let text = String::from_utf8(bytes.clone()).unwrap().replace('\n', "\r\n");
            *bytes = format!("\u{feff}{text}").into_bytes();
        }
    }
}

/// Runs `check --fix` on a site with all slips at once; it must end as it was before.
fn check(prepare: impl Fn(&mut TestSite)) {
    let mut expected = sound();
    let mut site = sound();
    for (_, file, right, wrong) in SLIPS {
        site.edit(file, right, wrong);
    }
    // A quoted word keeps its quotation marks, a file that lies elsewhere goes home.
    expected.edit(THROTTLED, "tags: [http, retries]", "tags: [http, 'retries']");
    let text = site.files.remove(ACME).unwrap();
    site.files.insert("content/errors/acme/down.md".to_owned(), text);
    prepare(&mut site);
    prepare(&mut expected);
    let disk = site.on_disk();
    let output = disk.run(&["check", "--fix", "--dry-run", "--today", TODAY]);
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(shown.contains("--- a/content/errors/http/429.md") && shown.contains("-## Cause") && shown.contains("+## Causes"));
    let untouched = TestSite { files: disk.tree(".") };
    assert_eq!(untouched.files, site.files, "a dry run writes nothing");
    let output = disk.run(&["check", "--fix", "--today", TODAY]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{}\n{told}", String::from_utf8(output.stdout).unwrap());
    assert!(told.contains(&format!("{} findings in 7 files mended", SLIPS.len() + 1)), "{told}");
    let mended = disk.tree(".");
    for (path, bytes) in &expected.files {
        assert_eq!(mended.get(path).map(|bytes| String::from_utf8_lossy(bytes)), Some(String::from_utf8_lossy(bytes)), "{path}");
    }
    assert_eq!(mended.len(), expected.files.len());
    let again = disk.run(&["check", "--fix", "--today", TODAY]);
    assert!(again.stdout.is_empty() && disk.tree(".") == mended);
}

#[test]
fn every_kind_of_slip_is_mended_and_no_other_byte_changes() {
    check(|_| ());
}

#[test]
fn line_ends_and_byte_order_marks_stay() {
    check(saved_elsewhere);
}

#[test]
fn each_slip_is_a_finding_of_its_rule() {
    for (rule, file, right, wrong) in SLIPS {
        let mut site = sound();
        site.edit(file, right, wrong);
        let findings = site.build().findings();
        assert!(findings.iter().any(|finding| finding.starts_with(&format!("{rule} "))), "{wrong}: {findings:?}");
    }
}

/// One round of mending in memory; `None` where there is nothing to mend.
fn mended(site: &TestSite) -> Option<TestSite> {
    let built = site.check();
    let changes = mend::changes(&built.sources, &built.outcome.diagnostics);
    if changes.is_empty() {
        return None;
    }
    let mut site = site.clone();
    for (file, replacements) in &changes.edits {
        let bytes = site.files.get_mut(&built.sources.file(*file).path).unwrap();
        *bytes = mend::apply(bytes, replacements);
    }
    for (file, to) in &changes.moves {
        let bytes = site.files.remove(&built.sources.file(*file).path).unwrap();
        assert!(site.files.insert(to.clone(), bytes).is_none(), "{to} was there");
    }
    Some(site)
}

#[test]
fn mending_ends_and_breaks_no_rule() {
    let cases = cases();
    let all: Vec<_> = cases.values().flat_map(|cases| &cases.bad).collect();
    all.par_iter().for_each(|case| {
        let mut site = case.site();
        let before = site.check().outcome.diagnostics.len();
        let mut rounds = 0;
        let mut seen = BTreeSet::new();
        while let Some(next) = mended(&site) {
            assert!(seen.insert(next.files.clone()), "{}: mending goes round in circles", case.why);
            rounds += 1;
            assert!(rounds <= 8, "{}: mending does not end", case.why);
            site = next;
        }
        let after = site.check().findings();
        // What hid behind a finding that was mended may come out, but no more than one for each.
        assert!(after.len() <= before + rounds, "{}: {after:?}", case.why);
    });
}
