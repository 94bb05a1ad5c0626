//! `schema`: JSON Schemas that editors complete and check front matter and `site.toml` by.

use super::findings::{self, Stream};
use super::terminal::Terminal;
use super::{Global, SchemaArgs, Subject};
use crate::model::date::Date;
use crate::model::kind::GuideKind;
use crate::model::source::Role;
use crate::report::Format;
use crate::{front_matter_schema, load, site_schema};

impl Subject {
    /// The kind whose front matter it is; `None` for the configuration.
    fn kind(self) -> Option<GuideKind> {
        match self {
            Self::Error => Some(GuideKind::Error),
            Self::Compare => Some(GuideKind::Compare),
            Self::Playbook => Some(GuideKind::Playbook),
            Self::Provider => Some(GuideKind::Provider),
            Self::Page => Some(GuideKind::Page),
            Self::Site => None,
        }
    }
}

/// Runs the command and gives its exit code.
pub(super) fn run(global: &Global, args: &SchemaArgs, terminal: &Terminal) -> u8 {
    let Some(kind) = args.subject.kind() else {
        terminal.output(&site_schema());
        return 0;
    };
    // No rule that a schema holds asks for the day.
    let sources = match load::load(&global.root, Date::MIN) {
        Ok(sources) => sources,
        Err(error) => return terminal.fail(&error.to_string()),
    };
    let (schema, told) = front_matter_schema(&sources, kind);
    findings::print(terminal, global, Format::Human, Stream::Stderr, &told, &sources);
    let Some(schema) = schema else {
        return terminal.fail("the lists of this site cannot be read; nothing was printed");
    };
    if sources.with_role(Role::Config).next().is_none() {
        terminal.note(&format!(
            "note: no site.toml in {}; the schema takes any category, tag, fact and provider",
            global.root.display()
        ));
    }
    terminal.output(&schema);
    0
}
