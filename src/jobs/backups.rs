//! Regular backups of the database. The newest backup in the folder decides when the next is due, so a
//! restart neither skips a backup nor makes an extra one.

use crate::app::{App, Error, backups};
use crate::store::backup::{self, BackupError, Lock};
use crate::store::operations;
use jiff::{SignedDuration, Timestamp};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Interval between checks for a due backup; also the retry interval after a failure.
const LOOK_EVERY: Duration = Duration::from_secs(600);

#[derive(Debug, Clone)]
pub struct Plan {
    /// The data folder; backups go to its folder `backups`.
    pub data_dir: PathBuf,
    /// Time between two backups.
    pub every: SignedDuration,
    pub keep: usize,
    /// The key that seals them, if any.
    pub lock: Option<Lock>,
    /// Time between two restore drills with the newest backup.
    pub drill_every: SignedDuration,
}

impl Plan {
    /// Instant of the newest backup, if any. One dated in the future, by a clock that was ahead, is ignored:
    /// no backup would be made until then.
    pub fn newest(&self, now: Timestamp) -> Option<Timestamp> {
        self.newest_backup(now).map(|(made, _)| made)
    }

    fn newest_backup(&self, now: Timestamp) -> Option<(Timestamp, PathBuf)> {
        backup::list(&self.folder()).into_iter().rfind(|(made, _)| *made <= now)
    }

    /// Whether the newest backup is older than one and a half intervals: something must be wrong.
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.newest(now).is_some_and(|made| now.duration_since(made) > self.every * 5 / 2)
    }

    /// All backups with their sizes in bytes, oldest first.
    pub fn backups(&self) -> Vec<(Timestamp, u64)> {
        let found = backup::list(&self.folder()).into_iter();
        found.map(|(made, path)| (made, path.metadata().map_or(0, |file| file.len()))).collect()
    }

    /// Makes a backup now, whether one is due or not.
    pub fn backup(&self, now: Timestamp) -> Result<(), BackupError> {
        backup::create(&self.data_dir, &self.folder(), now, self.lock.as_ref())?;
        backup::prune(&self.folder(), self.keep)
    }

    /// Makes a backup if one is due and deletes the surplus ones; `true` when one was made.
    fn run(&self, now: Timestamp) -> Result<bool, BackupError> {
        if self.newest(now).is_some_and(|made| now.duration_since(made) < self.every) {
            return Ok(false);
        }
        self.backup(now).map(|()| true)
    }

    fn folder(&self) -> PathBuf {
        self.data_dir.join(backup::BACKUP_FOLDER)
    }
}

/// Makes backups and runs restore drills until aborted. Abort is safe at any moment: a backup gets its name
/// only when it is complete.
pub async fn run(app: Arc<App>, plan: Plan) {
    let mut look = tokio::time::interval(LOOK_EVERY);
    loop {
        look.tick().await;
        if let Err(error) = backup_when_due(&app, plan.clone()).await {
            tracing::error!(%error, "what came of a copy could not be recorded");
        }
        if let Err(error) = drill_when_due(&app, plan.clone()).await {
            tracing::error!(%error, "what came of a drill could not be recorded");
        }
    }
}

/// Makes a backup if one is due; a failure is an attention item for the owner until one succeeds.
async fn backup_when_due(app: &App, plan: Plan) -> Result<(), Error> {
    let now = app.ports.clock.now();
    let made = match tokio::task::spawn_blocking(move || plan.run(now)).await {
        Ok(Ok(made)) => made,
        Ok(Err(error)) => {
            tracing::error!(%error, "the database could not be copied");
            return app.store.write(backups::failed).await;
        }
        Err(_) => {
            tracing::error!("copying the database panicked");
            return app.store.write(backups::failed).await;
        }
    };
    if made {
        app.store.write(backups::made).await?;
    }
    Ok(())
}

/// Restores the newest backup to a temporary place, if a drill is due, and records the result.
async fn drill_when_due(app: &App, plan: Plan) -> Result<(), Error> {
    let now = app.ports.clock.now();
    let last = app.store.read(|tx| Ok::<_, Error>(operations::last_drill(tx)?)).await?;
    // A drill dated in the future was made by a clock that was ahead.
    let recent = last.is_some_and(|last| last.at <= now && now.duration_since(last.at) < plan.drill_every);
    let Some((made, path)) = plan.newest_backup(now).filter(|_| !recent) else { return Ok(()) };
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let database = app.store.path().to_owned();
    let drilled = tokio::task::spawn_blocking(move || {
        backup::drill(&path, made, &database, plan.lock.as_ref()).map_err(|error| error.to_string())
    });
    let found = drilled.await.unwrap_or_else(|_| Err("the drill panicked".to_owned()));
    if let Err(error) = &found {
        tracing::error!(error, "the newest copy of the database could not be gone back to");
    }
    let (context, rows) = (Arc::clone(&app.context), found.map(|drill| drill.rows));
    app.store.write(move |tx| backups::drilled(tx, &context, &name, rows)).await?;
    app.wake.outbox.notify_one();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Plan;
    use crate::store::Store;
    use jiff::{SignedDuration, Timestamp};
    use std::sync::Arc;

    #[test]
    fn a_backup_is_made_when_due_and_only_the_newest_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let start: Timestamp = "2026-11-24T12:00:00Z".parse().unwrap();
        let _running = Store::open(folder.path(), Arc::new(move || start)).unwrap();
        let plan = Plan {
            data_dir: folder.path().to_owned(),
            every: SignedDuration::from_hours(24),
            keep: 2,
            lock: None,
            drill_every: SignedDuration::from_hours(168),
        };
        for hour in 0..=72 {
            plan.run(start + SignedDuration::from_hours(hour)).unwrap();
        }
        let end = start + SignedDuration::from_hours(72);
        assert_eq!(plan.newest(end), Some(end));
        assert_eq!(crate::store::backup::list(&plan.folder()).len(), 2);
        assert!(!plan.is_late(end + SignedDuration::from_hours(25)));
        assert!(plan.is_late(end + SignedDuration::from_hours(61)));
    }
}
