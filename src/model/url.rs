//! Addresses: slugs, permalinks, and how one page links another.

use std::fmt;

/// One part of an address: lower case, safe in every file system and URL.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

impl Slug {
    /// The slug of a code or name: lower case, everything but letters, digits, `.`, `_` and `-` becomes `-`. A minus sign before a
    /// number stays: -32000 is another code than 32000.
    ///
    /// `None` where nothing would be left, where letters are not ASCII, or where the result would mean something to a file system.
    pub fn of(text: &str) -> Option<Self> {
        if text.chars().any(|c| c.is_alphanumeric() && !c.is_ascii()) {
            return None;
        }
        let mut slug = String::with_capacity(text.len());
        for c in text.trim().chars() {
            match c.to_ascii_lowercase() {
                c @ ('a'..='z' | '0'..='9' | '_' | '.') => slug.push(c),
                _ if slug.ends_with('-') => {}
                _ => slug.push('-'),
            }
        }
        let is_negative = text.trim().strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let slug = format!("{}{}", if is_negative { "-" } else { "" }, slug.trim_matches(['-', '.']));
        Self::is_valid(&slug).then_some(Self(slug))
    }

    /// A slug that is written as it must be; `None` for any other text.
    pub fn exact(text: &str) -> Option<Self> {
        let legal = text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'.' | b'-'));
        (legal && Self::is_valid(text)).then(|| Self(text.to_owned()))
    }

    /// The slug of what has none, which was told; no page is made with it.
    pub fn unnamed() -> Self {
        Self("unnamed".to_owned())
    }

    fn is_valid(slug: &str) -> bool {
        !slug.is_empty()
            && slug.len() <= MAX_SLUG
            && !slug.starts_with('.')
            && !slug.ends_with('.')
            && !is_reserved_on_windows(slug)
    }

    /// The text of the slug.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Names of one part of a path that Windows keeps for devices, whatever their extension.
///
/// Source: Microsoft, "Naming Files, Paths, and Namespaces".
pub fn is_reserved_on_windows(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let numbered =
        |prefix: &str| stem.strip_prefix(prefix).is_some_and(|rest| rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit());
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

/// File systems hold names of 255 bytes; a file needs room for an extension.
const MAX_SLUG: usize = 200;

impl fmt::Display for Slug {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The address of a page below the site's root: `/errors/http/503/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Permalink(String);

impl Permalink {
    /// The address of the home page.
    pub fn home() -> Self {
        Self("/".to_owned())
    }

    /// The address made of parts that are slugs or fixed words.
    pub fn of<'a>(parts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut path = String::from("/");
        for part in parts {
            path.push_str(part);
            path.push('/');
        }
        Self(path)
    }

    /// Reads an address a writer gave, such as an alias: `/errors/old/` or `errors/old`.
    pub fn parse(text: &str) -> Option<Self> {
        let inner = text.strip_prefix('/').unwrap_or(text);
        let inner = inner.strip_suffix('/').unwrap_or(inner);
        let parts: Vec<&str> = inner.split('/').collect();
        (!inner.is_empty() && parts.iter().all(|part| Slug::exact(part).is_some())).then(|| Self::of(parts))
    }

    /// The address with its leading and trailing slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address without its leading slash, to append to a base URL.
    pub fn relative_to_root(&self) -> &str {
        &self.0[1..]
    }

    /// Where the page's HTML lies in the output.
    pub fn index_file(&self) -> SitePath {
        SitePath(format!("{}index.html", self.relative_to_root()))
    }

    /// Where a file beside the page lies in the output.
    pub fn sibling(&self, name: &str) -> SitePath {
        SitePath(format!("{}{name}", self.relative_to_root()))
    }
}

impl fmt::Display for Permalink {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The path of a file in the output, relative to its root, with `/` between its parts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(String);

impl SitePath {
    /// A path from text that has no `..`, no empty part and no leading slash.
    pub fn new(path: impl Into<String>) -> Self {
        let path = path.into();
        debug_assert!(path.split('/').all(|part| !part.is_empty() && part != "." && part != ".."), "{path}");
        Self(path)
    }

    /// The text of the path.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The address of the site's root: scheme, host and path, always with a slash at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    url: String,
    path_start: usize,
}

impl BaseUrl {
    /// Reads `https://example.org/docs/`; http is allowed for previews, a query or fragment is not.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let host = rest.split('/').next().unwrap_or_default();
        let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/[]%".contains(&byte);
        let safe = rest.bytes().all(legal) && !rest.contains("//") && !rest.split('/').any(|part| part == "." || part == "..");
        if host.is_empty() || host.starts_with(':') || !safe {
            return None;
        }
        let path_start = text.len() - rest.len() + host.len();
        Some(Self { url: format!("{}/", text.trim_end_matches('/')), path_start })
    }

    /// The whole address of a page or file.
    pub fn join(&self, path: &str) -> String {
        format!("{}{}", self.url, path.trim_start_matches('/'))
    }

    /// The host, with its port where there is one.
    pub fn host(&self) -> &str {
        let scheme = self.url.find("://").map_or(0, |at| at + 3);
        &self.url[scheme..self.path_start]
    }

    /// The path part of the root, with a slash at both ends: `/` or `/docs/`.
    pub fn path(&self) -> &str {
        &self.url[self.path_start..]
    }
}

/// How links on one page are written.
#[derive(Debug, Clone)]
pub enum LinkBase {
    /// Relative to the page in this folder of the output, so that the site works at any address and from disk.
    Folder(SitePath),
    /// From the host's root, for a page that is served at addresses unknown beforehand, such as 404.html.
    Root(String),
}

impl LinkBase {
    /// The base for links on the page whose HTML is this file.
    pub fn of(file: &SitePath) -> Self {
        Self::Folder(file.clone())
    }

    /// The link to a file of the output; `clean` leaves out a final `index.html`.
    pub fn link(&self, target: &SitePath, clean: bool) -> String {
        let link = match self {
            Self::Root(path) => format!("{path}{}", percent_encoded(&target.0)),
            Self::Folder(file) => percent_encoded(&relative(&file.0, &target.0)),
        };
        if !clean {
            return link;
        }
        match link.strip_suffix("index.html") {
            Some("") => "./".to_owned(),
            Some(folder) if folder.ends_with('/') => folder.to_owned(),
            Some(_) | None => link,
        }
    }
}

/// A path as part of an address: what means something there, `#` or `%`, and what is not ASCII is encoded (RFC 3986).
pub fn percent_encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => encoded.push(char::from(byte)),
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    encoded
}

/// The relative link from one file to another.
fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let shared = from.iter().zip(&to).take(from.len().min(to.len()) - 1).take_while(|(a, b)| a == b).count();
    let mut link = "../".repeat(from.len() - 1 - shared);
    link.push_str(&to[shared..].join("/"));
    link
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_slug(text: &str, expected: Option<&str>) {
        assert_eq!(Slug::of(text).as_ref().map(Slug::as_str), expected, "{text}");
    }

    #[test]
    fn slugs_are_safe_names() {
        check_slug("AADSTS50076", Some("aadsts50076"));
        check_slug("DEADLINE_EXCEEDED", Some("deadline_exceeded"));
        check_slug("-32000", Some("-32000"));
        check_slug("- a -", Some("a"));
        check_slug("Ünïcode", None);
        check_slug("a / b", Some("a-b"));
        check_slug("..", None);
        check_slug("con", None);
        check_slug("COM1.txt", None);
        check_slug("", None);
    }

    fn check_link(from: &str, to: &str, clean: bool, expected: &str) {
        assert_eq!(LinkBase::of(&SitePath::new(from)).link(&SitePath::new(to), clean), expected);
    }

    #[test]
    fn links_are_as_short_as_relative_links_get() {
        check_link("errors/http/503/index.html", "errors/http/504/index.html", false, "../504/index.html");
        check_link("errors/http/503/index.html", "index.html", false, "../../../index.html");
        check_link("index.html", "index.html", true, "./");
        check_link("index.html", "theme.css", true, "theme.css");
        check_link("errors/index.html", "errors/index.html", false, "index.html");
        check_link("a/index.html", "a/50% #1 é.png", false, "50%25%20%231%20%C3%A9.png");
        check_link("e/a/index.html", "errors/a/index.html", true, "../../errors/a/");
    }

    #[test]
    fn aliases_stay_on_the_site() {
        for text in ["../x", "https://example.org/", "//x", "/", "", "a//b", "a/../b", "A"] {
            assert_eq!(Permalink::parse(text), None, "{text}");
        }
        assert_eq!(Permalink::parse("/errors/old").map(|link| link.to_string()), Some("/errors/old/".to_owned()));
    }

    #[test]
    fn a_base_url_knows_its_path() {
        let path = |text| BaseUrl::parse(text).map(|base| base.path().to_owned());
        assert_eq!(path("https://example.org"), Some("/".to_owned()));
        assert_eq!(path("https://example.org/docs"), Some("/docs/".to_owned()));
        for text in ["example.org", "ftp://example.org/", "https://", "https://a/?q", "https://a/../b", "https://a/\"b"] {
            assert_eq!(path(text), None, "{text}");
        }
    }
}
