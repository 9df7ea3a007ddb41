//! Accounts of the people who may log in.

use super::row::Row;
use super::tx::{Read, WriteTx, all, one};
use super::{Constraint, StoreError, codec, pushes, second_factor};
use crate::domain::ids::UserId;
use crate::domain::user::{Role, User};
use rusqlite::params;

/// Adds an account; `None` when the address has one already.
pub fn insert(
    tx: &mut WriteTx<'_>,
    email: &str,
    password_hash: &str,
    role: Role,
) -> Result<Option<UserId>, StoreError> {
    let now = tx.now().as_millisecond();
    let inserted = tx.insert(
        "INSERT INTO user (email, password_hash, role, created_at) VALUES (?1, ?2, ?3, ?4)",
        params![email, password_hash, role.code(), now],
    );
    match inserted {
        Ok(id) => Ok(Some(UserId(id))),
        Err(StoreError::Refused(Constraint::Unique)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The account with this address, in any case.
pub fn by_email(tx: &impl Read, email: &str) -> Result<Option<User>, StoreError> {
    one(
        tx,
        "SELECT id, email, role, token_epoch, created_at, disabled_at, totp_secret IS NOT NULL AS asks_code FROM user WHERE email = ?1",
        params![email],
        user,
    )
}

pub fn by_id(tx: &impl Read, id: UserId) -> Result<Option<User>, StoreError> {
    one(
        tx,
        "SELECT id, email, role, token_epoch, created_at, disabled_at, totp_secret IS NOT NULL AS asks_code FROM user WHERE id = ?1",
        params![id.0],
        user,
    )
}

/// The hash of the password (a PHC string).
pub fn password_hash(tx: &impl Read, id: UserId) -> Result<Option<String>, StoreError> {
    one(
        tx,
        "SELECT password_hash FROM user WHERE id = ?1",
        params![id.0],
        |row| Ok(row.get("password_hash")?),
    )
}

pub fn list(tx: &impl Read) -> Result<Vec<User>, StoreError> {
    all(
        tx,
        "SELECT id, email, role, token_epoch, created_at, disabled_at, totp_secret IS NOT NULL AS asks_code FROM user ORDER BY id",
        params![],
        user,
    )
}

/// The number of owners.
pub fn owners(tx: &impl Read) -> Result<i64, StoreError> {
    let count = one(
        tx,
        "SELECT count(*) AS owners FROM user WHERE role = 'owner' AND disabled_at IS NULL",
        params![],
        |row| Ok(row.get("owners")?),
    )?;
    Ok(count.unwrap_or_default())
}

/// Sets another password: tokens and sessions of the old one end.
pub fn set_password(tx: &mut WriteTx<'_>, id: UserId, password_hash: &str) -> Result<(), StoreError> {
    tx.run(
        "UPDATE user SET password_hash = ?2, token_epoch = token_epoch + 1 WHERE id = ?1",
        params![id.0, password_hash],
    )?;
    end_sessions(tx, id)
}

/// Rehashes the same password at today's cost; no session ends.
pub fn refresh_hash(tx: &mut WriteTx<'_>, id: UserId, old: &str, new: &str) -> Result<(), StoreError> {
    tx.run(
        "UPDATE user SET password_hash = ?3 WHERE id = ?1 AND password_hash = ?2",
        params![id.0, old, new],
    )?;
    Ok(())
}

/// Changes an account's role.
pub fn set_role(tx: &mut WriteTx<'_>, id: UserId, role: Role) -> Result<(), StoreError> {
    tx.run("UPDATE user SET role = ?2 WHERE id = ?1", params![id.0, role.code()])?;
    Ok(())
}

/// Removes an account with its sessions and its second factor.
pub fn remove(tx: &mut WriteTx<'_>, id: UserId) -> Result<(), StoreError> {
    end_sessions(tx, id)?;
    second_factor::remove(tx, id)?;
    tx.run("DELETE FROM user WHERE id = ?1", params![id.0])?;
    Ok(())
}

fn end_sessions(tx: &mut WriteTx<'_>, id: UserId) -> Result<(), StoreError> {
    pushes::forget_user(tx, id)?;
    tx.run("DELETE FROM session WHERE user_id = ?1", params![id.0])?;
    Ok(())
}

fn user(row: &Row<'_>) -> Result<User, StoreError> {
    Ok(User {
        id: UserId(row.get("id")?),
        email: row.get("email")?,
        role: codec::word(row, "role", Role::from_code)?,
        token_epoch: row.get("token_epoch")?,
        created_at: codec::instant(row, "created_at")?,
        disabled: codec::instant_or_none(row, "disabled_at")?.is_some(),
        asks_code: row.get("asks_code")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;
    use jiff::Timestamp;
    use std::sync::Arc;

    #[test]
    fn an_address_has_one_account_whatever_its_case() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), Arc::new(|| Timestamp::UNIX_EPOCH)).unwrap();
        store
            .write_blocking(|tx| {
                let id = insert(tx, "ana@ejemplo.com", "hash", Role::Owner)?.unwrap();
                assert_eq!(insert(tx, "ANA@ejemplo.com", "hash", Role::Helper)?, None);
                assert_eq!(by_email(tx, "Ana@Ejemplo.com")?.map(|user| user.id), Some(id));
                set_password(tx, id, "other")?;
                assert_eq!(by_id(tx, id)?.map(|user| user.token_epoch), Some(2));
                assert_eq!(owners(tx)?, 1);
                remove(tx, id)?;
                assert_eq!(list(tx)?, []);
                Ok::<_, StoreError>(())
            })
            .unwrap();
    }
}
