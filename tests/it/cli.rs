//! The command: what it prints where, and its exit codes.

use crate::support::{TODAY, TestSite};

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_build_prints_one_line_and_nothing_else() {
    let output = TestSite::small().on_disk().run(&["build", "--today", TODAY]);
    assert_eq!(text(&output.stderr), "");
    let line = text(&output.stdout);
    assert_eq!(line.lines().count(), 1, "{line}");
    let form =
        regex::Regex::new(r"^\d+ guides, \d+ pages, \d+ files written, 0 unchanged, 0 removed, \d+\.\d MB, \d+\.\d\d s\n$")
            .unwrap();
    assert!(form.is_match(&line), "{line}");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_quiet_build_prints_nothing() {
    let output = TestSite::small().on_disk().run(&["build", "--today", TODAY, "--quiet"]);
    assert_eq!((text(&output.stdout), text(&output.stderr)), (String::new(), String::new()));
}

#[test]
fn help_shows_an_example() {
    let output = TestSite::small().on_disk().run(&["build", "--help"]);
    assert!(output.status.success());
    assert!(text(&output.stdout).contains("Examples:\n  fieldguide build"));
}

#[test]
fn mistakes_on_the_command_line_exit_with_two() {
    let disk = TestSite::small().on_disk();
    for arguments in [
        &["bild"][..],
        &["build", "--today", "yesterday"],
        &["build", "--base-url", "example.org"],
        &["build", "--jobs", "0"],
        &["build", "--root", "nowhere"],
        &[],
    ] {
        let output = disk.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty(), "{arguments:?}");
    }
    assert!(!disk.root.join("public").exists());
}

#[test]
fn a_folder_without_a_site_exits_with_two_and_says_so() {
    let disk = TestSite::small().on_disk();
    std::fs::remove_file(disk.root.join("site.toml")).unwrap();
    let output = disk.run(&["build"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("this folder has no site.toml"));
}

#[test]
fn a_finding_shows_rule_place_excerpt_and_help() {
    let mut site = TestSite::small();
    site.edit("content/errors/http/503.md", "category: availability", "category: availibility");
    let output = site.on_disk().run(&["build", "--today", TODAY]);
    let expected = "error[unknown-category]: no category `availibility`\n\
                    \x20--> content/errors/http/503.md:5:11\n\
                    \x20 |\n\
                    5 | category: availibility\n\
                    \x20 |           ^^^^^^^^^^^^\n\
                    \x20 |\n\
                    \x20 = help: did you mean `availability`?\n\n\
                    1 error; nothing was written; 1 can be mended with `fieldguide check --fix`\n";
    assert_eq!(text(&output.stderr), expected);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn all_problems_of_all_guides_are_told_in_one_run() {
    let mut site = TestSite::small();
    site.edit("content/errors/http/503.md", "category: availability", "category: availibility");
    site.edit("content/errors/http/503.md", "## Meaning", "## Meening");
    site.edit("content/errors/http/429.md", "[the loop](#cause-a-loop)", "[the loop](#cause-a-lop)");
    site.edit("content/playbooks/outage.md", "(#slow)", "(#slo)");
    let found = site.build().findings();
    for rule in ["unknown-category", "misspelt-section", "unknown-fragment", "unknown-node"] {
        assert!(found.iter().any(|line| line.starts_with(rule)), "{rule}: {found:?}");
    }
}

#[test]
fn a_guide_with_broken_front_matter_does_not_break_the_links_to_it() {
    let mut site = TestSite::small();
    site.edit("content/errors/http/503.md", "category: availability\n", "");
    assert_eq!(site.build().findings(), ["missing-key content/errors/http/503.md:1:1"]);
}

#[test]
fn warnings_do_not_stop_a_build_unless_asked() {
    let mut site = TestSite::small();
    site.edit("content/errors/http/503.md", "[was stopped](#cause-maintenance)", "was stopped");
    let disk = site.on_disk();
    let output = disk.run(&["build", "--today", TODAY]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stderr).contains("warning[cause-without-fix]"));
    let output = disk.run(&["build", "--today", TODAY, "--deny-warnings"]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_site_sets_the_level_of_warnings() {
    let mut site = TestSite::small();
    site.edit("content/errors/http/503.md", "[was stopped](#cause-maintenance)", "was stopped");
    site.edit("site.toml", "[sections.error]", "[lints]\ncause-without-fix = \"allow\"\n\n[sections.error]");
    assert_eq!(site.build().findings(), Vec::<String>::new());
}

#[test]
fn drafts_are_left_out_unless_asked_for() {
    let mut site = TestSite::small();
    site.put("content/pages/later.md", "---\ntitle: Later\ndraft: true\n---\nTODO\n");
    let disk = site.on_disk();
    disk.build(&[]);
    assert!(!disk.root.join("public/later/index.html").exists());
    let output = disk.run(&["build", "--today", TODAY, "--drafts"]);
    assert_eq!(output.status.code(), Some(1), "the front matter of a draft must be complete to be shown");
    let page = "---\ntitle: Later\ndescription: A page that is still to be written, and that says so in its front matter.\ndraft: true\n---\n\n\
                ## What\n\nTODO\n";
    std::fs::write(disk.root.join("content/pages/later.md"), page).unwrap();
    disk.build(&["--drafts"]);
    let shown = std::fs::read_to_string(disk.root.join("public/later/index.html")).unwrap();
    assert!(shown.contains("<strong>This guide is a draft.</strong>") && shown.contains("TODO"), "{shown}");
}

#[test]
fn short_addresses_stay_where_other_redirects_are_off() {
    let mut site = TestSite::small();
    site.edit("site.toml", "[sections.error]", "[outputs]\nredirects = false\n\n[sections.error]");
    let built = site.build();
    assert!(built.files.contains_key("e/http/503/index.html"));
    assert!(built.page("errors/http/503/index.html").contains("https://test.example/e/http/503/"));
    assert!(!built.files.contains_key("compare/503-vs-429/index.html"));
}

#[test]
fn a_guide_that_no_longer_holds_says_so_wherever_it_is_listed() {
    let mut site = TestSite::small();
    site.edit("content/errors/http/503.md", "http_status: 503", "status: retired\nreplaced_by: http:429");
    let built = site.build();
    for (page, words) in [
        ("errors/http/503/index.html", "<strong>This guide is retired.</strong> Read <a href=\"../429/index.html\">"),
        ("errors/index.html", "<span class=\"small\">retired</span>"),
        ("codes/index.html", "<span class=\"small\">retired</span>"),
        ("errors/acme/acme1001/index.html", "Error guide · retired"),
        ("compare/429-vs-503/index.html", "<p class=\"small\">HTTP · retired</p>"),
        ("playbooks/outage/index.html", "<span class=\"small\">retired</span></dd>"),
        ("index.html", "<span class=\"small\">retired</span>"),
    ] {
        assert!(built.page(page).contains(words), "{page} lacks {words}");
    }
}

#[test]
fn the_base_url_can_be_given() {
    let disk = TestSite::small().on_disk();
    disk.build(&["--base-url", "https://example.org/docs"]);
    let read = |path: &str| std::fs::read_to_string(disk.root.join("public").join(path)).unwrap();
    assert!(read("sitemap.xml").contains("<loc>https://example.org/docs/errors/http/503/</loc>"));
    assert!(read("404.html").contains("href=\"/docs/codes/index.html\""));
    assert!(read("index.html").contains("href=\"./errors/index.html\""));
}

#[test]
fn colours_are_for_terminals() {
    let mut site = TestSite::small();
    site.edit("content/errors/http/503.md", "category: availability", "category: availibility");
    let disk = site.on_disk();
    assert!(!text(&disk.run(&["build"]).stderr).contains('\x1b'));
    assert!(text(&disk.run(&["build", "--color", "always"]).stderr).contains('\x1b'));
}
