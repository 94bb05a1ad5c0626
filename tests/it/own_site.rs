//! The project's own site: every link and fragment resolves, every page is sound HTML, the guides show what they must.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{TestSite, own_built, without_lookup_script, without_structured_data, without_theme_script};

/// The values of an attribute in a page, unescaped.
fn attributes(html: &str, name: &str) -> Vec<String> {
    let pattern = regex::Regex::new(&format!(r#"\s{name}="([^"]*)""#)).unwrap();
    let unescape = |text: &str| text.replace("&quot;", "\"").replace("&#39;", "'").replace("&#x27;", "'").replace("&amp;", "&");
    pattern.captures_iter(html).map(|found| unescape(&found[1])).collect()
}

/// The path in the output that a link on a page means.
fn resolve(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    if let Some(from_root) = link.strip_prefix('/') {
        return with_index(from_root);
    }
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop().expect("a link stays inside the site")),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    if link.ends_with('/') { with_index(&format!("{path}/")) } else { path }
}

fn with_index(path: &str) -> String {
    match path.trim_start_matches('/') {
        "" => "index.html".to_owned(),
        folder if folder.ends_with('/') => format!("{folder}index.html"),
        file => file.to_owned(),
    }
}

/// Every link of every page that leads nowhere.
fn broken_links(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let pages: BTreeMap<&str, &str> = files
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap()))
        .collect();
    let ids: BTreeMap<&str, BTreeSet<String>> =
        pages.iter().map(|(path, html)| (*path, attributes(html, "id").into_iter().collect())).collect();
    let mut broken = Vec::new();
    let mut count = 0;
    for (page, html) in &pages {
        let links = ["href", "src", "action"].into_iter().flat_map(|name| attributes(html, name));
        let refreshed =
            attributes(html, "content").into_iter().filter_map(|text| text.strip_prefix("0; url=").map(str::to_owned));
        for link in links.chain(refreshed) {
            if link.starts_with("https://") || link.starts_with("http://") || link.starts_with("mailto:") {
                continue;
            }
            count += 1;
            let (path, fragment) = link.split_once('#').map_or((link.as_str(), None), |(path, fragment)| (path, Some(fragment)));
            let target = if path.is_empty() { (*page).to_owned() } else { resolve(page, path) };
            let has_fragment = |fragment| ids.get(target.as_str()).is_some_and(|ids| ids.contains(fragment));
            if !files.contains_key(&target) || !fragment.is_none_or(has_fragment) {
                broken.push(format!("{page}: {link}"));
            }
        }
    }
    assert!(count > 1000, "only {count} links were looked at");
    broken
}

#[test]
fn every_link_and_fragment_resolves() {
    let built = own_built();
    assert_eq!(built.findings(), Vec::<String>::new());
    assert_eq!(broken_links(&built.files), Vec::<String>::new());
}

#[test]
fn every_link_resolves_without_index_html() {
    let mut site = TestSite::own();
    site.edit("site.toml", "language = \"en\"", "language = \"en\"\nclean_links = true");
    let built = site.build();
    assert_eq!(broken_links(&built.files), Vec::<String>::new());
    assert!(!built.page("errors/http/503/index.html").contains("index.html"));
}

#[test]
fn every_page_has_one_title_and_no_id_twice() {
    let built = own_built();
    for (path, bytes) in built.files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).unwrap();
        let ids = attributes(html, "id");
        let distinct: BTreeSet<_> = ids.iter().collect();
        assert_eq!(ids.len(), distinct.len(), "an id stands twice in {path}");
        let is_redirect = html.contains("http-equiv=\"refresh\"");
        assert_eq!(html.matches("<h1").count(), usize::from(!is_redirect), "{path}");
        for forbidden in ["<style", " style=\"", " onclick=", "javascript:"] {
            assert!(!html.contains(forbidden), "{forbidden} in {path}");
        }
        let (rest, scripts) = without_theme_script(&without_lookup_script(&without_structured_data(html)));
        assert_eq!(scripts, usize::from(!is_redirect), "{path}");
        assert!(!rest.contains("<script"), "a script of its own in {path}");
    }
}

/// The first tag of a page that does not close what is open, if any.
fn unbalanced(html: &str) -> Option<String> {
    const VOID: [&str; 9] = ["meta", "link", "br", "hr", "img", "input", "!doctype", "path", "rect"];
    let tag = regex::Regex::new(r"<(/?)([a-zA-Z!][a-zA-Z0-9]*)[^>]*>").unwrap();
    let mut open: Vec<String> = Vec::new();
    for found in tag.captures_iter(html) {
        let name = found[2].to_lowercase();
        if VOID.contains(&name.as_str()) {
            continue;
        }
        if found[1].is_empty() {
            open.push(name);
        } else if open.pop().as_ref() != Some(&name) {
            let at = found.get(0).unwrap().start();
            return Some(format!("{} behind {:?}", &found[0], &html[at.saturating_sub(60)..at]));
        }
    }
    open.pop()
}

#[test]
fn every_element_is_closed_where_it_must_be() {
    for built in [own_built(), &TestSite::small().build()] {
        for (path, bytes) in built.files.iter().filter(|(path, _)| path.ends_with(".html")) {
            assert_eq!(unbalanced(&String::from_utf8_lossy(bytes)), None, "{path}");
        }
    }
}

#[test]
fn the_site_has_every_page_it_promises() {
    let built = own_built();
    let count = |prefix: &str, depth: usize| {
        let pages = built.files.keys().filter(|path| path.starts_with(prefix) && path.ends_with("/index.html"));
        let is_page = |path: &&String| !String::from_utf8_lossy(&built.files[*path]).contains("http-equiv=\"refresh\"");
        pages.filter(is_page).filter(|path| path.matches('/').count() == depth).count()
    };
    assert!(count("errors/", 3) >= 12);
    assert!(count("compare/", 2) >= 6);
    assert!(count("playbooks/", 2) >= 3);
    assert!(count("providers/", 2) >= 3);
    assert!(count("tags/", 2) >= 3);
    for path in ["index.html", "404.html", "codes/index.html", "errors/index.html", "compare/index.html", "sitemap.xml"] {
        assert!(built.files.contains_key(path), "{path}");
    }
    for path in ["about/index.html", "editorial-standard/index.html", "report-a-correction/index.html"] {
        assert!(built.files.contains_key(path), "{path}");
    }
}

#[test]
fn the_guide_of_aadsts50076_is_whole() {
    let built = own_built();
    let page = built.page("errors/entra/aadsts50076/index.html");
    for anchor in ["meaning", "causes", "fix", "diagnosis", "examples", "verify", "prevent"] {
        assert!(page.contains(&format!("<h2 id=\"{anchor}\">")), "{anchor}");
    }
    for anchor in ["decision-support", "official-references", "provider-context", "review"] {
        assert!(page.contains(&format!("id=\"{anchor}\"")), "{anchor}");
    }
    for words in
        ["Human or machine", "Conditional Access", "InteractionRequiredAuthError", "24 November 2026", "editorial-standard"]
    {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn the_cards_of_aadsts50076_are_about_its_subject_and_say_why() {
    let built = own_built();
    let page = built.page("errors/entra/aadsts50076/index.html");
    let cards = regex::Regex::new(r#"(?s)<li class="card [a-z]+">(.*?)</li>"#).unwrap();
    let cards: Vec<String> = cards.captures_iter(page).map(|card| card[1].to_owned()).collect();
    assert!(cards.len() >= 2, "{}", cards.len());
    for card in cards {
        let href = &attributes(&card, "href")[0];
        assert!(
            ["aadsts", "entra-mfa", "entra-signin", "http/401", "oauth/"].iter().any(|subject| href.contains(subject)),
            "{href}"
        );
        let reason = card.rsplit_once("<p>").map(|(_, rest)| rest.trim_end_matches("</p>\n").len());
        assert!(reason.is_some_and(|length| length > 20), "{card}");
    }
}
