//! Same sources and flags, same bytes; and a second build writes nothing.

use std::os::unix::fs::PermissionsExt;

use crate::support::{DiskSite, TODAY, TestSite};

fn published(disk: &DiskSite) -> std::collections::BTreeMap<String, Vec<u8>> {
    disk.tree("public")
}

#[test]
fn a_second_build_writes_nothing() {
    let disk = TestSite::small().on_disk();
    disk.build(&[]);
    let first = published(&disk);
    let times = |disk: &DiskSite| disk.root.join("public/index.html").metadata().unwrap().modified().unwrap();
    let before = times(&disk);
    let output = disk.run(&["build", "--today", TODAY]);
    let line = String::from_utf8(output.stdout).unwrap();
    assert!(line.contains(" 0 files written, ") && line.contains(" 0 removed"), "{line}");
    assert_eq!(published(&disk), first);
    assert_eq!(times(&disk), before);
}

#[test]
fn threads_place_locale_zone_and_umask_do_not_reach_the_bytes() {
    let first = TestSite::own().on_disk();
    first.build(&["--jobs", "1"]);
    let expected = published(&first);
    let disk = TestSite::own().on_disk();
    let program = env!("CARGO_BIN_EXE_fieldguide");
    let script = format!("umask 077; exec '{program}' build --today {TODAY} --jobs 8");
    let status = std::process::Command::new("sh")
        .args(["-c", &script])
        .current_dir(&disk.root)
        .env_clear()
        .envs([("LC_ALL", "tr_TR.UTF-8"), ("TZ", "Pacific/Kiritimati"), ("COLUMNS", "20")])
        .status()
        .unwrap();
    assert!(status.success());
    assert_eq!(published(&disk), expected);
    for path in published(&disk).keys() {
        let full = disk.root.join("public").join(path);
        assert_eq!(full.metadata().unwrap().permissions().mode() & 0o777, 0o644, "{path}");
        assert_eq!(full.parent().unwrap().metadata().unwrap().permissions().mode() & 0o777, 0o755, "{path}");
    }
}

#[test]
fn the_day_of_the_build_does_not_reach_the_bytes() {
    let disk = TestSite::small().on_disk();
    disk.build(&[]);
    let expected = published(&disk);
    let later = disk.run(&["build", "--today", "2031-02-28", "--output", "later"]);
    assert!(later.status.success());
    assert_eq!(disk.tree("later"), expected);
}
