//! What `new` asks on a terminal where its arguments do not say it.

use super::new::{NewKind, Stop};
use super::prompt::Prompt;
use crate::model::kind::GuideKind;
use crate::model::site::Site;
use crate::model::url::Slug;
use crate::model::words::counted;
use crate::scaffold::{Refusal, Request, fits_provider, gaps, known_error, known_provider};

/// How many codes without a guide are offered.
const MAX_OFFERED: usize = 10;

/// Asks for what is missing.
pub(super) fn request(kind: Option<NewKind>, site: &Site, prompt: &mut Prompt<'_>) -> Result<Request, Stop> {
    match kind.map_or_else(|| ask_kind(prompt), Ok)? {
        NewKind::Error { provider, code, name } => ask_error(site, prompt, provider, code, name),
        NewKind::Compare { .. } => {
            let accept = |answer: &str| match errors(site, answer)? {
                names if (2..=4).contains(&names.len()) => Ok(names),
                _ => Err(Refusal { message: "a compare has two to four subjects".to_owned(), help: None }),
            };
            let question = "Which errors, two to four, as in http:429 http:503?";
            Ok(Request::Compare { subjects: prompt.ask(question, None, accept).ok_or(Stop::Ended)? })
        }
        NewKind::Playbook { name, covers, .. } => ask_playbook(site, prompt, name, covers),
        NewKind::Provider { name, docs_url, code_pattern, .. } => ask_provider(prompt, name, docs_url, code_pattern),
        NewKind::Page { name, .. } => {
            let slug = ask_slug(prompt, "Its address, as in about-us?")?;
            Ok(Request::Page { slug, title: more(prompt, name, "Its title?")? })
        }
    }
}

fn ask_kind(prompt: &mut Prompt<'_>) -> Result<NewKind, Stop> {
    let names: Vec<String> = GuideKind::ALL.iter().map(|kind| kind.spec().name.to_owned()).collect();
    let accept = |answer: &str| {
        let kind = GuideKind::named(&answer.to_lowercase());
        kind.ok_or_else(|| Refusal { message: format!("no kind is called `{answer}`"), help: Some(names.join(", ")) })
    };
    let kind = prompt.choose("What is it?", &names, accept).ok_or(Stop::Ended)?;
    Ok(match kind {
        GuideKind::Error => NewKind::Error { provider: None, code: None, name: None },
        GuideKind::Compare => NewKind::Compare { subjects: Vec::new() },
        GuideKind::Playbook => NewKind::Playbook { slug: None, name: None, covers: Vec::new() },
        GuideKind::Provider => NewKind::Provider { slug: None, name: None, docs_url: None, code_pattern: None },
        GuideKind::Page => NewKind::Page { slug: None, name: None },
    })
}

fn ask_error(
    site: &Site,
    prompt: &mut Prompt<'_>,
    provider: Option<String>,
    code: Option<String>,
    name: Option<String>,
) -> Result<Request, Stop> {
    let provider = match provider {
        Some(provider) => known_provider(site, &provider).map_err(Stop::Refused)?,
        None => ask_provider_of(site, prompt)?,
    };
    let code = match code {
        Some(code) => code,
        None => ask_code(site, prompt, &provider)?,
    };
    let name = more(prompt, name, "What does the provider call it?")?;
    Ok(Request::Error { provider: provider.to_string(), code, name })
}

fn ask_provider_of(site: &Site, prompt: &mut Prompt<'_>) -> Result<Slug, Stop> {
    let names: Vec<String> = site.providers.keys().map(ToString::to_string).collect();
    prompt.choose("Who prints the code?", &names, |answer| known_provider(site, answer)).ok_or(Stop::Ended)
}

/// Asks for a code; those that guides mention already are offered first.
fn ask_code(site: &Site, prompt: &mut Prompt<'_>, provider: &Slug) -> Result<String, Stop> {
    let open = offered(site, provider.as_str());
    if !open.is_empty() {
        (prompt.say)(&format!("{open}\n"));
    }
    let first = gaps(site, provider.as_str()).first().map(|gap| gap.code.as_str());
    let accept = |answer: &str| match answer {
        "" => Err(Refusal { message: "an error guide is about one code".to_owned(), help: None }),
        code => fits_provider(site, provider, code).map(|()| code.to_owned()),
    };
    prompt.ask("Which code, as it is printed?", first, accept).ok_or(Stop::Ended)
}

fn ask_playbook(site: &Site, prompt: &mut Prompt<'_>, name: Option<String>, mut covers: Vec<String>) -> Result<Request, Stop> {
    let slug = ask_slug(prompt, "Its address, as in dns-outage?")?;
    if covers.is_empty() {
        let question = "Which errors does it cover, as in http:503? (Enter takes one that fits)";
        covers = prompt.ask(question, None, |answer| errors(site, answer)).ok_or(Stop::Ended)?;
    }
    Ok(Request::Playbook { slug, title: more(prompt, name, "Its title?")?, covers })
}

fn ask_provider(
    prompt: &mut Prompt<'_>,
    name: Option<String>,
    docs_url: Option<String>,
    code_pattern: Option<String>,
) -> Result<Request, Stop> {
    let slug = ask_slug(prompt, "What references call it, as in stripe?")?;
    let name = more(prompt, name, "Its short name?")?;
    let docs_url = more(prompt, docs_url, "Where does its documentation start, https://…?")?;
    let code_pattern = more(prompt, code_pattern, r"What does a whole code match, as in [1-5]\d\d?")?;
    Ok(Request::Provider { slug, name, docs_url, code_pattern })
}

fn ask_slug(prompt: &mut Prompt<'_>, question: &str) -> Result<String, Stop> {
    let accept = |answer: &str| {
        let help = || Some("use lower-case letters, digits and hyphens".to_owned());
        Slug::exact(answer).ok_or_else(|| Refusal { message: format!("`{answer}` cannot stand in an address"), help: help() })
    };
    prompt.ask(question, None, accept).map(|slug| slug.to_string()).ok_or(Stop::Ended)
}

/// What was given, or else what somebody answers.
fn more(prompt: &mut Prompt<'_>, given: Option<String>, question: &str) -> Result<Option<String>, Stop> {
    given.map_or_else(|| prompt.ask_for_more(question).ok_or(Stop::Ended), |given| Ok(Some(given)))
}

/// The errors that an answer names.
fn errors(site: &Site, answer: &str) -> Result<Vec<String>, Refusal> {
    let names: Vec<String> = answer.split([' ', ',']).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    names.iter().try_for_each(|name| known_error(site, name).map(|_| ())).map(|()| names)
}

/// The codes that guides mention and none explains, as text; empty where there are none.
pub(super) fn offered(site: &Site, provider: &str) -> String {
    let gaps = gaps(site, provider);
    let codes: Vec<String> = gaps
        .iter()
        .take(MAX_OFFERED)
        .map(|gap| format!("  {} (mentioned {})", gap.code, counted(gap.mentions.len(), "time")))
        .collect();
    if codes.is_empty() { String::new() } else { format!("Codes that guides mention and none explains:\n{}", codes.join("\n")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::date::parse_date;
    use crate::model::source::{Role, SourceFile, Sources};
    use crate::{Options, inspect};

    /// A site whose guide to 503 mentions HTTP 429, about which nothing is written.
    fn site() -> Site {
        let files = [
            ("site.toml", Role::Config, include_str!("../../tests/site/site.toml")),
            ("content/providers/http.md", Role::Content, include_str!("../../tests/site/content/providers/http.md")),
            ("content/providers/acme.md", Role::Content, include_str!("../../tests/site/content/providers/acme.md")),
            ("content/errors/http/503.md", Role::Content, include_str!("../../tests/site/content/errors/http/503.md")),
            ("content/errors/acme/acme1001.md", Role::Content, include_str!("../../tests/site/content/errors/acme/acme1001.md")),
        ];
        let files = files.map(|(path, role, text)| SourceFile::new(path, role, text.into()).expect("is UTF-8"));
        let today = parse_date("2026-11-24").expect("a day");
        inspect(&Sources::new(files.into(), today), &Options::default()).0.expect("has a frame")
    }

    /// What is asked for after these answers, or why nothing is; and what was said.
    fn ask(kind: Option<NewKind>, answers: &str) -> (String, String) {
        let said = std::cell::RefCell::new(String::new());
        let say = |text: &str| said.borrow_mut().push_str(text);
        let mut answers = answers.as_bytes();
        let asked = request(kind, &site(), &mut Prompt { answers: &mut answers, say: &say });
        let outcome = match asked {
            Ok(request) => format!("{request:?}"),
            Err(Stop::Ended) => "ended".to_owned(),
            Err(Stop::Refused(refusal)) => refusal.message,
            Err(Stop::Missing { .. }) => "missing".to_owned(),
        };
        (outcome, said.into_inner())
    }

    fn check(kind: Option<NewKind>, answers: &str, expected: &str) {
        assert_eq!(ask(kind, answers).0, expected, "{answers:?}");
    }

    #[test]
    fn codes_without_a_guide_are_offered_first() {
        let (outcome, said) = ask(None, "1\nhttp\n\n\n");
        assert_eq!(outcome, r#"Error { provider: "http", code: "429", name: None }"#);
        assert!(said.contains("  429 (mentioned 1 time)") && said.contains("[429] "), "{said}");
    }

    #[test]
    fn only_what_is_missing_is_asked_for() {
        let kind = NewKind::Error { provider: Some("acme".to_owned()), code: None, name: Some("Down".to_owned()) };
        check(Some(kind), "ACME7\n", r#"Error { provider: "acme", code: "ACME7", name: Some("Down") }"#);
    }

    #[test]
    fn an_answer_that_will_not_do_is_asked_for_again() {
        let (outcome, said) = ask(None, "eror\nerror\nhtpp\n2\n77\n418\nI'm a teapot\n");
        assert_eq!(outcome, r#"Error { provider: "http", code: "418", name: Some("I'm a teapot") }"#);
        for words in ["no kind is called `eror`", "no provider is called `htpp`", "`77` does not look like a code of HTTP"] {
            assert!(said.contains(words), "{said}");
        }
    }

    #[test]
    fn every_kind_can_be_asked_for() {
        check(None, "2\nhttp:503\n503, ACME1001\n", r#"Compare { subjects: ["503", "ACME1001"] }"#);
        check(
            None,
            "playbook\nNo!\ndns\nhttp:503\nDNS\n",
            r#"Playbook { slug: "dns", title: Some("DNS"), covers: ["http:503"] }"#,
        );
        let provider = r#"Provider { slug: "stripe", name: Some("Stripe"), docs_url: None, code_pattern: None }"#;
        check(None, "4\nstripe\nStripe\n\n\n", provider);
        check(None, "page\nabout-us\n\n", r#"Page { slug: "about-us", title: None }"#);
    }

    #[test]
    fn an_end_of_answers_ends_it() {
        check(None, "", "ended");
        check(None, "1\n", "ended");
    }
}
