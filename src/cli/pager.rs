//! A pager for long texts: what `PAGER` names, or `less`. Besides git.rs the one place that runs another program.

use std::io::Write;
use std::process::{Command, Stdio};

/// Shows a text in the pager; tells whether there was one.
pub(super) fn page(text: &str) -> bool {
    let wanted = std::env::var("PAGER").unwrap_or_else(|_| "less".to_owned());
    let mut words = wanted.split_whitespace();
    let Some(program) = words.next() else { return false };
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::piped());
    if std::env::var_os("LESS").is_none() {
        // Colours as they are, and no screen to clear for a text that fits.
        command.env("LESS", "FRX");
    }
    let Ok(mut child) = command.spawn() else { return false };
    if let Some(mut input) = child.stdin.take() {
        // Who has read enough closes the pager before all is written.
        let _ = input.write_all(text.as_bytes());
    }
    child.wait().is_ok()
}
