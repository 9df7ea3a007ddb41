//! Files of backups: made private, renamed durably, deleted.

use super::error::{BackupError, io};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// Makes a file readable by its owner only: it holds guests' names and numbers.
pub(in crate::store) fn private(path: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(())
}

/// Gives a restored file to the folder's owner: root restores, the service must read it.
pub(super) fn give_to_owner_of(folder: &Path, file: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, chown};
        let (owner, current) = (fs::metadata(folder)?, fs::metadata(file)?);
        if (owner.uid(), owner.gid()) != (current.uid(), current.gid()) {
            chown(file, Some(owner.uid()), Some(owner.gid()))?;
        }
    }
    Ok(())
}

/// Removes what an earlier run left behind; usually there is nothing.
pub(super) fn discard(partial: &Path) {
    let _ = fs::remove_file(partial);
}

/// A rename that survives a power cut: the folder's entry is forced to disk as well.
pub(super) fn rename_durably(from: &Path, to: &Path) -> Result<(), BackupError> {
    fs::rename(from, to).map_err(|reason| io(to, reason))?;
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|reason| io(folder, reason))
}

pub(super) fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}
