//! `explain`: a guide in the terminal, what a log shows, or what a rule means.

use std::io::IsTerminal;

use super::terminal::Terminal;
use super::{CONTENT, ExplainArgs, Global};
use crate::lookup::{LogReader, Lookup, index};
use crate::model::embedded;
use crate::model::guide::Guide;
use crate::model::reference::Identity;
use crate::model::rules::{RULES, Rule};
use crate::model::site::{GuideId, Site};
use crate::model::source::Sources;
use crate::model::suggest::nearest;
use crate::model::words::counted;
use crate::report::explanation;
use crate::{load, read, typeset};

/// The widest lines that are pleasant to read.
const MAX_COLUMNS: usize = 100;

/// Runs the command and gives its exit code.
pub(super) fn run(global: &Global, args: &ExplainArgs, terminal: &Terminal) -> u8 {
    let rules: Vec<&Rule> = args.names.iter().filter_map(|name| RULES.iter().copied().find(|rule| rule.name == name)).collect();
    // Rules need no site.
    if rules.len() == args.names.len() {
        rules.iter().for_each(|rule| terminal.output(&format!("{}\n", explanation(rule))));
        return 0;
    }
    let library = match Library::open(global, terminal) {
        Ok(library) => library,
        Err(code) => return code,
    };
    let codes: Vec<u8> = args.names.iter().map(|name| explain(&library, args, name, terminal)).collect();
    codes.into_iter().max().unwrap_or_default()
}

/// The guides that things are explained with.
struct Library {
    sources: Sources,
    site: Site,
}

impl Library {
    /// The site in the folder, or the built-in guides where there is none and none was named.
    fn open(global: &Global, terminal: &Terminal) -> Result<Self, u8> {
        let today = super::system_day();
        let mut sources = load::load(&global.root, today).map_err(|error| terminal.fail(&error.to_string()))?;
        if sources.by_path("site.toml").is_none() && global.root.as_os_str() == "." {
            terminal.detail("no site here; the built-in guides answer");
            sources = embedded::sources(today);
        }
        match read(&sources) {
            Some(site) => Ok(Self { sources, site }),
            None => Err(terminal.fail("there is no site that can be read; `fieldguide check` says why")),
        }
    }
}

fn explain(library: &Library, args: &ExplainArgs, name: &str, terminal: &Terminal) -> u8 {
    if name == "-" {
        return log(library, args, terminal);
    }
    if let Some(rule) = RULES.iter().find(|rule| rule.name == name) {
        terminal.output(&format!("{}\n", explanation(rule)));
        return 0;
    }
    let found = named(&library.site, name);
    if found.is_empty() {
        terminal.say(&format!("error: {}", unknown(&library.site, name)));
        return CONTENT;
    }
    found.into_iter().map(|id| show(library, args, id, terminal)).max().unwrap_or_default()
}

/// The guides that a reference, a code or a message means.
fn named(site: &Site, name: &str) -> Vec<GuideId> {
    let is_named = |id: &GuideId| site.identities[id.index()].to_string().eq_ignore_ascii_case(name);
    let by_name: Vec<GuideId> = site.ids().filter(is_named).collect();
    if !by_name.is_empty() {
        return by_name;
    }
    let index = index(site);
    let hits = Lookup::new(&index).find(name).into_iter();
    hits.map(|hit| index.entries[hit.entry].guide).collect()
}

fn show(library: &Library, args: &ExplainArgs, id: GuideId, terminal: &Terminal) -> u8 {
    let Library { sources, site } = library;
    if args.url {
        terminal.output(&format!("{}\n", site.config.base_url.join(site.permalink(id).as_str())));
        return 0;
    }
    let section = args.section.as_deref();
    if args.json {
        terminal.output(&typeset::json(site, sources, id, section));
        return 0;
    }
    match typeset::guide(site, sources, id, section, columns(terminal)) {
        Ok(text) => {
            terminal.long_output(&text);
            0
        }
        Err(typeset::Unknown { sections }) => {
            let wanted = section.unwrap_or_default();
            let near = nearest(wanted, sections.iter().map(String::as_str));
            let help = near.map_or_else(|| format!("it has {}", sections.join(", ")), |near| format!("did you mean `{near}`?"));
            terminal.say(&format!("error: `{}` has no section `{wanted}`; {help}", site.identities[id.index()]));
            CONTENT
        }
    }
}

fn columns(terminal: &Terminal) -> usize {
    terminal.columns().unwrap_or(MAX_COLUMNS).clamp(20, MAX_COLUMNS)
}

/// Reads stdin and tells each error that it shows once.
fn log(library: &Library, args: &ExplainArgs, terminal: &Terminal) -> u8 {
    if std::io::stdin().is_terminal() {
        terminal.note("paste the message or log, then press Ctrl-D");
    }
    let site = &library.site;
    let index = index(site);
    let mut reader = LogReader::new(Lookup::new(&index));
    if let Err(error) = load::log(|piece| reader.read(piece)) {
        return terminal.fail(&format!("cannot read stdin: {error}"));
    }
    let lines = usize::try_from(reader.lines()).unwrap_or(usize::MAX);
    let seen: Vec<_> = reader.finish().into_iter().map(|seen| (index.entries[seen.entry].guide, seen)).collect();
    if args.json {
        terminal.output(&typeset::answer_json(site, &seen));
    } else if args.url {
        seen.iter()
            .for_each(|(id, _)| terminal.output(&format!("{}\n", site.config.base_url.join(site.permalink(*id).as_str()))));
    } else {
        terminal.output(&typeset::answer(site, &seen, columns(terminal)));
        let errors = if seen.is_empty() { "no known error".to_owned() } else { counted(seen.len(), "known error") };
        terminal.note(&format!("{errors} in {}", counted(lines, "line")));
    }
    if seen.is_empty() { CONTENT } else { 0 }
}

fn unknown(site: &Site, name: &str) -> String {
    let code = |guide: &'_ Guide| guide.error().map(|matter| matter.code.value.clone());
    let codes: Vec<String> = site.guides.iter().filter_map(code).collect();
    let references: Vec<String> = site.identities.iter().map(Identity::to_string).collect();
    let rules = RULES.iter().map(|rule: &&Rule| rule.name);
    let near = nearest(name, codes.iter().chain(&references).map(String::as_str).chain(rules));
    near.map_or_else(
        || format!("no guide and no rule is called `{name}`; the site's codes are in /codes/, the rules in docs/lints.md"),
        |near| format!("no guide and no rule is called `{name}`; did you mean `{near}`?"),
    )
}
