//! Accounts managed from the owner's page: by row, with a line in the audit trail for each change.

use super::{Access, AccessError};
use crate::domain::audit::{About, Actor, AuditEvent};
use crate::domain::ids::UserId;
use crate::domain::user::{Role, User, parse_email};
use crate::store::{Read, WriteTx, audit, users};

impl Access {
    /// Creates an account for another person.
    pub async fn invite(
        &self,
        by: Actor,
        email: &str,
        password: &str,
        role: Role,
    ) -> Result<UserId, AccessError> {
        let email = parse_email(email).ok_or(AccessError::BadEmail)?;
        let hash = self.hash(password).await?;
        let added = self.store.write(move |tx| {
            let id = users::insert(tx, &email, &hash, role)?.ok_or(AccessError::Exists)?;
            note(tx, &by, AuditEvent::AccountAdded, id)?;
            Ok::<_, AccessError>(id)
        });
        added.await
    }

    /// Sets an account's password and ends its sessions and tokens. Returns its address.
    pub async fn reset_password(&self, by: Actor, id: UserId, password: &str) -> Result<User, AccessError> {
        let hash = self.hash(password).await?;
        let set = self.store.write(move |tx| {
            users::set_password(tx, existing(tx, id)?.id, &hash)?;
            note(tx, &by, AuditEvent::AccountPassword, id)?;
            existing(tx, id)
        });
        let user = set.await?;
        self.users.invalidate(&id);
        Ok(user)
    }

    /// Changes an account's role; the last owner stays one.
    pub async fn change_role(&self, by: Actor, id: UserId, role: Role) -> Result<(), AccessError> {
        let changed = self.store.write(move |tx| {
            let user = existing(tx, id)?;
            if role != Role::Owner {
                super::check_not_last_owner(tx, &user)?;
            }
            users::set_role(tx, id, role)?;
            note(tx, &by, AuditEvent::AccountRole, id)
        });
        changed.await?;
        self.users.invalidate(&id);
        Ok(())
    }

    /// Removes another person's account, but never the last owner's.
    pub async fn expel(&self, by: &User, id: UserId) -> Result<(), AccessError> {
        if by.id == id {
            return Err(AccessError::Oneself);
        }
        self.drop_account(Actor::User(by.email.clone()), id).await
    }

    pub(super) async fn drop_account(&self, by: Actor, id: UserId) -> Result<(), AccessError> {
        let removed = self.store.write(move |tx| {
            super::check_not_last_owner(tx, &existing(tx, id)?)?;
            users::remove(tx, id)?;
            note(tx, &by, AuditEvent::AccountRemoved, id)
        });
        removed.await?;
        self.users.invalidate(&id);
        Ok(())
    }
}

pub(super) fn existing(tx: &impl Read, id: UserId) -> Result<User, AccessError> {
    users::by_id(tx, id)?.ok_or(AccessError::NoSuchUser)
}

pub(super) fn note(
    tx: &mut WriteTx<'_>,
    by: &Actor,
    event: AuditEvent,
    id: UserId,
) -> Result<(), AccessError> {
    Ok(audit::note(tx, by, event, None, About::User { user: id })?)
}
