//! Access: accounts, passwords and the API's tokens.
//!
//! Properties:
//! - *A stolen database gives no passwords*: argon2id at the cost OWASP recommends ([`password`]).
//! - *A wrong address takes as long as a wrong password*: an unknown one is checked against a dummy hash.
//! - *Guessing many passwords at once does not exhaust memory*: at most [`HASHES_AT_ONCE`] hashes run, the
//!   others wait.
//! - *Changing a password revokes its tokens*: each token names the epoch of its account, which is compared
//!   at every request with a row that is at most [`USER_SECONDS`] old.

pub mod accounts;
pub mod password;
mod pending_logins;
pub mod session;
pub mod setup;
pub mod token;
pub mod totp;
pub mod two_factor;

use crate::domain::audit::Actor;
use crate::domain::ids::UserId;
use crate::domain::user::{Role, User, is_fit_password, parse_email};
use crate::ports::clock::Clock;
use crate::ports::random::Random;
use crate::store::{Read, Store, StoreError, secrets, users};
use jiff::Timestamp;
use pending_logins::{PendingLogins, no_pending_logins};
use ring::digest::{SHA256, digest};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use token::{Claims, TokenKey};
use tokio::sync::{OnceCell, Semaphore};

/// Concurrent password hashes: each takes 19 MiB and a core for some tens of milliseconds.
const HASHES_AT_ONCE: usize = 2;
/// Longest age of a cached account when a token is checked. The command line changes accounts from another
/// process and can't tell the cache; a removed helper is out within this time.
const USER_SECONDS: u64 = 5;
/// Accounts kept in memory; a server has a handful.
const USERS_KEPT: u64 = 100;
/// Bytes of the key that signs tokens: as long as the digest.
const KEY_BYTES: usize = 32;

/// Reason why an account was not created, changed or removed.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// The address has an account already.
    #[error("there is an account with this e-mail already")]
    Exists,
    #[error("there is no account with this e-mail")]
    NoSuchUser,
    /// The text is no address.
    #[error("this is not an e-mail address")]
    BadEmail,
    #[error("a password has at least 8 characters and at most 256 bytes")]
    BadPassword,
    /// No account with all permissions would be left.
    #[error("the last owner cannot be removed: add another one first")]
    LastOwner,
    /// Removing one's own account.
    #[error("nobody removes their own account")]
    Oneself,
    /// Wrong second-factor code, or one already used.
    #[error("the code is not right")]
    WrongCode,
    /// The account has a second factor already.
    #[error("the account asks for a code already")]
    TwoFactorOn,
    /// Hashing failed; for the operator.
    #[error("the password could not be hashed")]
    Hash,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Accounts and their sessions. Cheap to clone.
#[derive(Clone)]
pub struct Access {
    store: Store,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    hashes: Arc<Semaphore>,
    key: Arc<OnceCell<TokenKey>>,
    nobody: Arc<OnceCell<String>>,
    users: moka::sync::Cache<UserId, Option<User>>,
    /// Digest of the set-up link's token, while there is no account.
    setup: Arc<Mutex<Option<[u8; 32]>>>,
    pending_logins: PendingLogins,
}

impl Access {
    pub fn new(store: Store, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Access {
        let users = moka::sync::Cache::builder()
            .max_capacity(USERS_KEPT)
            .time_to_live(Duration::from_secs(USER_SECONDS))
            .build();
        Access {
            store,
            clock,
            random,
            hashes: Arc::new(Semaphore::new(HASHES_AT_ONCE)),
            key: Arc::new(OnceCell::new()),
            nobody: Arc::new(OnceCell::new()),
            users,
            setup: Arc::default(),
            pending_logins: no_pending_logins(),
        }
    }

    /// Creates an account, for the command line.
    pub async fn add(&self, email: &str, password: &str, role: Role) -> Result<UserId, AccessError> {
        self.invite(Actor::Console, email, password, role).await
    }

    /// Changes a password, for the command line, and ends the account's sessions and tokens.
    pub async fn change_password(&self, email: &str, password: &str) -> Result<(), AccessError> {
        let id = self.id_of(email).await?;
        self.reset_password(Actor::Console, id, password).await.map(drop)
    }

    pub async fn list(&self) -> Result<Vec<User>, AccessError> {
        Ok(self.store.read(|tx| users::list(tx)).await?)
    }

    /// Removes an account, for the command line, but never the last owner's.
    pub async fn remove(&self, email: &str) -> Result<(), AccessError> {
        let id = self.id_of(email).await?;
        self.drop_account(Actor::Console, id).await
    }

    /// Checks an address and a password; `None` when they match no account.
    pub async fn verify(&self, email: &str, password: &str) -> Result<Option<User>, AccessError> {
        let found = match parse_email(email) {
            Some(email) => self.store.read(move |tx| find_with_hash(tx, &email)).await?,
            None => None,
        };
        let (user, hash) = match found {
            Some((user, hash)) => (Some(user), hash),
            None => (None, self.hash_of_nobody().await?),
        };
        let outcome = self.check(password, &hash).await?;
        let Some(user) = user.filter(|user| outcome.holds && !user.disabled) else { return Ok(None) };
        if outcome.is_outdated {
            self.refresh(user.id, password, hash).await?;
        }
        Ok(Some(user))
    }

    /// A token for a logged-in account, with its expiry.
    pub async fn issue_token(&self, user: &User) -> Result<(String, Timestamp), AccessError> {
        let key = self.key().await?;
        Ok(key.issue(user, self.clock.now()))
    }

    /// The account of this token; `None` when it is not ours, expired, or older than the last password.
    pub async fn who(&self, token: &str) -> Result<Option<User>, AccessError> {
        let key = self.key().await?;
        let Some(claims) = key.read(token, self.clock.now()) else { return Ok(None) };
        self.holder(&claims).await
    }

    async fn holder(&self, claims: &Claims) -> Result<Option<User>, AccessError> {
        let id = claims.user_id();
        let user = match self.users.get(&id) {
            Some(user) => user,
            None => {
                let user = self.store.read(move |tx| users::by_id(tx, id)).await?;
                self.users.insert(id, user.clone());
                user
            }
        };
        Ok(user.filter(|user| !user.disabled && user.token_epoch == claims.epoch))
    }

    async fn key(&self) -> Result<&TokenKey, AccessError> {
        self.key
            .get_or_try_init(|| async {
                let mut fresh = [0u8; KEY_BYTES];
                self.random.fill(&mut fresh);
                let key = self
                    .store
                    .write(move |tx| secrets::get_or_create(tx, secrets::TOKEN_KEY, &fresh))
                    .await?;
                Ok(TokenKey::new(&key))
            })
            .await
    }

    async fn hash(&self, password: &str) -> Result<String, AccessError> {
        if !is_fit_password(password) {
            return Err(AccessError::BadPassword);
        }
        self.hash_any(password.to_owned()).await
    }

    async fn hash_any(&self, password: String) -> Result<String, AccessError> {
        let mut salt = [0u8; password::SALT_BYTES];
        self.random.fill(&mut salt);
        self.work(move || password::hash(&password, &salt)).await?.ok_or(AccessError::Hash)
    }

    async fn hash_of_nobody(&self) -> Result<String, AccessError> {
        let hash =
            self.nobody.get_or_try_init(|| self.hash_any("a password that nobody has".to_owned())).await?;
        Ok(hash.clone())
    }

    async fn check(&self, password: &str, hash: &str) -> Result<password::PasswordCheck, AccessError> {
        let (password, hash) = (password.to_owned(), hash.to_owned());
        self.work(move || password::check(&password, &hash)).await
    }

    async fn refresh(&self, id: UserId, password: &str, old: String) -> Result<(), AccessError> {
        let new = self.hash_any(password.to_owned()).await?;
        Ok(self.store.write(move |tx| users::refresh_hash(tx, id, &old, &new)).await?)
    }

    /// Runs a hash off the runtime's workers once a permit is free. The work owns the permit, so a caller who
    /// hangs up does not let an extra hash in.
    async fn work<T: Send + 'static>(
        &self,
        hash: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, AccessError> {
        let permit = Arc::clone(&self.hashes).acquire_owned().await.map_err(|_| AccessError::Hash)?;
        let run = tokio::task::spawn_blocking(move || {
            let outcome = hash();
            drop(permit);
            outcome
        });
        run.await.map_err(|_| AccessError::Hash)
    }
}

/// Digest of a cookie's or link's secret, stored and compared: timing reveals nothing of the secret.
fn sha256(text: &str) -> [u8; 32] {
    let mut hash = [0u8; 32];
    hash.copy_from_slice(digest(&SHA256, text.as_bytes()).as_ref());
    hash
}

fn check_not_last_owner(tx: &impl Read, user: &User) -> Result<(), AccessError> {
    let last = user.role == Role::Owner && !user.disabled && users::owners(tx)? <= 1;
    if last { Err(AccessError::LastOwner) } else { Ok(()) }
}

fn find_with_hash(tx: &impl Read, email: &str) -> Result<Option<(User, String)>, StoreError> {
    let Some(user) = users::by_email(tx, email)? else { return Ok(None) };
    Ok(users::password_hash(tx, user.id)?.map(|hash| (user, hash)))
}

#[cfg(test)]
mod tests;
