//! Addresses are permanent: what the ledger lists is still a page, or leads to one.

use super::Context;
use crate::model::diagnostic::{Diagnostic, has_errors};
use crate::model::rules;
use crate::model::source::{Role, Span};
use crate::model::suggest::nearest;
use crate::model::url::Permalink;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // A guide that is broken is left out of the site; that its address is gone with it is no news.
    if has_errors(diagnostics) {
        return;
    }
    let addresses = context.site.addresses();
    for (id, file) in context.sources.with_role(Role::Ledger) {
        let mut start = 0;
        for line in file.text().split_inclusive('\n') {
            let text = line.trim();
            let at = start + (line.len() - line.trim_start().len());
            start += line.len();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            let is_there = match Permalink::parse(text).or_else(|| (text == "/").then(Permalink::home)) {
                Some(permalink) => addresses.binary_search(&&permalink).is_ok(),
                None => false,
            };
            if !is_there {
                let span = Span::new(id, at..at + text.len());
                let finding =
                    Diagnostic::new(&rules::LOST_ADDRESS, span, format!("`{text}` was published and leads nowhere now"));
                let pages = context.site.permalinks.iter().map(Permalink::as_str);
                diagnostics.push(match nearest(text, pages) {
                    Some(near) => finding.hint(format!("if {near} took over, write `aliases: [{text}]` in its front matter")),
                    None => finding,
                });
            }
        }
    }
}
