//! What search engines, feed readers and browsers find a site by: feed, sitemap, robots.txt, `OpenSearch`, and the head of each page.
//!
//! Nothing that Debian packages has schemas of these formats, so each test holds a file against the text of its format, which it names.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

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
        assert!(["errors/", "compare/", "playbooks/"].iter().any(|list| id[base.len()..].starts_with(list)), "{id} is no guide");
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
        let dated = |url: &Element| url.one("loc").text.ends_with("/errors/http/503/") && url.all("lastmod").len() == 1;
        assert!(urls.iter().any(|url| dated(url)));
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

/// `OpenSearch` 1.1 draft 6, "`OpenSearch` description elements": `ShortName`, `Description` and a `Url` with a template.
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
        let page = built.page("errors/http/503/index.html");
        let graph = graph(page).unwrap();
        assert_eq!(kinds(&graph), ["WebSite", "BreadcrumbList", "TechArticle"]);
        let in_html = shown.replace(r"\uFFFE", "\u{fffe}");
        assert_eq!(graph[0].1["name"], in_html);
        assert_eq!(graph[2].1["headline"], format!("503: {in_html}"));
        let title =
            format!("503: {in_html}").replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
        let entries = head(page);
        assert!(entries.contains(&("og:title".to_owned(), title.clone())), "{title}: {entries:?}");
        let search = parsed(&built, "opensearch.xml");
        assert!(search.one("Description").text.starts_with(&in_xml));
        assert!(in_xml.starts_with(&search.one("ShortName").text));
        let names = |element: &Element| element.children.iter().map(|child| child.name.clone()).collect::<BTreeSet<_>>();
        assert!(
            names(&feed).is_subset(&["id", "title", "subtitle", "updated", "link", "author", "entry"].map(String::from).into())
        );
    }
}

/// The JSON-LD of a page, each node with its type.
fn graph(html: &str) -> Option<Vec<(String, Value)>> {
    let script = regex::Regex::new(r#"<script type="application/ld\+json">([^<]*)</script>"#).unwrap();
    let found = script.captures(html)?;
    let data: Value = serde_json::from_str(&found[1]).unwrap();
    assert_eq!(data["@context"], "https://schema.org");
    let nodes = data["@graph"].as_array().unwrap().iter();
    Some(nodes.map(|node| (node["@type"].as_str().unwrap().to_owned(), node.clone())).collect())
}

fn kinds(graph: &[(String, Value)]) -> Vec<&str> {
    graph.iter().map(|(kind, _)| kind.as_str()).collect()
}

/// The properties that each type needs; what is only recommended and what we have no source for (image, datePublished) is left out.
///
/// Source: Google Search Central, "Structured data": Site name (`WebSite`), Breadcrumb, Article, FAQ, How-to; types by schema.org.
const REQUIRED: [(&str, &[&str]); 10] = [
    ("WebSite", &["@id", "name", "url", "inLanguage"]),
    ("BreadcrumbList", &["itemListElement"]),
    ("ListItem", &["position", "name"]),
    ("TechArticle", &["headline", "description", "url", "dateModified", "author", "isPartOf"]),
    ("Organization", &["name", "url"]),
    ("FAQPage", &["mainEntity"]),
    ("Question", &["name", "acceptedAnswer"]),
    ("Answer", &["text"]),
    ("HowTo", &["name", "step"]),
    ("HowToStep", &["name", "text", "url"]),
];

/// Every typed object has what its type needs, and no property is empty.
fn check_types(value: &Value, path: &str) {
    match value {
        Value::Object(fields) => {
            if let Some(kind) = fields.get("@type").and_then(Value::as_str) {
                let (_, required) = REQUIRED.iter().find(|(name, _)| *name == kind).unwrap_or_else(|| panic!("{path}: {kind}"));
                required.iter().for_each(|name| assert!(fields.contains_key(*name), "{path}: {kind} has no {name}"));
            }
            fields.values().for_each(|value| check_types(value, path));
        }
        Value::Array(values) => {
            assert!(!values.is_empty(), "{path}");
            values.iter().for_each(|value| check_types(value, path));
        }
        Value::String(text) => assert!(!text.is_empty() && text.trim() == text, "{path}: {text:?}"),
        Value::Number(_) => {}
        Value::Null | Value::Bool(_) => panic!("{path}: {value}"),
    }
}

/// Google, "Breadcrumb": at least two items, from 1 without gaps, each but the last with an address.
fn check_way(list: &Value, pages: &BTreeSet<String>, path: &str) {
    let items = list["itemListElement"].as_array().unwrap();
    assert!(items.len() >= 2, "{path}");
    for (at, item) in items.iter().enumerate() {
        assert_eq!(item["position"], at + 1, "{path}");
        let leads = item.get("item").map(|item| pages.contains(item.as_str().unwrap()));
        assert_eq!(leads, (at + 1 < items.len()).then_some(true), "{path}: {item}");
    }
}

#[test]
fn every_page_describes_itself_to_search_engines() {
    let built = own_built();
    let pages = addresses(built, "https://fieldguide.example/");
    for address in &pages {
        let path = format!("{}index.html", address.strip_prefix("https://fieldguide.example/").unwrap());
        let graph = graph(built.page(&path)).unwrap_or_else(|| panic!("{path} says nothing"));
        graph.iter().for_each(|(_, node)| check_types(node, &path));
        let ways: Vec<_> = graph.iter().filter(|(kind, _)| kind == "BreadcrumbList").collect();
        assert_eq!(ways.len(), usize::from(path != "index.html"), "{path}");
        ways.iter().for_each(|(_, list)| check_way(list, &pages, &path));
        let articles: Vec<_> = graph.iter().filter(|(kind, _)| kind == "TechArticle").collect();
        let is_guide =
            path.matches('/').count() > 1 && ["errors/", "compare/", "playbooks/"].iter().any(|list| path.starts_with(list));
        assert_eq!(articles.len(), usize::from(is_guide), "{path}");
        assert!(articles.iter().all(|(_, article)| article["url"] == address.as_str()), "{path}");
    }
    assert!(graph(built.page("404.html")).is_none() && graph(built.page("e/http/503/index.html")).is_none());
}

#[test]
fn a_guide_has_its_questions_and_its_steps() {
    let built = own_built();
    let compare = graph(built.page("compare/401-vs-403/index.html")).unwrap();
    assert_eq!(kinds(&compare), ["WebSite", "BreadcrumbList", "TechArticle", "FAQPage"]);
    let first = &compare[3].1["mainEntity"][0];
    assert_eq!(first["name"], "I signed in, so why is it still 401?");
    let answer = "The credentials you sent were refused, or they did not arrive. Check expiry and audience of the token, then \
                  redirects and proxies that drop the header.";
    assert_eq!(first["acceptedAnswer"]["text"], answer);
    assert!(compare[3].1["mainEntity"].as_array().unwrap().len() >= 3);
    // A tree with choices is no list of steps.
    let tree = graph(built.page("playbooks/dns/index.html")).unwrap();
    assert_eq!(kinds(&tree), ["WebSite", "BreadcrumbList", "TechArticle"]);
}

const PATH: &str = "## Triage

### Look at the load {#load .do}
See [[http:503]], [[#verify]] and [the standard](../pages/standard.md); 429 is `HTTP 429`.

- Then → [Add a server](#add)

### Add a server {#add .fix}
Start **one** more `node` as in [[http:429#fix]], then [Verify](#verify).
";

#[test]
fn a_playbook_without_choices_is_a_list_of_steps() {
    let mut site = TestSite::small();
    let playbook = String::from_utf8(site.files["content/playbooks/outage.md"].clone()).unwrap();
    let (front_matter, _) = playbook.split_once("## Triage").unwrap();
    let rest = playbook.find("## Verify").map_or("", |at| &playbook[at..]);
    site.put("content/playbooks/outage.md", &format!("{front_matter}{PATH}\n{rest}"));
    let graph = graph(site.build().page("playbooks/outage/index.html")).unwrap();
    assert_eq!(kinds(&graph), ["WebSite", "BreadcrumbList", "TechArticle", "HowTo"]);
    let steps = graph[3].1["step"].as_array().unwrap();
    let told: Vec<_> = steps.iter().map(|step| (step["name"].as_str().unwrap(), step["text"].as_str().unwrap())).collect();
    assert_eq!(
        told,
        [
            ("Look at the load", "See HTTP 503, Outage: Verify and the standard; 429 is HTTP 429."),
            ("Add a server", "Start one more node as in HTTP 429: Fix, then Verify."),
        ]
    );
    assert_eq!(steps[1]["url"], "https://test.example/playbooks/outage/#add");
}

/// The `meta` and `link` elements of a page: what each is about, and what it says.
fn head(html: &str) -> Vec<(String, String)> {
    let tag = regex::Regex::new(r"<(?:meta|link) ([^>]*)>").unwrap();
    let attribute = regex::Regex::new(r#"([a-z-]+)="([^"]*)""#).unwrap();
    let head = html.split_once("</head>").unwrap().0;
    let entry = |found: regex::Captures<'_>| {
        let all: BTreeMap<String, String> =
            attribute.captures_iter(&found[1]).map(|pair| (pair[1].to_owned(), pair[2].to_owned())).collect();
        let about = ["name", "property", "rel", "type", "media", "charset"].iter().filter_map(|name| all.get(*name));
        let says = all.get("content").or_else(|| all.get("href")).cloned();
        (about.cloned().collect::<Vec<_>>().join(" "), says.unwrap_or_default())
    };
    tag.captures_iter(head).map(entry).collect()
}

/// ogp.me asks for a title, a type, an image and an address; the image is the site's to give.
#[test]
fn every_page_has_a_head_that_is_whole_and_says_nothing_twice() {
    let built = own_built();
    for (path, bytes) in built.files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).unwrap();
        let entries = head(html);
        let about: BTreeMap<&str, &str> = entries.iter().map(|(about, says)| (about.as_str(), says.as_str())).collect();
        assert_eq!(about.len(), entries.len(), "{path}: {entries:?}");
        assert!(html.contains("<html lang=\"en\">"), "{path}");
        if html.contains("http-equiv=\"refresh\"") {
            continue;
        }
        let address = format!("https://fieldguide.example/{}", path.strip_suffix("index.html").unwrap_or(path));
        let canonical = (path != "404.html").then_some(address.as_str());
        assert_eq!(about.get("canonical").copied(), canonical, "{path}");
        assert_eq!(about.get("og:url").copied(), canonical, "{path}");
        assert_eq!(about.contains_key("og:title"), canonical.is_some(), "{path}");
        for name in ["description", "viewport", "color-scheme"] {
            assert!(about.get(name).is_some_and(|says| !says.is_empty()), "{path}: {name}");
        }
        if canonical.is_some() {
            assert_eq!(about["og:description"], about["description"], "{path}");
            assert_eq!(about["og:site_name"], "fieldguide", "{path}");
            assert_eq!(about["twitter:card"], "summary", "{path}");
            assert!(["article", "website"].contains(&about["og:type"]), "{path}");
        }
    }
}

#[test]
fn a_picture_of_the_site_shows_on_cards() {
    let mut site = TestSite::small();
    site.put("static/card.png", "any bytes");
    let built = site.build();
    let entries = head(built.page("errors/http/503/index.html"));
    let says = |about: &str| entries.iter().find(|(name, _)| name == about).map(|(_, says)| says.as_str());
    assert_eq!(says("og:image"), Some("https://test.example/card.png"));
    assert_eq!(says("twitter:card"), Some("summary_large_image"));
    assert_eq!(graph(built.page("errors/http/503/index.html")).unwrap()[2].1["image"], "https://test.example/card.png");
}

#[test]
fn the_colour_of_the_browser_is_that_of_the_page() {
    let css = std::fs::read_to_string(crate::support::project().join("static/theme.css")).unwrap();
    let background = regex::Regex::new(r"--bg: (#[0-9a-f]{6});").unwrap();
    let colours: Vec<String> = background.captures_iter(&css).map(|found| found[1].to_owned()).collect();
    let entries = head(own_built().page("index.html"));
    let told: Vec<&String> = entries.iter().filter(|(about, _)| about.starts_with("theme-color")).map(|(_, says)| says).collect();
    assert_eq!(told, colours.iter().collect::<Vec<_>>());
}

#[test]
fn structured_data_can_be_switched_off() {
    let mut site = TestSite::small();
    site.edit("site.toml", "[facts.signal]", "[outputs]\nstructured-data = false\n\n[facts.signal]");
    let built = site.build();
    assert!(["index.html", "errors/http/503/index.html"].iter().all(|path| graph(built.page(path)).is_none()));
}
