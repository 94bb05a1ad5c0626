//! `.nojekyll`: GitHub Pages publishes a branch as it is where this file lies in it, also names that begin with `_`.
//!
//! Source: docs.github.com, "About GitHub Pages and Jekyll".

use super::put;
use super::uses::Uses;
use crate::model::diagnostic::Diagnostic;
use crate::model::output::Sink;
use crate::render::context::Context;

/// Makes the file, which is empty.
pub(in crate::render) fn render(context: &Context<'_>, _: &Uses, sink: &dyn Sink, _: &mut Vec<Diagnostic>) {
    put(context, sink, ".nojekyll", String::new());
}
