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
    site.allow("orphan-guide");
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
    let after = site.build();
    // The one edit is enough; that the file is now called otherwise than its address is a warning.
    assert_eq!(after.findings(), [format!("misplaced-file {file}:2:12")]);
    let after_page = |path: &str| std::str::from_utf8(&after.files[path]).unwrap();
    let pairs = [("429", "503"), ("one caller", "everybody"), ("the caller", "the operator")];
    assert!(in_order(before.page("compare/429-vs-503/index.html"), pairs));
    assert!(in_order(after_page("compare/503-vs-429/index.html"), pairs.map(|(first, second)| (second, first))));
    assert!(before.page("compare/503-vs-429/index.html").contains("url=../429-vs-503/index.html"));
    assert!(after_page("compare/429-vs-503/index.html").contains("url=../503-vs-429/index.html"));
    // Sections follow the subjects, too.
    let sections = |page: &str| page.find("id=\"when-it-is-429\"").unwrap() < page.find("id=\"when-it-is-503\"").unwrap();
    assert!(sections(before.page("compare/429-vs-503/index.html")));
    assert!(!sections(after_page("compare/503-vs-429/index.html")));
}

#[test]
fn one_code_of_two_providers_is_told_apart_everywhere() {
    let mut site = TestSite::small();
    site.allow("duplicate-description");
    let provider = String::from_utf8(site.files["content/providers/http.md"].clone()).unwrap();
    site.put("content/providers/proxy.md", &provider.replace("name: HTTP\n", "name: Proxy\n").replace("[HTTP]", "[Proxy]"));
    let error = String::from_utf8(site.files["content/errors/http/503.md"].clone()).unwrap();
    let error =
        error.replace("provider: http\n", "provider: proxy\n").replace("HTTP/", "PROXY/").replace("PROXY/1.1 5031", "none");
    site.put("content/errors/proxy/503.md", &error.replace("HTTP/[0-9.]+ 503", "PROXY/[0-9.]+ 503"));
    let compare = String::from_utf8(site.files["content/compare/429-vs-503.md"].clone()).unwrap();
    let compare =
        compare.replace("[http:429, http:503]", "[http:503, proxy:503]").replace("| 429 | 503 |", "| proxy:503 | http:503 |");
    let compare = compare.replace("When it is 429", "When it is proxy:503").replace("When it is 503", "When it is http:503");
    site.put("content/compare/http-503-vs-proxy-503.md", &compare);
    let built = site.build();
    let page = built.page("compare/http-503-vs-proxy-503/index.html");
    assert!(page.contains("<h1>HTTP 503 Service Unavailable vs Proxy 503 Service Unavailable</h1>"), "{page}");
    let table = between(page, "<table class=\"comparison", "</table>");
    assert!(table.contains("<code>http:503</code>") && table.contains("data-code=\"proxy:503\""), "{table}");
    assert!(cards(page).contains("It is proxy:503: causes, fixes and how to verify them."), "{}", cards(page));
    // A heading or column that names only the code says neither.
    let file = "content/compare/http-503-vs-proxy-503.md";
    site.edit(file, "| proxy:503 |", "| 503 |");
    let findings = site.build();
    let told: Vec<_> = findings.outcome.diagnostics.iter().map(|finding| (&*finding.message, finding.help().join(" "))).collect();
    assert_eq!(told, [("no subject `503`", "head the columns by the subjects: http:503, proxy:503".to_owned())]);
}

#[test]
fn a_reason_that_a_writer_gave_is_shown_beside_others() {
    let mut site = TestSite::small();
    site.edit(
        "content/errors/http/503.md",
        "  - ref: acme:ACME1001\n",
        "  - ref: compare:429-vs-503\n    why: the two look alike in a log\n  - ref: acme:ACME1001\n",
    );
    let built = site.build();
    let cards = cards(built.page("errors/http/503/index.html"));
    assert!(cards.contains("out of capacity? The two look alike in a log."), "{cards}");
    assert!(cards.contains("The same condition as Acme reports it. The Acme client reports the same outage"), "{cards}");
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

#[test]
fn a_link_without_text_is_called_the_same_at_the_top_of_the_page() {
    let mut site = TestSite::small();
    site.edit(
        "content/errors/http/503.md",
        "More instances end",
        "As for [[http:429#fix]] and [[acme:ACME1001|Acme]], more instances end",
    );
    let built = site.build();
    let page = built.page("errors/http/503/index.html");
    let top = between(page, "class=\"fix-now", "</section>");
    assert!(top.contains("As for HTTP 429: Fix and Acme, more instances end"), "{top}");
    assert!(!page.contains("http:429#fix"), "{page}");
}
