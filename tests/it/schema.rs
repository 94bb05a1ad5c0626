//! The schemas for editors: valid themselves, true to every guide there is, and of one mind with the build.
//!
//! `tests/schema/<subject>.toml` has a front matter with every key and edits to it. Each edit, and each key with each of `VALUES`,
//! is judged twice: the schema must reject exactly what the build tells as an error of form. What a schema cannot know is in
//! `BEYOND` and, with an example for each rule, under `beyond` in those files.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use fieldguide::model::diagnostic::{Place, Severity};
use fieldguide::model::kind::GuideKind;
use fieldguide::{Options, front_matter_schema, inspect, site_schema};
use jsonschema::Validator;
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::Value;

use crate::support::{TODAY, TestSite, project, up_to_date};

/// Rules that a schema cannot hold, since they are about other files, the day, or the meaning of a text.
const BEYOND: [&str; 22] = [
    // Other files
    "address-collision",
    "ambiguous-code",
    "ambiguous-sample",
    "code-pattern-mismatch",
    "duplicate-guide",
    "one-sided-fact",
    "one-sided-sharing",
    "self-reference",
    "unknown-guide",
    // The day
    "future-review",
    "overdue-review",
    // The body
    "unused-reference",
    // What a text says
    "placeholder",
    // Regular expressions, and what they match
    "invalid-pattern",
    "reject-match",
    "sample-mismatch",
    "unportable-pattern",
    // Two items of a list that are one in one of their keys
    "duplicate-reference",
    // YAML itself, which is read before a schema sees anything
    "duplicate-key",
    "invalid-yaml",
    "yaml-feature",
    // A file whose place differs from its address
    "misplaced-file",
];

/// The rule of which a schema holds a part: anchors and named groups in a `code_pattern`.
const PARTLY_KNOWN: &str = "invalid-pattern";

/// Values that a schema sees otherwise than the build, with the key they belong to.
const SEEN_OTHERWISE: [(&str, &str); 5] = [
    // Nothing, or the code `null`: YAML reads both as nothing, and an editor that tells an empty code is the better one.
    ("code", "~"),
    // A slip of a word that a team may choose freely.
    ("severity", "High"),
    // The text of a number is not in JSON: 1E3 is no slug, 1e3 is one.
    ("slug", "1E3"),
    ("slug", "0x1F"),
    ("provider", "1E3"),
];

/// What every key is given in turn, as YAML. The first `SHAPES` tell what kind of value a key takes.
const VALUES: [&str; 49] = [
    "",
    "''",
    "'  '",
    "~",
    "[]",
    "{}",
    "[a]",
    "['']",
    "[~]",
    "[5]",
    "{a: b}",
    "[{a: b}]",
    "true",
    "7",
    "word",
    "no",
    "-1.5",
    "0x1F",
    "1E3",
    "600",
    "503.5",
    "Two Words",
    "' padded '",
    "\"a\\x01b\"",
    "\"a\\x85b\"",
    "\"a\\tb\"",
    "\"two\\nlines\"",
    "é",
    "'!'",
    "con",
    ".x",
    "2026-04-09",
    "2026-02-29",
    "2024-02-29",
    "2026-4-9",
    "' 2026-04-09 '",
    "6 months",
    "0 days",
    "15m",
    "http:429",
    "compare:429-vs-503",
    "[http:429]",
    "[http:429, acme:ACME1001]",
    "[compare:429-vs-503]",
    "https://docs.example/a",
    "http://docs.example/a",
    "[/old/path/]",
    "retired",
    "High",
];

/// How many values are enough for a key that has been given all of them in another kind of guide.
const SHAPES: usize = 15;

/// Lengths at which texts begin or cease to fit.
const LENGTHS: [usize; 10] = [49, 50, 80, 81, 120, 121, 170, 171, 600, 601];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    /// The guide of the small site that has the front matter; `site.toml` where there is none.
    #[serde(default = "config_file")]
    file: String,
    base: String,
    /// What is replaced by what.
    edits: Vec<(String, String)>,
    /// A rule, and an edit that breaks it unseen by the schema.
    beyond: Vec<(String, String, String)>,
}

fn config_file() -> String {
    "site.toml".to_owned()
}

impl Cases {
    fn read(subject: &str) -> Self {
        let text = std::fs::read_to_string(project().join(format!("tests/schema/{subject}.toml"))).unwrap();
        let mut cases: Self = toml::from_str(&text).unwrap_or_else(|error| panic!("{subject}: {error}"));
        cases.base = cases.base.trim_start().to_owned();
        cases
    }

    fn edited(&self, find: &str, replace: &str) -> String {
        assert_eq!(self.base.matches(find).count(), 1, "{find:?} must stand once in the base of {}", self.file);
        self.base.replacen(find, replace, 1)
    }

    /// The base without each key, and with each key at each value; a key that is known from another kind at the first of them.
    fn systematic(&self, known: &mut Vec<String>) -> Vec<(String, String, String)> {
        let lengths = LENGTHS.map(|length| format!("'{}d'", "wörd ".chars().cycle().take(length - 1).collect::<String>()));
        let values: Vec<&str> = VALUES.into_iter().chain(lengths.iter().map(String::as_str)).collect();
        let mut all = Vec::new();
        for (key, block) in blocks(&self.base) {
            all.push((key.clone(), "(none)".to_owned(), self.base.replacen(&block, "", 1)));
            let count = if known.contains(&key) { SHAPES } else { values.len() };
            let with =
                |value: &&str| (key.clone(), (*value).to_owned(), self.base.replacen(&block, &format!("{key}: {value}\n"), 1));
            all.extend(values[..count].iter().map(with));
            known.push(key);
        }
        all
    }
}

/// The top-level keys of front matter with their lines.
fn blocks(yaml: &str) -> Vec<(String, String)> {
    let mut blocks: Vec<(String, String)> = Vec::new();
    for line in yaml.split_inclusive('\n') {
        match blocks.last_mut() {
            Some((_, block)) if line.starts_with(' ') => block.push_str(line),
            _ => blocks.push((line.split(':').next().unwrap().to_owned(), line.to_owned())),
        }
    }
    blocks
}

fn validator(schema: &str) -> Validator {
    jsonschema::draft202012::new(&serde_json::from_str(schema).unwrap()).unwrap()
}

fn schema_of(site: &TestSite, kind: GuideKind) -> String {
    front_matter_schema(&site.sources(), kind).0.unwrap()
}

/// Front matter as a schema sees it; `None` where it is no YAML.
fn as_json(yaml: &str) -> Option<Value> {
    serde_yaml::from_str(yaml).ok()
}

/// The front matter of a guide's text, and everything after it.
fn split(text: &str) -> (&str, &str) {
    text.strip_prefix("---\n").and_then(|rest| rest.split_once("---\n")).unwrap()
}

/// The small site without what only pages are made of.
fn small() -> TestSite {
    static SMALL: LazyLock<TestSite> = LazyLock::new(|| {
        let mut site = TestSite::small();
        site.files.retain(|path, _| path == "site.toml" || path.starts_with("content/"));
        site
    });
    SMALL.clone()
}

/// The small site, a file of which has another front matter.
fn with_front_matter(file: &str, yaml: &str) -> TestSite {
    let mut site = small();
    let text = String::from_utf8(site.files[file].clone()).unwrap();
    site.put(file, &format!("---\n{yaml}---\n{}", split(&text).1));
    site
}

/// The rules that the build tells as errors in a file before an offset.
fn errors(site: &TestSite, file: &str, end: usize) -> Vec<&'static str> {
    let sources = site.sources();
    let (_, told) = inspect(&sources, &Options::default());
    let is_there = |place: &Place| match place {
        Place::Text(span) => sources.file(span.file).path == file && (span.start as usize) < end,
        Place::Path(path) => path == file,
    };
    let errors = told.iter().filter(|finding| finding.severity == Severity::Error && is_there(&finding.place));
    errors.map(|finding| finding.rule.name).collect()
}

fn errors_of_front_matter(file: &str, yaml: &str) -> Vec<&'static str> {
    errors(&with_front_matter(file, yaml), file, yaml.len() + 8)
}

fn kind_of(file: &str) -> GuideKind {
    GuideKind::of_folder(file.split('/').nth(1).unwrap()).unwrap()
}

fn kinds() -> impl Iterator<Item = (GuideKind, Cases)> {
    GuideKind::ALL.into_iter().map(|kind| (kind, Cases::read(kind.spec().name)))
}

/// Every schema by the name of its file.
fn all(site: &TestSite) -> BTreeMap<String, String> {
    let kinds = GuideKind::ALL.into_iter().map(|kind| (kind.spec().name.to_owned(), schema_of(site, kind)));
    kinds.chain([("site".to_owned(), site_schema())]).collect()
}

#[test]
fn schemas_are_valid_and_have_words_for_every_key() {
    let mut bare = TestSite::small();
    bare.files.remove("site.toml");
    for site in [TestSite::own(), TestSite::small(), bare] {
        for (name, text) in all(&site) {
            let schema: Value = serde_json::from_str(&text).unwrap();
            let told = jsonschema::draft202012::meta::validate(&schema);
            assert!(told.is_ok(), "{name}: {told:?}");
            assert!(text.ends_with("}\n"));
            let properties = schema["properties"].as_object().unwrap();
            let mute: Vec<_> = properties.iter().filter(|(_, property)| !property["description"].is_string()).collect();
            assert!(mute.is_empty(), "{name}: {mute:?}");
        }
    }
}

#[test]
fn the_schemas_beside_the_editor_settings_are_up_to_date() {
    for (name, text) in all(&TestSite::own()) {
        up_to_date(&format!(".vscode/schemas/{name}.json"), &text);
    }
}

#[test]
fn every_guide_and_configuration_is_accepted() {
    let mut count = 0;
    for site in [TestSite::own(), TestSite::small()] {
        let validators = GuideKind::ALL.map(|kind| (kind, validator(&schema_of(&site, kind))));
        for (path, bytes) in site.files.iter().filter(|(path, _)| path.starts_with("content/") && path.ends_with(".md")) {
            let text = std::str::from_utf8(bytes).unwrap();
            let (_, validator) = validators.iter().find(|(kind, _)| *kind == kind_of(path)).unwrap();
            let told = validator.iter_errors(&as_json(split(text).0).unwrap()).map(|error| error.to_string()).collect::<Vec<_>>();
            assert!(told.is_empty(), "{path}: {told:?}");
            count += 1;
        }
        let config: toml::Table = std::str::from_utf8(&site.files["site.toml"]).unwrap().parse().unwrap();
        assert!(validator(&site_schema()).is_valid(&serde_json::to_value(config).unwrap()));
    }
    assert!(count > 30, "{count} guides");
}

#[test]
fn the_front_matters_with_every_key_have_every_key_and_are_right() {
    for (kind, cases) in kinds() {
        let schema: Value = serde_json::from_str(&schema_of(&TestSite::small(), kind)).unwrap();
        let written = as_json(&cases.base).unwrap();
        let missing = schema["properties"].as_object().unwrap().keys().filter(|key| written.get(key.as_str()).is_none());
        // A guide that is current has none, and some must be.
        assert_eq!(missing.filter(|key| *key != "replaced_by").collect::<Vec<_>>(), Vec::<&String>::new(), "{}", cases.file);
        assert_eq!(errors_of_front_matter(&cases.file, &cases.base), Vec::<&str>::new(), "{}", cases.file);
    }
}

#[test]
fn schema_and_build_agree_on_front_matter() {
    let mut count = 0;
    let mut rejected = 0;
    let mut known = Vec::new();
    for (kind, cases) in kinds() {
        let validator = validator(&schema_of(&TestSite::small(), kind));
        let edits = cases.edits.iter().map(|(find, replace)| (String::new(), replace.clone(), cases.edited(find, replace)));
        let mut all: Vec<_> = edits.chain(cases.systematic(&mut known)).collect();
        all.retain(|(key, value, _)| !SEEN_OTHERWISE.contains(&(key, value)));
        let judged: Vec<(bool, Option<String>)> = all
            .par_iter()
            .map(|(key, value, yaml)| {
                let told = errors_of_front_matter(&cases.file, yaml);
                let rejects = as_json(yaml).is_none_or(|written| !validator.is_valid(&written));
                let is_wrong = told.iter().any(|rule| !BEYOND.contains(rule)) || rejects && told.contains(&PARTLY_KNOWN);
                let disagreement =
                    format!("{} {key}: {value}: schema rejects: {rejects}, build tells {told:?}", kind.spec().name);
                (rejects, (rejects != is_wrong).then_some(disagreement))
            })
            .collect();
        count += judged.len();
        rejected += judged.iter().filter(|(rejects, _)| *rejects).count();
        let wrong: Vec<String> = judged.into_iter().filter_map(|(_, disagreement)| disagreement).collect();
        assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), all.len(), wrong.join("\n"));
    }
    assert!(count > 1000 && rejected > 500 && count - rejected > 500, "{rejected} of {count} rejected");
}

#[test]
fn what_a_schema_cannot_know_is_told_by_the_build() {
    for (kind, cases) in kinds() {
        let validator = validator(&schema_of(&TestSite::small(), kind));
        for (rule, find, replace) in &cases.beyond {
            let yaml = cases.edited(find, replace);
            let told = errors_of_front_matter(&cases.file, &yaml);
            assert!(told.contains(&rule.as_str()), "{}: {replace}: the build tells {told:?}", cases.file);
            let accepted = as_json(&yaml).is_none_or(|written| validator.is_valid(&written));
            assert!(accepted, "{}: {replace}: the schema knows {rule} after all", cases.file);
        }
    }
}

/// Every value of a table with its path, tables included.
fn paths(value: &toml::Value, path: &[String], all: &mut Vec<Vec<String>>) {
    if let Some(table) = value.as_table() {
        for (key, inner) in table {
            let path = [path, std::slice::from_ref(key)].concat();
            all.push(path.clone());
            paths(inner, &path, all);
        }
    }
}

/// A table with another value at a path, or without one, as text.
fn replaced(value: &toml::Value, path: &[String], new: Option<&toml::Value>) -> String {
    let mut copy = value.clone();
    let (last, above) = path.split_last().unwrap();
    let table = above.iter().fold(&mut copy, |value, key| value.get_mut(key).unwrap()).as_table_mut().unwrap();
    match new {
        Some(new) => drop(table.insert(last.clone(), new.clone())),
        None => drop(table.remove(last)),
    }
    toml::to_string(&copy).unwrap()
}

fn errors_of_config(text: &str) -> Vec<&'static str> {
    let mut site = small();
    site.put("site.toml", text);
    errors(&site, "site.toml", usize::MAX)
}

#[test]
fn schema_and_build_agree_on_the_configuration() {
    let cases = Cases::read("site");
    let validator = validator(&site_schema());
    let base: toml::Value = cases.base.parse::<toml::Table>().unwrap().into();
    assert_eq!(errors_of_config(&cases.base), Vec::<&str>::new());
    let values: toml::Table =
        "all = ['', ' ', 'word', 'Two words', \"a\\u0001b\", \"a\\tb\", \"two\\nlines\", 'https://a.example/x', \
         'http://a.example', 'https://a b', '6 months', 'allow', '{{ x }}', 5, 1.5, true, [], ['a'], {}, {on = 'x'}, {a = 'b'}, \
         {a = {label = 'b'}}]"
            .parse()
            .unwrap();
    let edits = cases.edits.iter().map(|(find, replace)| (replace.clone(), cases.edited(find, replace)));
    let mut texts: Vec<(String, String)> = edits.collect();
    let mut all = Vec::new();
    paths(&base, &[], &mut all);
    for path in &all {
        let name = path.join(".");
        texts.push((format!("{name} (none)"), replaced(&base, path, None)));
        let of_value = |value: &toml::Value| (format!("{name} = {value}"), replaced(&base, path, Some(value)));
        texts.extend(values["all"].as_array().unwrap().iter().map(of_value));
    }
    let wrong: Vec<String> = texts
        .par_iter()
        .filter_map(|(edit, text)| {
            let told = errors_of_config(text);
            let is_wrong = told.iter().any(|rule| !BEYOND.contains(rule));
            let written: toml::Table = text.parse().unwrap();
            let rejects = !validator.is_valid(&serde_json::to_value(written).unwrap());
            (rejects != is_wrong).then(|| format!("{edit}: schema rejects: {rejects}, build tells {told:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), texts.len(), wrong.join("\n"));
    assert!(texts.len() > 500, "{} configurations", texts.len());
    for (rule, find, replace) in &cases.beyond {
        assert_eq!(errors_of_config(&cases.edited(find, replace)), [rule.as_str()]);
    }
}

#[test]
fn a_schema_is_printed_and_nothing_else() {
    let disk = TestSite::small().on_disk();
    for (name, schema) in all(&TestSite::small()) {
        let output = disk.run(&["schema", &name]);
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{name}");
        assert!(output.stdout == schema.as_bytes(), "{name}");
    }
    let elsewhere = tempfile::tempdir().unwrap();
    let root = disk.root.to_str().unwrap();
    let output = disk.command(&["schema", "error", "--root", root]).current_dir(&elsewhere).output().unwrap();
    assert!(output.stdout == schema_of(&TestSite::small(), GuideKind::Error).as_bytes());
    let help = disk.run(&["schema", "--help"]);
    assert!(String::from_utf8(help.stdout).unwrap().contains("Examples:\n  fieldguide schema error"));
}

#[test]
fn without_a_site_a_schema_has_no_lists_and_says_so() {
    let disk = TestSite { files: BTreeMap::new() }.on_disk();
    std::fs::create_dir_all(&disk.root).unwrap();
    let output = disk.run(&["schema", "error"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("note: no site.toml in ."));
    let schema: Value = serde_json::from_slice(&output.stdout).unwrap();
    for key in ["category", "provider"] {
        assert!(schema["properties"][key]["enum"].is_null(), "{key}");
    }
    assert!(validator(&schema.to_string()).is_valid(&as_json(&Cases::read("error").base).unwrap()));
    assert!(disk.run(&["schema", "error", "--quiet"]).stderr.is_empty());
    assert!(disk.run(&["schema", "site"]).stderr.is_empty());
}

#[test]
fn a_site_that_cannot_be_read_gives_no_schema() {
    let mut site = TestSite::small();
    site.edit("site.toml", "language = \"en\"", "language = \"e\"");
    let output = site.on_disk().run(&["schema", "error"]);
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &b""[..]));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("error[invalid-setting]") && told.contains("site.toml:4:12"), "{told}");
}

#[test]
fn lists_narrow_what_a_schema_takes() {
    let schema: Value = serde_json::from_str(&schema_of(&TestSite::small(), GuideKind::Error)).unwrap();
    let properties = &schema["properties"];
    assert_eq!(properties["category"]["enum"], serde_json::json!(["availability", "throttling"]));
    assert_eq!(properties["category"]["enumDescriptions"], serde_json::json!(["Availability", "Throttling"]));
    assert_eq!(properties["tags"]["items"]["enum"], serde_json::json!(["http", "retries"]));
    assert_eq!(properties["provider"]["enum"], serde_json::json!(["acme", "http"]));
    assert_eq!(properties["facts"]["properties"]["fault"]["enum"], serde_json::json!(["caller", "service"]));
    assert_eq!(properties["facts"]["additionalProperties"], false);
}

#[test]
fn a_value_of_a_list_that_looks_like_a_number_is_taken_as_one() {
    let mut site = small();
    site.edit("site.toml", "http = \"HTTP\"", "http = \"HTTP\"\n2026 = \"This year\"");
    let schema = schema_of(&site, GuideKind::Error);
    let yaml = Cases::read("error").edited("tags: [http, retries]", "tags: [2026, '2026']");
    site.put("content/errors/http/503.md", &format!("---\n{yaml}---\n"));
    assert_eq!(errors(&site, "content/errors/http/503.md", yaml.len()), Vec::<&str>::new());
    assert!(validator(&schema).is_valid(&as_json(&yaml).unwrap()));
}

fn json_file(path: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(project().join(path)).unwrap()).unwrap()
}

#[test]
fn the_editor_settings_name_every_schema() {
    let settings = json_file(".vscode/settings.json");
    for kind in GuideKind::ALL.map(GuideKind::spec) {
        let files = &settings["yaml.schemas"][format!(".vscode/schemas/{}.json", kind.name)];
        assert_eq!(*files, serde_json::json!([format!("content/{}/**/*.md", kind.folder), format!("**/*.{}.yaml", kind.name)]));
    }
    let config = std::fs::read_to_string(project().join("site.toml")).unwrap();
    assert_eq!(config.lines().next(), Some("#:schema .vscode/schemas/site.json"));
}

#[test]
fn the_editor_task_reads_every_finding() {
    let pattern = &json_file(".vscode/tasks.json")["tasks"][0]["problemMatcher"]["pattern"];
    let regexp = regex::Regex::new(pattern["regexp"].as_str().unwrap()).unwrap();
    let mut site = TestSite::small();
    site.edit("content/errors/http/503.md", "category: availability", "category: availibility");
    site.edit("content/errors/http/429.md", "tags: [http, retries]", "tags: [http, retry]");
    let output = site.on_disk().run(&["check", "--today", TODAY, "--format", "short"]);
    let told = String::from_utf8(output.stdout).unwrap();
    let read: Vec<_> = told.lines().filter_map(|line| regexp.captures(line)).collect();
    assert_eq!(read.len(), told.lines().count(), "{told}");
    let group = |name: &str| usize::try_from(pattern[name].as_u64().unwrap()).unwrap();
    let place = ["file", "line", "column", "severity", "code"].map(|name| &read[1][group(name)]);
    assert_eq!(place, ["content/errors/http/503.md", "5", "11", "error", "unknown-category"]);
}
