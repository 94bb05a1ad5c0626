//! What a change means for readers, as data. docs/reports.md names every field; fields are only ever added.

use serde::Serialize;

/// What a change means for readers.
#[derive(Debug, Default, Serialize)]
pub struct Impact {
    /// Addresses that readers may have kept and that lead nowhere after the change.
    pub(super) redirects_missing: Vec<MissingRedirect>,
    /// Errors after the change, those that were there before as well.
    pub(super) errors: Vec<Finding>,
    /// Warnings that were not there before.
    pub(super) new_warnings: Vec<Finding>,
    pub(super) added: Vec<Page>,
    pub(super) renamed: Vec<Renamed>,
    pub(super) removed: Vec<Removed>,
    pub(super) changed: Vec<Changed>,
    /// Addresses of pages that change only because something else did.
    pub(super) changed_through_others: Vec<String>,
    /// Images and other files that are no pages.
    pub(super) other_files: OtherFiles,
    pub(super) lookups: Vec<Lookup>,
    pub(super) decision_support: Vec<Support>,
}

impl Impact {
    /// How much of it must not be merged: pages without a redirect, and errors.
    pub fn errors(&self) -> usize {
        self.errors.len() + self.redirects_missing.iter().filter(|missing| missing.is_error).count()
    }
}

/// An address that leads nowhere after the change.
#[derive(Debug, Serialize)]
pub(super) struct MissingRedirect {
    pub(super) address: String,
    /// Whether it was the address of a page or an alias; other orders of a compare and short addresses come and go with their guide.
    pub(super) is_error: bool,
    /// The file whose `aliases` should have it, where its guide has one after the change.
    pub(super) add_to: Option<String>,
}

/// A finding after the change.
#[derive(Debug, Serialize)]
pub(super) struct Finding {
    pub(super) rule: &'static str,
    pub(super) message: String,
    pub(super) path: String,
    pub(super) line: usize,
    pub(super) column: usize,
    /// Whether the change brought it.
    pub(super) is_new: bool,
}

/// A page.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    pub(super) address: String,
    pub(super) title: String,
}

/// A page with another address than before.
#[derive(Debug, Serialize)]
pub(super) struct Renamed {
    pub(super) address: String,
    pub(super) was: String,
    pub(super) title: String,
}

/// A page that is gone.
#[derive(Debug, Serialize)]
pub(super) struct Removed {
    pub(super) address: String,
    pub(super) title: String,
    /// Where its readers are led.
    pub(super) leads_to: Option<String>,
}

/// A page that reads differently because its own source does.
#[derive(Debug, Serialize)]
pub(super) struct Changed {
    pub(super) address: String,
    pub(super) title: String,
    /// Which parts of it.
    pub(super) parts: Vec<String>,
}

/// Addresses of files that are no pages.
#[derive(Debug, Default, Serialize)]
pub(super) struct OtherFiles {
    pub(super) added: Vec<String>,
    pub(super) changed: Vec<String>,
    pub(super) removed: Vec<String>,
}

/// A message or code that leads to other guides than before.
#[derive(Debug, Serialize)]
pub(super) struct Lookup {
    pub(super) kind: LookupKind,
    pub(super) text: String,
    /// The guides before and after, by reference.
    pub(super) before: Vec<String>,
    pub(super) after: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum LookupKind {
    Code,
    Message,
}

/// A guide whose decision support gained or lost cards.
#[derive(Debug, Serialize)]
pub(super) struct Support {
    pub(super) guide: String,
    pub(super) address: String,
    pub(super) gained: Vec<Card>,
    pub(super) lost: Vec<Card>,
}

/// A card: to which guide, and why it is there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Card {
    pub(super) kind: CardKind,
    pub(super) guide: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum CardKind {
    Compare,
    Playbook,
    SameAs,
    Related,
}

impl CardKind {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Compare => "compare",
            Self::Playbook => "playbook",
            Self::SameAs => "same as",
            Self::Related => "related",
        }
    }
}
