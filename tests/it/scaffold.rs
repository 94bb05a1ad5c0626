//! New guides: what is made is sound, its gaps are told and nothing else, and nothing is written over.

use fieldguide::model::kind::GuideKind;
use fieldguide::model::site::{GuideId, Site};
use fieldguide::model::source::Sources;
use fieldguide::model::url::Slug;
use fieldguide::scaffold::{Request, Scaffold, fits_provider, scaffold};
use fieldguide::{Options, inspect};

use crate::support::{TODAY, TestSite};

/// Codes that no guide is about.
const CODES: [&str; 5] = ["499", "599", "AADSTS16000", "INTERNAL", "ACME77"];

/// Whether a provider can have a code, and no guide is about it.
fn is_free(site: &Site, provider: &Slug, code: &str) -> bool {
    let identity = format!("{provider}:{code}");
    fits_provider(site, provider, code).is_ok() && site.identities.iter().all(|other| other.to_string() != identity)
}

/// A code for a provider that lists its codes one by one.
fn made_up(provider: &Slug) -> String {
    format!("ZZ-{provider}-1").to_uppercase()
}

fn free_code(site: &Site, provider: &Slug) -> Option<String> {
    let codes = CODES.iter().map(|code| (*code).to_owned()).chain([made_up(provider)]);
    codes.into_iter().find(|code| is_free(site, provider, code))
}

/// Lets every provider have a code that no guide is about.
fn widened(mut site: TestSite) -> TestSite {
    let (_, inspected) = inspected(&site);
    for provider in inspected.providers.keys() {
        if free_code(&inspected, provider).is_none() {
            let pattern = format!("code_pattern: '{}|", made_up(provider));
            site.edit(&format!("content/providers/{provider}.md"), "code_pattern: '", &pattern);
        }
    }
    site
}

/// What stands where `TODO` stood: long enough for a description, short enough for a name.
const SENTENCE: &str = "Somebody looked and wrote down in whole words what is so.";

fn inspected(site: &TestSite) -> (Sources, Site) {
    let sources = site.sources();
    let inspected = inspect(&sources, &Options::default()).0.unwrap();
    (sources, inspected)
}

/// One guide of each kind for everything that a site has: every provider, every error, every error and the next.
fn requests(site: &Site) -> Vec<Request> {
    let mut requests = Vec::new();
    for provider in site.providers.keys() {
        let code = free_code(site, provider).unwrap_or_else(|| panic!("a code of {provider}"));
        let provider = provider.to_string();
        requests.push(Request::Error { provider, code, name: None });
    }
    let errors: Vec<GuideId> = site.of_kind(GuideKind::Error).collect();
    let name = |id: &GuideId| site.identities[id.index()].to_string();
    for (index, first) in errors.iter().enumerate() {
        if let Some(second) = errors.get(index + 1) {
            requests.push(Request::Compare { subjects: vec![name(first), name(second)] });
        }
        let covers = vec![name(first)];
        requests.push(Request::Playbook { slug: format!("one-{index}"), title: None, covers });
    }
    requests.push(Request::Playbook { slug: "all".to_owned(), title: None, covers: errors.iter().map(name).collect() });
    requests.push(Request::Playbook { slug: "none".to_owned(), title: Some("It's: none".to_owned()), covers: Vec::new() });
    requests.push(Request::Provider { slug: "unheard-of".to_owned(), name: None, docs_url: None, code_pattern: None });
    requests.push(Request::Provider {
        slug: "db".to_owned(),
        name: Some("The \"DB\"".to_owned()),
        docs_url: Some("https://docs.example/db#codes".to_owned()),
        code_pattern: Some(r"DB-\d'?".to_owned()),
    });
    requests.push(Request::Page { slug: "about-us".to_owned(), title: None });
    requests
}

/// A new guide as its writer leaves it; no two writers describe two guides in the same words.
fn written(new: &Scaffold) -> String {
    let described = regex::Regex::new(r"description: '(TODO: [^']*)'").unwrap();
    let length = described.captures(&new.text).unwrap()[1].chars().count();
    assert!((50..=170).contains(&length), "a description of {length} characters:\n{}", new.text);
    let text = described.replace(&new.text, format!("description: {SENTENCE} This is {}.", new.path));
    let todo = regex::Regex::new(r"TODO: [^\n'|\[]*").unwrap();
    let text = text.replace("cause-todo", "cause-a-real-one").replace("**TODO.**", "**A real one.**");
    let text = text.replace("/TODO", "/codes").replace("@TODO", "@operators");
    todo.replace_all(&text, SENTENCE).replace("TODO", "so")
}

/// The new guide; nothing where it compares errors that are compared already.
fn made(site: &Site, sources: &Sources, request: &Request) -> Option<Scaffold> {
    match (scaffold(site, sources, request), request) {
        (Ok(new), _) => Some(new),
        (Err(refusal), Request::Compare { .. }) if refusal.message.contains(" is there already: ") => None,
        (Err(refusal), request) => panic!("{request:?}: {refusal:?}"),
    }
}

fn check_all(site: TestSite) {
    let mut site = widened(site);
    let (sources, inspected) = inspected(&site);
    let made: Vec<Scaffold> = requests(&inspected).iter().filter_map(|request| made(&inspected, &sources, request)).collect();
    let kinds: Vec<usize> = GuideKind::ALL
        .iter()
        .map(|kind| made.iter().filter(|new| new.path.starts_with(&format!("content/{}/", kind.spec().folder))).count())
        .collect();
    assert!(kinds[0] == inspected.providers.len() && kinds.iter().all(|count| *count > 0), "{kinds:?}");
    for new in &made {
        assert!(!site.files.contains_key(&new.path), "{}", new.path);
        site.put(&new.path, &new.text);
    }
    let told = site.build().findings();
    let others: Vec<&String> = told.iter().filter(|line| !line.starts_with("placeholder ")).collect();
    assert!(others.is_empty(), "{others:?}");
    for new in &made {
        let own = told.iter().filter(|line| line.contains(&format!(" {}:", new.path))).count();
        let marks = new.text.lines().filter(|line| line.contains("TODO") && !line.starts_with("| ")).count();
        assert_eq!(own, marks, "every line with a mark of {} is told:\n{}", new.path, new.text);
    }
    assert!(told.iter().all(|line| made.iter().any(|new| line.contains(&format!(" {}:", new.path)))), "{told:?}");
    for new in &made {
        site.put(&new.path, &written(new));
    }
    assert_eq!(site.build().findings(), Vec::<String>::new());
}

#[test]
fn new_guides_of_the_small_site_lack_only_words() {
    check_all(TestSite::small());
}

#[test]
fn new_guides_of_the_own_site_lack_only_words() {
    check_all(TestSite::own());
}

#[test]
fn the_signature_of_a_new_error_finds_no_message_of_another_guide() {
    let mut site = TestSite::small();
    site.edit("content/errors/acme/acme1001.md", "acme.example\"", "acme.example, see ACME77\"");
    let (sources, inspected) = inspected(&site);
    let request = Request::Error { provider: "acme".to_owned(), code: "ACME77".to_owned(), name: None };
    let new = scaffold(&inspected, &sources, &request).unwrap();
    assert!(new.text.contains("pattern: '\\bAcme ACME77\\b'\n    samples:\n      - Acme ACME77\n"), "{}", new.text);
}

#[test]
fn new_guides_build_on_new_guides() {
    let mut site = TestSite::small();
    let provider = Request::Provider {
        slug: "db".to_owned(),
        name: Some("DB".to_owned()),
        docs_url: None,
        code_pattern: Some(r"-?\d+".to_owned()),
    };
    let error = |code: &str| Request::Error { provider: "db".to_owned(), code: code.to_owned(), name: None };
    let subjects = ["http:503", "db:503", "db:-32000"].map(str::to_owned);
    let playbook = Request::Playbook { slug: "db".to_owned(), title: None, covers: subjects.to_vec() };
    for request in [provider, error("503"), error("-32000"), Request::Compare { subjects: subjects.to_vec() }, playbook] {
        let (sources, inspected) = inspected(&site);
        let new = scaffold(&inspected, &sources, &request).unwrap();
        site.put(&new.path, &new.text);
        let told = site.build().findings();
        assert!(told.iter().all(|line| line.starts_with("placeholder ")), "{told:?}\n{}", new.text);
        site.put(&new.path, &written(&new));
        assert_eq!(site.build().findings(), Vec::<String>::new(), "{}", new.text);
    }
    let paths = ["errors/db/503", "errors/db/-32000", "compare/http-503-vs-db-503-vs--32000", "playbooks/db"];
    for path in paths {
        assert!(site.files.contains_key(&format!("content/{path}.md")), "{path}: {:?}", site.files.keys());
    }
    // Both sites have a code 503, so the new one is recognised by more than its digits.
    let text = String::from_utf8(site.files["content/errors/db/503.md"].clone()).unwrap();
    assert!(text.contains(r"pattern: '\bDB 503\b'"), "{text}");
}

#[test]
fn what_cannot_be_made_is_refused_with_a_way_on() {
    let mut site = TestSite::small();
    site.put("content/pages/draft.md", "no front matter");
    site.edit("content/pages/standard.md", "title: Editorial standard", "title: Editorial standard\naliases: [/house-rules/]");
    let (sources, inspected) = inspected(&site);
    let error = |provider: &str, code: &str| Request::Error { provider: provider.to_owned(), code: code.to_owned(), name: None };
    let compare = |subjects: &[&str]| Request::Compare { subjects: subjects.iter().map(|&name| name.to_owned()).collect() };
    let page = |slug: &str| Request::Page { slug: slug.to_owned(), title: None };
    let playbook =
        |slug: &str, covers: &str| Request::Playbook { slug: slug.to_owned(), title: None, covers: vec![covers.to_owned()] };
    let provider = |slug: &str, docs_url: Option<&str>, code_pattern: Option<&str>| Request::Provider {
        slug: slug.to_owned(),
        name: None,
        docs_url: docs_url.map(str::to_owned),
        code_pattern: code_pattern.map(str::to_owned),
    };
    for (request, message, help) in [
        (error("htpp", "418"), "no provider is called `htpp`", "`http`"),
        (error("stripe", "418"), "no provider is called `stripe`", "fieldguide new provider stripe"),
        (error("http", "4181"), "`4181` does not look like a code of HTTP", r"[1-5]\d\d"),
        (error("acme", "acme7"), "`acme7` does not look like a code of Acme", "`ACME7`"),
        (error("http", "503"), "`http:503` is there already", "content/errors/http/503.md"),
        (compare(&["http:503", "http:429"]), "`compare:429-vs-503` is there already", "content/compare/429-vs-503.md"),
        (compare(&["http:503", "http:504"]), "no error guide is called `http:504`", "fieldguide new error http 504"),
        (compare(&["http:503", "503"]), "`http:503` stands twice", ""),
        (compare(&["http:503"]), "a compare has two to four subjects, not 1", ""),
        (playbook("outage", "http:503"), "`playbook:outage` is there already", "content/playbooks/outage.md"),
        (playbook("dns", "dns:1"), "no error guide is called `dns:1`", "fieldguide new error dns 1"),
        (playbook("DNS Outage", "http:503"), "`DNS Outage` cannot be the name of a playbook", "`dns-outage`"),
        (provider("http", None, None), "`provider:http` is there already", "content/providers/http.md"),
        (provider("page", None, None), "a provider cannot be called `page`", ""),
        (provider("db", Some("http://db.example"), None), "`http://db.example` is not an https address", ""),
        (provider("db", None, Some(r"(?=x)\d")), "cannot be used: it has look-around", ""),
        (page("draft"), "`page:draft` is there already", "content/pages/draft.md"),
        (page("house-rules"), "/house-rules/ leads to content/pages/standard.md already", ""),
        (page("codes"), "the site itself makes /codes/", ""),
    ] {
        let refusal = scaffold(&inspected, &sources, &request).unwrap_err();
        assert!(refusal.message.contains(message), "{refusal:?}");
        assert!(refusal.help.as_deref().unwrap_or_default().contains(help), "{refusal:?}");
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_new_guide_is_written_once_and_its_gaps_are_listed() {
    let disk = TestSite::small().on_disk();
    let arguments = ["new", "error", "http", "418", "--name", "I'm a teapot", "--today", TODAY];
    let before = disk.tree("content");
    let shown = disk.run(&[&arguments[..], &["--dry-run"]].concat());
    assert_eq!((shown.status.code(), disk.tree("content")), (Some(0), before));
    let output = disk.run(&arguments);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), "content/errors/http/418.md\n".to_owned()));
    let steps = text(&output.stderr);
    assert!(steps.contains("  1. line 6: `description` is still to be written: say of http:418 what happened and who must act, in 50 to 170 characters\n"), "{steps}");
    let after = disk.tree("content");
    assert_eq!(after["errors/http/418.md"], shown.stdout);
    let again = disk.run(&arguments);
    assert_eq!((again.status.code(), disk.tree("content")), (Some(1), after));
    assert!(text(&again.stderr).contains("`http:418` is there already: content/errors/http/418.md"));
}

#[test]
fn a_code_may_start_with_a_minus_sign() {
    let disk = TestSite::small().on_disk();
    let provider = ["new", "provider", "rpc", "--name", "RPC", "--code-pattern", r"-\d{5}", "--today", TODAY];
    assert!(disk.run(&provider).status.success());
    let output = disk.run(&["new", "error", "rpc", "-32000", "--today", TODAY]);
    assert_eq!(text(&output.stdout), "content/errors/rpc/-32000.md\n", "{}", text(&output.stderr));
}

#[test]
fn what_is_missing_is_named_where_nobody_can_be_asked() {
    let mut site = TestSite::small();
    site.edit(
        "content/errors/http/503.md",
        "The header says when to come back.",
        "HTTP 504 is another code; HTTP 504 and HTTP 418.",
    );
    let disk = site.on_disk();
    for (arguments, words) in [
        (&["new"][..], "<KIND>"),
        (&["new", "error"], "Providers of this site: acme, http"),
        (
            &["new", "error", "http"],
            "<CODE>\n\nCodes that guides mention and none explains:\n  504 (mentioned 2 times)\n  418 (mentioned 1 time)",
        ),
        (&["new", "error", "http", "--name", "Gone"], "<CODE>"),
        (&["new", "compare"], "<ERROR> <ERROR>…"),
        (&["new", "playbook"], "<SLUG>"),
    ] {
        let output = disk.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains(words), "{arguments:?}: {}", text(&output.stderr));
    }
}
