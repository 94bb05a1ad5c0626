//! Questions on a terminal, one line an answer.

use std::io::BufRead;

use crate::scaffold::Refusal;

/// Somebody who can be asked.
pub(super) struct Prompt<'a> {
    /// Where answers come from.
    pub(super) answers: &'a mut dyn BufRead,
    /// Where questions go.
    pub(super) say: &'a dyn Fn(&str),
}

impl Prompt<'_> {
    /// Asks until the answer will do; `None` where nobody answers any more. An empty answer means `default`.
    pub(super) fn ask<T>(
        &mut self,
        question: &str,
        default: Option<&str>,
        accept: impl Fn(&str) -> Result<T, Refusal>,
    ) -> Option<T> {
        loop {
            let shown = default.map_or_else(String::new, |default| format!(" [{default}]"));
            (self.say)(&format!("{question}{shown} "));
            let answer = self.line()?;
            let answer = if answer.is_empty() { default.unwrap_or_default() } else { &answer };
            match accept(answer) {
                Ok(value) => return Some(value),
                Err(refusal) => (self.say)(&format!("{}\n", written_out(&refusal))),
            }
        }
    }

    /// Asks for something that may be left out.
    pub(super) fn ask_for_more(&mut self, question: &str) -> Option<Option<String>> {
        self.ask(&format!("{question} (Enter leaves it to be written)"), None, |answer| {
            Ok(Some(answer.to_owned()).filter(|answer| !answer.is_empty()))
        })
    }

    /// Asks for one of a list, by its name or its number.
    pub(super) fn choose<T>(
        &mut self,
        question: &str,
        choices: &[String],
        accept: impl Fn(&str) -> Result<T, Refusal>,
    ) -> Option<T> {
        for (index, choice) in choices.iter().enumerate() {
            (self.say)(&format!("  {}  {choice}\n", index + 1));
        }
        self.ask(question, None, |answer| {
            let numbered = answer.parse::<usize>().ok().and_then(|number| choices.get(number.checked_sub(1)?));
            accept(numbered.map_or(answer, |choice| choice.split("  ").next().unwrap_or(choice)))
        })
    }

    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        match self.answers.read_line(&mut line) {
            Ok(0) | Err(_) => None,
            Ok(_) => Some(line.trim().to_owned()),
        }
    }
}

/// A refusal as one paragraph.
pub(super) fn written_out(refusal: &Refusal) -> String {
    let help = refusal.help.as_ref().map_or_else(String::new, |help| format!("\n  help: {help}"));
    format!("{}{help}", refusal.message)
}
