//! Checks of files: permissions and free space.

use super::check::{Check, fail, fine, ok, warn};
use crate::adapters::speech::cpu;
use crate::config::{Config, Source};
use crate::store::{DATABASE_FILE, bytes_of};
use crate::sys::{disk, files};
use jiff::{SignedDuration, Timestamp};
use std::fs;
use std::path::{Path, PathBuf};

/// Permission bits of people who are neither the owner nor of the group.
const OTHERS: u32 = 0o007;
/// Permission bits of everybody but the owner.
const NOT_OWNER: u32 = 0o077;
/// Days of free space below which the owner should think of a larger disk.
const DAYS_LEFT_MIN: i64 = 60;
/// Age from which a server's growth can be estimated.
const AGE_MIN: SignedDuration = SignedDuration::from_hours(14 * 24);

pub(super) fn data_folder(config: &Config) -> Check {
    let folder = &config.storage.data_dir;
    let usable = files::make_private_folder(folder).and_then(|()| files::can_write_in(folder));
    match usable {
        Ok(()) => ok("data folder"),
        Err(error) => fail(
            "data folder",
            format!("{} cannot be written to ({error}): give it to the service's user", folder.display()),
        ),
    }
}

/// Secrets and guests' names must be readable by the service alone.
pub(super) fn permissions(config: &Config) -> Check {
    let mut open: Vec<String> = Vec::new();
    let sources = config.shown().into_iter().map(|(_, source)| source);
    let settings: Vec<PathBuf> = sources
        .filter_map(|source| if let Source::File(path) = source { Some(path) } else { None })
        .collect();
    if let Some(path) = settings.first().filter(|path| is_open(path, OTHERS)) {
        open.push(format!("chmod 640 {}", path.display()));
    }
    let folder = &config.storage.data_dir;
    // Files in a closed folder can't be reached.
    if is_open(folder, NOT_OWNER) {
        open.push(format!("chmod 700 {}", folder.display()));
        let database = folder.join(DATABASE_FILE);
        if is_open(&database, OTHERS) {
            open.push(format!("chmod 600 {}", database.display()));
        }
    }
    if open.is_empty() {
        return ok("permissions");
    }
    fail(
        "permissions",
        format!("others on this machine can read secrets or guests' data: {}", open.join(" && ")),
    )
}

/// Free space, and how long it lasts at the pace so far; `since` is the time of the first use.
pub(super) fn room(config: &Config, since: Option<Timestamp>, now: Timestamp) -> Check {
    let folder = &config.storage.data_dir;
    let Some(free) = disk::free_bytes(folder) else {
        return warn("disk", "nobody can tell how much room is left: install df (coreutils)");
    };
    let megabytes = free >> 20;
    if megabytes < config.limits.free_disk_megabytes {
        return fail("disk", format!("only {megabytes} MB left for {}: make room", folder.display()));
    }
    let age = since.map(|since| now.duration_since(since)).filter(|age| *age >= AGE_MIN);
    let Some(age) = age else { return fine("disk", format!("{megabytes} MB free")) };
    let a_day = bytes_below(folder) / u64::try_from(age.as_hours() / 24).unwrap_or(1).max(1);
    let days = i64::try_from(free / a_day.max(1)).unwrap_or(i64::MAX);
    match days {
        days if days < DAYS_LEFT_MIN => warn(
            "disk",
            format!("{megabytes} MB free, which lasts about {days} days: make room or keep fewer copies"),
        ),
        days => {
            fine("disk", format!("{megabytes} MB free, enough for {} months at least", (days / 30).min(120)))
        }
    }
}

/// The size of the database's log: one that only grows fills the disk.
pub(super) fn database_log(config: &Config) -> Check {
    let megabytes = bytes_of(&config.storage.data_dir.join(DATABASE_FILE)) >> 20;
    if megabytes <= config.limits.log_megabytes {
        return ok("database log");
    }
    warn(
        "database log",
        format!(
            "{megabytes} MB: another program reads the database without end, or the disk refuses what is written; stop that program (sqlite3, a backup tool), look at dmesg, restart casero"
        ),
    )
}

/// The speech model, when it is the operator's file, and whether this processor can run it.
pub(super) fn model(config: &Config) -> Check {
    if let Some(lacking) = cpu::missing() {
        return warn("model", format!("{lacking}: voice notes are answered by asking to write"));
    }
    if config.speech.model.is_empty() {
        return fine("model", "the one inside the program");
    }
    let path = Path::new(&config.speech.model);
    match fs::read(path) {
        Ok(bytes) if !bytes.is_empty() => {
            let digest = ring::digest::digest(&ring::digest::SHA256, &bytes);
            let digest = data_encoding::HEXLOWER.encode(&digest.as_ref()[..8]);
            fine("model", format!("{} MB, SHA-256 {digest}…", bytes.len() >> 20))
        }
        Ok(_) => {
            fail("model", format!("{} is empty: fetch it again, or leave speech.model empty", path.display()))
        }
        Err(error) => {
            fail("model", format!("{} cannot be read ({error}): correct speech.model", path.display()))
        }
    }
}

fn is_open(path: &Path, bits: u32) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::metadata(path).is_ok_and(|found| found.permissions().mode() & bits != 0)
    }
    #[cfg(not(unix))]
    {
        let _ = (path, bits);
        false
    }
}

/// Bytes of all files below a folder. Unreadable ones count as 0.
fn bytes_below(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let sizes = entries.map(|entry| match entry.metadata() {
        Ok(found) if found.is_dir() => bytes_below(&entry.path()),
        Ok(found) if found.is_file() => found.len(),
        Ok(_) | Err(_) => 0,
    });
    sizes.sum()
}
