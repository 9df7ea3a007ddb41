//! Prints each line at once: a measurement takes minutes.

use std::io::Write;

pub fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    // A closed output is no failure.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
