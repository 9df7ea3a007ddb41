//! The owner's settings: one document, saved whole, whose version tells a form that it saw an older one.

use super::codec;
use super::tx::{Read, WriteTx, one};
use super::{StoreError, codec::to_json};
use crate::domain::settings::Settings;
use rusqlite::params;

/// The name of the document in its table.
const SETTINGS: &str = "house";

/// Version of settings that nobody has saved yet.
pub const UNSAVED: i64 = 0;

/// The settings in force and their version; the defaults at [`UNSAVED`] while nobody has saved any.
pub fn load(tx: &impl Read) -> Result<(Settings, i64), StoreError> {
    let saved = one(tx, "SELECT value, version FROM setting WHERE name = ?1", params![SETTINGS], |row| {
        Ok((codec::json(row, "value")?, row.get("version")?))
    })?;
    Ok(saved.unwrap_or_else(|| (Settings::default(), UNSAVED)))
}

/// Saves settings that were read at version `seen`; answers the new version, or `None` when somebody saved
/// others since. The caller has checked that they can hold.
pub fn save(tx: &mut WriteTx<'_>, settings: &Settings, seen: i64) -> Result<Option<i64>, StoreError> {
    let now = tx.now().as_millisecond();
    let touched = if seen == UNSAVED {
        tx.run(
            "INSERT INTO setting (name, value, version, updated_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (name) DO NOTHING",
            params![SETTINGS, to_json(settings), UNSAVED + 1, now],
        )?
    } else {
        tx.run(
            "UPDATE setting SET value = ?2, version = version + 1, updated_at = ?4
             WHERE name = ?1 AND version = ?3",
            params![SETTINGS, to_json(settings), seen, now],
        )?
    };
    Ok((touched == 1).then_some(seen + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;
    use jiff::Timestamp;
    use std::sync::Arc;

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), Arc::new(|| Timestamp::UNIX_EPOCH)).unwrap();
        (folder, store)
    }

    #[test]
    fn a_new_server_has_the_defaults() {
        let (_folder, store) = store();
        let found = store.read_blocking(|tx| load(tx)).unwrap();
        assert_eq!(found, (Settings::default(), UNSAVED));
    }

    #[test]
    fn what_was_saved_is_loaded_and_an_older_form_is_refused() {
        let (_folder, store) = store();
        let settings = Settings { hold_minutes: 90, ..Settings::default() };
        let wanted = settings.clone();
        let outcome = store.write_blocking(move |tx| {
            let first = save(tx, &settings, UNSAVED)?;
            let again = save(tx, &settings, UNSAVED)?;
            let next = save(tx, &settings, 1)?;
            let older = save(tx, &settings, 1)?;
            Ok::<_, StoreError>([first, again, next, older])
        });
        assert_eq!(outcome.unwrap(), [Some(1), None, Some(2), None]);
        assert_eq!(store.read_blocking(|tx| load(tx)).unwrap(), (wanted, 2));
    }
}
