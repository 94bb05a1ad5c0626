//! What search engines, feed readers and browsers find a site by: feed, sitemap, robots.txt, OpenSearch.
//!
//! Nothing that Debian packages has schemas of these formats, so each test holds a file against the text of its format, which it names.

use std::collections::BTreeSet;

use crate::support::{Built, Element, TestSite, own_built, xml};

const ATOM: &str = "http://www.w3.org/2005/Atom";
const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const OPENSEARCH: &str = "http://a9.com/-/spec/opensearch/1.1/";

fn parsed(built: &Built, path: &str) -> Element {
    xml(built.page(path))
}

/// The whole addresses of the pages that a site has, without redirects and the page for what is missing.
fn addresses(built: &Built, base: &str) -> BTreeSet<String> {
    let pages = built.files.iter().filter_map(|(path, bytes)| Some((path.strip_suffix("index.html")?, bytes)));
    let own = pages.filter(|(_, bytes)| !String::from_utf8_lossy(bytes).contains("http-equiv=\"refresh\""));
    own.map(|(folder, _)| format!("{base}{folder}")).collect()
}

/// RFC 3339 with the time that a day has: RFC 4287, 3.3.
fn is_moment(text: &str) -> bool {
    regex::Regex::new(r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T00:00:00Z$").unwrap().is_match(text)
}

/// RFC 4287: 4.1.1 and 4.1.2 say what a feed and an entry must have, and how often; 4.2.7 what a link has.
fn check_feed(built: &Built, base: &str) {
    let feed = parsed(built, "feed.xml");
    assert_eq!((feed.name.as_str(), feed.attribute("xmlns")), ("feed", Some(ATOM)));
    for once in ["id", "title", "updated", "subtitle", "author"] {
        assert_eq!(feed.all(once).len(), 1, "{once}");
    }
    assert_eq!(feed.one("id").text, base);
    assert!(!feed.one("author").one("name").text.is_empty());
    let links: Vec<_> = feed.all("link").iter().map(|link| (link.attribute("rel"), link.attribute("href"))).collect();
    let own = format!("{base}feed.xml");
    assert_eq!(links, [(Some("self"), Some(own.as_str())), (Some("alternate"), Some(base))]);
    let entries = feed.all("entry");
    assert!(!entries.is_empty() && entries.len() <= 50, "{}", entries.len());
    let pages = addresses(built, base);
    let mut ids = BTreeSet::new();
    for entry in &entries {
        for once in ["id", "title", "updated", "summary", "link"] {
            assert_eq!(entry.all(once).len(), 1, "{once}");
        }
        let id = &entry.one("id").text;
        assert!(ids.insert(id.clone()), "{id} stands twice");
        assert!(pages.contains(id), "{id} is no page");
        assert_eq!(entry.one("link").attribute("href"), Some(id.as_str()));
        assert!(is_moment(&entry.one("updated").text) && !entry.one("title").text.is_empty());
        assert!(entry.all("category").iter().all(|category| category.attribute("term").is_some()));
    }
    let days: Vec<&str> = entries.iter().map(|entry| entry.one("updated").text.as_str()).collect();
    assert!(days.is_sorted_by(|a, b| a >= b), "{days:?}");
    assert_eq!(feed.one("updated").text, days[0]);
}

#[test]
fn the_feed_keeps_to_rfc_4287() {
    check_feed(own_built(), "https://fieldguide.example/");
    check_feed(&TestSite::small().build(), "https://test.example/");
}

#[test]
fn the_feed_starts_with_the_newest_review() {
    let mut site = TestSite::small();
    site.edit("content/errors/http/503.md", "last_reviewed_on: ", "last_reviewed_on: 2026-11-23 # ");
    let feed = parsed(&site.build(), "feed.xml");
    assert_eq!(feed.one("updated").text, "2026-11-23T00:00:00Z");
    assert_eq!(feed.all("entry")[0].one("id").text, "https://test.example/errors/http/503/");
}

/// sitemaps.org, "Sitemap XML format": `urlset` with the namespace, `loc` in each `url`, `lastmod` as a W3C date.
#[test]
fn the_sitemap_lists_every_page_once() {
    let day = regex::Regex::new(r"^\d{4}-\d{2}-\d{2}$").unwrap();
    for (built, base) in [(own_built(), "https://fieldguide.example/"), (&TestSite::small().build(), "https://test.example/")] {
        let sitemap = parsed(built, "sitemap.xml");
        assert_eq!((sitemap.name.as_str(), sitemap.attribute("xmlns")), ("urlset", Some(SITEMAP)));
        let urls = sitemap.all("url");
        assert_eq!(urls.len(), sitemap.children.len());
        let listed: BTreeSet<String> = urls.iter().map(|url| url.one("loc").text.clone()).collect();
        assert_eq!(listed.len(), urls.len(), "no address stands twice");
        // The lookup page shows nothing of its own.
        let mut pages = addresses(built, base);
        assert!(pages.remove(&format!("{base}lookup/")));
        assert_eq!(listed, pages);
        assert!(urls.iter().flat_map(|url| url.all("lastmod")).all(|lastmod| day.is_match(&lastmod.text)));
        let dated = |url: &&Element| url.one("loc").text.ends_with("/errors/http/503/") && url.all("lastmod").len() == 1;
        assert!(urls.iter().any(|url| dated(&url)));
    }
}

/// RFC 9309: a group begins with `User-agent`, rules follow; `Sitemap` has a whole address.
#[test]
fn robots_may_read_everything_and_find_the_sitemap() {
    let mut site = TestSite::small();
    let built = site.build();
    assert_eq!(built.page("robots.txt"), "User-agent: *\nAllow: /\n\nSitemap: https://test.example/sitemap.xml\n");
    site.edit("site.toml", "[facts.signal]", "[outputs]\nsitemap = false\n\n[facts.signal]");
    assert_eq!(site.build().page("robots.txt"), "User-agent: *\nAllow: /\n");
    site.put("static/robots.txt", "User-agent: *\nDisallow: /\n");
    assert_eq!(site.build().page("robots.txt"), "User-agent: *\nDisallow: /\n");
}

/// OpenSearch 1.1 draft 6, "OpenSearch description elements": `ShortName`, `Description` and a `Url` with a template.
#[test]
fn browsers_can_search_the_site() {
    let built = own_built();
    let description = parsed(built, "opensearch.xml");
    assert_eq!((description.name.as_str(), description.attribute("xmlns")), ("OpenSearchDescription", Some(OPENSEARCH)));
    assert!((1..=16).contains(&description.one("ShortName").text.chars().count()));
    assert!((1..=48).contains(&description.one("LongName").text.chars().count()));
    assert!((1..=1024).contains(&description.one("Description").text.chars().count()));
    let url = description.one("Url");
    assert_eq!(url.attribute("type"), Some("text/html"));
    let template = url.attribute("template").unwrap();
    assert_eq!(template, "https://fieldguide.example/lookup/#q={searchTerms}");
    assert!(built.files.contains_key("lookup/index.html"), "the template leads to a page");
}

#[test]
fn every_page_names_the_feed_and_the_search_that_there_are() {
    for (outputs, feed, search) in [
        ("", true, true),
        ("feed = false", false, true),
        ("opensearch = false", true, false),
        ("lookup = false", true, false),
        ("robots = false\nfeed = false\nopensearch = false", false, false),
    ] {
        let mut site = TestSite::small();
        site.edit("site.toml", "[facts.signal]", &format!("[outputs]\n{outputs}\n\n[facts.signal]"));
        let built = site.build();
        assert_eq!(
            (built.files.contains_key("feed.xml"), built.files.contains_key("opensearch.xml")),
            (feed, search),
            "{outputs}"
        );
        assert_eq!(built.files.contains_key("robots.txt"), !outputs.contains("robots"), "{outputs}");
        for page in ["index.html", "404.html", "errors/http/503/index.html", "tags/index.html"] {
            let html = built.page(page);
            assert_eq!(html.contains("feed.xml\" type=\"application/atom+xml\""), feed, "{outputs}: {page}");
            assert_eq!(
                html.contains("opensearch.xml\" type=\"application/opensearchdescription+xml\""),
                search,
                "{outputs}: {page}"
            );
        }
    }
}

#[test]
fn a_file_of_the_site_may_have_the_name_of_an_output_that_is_off() {
    let mut site = TestSite::small();
    site.put("static/feed.xml", "<feed/>");
    assert_eq!(site.build().findings(), ["address-collision static/feed.xml:1:1"]);
    site.edit("site.toml", "[facts.signal]", "[outputs]\nfeed = false\n\n[facts.signal]");
    assert_eq!(site.build().page("feed.xml"), "<feed/>");
}

/// Texts that mean something to XML, HTML, JSON or a template, into every place that a writer fills.
const HOSTILE: [&str; 6] = [
    r#"x\"><script>alert(1)</script>"#,
    r"x]]><![CDATA[y",
    r"x & &amp; &#0; &nbsp; y",
    r"x</script><!--<script>y",
    r"x {{ site.title }} {searchTerms} y",
    r"x\u2028\u2029\uFFFE y",
];

/// The small site with a text in the title of the site, the name of an error and descriptions.
fn hostile(text: &str) -> Built {
    let mut site = TestSite::small();
    site.edit("site.toml", "title = \"Test site\"", &format!("title = \"{text}\""));
    site.edit("site.toml", "description = \"A small site", &format!("description = \"{text} A small site"));
    site.edit("content/errors/http/503.md", "name: Service Unavailable", &format!("name: \"{text}\""));
    let description = "description: The service has no capacity now; its operator must add some or shed load.";
    site.edit(
        "content/errors/http/503.md",
        description,
        &format!("description: \"{text} The service has no capacity now; its operator must add some.\""),
    );
    site.build()
}

#[test]
fn no_text_breaks_a_file_that_programs_read() {
    for text in HOSTILE {
        let built = hostile(text);
        let shown = text.replace("\\\"", "\"").replace(r"\u2028", "\u{2028}").replace(r"\u2029", "\u{2029}");
        let in_xml = shown.replace(r"\uFFFE", "\u{fffd}");
        let feed = parsed(&built, "feed.xml");
        assert_eq!(feed.one("title").text, in_xml);
        let entries = feed.all("entry");
        let entry = entries.iter().find(|entry| entry.one("id").text.ends_with("/http/503/")).unwrap();
        assert_eq!(entry.one("title").text, format!("503: {in_xml}"));
        assert!(entry.one("summary").text.starts_with(&in_xml));
        let search = parsed(&built, "opensearch.xml");
        assert!(search.one("Description").text.starts_with(&in_xml));
        assert!(in_xml.starts_with(&search.one("ShortName").text));
        let names = |element: &Element| element.children.iter().map(|child| child.name.clone()).collect::<BTreeSet<_>>();
        assert!(
            names(&feed).is_subset(&["id", "title", "subtitle", "updated", "link", "author", "entry"].map(String::from).into())
        );
    }
}
