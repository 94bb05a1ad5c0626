//! Where words go: results to stdout, everything else to stderr. Doors to anstream, indicatif and rustix.

use std::io::{IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Colour, FAILURE, Global};

/// Where words go.
pub(super) struct Terminal {
    choice: ColorChoice,
    quiet: bool,
    verbose: bool,
}

impl Terminal {
    pub(super) fn new(global: &Global) -> Self {
        let choice = match global.color {
            Colour::Auto => ColorChoice::Auto,
            Colour::Always => ColorChoice::Always,
            Colour::Never => ColorChoice::Never,
        };
        Self { choice, quiet: global.quiet, verbose: global.verbose }
    }

    /// A closed pipe or full disk behind stderr must not end the build in another way than it would.
    pub(super) fn to_stderr(&self, text: &str) {
        let _ = AutoStream::new(std::io::stderr(), self.choice).write_all(text.as_bytes());
    }

    pub(super) fn say(&self, text: &str) {
        self.to_stderr(&format!("{text}\n"));
    }

    /// What is good to know, unless the command is to be quiet.
    pub(super) fn note(&self, text: &str) {
        if !self.quiet {
            self.say(text);
        }
    }

    pub(super) fn detail(&self, text: &str) {
        if self.verbose {
            self.say(text);
        }
    }

    pub(super) fn result(&self, text: &str) {
        if !self.quiet {
            // As with stderr: the site is published whether or not somebody reads about it.
            let _ = writeln!(AutoStream::new(std::io::stdout(), self.choice), "{text}");
        }
    }

    /// What programs read from stdout, also where the command is to be quiet; nothing is added to it.
    pub(super) fn data(&self, text: &str) {
        let _ = write!(AutoStream::new(std::io::stdout(), self.choice), "{text}");
    }

    pub(super) fn fail(&self, text: &str) -> u8 {
        self.say(&format!("error: {text}"));
        FAILURE
    }

    /// Text that is what was asked for, however quiet the command is to be.
    pub(super) fn output(&self, text: &str) {
        // A reader such as `head` may have gone.
        let _ = AutoStream::new(std::io::stdout(), self.choice).write_all(text.as_bytes());
    }

    /// Text that may be long: through a pager where somebody reads it on a terminal that is too small for it.
    pub(super) fn long_output(&self, text: &str) {
        let rows = rustix::termios::tcgetwinsize(std::io::stdout()).ok().map(|size| usize::from(size.ws_row));
        let is_long = std::io::stdout().is_terminal() && rows.is_some_and(|rows| text.lines().count() >= rows);
        let coloured = match AutoStream::new(std::io::stdout(), self.choice).current_choice() {
            ColorChoice::Never => anstream::adapter::strip_str(text).to_string(),
            ColorChoice::Auto | ColorChoice::Always | ColorChoice::AlwaysAnsi => text.to_owned(),
        };
        if !is_long || !super::pager::page(&coloured) {
            self.output(text);
        }
    }

    /// How many columns the terminal has that findings are shown on; `None` where nobody watches or it does not say.
    pub(super) fn width(&self) -> Option<usize> {
        std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok())
    }

    /// How many columns results may take: what `COLUMNS` says, or the terminal behind stdout; `None` where nothing limits a line.
    pub(super) fn columns(&self) -> Option<usize> {
        let of_terminal = || rustix::termios::tcgetwinsize(std::io::stdout()).ok().map(|size| usize::from(size.ws_col));
        self.width().or_else(of_terminal).filter(|columns| *columns > 0)
    }

    /// A bar that appears when a build takes a while and somebody watches.
    pub(super) fn progress(&self) -> ProgressBar {
        let watched = std::io::stderr().is_terminal() && !self.quiet;
        let target = if watched { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let style = ProgressStyle::with_template("{spinner} {pos} files made in {elapsed}").expect("is a template");
        ProgressBar::with_draw_target(None, target).with_style(style)
    }
}
