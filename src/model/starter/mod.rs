//! A new site: its settings and one guide of each kind, which `init` writes out. The files lie beside this one.

/// A file of a new site: its path below the root, and its text, in which [`TODAY`] stands for the day.
pub type Starter = (&'static str, &'static str);

/// What is replaced by the day on which the site is made, so that no review of it is overdue.
pub const TODAY: &str = "0000-00-00";

/// Pairs the path of each file with its text.
macro_rules! starter {
    ($($path:literal)*) => { &[$(($path, include_str!($path))),*] };
}

/// Every file of a new site, by path.
pub const STARTER: &[Starter] = starter! {
    "content/compare/429-vs-503.md"
    "content/errors/http/429.md"
    "content/errors/http/503.md"
    "content/pages/about.md"
    "content/playbooks/calls-fail.md"
    "content/providers/http.md"
    "site.toml"
};
