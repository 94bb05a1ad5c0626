//! `explain`: what a rule means, why it matters, and how to keep it.

use super::terminal::Terminal;
use super::{CONTENT, ExplainArgs};
use crate::model::rules::{RULES, Rule};
use crate::model::suggest::nearest;
use crate::report::explanation;

/// Runs the command and gives its exit code.
pub(super) fn run(args: &ExplainArgs, terminal: &Terminal) -> u8 {
    let mut code = 0;
    for name in &args.names {
        match RULES.iter().find(|rule| rule.name == name) {
            Some(rule) => terminal.output(&format!("{}\n", explanation(rule))),
            None => {
                terminal.say(&format!("error: {}", unknown(name)));
                code = CONTENT;
            }
        }
    }
    code
}

fn unknown(name: &str) -> String {
    let near = nearest(name, RULES.iter().map(|rule: &&Rule| rule.name));
    near.map_or_else(
        || format!("no rule is called `{name}`; docs/lints.md lists them"),
        |near| format!("no rule is called `{name}`; did you mean `{near}`?"),
    )
}
