//! Every rule there is: its name, its level, what it finds and what helps.
//!
//! A rule named `x` reads as "allow `x`". Errors have no switch; every other level is set under `[lints]` in `site.toml`.

use super::diagnostic::Severity;

/// What happens to a finding of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Always an error; the site cannot be right with it.
    Error,
    /// An error unless the site says otherwise: what is found may be meant.
    Deny,
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
    /// What helps where a finding knows nothing more particular.
    pub help: &'static str,
    /// What it means, why it matters, what is bad and what is good, and how to fix it: Markdown, from `<name>.md` beside this file.
    pub explanation: &'static str,
}

impl Rule {
    /// The severity of a finding before the site's levels are applied.
    pub fn default_severity(&self) -> Severity {
        match self.level {
            Level::Error | Level::Deny => Severity::Error,
            Level::Warn | Level::Allow => Severity::Warning,
        }
    }
}

macro_rules! rules {
    ($($level:ident $constant:ident $name:literal $summary:literal $help:literal;)*) => {
        $(#[doc = concat!("`", $name, "`: ", $summary, ".")]
        pub const $constant: Rule = Rule {
            name: $name,
            level: Level::$level,
            summary: $summary,
            help: $help,
            explanation: include_str!(concat!($name, ".md")),
        };)*

        /// All rules, by room and subject.
        pub const RULES: &[&Rule] = &[$(&$constant),*];
    };
}

rules! {
    // Files
    Error NOT_UTF8 "not-utf8" "a text file with bytes that are not UTF-8"
        "save the file as UTF-8";
    Error UNREADABLE_FILE "unreadable-file" "a file or folder that cannot be read"
        "check the file's permissions, and that it still exists";
    Error SYMBOLIC_LINK "symbolic-link" "a symbolic link where a file is expected"
        "put the file itself here";
    Error SPECIAL_FILE "special-file" "a pipe, socket or device where a file is expected"
        "remove it from the site's folders";
    Error FILE_TOO_LARGE "file-too-large" "a source file over its size limit"
        "split the file, or move what is large to static/";
    Error MISSING_FILE "missing-file" "a file or folder that every site has"
        "run fieldguide in the folder of a site, or name it with --root";
    Error STRAY_FILE "stray-file" "a Markdown file outside the folders of the kinds"
        "move it to the folder of its kind";
    Error UNPORTABLE_NAME "unportable-name" "a file name that other systems cannot hold"
        "rename it: every system that builds the site must be able to hold it";
    Error CONTROL_CHARACTER "control-character" "a control character in text"
        "remove the character; it is mostly left over from copying";
    Error CONFLICT_MARKER "conflict-marker" "a merge conflict that was left in a file"
        "keep one side, and remove the lines of <<<<<<<, ======= and >>>>>>>";
    // Configuration
    Error INVALID_SETTING "invalid-setting" "a value in site.toml that does not fit its key"
        "docs/content-model.md shows what each setting takes";
    Error UNKNOWN_SETTING "unknown-setting" "a key in site.toml that does not exist"
        "remove it, or correct its name";
    // Front matter
    Error MISSING_FRONT_MATTER "missing-front-matter" "a guide without front matter"
        "start the file with YAML between two lines of three hyphens: ---";
    Error UNCLOSED_FRONT_MATTER "unclosed-front-matter" "front matter without its closing line"
        "end it with a line of three hyphens: ---";
    Error FRONT_MATTER_TOO_LARGE "front-matter-too-large" "front matter over its size limit"
        "move text to the body";
    Error INVALID_YAML "invalid-yaml" "front matter that is not YAML"
        "write one `key: value` a line; quote values with special characters";
    Error YAML_FEATURE "yaml-feature" "an anchor, alias or tag in front matter"
        "write the value out; quote it if it is text";
    Error DUPLICATE_KEY "duplicate-key" "a front matter key that stands twice"
        "keep one of the two";
    Error UNKNOWN_KEY "unknown-key" "a front matter key that the kind does not have"
        "remove the key, or correct its name";
    Error MISSING_KEY "missing-key" "a front matter key that the kind requires"
        "add the key";
    Error INVALID_VALUE "invalid-value" "a front matter value of the wrong type or form"
        "write the value in the form that the key takes";
    Error EMPTY_VALUE "empty-value" "a front matter value with nothing in it"
        "write a value, or remove the key if it is optional";
    Error LONG_VALUE "long-value" "a front matter text over its length limit"
        "shorten it; details belong in the body";
    Error DESCRIPTION_LENGTH "description-length" "a description under 50 or over 170 characters"
        "say in one or two sentences what happened and who must act";
    Warn DUPLICATE_DESCRIPTION "duplicate-description" "a description that another guide has"
        "say what is true of this guide alone: what happened, and who must act";
    Warn LONG_TITLE "long-title" "a title that search results cut"
        "begin with the words that readers would type; the rest belongs in the description";
    Error INVALID_DATE "invalid-date" "a date that is not a day of the calendar as YYYY-MM-DD"
        "write year-month-day, as in 2026-04-09";
    Error FUTURE_REVIEW "future-review" "a review, or the reading of a source, dated after today"
        "write the day on which it was done; --today sets what counts as today";
    Error INVALID_INTERVAL "invalid-interval" "a review interval or time budget that is not a count of units of time"
        "write a count and a unit, as in 6 months or 10 minutes";
    Error INVALID_URL "invalid-url" "an address that is not https"
        "official sources start with https://";
    Error KIND_MISMATCH "kind-mismatch" "a kind that is not the folder's"
        "leave the line out, or move the file";
    Error UNKNOWN_CATEGORY "unknown-category" "a category that site.toml does not list"
        "choose one that site.toml lists";
    Error UNKNOWN_TAG "unknown-tag" "a tag that site.toml does not list"
        "choose one that site.toml lists";
    Error UNKNOWN_FACT "unknown-fact" "a fact that site.toml does not list"
        "choose one that site.toml lists";
    Error UNKNOWN_FACT_VALUE "unknown-fact-value" "a value that the fact does not have in site.toml"
        "choose one that site.toml lists";
    Error UNKNOWN_PROVIDER "unknown-provider" "a provider without a file in content/providers"
        "write a provider that has a file in content/providers";
    Error CODE_PATTERN_MISMATCH "code-pattern-mismatch" "a code that does not fit its provider's pattern"
        "correct the code, or the code_pattern of the provider";
    Error DUPLICATE_REFERENCE "duplicate-reference" "two official references with one id"
        "give one of them another id";
    Error UNKNOWN_FOOTNOTE "unknown-footnote" "a footnote without an official reference"
        "list the source under `references` in the front matter";
    Warn UNUSED_REFERENCE "unused-reference" "an official reference that no footnote cites"
        "cite it behind what it covers, or remove it";
    Allow UNCITED_REFERENCE "uncited-reference" "a link to another site that is no official reference"
        "list the page under `references`, and cite it with a footnote";
    Error INVALID_SLUG "invalid-slug" "a slug or alias that is no path on this site"
        "use lower-case letters, digits, `-`, `_` and `.`";
    Error INVALID_PATTERN "invalid-pattern" "a pattern that is no regular expression"
        "test the pattern against the samples; `\\` before a special character makes it literal";
    Error UNPORTABLE_PATTERN "unportable-pattern" "a pattern that Rust and JavaScript read differently"
        "use only what Rust's regex and JavaScript's RegExp read alike";
    Error SAMPLE_MISMATCH "sample-mismatch" "a sample that its own signature does not match"
        "correct the sample or the pattern";
    Error REJECT_MATCH "reject-match" "a reject that its own signature matches"
        "narrow the pattern, for instance with \\b behind a number";
    Error AMBIGUOUS_SAMPLE "ambiguous-sample" "a sample that matches another guide's signature"
        "narrow one of the patterns, or say `shared_with` on both sides";
    Error ONE_SIDED_SHARING "one-sided-sharing" "a shared signature that the other guide does not share"
        "say `shared_with` in the other guide, too";
    Warn GREEDY_SIGNATURE "greedy-signature" "a signature that matches ordinary log lines"
        "add what only the error prints, such as its code";
    Warn UNREACHABLE_SIGNATURE "unreachable-signature" "a signature that another one of its guide always precedes"
        "remove it, or give it a sample that only it matches";
    Warn SLOW_SIGNATURE "slow-signature" "a signature that can keep a browser busy for long"
        "repeat once: `(a+)+` is `a+`";
    // Identity and addresses
    Error DUPLICATE_GUIDE "duplicate-guide" "two guides for one thing"
        "merge them into one, or correct what makes them the same";
    Error LOST_ADDRESS "lost-address" "an address that was published once and leads nowhere now"
        "name it under `aliases` in the front matter of the guide that took over";
    Error ADDRESS_COLLISION "address-collision" "two sources for one address"
        "change one of them: give a guide a `slug`, rename a file, remove an alias";
    Error INVALID_REFERENCE "invalid-reference" "a reference that is not provider:code, compare:…, playbook:… or page:…"
        "write provider:code, compare:slug, playbook:slug or page:slug";
    Error UNKNOWN_GUIDE "unknown-guide" "a reference to a guide that does not exist"
        "correct the reference, or write the guide first";
    Error AMBIGUOUS_CODE "ambiguous-code" "a bare code that several providers have"
        "write the reference with its provider";
    Error WRONG_KIND "wrong-kind" "a reference to a guide of another kind than expected here"
        "name a guide of the kind that belongs here";
    Error SELF_REFERENCE "self-reference" "a guide that names itself"
        "remove it: a guide does not lead to itself";
    Warn MISPLACED_FILE "misplaced-file" "a file that lies elsewhere than its address says"
        "move the file to where its address says";
    Warn ORPHAN_GUIDE "orphan-guide" "an error guide without a neighbour"
        "link it where readers come from: a `related` guide with its reason, a comparison, a playbook";
    // Reviews
    Warn STALE_REVIEW "stale-review" "a guide whose review was due"
        "read the guide and its sources again, and write the day on which you did";
    Warn OVERDUE_REVIEW "overdue-review" "a guide whose review was missed twice"
        "review it now, or mark it `status: deprecated` or `status: retired`";
    // Sections and headings
    Error MISSING_SECTION "missing-section" "a section that the kind requires"
        "add the section";
    Error MISSPELT_SECTION "misspelt-section" "a heading that is nearly a section's"
        "write the heading as it is listed in docs/content-model.md";
    Error UNKNOWN_SECTION "unknown-section" "a section that the kind does not have"
        "use the headings of the kind";
    Error DUPLICATE_SECTION "duplicate-section" "a section that stands twice"
        "merge the two";
    Error MISPLACED_SECTION "misplaced-section" "a section out of order"
        "move it to its place";
    Error EMPTY_SECTION "empty-section" "a heading with nothing under it"
        "write it, or remove the heading if the section is optional";
    Error PLACEHOLDER "placeholder" "text that says only that there will be text"
        "write it, or mark the guide `draft: true`";
    Error TOP_HEADING "top-heading" "a first-level heading in a body"
        "start with a second-level heading: ##";
    Error NESTED_HEADING "nested-heading" "a heading inside a list or quotation"
        "headings stand at the start of a line; use bold text here";
    Warn HEADING_LEVEL_SKIPPED "heading-level-skipped" "a heading more than one level below the one before it"
        "use the next level: readers who go from heading to heading miss none";
    Error HEADING_ATTRIBUTE "heading-attribute" "an attribute on a heading that takes none"
        "remove the braces; links use the anchor made from the heading's text";
    Warn DUPLICATE_ANCHOR "duplicate-anchor" "two headings of one page with one text"
        "say in each heading what it is about";
    Error SECTION_FORM "section-form" "a section that has not the form it should have"
        "write causes as bullets (-), fixes and steps as a numbered list (1.), examples as code samples, questions as ### headings";
    Error MISSING_LEAD "missing-lead" "an item without its bold lead"
        "start the item with what it is about: - **Clock is wrong.** …";
    Warn CAUSE_WITHOUT_FIX "cause-without-fix" "a cause that no fix links"
        "link the cause from the fix that removes it";
    // Links and text
    Error RAW_HTML "raw-html" "HTML in Markdown"
        "use Markdown; a literal `<` is written `&lt;` or inside backticks";
    Error FORBIDDEN_SCHEME "forbidden-scheme" "a link that is not https, http, mailto or relative"
        "link with https:, http:, mailto: or a relative path";
    Error BROKEN_LINK "broken-link" "a link to a file that does not exist"
        "link a guide as [[provider:code]] or by its relative .md path";
    Error UNKNOWN_FRAGMENT "unknown-fragment" "a link to a heading that does not exist"
        "link a heading by the anchor made from its text";
    Error MISSING_IMAGE "missing-image" "an image that does not exist"
        "images lie beside the guide, or in static/ as /name.png";
    Error EXTERNAL_IMAGE "external-image" "an image from another site"
        "put the file beside the guide: readers' addresses stay with this site";
    Warn IMAGE_WITHOUT_ALT "image-without-alt" "an image without a text that stands for it"
        "write what it shows between the brackets";
    Warn HTTP_LINK "http-link" "a link that is not encrypted"
        "link the page by its https address";
    Error TABLE_ROW "table-row" "a table row that the page would cut"
        "write `\\|` for a bar inside a cell, and as many cells as the head has";
    Error BODY_TOO_COMPLEX "body-too-complex" "Markdown nested beyond its limit"
        "flatten the lists and quotations";
    Allow GAP "gap" "a code in prose that has no guide yet"
        "write the guide, or leave the code unlinked inside backticks";
    Warn UNLINKED_CODE "unlinked-code" "a code in backticks whose guide nothing on the page links"
        "remove the backticks, or link the guide as [[provider:code]]";
    Allow FILLER_PHRASE "filler-phrase" "a first sentence that begins with nothing"
        "strike the phrase, and start with what happened";
    Deny BIDI_OR_INVISIBLE_CHARACTER "bidi-or-invisible-character" "a character that makes a reader see something else than is copied"
        "delete the character and type it again as plain text";
    // Code samples
    Error UNKNOWN_LANGUAGE "unknown-language" "a code sample in a language that is not known"
        "write a language from src/model/language.rs, or `text`";
    Error INVALID_FENCE "invalid-fence" "an attribute of a code sample that is not known or not right"
        "write attributes as title=\"Probe\" hl=\"2,4-5\" tab=\"Python\" status=bad";
    Error TAB_GROUP "tab-group" "a group of tabs that is not two to four samples with different names"
        "give two to four neighbouring samples different names with tab=";
    Error SAMPLE_DOES_NOT_PARSE "sample-does-not-parse" "a JSON, YAML, TOML or XML sample with a syntax error"
        "correct it, or write `text` as its language if it is only part of a file";
    Warn PLAIN_SAMPLE "plain-sample" "a code sample over the limits of highlighting"
        "shorten it to the lines that matter";
    Deny SECRET_IN_SAMPLE "secret-in-sample" "a code sample with what looks like a secret"
        "revoke it if it is real; write what cannot be mistaken, such as <token> or $TOKEN";
    Warn RISKY_COMMAND "risky-command" "a command that destroys or disrupts, without a warning"
        "put `> [!WARNING]` into the same section, with what is lost";
    Warn BRANCH_ON_CODE "branch-on-code" "a sample that compares with a code which its provider may change"
        "branch on what the provider promises to keep, or mark the sample `status=bad`";
    // Compares
    Error SUBJECT_COUNT "subject-count" "a compare of fewer than two or more than four subjects"
        "compare two to four errors; split the guide if there are more";
    Error DUPLICATE_SUBJECT "duplicate-subject" "a subject that stands twice"
        "keep one";
    Error MISSING_TABLE "missing-table" "a compare without its one table"
        "write one table: | Check | one column a subject, headed by its code |";
    Error TABLE_COLUMNS "table-columns" "a comparison table whose columns are not the subjects"
        "write one column a subject, headed by its code";
    Error EMPTY_CELL "empty-cell" "a comparison table with an empty cell"
        "every check says something about every subject";
    Error ONE_SIDED_FACT "one-sided-fact" "a fact that one subject states and another does not"
        "state the fact in all subjects, or in none";
    // Playbooks
    Error MISSING_TREE "missing-tree" "a triage section without a node"
        "write each node as `### Question? {#name .ask}` with a list of links to other nodes";
    Error NODE_ATTRIBUTE "node-attribute" "a node whose attributes are missing or not known"
        "write {#name .ask}, .do, .fix or .escalate to=@team";
    Error DUPLICATE_NODE "duplicate-node" "two nodes with one name"
        "give one of them another name";
    Error TOO_FEW_BRANCHES "too-few-branches" "a question with fewer than two branches"
        "list the answers, each with a link to a node";
    Error BRANCH_FORM "branch-form" "an answer of a triage tree that is not a condition and one link"
        "write the condition, then one link: - Yes → [Next node](#next-node)";
    Error DEAD_END "dead-end" "an action that leads nowhere"
        "link the next node, or make this one .fix or .escalate";
    Error LEAF_WITH_BRANCH "leaf-with-branch" "an end of the tree that goes on"
        "make the node .do, or remove the branch";
    Error UNKNOWN_NODE "unknown-node" "a branch to a node that does not exist"
        "link a node by the name in its braces";
    Error UNREACHABLE_NODE "unreachable-node" "a node that no path from the first reaches"
        "link it from another node, or remove it";
    Error ENDLESS_LOOP "endless-loop" "nodes from which no end can be reached"
        "give one of the nodes in the loop a way to a .fix or .escalate";
    Error LEAF_WITHOUT_VERIFY "leaf-without-verify" "a fix without a link to how to verify it"
        "link a Verify section: [[http:503#verify]] or [Verify](#verify)";
    Error ESCALATION_WITHOUT_TARGET "escalation-without-target" "an escalation that names nobody"
        "add to=@team in its braces";
    Error MISSING_ROLLBACK "missing-rollback" "a risky step without the way back"
        "add a line that starts with `Rollback:`";
    Warn UNLINKED_COVER "unlinked-cover" "a covered error that no node of the tree links"
        "link the error from a node, or remove it from `covers`";
    // Templates and output
    Error MISSING_TEMPLATE "missing-template" "a component that bodies are made with"
        "`fieldguide init --theme` writes out the built-in one";
    Error INVALID_TEMPLATE "invalid-template" "a template with an error"
        "docs/theming.md lists what templates see";
    Error TEMPLATE_TOO_LARGE "template-too-large" "a template over its limits"
        "split the template with include or extends";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_explained_in_five_parts() {
        for rule in RULES {
            let lines: Vec<&str> = rule.explanation.lines().collect();
            let parts = ["Why it matters:", "Bad:", "Good:", "Fix:"];
            let places: Vec<_> = parts.map(|part| lines.iter().position(|line| line.starts_with(part))).into();
            assert!(places.iter().all(Option::is_some) && places.is_sorted() && places[0] > Some(0), "{}: {places:?}", rule.name);
            assert!(lines.iter().all(|line| line.chars().count() <= 100), "{} has long lines", rule.name);
        }
    }

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
