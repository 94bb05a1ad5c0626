//! Lookup over the project's own guides: every sample leads to its guide, also when it was mangled on its way, and ordinary logs lead
//! nowhere.

use std::collections::BTreeMap;
use std::path::Path;

use fieldguide::Options;
use fieldguide::lookup::{LogReader, Lookup, index, search, vocabulary};
use fieldguide::model::lookup::{Hit, LookupIndex, Reason};
use fieldguide::model::noise;
use fieldguide::model::site::{GuideId, Site};
use fieldguide::model::source::Sources;

use crate::support::{TestSite, project};

/// The project's own site.
fn own_site() -> Site {
    site_of(&TestSite::own().sources())
}

fn site_of(sources: &Sources) -> Site {
    let (site, findings) = fieldguide::inspect(sources, &Options::default());
    assert_eq!(findings.len(), 0, "{findings:?}");
    site.expect("the site has a frame")
}

/// A message and the guides that it may lead to first.
struct Sample {
    text: String,
    guides: Vec<GuideId>,
}

fn samples(site: &Site) -> Vec<Sample> {
    let mut samples = Vec::new();
    for id in site.ids() {
        let Some(matter) = site.guide(id).error() else { continue };
        for (signature, shared) in matter.signatures.iter().zip(&site.edges[id.index()].shared_with) {
            for sample in &signature.samples {
                let guides = [id].into_iter().chain(shared.iter().copied()).collect();
                samples.push(Sample { text: sample.value.clone(), guides });
            }
        }
    }
    samples
}

/// The guides that a text is recognised as, best first.
fn recognised(index: &LookupIndex, lookup: &Lookup<'_>, text: &str) -> Vec<GuideId> {
    lookup.find(text).into_iter().map(|hit| index.entries[hit.entry].guide).collect()
}

#[test]
fn every_sample_leads_to_its_guide_first() {
    let site = own_site();
    let index = index(&site);
    let lookup = Lookup::new(&index);
    let samples = samples(&site);
    assert!(samples.len() >= 90, "only {} samples", samples.len());
    for sample in samples {
        let found = recognised(&index, &lookup, &sample.text);
        let names: Vec<String> = found.iter().map(|id| site.identities[id.index()].to_string()).collect();
        assert!(found.first().is_some_and(|first| sample.guides.contains(first)), "{}: {names:?}", sample.text);
    }
}

#[test]
fn ordinary_logs_lead_nowhere() {
    let site = own_site();
    let index = index(&site);
    let lookup = Lookup::new(&index);
    let log = noise::lines(40);
    assert!(log.lines().count() >= 5000);
    let mut wrong = Vec::new();
    for line in log.lines() {
        for guide in recognised(&index, &lookup, line) {
            wrong.push(format!("{}: {line}", site.identities[guide.index()]));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    // As one text, so that no two lines make a message together.
    assert_eq!(recognised(&index, &lookup, &log), []);
}

type Mutate = fn(&str) -> String;

/// What happens to messages before they are pasted.
const MUTATIONS: &[(&str, Mutate)] = &[
    ("a log's prefix", |text| format!("2026-11-24T03:12:09.113Z ERROR [worker-3] c.e.Client - {text}")),
    ("syslog", |text| format!("Nov 24 03:12:09 web-1 app[50076]: {text}")),
    ("colours", |text| format!("\u{1b}[31mERROR\u{1b}[0m \u{1b}[1m{}\u{1b}[0m", text.replace(' ', "\u{1b}[0m \u{1b}[1m"))),
    ("JSON", |text| format!("{{\"level\":\"error\",\"msg\":{}}}", json(text))),
    ("JSON in JSON", |text| format!("{{\"log\":{}}}", json(&format!("{{\"msg\":{}}}", json(text))))),
    ("a quoted mail", |text| format!("> > {text}\n> What can this be?")),
    ("wrapped at blanks", |text| wrapped(text, 60)),
    ("wrapped in a quoted mail", |text| wrapped(text, 66).lines().map(|line| format!("> {line}\n")).collect()),
    ("cut at 80 columns", |text| cut(&format!("03:12:09 {text}"), 80)),
    ("line ends of Windows", |text| format!("it failed\r\n{text}\r\nso it did\r\n")),
    ("other ids, hosts and times", others),
    ("in the middle of a log", |text| {
        let log = noise::lines(1);
        let lines: Vec<&str> = log.lines().take(24).collect();
        format!("{}\n{text}\n{}", lines[..12].join("\n"), lines[12..].join("\n"))
    }),
];

fn json(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\'', "\\u0027"))
}

/// A text wrapped at blanks, each further line indented.
fn wrapped(text: &str, width: usize) -> String {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        if lines.last().is_some_and(|line| line.len() + word.len() > width) {
            lines.push(String::new());
        }
        let line = lines.last_mut().expect("there is one");
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.join("\n")
}

/// A text cut in pieces as a narrow terminal does.
fn cut(text: &str, width: usize) -> String {
    let characters: Vec<char> = text.chars().collect();
    characters.chunks(width).map(|piece| piece.iter().collect::<String>()).collect::<Vec<_>>().join("\n")
}

fn others(text: &str) -> String {
    let uuid = regex::Regex::new("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}").unwrap();
    let text = uuid.replace_all(text, "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0");
    text.replace("127.0.0.1", "10.20.30.40")
        .replace("api.example.com", "gateway.shop.example.net")
        .replace("/orders", "/v2/baskets/77")
        .replace("24/Nov/2026:04:49:14", "01/Jan/2027:23:59:59")
        .replace("2026-11-24 02:41:07Z", "2027-01-01 23:59:59Z")
}

#[test]
fn mangled_samples_still_lead_to_their_guide() {
    let site = own_site();
    let index = index(&site);
    let lookup = Lookup::new(&index);
    let samples = samples(&site);
    let mut missed: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut count = 0;
    // A third of the samples each, so that it does not take minutes without optimisation.
    for (turn, (name, mutate)) in MUTATIONS.iter().enumerate() {
        for sample in samples.iter().skip(turn % 3).step_by(3) {
            let text = mutate(&sample.text);
            count += 1;
            if !recognised(&index, &lookup, &text).first().is_some_and(|first| sample.guides.contains(first)) {
                missed.entry(name).or_default().push(text);
            }
        }
    }
    let misses: usize = missed.values().map(Vec::len).sum();
    assert!(count >= 1000, "{count}");
    assert!(misses * 50 <= count, "{misses} of {count}: {missed:#?}");
}

#[test]
fn several_errors_in_one_log_are_told_in_order_with_their_counts() {
    let site = own_site();
    let index = index(&site);
    let lookup = Lookup::new(&index);
    let text = "started\nHTTP/1.1 503 Service Unavailable\nAADSTS50076: no\nHTTP/1.1 503 again\n";
    let hits: Vec<_> = lookup
        .find(text)
        .into_iter()
        .map(|hit| (index.entries[hit.entry].code.clone(), hit.line, hit.range, hit.count))
        .collect();
    assert_eq!(hits, [("503".to_owned(), 2, 9..32, 2), ("AADSTS50076".to_owned(), 3, 0..11, 1)]);
}

#[test]
fn codes_are_found_as_people_write_them() {
    let site = own_site();
    let index = index(&site);
    let lookup = Lookup::new(&index);
    for (text, expected) in [
        ("503", "http:503"),
        (" 503\n", "http:503"),
        ("http:503", "http:503"),
        ("HTTP Error 503", "http:503"),
        ("http status code: 503", "http:503"),
        ("aadsts50076", "entra:AADSTS50076"),
        ("50076", "entra:AADSTS50076"),
        ("[50076]", "entra:AADSTS50076"),
        ("{\"error_codes\":[50199,50076]}", "entra:AADSTS50076"),
        ("Sign-in error code: 50076", "entra:AADSTS50076"),
        ("gRPC status: UNAVAILABLE", "grpc:UNAVAILABLE"),
        ("unavailable", "grpc:UNAVAILABLE"),
    ] {
        let found = recognised(&index, &lookup, text).first().map(|id| site.identities[id.index()].to_string());
        assert_eq!(found.as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn words_lead_somewhere_when_nothing_is_recognised() {
    let sources = TestSite::own().sources();
    let site = site_of(&sources);
    let index = index(&site);
    let vocabulary = vocabulary(&site, &sources, &index);
    for (text, expected) in [
        ("too many reqeusts", "http:429"),
        ("aadsts50067", "entra:AADSTS50076"),
        ("bad gatway", "http:502"),
        ("deadline", "grpc:DEADLINE_EXCEEDED"),
        // A word of a guide's text alone.
        ("strace", "linux:EPIPE"),
    ] {
        assert_eq!(recognised(&index, &Lookup::new(&index), text), [], "{text}");
        let hits = search(&vocabulary, &index, text);
        let names: Vec<String> =
            hits.iter().map(|hit| site.identities[index.entries[hit.entry].guide.index()].to_string()).collect();
        assert_eq!(hits.first().map(|hit| hit.reason), Some(Reason::Words), "{text}");
        assert!(names.iter().take(2).any(|name| name == expected), "{text}: {names:?}");
    }
}

#[test]
fn a_log_in_pieces_tells_what_the_whole_tells() {
    let site = own_site();
    let index = index(&site);
    let text: String = samples(&site).iter().map(|sample| format!("{}{}\n", noise::lines(1), sample.text)).collect();
    let whole = |pieces: &[&str]| {
        let mut reader = LogReader::new(Lookup::new(&index));
        pieces.iter().for_each(|piece| reader.read(piece.as_bytes()));
        reader.finish()
    };
    let pieces: Vec<&str> = text.split_inclusive('\n').collect();
    let seen = whole(&[&text]);
    assert_eq!(seen, whole(&pieces));
    let found = Lookup::new(&index).find(&text);
    assert_eq!(seen.len(), found.len());
    for hit in found {
        let same = seen.iter().find(|seen| seen.entry == hit.entry).map(|seen| (seen.line, seen.count));
        assert_eq!(same, Some((hit.line as u64, hit.count as u64)));
    }
}

/// Every text that both implementations are put to: samples and rejects, mangled samples, ordinary lines, what people type.
fn vectors(site: &Site) -> Vec<String> {
    let samples = samples(site);
    let rejects = site.guides.iter().filter_map(|guide| guide.error()).flat_map(|matter| &matter.signatures);
    let rejects = rejects.flat_map(|signature| &signature.rejects).map(|reject| reject.value.clone());
    // Every sample once, every way of mangling in turn: all of them take minutes without optimisation.
    let mangled = samples.iter().enumerate().map(|(at, sample)| (MUTATIONS[at % MUTATIONS.len()].1)(&sample.text));
    let typed = [
        "503",
        "[50076]",
        "http:503",
        "aadsts50067",
        "bad gatway",
        "too many reqeusts",
        "mfa",
        "a",
        "",
        " \n",
        "ünïcödé 503",
        "AADSTS50076é",
        "\u{1b}[1m😀 AADSTS50076",
        "> 😀\\u0020AADSTS50076 \\ud83d\\ude00 \\ud83d",
        "why does my login ask for a second factor again and again",
    ];
    let plain = samples.iter().map(|sample| sample.text.clone());
    let ordinary = noise::lines(4);
    let parts = samples.iter().step_by(7).map(|sample| sample.text.chars().take(sample.text.chars().count() / 2).collect());
    plain
        .chain(rejects)
        .chain(mangled)
        .chain(typed.map(str::to_owned))
        .chain(ordinary.lines().map(str::to_owned))
        .chain(parts)
        .collect()
}

/// The hits of a text as both implementations tell them: title, reason, line, what was seen there, count.
fn told(index: &LookupIndex, hits: Vec<Hit>, text: &str) -> Vec<serde_json::Value> {
    let lines: Vec<&str> = text.split('\n').collect();
    let hit = |hit: Hit| {
        let title = &index.entries[hit.entry].title;
        serde_json::json!([title, hit.reason.name(), hit.line, lines[hit.line - 1][hit.range], hit.count])
    };
    hits.into_iter().map(hit).collect()
}

/// Puts every text to both implementations. The site's index is in parts, or is not.
fn check_agreement(test_site: &TestSite, is_in_parts: bool) {
    let sources = test_site.sources();
    let site = site_of(&sources);
    let index = index(&site);
    let vocabulary = vocabulary(&site, &sources, &index);
    let lookup = Lookup::new(&index);
    let vectors: Vec<serde_json::Value> = vectors(&site)
        .into_iter()
        .map(|text| {
            let sure = lookup.find(&text);
            let hits = if sure.is_empty() { search(&vocabulary, &index, &text) } else { sure };
            serde_json::json!({ "hits": told(&index, hits, &text), "text": text })
        })
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let built = test_site.build();
    let files: Vec<_> = built.files.iter().filter(|(path, _)| path.starts_with("lookup/") && path.ends_with(".js")).collect();
    assert_eq!(files.iter().any(|(path, _)| path.starts_with("lookup/parts/")), is_in_parts);
    for (path, bytes) in files {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
    // The browser tests put the same texts to Chromium.
    let vector_file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(if is_in_parts { "lookup.json" } else { "lookup-small.json" });
    std::fs::write(&vector_file, serde_json::to_string(&vectors).unwrap()).unwrap();
    let output = std::process::Command::new("node")
        .arg(project().join("tests/lookup/agree.js"))
        .args([&folder.path().join("lookup"), &vector_file])
        .output()
        .expect("node runs: the browser's half of lookup cannot be tested without it (Debian: nodejs)");
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

#[test]
fn rust_and_javascript_agree_on_every_text() {
    check_agreement(&TestSite::own(), true);
}

#[test]
fn rust_and_javascript_agree_where_one_file_holds_everything() {
    check_agreement(&TestSite::small(), false);
}
