//! Console sessions: commands behind a prompt are coloured as shell, what they print is plain.

use super::classes::Class;
use super::{Grammar, Html};

/// The name under which the table of languages asks for this.
pub(super) const GRAMMAR: &str = "Console session";

/// What stands before a command.
const PROMPTS: [&str; 5] = ["$ ", "# ", "% ", "> ", "PS> "];

/// Whether the next line goes on with a command.
pub(super) struct Console {
    continues: bool,
}

impl Console {
    pub(super) fn new() -> Self {
        Self { continues: false }
    }

    pub(super) fn line(&mut self, line: &str, shell: &mut Grammar<'_>, out: &mut Html<'_>) {
        let prompt = PROMPTS.iter().find(|prompt| line.starts_with(**prompt));
        let command = match prompt {
            Some(prompt) if !self.continues || *prompt == "> " => {
                if !self.continues {
                    shell.reset();
                }
                out.text(prompt, Class::Keyword);
                &line[prompt.len()..]
            }
            Some(_) | None if self.continues => line,
            Some(_) | None => return out.text(line, Class::None),
        };
        self.continues = command.trim_end().ends_with('\\');
        shell.line(command, out);
    }
}
