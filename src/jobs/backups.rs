//! The regular copies of the database. When the next is due follows from the newest one in the folder, so a
//! restart neither skips a copy nor makes one too many.

use crate::app::App;
use crate::store::backup::{self, BackupError, Lock};
use jiff::{SignedDuration, Timestamp};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// How often it is looked whether a copy is due, and how soon a failed one is tried again.
const LOOK_EVERY: Duration = Duration::from_secs(600);

/// How often, how many, where.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The data folder; copies go to its folder `backups`.
    pub data_dir: PathBuf,
    /// Time between two copies.
    pub every: SignedDuration,
    /// How many are kept.
    pub keep: usize,
    /// What seals them, if anything.
    pub lock: Option<Lock>,
    /// Time between two drills of going back to the newest one.
    pub drill_every: SignedDuration,
}

impl Plan {
    /// The newest copy's instant, if there is one.
    pub fn newest(&self) -> Option<Timestamp> {
        backup::list(&self.folder()).last().map(|(made, _)| *made)
    }

    /// Whether the newest copy is so old that something must be wrong: a copy and a half was missed.
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.newest().is_some_and(|made| now.duration_since(made) > self.every * 5 / 2)
    }

    /// Every copy, oldest first, with its bytes.
    pub fn copies(&self) -> Vec<(Timestamp, u64)> {
        let found = backup::list(&self.folder()).into_iter();
        found.map(|(made, path)| (made, path.metadata().map_or(0, |file| file.len()))).collect()
    }

    /// Makes a copy now, whether one is due or not.
    pub fn copy(&self, now: Timestamp) -> Result<(), BackupError> {
        backup::copy(&self.data_dir, &self.folder(), now, self.lock.as_ref())?;
        backup::prune(&self.folder(), self.keep)
    }

    /// Makes a copy if one is due and removes those that are too many.
    fn run(&self, now: Timestamp) -> Result<(), BackupError> {
        if self.newest().is_some_and(|made| now.duration_since(made) < self.every) {
            return Ok(());
        }
        self.copy(now)
    }

    fn folder(&self) -> PathBuf {
        self.data_dir.join(backup::BACKUP_FOLDER)
    }
}

/// Makes copies until it is aborted, which may be at any moment: a copy has its name only when it is whole.
pub async fn run(app: Arc<App>, plan: Plan) {
    let mut look = tokio::time::interval(LOOK_EVERY);
    loop {
        look.tick().await;
        let (now, plan) = (app.ports.clock.now(), plan.clone());
        match tokio::task::spawn_blocking(move || plan.run(now)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "the database could not be copied"),
            Err(_) => tracing::error!("copying the database panicked"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Plan;
    use crate::store::Store;
    use jiff::{SignedDuration, Timestamp};
    use std::sync::Arc;

    #[test]
    fn a_copy_is_made_when_due_and_only_the_newest_are_kept() {
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
        assert_eq!(plan.newest(), Some(end));
        assert_eq!(crate::store::backup::list(&plan.folder()).len(), 2);
        assert!(!plan.is_late(end + SignedDuration::from_hours(25)));
        assert!(plan.is_late(end + SignedDuration::from_hours(61)));
    }
}
