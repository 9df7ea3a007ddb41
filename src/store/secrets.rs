//! Keys that casero generates once.

use super::StoreError;
use super::tx::{Read, WriteTx, one};
use rusqlite::params;

/// Signs the API's tokens.
pub const TOKEN_KEY: &str = "api_token";

/// The secret of this name, if it exists.
pub fn find(tx: &impl Read, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
    one(tx, "SELECT value FROM secret WHERE name = ?1", params![name], |row| Ok(row.get("value")?))
}

/// The secret of this name; when there is none, `fresh`, which the caller drew at random, is stored.
pub fn get_or_create(tx: &mut WriteTx<'_>, name: &str, fresh: &[u8]) -> Result<Vec<u8>, StoreError> {
    let now = tx.now().as_millisecond();
    tx.run(
        "INSERT INTO secret (name, value, created_at) VALUES (?1, ?2, ?3) ON CONFLICT (name) DO NOTHING",
        params![name, fresh, now],
    )?;
    Ok(find(tx, name)?.unwrap_or_else(|| fresh.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;
    use jiff::Timestamp;
    use std::sync::Arc;

    #[test]
    fn a_secret_is_made_once() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), Arc::new(|| Timestamp::UNIX_EPOCH)).unwrap();
        let keys = store.write_blocking(|tx| {
            let first = get_or_create(tx, TOKEN_KEY, &[1; 32])?;
            let second = get_or_create(tx, TOKEN_KEY, &[2; 32])?;
            Ok::<_, StoreError>((first, second))
        });
        assert_eq!(keys.unwrap(), (vec![1; 32], vec![1; 32]));
    }
}
