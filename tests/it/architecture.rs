//! The import rules of docs/architecture.md, held against the `crate::…` paths in `src/`.

use std::path::Path;

use crate::support::project;

/// The rooms; each may know `model` and itself.
const ROOMS: [&str; 13] =
    ["assess", "lint", "load", "lookup", "mend", "parse", "relate", "render", "report", "scaffold", "survey", "typeset", "write"];

/// Each library's doors: the only files (or folders) that may name it.
const DOORS: &[(&str, &[&str])] = &[
    ("aho_corasick", &["lint/ambiguous_sample.rs", "lookup/matcher.rs"]),
    ("annotate_snippets", &["report/human.rs"]),
    ("anstream", &["cli/terminal.rs"]),
    ("blake3", &["cli/impact.rs", "render/assets.rs", "write/manifest.rs"]),
    ("brotli", &["write/precompress.rs"]),
    ("clap", &["cli/impact.rs", "cli/mod.rs", "cli/new.rs", "cli/report.rs"]),
    ("ctrlc", &["cli/mod.rs"]),
    ("flate2", &["write/precompress.rs"]),
    ("indicatif", &["cli/build.rs", "cli/terminal.rs"]),
    ("jiff", &["cli/mod.rs", "model/date.rs"]),
    ("pulldown_cmark", &["model/markdown.rs"]),
    ("quick_xml", &["parse/sample_syntax.rs", "render/xml.rs"]),
    ("regex", &["model/codes.rs", "model/pattern.rs"]),
    ("regex_syntax", &["model/backtracking.rs", "model/pattern.rs"]),
    ("rustix", &["cli/terminal.rs", "write/swap.rs"]),
    ("saphyr_parser", &["parse/sample_syntax.rs", "parse/yaml.rs"]),
    ("schemars", &["parse/config.rs", "parse/front_matter.rs", "parse/schema/", "render/api/"]),
    (
        "serde_json",
        &[
            "assess/json.rs",
            "parse/sample_syntax.rs",
            "parse/schema/",
            "render/api/mod.rs",
            "render/highlight/powershell.rs",
            "render/lookup/mod.rs",
            "render/lookup/guides.rs",
            "render/lookup/parts.rs",
            "render/lookup/route.rs",
            "render/structured_data.rs",
            "report/json.rs",
            "report/sarif.rs",
            "survey/json.rs",
            "typeset/answer.rs",
            "typeset/json.rs",
            "write/manifest.rs",
        ],
    ),
    ("serde_yaml", &["parse/front_matter.rs"]),
    ("similar", &["report/diff.rs"]),
    ("strsim", &["model/suggest.rs"]),
    ("syntect", &["render/highlight/"]),
    ("tera", &["render/templates.rs"]),
    ("toml", &["parse/config.rs", "parse/sample_syntax.rs"]),
    ("two_face", &["render/highlight/"]),
    ("unicode_properties", &["model/anchor.rs"]),
    ("unicode_width", &["survey/text.rs"]),
    ("walkdir", &["load.rs"]),
];

/// Every source file with its path below `src/` and its text without comments.
fn sources() -> Vec<(String, String)> {
    let mut files = Vec::new();
    collect(&project().join("src"), "", &mut files);
    files.sort();
    files
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().into_string().unwrap());
        if entry.file_type().unwrap().is_dir() {
            collect(&entry.path(), &format!("{name}/"), files);
        } else if name.ends_with(".rs") {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
            files.push((name, code));
        }
    }
}

/// Whether code names a crate as the start of a path.
fn names(code: &str, crate_name: &str) -> bool {
    code.match_indices(&format!("{crate_name}::")).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
    })
}

fn room_of(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap_or_default()
}

#[test]
fn rooms_know_the_model_and_themselves() {
    let mut wrong = Vec::new();
    for (file, code) in sources() {
        let own = room_of(&file);
        if !ROOMS.contains(&own) && own != "model" {
            continue;
        }
        for room in ROOMS.into_iter().filter(|room| *room != own).chain(["cli"]) {
            if code.contains(&format!("crate::{room}::")) || code.contains(&format!("crate::{{{room}")) {
                wrong.push(format!("{file} knows {room}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn each_library_has_its_doors() {
    let mut wrong = Vec::new();
    for (file, code) in sources() {
        for (library, doors) in DOORS {
            let is_door = doors.iter().any(|door| file == *door || (door.ends_with('/') && file.starts_with(door)));
            if names(&code, library) && !is_door {
                wrong.push(format!("{file} names {library}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_door_is_used() {
    let sources = sources();
    for (library, doors) in DOORS {
        for door in *doors {
            let used = sources.iter().any(|(file, code)| file.starts_with(door) && names(code, library));
            assert!(used, "{door} does not use {library}");
        }
    }
}

#[test]
fn every_dependency_is_listed_with_its_doors_and_its_reason() {
    let manifest: toml::Table = std::fs::read_to_string(project().join("Cargo.toml")).unwrap().parse().unwrap();
    let reasons = std::fs::read_to_string(project().join("docs/dependencies.md")).unwrap();
    // Used by many files on purpose: derives, threads, escaping.
    let everywhere = ["serde", "rayon", "pulldown-cmark-escape"];
    for name in manifest["dependencies"].as_table().unwrap().keys() {
        let door = name.replace('-', "_");
        assert!(everywhere.contains(&name.as_str()) || DOORS.iter().any(|(library, _)| *library == door), "{name} has no door");
        assert!(reasons.contains(&format!("`{name}`")), "{name} has no reason in docs/dependencies.md");
    }
}

#[test]
fn every_file_says_what_it_holds() {
    for (file, _) in sources() {
        let text = std::fs::read_to_string(project().join("src").join(&file)).unwrap();
        assert!(text.starts_with("//! "), "{file} starts without a sentence on what it holds");
    }
}
