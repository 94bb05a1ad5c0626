//! Ordinary log lines: what programs print while all is well. Signatures must pass them by, and a word that is common in them is a poor
//! sign of an error.
//!
//! `noise.txt` has one line a kind of message with places to fill in. Numbers are often those of error codes, as byte counts, process
//! ids and durations are now and then.

use std::sync::LazyLock;

/// Kinds of messages, with places such as `{ms}` to fill in.
const KINDS: &str = include_str!("noise.txt");

/// How many different lines are made of each kind for the build's own checks.
const VARIANTS: usize = 4;

/// Ordinary log lines for the build's own checks, one a line.
pub fn ordinary_log() -> &'static str {
    // A constant table that is too long to be written down.
    static LOG: LazyLock<String> = LazyLock::new(|| lines(VARIANTS));
    &LOG
}

/// `variants` lines of each kind, always the same ones.
pub fn lines(variants: usize) -> String {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut text = String::new();
    for _ in 0..variants {
        for kind in KINDS.lines() {
            fill(kind, &mut dice, &mut text);
            text.push('\n');
        }
    }
    text
}

/// The kinds of messages themselves: their words are the common ones.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    KINDS.lines()
}

fn fill(kind: &str, dice: &mut Dice, text: &mut String) {
    let mut rest = kind;
    while let Some(open) = rest.find('{') {
        let (before, from) = rest.split_at(open);
        text.push_str(before);
        let end = from.find('}').unwrap_or(0);
        match value(&from[1..end.max(1)], dice) {
            Some(value) => {
                text.push_str(&value);
                rest = &from[end + 1..];
            }
            // A brace of JSON.
            None => {
                text.push('{');
                rest = &from[1..];
            }
        }
    }
    text.push_str(rest);
}

const CODES: [u64; 10] = [401, 403, 404, 408, 429, 500, 502, 503, 504, 507];
const LONG_CODES: [u64; 8] = [50_074, 50_076, 50_079, 53_003, 70_043, 11_000, 32_000, 10_054];
const HOSTS: [&str; 6] = ["web-1", "db.internal", "cache-2.example.net", "node7", "mail.example.org", "build-3"];
const USERS: [&str; 5] = ["ada", "grace", "linus", "deploy", "www-data"];
const PATHS: [&str; 6] = ["/", "/api/orders", "/static/app.css", "/health", "/v1/items", "/search"];
const FINE: [u64; 7] = [200, 200, 200, 201, 204, 206, 304];

fn value(place: &str, dice: &mut Dice) -> Option<String> {
    Some(match place {
        "iso" => format!("2026-11-{:02}T{}.{:03}Z", dice.between(1, 30), time(dice), dice.below(1000)),
        "clf" => format!("{:02}/Nov/2026:{} +0000", dice.between(1, 30), time(dice)),
        "clf2" => format!("2026/11/{:02} {}", dice.between(1, 30), time(dice)),
        "syslog" => format!("Nov {:2} {}", dice.between(1, 30), time(dice)),
        "mmdd" => format!("11{:02}", dice.between(1, 30)),
        "time" => time(dice),
        "hm" => format!("{:02}:{:02}", dice.below(24), dice.below(60)),
        "ip" => format!("10.{}.{}.{}", dice.below(256), dice.below(256), dice.between(1, 254)),
        "port" => dice.between(1024, 65_535).to_string(),
        "pid" => number(dice, &LONG_CODES, 300, 99_999),
        "ms" => number(dice, &CODES, 1, 2_000),
        "n3" => number(dice, &CODES, 0, 999),
        "n5" => number(dice, &LONG_CODES, 1_000, 99_999),
        "small" => dice.between(1, 9).to_string(),
        "pct" => dice.below(101).to_string(),
        "ok" => dice.one_of(&FINE).to_string(),
        "id" => format!(
            "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
            dice.below(1 << 32),
            dice.below(1 << 16),
            dice.below(1 << 12),
            dice.below(1 << 12),
            dice.below(1 << 48)
        ),
        "hex" => format!("{:010x}", dice.below(1 << 40)),
        "host" => (*dice.one_of(&HOSTS)).to_owned(),
        "user" => (*dice.one_of(&USERS)).to_owned(),
        "path" => (*dice.one_of(&PATHS)).to_owned(),
        _ => return None,
    })
}

/// A number that is one of an error's now and then.
fn number(dice: &mut Dice, codes: &[u64], from: u64, to: u64) -> String {
    if dice.below(3) == 0 { dice.one_of(codes).to_string() } else { dice.between(from, to).to_string() }
}

fn time(dice: &mut Dice) -> String {
    format!("{:02}:{:02}:{:02}", dice.below(24), dice.below(60), dice.below(60))
}

/// Numbers that look thrown and are the same every time (xorshift, Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    fn between(&mut self, first: u64, last: u64) -> u64 {
        first + self.below(last - first + 1)
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        let at = usize::try_from(self.below(all.len() as u64)).expect("is below a length");
        &all[at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_filled_in_and_braces_of_json_stay() {
        let text = ordinary_log();
        assert!(text.lines().count() >= 500);
        assert!(text.contains("\"labels\":{\"worker\":\""));
        for place in ["{iso}", "{ip}", "{n3}", "{pid}", "{small}"] {
            assert!(!text.contains(place), "{place}");
        }
    }
}
