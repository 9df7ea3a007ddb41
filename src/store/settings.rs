//! The owner's settings: one document, saved whole, with a version that detects a stale form.

use super::tx::{Read, WriteTx, one};
use super::{StoreError, codec::to_json};
use crate::domain::settings::Settings;
use rusqlite::params;
use serde_json::Value;

/// The name of the document in its table.
const SETTINGS: &str = "house";

/// Version of settings that nobody has saved yet.
pub const UNSAVED: i64 = 0;

/// The settings in force and their version; the defaults at [`UNSAVED`] while nobody has saved any.
pub fn load(tx: &impl Read) -> Result<(Settings, i64), StoreError> {
    let saved = one(tx, "SELECT value, version FROM setting WHERE name = ?1", params![SETTINGS], |row| {
        Ok((read(row.text("value")?)?.0, row.get("version")?))
    })?;
    Ok(saved.unwrap_or_else(|| (Settings::default(), UNSAVED)))
}

/// Names of stored settings that this version can't parse.
pub fn unreadable(tx: &impl Read) -> Result<Vec<String>, StoreError> {
    Ok(stored_aside(tx)?.into_iter().map(|(name, _)| name).collect())
}

/// Saves settings that were read at version `seen`; answers the new version, or `None` when somebody saved others
/// since. The caller has checked them. What this version could not parse stays in the document, unless another
/// value was given to it.
pub fn save(tx: &mut WriteTx<'_>, settings: &Settings, seen: i64) -> Result<Option<i64>, StoreError> {
    let now = tx.now().as_millisecond();
    let mut document = document_of(settings);
    let defaults = document_of(&Settings::default());
    for (name, value) in stored_aside(tx)? {
        if document.get(&name) == defaults.get(&name) {
            document.insert(name, value);
        }
    }
    let value = to_json(&document);
    let touched = if seen == UNSAVED {
        tx.run(
            "INSERT INTO setting (name, value, version, updated_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (name) DO NOTHING",
            params![SETTINGS, value, UNSAVED + 1, now],
        )?
    } else {
        tx.run(
            "UPDATE setting SET value = ?2, version = version + 1, updated_at = ?4
             WHERE name = ?1 AND version = ?3",
            params![SETTINGS, value, seen, now],
        )?
    };
    Ok((touched == 1).then_some(seen + 1))
}

fn stored_aside(tx: &impl Read) -> Result<Document, StoreError> {
    let sql = "SELECT value FROM setting WHERE name = ?1";
    let aside = one(tx, sql, params![SETTINGS], |row| Ok(read(row.text("value")?)?.1))?;
    Ok(aside.unwrap_or_default())
}

/// Fields by name.
type Document = serde_json::Map<String, Value>;

fn document_of(settings: &Settings) -> Document {
    match serde_json::to_value(settings) {
        Ok(Value::Object(document)) => document,
        Ok(_) | Err(_) => Document::new(),
    }
}

/// Parses a stored document. Fields that another version added, or wrote in another form, are kept apart.
fn read(text: &str) -> Result<(Settings, Document), StoreError> {
    if let Ok(settings) = serde_json::from_str(text) {
        return Ok((settings, Document::new()));
    }
    let stored: Document = serde_json::from_str(text).map_err(|_| super::error::corrupt("value", text))?;
    let (mut settings, mut aside) = (Settings::default(), Document::new());
    let mut known = Document::new();
    for (name, value) in stored {
        known.insert(name.clone(), value);
        match serde_json::from_value(Value::Object(known.clone())) {
            Ok(read) => settings = read,
            Err(_) => aside.extend(known.remove(&name).map(|value| (name, value))),
        }
    }
    Ok((settings, aside))
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

    #[test]
    fn what_another_version_saved_is_no_obstacle_and_is_not_lost() {
        let (_folder, store) = store();
        let written = r#"{"hold_minutes":90,"quiet_from":"22:00","min_nights":"two"}"#;
        store
            .write_blocking(move |tx| {
                let sql = "INSERT INTO setting (name, value, version, updated_at) VALUES (?1, ?2, 1, 0)";
                tx.run(sql, params![SETTINGS, written])
            })
            .unwrap();
        let (settings, version) = store.read_blocking(|tx| load(tx)).unwrap();
        assert_eq!(settings, Settings { hold_minutes: 90, ..Settings::default() });
        assert_eq!(store.read_blocking(|tx| unreadable(tx)).unwrap(), ["min_nights", "quiet_from"]);
        let changed = Settings { hold_minutes: 120, ..settings };
        let kept = store
            .write_blocking(move |tx| {
                save(tx, &changed, version)?;
                let sql = "SELECT value FROM setting WHERE name = ?1";
                one(tx, sql, params![SETTINGS], |row| Ok(row.get::<_, String>(0)?))
            })
            .unwrap();
        let kept: Value = serde_json::from_str(&kept.unwrap()).unwrap();
        assert_eq!((&kept["hold_minutes"], &kept["quiet_from"]), (&120.into(), &"22:00".into()));
        assert_eq!(kept["min_nights"], "two");
        // The owner sets it anew.
        let (settings, version) = store.read_blocking(|tx| load(tx)).unwrap();
        let decided = Settings { min_nights: 3, ..settings };
        store.write_blocking(move |tx| save(tx, &decided, version)).unwrap();
        assert_eq!(store.read_blocking(|tx| load(tx)).unwrap().0.min_nights, 3);
        assert_eq!(store.read_blocking(|tx| unreadable(tx)).unwrap(), ["quiet_from"]);
    }
}
