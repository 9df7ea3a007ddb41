//! Private folders and files.

use std::io;
use std::path::Path;

/// Mode: the owner reads, writes and enters; nobody else.
#[cfg(unix)]
const PRIVATE_FOLDER: u32 = 0o700;
/// Mode: the owner reads and writes; nobody else.
#[cfg(unix)]
const PRIVATE_FILE: u32 = 0o600;

/// Creates a folder and its missing parents, readable by us alone.
pub fn make_private_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    std::fs::create_dir_all(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(PRIVATE_FOLDER))?;
    }
    Ok(())
}

/// Writes a file that we alone may read.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(PRIVATE_FILE);
    }
    io::Write::write_all(&mut options.open(path)?, bytes)
}

/// Whether a file can be made and removed in a folder.
pub fn can_write_in(folder: &Path) -> io::Result<()> {
    let probe = folder.join(".casero-probe");
    std::fs::write(&probe, b"probe")?;
    std::fs::remove_file(&probe)
}
