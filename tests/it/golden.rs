//! Golden sites: every byte of the pages that `tests/golden/<case>/pages.txt` lists, made from the small site with `in` over it. `UPDATE=1` rewrites `out`; read the difference.

use std::collections::BTreeMap;

use crate::support::{TestSite, project};

/// Builds the small site with the files of a case over it and compares the pages that `out` holds.
fn check(case: &str) {
    let folder = project().join("tests/golden").join(case);
    let mut site = TestSite::small();
    crate::support::overlay(&folder.join("in"), &mut site);
    let built = site.build();
    assert_eq!(built.findings(), Vec::<String>::new(), "{case}");
    let listed = std::fs::read_to_string(folder.join("pages.txt")).unwrap();
    let made: BTreeMap<&str, String> = listed.lines().map(|page| (page, built.page(page).to_owned())).collect();
    for (page, html) in made {
        let name = folder.join("out").join(page.replace('/', "."));
        if std::env::var_os("UPDATE").is_some() {
            std::fs::create_dir_all(name.parent().unwrap()).unwrap();
            std::fs::write(&name, &html).unwrap();
        }
        let expected = std::fs::read_to_string(&name).unwrap_or_default();
        assert!(html == expected, "{case}: {page} differs from {}; UPDATE=1 rewrites it", name.display());
    }
}

#[test]
fn the_small_site() {
    check("small");
}

#[test]
fn everything_markdown_can_do() {
    check("markdown");
}
