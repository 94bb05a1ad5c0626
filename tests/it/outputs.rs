//! What programs read: Markdown twins, the JSON files with their schemas, llms.txt.

use std::collections::{BTreeMap, BTreeSet};

use fieldguide::model::markdown::{Event, Tag, events, inside, plain_text};
use serde_json::Value;

use crate::support::{Built, TestSite, own_built};

const OWN_BASE: &str = "https://fieldguide.example/";

fn text<'a>(built: &'a Built, path: &str) -> &'a str {
    std::str::from_utf8(built.files.get(path).unwrap_or_else(|| panic!("no file {path}"))).unwrap()
}

/// The address of the site's root, as its home page says it.
fn base(built: &Built) -> String {
    let canonical = regex::Regex::new("<link rel=\"canonical\" href=\"([^\"]+)\">").unwrap();
    canonical.captures(text(built, "index.html")).unwrap()[1].to_owned()
}

/// The pages of guides, by their Markdown twin.
fn pages(built: &Built) -> BTreeMap<String, &str> {
    let twins = built.files.keys().filter(|path| path.ends_with("/index.md"));
    twins.map(|twin| (twin.clone(), text(built, &twin.replace("index.md", "index.html")))).collect()
}

/// Level and text of every heading of a page.
fn html_headings(html: &str) -> Vec<(u8, String)> {
    let heading = regex::Regex::new(r"(?s)<h([1-6])[^>]*>(.*?)</h[1-6]>").unwrap();
    let tag = regex::Regex::new("<[^>]*>").unwrap();
    let plain = |html: &str| {
        let text = tag.replace_all(html, "").into_owned();
        let text =
            [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&#x2F;", "/"), ("&amp;", "&")]
                .iter()
                .fold(text, |text, (entity, sign)| text.replace(entity, sign));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    heading.captures_iter(html).map(|found| (found[1].parse().unwrap(), plain(&found[2]))).collect()
}

fn markdown_headings(markdown: &str) -> Vec<(u8, String)> {
    let spots: Vec<_> = events(markdown).collect();
    let headings = spots.iter().enumerate().filter_map(|(at, (event, _))| match event {
        Event::Start(Tag::Heading { level, .. }) => Some((*level as u8, plain_text(inside(&spots, at)))),
        _ => None,
    });
    headings.map(|(level, text)| (level, text.split_whitespace().collect::<Vec<_>>().join(" "))).collect()
}

/// The addresses that a Markdown file leads to.
fn addresses(markdown: &str) -> Vec<String> {
    let address = |(event, _): (Event<'_>, _)| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.into_string()),
        _ => None,
    };
    events(markdown).filter_map(address).collect()
}

/// What is wrong with an address: it is not whole, or there is no such file or place on the site.
fn fault(built: &Built, base: &str, address: &str) -> Option<String> {
    let Some(path) = address.strip_prefix(base) else {
        let is_whole = ["https://", "http://", "mailto:"].iter().any(|scheme| address.starts_with(scheme));
        return (!is_whole).then(|| format!("{address} is not whole"));
    };
    let (path, fragment) = path.split_once('#').map_or((path, None), |(path, fragment)| (path, Some(fragment)));
    let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let Some(bytes) = built.files.get(&file) else { return Some(format!("{address}: no file {file}")) };
    let id = format!("id=\"{}\"", fragment?);
    (!String::from_utf8_lossy(bytes).contains(&id)).then(|| format!("{address}: no place of this name"))
}

fn check_twins(built: &Built, at_least: usize) {
    let base = base(built);
    let pages = pages(built);
    assert!(pages.len() >= at_least, "{} twins", pages.len());
    for (path, html) in pages {
        let twin = text(built, &path);
        assert_eq!(markdown_headings(twin), html_headings(html), "{path}");
        let faults: Vec<String> = addresses(twin).iter().filter_map(|address| fault(built, &base, address)).collect();
        assert_eq!(faults, Vec::<String>::new(), "{path}");
        let noise = ["Skip to content", "On this page", "Edit this page", "Previous", "[["];
        let prose: String = events(twin)
            .filter_map(|(event, _)| match event {
                Event::Text(text) | Event::InlineHtml(text) | Event::Html(text) => Some(text.into_string()),
                _ => None,
            })
            .collect();
        let html = events(twin).any(|(event, _)| matches!(event, Event::Html(_) | Event::InlineHtml(_)));
        assert!(!html, "{path} holds HTML");
        assert!(noise.iter().all(|noise| !prose.contains(noise)), "{path}");
    }
}

#[test]
fn a_twin_has_the_sections_of_its_page_and_links_that_lead_somewhere() {
    let site = TestSite::small();
    let built = site.build();
    check_twins(&built, 8);
    check_twins(own_built(), 240);
}

#[test]
fn every_alternate_of_a_page_exists() {
    let alternate = regex::Regex::new("<link rel=\"alternate\" type=\"([^\"]+)\" href=\"([^\"]+)\">").unwrap();
    for built in [&TestSite::small().build(), own_built()] {
        let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
        for (path, bytes) in built.files.iter().filter(|(path, _)| path.ends_with(".html")) {
            for found in alternate.captures_iter(&String::from_utf8_lossy(bytes)) {
                let mut parts: Vec<&str> = path.split('/').collect();
                parts.pop();
                for part in found[2].split('/') {
                    if part == ".." { parts.pop().map(|_| ()).unwrap() } else { parts.push(part) }
                }
                assert!(built.files.contains_key(&parts.join("/")), "{path}: {}", &found[2]);
                *kinds.entry(found[1].to_owned()).or_default() += 1;
            }
        }
        let twins = pages(built).len();
        assert_eq!(kinds["text/markdown"], twins);
        assert_eq!(kinds["application/json"], twins);
    }
}

#[test]
fn a_site_below_a_path_names_it_in_whole_addresses() {
    let mut site = TestSite::small();
    let config = String::from_utf8(site.files["site.toml"].clone()).unwrap();
    let old = config.lines().find(|line| line.starts_with("base_url")).unwrap().to_owned();
    site.edit("site.toml", &old, "base_url = \"https://example.org/docs/\"");
    let built = site.build();
    assert_eq!(base(&built), "https://example.org/docs/");
    check_twins(&built, 8);
}

#[test]
fn signs_in_front_matter_stay_text() {
    let title = "# *A* [b](https://evil.example/) `c` <b>d</b> &amp; {#e}";
    let description =
        "1. *Not* a [list](https://evil.example/), <script>alert(1)</script> and no ![image](x.png) | cell, [^1] [[http:503]].";
    let mut site = TestSite::small();
    site.put(
        "content/pages/hostile.md",
        &format!("---\ntitle: '{title}'\ndescription: '{description}'\n---\n\n## A part\n\nText.\n"),
    );
    let built = site.build();
    let twin = text(&built, "hostile/index.md");
    assert_eq!(markdown_headings(twin)[0], (1, title.to_owned()), "{twin}");
    assert!(addresses(twin).iter().all(|address| !address.contains("evil")), "{twin}");
    let spots: Vec<_> = events(twin).collect();
    let lead = spots.iter().position(|(event, _)| matches!(event, Event::Start(Tag::Paragraph))).unwrap();
    assert_eq!(plain_text(inside(&spots, lead)), description);
    assert!(text(&built, "llms.txt").lines().all(|line| addresses(line).iter().all(|address| !address.contains("evil"))));
}

#[test]
fn what_a_body_writes_in_its_own_way_is_plain_markdown_in_its_twin() {
    let mut site = TestSite::small();
    site.put(
        "content/pages/shapes.md",
        "---\ntitle: Shapes\ndescription: A page that writes its links and headings in every way that there is.\n---\n\n\
         Before the first, see [the code][of-503] and [[http:503]] and [[http:503|a name]].\n\n\
         [of-503]: ../errors/http/503.md\n\n\
         ## A part\n\nSee [above](#a-part) or <https://docs.example/a_b>.\n\n\
         Under\n-----\n\n> ```bash title=\"Probe\"\n> curl https://api.example/\n> ```\n\n1. One\n\n   ```text tab=\"A\"\n   a\n   ```\n\n   ```text tab=\"B\"\n   b\n   ```\n",
    );
    let built = site.build();
    assert_eq!(built.findings(), Vec::<String>::new());
    let base = base(&built);
    let expected = format!(
        "Before the first, see [the code]({base}errors/http/503/) and [HTTP 503]({base}errors/http/503/) and \
         [a name]({base}errors/http/503/).\n\n\
         ## A part\n\nSee [above]({base}shapes/#a-part) or <https://docs.example/a_b>.\n\n\
         ## Under\n\n> Probe:\n>\n> ```bash\n> curl https://api.example/\n> ```\n\n1. One\n\n   A:\n\n   ```text\n   a\n   ```\n\n   B:\n\n   ```text\n   b\n   ```\n"
    );
    let twin = text(&built, "shapes/index.md");
    let squeezed = twin.replace("\n\n\n", "\n\n");
    assert!(squeezed.contains(&expected), "{twin}");
}

fn schemas(built: &Built) -> impl Fn(&str) -> jsonschema::Validator {
    |name| {
        let schema: Value = serde_json::from_str(text(built, &format!("api/v1/schemas/{name}.json"))).unwrap();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        jsonschema::draft202012::meta::validate(&schema).unwrap();
        jsonschema::draft202012::new(&schema).unwrap()
    }
}

fn json_files(built: &Built) -> impl Iterator<Item = (&String, Value)> {
    let files = built.files.iter().filter(|(path, _)| path.starts_with("api/v1/") && !path.contains("/schemas/"));
    files.map(|(path, bytes)| (path, serde_json::from_slice(bytes).unwrap()))
}

#[test]
fn every_json_file_keeps_to_its_schema() {
    for (built, at_least) in [(&TestSite::small().build(), 8), (own_built(), 240)] {
        let schema_of = schemas(built);
        let by_name: BTreeMap<&str, jsonschema::Validator> =
            ["guide", "guides", "codes", "signatures"].into_iter().map(|name| (name, schema_of(name))).collect();
        let mut count = 0;
        for (path, value) in json_files(built) {
            let name = path.strip_prefix("api/v1/").and_then(|path| path.strip_suffix(".json")).unwrap();
            let validator = by_name.get(name).unwrap_or(&by_name["guide"]);
            let faults: Vec<String> =
                validator.iter_errors(&value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
            assert_eq!(faults, Vec::<String>::new(), "{path}");
            count += 1;
            // A field that the schema does not know, or lacks, is a fault: types and schema cannot drift.
            let mut more = value.clone();
            more.as_object_mut().unwrap().insert("unknown".to_owned(), Value::Null);
            assert!(!validator.is_valid(&more), "{path}");
        }
        assert!(count > at_least, "{count} files");
    }
}

#[test]
fn every_object_of_a_schema_is_closed_and_described() {
    fn look(value: &Value, path: &str, open: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                if fields.contains_key("properties") && fields.get("additionalProperties") != Some(&Value::Bool(false)) {
                    open.push(path.to_owned());
                }
                fields.iter().for_each(|(key, value)| look(value, &format!("{path}/{key}"), open));
            }
            Value::Array(items) => items.iter().for_each(|value| look(value, path, open)),
            _ => {}
        }
    }
    let built = TestSite::small().build();
    for name in ["guide", "guides", "codes", "signatures"] {
        let schema: Value = serde_json::from_str(text(&built, &format!("api/v1/schemas/{name}.json"))).unwrap();
        let mut open = Vec::new();
        look(&schema, name, &mut open);
        assert_eq!(open, Vec::<String>::new());
        assert!(schema["description"].is_string(), "{name}");
    }
}

#[test]
fn addresses_in_the_json_files_lead_somewhere_and_every_guide_is_in_the_index() {
    fn urls(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                for (key, value) in fields {
                    match value {
                        Value::String(url) if key == "url" || key.ends_with("_url") => _ = found.insert(url.clone()),
                        other => urls(other, found),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|value| urls(value, found)),
            _ => {}
        }
    }
    let built = own_built();
    let mut found = BTreeSet::new();
    json_files(built).for_each(|(_, value)| urls(&value, &mut found));
    let faults: Vec<String> = found.iter().filter_map(|url| fault(built, OWN_BASE, url)).collect();
    assert_eq!(faults, Vec::<String>::new());
    let index: Value = serde_json::from_str(text(built, "api/v1/guides.json")).unwrap();
    let listed: Vec<&str> = index["guides"].as_array().unwrap().iter().map(|guide| guide["data_url"].as_str().unwrap()).collect();
    assert_eq!(listed.len(), pages(built).len());
    let codes: Value = serde_json::from_str(text(built, "api/v1/codes.json")).unwrap();
    assert_eq!(codes["codes"]["503"][0]["url"], "https://fieldguide.example/errors/http/503/");
    let signatures: Value = serde_json::from_str(text(built, "api/v1/signatures.json")).unwrap();
    for signature in signatures["signatures"].as_array().unwrap() {
        let pattern = fieldguide::model::pattern::Pattern::compile(signature["pattern"].as_str().unwrap()).unwrap();
        for sample in signature["samples"].as_array().unwrap() {
            assert!(pattern.is_match(sample.as_str().unwrap()), "{signature}");
        }
    }
}

#[test]
fn llms_txt_lists_every_guide_once_under_its_provider() {
    let built = own_built();
    let llms = text(built, "llms.txt");
    let headings = markdown_headings(llms);
    assert_eq!(headings[0], (1, "fieldguide".to_owned()));
    assert!(headings[1..].iter().all(|(level, _)| *level == 2));
    assert!(headings.iter().any(|(_, text)| text == "HTTP"));
    let spots: Vec<_> = events(llms).collect();
    assert!(spots.iter().any(|(event, _)| matches!(event, Event::Start(Tag::BlockQuote(_)))));
    let listed = addresses(llms);
    let distinct: BTreeSet<String> = listed.iter().map(|url| url.strip_prefix(OWN_BASE).unwrap().to_owned()).collect();
    assert_eq!(distinct, pages(built).into_keys().collect());
    assert_eq!(listed.len(), distinct.len());
    assert!(!built.files.contains_key("llms-full.txt"));
}

#[test]
fn a_site_switches_each_of_them() {
    let mut site = TestSite::small();
    let outputs = "[outputs]\nmarkdown = false\napi = false\nllms-full = true\n\n[facts.signal]";
    site.edit("site.toml", "[facts.signal]", outputs);
    let built = site.build();
    assert_eq!(built.findings(), Vec::<String>::new());
    assert!(!built.files.keys().any(|path| path.ends_with(".md") || path.starts_with("api/")));
    let page = text(&built, "errors/http/503/index.html");
    assert!(!page.contains("text/markdown") && !page.contains("application/json") && !page.contains("View as Markdown"));
    assert!(addresses(text(&built, "llms.txt")).iter().all(|url| url.ends_with('/')));
    let full = text(&built, "llms-full.txt");
    assert!(full.contains("\n# `503` Service Unavailable\n") && full.contains("\n## Provider context\n"));
    site.edit("site.toml", "llms-full = true", "llms = false");
    let built = site.build();
    assert!(!built.files.keys().any(|path| path.starts_with("llms")));
}
