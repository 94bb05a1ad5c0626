//! Every rule there is: its name, its level and what it asks for.
//!
//! A rule named `x` reads as "allow `x`". Errors have no switch; a warning's level is set under `[lints]` in `site.toml`.

use super::diagnostic::Severity;

/// What happens to a finding of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Always an error; the site cannot be right with it.
    Error,
    /// A warning unless the site says otherwise.
    Warn,
    /// Not looked for unless the site asks.
    Allow,
}

/// A rule of the content model or of the house.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The name in findings and in `site.toml`.
    pub name: &'static str,
    /// The level where the site sets none.
    pub level: Level,
    /// What the rule finds, as half a sentence.
    pub summary: &'static str,
}

impl Rule {
    /// The severity of a finding before the site's levels are applied.
    pub fn default_severity(&self) -> Severity {
        match self.level {
            Level::Error => Severity::Error,
            Level::Warn | Level::Allow => Severity::Warning,
        }
    }
}

macro_rules! rules {
    ($($level:ident $constant:ident $name:literal $summary:literal;)*) => {
        $(#[doc = concat!("`", $name, "`: ", $summary, ".")]
        pub const $constant: Rule = Rule { name: $name, level: Level::$level, summary: $summary };)*

        /// All rules, by room and subject.
        pub const RULES: &[&Rule] = &[$(&$constant),*];
    };
}

rules! {
    // Files
    Error NOT_UTF8 "not-utf8" "a text file with bytes that are not UTF-8";
    Error UNREADABLE_FILE "unreadable-file" "a file or folder that cannot be read";
    Error SYMBOLIC_LINK "symbolic-link" "a symbolic link where a file is expected";
    Error SPECIAL_FILE "special-file" "a pipe, socket or device where a file is expected";
    Error FILE_TOO_LARGE "file-too-large" "a source file over its size limit";
    Error MISSING_FILE "missing-file" "a file or folder that every site has";
    Error STRAY_FILE "stray-file" "a Markdown file outside the folders of the kinds";
    Error UNPORTABLE_NAME "unportable-name" "a file name that other systems cannot hold";
    Error CONTROL_CHARACTER "control-character" "a control character in text";
    Error CONFLICT_MARKER "conflict-marker" "a merge conflict that was left in a file";
    // Configuration
    Error INVALID_SETTING "invalid-setting" "a value in site.toml that does not fit its key";
    Error UNKNOWN_SETTING "unknown-setting" "a key in site.toml that does not exist";
    // Front matter
    Error MISSING_FRONT_MATTER "missing-front-matter" "a guide without front matter";
    Error UNCLOSED_FRONT_MATTER "unclosed-front-matter" "front matter without its closing line";
    Error FRONT_MATTER_TOO_LARGE "front-matter-too-large" "front matter over its size limit";
    Error INVALID_YAML "invalid-yaml" "front matter that is not YAML";
    Error YAML_FEATURE "yaml-feature" "an anchor, alias or tag in front matter";
    Error DUPLICATE_KEY "duplicate-key" "a front matter key that stands twice";
    Error UNKNOWN_KEY "unknown-key" "a front matter key that the kind does not have";
    Error MISSING_KEY "missing-key" "a front matter key that the kind requires";
    Error INVALID_VALUE "invalid-value" "a front matter value of the wrong type or form";
    Error EMPTY_VALUE "empty-value" "a front matter value with nothing in it";
    Error LONG_VALUE "long-value" "a front matter text over its length limit";
    Error DESCRIPTION_LENGTH "description-length" "a description under 50 or over 170 characters";
    Error INVALID_DATE "invalid-date" "a date that is not a day of the calendar as YYYY-MM-DD";
    Error FUTURE_REVIEW "future-review" "a review dated after today";
    Error INVALID_INTERVAL "invalid-interval" "a review interval that is not a count of days, weeks, months or years";
    Error INVALID_URL "invalid-url" "an address that is not https";
    Error KIND_MISMATCH "kind-mismatch" "a kind that is not the folder's";
    Error UNKNOWN_CATEGORY "unknown-category" "a category that site.toml does not list";
    Error UNKNOWN_TAG "unknown-tag" "a tag that site.toml does not list";
    Error UNKNOWN_FACT "unknown-fact" "a fact that site.toml does not list";
    Error UNKNOWN_FACT_VALUE "unknown-fact-value" "a value that the fact does not have in site.toml";
    Error UNKNOWN_PROVIDER "unknown-provider" "a provider without a file in content/providers";
    Error CODE_PATTERN_MISMATCH "code-pattern-mismatch" "a code that does not fit its provider's pattern";
    Error DUPLICATE_REFERENCE "duplicate-reference" "two official references with one id";
    Error UNKNOWN_FOOTNOTE "unknown-footnote" "a footnote without an official reference";
    Warn UNUSED_REFERENCE "unused-reference" "an official reference that no footnote cites";
    Error INVALID_SLUG "invalid-slug" "a slug or alias that is no path on this site";
    Error INVALID_PATTERN "invalid-pattern" "a pattern that is no regular expression";
    Error UNPORTABLE_PATTERN "unportable-pattern" "a pattern that Rust and JavaScript read differently";
    Error SAMPLE_MISMATCH "sample-mismatch" "a sample that its own signature does not match";
    Error REJECT_MATCH "reject-match" "a reject that its own signature matches";
    Error AMBIGUOUS_SAMPLE "ambiguous-sample" "a sample that matches another guide's signature";
    Error ONE_SIDED_SHARING "one-sided-sharing" "a shared signature that the other guide does not share";
    // Identity and addresses
    Error DUPLICATE_GUIDE "duplicate-guide" "two guides for one thing";
    Error ADDRESS_COLLISION "address-collision" "two sources for one address";
    Error INVALID_REFERENCE "invalid-reference" "a reference that is not provider:code, compare:…, playbook:… or page:…";
    Error UNKNOWN_GUIDE "unknown-guide" "a reference to a guide that does not exist";
    Error AMBIGUOUS_CODE "ambiguous-code" "a bare code that several providers have";
    Error WRONG_KIND "wrong-kind" "a reference to a guide of another kind than expected here";
    Error SELF_REFERENCE "self-reference" "a guide that names itself";
    Warn MISPLACED_FILE "misplaced-file" "a file that lies elsewhere than its address says";
    // Sections and headings
    Error MISSING_SECTION "missing-section" "a section that the kind requires";
    Error MISSPELT_SECTION "misspelt-section" "a heading that is nearly a section's";
    Error UNKNOWN_SECTION "unknown-section" "a section that the kind does not have";
    Error DUPLICATE_SECTION "duplicate-section" "a section that stands twice";
    Error MISPLACED_SECTION "misplaced-section" "a section out of order";
    Error EMPTY_SECTION "empty-section" "a section with nothing in it";
    Error PLACEHOLDER "placeholder" "a section that says only that it is to be written";
    Error TOP_HEADING "top-heading" "a first-level heading in a body";
    Error NESTED_HEADING "nested-heading" "a heading inside a list or quotation";
    Error HEADING_ATTRIBUTE "heading-attribute" "an attribute on a heading that takes none";
    Error SECTION_FORM "section-form" "a section that is not the list it should be";
    Error MISSING_LEAD "missing-lead" "an item without its bold lead";
    Warn CAUSE_WITHOUT_FIX "cause-without-fix" "a cause that no fix links";
    // Links and text
    Error RAW_HTML "raw-html" "HTML in Markdown";
    Error FORBIDDEN_SCHEME "forbidden-scheme" "a link that is not https, http, mailto or relative";
    Error BROKEN_LINK "broken-link" "a link to a file that does not exist";
    Error UNKNOWN_FRAGMENT "unknown-fragment" "a link to a heading that does not exist";
    Error MISSING_IMAGE "missing-image" "an image that does not exist";
    Error EXTERNAL_IMAGE "external-image" "an image from another site";
    Error BODY_TOO_COMPLEX "body-too-complex" "Markdown nested beyond its limit";
    Allow GAP "gap" "a code in prose that has no guide yet";
    // Code samples
    Error UNKNOWN_LANGUAGE "unknown-language" "a code sample in a language that is not known";
    Error INVALID_FENCE "invalid-fence" "an attribute of a code sample that is not known or not right";
    Error TAB_GROUP "tab-group" "a group of tabs that is not two to four samples with different names";
    Error SAMPLE_DOES_NOT_PARSE "sample-does-not-parse" "a JSON, YAML or TOML sample with a syntax error";
    Warn PLAIN_SAMPLE "plain-sample" "a code sample over the limits of highlighting";
    // Compares
    Error SUBJECT_COUNT "subject-count" "a compare of fewer than two or more than four subjects";
    Error DUPLICATE_SUBJECT "duplicate-subject" "a subject that stands twice";
    Error MISSING_TABLE "missing-table" "a compare without its one table";
    Error TABLE_COLUMNS "table-columns" "a comparison table whose columns are not the subjects";
    Error EMPTY_CELL "empty-cell" "a comparison table with an empty cell";
    Error ONE_SIDED_FACT "one-sided-fact" "a fact that one subject states and another does not";
    // Playbooks
    Error MISSING_TREE "missing-tree" "a triage section without a node";
    Error NODE_ATTRIBUTE "node-attribute" "a node whose attributes are missing or not known";
    Error DUPLICATE_NODE "duplicate-node" "two nodes with one name";
    Error TOO_FEW_BRANCHES "too-few-branches" "a question with fewer than two branches";
    Error DEAD_END "dead-end" "an action that leads nowhere";
    Error LEAF_WITH_BRANCH "leaf-with-branch" "an end of the tree that goes on";
    Error UNKNOWN_NODE "unknown-node" "a branch to a node that does not exist";
    Error UNREACHABLE_NODE "unreachable-node" "a node that no path from the first reaches";
    Error ENDLESS_LOOP "endless-loop" "nodes from which no end can be reached";
    Error LEAF_WITHOUT_VERIFY "leaf-without-verify" "a fix without a link to how to verify it";
    Error ESCALATION_WITHOUT_TARGET "escalation-without-target" "an escalation that names nobody";
    Error MISSING_ROLLBACK "missing-rollback" "a risky step without the way back";
    Warn UNLINKED_COVER "unlinked-cover" "a covered error that no node of the tree links";
    // Templates and output
    Error MISSING_TEMPLATE "missing-template" "a template that every site needs";
    Error INVALID_TEMPLATE "invalid-template" "a template with an error";
    Error TEMPLATE_TOO_LARGE "template-too-large" "a template over its limits";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kebab_case_and_not_given_twice() {
        let mut names: Vec<_> = RULES.iter().map(|rule| rule.name).collect();
        assert!(names.iter().all(|name| name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')));
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
