//! Publishing is all or nothing, and touches only what fieldguide wrote.

use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::support::{DiskSite, TODAY, TestSite};

/// A site large enough that a kill can fall into any part of its build; its pages say which edition they are.
fn edition(name: &str) -> TestSite {
    let mut site = TestSite::small();
    let model = String::from_utf8(site.files["content/errors/acme/acme1001.md"].clone()).unwrap();
    for number in 2000..2060 {
        let text = model.replace("1001", &number.to_string()).replace("same_as: [http:503]\n", "");
        site.put(
            &format!("content/errors/acme/acme{number}.md"),
            &text.replace("There is no server.", &format!("No server, edition {name}.")),
        );
    }
    site
}

/// What lies beside the site's own folders.
fn leftovers(disk: &DiskSite) -> Vec<String> {
    let names = std::fs::read_dir(&disk.root).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with('.')).collect()
}

#[test]
fn a_kill_at_any_moment_leaves_a_whole_site() {
    let (a, b) = (edition("A"), edition("B"));
    let disk = b.on_disk();
    let started = Instant::now();
    disk.build(&[]);
    let time = started.elapsed();
    let tree_b = disk.tree("public");
    a.write_to(&disk.root);
    disk.build(&[]);
    let tree_a = disk.tree("public");
    assert_ne!(tree_a, tree_b);
    // A fixed sequence of moments, spread over a little more than a whole build.
    let mut random: u64 = 20_261_124;
    let (mut old, mut new) = (0, 0);
    for round in 0..50 {
        let before = disk.tree("public");
        let next = if before == tree_a { &b } else { &a };
        next.write_to(&disk.root);
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let share = (random >> 33) as f64 / f64::from(1u32 << 31);
        let mut build = disk.command(&["build", "--today", TODAY]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(time.mul_f64(share * 1.2));
        build.kill().unwrap();
        build.wait().unwrap();
        let after = disk.tree("public");
        assert!(after == tree_a || after == tree_b, "round {round} left a mix");
        if after == before { old += 1 } else { new += 1 }
    }
    assert!(old > 0, "no kill came before the end ({old} old, {new} new)");
    b.write_to(&disk.root);
    disk.build(&[]);
    assert_eq!(disk.tree("public"), tree_b);
    assert_eq!(leftovers(&disk), Vec::<String>::new());
}

#[test]
fn an_interrupt_ends_the_build_with_130_and_leaves_nothing() {
    let disk = edition("A").on_disk();
    disk.build(&[]);
    let before = disk.tree("public");
    edition("B").write_to(&disk.root);
    let mut interrupted = false;
    for delay in [20, 40, 80, 120, 160, 240] {
        let build = disk.command(&["build", "--today", TODAY]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(delay));
        let status = std::process::Command::new("kill").args(["-INT", &build.id().to_string()]).status().unwrap();
        let mut build = build;
        let code = build.wait().unwrap().code();
        if status.success() && code == Some(130) {
            interrupted = true;
            assert_eq!(disk.tree("public"), before);
            assert_eq!(leftovers(&disk), Vec::<String>::new());
        }
        if code == Some(0) {
            edition("A").write_to(&disk.root);
            disk.build(&[]);
            edition("B").write_to(&disk.root);
        }
    }
    assert!(interrupted, "no interrupt came in time");
}

#[test]
fn a_site_with_errors_leaves_the_published_one() {
    let disk = TestSite::small().on_disk();
    disk.build(&[]);
    let before = disk.tree("public");
    std::fs::write(disk.root.join("content/pages/broken.md"), "---\ntitle: \"never closed\n").unwrap();
    let output = disk.run(&["build"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("content/pages/broken.md"));
    assert_eq!(disk.tree("public"), before);
    assert_eq!(leftovers(&disk), Vec::<String>::new());
}

#[test]
fn unsafe_output_folders_are_refused_and_nothing_is_lost() {
    let disk = TestSite::small().on_disk();
    std::fs::create_dir(disk.root.join("notes")).unwrap();
    std::fs::write(disk.root.join("notes/keep.txt"), "mine").unwrap();
    std::os::unix::fs::symlink("notes", disk.root.join("link")).unwrap();
    let before = disk.tree(".");
    for (output, reason) in [
        ("/", "the root of the file system"),
        (".", "the site itself lies in it"),
        ("..", "the site itself lies in it"),
        ("", "--output"),
        ("content", "part of the site's sources"),
        ("content/errors", "part of the site's sources"),
        ("templates", "part of the site's sources"),
        ("static/x", "part of the site's sources"),
        ("site.toml", "part of the site's sources"),
        ("./content/../content", "part of the site's sources"),
        ("notes", "not written by fieldguide: keep.txt"),
        ("link", "a symbolic link"),
    ] {
        let ran = disk.run(&["build", "--today", TODAY, "--output", output]);
        assert_eq!(ran.status.code(), Some(2), "{output}");
        let text = String::from_utf8(ran.stderr).unwrap();
        assert!(text.contains(reason), "{output}: {text}");
        assert_eq!(disk.tree("."), before, "{output}");
    }
}

#[test]
fn the_home_folder_is_refused() {
    let disk = TestSite::small().on_disk();
    let home = disk.root.join("home/me");
    std::fs::create_dir_all(&home).unwrap();
    for output in ["home/me", "home"] {
        let ran = disk.command(&["build", "--today", TODAY, "--output", output]).env("HOME", &home).output().unwrap();
        assert_eq!(ran.status.code(), Some(2), "{output}");
        assert!(String::from_utf8(ran.stderr).unwrap().contains("the home folder"), "{output}");
    }
}

#[test]
fn files_of_others_stay_and_removed_pages_go() {
    let disk = edition("A").on_disk();
    disk.build(&[]);
    std::fs::write(disk.root.join("public/CNAME"), "docs.example").unwrap();
    std::fs::create_dir_all(disk.root.join("public/.git/refs")).unwrap();
    std::fs::write(disk.root.join("public/.git/HEAD"), "ref").unwrap();
    std::fs::remove_file(disk.root.join("content/errors/acme/acme2001.md")).unwrap();
    disk.build(&[]);
    let tree = disk.tree("public");
    assert_eq!(tree["CNAME"], b"docs.example");
    assert_eq!(tree[".git/HEAD"], b"ref");
    assert!(disk.root.join("public/.git/refs").is_dir());
    assert!(!tree.contains_key("errors/acme/acme2001/index.html"));
    assert!(!disk.root.join("public/errors/acme/acme2001").exists());
    assert!(tree.values().all(|bytes| !String::from_utf8_lossy(bytes).contains("acme2001")));
}

#[test]
fn a_file_of_somebody_else_is_not_overwritten() {
    let disk = TestSite::small().on_disk();
    disk.build(&[]);
    std::fs::create_dir(disk.root.join("public/new")).unwrap();
    std::fs::write(disk.root.join("public/new/index.html"), "mine").unwrap();
    std::fs::write(
        disk.root.join("content/pages/new.md"),
        "---\ntitle: New\ndescription: A page whose address somebody else has taken in the output folder.\n---\nText.\n",
    )
    .unwrap();
    let output = disk.run(&["build", "--today", TODAY]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("public/new/index.html` was not written by fieldguide"));
    assert_eq!(disk.tree("public")["new/index.html"], b"mine");
}

#[test]
fn links_in_the_output_are_not_followed() {
    let disk = TestSite::small().on_disk();
    disk.build(&[]);
    let outside = disk.root.join("outside");
    std::fs::create_dir(&outside).unwrap();
    std::fs::write(outside.join("index.html"), "mine").unwrap();
    std::fs::remove_dir_all(disk.root.join("public/codes")).unwrap();
    std::os::unix::fs::symlink(&outside, disk.root.join("public/codes")).unwrap();
    let output = disk.run(&["build", "--today", TODAY]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("public/codes` was not written by fieldguide"));
    assert_eq!(std::fs::read(outside.join("index.html")).unwrap(), b"mine");
}

#[test]
fn a_changed_page_is_written_anew_without_touching_its_other_names() {
    let disk = TestSite::small().on_disk();
    disk.build(&[]);
    let page = disk.root.join("public/index.html");
    let other = disk.root.join("copy.html");
    std::fs::hard_link(&page, &other).unwrap();
    let original = std::fs::read(&other).unwrap();
    let mut site = TestSite::small();
    site.edit("site.toml", "title = \"Test site\"", "title = \"Other site\"");
    site.write_to(&disk.root);
    disk.build(&[]);
    assert_eq!(std::fs::read(&other).unwrap(), original);
    assert_ne!(std::fs::read(&page).unwrap(), original);
}

#[test]
fn a_page_that_somebody_altered_is_restored() {
    let disk = TestSite::small().on_disk();
    disk.build(&[]);
    let before = disk.tree("public");
    let page = disk.root.join("public/index.html");
    let altered = std::fs::read_to_string(&page).unwrap().replace("Paste", "Waste");
    std::fs::write(&page, altered).unwrap();
    disk.build(&[]);
    assert_eq!(disk.tree("public"), before);
}

#[test]
fn two_builds_at_once_end_with_one_whole_site() {
    let disk = edition("A").on_disk();
    disk.build(&[]);
    let expected = disk.tree("public");
    for _ in 0..3 {
        std::fs::remove_dir_all(disk.root.join("public")).unwrap();
        let start = || disk.command(&["build", "--today", TODAY]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let (first, second) = (start(), start());
        for build in [first, second] {
            let output = build.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        assert_eq!(disk.tree("public"), expected);
    }
}
