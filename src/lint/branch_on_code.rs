//! Samples do not compare with codes that their provider may change.

use super::Context;
use crate::model::diagnostic::Diagnostic;
use crate::model::pattern::Pattern;
use crate::model::rules;
use crate::model::site::GuideId;
use crate::model::source::Span;

/// What can stand on the other side of a code when a program compares with it.
const BEFORE: &str = r"(?:[=!]==?|=~|-eq|-ne|-like|-match|\b(?:in|is|case|when|equals|includes|contains|startsWith|endsWith)\b)";
const AFTER: &str = r"(?:[=!]==?|-eq|-ne|=>|\bin\b|\bnot\s+in\b|\|)";

/// Languages of samples that hold no program.
const DATA: &[&str] =
    &["text", "console", "http", "json", "jsonc", "yaml", "toml", "xml", "html", "css", "diff", "ini", "markdown"];

pub(super) fn check(context: &Context<'_>, guide: GuideId, diagnostics: &mut Vec<Diagnostic>) {
    let Some(error) = context.guide(guide).error() else { return };
    let provider = context.site.provider_of(error).map(|(_, provider)| provider).filter(|provider| !provider.has_stable_codes);
    let (Some(provider), Some(pattern)) = (provider, comparison(&error.code.value)) else { return };
    let samples = context.guide(guide).body.samples.iter();
    for sample in samples.filter(|sample| !sample.is_bad && !DATA.contains(&sample.language.name)) {
        for found in pattern.find_all(context.sources.text(sample.span)) {
            let start = sample.span.start as usize;
            let span = Span::new(sample.span.file, start + found.start..start + found.end);
            let message = format!("this sample compares with `{}`, and {} may change its codes", error.code.value, provider.name);
            diagnostics.push(Diagnostic::new(&rules::BRANCH_ON_CODE, span, message));
        }
    }
}

/// A comparison with a code, or with the number it ends in.
fn comparison(code: &str) -> Option<Pattern> {
    let number = &code[code.trim_end_matches(|c: char| c.is_ascii_digit()).len()..];
    let mut forms = vec![escaped(code)];
    if number.len() >= 3 && number.len() < code.len() {
        forms.push(number.to_owned());
    }
    let code = format!(r#"["'`\[(]*\b(?:{})\b["'`\])]*"#, forms.join("|"));
    Pattern::compile(&format!(r"{BEFORE}\s*\(?\s*{code}|{code}\s*{AFTER}")).ok()
}

fn escaped(code: &str) -> String {
    code.chars().flat_map(|c| if c.is_ascii_punctuation() && c != '_' { vec!['\\', c] } else { vec![c] }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: bool) {
        let pattern = comparison("AADSTS50076").expect("compiles");
        assert_eq!(!pattern.find_all(text).is_empty(), expected, "{text}");
    }

    #[test]
    fn comparisons_are_found() {
        for text in [
            "if error.code == \"AADSTS50076\":",
            "if (error.errorCode === 'AADSTS50076') {",
            "if 50076 in error.codes:",
            "if (codes.includes(50076)) {",
            "case \"AADSTS50076\":",
            "if ($code -eq 'AADSTS50076')",
            "AADSTS50076) retry ;;  # 50076 | other",
        ] {
            check(text, true);
        }
    }

    #[test]
    fn other_mentions_are_not() {
        for text in ["# AADSTS50076: MFA", "log(\"got AADSTS50076\")", "grep AADSTS50076 app.log", "x == 'AADSTS500761'"] {
            check(text, false);
        }
    }
}
