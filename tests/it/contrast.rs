//! Contrast of the theme's colours as WCAG 2.2 computes it, read from the stylesheet, in both themes.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::project;

/// Colours that words are written in, and what they are written on. AA asks for 4.5.
const TEXT: &[(&[&str], &[&str], f64)] = &[
    (
        &["text", "muted", "link"],
        &["bg", "surface", "sunken", "error-tint", "compare-tint", "playbook-tint", "warning-tint"],
        4.5,
    ),
    // A kind's colour on the page, and on its own tint, where it carries small words.
    (&["error", "compare", "playbook", "warning"], &["bg", "surface", "sunken"], 4.5),
    (&["error"], &["error-tint"], 6.2),
    (&["compare"], &["compare-tint"], 6.2),
    (&["playbook"], &["playbook-tint"], 6.2),
    (&["warning"], &["warning-tint"], 6.2),
    // Code, also where a line is marked; inserted and deleted lines borrow two kinds.
    (
        &["text", "comment", "keyword", "string", "number", "function", "type", "variable", "playbook", "error"],
        &["code", "mark"],
        4.5,
    ),
    // A button is written the other way round.
    (&["bg"], &["text"], 4.5),
];

/// Edges of controls, the ring of focus, and lines that say what a thing is. AA asks for 3.
const EDGES: &[(&[&str], &[&str], f64)] = &[
    (&["border", "link"], &["bg", "surface", "sunken"], 3.0),
    (&["error", "compare", "playbook", "warning", "muted"], &["bg", "surface"], 3.0),
    (&["warning"], &["mark"], 3.0),
];

/// Lines that only decorate.
const DECORATION: [&str; 1] = ["line"];

/// The colours of a theme by name.
type Colours = BTreeMap<String, [u8; 3]>;

/// The colours of the light and of the dark theme.
fn themes() -> [(&'static str, Colours); 2] {
    let css = std::fs::read_to_string(project().join("static/theme.css")).unwrap();
    let root = regex::Regex::new(r"(?s):root \{(.*?)\}").unwrap();
    let blocks: Vec<Colours> =
        root.captures_iter(&css).map(|block| colours(&block[1])).filter(|found| !found.is_empty()).collect();
    let [light, dark] = <[Colours; 2]>::try_from(blocks).expect("two themes");
    [("light", light), ("dark", dark)]
}

fn colours(block: &str) -> Colours {
    let token = regex::Regex::new(r"--([a-z-]+): #([0-9a-f]{3,6});").unwrap();
    token.captures_iter(block).map(|found| (found[1].to_owned(), channels(&found[2]))).collect()
}

fn channels(hex: &str) -> [u8; 3] {
    let full = if hex.len() == 3 { hex.chars().flat_map(|digit| [digit, digit]).collect() } else { hex.to_owned() };
    [0, 2, 4].map(|at| u8::from_str_radix(&full[at..at + 2], 16).unwrap())
}

fn luminance(colour: [u8; 3]) -> f64 {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    let [red, green, blue] = colour.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_pair_of_colours_can_be_read() {
    let mut low = Vec::new();
    let mut count = 0;
    for (theme, colours) in themes() {
        for (foregrounds, backgrounds, least) in TEXT.iter().chain(EDGES) {
            for (foreground, background) in foregrounds.iter().flat_map(|fore| backgrounds.iter().map(move |back| (fore, back))) {
                let found = contrast(colours[*foreground], colours[*background]);
                count += 1;
                if found < *least {
                    low.push(format!("{theme}: {foreground} on {background} is {found:.2}, not {least}"));
                }
            }
        }
    }
    assert_eq!(low, Vec::<String>::new());
    assert!(count > 100, "only {count} pairs were computed");
}

#[test]
fn every_colour_stands_in_a_pair() {
    let paired: BTreeSet<&str> =
        TEXT.iter().chain(EDGES).flat_map(|(fore, back, _)| fore.iter().chain(*back)).copied().chain(DECORATION).collect();
    for (theme, colours) in themes() {
        let names: BTreeSet<&str> = colours.keys().map(String::as_str).collect();
        assert_eq!(names, paired, "{theme}");
    }
}

#[test]
fn colours_are_named_only_where_tokens_are_set() {
    let css = std::fs::read_to_string(project().join("static/theme.css")).unwrap();
    let set = regex::Regex::new(r"(?s):root \{.*?\}|/\*.*?\*/").unwrap();
    let rest = set.replace_all(&css, "");
    let colour = regex::Regex::new(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(|\boklch\(").unwrap();
    assert_eq!(colour.find(&rest).map(|found| found.as_str().to_owned()), None);
}

#[test]
fn contrast_is_computed_as_the_standard_does() {
    let ratio = |a: &str, b: &str| (contrast(channels(a), channels(b)) * 100.0).round() / 100.0;
    assert_eq!(ratio("000", "fff"), 21.0);
    assert_eq!(ratio("777777", "ffffff"), 4.48);
    assert_eq!(ratio("767676", "ffffff"), 4.54);
}
