//! How findings are told: exact text for every rule, and the formats for programs.

use fieldguide::report::{self, ChangedLines};
use rayon::prelude::*;
use serde_json::Value;

use crate::rules::cases;
use crate::support::{Built, TODAY, TestSite, golden};

/// A site with many findings: a word that is no language, in as many samples as asked for.
fn noisy(count: usize) -> TestSite {
    let mut site = TestSite::small();
    let samples = "```bahs\nx\n```\n\n".repeat(count);
    site.edit("content/errors/http/503.md", "## Verify", &format!("{samples}## Verify"));
    site.edit("content/errors/http/429.md", "Back off to end [the loop](#cause-a-loop).", "Back off.");
    site
}

fn human(built: &Built) -> String {
    built.outcome.diagnostics.iter().map(|finding| format!("{}\n", report::human(finding, &built.sources, false, None))).collect()
}

#[test]
fn every_rule_is_told_in_these_words() {
    cases().par_iter().for_each(|(rule, cases)| {
        let told: String = cases.bad.iter().map(|case| format!("# {}\n\n{}", case.why, human(&case.site().check()))).collect();
        golden(&format!("findings/{rule}.txt"), &told);
    });
}

#[test]
fn a_place_is_the_same_whatever_the_file_is_saved_with() {
    let line = "é\t漢字 e\u{301} [x](nowhere.md)\n";
    let body = format!("{}{line}", "Text.\n".repeat(380));
    let text = format!(
        "---\ntitle: Long\ndescription: A page of nearly four hundred lines with one fault in the last of them.\n---\n\n{body}"
    );
    for saved in [text.clone(), text.replace('\n', "\r\n"), format!("\u{feff}{}", text.replace('\n', "\r\n"))] {
        let mut site = TestSite::small();
        site.put("content/pages/long.md", &saved);
        let built = site.build();
        assert_eq!(built.findings(), ["broken-link content/pages/long.md:386:9"]);
        let json: Value = serde_json::from_str(&report::json(&built.outcome.diagnostics[0], &built.sources)).unwrap();
        assert_eq!((json["end_line"].as_u64(), json["end_column"].as_u64()), (Some(386), Some(24)), "{json}");
        let excerpt = human(&built);
        assert!(excerpt.contains("386 |") && excerpt.contains("^^^^^^^^^^^^^^^"), "{excerpt}");
    }
}

#[test]
fn every_rule_is_documented() {
    golden("../../docs/lints.md", &report::explanations());
}

#[test]
fn explain_prints_a_rule_or_the_one_that_was_meant() {
    let disk = TestSite::small().on_disk();
    let output = disk.run(&["explain", "missing-section"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("missing-section (error)\n\n") && text.contains("\nFix:"), "{text}");
    assert_eq!(output.status.code(), Some(0));
    let output = disk.run(&["explain", "missing-sections"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("did you mean `missing-section`?"));
}

#[test]
fn short_is_one_line_a_finding() {
    let built = noisy(2).build();
    let lines: Vec<String> = built.outcome.diagnostics.iter().map(|finding| report::short(finding, &built.sources)).collect();
    assert_eq!(
        lines,
        [
            "content/errors/http/429.md:30:1: warning[cause-without-fix]: no fix links the cause `A loop`\n",
            "content/errors/http/503.md:64:4: error[unknown-language]: no language `bahs`\n",
            "content/errors/http/503.md:68:4: error[unknown-language]: no language `bahs`\n",
        ]
    );
}

#[test]
fn json_has_every_part_of_a_finding() {
    let mut site = TestSite::small();
    site.edit("content/errors/http/503.md", "HTTP/1.1 503 Service Unavailable", "HTTP/1.1 504 Service Unavailable");
    let built = site.build();
    let json: Value = serde_json::from_str(&report::json(&built.outcome.diagnostics[0], &built.sources)).unwrap();
    let expected = serde_json::json!({
        "rule": "sample-mismatch",
        "severity": "error",
        "message": "this sample does not match its own pattern",
        "path": "content/errors/http/503.md", "line": 17, "column": 9, "end_line": 17, "end_column": 43,
        "labels": [{
            "message": "the pattern",
            "path": "content/errors/http/503.md", "line": 15, "column": 14, "end_line": 15, "end_column": 34,
        }],
        "help": ["correct the sample or the pattern"],
    });
    assert_eq!(json, expected);
}

#[test]
fn github_gets_ten_annotations_and_a_summary_of_everything() {
    let built = noisy(200).build();
    let findings = &built.outcome.diagnostics;
    assert_eq!(findings.len(), 201);
    // The change touched the warning and one of the errors.
    let mut changed = ChangedLines::new();
    changed.insert("content/errors/http/429.md".to_owned(), vec![1..=40]);
    changed.insert("content/errors/http/503.md".to_owned(), vec![460..=460]);
    let report = report::github(findings, &built.sources, &changed, "site/");
    let annotations: Vec<&str> = report.annotations.lines().collect();
    assert_eq!(annotations.len(), 10);
    assert!(annotations.iter().all(|line| line.starts_with("::error file=site/content/errors/http/503.md,line=")));
    assert_eq!(
        annotations[0],
        "::error file=site/content/errors/http/503.md,line=460,col=4,endColumn=8,title=unknown-language::\
         no language `bahs`%0Ahelp: did you mean `bash`?"
    );
    assert_eq!(report.summary.matches("\n| error |").count(), 200);
    assert_eq!(report.summary.matches("\n| warning |").count(), 1);
    assert!(report.summary.starts_with("### fieldguide: 200 errors, 1 warning\n"));
    let huge = report::github(&vec![findings[0].clone(); 20_000], &built.sources, &changed, "");
    assert!(huge.summary.len() < 1024 * 1024 && huge.summary.trim_end().ends_with("more; `fieldguide check` lists them."));
}

#[test]
fn sarif_has_what_the_standard_requires() {
    let mut site = noisy(1);
    site.edit("content/errors/http/503.md", "HTTP/1.1 503 Service Unavailable", "HTTP/1.1 504 Service Unavailable");
    let built = site.build();
    let log: Value = serde_json::from_str(&report::sarif(&built.outcome.diagnostics, &built.sources, "my site/")).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), built.outcome.diagnostics.len());
    for result in results {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(["error", "warning"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let location = &result["locations"][0]["physicalLocation"];
        assert!(location["artifactLocation"]["uri"].as_str().unwrap().starts_with("my%20site/content/"), "{location}");
        assert!(location["region"]["startLine"].as_u64() >= Some(1) && location["region"]["startColumn"].as_u64() >= Some(1));
    }
    assert!(results.iter().any(|result| result["relatedLocations"][0]["message"]["text"] == "the pattern"));
}

#[test]
fn check_tells_what_a_build_would_and_writes_nothing() {
    let disk = noisy(3).on_disk();
    let check = disk.run(&["check", "--today", TODAY]);
    let build = disk.run(&["build", "--today", TODAY]);
    assert_eq!((check.status.code(), build.status.code()), (Some(1), Some(1)));
    let told = String::from_utf8(check.stdout).unwrap();
    assert!(!told.is_empty() && String::from_utf8(build.stderr).unwrap().starts_with(&told), "{told}");
    assert!(
        String::from_utf8(check.stderr).unwrap().contains("3 errors, 1 warning; a build would write nothing; 3 can be mended")
    );
    let clean = TestSite::small().on_disk();
    let output = clean.run(&["check", "--today", TODAY]);
    assert_eq!((output.status.code(), output.stdout), (Some(0), Vec::new()));
    assert!(!disk.root.join("public").exists() && !clean.root.join("public").exists());
}

#[test]
fn check_tells_only_what_it_is_asked_about() {
    let disk = noisy(3).on_disk();
    for (path, lines, code) in [
        ("content/errors/http/429.md", 1, 0),
        ("content/errors", 4, 1),
        ("./content/pages/../errors/http", 4, 1),
        ("content/pages", 0, 0),
        (".", 4, 1),
    ] {
        let output = disk.run(&["check", path, "--format", "short", "--today", TODAY]);
        let told = String::from_utf8(output.stdout).unwrap();
        assert_eq!((told.lines().count(), output.status.code()), (lines, Some(code)), "{path}: {told}");
    }
    let output = disk.run(&["check", "content/errors/http/530.md"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("did you mean content/errors/http/503.md?"));
}

#[test]
fn formats_for_programs_go_to_stdout_alone() {
    let disk = noisy(11).on_disk();
    let summary = disk.root.join("summary.md");
    let run = |command: &str, format: &str| {
        let mut command = disk.command(&[command, "--format", format, "--today", TODAY]);
        command.env("GITHUB_STEP_SUMMARY", &summary);
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    for command in ["check", "build"] {
        assert!(run(command, "json").lines().all(|line| serde_json::from_str::<Value>(line).is_ok()));
        assert!(serde_json::from_str::<Value>(&run(command, "sarif")).is_ok());
        assert_eq!(run(command, "github").lines().count(), 10);
        let text = std::fs::read_to_string(&summary).unwrap();
        assert_eq!(text.matches("\n| error |").count(), 11, "{text}");
        std::fs::remove_file(&summary).unwrap();
    }
    // A build without findings keeps stdout clean, too.
    let clean = TestSite::small().on_disk();
    assert_eq!(clean.run(&["build", "--format", "json", "--today", TODAY]).stdout, Vec::<u8>::new());
}

#[test]
fn json_says_what_mends_a_finding() {
    let mut site = TestSite::small();
    site.edit("content/errors/http/503.md", "category: availability", "category: availibility");
    let built = site.build();
    let json: Value = serde_json::from_str(&report::json(&built.outcome.diagnostics[0], &built.sources)).unwrap();
    let edit = &json["fix"]["edits"][0];
    assert_eq!((&edit["old"], &edit["new"]), (&"availibility".into(), &"availability".into()), "{json}");
    assert_eq!((edit["line"].as_u64(), edit["column"].as_u64(), edit["end_column"].as_u64()), (Some(5), Some(11), Some(23)));
}

#[test]
fn twelve_mistakes_are_twelve_findings() {
    let mut site = TestSite::small();
    let file = "content/errors/http/503.md";
    for (right, wrong) in [
        ("category: availability", "category: availibility"),
        ("http_status: 503", "http_status: 999"),
        ("description: The service has no capacity now; its operator must add some or shed load.", "description: Too short."),
        ("tags: [http, retries]", "tags: [http, retrys]"),
        ("  fault: service", "  fault: nobody"),
        ("      - \"HTTP/1.1 503 Service Unavailable\"", "      - \"HTTP/1.1 504 Service Unavailable\""),
        ("HTTP 429 is about one caller.", "See [[http:4299]]."),
        ("- **Maintenance.** Somebody took it down.", "- Somebody took it down."),
        ("1. Ask the service for its load.", "TODO"),
        ("```bash title", "```bahs title"),
        ("{\"status\": 503}", "{\"status\": 503,}"),
        ("## Prevent", "## Preventing"),
    ] {
        site.edit(file, right, wrong);
    }
    let built = site.build();
    let rules: Vec<&str> = built.outcome.diagnostics.iter().map(|finding| finding.rule.name).collect();
    assert_eq!(
        rules,
        [
            "unknown-category",
            "description-length",
            "unknown-tag",
            "invalid-value",
            "unknown-fact-value",
            "sample-mismatch",
            "unknown-guide",
            "missing-lead",
            "placeholder",
            "unknown-language",
            "sample-does-not-parse",
            "misspelt-section",
        ],
        "{}",
        human(&built)
    );
}
