//! Which patterns JavaScript's engine may match in exponential time: repetitions inside repetitions that can share out one text in many
//! ways. A door to regex-syntax.

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Repetition};

/// Repetitions up to so many times are no danger.
const FEW: u32 = 8;

/// Whether a pattern has a repetition inside a repetition that can match one text in many ways.
pub fn is_ambiguous(pattern: &str) -> bool {
    regex_syntax::parse(pattern).is_ok_and(|hir| has_nested(&hir))
}

fn has_nested(hir: &Hir) -> bool {
    let here = match hir.kind() {
        HirKind::Repetition(repetition) if is_long(repetition) => shares_out(&repetition.sub),
        _ => false,
    };
    here || parts(hir).iter().any(|part| has_nested(part))
}

fn is_long(repetition: &Repetition) -> bool {
    repetition.max.is_none_or(|max| max > FEW)
}

/// Whether one round of a repetition can hand characters to the next: it has a long repetition of its own, and nothing in it must match
/// that this inner repetition could not match too.
fn shares_out(round: &Hir) -> bool {
    match round.kind() {
        HirKind::Capture(capture) => shares_out(&capture.sub),
        HirKind::Alternation(branches) => branches.iter().any(shares_out),
        HirKind::Repetition(repetition) => is_long(repetition),
        HirKind::Concat(row) => {
            let inner = row.iter().filter_map(long_inside);
            inner.into_iter().any(|repeated| row.iter().all(|part| !is_needed(part) || overlaps(&repeated, &characters(part))))
        }
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => false,
    }
}

/// The characters that a long repetition repeats.
fn long_inside(hir: &Hir) -> Option<ClassUnicode> {
    match hir.kind() {
        HirKind::Repetition(repetition) if is_long(repetition) => Some(characters(&repetition.sub)),
        HirKind::Capture(capture) => long_inside(&capture.sub),
        _ => None,
    }
}

fn is_needed(hir: &Hir) -> bool {
    hir.properties().minimum_len().is_some_and(|least| least > 0)
}

/// Every character that a match may contain.
fn characters(hir: &Hir) -> ClassUnicode {
    let mut all = ClassUnicode::empty();
    match hir.kind() {
        HirKind::Class(Class::Unicode(class)) => all.union(class),
        HirKind::Class(Class::Bytes(_)) => all.push(ClassUnicodeRange::new('\0', char::MAX)),
        HirKind::Literal(literal) => {
            let text = String::from_utf8_lossy(&literal.0).into_owned();
            text.chars().for_each(|c| all.push(ClassUnicodeRange::new(c, c)));
        }
        _ => parts(hir).into_iter().for_each(|part| all.union(&characters(part))),
    }
    all
}

fn overlaps(a: &ClassUnicode, b: &ClassUnicode) -> bool {
    let mut both = a.clone();
    both.intersect(b);
    both.iter().next().is_some()
}

fn parts(hir: &Hir) -> Vec<&Hir> {
    match hir.kind() {
        HirKind::Repetition(repetition) => vec![&repetition.sub],
        HirKind::Capture(capture) => vec![&capture.sub],
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().collect(),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetitions_that_share_out_a_text_are_told() {
        for pattern in [r"(a+)+b", r"(?:\w*)*", r"(\w+\s?)+!", r"(?:a|b+)*c", r"(.*x)*"] {
            assert!(is_ambiguous(pattern), "{pattern}");
        }
    }

    #[test]
    fn repetitions_that_something_keeps_apart_are_not() {
        for pattern in [r"a+b+", r".*while .*upstream", r"(?:[0-9]+, )*", r"(a{1,3})*", r"\[[^\]]+\] x+"] {
            assert!(!is_ambiguous(pattern), "{pattern}");
        }
    }
}
