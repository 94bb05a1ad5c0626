//! Golden sites: every byte of the pages that `tests/golden/<case>/pages.txt` lists, made from the small site with `in` over it. `UPDATE=1` rewrites `out`; read the difference.

use std::collections::BTreeMap;

use crate::support::{TestSite, golden, project};

/// Builds the small site with the files of a case over it and compares the pages that `out` holds.
fn check(case: &str) {
    let folder = project().join("tests/golden").join(case);
    let mut site = TestSite::small();
    // Anchors of headings with one text are part of what is compared.
    site.allow("duplicate-anchor");
    crate::support::overlay(&folder.join("in"), &mut site);
    let built = site.build();
    assert_eq!(built.findings(), Vec::<String>::new(), "{case}");
    let listed = std::fs::read_to_string(folder.join("pages.txt")).unwrap();
    let made: BTreeMap<&str, String> = listed.lines().map(|page| (page, built.page(page).to_owned())).collect();
    for (page, html) in made {
        golden(&format!("{case}/out/{}", page.replace('/', ".")), &html);
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
