//! What a rule means, for people: one rule, or all of them as a page of the documentation.

use crate::model::rules::{Level, RULES, Rule};

/// A rule with its level, its sentence and its explanation, as Markdown that also reads well as plain text.
pub fn explanation(rule: &Rule) -> String {
    format!("{} ({})\n\n{}", rule.name, level(rule), rule.explanation.trim_end())
}

/// Every rule as one Markdown page, by name: `docs/lints.md`.
pub fn explanations() -> String {
    let mut rules: Vec<&Rule> = RULES.to_vec();
    rules.sort_unstable_by_key(|rule| rule.name);
    let mut page = String::from(
        "# Rules\n\nWhat a build and a check tell, by name; `fieldguide explain <name>` prints one. Made from the files in \
         `src/model/rules/`.\nErrors have no switch; the level of every other rule is set under `[lints]` in `site.toml`.\n",
    );
    for rule in rules {
        page.push_str(&format!("\n## {}\n\nLevel: {}.\n\n{}\n", rule.name, level(rule), rule.explanation.trim_end()));
    }
    page
}

fn level(rule: &Rule) -> &'static str {
    match rule.level {
        Level::Error => "error",
        Level::Deny => "error, unless site.toml says otherwise",
        Level::Warn => "warning",
        Level::Allow => "not looked for unless site.toml asks",
    }
}
