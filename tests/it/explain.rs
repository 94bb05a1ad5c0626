//! `explain`: guides and logs in the terminal, with and without a site.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use crate::support::{DiskSite, TestSite};

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Runs `explain` with a log on stdin.
fn piped(command: &mut Command, log: &[u8]) -> Output {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let log = log.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&log));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    output
}

fn small() -> DiskSite {
    TestSite::small().on_disk()
}

#[test]
fn a_guide_is_set_for_a_terminal() {
    let output = small().command(&["explain", "http:503"]).env("COLUMNS", "60").output().unwrap();
    let page = text(&output.stdout);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()), "{page}");
    for part in ["503: Service Unavailable\n", "\nFIX\n\n1. ", "\nSOURCES\n\n[1] ", "/errors/http/503/\n"] {
        assert!(page.contains(part), "{part:?} in {page}");
    }
    assert!(!page.contains('\u{1b}') && !page.contains("[^") && !page.contains("**"), "{page}");
    let long = page.lines().find(|line| line.chars().count() > 60 && line.contains(' ') && !line.starts_with("    "));
    assert_eq!(long, None);
}

#[test]
fn colours_are_shown_where_they_are_asked_for() {
    let output = small().run(&["explain", "http:503", "--color", "always"]);
    assert!(text(&output.stdout).starts_with("\u{1b}[1m503: Service Unavailable"));
}

#[test]
fn codes_messages_and_references_lead_to_guides() {
    let disk = small();
    for what in ["503", "http:503", "HTTP:503", "HTTP/1.1 503 Service Unavailable", "HTTP 503"] {
        let output = disk.run(&["explain", what, "--url"]);
        assert_eq!(text(&output.stdout), "https://test.example/errors/http/503/\n", "{what}");
    }
}

#[test]
fn a_section_alone_and_one_that_is_not_there() {
    let disk = small();
    let output = disk.run(&["explain", "503", "--section", "fix"]);
    let page = text(&output.stdout);
    assert!(page.contains("\nFIX\n") && !page.contains("MEANING"), "{page}");
    let output = disk.run(&["explain", "503", "--section", "Fixx"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("`http:503` has no section `Fixx`; did you mean `Fix`?"));
}

#[test]
fn json_is_for_programs() {
    let output = small().run(&["explain", "503", "--json", "--section", "fix"]);
    let guide: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(guide["reference"], "http:503");
    assert_eq!(guide["sections"].as_array().map(Vec::len), Some(1));
    assert_eq!(guide["sections"][0]["anchor"], "fix");
}

#[test]
fn what_is_unknown_is_told_with_what_was_meant() {
    let output = small().run(&["explain", "ACME1010"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stderr), "error: no guide and no rule is called `ACME1010`; did you mean `ACME1001`?\n");
}

#[test]
fn rules_are_explained_without_a_site() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_fieldguide"))
        .current_dir(&folder)
        .args(["explain", "missing-section"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_log_tells_each_error_once_most_frequent_first() {
    let mut log = "all is well\n".repeat(10);
    log.push_str("ACME1001: no server\nHTTP/1.1 503 \u{1b}[31mService\u{1b}[0m Unavailable\nHTTP/2 503\n");
    let output = piped(&mut small().command(&["explain", "-"]), log.as_bytes());
    let told = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(
        told.starts_with("503: Service Unavailable · 2 lines, first line 12\n  HTTP/1.1 503 Service Unavailable\n  1. "),
        "{told}"
    );
    assert!(told.contains("ACME1001: Acme is down · line 11\n"), "{told}");
    assert_eq!(text(&output.stderr), "2 known errors in 13 lines\n");
    let output = piped(&mut small().command(&["explain", "-", "--json"]), log.as_bytes());
    assert_eq!(text(&output.stdout).lines().count(), 2);
}

#[test]
fn a_log_without_known_errors_exits_with_one() {
    let output = piped(&mut small().command(&["explain", "-"]), &[0xff, b'x', b'\n', 0xfe]);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), String::new()));
    assert_eq!(piped(&mut small().command(&["explain", "-"]), b"").status.code(), Some(1));
}

#[test]
fn the_built_in_guides_answer_where_there_is_no_site() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_fieldguide"));
    let output = piped(command.current_dir(&folder).args(["explain", "-"]), b"x AADSTS50076: y\n");
    assert!(text(&output.stdout).starts_with("AADSTS50076: MFA required"));
    // A folder that was named must be a site.
    let mut command = Command::new(env!("CARGO_BIN_EXE_fieldguide"));
    let output = command.current_dir("/").arg("explain").arg("503").arg("--root").arg(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}
