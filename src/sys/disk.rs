//! Free disk space. The standard library can't tell it and we have no `unsafe`, so the system's `df` is run;
//! without `df` the result is "unknown", which is never treated as a failure.

use std::path::Path;
use std::process::{Command, Stdio};

/// Bytes that an unprivileged process can still write on the disk of `folder`; `None` when unknown. Blocking:
/// it runs a small program.
pub fn free_bytes(folder: &Path) -> Option<u64> {
    let output = Command::new("df")
        .args(["-P", "-k", "--"])
        .arg(folder)
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    read_df(&String::from_utf8_lossy(&output.stdout))
}

/// The fourth column of the second line of POSIX `df` output, in kilobytes.
fn read_df(output: &str) -> Option<u64> {
    let kilobytes: u64 = output.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    kilobytes.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::{free_bytes, read_df};

    #[test]
    fn the_posix_table_is_read_and_anything_else_is_unknown() {
        let table = "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda1 100 40 60 40% /\n";
        assert_eq!(read_df(table), Some(60 * 1024));
        assert_eq!(read_df("df: no such folder"), None);
        assert_eq!(read_df(""), None);
    }

    #[test]
    fn a_real_folder_has_a_figure_or_none_but_never_fails() {
        let folder = tempfile::tempdir().unwrap();
        assert_ne!(free_bytes(folder.path()), Some(0));
    }
}
