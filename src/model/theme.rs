//! The built-in theme: the templates and static files of every site that brings none of its own by the same name.

/// A file of the theme: its path below the site's root, and its text.
pub type Embedded = (&'static str, &'static str);

/// Embeds files by their path below the project's root.
macro_rules! embedded {
    ($($path:literal)*) => { &[$(($path, include_str!(concat!("../../", $path)))),*] };
}

/// Every file of the theme, by path.
pub const THEME: &[Embedded] = embedded! {
    "static/icon.svg"
    "static/lookup/box.css"
    "static/lookup/box.js"
    "static/lookup/lookup.js"
    "static/theme.css"
    "static/theme.js"
    "templates/404.html"
    "templates/base.html"
    "templates/codes.html"
    "templates/compare.html"
    "templates/components.html"
    "templates/error.html"
    "templates/guide.html"
    "templates/home.html"
    "templates/list.html"
    "templates/lookup-box.html"
    "templates/lookup.html"
    "templates/page.html"
    "templates/playbook.html"
    "templates/provider.html"
    "templates/tag.html"
};
