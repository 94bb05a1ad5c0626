//! What looks like a secret in a code sample. A published key is used by strangers within minutes, whoever revokes it later.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::body::Scope;
use crate::model::diagnostic::Diagnostic;
use crate::model::pattern::Pattern;
use crate::model::rules;
use crate::model::sample::Sample;

/// A kind of secret, and the pattern of its text: the first group where there is one.
///
/// Sources: the prefixes that GitHub, GitLab, AWS, Google, Slack, Stripe, npm and other services document for their tokens; RFC 7519 (JSON
/// Web Tokens) and RFC 7468 (textual encodings of keys).
const KINDS: &[(&str, &str)] = &[
    ("an AWS access key", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    ("a GitHub token", r"\b(?:gh[opusr]_[0-9A-Za-z]{36}|github_pat_[0-9A-Za-z_]{40})"),
    ("a GitLab token", r"\bglpat-[0-9A-Za-z_-]{20}"),
    ("a Google API key", r"\bAIza[0-9A-Za-z_-]{35}"),
    ("a Slack token", r"\bxox[abeoprs]-[0-9A-Za-z-]{10}"),
    ("a Stripe key", r"\b[rs]k_live_[0-9A-Za-z]{16}"),
    ("an npm token", r"\bnpm_[0-9A-Za-z]{36}"),
    ("an API key", r"\bsk-[0-9A-Za-z_-]{32}"),
    ("a storage key", r"\bAccountKey=([0-9A-Za-z+/]{40})"),
    ("a JSON Web Token", r"\beyJ[0-9A-Za-z_-]{8,}\.eyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]{8,}"),
    ("a private key", r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    (ASSIGNED, r"(?i)\bbearer\s+([0-9A-Za-z._~+/-]{20,})"),
    (ASSIGNED, r"://[^/\s:@]+:([^/\s:@$<>{}]{8,})@"),
    (ASSIGNED, r#"(?i)(?:password|passwd|pwd|secret|api_?key|access_?key|token)["']?\s*[:=]\s*["']?([^\s"'<>$(){}\[\],;&]{8,})"#),
];

/// A value that stands behind the name of a secret.
const ASSIGNED: &str = "a secret";

/// What examples write instead of a secret, in lower case.
const STAND_INS: &[&str] =
    &["example", "placeholder", "changeme", "your", "redacted", "dummy", "sample", "secret", "password", "test", "token", "env"];

/// Text with fewer different characters is a stand-in: `xxxxxxxx`, `********`, `12341234`.
const MIN_VARIETY: usize = 6;

static PATTERNS: LazyLock<Vec<(&str, Pattern)>> = LazyLock::new(|| {
    KINDS.iter().map(|(kind, pattern)| (*kind, Pattern::compile(pattern).expect("is tested to compile"))).collect()
});

/// Tells every secret in a sample once, with its kind; the secret itself is not repeated in the message.
pub(super) fn check(scope: &Scope<'_>, sample: &Sample, diagnostics: &mut Vec<Diagnostic>) {
    let range = scope.range(sample.span);
    let mut told_up_to = 0;
    for (kind, found) in find(&scope.text[range.clone()]) {
        if found.start >= told_up_to {
            told_up_to = found.end;
            let span = scope.span(&(range.start + found.start..range.start + found.end));
            diagnostics.push(Diagnostic::new(&rules::SECRET_IN_SAMPLE, span, format!("this looks like {kind}")));
        }
    }
}

/// The secrets in a text, by place.
fn find(text: &str) -> Vec<(&'static str, std::ops::Range<usize>)> {
    let mut all = Vec::new();
    for (kind, pattern) in PATTERNS.iter() {
        all.extend(
            pattern.find_all(text).into_iter().filter(|found| is_real(kind, &text[found.clone()])).map(|found| (*kind, found)),
        );
    }
    all.sort_by_key(|(_, found)| found.start);
    all
}

/// Whether a text could be what it looks like, and is no stand-in.
fn is_real(kind: &str, text: &str) -> bool {
    let lower = text.to_lowercase();
    let variety: BTreeSet<char> = text.chars().collect();
    let is_stand_in = STAND_INS.iter().any(|word| lower.contains(word)) || variety.len() < MIN_VARIETY;
    let is_mixed = text.contains(|c: char| c.is_ascii_digit()) && text.contains(|c: char| c.is_ascii_alphabetic());
    !is_stand_in && (kind != ASSIGNED || is_mixed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = find(text).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(found, expected, "{text}");
    }

    /// Put together here so that this file holds nothing that looks like a secret itself.
    fn joined(parts: &[&str]) -> String {
        parts.concat()
    }

    #[test]
    fn secrets_are_found() {
        check(&joined(&["aws_key = AKIA", "IOSFODNN7QWERTZU"]), &["an AWS access key"]);
        check(&joined(&["ghp_", "16C7e42F292c6912E7710c838347Ae178B4a"]), &["a GitHub token"]);
        check(&joined(&["glpat-", "9aZ8bY7cX6dW5eV4fU3g"]), &["a GitLab token"]);
        check(&joined(&["AIza", "SyD4k9Lm2Nq8Rt5Vw1Xz7Bc3Fg6Hj0PsUeK"]), &["a Google API key"]);
        check(&joined(&["xoxb-", "2384719283-aZ9bY8"]), &["a Slack token"]);
        check(&joined(&["sk_live_", "4eC39HqLyjWDarjtT1zdp7dc"]), &["a Stripe key"]);
        check(&joined(&["eyJhbGciOiJIUzI1NiJ9.", "eyJzdWIiOiIxMjM0In0.", "dozjgNryP4J3jVmNHl0w5N"]), &["a JSON Web Token"]);
        check(&joined(&["-----BEGIN RSA ", "PRIVATE KEY-----"]), &["a private key"]);
        check(&joined(&["\"password\": \"", "hunter2hunter9"]), &["a secret"]);
        check(&joined(&["Authorization: Bearer ", "abcDEF1234567890abcDEF12"]), &["a secret"]);
        check(&joined(&["https://user:", "hunter2hunter9@host.example/"]), &["a secret"]);
        check(&joined(&["CLIENT_SECRET=", "8Q~abcDEF1234567"]), &["a secret"]);
    }

    #[test]
    fn stand_ins_are_no_secrets() {
        for text in [
            "AKIAIOSFODNN7EXAMPLE",
            "password=$PASSWORD",
            "password: <your password>",
            "password=********",
            "token: xxxxxxxxxxxx1",
            "\"client_secret\": \"YOUR_CLIENT_SECRET_1\"",
            "token = os.environ[\"TOKEN2\"]",
            "const token = await acquireToken({ scopes })",
            "api_key=${API_KEY}",
            "secretName: database-credentials",
            "grpc-status: 14",
            "-----BEGIN CERTIFICATE-----",
        ] {
            check(text, &[]);
        }
    }
}
