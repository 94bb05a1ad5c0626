//! Every rule, broken and kept: `tests/rules/<rule>.toml` edits the small site and says what is told.
//!
//! A bad case must give exactly its findings, in memory and through the command, which must exit with 1 (2 where the configuration
//! is at fault) and leave the published site alone. A good case comes near the rule and must give nothing.

use std::collections::BTreeMap;
use std::path::PathBuf;

use fieldguide::model::rules::RULES;
use rayon::prelude::*;
use serde::Deserialize;

use crate::support::{DiskSite, TODAY, TestSite, project};

/// Rules about files on disk; `files.rs` breaks them.
const ON_DISK: [&str; 7] =
    ["not-utf8", "unreadable-file", "symbolic-link", "special-file", "file-too-large", "missing-file", "unportable-name"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cases {
    pub bad: Vec<Case>,
    good: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What the case is about.
    pub why: String,
    #[serde(default)]
    edits: Vec<Edit>,
    /// The findings as `rule path:line:column`; none for a good case.
    #[serde(default)]
    expect: Vec<String>,
    /// Text that the command's output must hold, such as a hint.
    #[serde(default)]
    says: Vec<String>,
}

/// One change to the small site: a replacement, a whole file, or the end of a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    file: String,
    find: Option<String>,
    replace: Option<String>,
    text: Option<String>,
    #[serde(default)]
    delete: bool,
}

impl Case {
    /// The small site with the edits of the case.
    pub fn site(&self) -> TestSite {
        let mut site = TestSite::small();
        for edit in &self.edits {
            match (&edit.find, &edit.replace, &edit.text, edit.delete) {
                (Some(find), Some(replace), None, false) => site.edit(&edit.file, find, replace),
                (None, None, Some(text), false) => site.put(&edit.file, text),
                (None, None, None, true) => drop(site.files.remove(&edit.file).expect("a file of the site")),
                _ => panic!("{}: an edit has find and replace, or text, or delete", self.why),
            }
        }
        site
    }
}

/// All cases, by rule.
pub fn cases() -> BTreeMap<String, Cases> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(project().join("tests/rules")).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        let rule = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let cases = toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap_or_else(|error| panic!("{rule}: {error}"));
        all.insert(rule, cases);
    }
    all
}

#[test]
fn the_small_site_has_nothing_to_tell() {
    assert_eq!(TestSite::small().build().findings(), Vec::<String>::new());
}

#[test]
fn every_rule_has_cases() {
    let cases = cases();
    let missing: Vec<_> =
        RULES.iter().map(|rule| rule.name).filter(|rule| !cases.contains_key(*rule) && !ON_DISK.contains(rule)).collect();
    assert_eq!(missing, Vec::<&str>::new());
    let unknown: Vec<_> = cases.keys().filter(|name| RULES.iter().all(|rule| rule.name != name.as_str())).collect();
    assert_eq!(unknown, Vec::<&String>::new());
    for (rule, cases) in &cases {
        assert!(!cases.bad.is_empty() && !cases.good.is_empty(), "{rule} needs a bad and a good case");
        assert!(cases.bad.iter().all(|case| case.expect.iter().any(|line| line.starts_with(&format!("{rule} ")))), "{rule}");
    }
}

/// Runs a check on every case, on all cores, and shows all that failed.
fn for_all(check: impl Fn(&Checker, &str, &Case) -> Option<String> + Sync) {
    let cases = cases();
    let all: Vec<(&String, &Case)> =
        cases.iter().flat_map(|(rule, cases)| cases.bad.iter().chain(&cases.good).map(move |case| (rule, case))).collect();
    let checker = || Checker { disk: std::cell::OnceCell::new() };
    let wrong: Vec<String> =
        all.par_iter().map_init(checker, |checker, (rule, case)| check(checker, rule, case)).flatten().collect();
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), all.len(), wrong.join("\n"));
}

/// A published site for each thread that needs one.
struct Checker {
    disk: std::cell::OnceCell<DiskSite>,
}

impl Checker {
    fn disk(&self) -> &DiskSite {
        self.disk.get_or_init(|| {
            let disk = TestSite::small().on_disk();
            disk.build(&[]);
            disk
        })
    }
}

#[test]
fn each_broken_rule_is_told_at_its_place() {
    for_all(|_, rule, case| {
        let found = case.site().check().findings();
        let is_right = found == case.expect;
        (!is_right).then(|| format!("{rule}: {}\n  expected {:?}\n  found    {found:?}", case.why, case.expect))
    });
}

#[test]
fn a_broken_rule_stops_the_command_and_leaves_the_published_site() {
    for_all(|checker, rule, case| {
        if case.expect.is_empty() {
            return None;
        }
        let disk = checker.disk();
        let published = disk.tree("public");
        disk.clear_sources();
        case.site().write_to(&disk.root);
        let output = disk.run(&["build", "--today", TODAY, "--deny-warnings"]);
        let text = String::from_utf8(output.stderr).unwrap();
        let code = if case.expect.iter().all(|line| line.contains(" site.toml:")) { 2 } else { 1 };
        let is_told = case.expect.iter().all(|line| {
            let (rule, place) = line.split_once(' ').unwrap();
            let place = place.strip_suffix(":1:1").unwrap_or(place);
            text.contains(&format!("[{rule}]")) && text.contains(place)
        });
        let has_help = text.matches("= help: ").count() >= case.expect.len();
        let says = has_help && case.says.iter().all(|words| text.contains(words));
        let is_untouched = disk.tree("public") == published;
        if !is_untouched {
            TestSite::small().write_to(&disk.root);
            disk.build(&[]);
        }
        let is_right = output.status.code() == Some(code) && is_told && says && is_untouched;
        let words = if says { String::new() } else { format!(" (must say {:?})", case.says) };
        (!is_right).then(|| {
            format!(
                "{rule}: {}{words}\n  exit {:?}, published site untouched: {is_untouched}\n{text}",
                case.why,
                output.status.code()
            )
        })
    });
}
