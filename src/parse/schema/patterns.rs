//! Regular expressions for what the readers in `matter/` and `config.rs` take, in what ECMAScript and Rust read alike.
//!
//! `\d` and `\w` stay out: they are ASCII's in one and Unicode's in the other.

use crate::model::reference::RESERVED_PROVIDERS;

/// Characters that no text may hold. Tabs and line breaks are none of them.
const CONTROL: &str = r"\x00-\x08\x0b-\x1f\x7f-\x9f";
/// Blanks that are cut off at both ends of a text.
const EDGE: &str = r"[^\S\x0b-\x0d\x85]*";
/// Blanks inside a line.
const BLANKS: &str = r"[^\S\x0a-\x0d\x85]*";
/// One character of an address.
const OF_URL: &str = r#"[^\s\x00-\x1f\x7f-\x9f<>"`{}|\\^]"#;
/// One character of the host of an address.
const OF_HOST: &str = r#"[^\s\x00-\x1f\x7f-\x9f<>"`{}|\\^/?#@]"#;

/// Whether a text may have several lines.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    One,
    Many,
}

/// A value that is written without anything around it.
pub(super) fn exact(inner: &str) -> String {
    format!("^{inner}$")
}

/// A value whose blanks at both ends do not count.
pub(super) fn trimmed(inner: &str) -> String {
    format!("^{EDGE}{inner}{EDGE}$")
}

/// Any text that says something.
pub(super) fn some_text() -> String {
    exact(&format!("[^{CONTROL}]*[^\\s{CONTROL}][^{CONTROL}]*"))
}

/// A text of so many characters, blanks at both ends not counted. There are at least two where there must be any number.
pub(super) fn text(least: usize, most: usize, lines: Lines) -> String {
    let end = format!("[^\\s{CONTROL}]");
    let inner = match lines {
        Lines::One => format!("[^\\n{CONTROL}]"),
        Lines::Many => format!("[^{CONTROL}]"),
    };
    let most = most - 2;
    if least > 1 {
        return trimmed(&format!("{end}{inner}{{{},{most}}}{end}", least - 2));
    }
    trimmed(&format!("{end}(?:{inner}{{0,{most}}}{end})?"))
}

/// A slug; `after` says what may follow it.
///
/// As `Slug::exact`: no dot at either end, and no name that Windows keeps for a device.
fn slug_before(after: &str) -> String {
    let devices = "con|prn|aux|nul|com[0-9]|lpt[0-9]";
    format!(r"(?!\.)(?!(?:{devices})(?:\.|{after}))[a-z0-9_.-]{{0,199}}[a-z0-9_-]")
}

/// A slug that is the whole value.
pub(super) fn slug() -> String {
    exact(&slug_before("$"))
}

/// A slug whose blanks at both ends do not count.
pub(super) fn trimmed_slug() -> String {
    trimmed(&slug_before(&format!("{EDGE}$")))
}

/// A slug that can name a provider.
pub(super) fn provider() -> String {
    let end = format!("{EDGE}$");
    trimmed(&format!("(?!(?:{}){end}){}", RESERVED_PROVIDERS.join("|"), slug_before(&end)))
}

/// An old path of a page.
pub(super) fn path() -> String {
    let part = slug_before("/|$");
    exact(&format!("/?{part}(?:/{part})*/?"))
}

/// A code that gives an address: with a letter or digit of ASCII and none of any other alphabet.
pub(super) fn code_with_address() -> String {
    let other = "[^A-Za-z0-9_]*";
    let devices = "[Cc][Oo][Nn]|[Pp][Rr][Nn]|[Aa][Uu][Xx]|[Nn][Uu][Ll]|[Cc][Oo][Mm][0-9]|[Ll][Pp][Tt][0-9]";
    let ascii = code_in_ascii();
    format!(r"^(?!{other}(?:{devices})(?:\.{other}[A-Za-z0-9_]|{other}$))(?={other}[A-Za-z0-9_]){}", &ascii[1..])
}

/// A code or reference without letters or digits of any alphabet but ASCII's.
pub(super) fn code_in_ascii() -> String {
    exact(r"(?:[\x00-\x7f]|[^\p{Alphabetic}\p{N}])*")
}

/// A reference to an error: `http:503`.
pub(super) fn error_reference() -> String {
    exact(&error_part())
}

/// A reference to a guide of another kind, by the kind's name: `compare:429-vs-503`.
pub(super) fn named_reference(kind: &str) -> String {
    exact(&format!("{kind}:{}", slug_part()))
}

/// A reference to any guide.
pub(super) fn reference() -> String {
    exact(&format!("(?:(?:{}):{}|{})", NAMED.join("|"), slug_part(), error_part()))
}

/// The kinds that references name.
const NAMED: [&str; 4] = ["compare", "playbook", "provider", "page"];

fn error_part() -> String {
    let code = format!("[^{CONTROL}]*[^\\s{CONTROL}][^{CONTROL}]*");
    format!("(?!(?:{}):){}:{code}", NAMED.join("|"), slug_before(":"))
}

fn slug_part() -> String {
    format!("{EDGE}{}{EDGE}", slug_before(&format!("{EDGE}$")))
}

/// A day of the calendar: `2026-04-09`.
pub(super) fn day() -> String {
    let long = "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])";
    let short = "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)";
    let february = "02-(?:0[1-9]|1[0-9]|2[0-8])";
    let leap_year = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)";
    format!("(?:[0-9]{{4}}-(?:{long}|{short}|{february})|{leap_year}-02-29)")
}

/// A count of calendar units: `6 months`.
pub(super) fn interval() -> String {
    trimmed(&format!(r"\+?0*(?:[1-9][0-9]{{0,2}}|1000) {BLANKS}(?:days?|weeks?|months?|years?)"))
}

/// A length of time: `10 minutes`, `1h 30m`.
pub(super) fn duration() -> String {
    let units = "s|sec|seconds?|m|min|minutes?|h|hr|hours?|d|days?";
    trimmed(&format!("(?:0*[1-9][0-9]*{BLANKS}(?:{units})(?![A-Za-z]){BLANKS})+"))
}

/// An address of an official source.
pub(super) fn https() -> String {
    format!("https://{OF_HOST}+(?:[/?#]{OF_URL}*)?")
}

/// A word that YAML may read as true or false stands nowhere but in this.
pub(super) fn no_boolean_word() -> String {
    let words = "[Yy][Ee][Ss]|[Nn][Oo]|[Oo][Nn]|[Oo][Ff][Ff]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[YyNn]";
    format!("(?!{EDGE}(?:{words}){EDGE}$)")
}

/// A text that is no word which YAML may read as true or false.
pub(super) fn fact_value() -> String {
    format!("^{}{}", no_boolean_word(), &some_text()[1..])
}

/// A pattern for whole codes: no anchors at its ends, no named groups.
pub(super) fn code_pattern(most: usize) -> String {
    let text = text(1, most, Lines::Many);
    format!(r"^(?!{EDGE}\^)(?![\s\S]*\(\?<)(?![\s\S]*\${EDGE}$){}", &text[1..])
}

/// A setting that says something in one line.
pub(super) fn setting() -> String {
    let of_line = r"[^\x00-\x1f\x7f-\x9f]";
    exact(&format!(r"{of_line}*[^\s\x00-\x1f\x7f-\x9f]{of_line}*"))
}

/// A full title of a section: a setting with nothing in braces but the two placeholders.
pub(super) fn section_title() -> String {
    let text = r"(?!\{\{|\}\})[^\x00-\x1f\x7f-\x9f]";
    let blanks = r"[^\S\x00-\x1f\x7f-\x9f]*";
    exact(&format!(r"(?=.*\S)(?:\{{\{{{blanks}(?:name|code){blanks}\}}\}}|{text})*"))
}

/// The address of a site's root.
pub(super) fn base_url() -> String {
    exact(r"https?://(?![:/])(?!.*//)(?!(?:.*/)?\.{1,2}(?:/|$))[A-Za-z0-9._~:/\[\]%-]+")
}

/// An address of the repository or of a form.
pub(super) fn setting_url() -> String {
    exact(r#"https://[^\s\x00-\x1f\x7f-\x9f<>"'`\\]+"#)
}

/// A host name in lower case.
pub(super) fn host_name() -> String {
    exact(r"(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+")
}

/// An address that `security.txt` may name.
pub(super) fn contact() -> String {
    exact(r"(?:https://|mailto:|tel:)[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
}

/// A BCP 47 tag, as far as its form goes.
pub(super) fn language() -> String {
    exact("(?=.{2,35}$)[A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,8})*")
}
