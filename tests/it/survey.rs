//! Reports on the site: exact tables, JSON that is documented, and what is said where there is nothing to report.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{DiskSite, TODAY, TestSite, golden, project};

/// The small site with something for every report: an owner, an earlier review, a code without a guide, and a guide that nothing leads to.
fn edited() -> TestSite {
    let mut site = TestSite::small();
    site.edit("site.toml", "review_in = \"1 year\"", "review_in = \"6 months\"");
    site.edit("content/errors/http/503.md", "last_reviewed_on: 2026-04-09", "last_reviewed_on: 2025-11-01\nowner: \"@team|ops\"");
    site.edit("content/compare/429-vs-503.md", "last_reviewed_on: 2026-04-09", "last_reviewed_on: 2026-06-01");
    site.edit("content/playbooks/outage.md", "last_reviewed_on: 2026-04-09", "last_reviewed_on: 2026-05-24");
    site.edit(
        "content/errors/http/503.md",
        "HTTP 429 is about one caller.",
        "HTTP 429 is about one caller, HTTP 504 and HTTP 502 are not.",
    );
    site.edit(
        "content/errors/http/429.md",
        "- Limit the rate on the client.",
        "- Limit the rate on the client; HTTP 504 is another matter.",
    );
    let alone = String::from_utf8(site.files["content/errors/acme/acme1001.md"].clone()).unwrap();
    let alone = alone
        .replace("ACME1001", "ACME2")
        .replace("same_as: [http:503]\n", "")
        .replace("## Diagnosis", "## Workaround\n\n1. **Wait.** It may start.\n\n## Diagnosis");
    site.put("content/errors/acme/acme2.md", &alone);
    site
}

fn report(disk: &DiskSite, arguments: &[&str], columns: &str) -> String {
    let arguments: Vec<&str> = ["report"].iter().chain(arguments).chain(&["--today", TODAY]).copied().collect();
    let output = disk.command(&arguments).env("COLUMNS", columns).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn json(disk: &DiskSite, arguments: &[&str]) -> Value {
    serde_json::from_str(&report(disk, &[arguments, &["--format", "json"]].concat(), "80")).unwrap()
}

#[test]
fn every_report_in_every_form() {
    let disk = edited().on_disk();
    for which in ["review", "gaps", "coverage", "graph"] {
        for (form, end) in [("table", "txt"), ("md", "md"), ("json", "json")] {
            golden(&format!("report/{which}.{end}"), &report(&disk, &[which, "--format", form], "80"));
        }
    }
    golden("report/graph.dot", &report(&disk, &["graph", "--format", "dot"], "80"));
}

#[test]
fn tables_fit_the_terminal_and_keep_codes_whole() {
    let own = TestSite::own().on_disk();
    for which in [&["review", "--within", "20y"][..], &["gaps"], &["coverage"], &["graph"]] {
        for columns in [80, 100, 132] {
            let table = report(&own, which, &columns.to_string());
            let widest = table.lines().map(|line| line.chars().count()).max().unwrap();
            assert!(widest <= columns, "{which:?} is {widest} wide:\n{table}");
        }
        let narrow = report(&own, which, "30");
        for code in ["entra:AADSTS50076", "grpc:DEADLINE_EXCEEDED"] {
            assert_eq!(narrow.contains(code), which[0] == "graph", "{which:?}: {narrow}");
        }
    }
}

#[test]
fn reviews_are_told_most_overdue_first_and_only_those_asked_for() {
    let disk = edited().on_disk();
    let days = |within: &str| -> Vec<i64> {
        let found = json(&disk, &["review", "--within", within]);
        found["guides"].as_array().unwrap().iter().map(|guide| guide["days_over"].as_i64().unwrap()).collect()
    };
    assert_eq!(days("30d"), [207, 46, 46, 46, 0, -7]);
    assert_eq!(days("6 days"), [207, 46, 46, 46, 0]);
    let first = &json(&disk, &["review"])["guides"][0];
    assert_eq!((first["id"].as_str(), first["owner"].as_str()), (Some("http:503"), Some("@team|ops")));
    assert_eq!((first["due_on"].as_str(), first["path"].as_str()), (Some("2026-05-01"), Some("content/errors/http/503.md")));
    let output = disk.run(&["report", "review", "--within", "soon"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn gaps_are_ranked_with_their_places() {
    let gaps = json(&edited().on_disk(), &["gaps"]);
    let codes: Vec<_> =
        gaps["codes"].as_array().unwrap().iter().map(|code| (code["id"].as_str().unwrap(), &code["count"])).collect();
    assert_eq!(codes, [("http:504", &Value::from(2)), ("http:502", &Value::from(1))]);
    assert_eq!(
        gaps["codes"][0]["mentions"],
        serde_json::json!([
            { "path": "content/errors/http/429.md", "line": 53, "column": 33 },
            { "path": "content/errors/http/503.md", "line": 34, "column": 31 },
        ])
    );
}

#[test]
fn the_graph_has_every_kind_of_edge_with_its_reason() {
    let mut site = edited();
    site.edit("content/errors/http/429.md", "tags: [http, retries]", "status: deprecated\nreplaced_by: http:503");
    let graph = json(&site.on_disk(), &["graph"]);
    let edges: BTreeSet<String> = graph["edges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|edge| {
            let text = |key: &str| edge[key].as_str().unwrap_or("-").to_owned();
            format!("{} {} {}: {}", text("from"), text("kind"), text("to"), text("reason"))
        })
        .collect();
    for edge in [
        "compare:429-vs-503 compares http:503: Is one caller over its limit, or is the service out of capacity?",
        "playbook:outage covers http:503: Restart the service, Watch it",
        "acme:ACME1001 same_as http:503: -",
        "http:503 related acme:ACME1001: the Acme client reports the same outage with a code of its own",
        "http:429 replaced_by http:503: -",
        "page:standard links compare:429-vs-503: before the first section",
        "http:503 mentions http:429: Meaning",
    ] {
        assert!(edges.contains(edge), "no {edge:?} in {edges:#?}");
    }
    assert_eq!(graph["orphans"], serde_json::json!(["acme:ACME2"]));
}

#[test]
fn every_field_is_documented() {
    let disk = edited().on_disk();
    let docs = std::fs::read_to_string(project().join("docs/reports.md")).unwrap();
    for which in ["review", "gaps", "coverage", "graph"] {
        let (_, after) = docs.split_once(&format!("\n## {which}\n")).unwrap();
        let section = after.split("\n## ").next().unwrap();
        let mut keys = BTreeSet::new();
        collect(&json(&disk, &[which]), &mut keys);
        for key in keys {
            assert!(section.contains(&format!("`{key}`")), "docs/reports.md says nothing of `{key}` in {which}");
        }
    }
}

fn collect(value: &Value, keys: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| {
            keys.insert(key.clone());
            collect(value, keys);
        }),
        Value::Array(values) => values.iter().for_each(|value| collect(value, keys)),
        _ => {}
    }
}

#[test]
fn nothing_to_report_is_said_in_words() {
    let disk = TestSite::small().on_disk();
    for form in ["table", "md"] {
        let text = report(&disk, &["review", "--format", form], "80");
        assert_eq!(text.to_lowercase(), "no review is due until 2026-12-24 (5 guides with a review day).\n");
        let text = report(&disk, &["gaps", "--format", form], "80");
        assert_eq!(text.to_lowercase(), "every code that guides mention has a guide.\n");
    }
    assert!(
        report(&disk, &["graph"], "80").ends_with("Orphans\n\nEvery error, compare and playbook has an edge to another guide.\n")
    );
    assert_eq!(json(&disk, &["gaps"]), serde_json::json!({ "codes": [] }));
}

#[test]
fn errors_are_counted_and_the_rest_is_reported() {
    let mut site = edited();
    site.edit("content/errors/http/429.md", "category: throttling\n", "");
    let disk = site.on_disk();
    let output = disk.run(&["report", "coverage", "--today", TODAY, "--format", "json"]);
    assert_eq!(output.status.code(), Some(0));
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.starts_with("1 error") && told.contains("what has errors is left out"), "{told}");
    let coverage: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(coverage["providers"][1]["guides"], 1);
    std::fs::remove_file(disk.root.join("site.toml")).unwrap();
    let output = disk.run(&["report", "coverage"]);
    assert_eq!((output.status.code(), output.stdout), (Some(2), Vec::new()));
    assert!(String::from_utf8(output.stderr).unwrap().contains("this folder has no site.toml"));
}
