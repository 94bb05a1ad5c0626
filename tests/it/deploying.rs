//! Publishing on hosts: the workflows keep to what is safe, and docs/deploying.md speaks of the files that a build makes.

use serde_yaml::Value;

use crate::support::{TestSite, project};

/// Each workflow with its name and its content.
fn workflows() -> Vec<(String, Value)> {
    let mut workflows = Vec::new();
    for entry in std::fs::read_dir(project().join(".github/workflows")).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        workflows.push((name, serde_yaml::from_str(&text).unwrap()));
    }
    assert!(workflows.len() >= 2, "the workflows are there");
    workflows
}

/// Every job of a workflow.
fn jobs(workflow: &Value) -> Vec<&Value> {
    workflow["jobs"].as_mapping().unwrap().iter().map(|(_, job)| job).collect()
}

/// Every step of a workflow.
fn steps(workflow: &Value) -> Vec<&Value> {
    jobs(workflow).into_iter().flat_map(|job| job["steps"].as_sequence().unwrap()).collect()
}

#[test]
fn nothing_that_others_write_becomes_part_of_a_script() {
    for (name, workflow) in workflows() {
        for step in steps(&workflow) {
            let script = step["run"].as_str().unwrap_or_default();
            assert!(!script.contains("${{"), "{name}: {script}");
        }
    }
}

#[test]
fn actions_are_pinned_to_a_commit() {
    let pinned = regex::Regex::new(r"^\s+uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$").unwrap();
    for (name, _) in workflows() {
        let text = std::fs::read_to_string(project().join(".github/workflows").join(&name)).unwrap();
        let uses: Vec<&str> = text.lines().filter(|line| line.contains("uses:")).collect();
        assert!(!uses.is_empty());
        assert!(uses.iter().all(|line| pinned.is_match(line)), "{name}: {uses:?}");
    }
}

#[test]
fn code_of_a_pull_request_gets_a_token_that_only_reads() {
    for (name, workflow) in workflows() {
        let is_of_strangers = workflow["on"].get("pull_request").is_some();
        assert!(workflow["on"].get("pull_request_target").is_none(), "{name}");
        let tokens = std::iter::once(&workflow).chain(jobs(&workflow)).filter_map(|holder| holder.get("permissions"));
        let may: Vec<String> = tokens.map(|token| serde_yaml::to_string(token).unwrap()).collect();
        assert_eq!(may[0], "contents: read\n", "{name}");
        assert!(!is_of_strangers || may.len() == 1, "{name}: {may:?}");
    }
}

#[test]
fn each_host_is_told_which_files_browsers_may_keep() {
    const HASHED: &str = r"[0-9a-f]{10}\.(css|js|mjs)";
    let text = std::fs::read_to_string(project().join("docs/deploying.md")).unwrap();
    assert_eq!(text.matches(HASHED).count(), 1, "rclone");
    let mut site = TestSite::small();
    site.put("static/deep/search.js", "1");
    site.put("static/logo.svg", "<svg/>");
    let built = site.build();
    for (config, count) in [("deploy/nginx-http.conf", 1), ("deploy/Caddyfile", 2)] {
        assert_eq!(built.page(config).matches("[0-9a-f]{10}").count(), count, "{config}");
    }
    let hashed = regex::Regex::new(&format!(r"\.{HASHED}$")).unwrap();
    let kept: Vec<&str> = built.files.keys().map(String::as_str).filter(|path| hashed.is_match(path)).collect();
    let ends = |end: &str| kept.iter().filter(|path| path.ends_with(end)).count();
    // The theme's sheet and script, the site's script, and of lookup a sheet and two scripts.
    assert_eq!((kept.len(), ends(".css"), ends(".js")), (6, 2, 4), "{kept:?}");
    for path in ["404.html", "errors/http/503/index.html", "e/http/503/index.html", "sitemap.xml"] {
        assert!(built.files.contains_key(path), "{path}");
    }
}
