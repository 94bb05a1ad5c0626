//! The built-in theme: what `init` writes out, what a site overrides, and that docs/theming.md lists every field of the views.

use std::collections::BTreeMap;

use fieldguide::model::theme::THEME;

use crate::support::{TestSite, golden, project};

/// An empty folder and what a command in it says.
fn init(arguments: &[&str]) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let said = run(&folder, &[&["init"], arguments].concat(), 0);
    (folder, said)
}

fn run(folder: &tempfile::TempDir, arguments: &[&str], code: i32) -> String {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_fieldguide"));
    let output = command.current_dir(folder.path()).args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    said
}

#[test]
fn every_file_of_the_theme_is_embedded() {
    let own = TestSite::own();
    let files: BTreeMap<&str, &[u8]> = own
        .files
        .iter()
        .filter(|(path, _)| path.starts_with("templates/") || path.starts_with("static/"))
        .map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
        .collect();
    assert!(
        files == THEME.iter().map(|(path, text)| (*path, text.as_bytes())).collect(),
        "list the files of templates/ and static/ in src/model/theme.rs"
    );
}

#[test]
fn a_new_site_has_nothing_to_tell() {
    let (folder, said) = init(&["new"]);
    assert!(said.starts_with("28 files written to new\n"), "{said}");
    assert!(run(&folder, &["build", "--root", "new", "--deny-warnings"], 0).starts_with("6 guides, "));
    let guide = std::fs::read_to_string(folder.path().join("new/content/errors/http/503.md")).unwrap();
    assert!(!guide.contains("0000"), "the day is filled in");
}

#[test]
fn a_new_site_never_replaces_anything() {
    let (folder, _) = init(&[]);
    let said = run(&folder, &["init"], 2);
    assert!(said.contains("there is a site in `.` already"), "{said}");
    std::fs::write(folder.path().join("templates/base.html"), "mine").unwrap();
    std::fs::remove_file(folder.path().join("static/theme.css")).unwrap();
    let said = run(&folder, &["init", "--theme"], 0);
    assert!(said.contains("1 file written") && said.contains("kept: templates/base.html"), "{said}");
    assert_eq!(std::fs::read_to_string(folder.path().join("templates/base.html")).unwrap(), "mine");
}

#[test]
fn a_site_without_a_theme_looks_like_one_with_it() {
    let site = TestSite::small();
    let mut bare = site.clone();
    bare.files.retain(|path, _| !path.starts_with("templates/") && !path.starts_with("static/"));
    assert_eq!(bare.build().findings(), Vec::<String>::new());
    assert!(bare.build().files == site.build().files);
    assert!(bare.on_disk().run(&["build", "--today", "2026-11-24", "--deny-warnings"]).status.success());
}

#[test]
fn one_template_of_its_own_is_enough() {
    let mut site = TestSite::small();
    site.files.retain(|path, _| !path.starts_with("templates/"));
    site.put("templates/404.html", "{% extends \"base.html\" %}{% block content %}<h1>Lost?</h1>{% endblock content %}");
    let built = site.build();
    assert!(built.page("404.html").contains("<h1>Lost?</h1>"));
    assert!(built.page("index.html").contains("Paste your error"));
}

#[test]
fn one_token_of_its_own_is_enough() {
    let mut site = TestSite::small();
    site.files.retain(|path, _| !path.starts_with("static/"));
    site.put("static/site.css", ":root { --link: #003366; }\n");
    let built = site.build();
    let css: Vec<&String> = built.files.keys().filter(|path| path.starts_with("theme.") && path.ends_with(".css")).collect();
    let [path] = css[..] else { panic!("{css:?}") };
    assert!(built.page(path).ends_with(":root { --link: #003366; }\n"));
    assert!(built.page("index.html").contains(path.as_str()));
    assert!(!TestSite::small().build().files.contains_key(path), "other bytes have another name");
}

/// A struct of views: what it is, and its fields with their types and what they hold.
struct View {
    name: String,
    about: String,
    fields: Vec<(String, String, String)>,
}

/// The structs of `src/render/view.rs`, in order.
fn views() -> Vec<View> {
    let source = std::fs::read_to_string(project().join("src/render/view.rs")).unwrap();
    let name = regex::Regex::new(r"^pub\(super\) struct (\w+)").unwrap();
    let field = regex::Regex::new(r"^    pub\(super\) (\w+): (.+),$").unwrap();
    let mut views: Vec<View> = Vec::new();
    let mut about = String::new();
    for line in source.lines() {
        if let Some(text) = line.trim_start().strip_prefix("/// ") {
            about = format!("{about} {text}").trim_start().to_owned();
        } else if let Some(found) = name.captures(line) {
            views.push(View { name: found[1].to_owned(), about: std::mem::take(&mut about), fields: Vec::new() });
        } else if let Some(found) = field.captures(line) {
            let view = views.last_mut().expect("a field stands in a struct");
            view.fields.push((found[1].to_owned(), words(&found[2]), std::mem::take(&mut about)));
        } else if !line.trim_start().starts_with("#[") {
            about.clear();
        }
    }
    views
}

/// A type in the words of somebody who writes templates.
fn words(rust: &str) -> String {
    let inside = |outer: &str| rust.strip_prefix(outer).and_then(|rest| rest.strip_suffix('>'));
    if let Some(inner) = inside("Option<") {
        return format!("{}, or nothing", words(inner));
    }
    if let Some(inner) = inside("Vec<") {
        return format!("list of {}", words(inner));
    }
    match rust {
        "String" | "&'static str" => "text".to_owned(),
        "bool" => "true or false".to_owned(),
        "usize" | "u16" => "number".to_owned(),
        view => format!("[{view}](#{})", view.to_lowercase()),
    }
}

/// The views as the end of docs/theming.md.
fn reference() -> String {
    let mut out = String::new();
    for View { name, about, fields } in views() {
        out.push_str(&format!("\n### {name}\n\n{about}\n\n| field | is | |\n|---|---|---|\n"));
        for (field, is, about) in fields {
            out.push_str(&format!("| `{field}` | {is} | {about} |\n"));
        }
    }
    out
}

#[test]
fn every_field_of_the_views_is_documented() {
    let marker = "<!-- Made from src/render/view.rs; `UPDATE=1 cargo test theming` rewrites what follows. -->\n";
    let document = std::fs::read_to_string(project().join("docs/theming.md")).unwrap();
    let (kept, _) = document.split_once(marker).expect("the marker stands in docs/theming.md");
    let reference = reference();
    assert!(reference.matches("\n| `").count() > 100, "the views were not read");
    golden("../../docs/theming.md", &format!("{kept}{marker}{reference}"));
}

#[test]
fn every_view_that_a_template_can_reach_is_a_view_of_that_file() {
    for file in ["pages.rs", "lists.rs"] {
        let source = std::fs::read_to_string(project().join("src/render").join(file)).unwrap();
        let own: Vec<&str> = source.split("#[derive(Serialize)]").skip(1).filter_map(|rest| rest.lines().nth(1)).collect();
        // What a template's variables are called is all that other files add.
        assert!(own.iter().all(|line| line.starts_with("struct View") || line.starts_with("struct Nothing")), "{file}: {own:?}");
    }
}

#[test]
fn guides_of_a_provider_follow_each_other_by_code() {
    let mut site = TestSite::small();
    let guide = String::from_utf8(site.files["content/errors/acme/acme1001.md"].clone()).unwrap();
    for code in ["ACME999", "ACME20000"] {
        site.put(&format!("content/errors/acme/{}.md", code.to_lowercase()), &guide.replace("ACME1001", code));
    }
    let built = site.build();
    let turn = |page: &str| {
        let html = String::from_utf8_lossy(&built.files[page]).into_owned();
        let (_, rest) = html.split_once("<nav class=\"turn\"").unwrap();
        let link = regex::Regex::new(r#"<a href="([^"]+)" rel="(prev|next)">"#).unwrap();
        let nav = rest.split("</nav>").next().unwrap();
        link.captures_iter(nav).map(|found| format!("{} {}", &found[2], &found[1])).collect::<Vec<_>>()
    };
    // 999 before 1001 before 20000: numbers count as numbers.
    assert_eq!(turn("errors/acme/acme999/index.html"), ["next ../acme1001/index.html"]);
    assert_eq!(turn("errors/acme/acme1001/index.html"), ["prev ../acme999/index.html", "next ../acme20000/index.html"]);
}

#[test]
fn languages_from_right_to_left_say_so() {
    let mut site = TestSite::small();
    assert!(site.build().page("index.html").contains("<html lang=\"en\">"));
    site.edit("site.toml", "language = \"en\"", "language = \"ar-EG\"");
    assert!(site.build().page("index.html").contains("<html lang=\"ar-EG\" dir=\"rtl\">"));
}

#[test]
fn pages_do_not_depend_on_the_day_of_their_build() {
    let day = |today: &str| {
        let disk = TestSite::small().on_disk();
        // One of these days is before every review of the small site is due, the other after all.
        disk.run(&["build", "--today", today]);
        disk.tree("public")
    };
    let (before, after) = (day("2026-11-24"), day("2027-04-30"));
    assert!(!before.is_empty() && before == after);
}
