//! The second factor: after the right password, a code of the phone that an account was tied to.
//!
//! Properties wanted, and how they come about:
//! - *A code opens once*: the step of the last one that was used is kept, and none before it opens again; the
//!   look and the note are one write transaction.
//! - *A lost phone shuts nobody out*: ten codes on paper open once each, of which only digests are kept; an owner
//!   takes the lock of another account away, and the command line anybody's.
//! - *Nobody is shut out by a phone that was never tied*: the lock is put on only with a right code.
//! - *A page left open takes no lock away*: for one's own account that needs a code too.

use super::totp::{self, Secret};
use super::{Access, AccessError, accounts, sha256};
use crate::domain::audit::{Actor, AuditEvent};
use crate::domain::ids::UserId;
use crate::domain::user::{User, parse_email};
use crate::ports::random::{Random, token};
use crate::store::second_factor::{self, SecondFactor};
use crate::store::{Read, WriteTx, users};
use data_encoding::BASE32_NOPAD;

/// Codes on paper: enough for some lost phones, few enough for a wallet.
const RECOVERY_CODES: usize = 10;
/// Random bytes of one: nobody guesses 80 bits, so that a plain digest keeps them.
const RECOVERY_CODE_BYTES: usize = 10;

impl Access {
    /// A secret for a phone; nothing asks for its codes until it is put on an account.
    pub fn fresh_secret(&self) -> Secret {
        let mut secret = Secret::default();
        self.random.fill(&mut secret);
        secret
    }

    /// Puts the lock on an account whose phone shows the right code. Answers with the codes for a lost phone:
    /// they are told this once.
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

    /// Takes the lock off one's own account, with a code.
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

    /// Takes the lock off an account whose phone is lost.
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

    /// The same for an address, as the command line asks.
    pub async fn disable_two_factor_for_email(&self, email: &str) -> Result<(), AccessError> {
        let id = self.id_of(email).await?;
        self.disable_two_factor(Actor::Console, id).await
    }

    /// Whether this code, of the phone or of the paper, opens the second factor of somebody whose password was
    /// right. It does so once.
    pub async fn check_code(&self, user: &User, code: &str) -> Result<bool, AccessError> {
        let (id, by, code) = (user.id, Actor::User(user.email.clone()), code.to_owned());
        self.store.write(move |tx| accepts_code(tx, id, &by, &code)).await
    }

    /// How many codes for a lost phone are left.
    pub async fn recovery_codes_left(&self, id: UserId) -> Result<i64, AccessError> {
        Ok(self.store.read(move |tx| second_factor::recovery_codes(tx, id)).await?)
    }

    /// A word for somebody who gave the right password and still owes the code. Only its digest is kept.
    pub fn start_pending_login(&self, user: &User) -> String {
        let word = token(self.random.as_ref());
        self.pending_logins.insert(sha256(&word), user.clone());
        word
    }

    /// Who gave the right password for this word, if that is not long ago and the password is still the same.
    pub async fn pending_login(&self, word: &str) -> Result<Option<User>, AccessError> {
        let Some(user) = self.pending_logins.get(&sha256(word)) else { return Ok(None) };
        let now = self.store.read(move |tx| users::by_id(tx, user.id)).await?;
        Ok(now.filter(|now| !now.disabled && now.token_epoch == user.token_epoch))
    }

    /// The word is worth nothing any more.
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

/// A code for paper: "k5xq-7abc-…", without letters that look alike.
fn new_recovery_code(random: &dyn Random) -> String {
    let mut bytes = [0u8; RECOVERY_CODE_BYTES];
    random.fill(&mut bytes);
    totp::in_groups(&BASE32_NOPAD.encode(&bytes).to_ascii_lowercase(), "-")
}

/// A code as it is compared, however it was typed.
fn plain(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}
