//! First sentences say something at once.

use super::Context;
use crate::model::diagnostic::Diagnostic;
use crate::model::rules;
use crate::model::site::GuideId;
use crate::model::source::Span;

/// Openings that put off what a reader came for, in lower case.
const PHRASES: &[&str] = &[
    "this error occurs when",
    "this error happens when",
    "this error means that",
    "this error indicates",
    "this error is returned when",
    "this error can occur",
    "this error may occur",
    "this code means that",
    "this guide describes",
    "this guide explains",
    "this page describes",
    "this page explains",
    "this section describes",
    "this section explains",
    "in this guide",
    "in this section",
    "the following",
    "there are several reasons",
    "there are many reasons",
    "there are a number of",
    "please note that",
    "it is important to note",
    "as you may know",
    "as mentioned",
];

pub(super) fn check(context: &Context<'_>, guide: GuideId, diagnostics: &mut Vec<Diagnostic>) {
    let guide = context.guide(guide);
    let starts = guide.body.sections.iter().map(|section| section.content);
    for span in std::iter::once(guide.common.description.span).chain(starts) {
        if let Some(phrase) = opening(context.sources.text(span), span) {
            let words = context.sources.text(phrase);
            diagnostics.push(Diagnostic::new(&rules::FILLER_PHRASE, phrase, format!("`{words}` says nothing yet")));
        }
    }
}

/// The filler that a text opens with, whatever marks it as a list, quotation or bold.
fn opening(text: &str, span: Span) -> Option<Span> {
    let words = text.trim_start_matches(|c: char| !c.is_alphabetic());
    let phrase = PHRASES.iter().find(|phrase| {
        words.get(..phrase.len()).is_some_and(|start| start.eq_ignore_ascii_case(phrase))
            && !words[phrase.len()..].starts_with(char::is_alphanumeric)
    })?;
    let start = text.len() - words.len();
    let before = span.start as usize + start;
    Some(Span::new(span.file, before..before + phrase.len()))
}
