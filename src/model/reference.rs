//! References to guides as writers put them: `http:503`, `compare:429-vs-503`, `playbook:api-timeout`, `page:about`.

use std::fmt;

use super::kind::GuideKind;
use super::url::Slug;

/// The identity of a guide.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Identity {
    /// An error: its provider and its code, verbatim.
    Error {
        /// The provider's slug.
        provider: Slug,
        /// The code as the software prints it.
        code: String,
    },
    /// Any other kind: its kind and its slug.
    Named {
        /// The kind; never [`GuideKind::Error`].
        kind: GuideKind,
        /// The last part of its address.
        slug: Slug,
    },
}

/// Words before the colon that are no providers.
pub const RESERVED_PROVIDERS: [&str; 5] = ["error", "compare", "playbook", "provider", "page"];

impl Identity {
    /// Reads a reference with its prefix.
    pub fn parse(text: &str) -> Option<Self> {
        let (prefix, rest) = text.split_once(':')?;
        let rest = rest.trim();
        let named = GuideKind::ALL.into_iter().find(|kind| *kind != GuideKind::Error && kind.spec().name == prefix);
        match named {
            Some(kind) => Some(Self::Named { kind, slug: Slug::exact(rest)? }),
            None if rest.is_empty() => None,
            None => Some(Self::Error { provider: Slug::exact(prefix)?, code: rest.to_owned() }),
        }
    }

    /// The code of an error, or the slug of anything else, as part of an address.
    pub fn code_slug(&self) -> Option<Slug> {
        match self {
            Self::Error { code, .. } => Slug::of(code),
            Self::Named { slug, .. } => Some(slug.clone()),
        }
    }

    /// The kind of guide it names.
    pub fn kind(&self) -> GuideKind {
        match self {
            Self::Error { .. } => GuideKind::Error,
            Self::Named { kind, .. } => *kind,
        }
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Error { provider, code } => write!(formatter, "{provider}:{code}"),
            Self::Named { kind, slug } => write!(formatter, "{}:{slug}", kind.spec().name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<GuideKind>) {
        let parsed = Identity::parse(text);
        assert_eq!(parsed.as_ref().map(Identity::kind), expected, "{text}");
        if let Some(identity) = parsed {
            assert_eq!(identity.to_string(), text);
        }
    }

    #[test]
    fn references_name_their_kind() {
        check("http:503", Some(GuideKind::Error));
        check("jsonrpc:-32000", Some(GuideKind::Error));
        check("compare:429-vs-503", Some(GuideKind::Compare));
        check("playbook:api-timeout", Some(GuideKind::Playbook));
        check("page:about", Some(GuideKind::Page));
        for text in ["503", "http:", "Http Api:503", "compare:A B", ""] {
            check(text, None);
        }
    }
}
