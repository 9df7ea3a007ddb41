//! Sessions of the admin page: a random cookie, and a second random word that every form must repeat.

use super::{Access, AccessError, sha256};
use crate::domain::user::User;
use crate::ports::random::token;
use crate::store::{Read, StoreError, sessions, users};
use data_encoding::HEXLOWER;
use jiff::{SignedDuration, Timestamp};
use ring::hmac;

/// How long a session lasts: an owner's phone stays logged in between two weekends.
pub const SESSION_DAYS: i64 = 14;
/// Longer cookies are none of ours.
const COOKIE_CHARS_MAX: usize = 128;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// What the browser keeps; nowhere else is it kept.
    pub cookie: String,
    pub expires_at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub user: User,
    /// The secret of which each form carries a word.
    pub csrf: String,
}

impl Session {
    /// The word for one rendering of a page. It differs each time, so that a compressed page tells nothing of
    /// what stays the same in it (BREACH); `salt` is any text without a dot.
    pub fn csrf_token(&self, salt: &str) -> String {
        let tag = hmac::sign(&self.key(), salt.as_bytes());
        format!("{salt}.{}", HEXLOWER.encode(tag.as_ref()))
    }

    /// Whether a form comes from a page of this session, compared in constant time.
    pub fn is_csrf_token(&self, csrf_token: &str) -> bool {
        let Some((salt, tag)) = csrf_token.split_once('.') else { return false };
        let tag = HEXLOWER.decode(tag.as_bytes()).unwrap_or_default();
        hmac::verify(&self.key(), salt.as_bytes(), &tag).is_ok()
    }

    fn key(&self) -> hmac::Key {
        hmac::Key::new(hmac::HMAC_SHA256, self.csrf.as_bytes())
    }
}

impl Access {
    /// Opens a session for somebody who was let in.
    pub async fn open_session(&self, user: &User) -> Result<Opened, AccessError> {
        let (cookie, csrf) = (token(self.random.as_ref()), token(self.random.as_ref()));
        let (hash, user_id) = (sha256(&cookie), user.id);
        let expires_at = self
            .store
            .write(move |tx| {
                sessions::prune(tx)?;
                let life = SignedDuration::from_hours(24 * SESSION_DAYS);
                let expires_at = tx.now().saturating_add(life).unwrap_or(Timestamp::MAX);
                sessions::insert(tx, &hash, &sessions::Session { user_id, csrf, expires_at })?;
                Ok::<_, StoreError>(expires_at)
            })
            .await?;
        Ok(Opened { cookie, expires_at })
    }

    /// Who is behind this cookie; `None` when its session is over or its account may not enter.
    pub async fn session(&self, cookie: &str) -> Result<Option<Session>, AccessError> {
        if cookie.len() > COOKIE_CHARS_MAX {
            return Ok(None);
        }
        let hash = sha256(cookie);
        let found = self.store.read(move |tx| {
            let Some(session) = sessions::find(tx, &hash)? else { return Ok(None) };
            let user = users::by_id(tx, session.user_id)?.filter(|user| !user.disabled);
            Ok::<_, StoreError>(user.map(|user| Session { user, csrf: session.csrf }))
        });
        Ok(found.await?)
    }

    pub async fn close_session(&self, cookie: &str) -> Result<(), AccessError> {
        let hash = sha256(cookie);
        Ok(self.store.write(move |tx| sessions::delete(tx, &hash)).await?)
    }
}
