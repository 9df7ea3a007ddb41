//! Output of commands, on stdout and stderr.

use super::error::CliError;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

/// One line to stdout.
pub(super) fn print(line: &str) -> Result<ExitCode, CliError> {
    is_read(writeln!(std::io::stdout(), "{line}")).map(|_| ExitCode::SUCCESS)
}

/// Whether stdout still has a reader. One who went away (`| head`) is no failure.
pub(super) fn is_read(written: std::io::Result<()>) -> Result<bool, CliError> {
    match written {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(CliError::io("standard output could not be written")(error)),
    }
}

pub(super) fn complain(line: &str) {
    // If stderr fails too, nobody can be told.
    let _ = writeln!(std::io::stderr(), "casero: {line}");
}
