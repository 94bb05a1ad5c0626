//! Site → index: which guides there are, and by which codes, signatures and words a text leads to them.

use super::anchors::{Commonness, MAX_ANCHOR, words_of};
use crate::model::guide::{ErrorMatter, Matter, ProviderMatter};
use crate::model::lookup::{Context, LookupCode, LookupEntry, LookupIndex, LookupSignature};
use crate::model::pattern::Pattern;
use crate::model::site::{GuideId, Site};

/// The number at the end of a code counts by itself from this many digits.
const MIN_TAIL: usize = 5;

/// What may stand between "error code" and the number at the end of a code: `"error_codes":[50199,50076`.
const TAIL_CONTEXT: &str =
    r#"(?:[Ee]rror|[Cc]ode|ERROR|CODE|error[Nn]o)s?["']?[ \t]?[:=#]?[ \t]?["'\[(]{0,2}(?:[0-9]{1,12}[ \t]?,[ \t]?){0,8}$"#;

/// Makes the index of a site.
pub fn index(site: &Site) -> LookupIndex {
    let mut maker = Maker { site, commonness: Commonness::new(), index: LookupIndex::default(), tail: None };
    for id in site.ids() {
        maker.guide(id);
    }
    maker.index
}

struct Maker<'s> {
    site: &'s Site,
    commonness: Commonness,
    index: LookupIndex,
    /// The context of numbers at the end of codes, once there is one.
    tail: Option<usize>,
}

impl Maker<'_> {
    fn guide(&mut self, id: GuideId) {
        let guide = self.site.guide(id);
        let (code, title, provider) = match &guide.matter {
            Matter::Error(matter) => {
                let provider = self.site.provider_of(matter).map(|(_, provider)| provider.name.clone());
                (matter.code.value.clone(), matter.name.clone(), provider.unwrap_or_default())
            }
            Matter::Compare(_) | Matter::Playbook(_) | Matter::Provider(_) => (String::new(), self.site.title(id), String::new()),
            // Pages are about the site, not about errors.
            Matter::Page(_) => return,
        };
        let summary = guide.common.description.value.clone();
        self.index.entries.push(LookupEntry { guide: id, kind: guide.kind(), code, title, provider, summary });
        if let Some(matter) = guide.error() {
            self.codes(matter);
            self.signatures(matter);
        }
    }

    fn codes(&mut self, matter: &ErrorMatter) {
        let qualifiers =
            self.site.provider_of(matter).map(|(_, provider)| provider).filter(|provider| !provider.qualifiers.is_empty());
        let context = qualifiers.and_then(|provider| self.context(&qualifier_context(provider)));
        let code = matter.code.value.as_str();
        self.code(code, context);
        if let Some(tail) = tail(code) {
            let context = self.tail.or_else(|| self.context(TAIL_CONTEXT));
            self.tail = context;
            self.code(tail, context);
        }
    }

    fn code(&mut self, text: &str, context: Option<usize>) {
        let rarest = || {
            words_of(text)
                .filter(|word| word.len() <= MAX_ANCHOR)
                .min_by_key(|word| (self.commonness.of(word), std::cmp::Reverse(word.len())))
        };
        // `Evicted` also begins sentences: alone it only counts as a whole query, and in its signatures.
        let anchor = if context.is_none() && is_plain_word(text) { None } else { rarest() }.unwrap_or_default();
        let entry = self.index.entries.len() - 1;
        self.index.codes.push(LookupCode { entry, text: text.to_owned(), anchor, context });
    }

    /// The index of a context, made once.
    fn context(&mut self, source: &str) -> Option<usize> {
        if let Some(known) = self.index.contexts.iter().position(|context| context.source == source) {
            return Some(known);
        }
        let pattern = Pattern::compile(source).ok()?;
        self.index.contexts.push(Context { source: source.to_owned(), pattern });
        Some(self.index.contexts.len() - 1)
    }

    fn signatures(&mut self, matter: &ErrorMatter) {
        let entry = self.index.entries.len() - 1;
        for signature in &matter.signatures {
            let samples: Vec<&str> = signature.samples.iter().map(|sample| sample.value.as_str()).collect();
            self.index.signatures.push(LookupSignature {
                entry,
                source: signature.pattern.value.clone(),
                pattern: signature.compiled.clone(),
                anchors: self.commonness.rarest(&signature.compiled, &samples),
            });
        }
    }
}

/// Whether a code could be any word at the start of a sentence.
fn is_plain_word(code: &str) -> bool {
    let rest = code.trim_start_matches(|c: char| c.is_ascii_uppercase());
    code.len() - rest.len() <= 1 && rest.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// The digits at the end of a code that begins with something else.
fn tail(code: &str) -> Option<&str> {
    let head = code.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &code[head.len()..];
    (head.ends_with(|c: char| c.is_ascii_alphabetic()) && digits.len() >= MIN_TAIL && !head.ends_with(['x', 'X']))
        .then_some(digits)
}

/// What must stand right before a code of a provider whose codes are ambiguous: `HTTP/1.1 `, `SQLSTATE[`, `gRPC status: `.
fn qualifier_context(provider: &ProviderMatter) -> String {
    let words: Vec<String> = provider.qualifiers.iter().map(|word| any_case(word)).collect();
    format!(
        r#"(?:^|[^0-9A-Za-z_])(?:{})(?:/[0-9.]{{1,8}})?["']?[ \t:=#\[(]{{1,3}}(?:(?:[Ss]tatus|[Cc]ode|[Ee]rror|STATUS|CODE|ERROR)[ _:=]{{1,3}}){{0,2}}["']?$"#,
        words.join("|")
    )
}

/// A pattern that matches a word whatever its letter case.
fn any_case(word: &str) -> String {
    let mut pattern = String::new();
    for c in word.chars() {
        if c.is_ascii_alphabetic() {
            pattern.extend(['[', c.to_ascii_uppercase(), c.to_ascii_lowercase(), ']']);
        } else if r"^$\.*+?()[]{}|/".contains(c) {
            pattern.extend(['\\', c]);
        } else {
            pattern.push(c);
        }
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_long_numbers_behind_letters_count_alone() {
        assert_eq!(tail("AADSTS50076"), Some("50076"));
        for code in ["503", "0x80070005", "40P01", "ORA-00942", "E1100", "-32000"] {
            assert_eq!(tail(code), None, "{code}");
        }
    }

    #[test]
    fn words_that_begin_sentences_are_not_codes_alone() {
        assert!(["Evicted", "timeout"].iter().all(|code| is_plain_word(code)));
        assert!(["OOMKilled", "ENOSPC", "CrashLoopBackOff", "40P01", "exit_1"].iter().all(|code| !is_plain_word(code)));
    }

    #[test]
    fn numbers_need_a_word_that_says_what_they_are() {
        let matches = |text: &str| Pattern::compile(TAIL_CONTEXT).is_ok_and(|pattern| pattern.is_match(text));
        for text in ["\"error_codes\":[", "\"error_codes\": [50199, ", "error code: ", "errorNo: '", "Sign-in error code "] {
            assert!(matches(text), "{text}");
        }
        for text in ["sshd[", "\"ids\":[", "[", "bytes="] {
            assert!(!matches(text), "{text}");
        }
    }
}
