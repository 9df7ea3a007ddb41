//! Sessions of the admin page: a random cookie, and a CSRF secret from which every form carries a token.

use super::{Access, AccessError, sha256};
use crate::domain::ids::UserId;
use crate::domain::user::User;
use crate::ports::push::PushSubscription;
use crate::ports::random::token;
use crate::store::{Read, StoreError, pushes, sessions, users};
use data_encoding::HEXLOWER;
use jiff::{SignedDuration, Timestamp};
use ring::hmac;

/// Lifetime of a session: an owner's phone stays logged in between two weekends.
pub const SESSION_DAYS: i64 = 14;
/// Longest cookie that is looked up.
const COOKIE_CHARS_MAX: usize = 128;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The cookie; only the browser keeps it.
    pub cookie: String,
    pub expires_at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub user: User,
    /// Secret from which the CSRF token of each form is made.
    pub csrf: String,
}

impl Session {
    /// The CSRF token for one rendering of a page. It differs each time, so that a compressed page does not
    /// reveal it (BREACH); `salt` is any text without a dot.
    pub fn csrf_token(&self, salt: &str) -> String {
        let tag = hmac::sign(&self.key(), salt.as_bytes());
        format!("{salt}.{}", HEXLOWER.encode(tag.as_ref()))
    }

    /// Checks in constant time that a form comes from a page of this session.
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
    /// Opens a session for a logged-in account.
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

    /// The session of this cookie; `None` when it has ended or its account may not log in.
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

    /// Keeps a browser that asked to be told, bound to its session.
    pub async fn remember_browser(
        &self,
        cookie: &str,
        user: UserId,
        browser: PushSubscription,
    ) -> Result<(), AccessError> {
        let hash = sha256(cookie);
        let kept = self.store.write(move |tx| {
            let PushSubscription { endpoint, p256dh, auth } = &browser;
            pushes::subscribe(tx, user, &hash, (endpoint, p256dh, auth))
        });
        Ok(kept.await?)
    }

    /// Forgets a browser of an account.
    pub async fn forget_browser(&self, user: UserId, endpoint: String) -> Result<(), AccessError> {
        Ok(self.store.write(move |tx| pushes::unsubscribe(tx, user, &endpoint)).await?)
    }

    pub async fn close_session(&self, cookie: &str) -> Result<(), AccessError> {
        let hash = sha256(cookie);
        Ok(self.store.write(move |tx| sessions::delete(tx, &hash)).await?)
    }
}
