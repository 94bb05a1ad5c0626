//! `index.md` beside every guide's page: the same guide as Markdown, with whole addresses, for readers that are programs.

mod body;
mod escape;
mod kinds;
mod page;
mod sections;
mod table;

pub(super) use body::BodyText;
pub(super) use escape::{link, text};
pub(super) use page::twin;
pub(super) use sections::{SectionText, sections};

use rayon::prelude::*;

use super::context::Context;
use crate::model::diagnostic::Diagnostic;
use crate::model::output::{OutputFile, Sink, twin_file};
use crate::model::site::GuideId;

/// Makes the twin of every guide, in parallel.
pub(super) fn render(context: &Context<'_>, sink: &dyn Sink, _: &mut Vec<Diagnostic>) {
    let site = context.site;
    let ids: Vec<GuideId> = site.ids().collect();
    ids.par_iter().for_each(|id| sink.take(OutputFile::text(twin_file(site.permalink(*id)), twin(context, *id))));
}
