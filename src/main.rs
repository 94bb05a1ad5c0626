//! Starts the command and turns its result into an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    fieldguide::cli::main()
}
