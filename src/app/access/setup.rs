//! The first account: created through a link that is printed once, while there is none.

use super::{Access, AccessError, sha256};
use crate::domain::audit::Actor;
use crate::domain::user::{Role, User};
use crate::ports::random::token;
use crate::store::users;
use std::sync::PoisonError;

impl Access {
    /// A token for the set-up link, when there is no account yet. Valid until the first account is created or
    /// the process restarts; only its digest is kept, in memory.
    pub async fn offer_setup(&self) -> Result<Option<String>, AccessError> {
        if !self.list().await?.is_empty() {
            return Ok(None);
        }
        let word = token(self.random.as_ref());
        *self.setup.lock().unwrap_or_else(PoisonError::into_inner) = Some(sha256(&word));
        Ok(Some(word))
    }

    /// Whether this token is the set-up link's. Digests are compared, so that timing reveals nothing.
    pub async fn opens_setup(&self, word: &str) -> Result<bool, AccessError> {
        let offered = *self.setup.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(offered.is_some_and(|offered| offered == sha256(word)) && self.list().await?.is_empty())
    }

    /// Creates the owner's account; refused when there is one by now.
    pub async fn set_up(&self, word: &str, email: &str, password: &str) -> Result<User, AccessError> {
        if !self.opens_setup(word).await? {
            return Err(AccessError::Exists);
        }
        let id = self.invite(Actor::User(email.trim().to_lowercase()), email, password, Role::Owner).await?;
        *self.setup.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.store.read(move |tx| users::by_id(tx, id)?.ok_or(AccessError::NoSuchUser)).await
    }
}
