//! `.well-known/security.txt`: whom to tell of a hole in the site's security.
//!
//! Format: RFC 9116. The day on which it expires is the owner's; nothing here knows what day it is.

use super::put;
use super::uses::Uses;
use crate::model::diagnostic::Diagnostic;
use crate::model::output::Sink;
use crate::render::context::Context;

/// Where it lies.
const PATH: &str = ".well-known/security.txt";

/// Makes the file where the site names somebody.
pub(in crate::render) fn render(context: &Context<'_>, _: &Uses, sink: &dyn Sink, _: &mut Vec<Diagnostic>) {
    let config = &context.site.config;
    if let Some(security) = &config.security {
        let mut text: String = security.contacts.iter().map(|contact| format!("Contact: {contact}\n")).collect();
        text.push_str(&format!("Expires: {}T00:00:00Z\n", security.expires));
        text.push_str(&format!("Preferred-Languages: {}\n", config.language));
        text.push_str(&format!("Canonical: {}\n", config.base_url.join(PATH)));
        put(context, sink, PATH, text);
    }
}
