//! The second factor: after the right password, a code from the account's phone.
//!
//! Properties:
//! - *A code works once*: the step of the last used code is stored, and no step up to it is accepted; check
//!   and update are one write transaction.
//! - *A lost phone locks nobody out*: ten recovery codes work once each, stored as digests; an owner can
//!   disable another account's second factor, and the command line any account's.
//! - *A phone that was never set up locks nobody out*: enabling requires a right code.
//! - *A page left open disables nothing*: disabling one's own second factor requires a code too.

use super::totp::{self, Secret};
use super::{Access, AccessError, accounts, sha256};
use crate::domain::audit::{Actor, AuditEvent};
use crate::domain::ids::UserId;
use crate::domain::user::{User, parse_email};
use crate::ports::random::{Random, token};
use crate::store::second_factor::{self, SecondFactor};
use crate::store::{Read, WriteTx, users};
use data_encoding::BASE32_NOPAD;

/// Number of recovery codes: enough for some lost phones, few enough for a wallet.
const RECOVERY_CODES: usize = 10;
/// Random bytes of a recovery code: 80 bits can't be guessed, so a plain digest suffices.
const RECOVERY_CODE_BYTES: usize = 10;

impl Access {
    /// A fresh secret for a phone; not in use until it is enabled on an account.
    pub fn fresh_secret(&self) -> Secret {
        let mut secret = Secret::default();
        self.random.fill(&mut secret);
        secret
    }

    /// Enables the second factor of an account after a right code. Returns the recovery codes, shown only
    /// here.
    pub async fn enable_two_factor(
        &self,
        user: &User,
        secret: Secret,
        code: &str,
    ) -> Result<Vec<String>, AccessError> {
        let recovery_codes: Vec<String> =
            (0..RECOVERY_CODES).map(|_| new_recovery_code(self.random.as_ref())).collect();
        let hashes: Vec<[u8; 32]> =
            recovery_codes.iter().map(|recovery_code| sha256(&plain(recovery_code))).collect();
        let (id, by, code) = (user.id, Actor::User(user.email.clone()), code.to_owned());
        let put = self.store.write(move |tx| {
            if second_factor::find(tx, id)?.is_some() {
                return Err(AccessError::TwoFactorOn);
            }
            let step = totp::step_of(&secret, &code, tx.now(), 0).ok_or(AccessError::WrongCode)?;
            second_factor::set(tx, id, &SecondFactor { secret: secret.to_vec(), step }, &hashes)?;
            accounts::note(tx, &by, AuditEvent::CodesOn, id)
        });
        put.await?;
        self.users.invalidate(&id);
        Ok(recovery_codes)
    }

    /// Disables one's own second factor; requires a code.
    pub async fn disable_own_two_factor(&self, user: &User, code: &str) -> Result<(), AccessError> {
        let (id, by, code) = (user.id, Actor::User(user.email.clone()), code.to_owned());
        let taken = self.store.write(move |tx| {
            if !accepts_code(tx, id, &by, &code)? {
                return Err(AccessError::WrongCode);
            }
            second_factor::remove(tx, id)?;
            accounts::note(tx, &by, AuditEvent::CodesOff, id)
        });
        taken.await?;
        self.users.invalidate(&id);
        Ok(())
    }

    /// Disables the second factor of an account whose phone is lost.
    pub async fn disable_two_factor(&self, by: Actor, id: UserId) -> Result<(), AccessError> {
        let taken = self.store.write(move |tx| {
            accounts::existing(tx, id)?;
            second_factor::remove(tx, id)?;
            accounts::note(tx, &by, AuditEvent::CodesOff, id)
        });
        taken.await?;
        self.users.invalidate(&id);
        Ok(())
    }

    /// The same by address, for the command line.
    pub async fn disable_two_factor_for_email(&self, email: &str) -> Result<(), AccessError> {
        let id = self.id_of(email).await?;
        self.disable_two_factor(Actor::Console, id).await
    }

    /// Checks a code from the phone or a recovery code, after the right password. Each works once.
    pub async fn check_code(&self, user: &User, code: &str) -> Result<bool, AccessError> {
        let (id, by, code) = (user.id, Actor::User(user.email.clone()), code.to_owned());
        self.store.write(move |tx| accepts_code(tx, id, &by, &code)).await
    }

    /// Number of recovery codes left.
    pub async fn recovery_codes_left(&self, id: UserId) -> Result<i64, AccessError> {
        Ok(self.store.read(move |tx| second_factor::recovery_codes(tx, id)).await?)
    }

    /// Starts a pending login after the right password; returns its token. Only the digest is kept.
    pub fn start_pending_login(&self, user: &User) -> String {
        let word = token(self.random.as_ref());
        self.pending_logins.insert(sha256(&word), user.clone());
        word
    }

    /// The account of a pending login, unless it has expired or the password has changed.
    pub async fn pending_login(&self, word: &str) -> Result<Option<User>, AccessError> {
        let Some(user) = self.pending_logins.get(&sha256(word)) else { return Ok(None) };
        let now = self.store.read(move |tx| users::by_id(tx, user.id)).await?;
        Ok(now.filter(|now| !now.disabled && now.token_epoch == user.token_epoch))
    }

    /// Ends a pending login.
    pub fn end_pending_login(&self, word: &str) {
        self.pending_logins.invalidate(&sha256(word));
    }

    pub(super) async fn id_of(&self, email: &str) -> Result<UserId, AccessError> {
        let email = parse_email(email).ok_or(AccessError::BadEmail)?;
        let found = self.store.read(move |tx| users::by_email(tx, &email)).await?;
        found.map(|user| user.id).ok_or(AccessError::NoSuchUser)
    }
}

fn accepts_code(tx: &mut WriteTx<'_>, id: UserId, by: &Actor, code: &str) -> Result<bool, AccessError> {
    let Some(factor) = second_factor::find(tx, id)? else { return Ok(false) };
    if let Some(step) = totp::step_of(&factor.secret, code, tx.now(), factor.step) {
        second_factor::set_step(tx, id, step)?;
        return Ok(true);
    }
    let used = second_factor::use_recovery_code(tx, id, &sha256(&plain(code)))?;
    if used {
        accounts::note(tx, by, AuditEvent::RescueUsed, id)?;
    }
    Ok(used)
}

/// A recovery code: "k5xq-7abc-…", without letters that look alike.
fn new_recovery_code(random: &dyn Random) -> String {
    let mut bytes = [0u8; RECOVERY_CODE_BYTES];
    random.fill(&mut bytes);
    totp::in_groups(&BASE32_NOPAD.encode(&bytes).to_ascii_lowercase(), "-")
}

/// Normal form of a typed code, for comparison.
fn plain(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}
