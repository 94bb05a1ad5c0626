//! "Did you mean …?": the nearest of a set of names. The door to strsim.

/// How far a name may be and still be meant: a third of its letters are wrong.
const MIN_SIMILARITY: f64 = 0.66;
/// Longer names are not compared, in bytes.
const MAX_LENGTH: usize = 200;
/// How many letters may be wrong in a slip of the keyboard.
const MAX_SLIPS: usize = 2;
/// The least letters of a word in which one may be wrong; shorter ones are soon another word.
const MIN_FOR_A_SLIP: usize = 4;

/// The candidate most like `written`, if any is near enough. Letter case does not count as a difference.
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if written.len() > MAX_LENGTH {
        return None;
    }
    let written = written.to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        // Names of very different length are not alike, and comparing long ones costs their product.
        if candidate.len() > MAX_LENGTH {
            continue;
        }
        let similarity = similarity(&written, &candidate.to_lowercase());
        if similarity >= MIN_SIMILARITY && best.is_none_or(|(value, _)| similarity > value) {
            best = Some((similarity, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The candidate that `written` is at most a few slips of the keyboard away from.
pub fn slip_of<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if written.len() > MAX_LENGTH {
        return None;
    }
    let written = written.to_lowercase();
    let edits = |candidate: &str| strsim::damerau_levenshtein(&written, &candidate.to_lowercase());
    let near = candidates.into_iter().map(|candidate| (edits(candidate), candidate)).min_by_key(|(edits, _)| *edits);
    near.filter(|(edits, candidate)| *edits <= MAX_SLIPS && edits * 3 <= candidate.len()).map(|(_, candidate)| candidate)
}

/// How many letters must be added, removed, replaced or swapped to make one word of another.
pub fn edits(a: &str, b: &str) -> usize {
    strsim::osa_distance(a, b)
}

/// Whether two names differ in spelling only, so that one can stand for the other without asking: in letter case and signs, or in one
/// letter of a longer word. A digit is never a slip: 503 and 530 are two codes.
pub fn is_spelling(written: &str, meant: &str) -> bool {
    let fold = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let (a, b) = (fold(written), fold(meant));
    let digits = |name: &str| name.chars().filter(|c| !c.is_alphabetic()).collect::<String>();
    let is_slip =
        || digits(&a) == digits(&b) && strsim::damerau_levenshtein(&a, &b) == 1 && a.len().min(b.len()) >= MIN_FOR_A_SLIP;
    !b.is_empty() && a.len().max(b.len()) <= MAX_LENGTH && (a == b || is_slip())
}

/// One where the names are the same, less the more letters differ; a name that is the better half of the other is near, too.
fn similarity(written: &str, candidate: &str) -> f64 {
    let edits = strsim::normalized_damerau_levenshtein(written, candidate);
    let (shorter, longer) = if written.len() < candidate.len() { (written, candidate) } else { (candidate, written) };
    let better_half = shorter.len() >= 3 && shorter.len() * 2 >= longer.len() && longer.starts_with(shorter);
    if better_half { edits.max(MIN_SIMILARITY) } else { edits }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &str, expected: Option<&str>) {
        assert_eq!(nearest(written, ["description", "last_reviewed_on", "Causes", "AADSTS50076"]), expected);
    }

    #[test]
    fn a_slip_is_recognised() {
        check("descripton", Some("description"));
        check("Cause", Some("Causes"));
        check("AADSTS50067", Some("AADSTS50076"));
        check("last_reviewed", Some("last_reviewed_on"));
    }

    #[test]
    fn spelling_is_case_signs_and_a_letter_but_no_digit() {
        for (written, meant) in [("HTTP:503", "http:503"), ("Retry After", "retry-after"), ("bahs", "bash"), ("Cause", "Causes")]
        {
            assert!(is_spelling(written, meant), "{written}");
        }
        for (written, meant) in [("http:530", "http:503"), ("go", "do"), ("AADSTS5007", "AADSTS50076"), ("Solution", "Fix")] {
            assert!(!is_spelling(written, meant), "{written}");
        }
    }

    #[test]
    fn another_word_is_not() {
        check("owner", None);
        check("", None);
    }
}
