//! Files on disk that are not what they seem: links, pipes, other encodings, names that not every system can hold.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;

use crate::support::{DiskSite, TODAY, TestSite};

/// Builds, expects an exit code, the number of findings and every text on stderr, and that nothing was published.
fn check_exactly(disk: &DiskSite, code: i32, count: usize, expected: &[&str]) {
    let output = disk.run(&["build", "--today", TODAY]);
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{text}");
    assert_eq!(text.matches("error[").count(), count, "{text}");
    for words in expected {
        assert!(text.contains(words), "no {words:?} in {text}");
    }
    assert!(!disk.root.join("public").exists());
}

/// Builds, expects exit code 1 and every text on stderr, and that nothing secret was published.
fn check(disk: &DiskSite, expected: &[&str]) {
    let output = disk.run(&["build", "--today", TODAY]);
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    for words in expected {
        assert!(text.contains(words), "no {words:?} in {text}");
    }
    assert!(!disk.root.join("public").exists());
}

#[test]
fn links_are_told_and_not_followed() {
    let disk = TestSite::small().on_disk();
    std::fs::write(disk.root.join("../secret.md"), "secret").unwrap();
    symlink("../../../../secret.md", disk.root.join("content/errors/http/leak.md")).unwrap();
    symlink("..", disk.root.join("content/loop")).unwrap();
    symlink("/nonexistent", disk.root.join("templates/gone.html")).unwrap();
    check(&disk, &["error[symbolic-link]", "content/errors/http/leak.md", "content/loop", "templates/gone.html"]);
}

#[test]
fn pipes_do_not_hang_the_build() {
    let disk = TestSite::small().on_disk();
    assert!(Command::new("mkfifo").arg(disk.root.join("content/pipe.md")).status().unwrap().success());
    check(&disk, &["error[special-file]", "content/pipe.md"]);
}

#[test]
fn text_that_is_not_utf8_is_told_with_its_place() {
    let disk = TestSite::small().on_disk();
    std::fs::write(disk.root.join("content/pages/latin.md"), b"---\ntitle: a\n---\ncaf\xe9\n").unwrap();
    std::fs::write(disk.root.join("content/pages/wide.md"), b"\xff\xfe-\0-\0-\0").unwrap();
    check(&disk, &["error[not-utf8]", "content/pages/latin.md:4:4", "the file is UTF-16", "content/pages/wide.md"]);
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    let plain = TestSite::small().build();
    let mut site = TestSite::small();
    for (path, bytes) in &mut site.files {
        if path.starts_with("content/") || path.starts_with("templates/") || path == "site.toml" {
            let text = String::from_utf8(bytes.clone()).unwrap().replace('\n', "\r\n");
            *bytes = format!("\u{feff}{text}").into_bytes();
        }
    }
    assert_eq!(site.build().files, plain.files);
}

#[test]
fn names_that_not_every_system_can_hold_are_told() {
    let disk = TestSite::small().on_disk();
    for name in ["con.md", "a?b.md", "a:b.md", "end.md.", "line\nbreak.md"] {
        std::fs::write(disk.root.join("content/pages").join(name), "x").unwrap();
    }
    check(
        &disk,
        &["error[unportable-name]", "content/pages/con.md", "content/pages/a?b.md", "content/pages/line\u{fffd}break.md"],
    );
}

#[test]
fn large_text_is_refused() {
    let disk = TestSite::small().on_disk();
    std::fs::write(disk.root.join("content/pages/large.md"), vec![b'x'; 8 * 1024 * 1024 + 1]).unwrap();
    check(&disk, &["error[file-too-large]", "content/pages/large.md"]);
}

#[test]
fn folders_that_every_site_has_are_missed() {
    let disk = TestSite::small().on_disk();
    std::fs::remove_dir_all(disk.root.join("content")).unwrap();
    check_exactly(&disk, 2, 1, &["error[missing-file]", "content", "name it with --root"]);
    // The other two may be missing.
    for folder in ["templates", "static"] {
        std::fs::remove_dir_all(disk.root.join(folder)).unwrap();
    }
    check_exactly(&disk, 2, 1, &["this site has no folder content/"]);
}

#[test]
fn a_guide_that_cannot_be_read_is_one_finding_whoever_links_it() {
    for bytes in [b"---\ncode: \xff\n---\n".to_vec(), vec![0xff, 0xfe, 0x2d, 0], vec![b'x'; 8 * 1024 * 1024 + 1]] {
        let disk = TestSite::small().on_disk();
        std::fs::write(disk.root.join("content/errors/http/503.md"), bytes).unwrap();
        check_exactly(&disk, 1, 1, &["content/errors/http/503.md"]);
    }
}

#[test]
fn files_that_cannot_be_read_are_told_with_the_other_findings() {
    let mut site = TestSite::small();
    site.edit("content/errors/http/429.md", "category: throttling", "category: throtling");
    let disk = site.on_disk();
    let secret = disk.root.join("content/errors/http/503.md");
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o000)).unwrap();
    let program = env!("CARGO_BIN_EXE_fieldguide");
    let is_root = std::fs::read(&secret).is_ok();
    // File modes do not bind the superuser unless it lets go of that power.
    let mut command = if is_root { Command::new("setpriv") } else { Command::new(program) };
    if is_root {
        command.args(["--bounding-set", "-dac_override,-dac_read_search", program]);
    }
    let output = command.args(["build", "--today", TODAY]).current_dir(&disk.root).output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    for words in ["error[unreadable-file]", "content/errors/http/503.md", "error[unknown-category]"] {
        assert!(text.contains(words), "{text}");
    }
}

#[test]
fn hidden_files_and_what_editors_leave_are_passed_over() {
    let disk = TestSite::small().on_disk();
    for path in ["content/errors/.503.md.swp", "content/errors/503.md~", "content/#503.md#", "static/.env", "static/.git/config"]
    {
        let full = disk.root.join(path);
        std::fs::create_dir_all(full.parent().unwrap()).unwrap();
        std::fs::write(full, "SECRET").unwrap();
    }
    symlink("nobody@nowhere.1", disk.root.join("content/errors/.#503.md")).unwrap();
    disk.build(&[]);
    assert!(disk.tree("public").values().all(|bytes| !bytes.windows(6).any(|window| window == b"SECRET")));
}

#[test]
fn an_image_is_copied_to_the_page_that_shows_it() {
    let mut site = TestSite::small();
    let text = String::from_utf8(site.files.remove("content/errors/http/503.md").unwrap()).unwrap();
    site.put(
        "content/errors/http/503/index.md",
        &text.replace("- Watch the load.", "- Watch the load: ![a rising line](load.png)"),
    );
    site.files.insert("content/errors/http/503/load.png".to_owned(), vec![1, 2, 3]);
    let built = site.build();
    assert!(built.page("errors/http/503/index.html").contains("<img src=\"load.png\" alt=\"a rising line\""));
    assert_eq!(built.files["errors/http/503/load.png"], [1, 2, 3]);
}

#[test]
fn images_of_one_name_stay_apart() {
    let mut site = TestSite::small();
    let file = "content/errors/http/503.md";
    site.edit(file, "- Watch the load.", "- Watch ![a](a/load.png) and ![b](b/load.png).");
    site.files.insert("content/errors/http/a/load.png".to_owned(), vec![1]);
    site.files.insert("content/errors/http/b/load.png".to_owned(), vec![2]);
    let built = site.build();
    let page = built.page("errors/http/503/index.html");
    assert!(page.contains("<img src=\"a/load.png\"") && page.contains("<img src=\"b/load.png\""), "{page}");
    assert_eq!(built.files["errors/http/503/a/load.png"], [1]);
    assert_eq!(built.files["errors/http/503/b/load.png"], [2]);
    // From other folders only names are left; two that are the same are told.
    site.edit(file, "![a](a/load.png) and ![b](b/load.png)", "![a](../a/load.png) and ![b](../b/load.png)");
    site.files.insert("content/errors/a/load.png".to_owned(), vec![1]);
    site.files.insert("content/errors/b/load.png".to_owned(), vec![2]);
    assert_eq!(site.build().findings(), [format!("address-collision {file}:70:33")]);
}

#[test]
fn codes_with_a_hash_are_linked_as_a_whole() {
    let mut site = TestSite::small();
    site.allow("duplicate-description");
    let guide = String::from_utf8(site.files["content/errors/acme/acme1001.md"].clone()).unwrap();
    site.edit("content/providers/acme.md", "code_pattern: 'ACME\\d+'", "code_pattern: 'ACME\\d+|C#\\d+'");
    site.put("content/errors/acme/c-7.md", &guide.replace("ACME1001", "C#7"));
    site.edit("content/pages/standard.md", "[[http:503]]", "[[acme:C#7]], [[C#7]] and [[acme:C#7#fix]]");
    let built = site.build();
    let page = built.page("standard/index.html");
    assert_eq!(page.matches("href=\"../errors/acme/c-7/index.html\"").count(), 2, "{page}");
    assert!(page.contains("c-7/index.html#fix"), "{page}");
}
