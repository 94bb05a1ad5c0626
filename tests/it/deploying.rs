//! Publishing on hosts: the workflows keep to what is safe, and docs/deploying.md speaks of the files that a build makes.

use serde_yaml::Value;

use crate::support::{DiskSite, TODAY, TestSite, project};

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

/// What `build --changed-since` prints, with its flags.
fn changed(disk: &DiskSite, flags: &[&str]) -> Vec<String> {
    let arguments: Vec<&str> =
        ["build", "--today", TODAY, "--changed-since", "deployed.json"].iter().chain(flags).copied().collect();
    let output = disk.run(&arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn only_what_changed_is_to_be_uploaded() {
    let disk = TestSite::small().on_disk();
    std::fs::write(disk.root.join("deployed.json"), "{\"files\":{}}").unwrap();
    let all = changed(&disk, &[]);
    assert_eq!(all.len(), disk.tree("public").len() - 1, "everything but the manifest");
    std::fs::copy(disk.root.join("public/.fieldguide-manifest.json"), disk.root.join("deployed.json")).unwrap();
    assert_eq!(changed(&disk, &[]), Vec::<String>::new());
    let mut site = TestSite::small();
    site.edit("content/errors/http/503.md", "## Meaning\n", "## Meaning\n\nOne sentence more.\n");
    site.put("static/new.txt", "new");
    site.write_to(&disk.root);
    assert_eq!(
        changed(&disk, &[]),
        [
            "/api/v1/errors/http/503.json",
            "/errors/http/503/index.html",
            "/errors/http/503/index.md",
            "/lookup/words/0.js",
            "/new.txt"
        ]
    );
    std::fs::copy(disk.root.join("public/.fieldguide-manifest.json"), disk.root.join("deployed.json")).unwrap();
    std::fs::remove_file(disk.root.join("static/new.txt")).unwrap();
    assert_eq!(changed(&disk, &["--quiet"]), ["#- /new.txt"]);
    std::fs::write(disk.root.join("deployed.json"), "{}").unwrap();
    let output = disk.run(&["build", "--today", TODAY, "--changed-since", "deployed.json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("is no manifest"));
}

#[test]
fn compressed_files_are_the_same_each_time_and_made_once() {
    let disk = TestSite::small().on_disk();
    disk.build(&["--precompress"]);
    let first = disk.tree("public");
    let page = "errors/http/503/index.html";
    for path in [format!("{page}.gz"), format!("{page}.br"), "deploy/nginx-http.conf".to_owned()] {
        assert!(first.contains_key(&path), "{path}");
    }
    assert!(!first.contains_key("deploy/nginx-http.conf.gz") && !first.contains_key(".nojekyll.gz"));
    let manifest = String::from_utf8(first[".fieldguide-manifest.json"].clone()).unwrap();
    assert!(manifest.contains(&format!("\"{page}.br\"")));
    let other = TestSite::small().on_disk();
    other.build(&["--precompress", "--jobs", "1"]);
    assert!(other.tree("public") == first, "another folder, one thread");
    let output = disk.run(&["build", "--today", TODAY, "--precompress"]);
    assert!(String::from_utf8(output.stdout).unwrap().contains(" 0 files written, "));
    std::fs::write(disk.root.join("public").join(format!("{page}.gz")), "altered").unwrap();
    disk.build(&["--precompress"]);
    assert!(disk.tree("public") == first, "what somebody altered is made anew");
    disk.build(&[]);
    assert!(!disk.tree("public").keys().any(|path| path.ends_with(".gz") || path.ends_with(".br")));
}

#[test]
fn what_a_site_brings_compressed_is_its_own() {
    let mut site = TestSite::small();
    site.put("static/note.txt", &"a long note ".repeat(200));
    site.put("static/note.txt.gz", "my own");
    let disk = site.on_disk();
    disk.build(&["--precompress"]);
    assert_eq!(disk.tree("public")["note.txt.gz"], b"my own");
    assert!(disk.tree("public").contains_key("note.txt.br"));
}

#[test]
fn a_file_of_the_site_takes_the_place_of_a_generated_one() {
    let mut site = TestSite::small();
    site.put("static/_headers", "/*\n  X-Mine: yes\n");
    site.edit("site.toml", "[facts.signal]", "[outputs]\nnginx = false\nhost-redirects = false\n\n[publishing]\ndomain = \"guides.example.org\"\nsecurity_contact = [\"mailto:a@example.org\"]\nsecurity_expires = \"2027-04-09\"\n\n[facts.signal]");
    let built = site.build();
    assert_eq!(built.page("_headers"), "/*\n  X-Mine: yes\n");
    assert_eq!(built.page("CNAME"), "guides.example.org\n");
    let security = "Contact: mailto:a@example.org\nExpires: 2027-04-09T00:00:00Z\nPreferred-Languages: en\n\
                    Canonical: https://test.example/.well-known/security.txt\n";
    assert_eq!(built.page(".well-known/security.txt"), security);
    assert!(["_redirects", "deploy/nginx.conf", "deploy/nginx-http.conf"].iter().all(|path| !built.files.contains_key(*path)));
    assert!(built.files.contains_key("deploy/Caddyfile"));
}

#[test]
fn a_guide_that_is_renamed_needs_an_alias() {
    let disk = TestSite::small().on_disk();
    disk.build(&["--update-addresses"]);
    let ledger = || std::fs::read_to_string(disk.root.join("addresses.txt")).unwrap();
    let first = ledger();
    assert!(first.contains("\n/e/http/503/\n") && first.contains("\n/codes/\n"), "{first}");
    disk.build(&["--update-addresses"]);
    assert_eq!(ledger(), first, "nothing is new");
    let guide = disk.root.join("content/errors/http/503.md");
    let text = std::fs::read_to_string(&guide).unwrap();
    let renamed = text.replace("last_reviewed_on:", "slug: unavailable\nlast_reviewed_on:");
    std::fs::write(disk.root.join("content/errors/http/unavailable.md"), &renamed).unwrap();
    std::fs::remove_file(&guide).unwrap();
    let output = disk.run(&["build", "--today", TODAY, "--update-addresses"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("lost-address") && said.contains("/errors/http/503/` was published"), "{said}");
    assert_eq!(ledger(), first, "a build that fails adds nothing");
    let aliased = renamed.replace("last_reviewed_on:", "aliases: [/errors/http/503/, /e/http/503/]\nlast_reviewed_on:");
    std::fs::write(disk.root.join("content/errors/http/unavailable.md"), aliased).unwrap();
    disk.build(&["--update-addresses"]);
    assert!(
        ledger().starts_with(&first) && ledger().ends_with("/e/http/unavailable/\n/errors/http/unavailable/\n"),
        "{}",
        ledger()
    );
}
