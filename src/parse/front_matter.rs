//! Front matter: finding it, and reading what was written into fields. The door to `serde_yaml`, a door to `schemars`.
//!
//! Reading happens in two steps. This file turns YAML into [`Fields`], all optional and with loose types; `matter.rs` turns
//! fields into what they mean. A value of the wrong type is told, struck out, and the rest is read on, so that one run tells all.

use std::collections::BTreeMap;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::schema::forms;
use super::yaml::{self, Mapping, Node};
use crate::model::diagnostic::Diagnostic;
use crate::model::kind::GuideKind;
use crate::model::rules;
use crate::model::source::{FileId, Span};
use crate::model::suggest::nearest;
use crate::model::words::quoted;

/// The largest front matter, in bytes. YAML parsers are quadratic in some shapes; real front matter has a few KiB.
pub(super) const MAX_BYTES: usize = 64 * 1024;

/// The parts of a source file.
pub(super) struct Split {
    /// The YAML between the lines of `---`.
    pub(super) yaml: Range<usize>,
    /// Everything after.
    pub(super) body: Range<usize>,
}

/// Finds the front matter of a text.
///
/// # Errors
/// The finding, where there is none or it does not end.
pub(super) fn split(text: &str, file: FileId) -> Result<Split, Box<Diagnostic>> {
    let first = text.lines().next().unwrap_or_default();
    let first_line = Span::new(file, 0..first.len());
    if first.trim_end() != "---" {
        return Err(Box::new(missing(first, first_line)));
    }
    let start = (first.len() + 1).min(text.len());
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Ok(Split { yaml: start..at, body: at + line.len()..text.len() });
        }
        at += line.len();
    }
    let finding = Diagnostic::new(&rules::UNCLOSED_FRONT_MATTER, first_line, "front matter is not closed");
    Err(Box::new(finding.hint("end it with a line of three hyphens: ---")))
}

fn missing(first: &str, first_line: Span) -> Diagnostic {
    let message = match first.trim_end() {
        "+++" => "front matter is TOML",
        _ if first.starts_with("---") => "front matter does not start with a line of three hyphens alone",
        "" => "no front matter: the file starts with an empty line or is empty",
        _ => "no front matter",
    };
    let hint = "start the file with YAML between two lines of three hyphens: ---";
    Diagnostic::new(&rules::MISSING_FRONT_MATTER, first_line, message).hint(hint)
}

/// Everything any kind may have, as it was written. What is said of a field here is what editors show to writers.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Fields {
    /// The kind of the file. May be left out: the folder decides.
    #[schemars(schema_with = "forms::text")]
    pub(super) kind: Option<String>,
    /// Title of the page, at most 120 characters. Errors and compares get theirs from name, code and subjects where there is none.
    #[schemars(schema_with = "forms::title")]
    pub(super) title: Option<String>,
    /// What happened and who must act, in 50 to 170 characters: the lead paragraph, the text of cards and of search results.
    #[schemars(schema_with = "forms::description")]
    pub(super) description: Option<String>,
    /// The day somebody last read the guide against its sources, as in 2026-04-09; not after today.
    #[schemars(schema_with = "forms::review_day")]
    pub(super) last_reviewed_on: Option<String>,
    /// How long the review stays good, as in 6 months. Where there is none, the site's own interval holds.
    #[schemars(schema_with = "forms::interval")]
    pub(super) review_in: Option<String>,
    /// Official sources. Each is cited in the text with its id, as in [^rfc9110].
    #[schemars(schema_with = "forms::list::<ReferenceFields>")]
    pub(super) references: Option<Vec<ReferenceFields>>,
    /// Guides that belong together for a reason nothing else says. The link shows at both ends.
    #[schemars(schema_with = "forms::list::<RelatedFields>")]
    pub(super) related: Option<Vec<RelatedFields>>,
    /// Whether the guide still holds. Where there is none it is current.
    #[schemars(schema_with = "forms::status")]
    pub(super) status: Option<String>,
    /// The guide to read instead, of the same kind, for one that is deprecated or retired.
    #[schemars(schema_with = "forms::reference")]
    pub(super) replaced_by: Option<String>,
    /// Old paths of the page that lead here, as in /errors/http/old-name/.
    #[schemars(schema_with = "forms::aliases")]
    pub(super) aliases: Option<Vec<String>>,
    /// The last part of the page's address, where it is not to be made from the code, the subjects or the file's name.
    #[schemars(schema_with = "forms::slug")]
    pub(super) slug: Option<String>,
    /// Tags from the list in site.toml.
    #[schemars(schema_with = "forms::tags")]
    pub(super) tags: Option<Vec<String>>,
    /// Who keeps the guide right: a person or a team.
    #[schemars(schema_with = "forms::title")]
    pub(super) owner: Option<String>,
    /// Whether the guide is still being written. Drafts are not published.
    #[schemars(schema_with = "forms::flag")]
    pub(super) draft: Option<bool>,
    /// The software or service that prints the code: the name of a file in content/providers, without .md.
    #[schemars(schema_with = "forms::provider")]
    pub(super) provider: Option<String>,
    /// The code as the software prints it: 503, 0x80070005, -32000, 40P01.
    #[schemars(schema_with = "forms::code")]
    pub(super) code: Option<String>,
    /// What the error or the provider is called, at most 80 characters.
    #[schemars(schema_with = "forms::name")]
    pub(super) name: Option<String>,
    /// What kind of trouble it is, from the list in site.toml.
    #[schemars(schema_with = "forms::name")]
    pub(super) category: Option<String>,
    /// What can be said in a word, to compare errors by. Keys and values come from site.toml.
    #[schemars(schema_with = "forms::facts")]
    pub(super) facts: Option<BTreeMap<String, String>>,
    /// The messages by which the error is recognised in a log.
    #[schemars(schema_with = "forms::list::<SignatureFields>")]
    pub(super) signatures: Option<Vec<SignatureFields>>,
    /// Errors of other providers that report the same condition, as provider:code.
    #[schemars(schema_with = "forms::error_references")]
    pub(super) same_as: Option<Vec<String>>,
    /// The HTTP status that comes with the error.
    #[schemars(schema_with = "forms::http_status")]
    pub(super) http_status: Option<u16>,
    /// The two to four errors that are compared, as provider:code. The page shows them in this order.
    #[schemars(schema_with = "forms::subjects")]
    pub(super) subjects: Option<Vec<String>>,
    /// The question that tells the subjects apart, in one line.
    #[schemars(schema_with = "forms::title")]
    pub(super) question: Option<String>,
    /// The errors that the playbook is about, as provider:code. The link shows at both ends.
    #[schemars(schema_with = "forms::error_references")]
    pub(super) covers: Option<Vec<String>>,
    /// Names of the alerts that lead here.
    #[schemars(schema_with = "forms::texts")]
    pub(super) triggers: Option<Vec<String>>,
    /// How bad the incident is, in your own scale: high, SEV1.
    #[schemars(schema_with = "forms::severity")]
    pub(super) severity: Option<String>,
    /// How long the playbook may take, as in 10 minutes or 1h 30m.
    #[schemars(schema_with = "forms::duration")]
    pub(super) time_budget: Option<String>,
    /// The product or specification behind the name, at most 120 characters.
    #[schemars(schema_with = "forms::title")]
    pub(super) product: Option<String>,
    /// What the provider's codes look like, as a regular expression for a whole code. Codes that fit it link themselves.
    #[schemars(schema_with = "forms::code_pattern")]
    pub(super) code_pattern: Option<String>,
    /// Words that must stand before a code in prose, for providers whose codes are bare numbers or words: HTTP 503.
    #[schemars(schema_with = "forms::texts")]
    pub(super) qualifiers: Option<Vec<String>>,
    /// Whether the provider keeps its codes; true where nothing is said. With false, samples must not branch on them.
    #[schemars(schema_with = "forms::flag")]
    pub(super) stable_codes: Option<bool>,
    /// Where the provider documents its codes: an https address.
    #[schemars(schema_with = "forms::docs_url")]
    pub(super) docs_url: Option<String>,
    /// What a reader must know of the provider, at most 600 characters. It shows on each of its errors.
    #[schemars(schema_with = "forms::context")]
    pub(super) context: Option<String>,
}

/// An official reference, as it was written.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReferenceFields {
    /// What the text cites it by, in lower case: [^rfc9110].
    #[schemars(schema_with = "forms::reference_id")]
    pub(super) id: String,
    /// Title of the source, with the section where it is long.
    #[schemars(schema_with = "forms::text")]
    pub(super) title: String,
    /// Address of the source; https only.
    #[schemars(schema_with = "forms::url")]
    pub(super) url: String,
    /// The day the source was last read, as in 2026-04-09; not after today.
    #[schemars(schema_with = "forms::day")]
    pub(super) accessed: String,
}

/// A manual edge, as it was written.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RelatedFields {
    /// The other guide: provider:code, compare:slug, playbook:slug or page:slug.
    #[serde(rename = "ref")]
    #[schemars(schema_with = "forms::reference")]
    pub(super) reference: String,
    /// Why a reader of one wants the other; shown at both ends.
    #[schemars(schema_with = "forms::text")]
    pub(super) why: String,
}

/// A signature, as it was written.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SignatureFields {
    /// A regular expression that Rust and JavaScript read alike: no look-around, no back-references, no flags.
    #[schemars(schema_with = "forms::text")]
    pub(super) pattern: String,
    /// Messages as the software prints them. The pattern must match each.
    #[schemars(schema_with = "forms::texts")]
    pub(super) samples: Vec<String>,
    /// Messages that look alike. The pattern must match none.
    #[serde(default)]
    #[schemars(schema_with = "forms::texts")]
    pub(super) rejects: Vec<String>,
    /// Errors that print the same message, as provider:code. Both sides must say so.
    #[serde(default)]
    #[schemars(schema_with = "forms::error_references")]
    pub(super) shared_with: Vec<String>,
}

/// The keys that the three kinds of guide share.
const COMMON: &[&str] = &[
    "kind",
    "title",
    "description",
    "last_reviewed_on",
    "review_in",
    "references",
    "related",
    "status",
    "replaced_by",
    "aliases",
    "slug",
    "tags",
    "owner",
    "draft",
];

/// The keys that only one kind has.
fn own_keys(kind: GuideKind) -> &'static [&'static str] {
    match kind {
        GuideKind::Error => &["provider", "code", "name", "category", "facts", "signatures", "same_as", "http_status"],
        GuideKind::Compare => &["subjects", "question"],
        GuideKind::Playbook => &["covers", "triggers", "severity", "time_budget"],
        GuideKind::Provider => &["name", "product", "code_pattern", "qualifiers", "stable_codes", "docs_url", "context"],
        GuideKind::Page => &[],
    }
}

/// Every key that a kind may have. A provider has no slug: references name it by its file.
pub(super) fn keys(kind: GuideKind) -> Vec<&'static str> {
    let common = COMMON.iter().filter(|key| kind != GuideKind::Provider || **key != "slug");
    own_keys(kind).iter().chain(common).copied().collect()
}

/// The keys that a kind must have.
pub(super) fn required_keys(kind: GuideKind) -> &'static [&'static str] {
    match kind {
        GuideKind::Error => {
            &["provider", "code", "name", "category", "description", "last_reviewed_on", "facts", "signatures", "references"]
        }
        GuideKind::Compare => &["subjects", "question", "description", "last_reviewed_on", "references"],
        GuideKind::Playbook => &["title", "description", "covers", "last_reviewed_on"],
        GuideKind::Provider => &["name", "description", "docs_url", "context"],
        GuideKind::Page => &["title", "description"],
    }
}

/// Front matter as it was written, and where.
pub(super) struct Written {
    pub(super) fields: Fields,
    pub(super) tree: Mapping,
    /// Keys that are missing because they are misspelt.
    pub(super) misspelt: Vec<String>,
}

/// Why no fields could be read; either way it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    /// The front matter cannot be read.
    Broken,
    /// It says that the file is of another kind than its folder: nothing else in it can be held against this kind.
    OtherKind,
}

/// Reads the fields of a kind.
///
/// # Errors
/// Where nothing can be read of them, which is told.
pub(super) fn fields(
    text: &str,
    range: Range<usize>,
    file: FileId,
    kind: GuideKind,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Written, Unread> {
    let yaml = &text[range.clone()];
    if let Some(finding) = unreadable(yaml, file, range.start) {
        diagnostics.push(finding);
        return Err(Unread::Broken);
    }
    let tree = yaml::mapping(yaml, file, range.start, diagnostics).ok_or(Unread::Broken)?;
    if let Some(finding) = kind_mismatch(&tree, kind) {
        let is_other = tree.get("kind").and_then(Node::text).is_some_and(|written| GuideKind::named(written).is_some());
        diagnostics.push(finding);
        if is_other {
            return Err(Unread::OtherKind);
        }
    }
    let label = kind.spec().label.to_lowercase();
    let whose = format!("{} {label}", if label.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" });
    let unknown = yaml::unknown_keys(&tree, &keys(kind), &whose, diagnostics);
    let mut readable = yaml.to_owned();
    for unknown in &unknown {
        strike_out(&mut readable, &tree, unknown.key, range.start);
    }
    for double in &tree.doubles {
        blank_from(&mut readable, &tree, double.start as usize - range.start, range.start);
    }
    let misspelt = unknown.into_iter().filter_map(|unknown| unknown.meant).collect();
    let mut fields = typed(readable, &tree, range.start, diagnostics).ok_or(Unread::Broken)?;
    // A code is what was written, also where YAML reads it as nothing.
    fields.code = fields.code.or_else(|| tree.get("code").and_then(Node::text).map(str::to_owned));
    Ok(Written { fields, tree, misspelt })
}

/// A kind that is written must be the folder's.
fn kind_mismatch(tree: &Mapping, kind: GuideKind) -> Option<Diagnostic> {
    let node = tree.get("kind")?;
    let expected = kind.spec();
    let written = node.text().filter(|written| !written.trim().is_empty() && *written != expected.name)?;
    let message = format!("the kind is `{written}`, but the file lies in content/{}", expected.folder);
    let finding = Diagnostic::new(&rules::KIND_MISMATCH, node.span, message);
    Some(match GuideKind::named(written) {
        Some(other) => finding.hint(format!(
            "write `kind: {}`, leave the line out, or move the file to content/{}",
            expected.name,
            other.spec().folder
        )),
        None => finding.hint(format!("write `kind: {}`, or leave the line out", expected.name)).edit(
            node.span,
            written,
            expected.name,
        ),
    })
}

/// What keeps front matter from being read at all.
fn unreadable(yaml: &str, file: FileId, base: usize) -> Option<Diagnostic> {
    if yaml.len() > MAX_BYTES {
        let message = format!("front matter of {} bytes; the limit is {MAX_BYTES}", yaml.len());
        return Some(Diagnostic::new(&rules::FRONT_MATTER_TOO_LARGE, Span::new(file, base..base), message));
    }
    if let Some((at, c)) = yaml.char_indices().find(|(_, c)| c.is_control() && !matches!(c, '\n' | '\t')) {
        let span = Span::new(file, base + at..base + at + c.len_utf8());
        let message = format!("a control character, U+{:04X}, in front matter", u32::from(c));
        return Some(Diagnostic::new(&rules::CONTROL_CHARACTER, span, message).hint("remove it").edit(span, c, ""));
    }
    if yaml.trim_start().starts_with('{') {
        let finding =
            Diagnostic::new(&rules::INVALID_YAML, Span::new(file, base..base), "front matter is written as one flow map");
        return Some(finding.hint("write one `key: value` a line"));
    }
    None
}

/// Reads the text into fields. Each value that does not fit is told and struck out, at most once for each key.
fn typed(mut text: String, tree: &Mapping, base: usize, diagnostics: &mut Vec<Diagnostic>) -> Option<Fields> {
    for _ in 0..=tree.entries.len() {
        if text.trim().is_empty() {
            break;
        }
        match serde_yaml::from_str::<Fields>(&text) {
            Ok(fields) => return Some(fields),
            Err(error) => {
                let message = error.to_string();
                let path = message.split(": ").next().unwrap_or_default();
                let key: String = path.chars().take_while(|&c| c != '.' && c != '[').collect();
                if tree.get(&key).is_none() {
                    // One reader takes what the other does not: nothing after this can be trusted.
                    let span = tree.entries.first().map(|(key, _)| key.span);
                    diagnostics.extend(span.map(|span| Diagnostic::new(&rules::INVALID_YAML, span, message.clone())));
                    return None;
                }
                diagnostics.extend(misfit(&message, path, tree));
                strike_out(&mut text, tree, &key, base);
            }
        }
    }
    Some(Fields::default())
}

/// Blanks a top-level key and its value, keeping every other line where it is.
fn strike_out(text: &mut String, tree: &Mapping, key: &str, base: usize) {
    if let Some(span) = tree.key_span(key) {
        blank_from(text, tree, span.start as usize - base, base);
    }
}

/// Blanks from the start of a top-level key up to the next.
fn blank_from(text: &mut String, tree: &Mapping, start: usize, base: usize) {
    let keys = tree.entries.iter().map(|(key, _)| key.span).chain(tree.doubles.iter().copied());
    let end = keys.map(|span| span.start as usize - base).filter(|&next| next > start).min().unwrap_or(text.len());
    let kept = |c: char| if c == '\n' { vec!['\n'] } else { vec![' '; c.len_utf8()] };
    let blanked: String = text[start..end].chars().flat_map(kept).collect();
    text.replace_range(start..end, &blanked);
}

/// Turns serde's words for a misfit, "references[0].url: invalid type: map, expected a string at line 2 column 5", into ours.
fn misfit(message: &str, path: &str, tree: &Mapping) -> Option<Diagnostic> {
    let (node, key_span) = at_path(tree, path)?;
    let what = message[path.len()..].trim_start_matches(": ");
    let what = what.rsplit_once(" at line ").map_or(what, |(what, _)| what);
    if what.starts_with("duplicate field") {
        return None;
    }
    if let Some(rest) = what.strip_prefix("missing field ") {
        let finding = Diagnostic::new(&rules::MISSING_KEY, node.span, format!("`{path}` has no {rest}"));
        return Some(finding);
    }
    if let Some(rest) = what.strip_prefix("unknown field ") {
        let names: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
        let (written, allowed) = names.split_first()?;
        let span = node.mapping().and_then(|mapping| mapping.key_span(written)).unwrap_or(node.span);
        let finding = Diagnostic::new(&rules::UNKNOWN_KEY, span, format!("`{path}` has no key `{written}`"));
        return Some(match nearest(written, allowed.iter().copied()) {
            Some(near) => finding.respelt(written, Some(near)),
            None => finding.hint(format!("the keys are {}", quoted(allowed.iter().copied()))),
        });
    }
    let expected = what.rsplit_once("expected ").map_or(what, |(_, expected)| expected);
    let expected = match expected {
        "a sequence" => "a list",
        "a boolean" => "true or false",
        "u16" => "a whole number from 100 to 599",
        "a map" => "a map of keys and values",
        other if other.starts_with("struct ") => "a map of keys and values",
        other => other,
    };
    let span = if node.span.start == node.span.end { key_span } else { node.span };
    Some(Diagnostic::new(&rules::INVALID_VALUE, span, format!("`{path}` must be {expected}")))
}

/// The node at a path such as `references[0].url`, with the place of the last key on the way.
fn at_path<'m>(tree: &'m Mapping, path: &str) -> Option<(&'m Node, Span)> {
    let mut parts = path.split(['.', '[']).map(|part| part.trim_end_matches(']'));
    let first = parts.next()?;
    let mut key_span = tree.key_span(first)?;
    let mut node = tree.get(first)?;
    for part in parts {
        let next = match part.parse::<usize>() {
            Ok(index) => node.item(index),
            Err(_) => node.mapping().and_then(|mapping| {
                key_span = mapping.key_span(part).unwrap_or(key_span);
                mapping.get(part)
            }),
        };
        match next {
            Some(next) => node = next,
            None => break,
        }
    }
    Some((node, key_span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::source::{Role, SourceFile};

    /// Reads error front matter and lists the findings as `rule line:column`.
    fn check(yaml: &str, expected: &[&str]) {
        let text = format!("---\n{yaml}---\n");
        let id = FileId::new(0);
        let file = SourceFile::new("content/errors/http/503.md", Role::Content, text.clone().into_bytes()).expect("is UTF-8");
        let mut diagnostics = Vec::new();
        match split(&text, id) {
            Ok(split) => {
                drop(fields(&text, split.yaml, id, GuideKind::Error, &mut diagnostics));
            }
            Err(finding) => diagnostics.push(*finding),
        }
        let found: Vec<_> = diagnostics
            .iter()
            .map(|finding| match finding.place {
                crate::model::diagnostic::Place::Text(span) => {
                    let (line, column) = file.line_column(span.start);
                    format!("{} {line}:{column}", finding.rule.name)
                }
                crate::model::diagnostic::Place::Path(_) => finding.rule.name.to_owned(),
            })
            .collect();
        assert_eq!(found, expected, "{yaml}");
    }

    #[test]
    fn every_misfit_is_told_in_one_run() {
        check(
            "title: [a]\ncod: 1\nsignatures:\n  - pattern: x\n    sample: y\ntags: a\nhttp_status: many\n",
            &["unknown-key 3:1", "invalid-value 2:8", "unknown-key 6:5", "invalid-value 7:7", "invalid-value 8:14"],
        );
    }

    #[test]
    fn places_count_bytes_of_the_file_and_columns_count_characters() {
        check("title: é\nname: {a: [b]}\n", &["invalid-value 3:7"]);
    }

    #[test]
    fn what_front_matter_does_not_need_is_refused() {
        check("title: &a x\nname: *a\n", &["yaml-feature 2:8"]);
        check("title: !!python/object x\n", &["yaml-feature 2:8"]);
        check("title: a\ntitle: b\n", &["duplicate-key 3:1"]);
    }

    #[test]
    fn syntax_errors_point_at_their_cause() {
        check("title: a: b\n", &["invalid-yaml 2:8"]);
        check("title: \"a\nname: b\n", &["invalid-yaml 2:8"]);
        check("name: a\n\ttitle: b\n", &["invalid-yaml 3:1"]);
    }

    #[test]
    fn every_key_of_the_table_is_a_field() {
        for kind in GuideKind::ALL {
            for key in keys(kind) {
                let unknown = serde_yaml::from_str::<Fields>(&format!("{key}: ~\n")).err();
                assert!(unknown.is_none(), "{key}: {unknown:?}");
            }
        }
    }
}
