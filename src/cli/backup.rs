//! `casero backup` and `casero restore`: a verified backup while casero runs, and a restore while it does
//! not.

use super::environment::ConfigFile;
use super::error::CliError;
use super::output::print;
use crate::adapters::clock::SystemClock;
use crate::boot;
use crate::domain::audit::{About, Actor, AuditEvent};
use crate::ports::clock::Clock;
use crate::store::audit;
use crate::store::backup::{self, BackupError};
use crate::sys::{files, lock};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
pub(super) struct BackupArguments {
    /// Where the backup goes; else the folder `backups` inside the data folder.
    folder: Option<PathBuf>,
    #[command(flatten)]
    config: ConfigFile,
}

#[derive(Args)]
pub(super) struct RestoreArguments {
    /// The backup to go back to.
    file: PathBuf,
    #[command(flatten)]
    config: ConfigFile,
}

pub(super) fn back_up(arguments: &BackupArguments) -> Result<ExitCode, CliError> {
    let config = arguments.config.load()?;
    let data_dir = &config.storage.data_dir;
    let folder = arguments.folder.clone().unwrap_or_else(|| data_dir.join(backup::BACKUP_FOLDER));
    let path = backup::create(data_dir, &folder, SystemClock.now(), boot::backup_lock(&config).as_ref())?;
    print(&path.display().to_string())
}

pub(super) fn restore(arguments: &RestoreArguments) -> Result<ExitCode, CliError> {
    let config = arguments.config.load()?;
    let data_dir = &config.storage.data_dir;
    // A new machine has no folder yet.
    files::make_private_folder(data_dir)
        .map_err(CliError::io(format!("cannot make {}", data_dir.display())))?;
    let what = format!("cannot lock {}", data_dir.display());
    let Some(_lock) = lock::take(data_dir).map_err(CliError::io(what))? else {
        return Err(CliError::Said(format!(
            "a casero is using {}; stop it first: systemctl stop casero",
            data_dir.display()
        )));
    };
    let key = boot::backup_lock(&config);
    let kept = backup::restore(&arguments.file, data_dir, SystemClock.now(), key.as_ref())?;
    // Opening it migrates an older backup's schema, and proves that this version can use it.
    let store = boot::open_store(data_dir)?;
    let noted = store.write_blocking(|tx| {
        audit::note(tx, &Actor::Console, AuditEvent::CopyRestored, None, About::Nothing {})
    });
    noted.map_err(BackupError::from)?;
    drop(store);
    print(&format!("restored {}", arguments.file.display()))?;
    print("the next start asks Mercado Pago for what was paid since then")?;
    match kept {
        Some(kept) => print(&format!("the replaced database is kept as {}", kept.display())),
        None => Ok(ExitCode::SUCCESS),
    }
}
