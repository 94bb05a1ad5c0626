//! The graph between guides: every edge shows at both of its ends, with its reason; no edge, no card.

use crate::support::TestSite;

/// The part of a page between two texts.
fn between<'p>(page: &'p str, start: &str, end: &str) -> &'p str {
    let after = page.split_once(start).unwrap_or_else(|| panic!("no {start:?}")).1;
    after.split_once(end).unwrap_or_else(|| panic!("no {end:?}")).0
}

fn cards(page: &str) -> &str {
    if page.contains("id=\"decision-support\"") { between(page, "id=\"decision-support\"", "</section>") } else { "" }
}

#[test]
fn compares_and_their_subjects_show_each_other() {
    let built = TestSite::small().build();
    let question = "Is one caller over its limit, or is the service out of capacity?";
    for subject in ["429", "503"] {
        let page = cards(built.page(&format!("errors/http/{subject}/index.html")));
        assert!(page.contains("compare/429-vs-503/index.html") && page.contains(question), "{page}");
        let compare = cards(built.page("compare/429-vs-503/index.html"));
        assert!(compare.contains(&format!("errors/http/{subject}/index.html")), "{compare}");
    }
}

#[test]
fn playbooks_and_covered_errors_show_each_other() {
    let built = TestSite::small().build();
    let error = cards(built.page("errors/http/503/index.html"));
    assert!(
        error.contains("playbooks/outage/index.html") && error.contains("HTTP 503") && error.contains("“Watch it”"),
        "{error}"
    );
    let playbook = cards(built.page("playbooks/outage/index.html"));
    assert!(playbook.contains("errors/http/503/index.html") && playbook.contains("compare/429-vs-503/index.html"), "{playbook}");
}

#[test]
fn same_as_and_related_show_at_both_ends() {
    let built = TestSite::small().build();
    let http = cards(built.page("errors/http/503/index.html"));
    assert!(http.contains("acme1001/index.html") && http.contains("The same condition as Acme reports it."), "{http}");
    let acme = cards(built.page("errors/acme/acme1001/index.html"));
    assert!(acme.contains("errors/http/503") || acme.contains("http/503/index.html"), "{acme}");
    assert!(acme.contains("The same condition as HTTP reports it."), "{acme}");
}

#[test]
fn without_an_edge_there_is_no_card() {
    let mut site = TestSite::small();
    site.edit("content/errors/acme/acme1001.md", "same_as: [http:503]\n", "");
    site.edit(
        "content/errors/http/503.md",
        "related:\n  - ref: acme:ACME1001\n    why: the Acme client reports the same outage with a code of its own\n",
        "",
    );
    let built = site.build();
    assert_eq!(cards(built.page("errors/acme/acme1001/index.html")), "");
}

#[test]
fn prose_links_codes_once_a_section_and_gives_backlinks() {
    let built = TestSite::small().build();
    let page = built.page("errors/http/503/index.html");
    assert!(page.contains("<a href=\"../429/index.html\">HTTP 429</a> is about one caller."), "{page}");
    let mentioned = between(built.page("errors/http/503/index.html"), "id=\"mentioned-in\"", "</section>");
    assert!(mentioned.contains("standard/index.html"), "{mentioned}");
}

#[test]
fn a_code_links_itself_the_first_time_in_each_section() {
    let mut site = TestSite::small();
    site.edit(
        "content/errors/http/503.md",
        "HTTP 429 is about one caller.",
        "HTTP 429, HTTP 429 and ACME1001, `HTTP 429`, HTTP 503.",
    );
    site.edit("content/errors/http/503.md", "1. Ask the service for its load.", "1. Ask about HTTP 429.");
    let built = site.build();
    let meaning = between(built.page("errors/http/503/index.html"), "<h2 id=\"meaning\">", "</section>");
    assert_eq!(meaning.matches("../429/index.html").count(), 1, "{meaning}");
    assert_eq!(meaning.matches("acme1001/index.html").count(), 1, "{meaning}");
    assert!(!meaning.contains("../503/"), "a guide does not link itself: {meaning}");
    let diagnosis = between(built.page("errors/http/503/index.html"), "<h2 id=\"diagnosis\">", "</section>");
    assert_eq!(diagnosis.matches("../429/index.html").count(), 1, "{diagnosis}");
}

#[test]
fn swapped_subjects_transpose_the_table_and_redirect_the_other_order() {
    // Whether each pair stands in this order in the table, from its heads down.
    let in_order = |page: &str, pairs: [(&str, &str); 3]| {
        let table = between(page, "<table class=\"comparison", "</table>");
        let text = regex::Regex::new(r"<[^>]*>").unwrap().replace_all(table, " ").into_owned();
        let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("no {words:?} in {text}"));
        pairs.iter().all(|(first, second)| place(first) < place(second))
    };
    let before = TestSite::small().build();
    let mut site = TestSite::small();
    let file = "content/compare/429-vs-503.md";
    site.edit(file, "subjects: [http:429, http:503]", "subjects: [http:503, http:429]");
    let text = String::from_utf8(site.files.remove(file).unwrap()).unwrap();
    site.put("content/compare/503-vs-429.md", &text);
    let link = "content/pages/standard.md";
    site.edit(link, "../compare/429-vs-503.md", "../compare/503-vs-429.md");
    // Sections stand in the order of the subjects.
    let text = text.replace(
        "## When it is 429\n\nOnly one caller sees it.\n\n## When it is 503\n\nEverybody sees it.\n",
        "## When it is 503\n\nEverybody sees it.\n\n## When it is 429\n\nOnly one caller sees it.\n",
    );
    site.put("content/compare/503-vs-429.md", &text);
    let after = site.build();
    let pairs = [("429", "503"), ("one caller", "everybody"), ("the caller", "the operator")];
    assert!(in_order(before.page("compare/429-vs-503/index.html"), pairs));
    assert!(in_order(after.page("compare/503-vs-429/index.html"), pairs.map(|(first, second)| (second, first))));
    assert!(before.page("compare/503-vs-429/index.html").contains("url=../429-vs-503/index.html"));
    assert!(after.page("compare/429-vs-503/index.html").contains("url=../503-vs-429/index.html"));
}

#[test]
fn a_fact_that_one_subject_lacks_names_the_file() {
    let mut site = TestSite::small();
    site.edit("content/errors/http/429.md", "  fault: caller\n", "");
    assert_eq!(site.build().findings(), ["one-sided-fact content/errors/http/429.md:3:7"]);
}

#[test]
fn codes_without_a_guide_are_gaps_when_the_site_asks() {
    let mut site = TestSite::small();
    site.edit("content/errors/http/503.md", "HTTP 429 is about one caller.", "See ACME2002 and HTTP 418.");
    assert_eq!(site.build().findings(), Vec::<String>::new());
    site.edit("site.toml", "[sections.error]", "[lints]\ngap = \"warn\"\n\n[sections.error]");
    let found = site.build().findings();
    assert_eq!(found, ["gap content/errors/http/503.md:33:5", "gap content/errors/http/503.md:33:18"]);
}
