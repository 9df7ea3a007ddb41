//! Logins, sessions and tokens, with a clock set by hand.

use super::*;
use std::sync::atomic::{AtomicI64, Ordering};

struct HandClock(AtomicI64);

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::Relaxed)).unwrap()
    }
}

struct Counting(AtomicI64);

impl Random for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        let step = self.0.fetch_add(1, Ordering::Relaxed).to_le_bytes();
        bytes.iter_mut().zip(step.iter().cycle()).for_each(|(byte, value)| *byte = *value);
    }
}

fn access() -> (tempfile::TempDir, Access, Arc<HandClock>) {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(HandClock(AtomicI64::new(1_800_000_000)));
    let for_store = Arc::clone(&clock);
    let store = Store::open(folder.path(), Arc::new(move || for_store.now())).unwrap();
    (
        folder,
        Access::new(store, Arc::clone(&clock) as Arc<dyn Clock>, Arc::new(Counting(AtomicI64::new(1)))),
        clock,
    )
}

const EMAIL: &str = "ana@ejemplo.com";
const PASSWORD: &str = "una clave larga";

#[tokio::test]
async fn a_password_opens_and_another_does_not() {
    let (_folder, access, _) = access();
    let id = access.add(EMAIL, PASSWORD, Role::Owner).await.unwrap();
    assert_eq!(access.verify("ANA@ejemplo.com", PASSWORD).await.unwrap().map(|user| user.id), Some(id));
    assert_eq!(access.verify(EMAIL, "otra clave").await.unwrap(), None);
    assert_eq!(access.verify("nadie@ejemplo.com", PASSWORD).await.unwrap(), None);
    assert_eq!(access.verify("no address", PASSWORD).await.unwrap(), None);
}

#[tokio::test]
async fn a_token_ends_with_its_time_or_its_password() {
    let (_folder, access, clock) = access();
    access.add(EMAIL, PASSWORD, Role::Owner).await.unwrap();
    let user = access.verify(EMAIL, PASSWORD).await.unwrap().unwrap();
    let (token, ends) = access.issue_token(&user).await.unwrap();
    assert_eq!(access.who(&token).await.unwrap(), Some(user));
    clock.0.store(ends.as_second(), Ordering::Relaxed);
    assert_eq!(access.who(&token).await.unwrap(), None);
    clock.0.store(ends.as_second() - 1, Ordering::Relaxed);
    access.change_password(EMAIL, "una clave nueva").await.unwrap();
    assert_eq!(access.who(&token).await.unwrap(), None);
    assert!(access.verify(EMAIL, "una clave nueva").await.unwrap().is_some());
}

#[tokio::test]
async fn the_last_owner_stays() {
    let (_folder, access, _) = access();
    access.add(EMAIL, PASSWORD, Role::Owner).await.unwrap();
    access.add("luz@ejemplo.com", PASSWORD, Role::Helper).await.unwrap();
    assert!(matches!(access.remove(EMAIL).await, Err(AccessError::LastOwner)));
    access.remove("luz@ejemplo.com").await.unwrap();
    access.add("sol@ejemplo.com", PASSWORD, Role::Owner).await.unwrap();
    access.remove(EMAIL).await.unwrap();
    assert_eq!(access.list().await.unwrap().len(), 1);
}

#[tokio::test]
async fn bad_addresses_and_short_passwords_are_refused() {
    let (_folder, access, _) = access();
    assert!(matches!(access.add("ana", PASSWORD, Role::Owner).await, Err(AccessError::BadEmail)));
    assert!(matches!(access.add(EMAIL, "corta", Role::Owner).await, Err(AccessError::BadPassword)));
    access.add(EMAIL, PASSWORD, Role::Owner).await.unwrap();
    assert!(matches!(access.add(EMAIL, PASSWORD, Role::Owner).await, Err(AccessError::Exists)));
    assert!(matches!(
        access.change_password("luz@ejemplo.com", PASSWORD).await,
        Err(AccessError::NoSuchUser)
    ));
}

#[tokio::test]
async fn a_session_ends_with_its_time_its_password_or_a_word() {
    let (_folder, access, clock) = access();
    access.add(EMAIL, PASSWORD, Role::Owner).await.unwrap();
    let user = access.verify(EMAIL, PASSWORD).await.unwrap().unwrap();
    let opened = access.open_session(&user).await.unwrap();
    let session = access.session(&opened.cookie).await.unwrap().unwrap();
    assert_eq!(session.user, user);
    let csrf_token = session.csrf_token("sal");
    assert!(session.is_csrf_token(&csrf_token) && session.csrf_token("otra") != csrf_token);
    assert!(
        ["", "sal", "sal.", "sal.00", session.csrf.as_str()]
            .iter()
            .all(|other| !session.is_csrf_token(other))
    );
    assert_eq!(access.session("another").await.unwrap(), None);
    access.close_session(&opened.cookie).await.unwrap();
    assert_eq!(access.session(&opened.cookie).await.unwrap(), None);

    let opened = access.open_session(&user).await.unwrap();
    clock.0.store(opened.expires_at.as_second(), Ordering::Relaxed);
    assert_eq!(access.session(&opened.cookie).await.unwrap(), None);

    let opened = access.open_session(&user).await.unwrap();
    access.change_password(EMAIL, "una clave nueva").await.unwrap();
    assert_eq!(access.session(&opened.cookie).await.unwrap(), None);
}

const SECRET: totp::Secret = [7; totp::SECRET_BYTES];

/// A server in which the owner's account has a second factor, with its secret and recovery codes.
async fn locked() -> (tempfile::TempDir, Access, Arc<HandClock>, User, Vec<String>) {
    let (folder, access, clock) = access();
    access.add(EMAIL, PASSWORD, Role::Owner).await.unwrap();
    let user = access.verify(EMAIL, PASSWORD).await.unwrap().unwrap();
    let recovery_codes =
        access.enable_two_factor(&user, SECRET, &totp::code(&SECRET, clock.now())).await.unwrap();
    (folder, access, clock, user, recovery_codes)
}

#[tokio::test]
async fn a_lock_is_put_on_with_the_right_code_only_and_once() {
    let (_folder, access, clock) = access();
    access.add(EMAIL, PASSWORD, Role::Owner).await.unwrap();
    let user = access.verify(EMAIL, PASSWORD).await.unwrap().unwrap();
    assert!(matches!(access.enable_two_factor(&user, SECRET, "000000").await, Err(AccessError::WrongCode)));
    assert!(!access.verify(EMAIL, PASSWORD).await.unwrap().unwrap().asks_code);
    let code = totp::code(&SECRET, clock.now());
    assert_eq!(access.enable_two_factor(&user, SECRET, &code).await.unwrap().len(), 10);
    assert!(access.verify(EMAIL, PASSWORD).await.unwrap().unwrap().asks_code);
    assert!(matches!(access.enable_two_factor(&user, [8; 20], &code).await, Err(AccessError::TwoFactorOn)));
}

#[tokio::test]
async fn a_code_opens_once_and_a_code_on_paper_too() {
    let (_folder, access, clock, user, recovery_codes) = locked().await;
    let code = totp::code(&SECRET, clock.now());
    assert!(!access.check_code(&user, &code).await.unwrap(), "the code that put the lock on");
    clock.0.fetch_add(30, Ordering::Relaxed);
    let code = totp::code(&SECRET, clock.now());
    assert!(access.check_code(&user, &code).await.unwrap());
    assert!(!access.check_code(&user, &code).await.unwrap());
    let paper = recovery_codes[3].to_uppercase().replace('-', " ");
    assert!(access.check_code(&user, &paper).await.unwrap());
    assert!(!access.check_code(&user, &recovery_codes[3]).await.unwrap());
    assert_eq!(access.recovery_codes_left(user.id).await.unwrap(), 9);
    for nothing in ["", "-", "000000", "aaaa-aaaa-aaaa-aaaa"] {
        assert!(!access.check_code(&user, nothing).await.unwrap(), "{nothing}");
    }
}

#[tokio::test]
async fn who_is_between_the_locks_is_forgotten_with_another_password() {
    let (_folder, access, _, user, _) = locked().await;
    let csrf_token = access.start_pending_login(&user);
    assert_eq!(access.pending_login(&csrf_token).await.unwrap().map(|user| user.id), Some(user.id));
    assert_eq!(access.pending_login("another").await.unwrap(), None);
    access.change_password(EMAIL, "una clave nueva").await.unwrap();
    assert_eq!(access.pending_login(&csrf_token).await.unwrap(), None);
    let user = access.verify(EMAIL, "una clave nueva").await.unwrap().unwrap();
    let csrf_token = access.start_pending_login(&user);
    access.end_pending_login(&csrf_token);
    assert_eq!(access.pending_login(&csrf_token).await.unwrap(), None);
}

#[tokio::test]
async fn a_lock_is_taken_off_with_a_code_or_from_the_command_line() {
    let (_folder, access, clock, user, recovery_codes) = locked().await;
    assert!(matches!(access.disable_own_two_factor(&user, "123456").await, Err(AccessError::WrongCode)));
    access.disable_own_two_factor(&user, &recovery_codes[0]).await.unwrap();
    assert!(!access.verify(EMAIL, PASSWORD).await.unwrap().unwrap().asks_code);
    assert!(!access.check_code(&user, &recovery_codes[1]).await.unwrap(), "no code outlives its lock");
    clock.0.fetch_add(60, Ordering::Relaxed);
    access.enable_two_factor(&user, SECRET, &totp::code(&SECRET, clock.now())).await.unwrap();
    access.disable_two_factor_for_email(EMAIL).await.unwrap();
    assert!(!access.verify(EMAIL, PASSWORD).await.unwrap().unwrap().asks_code);
    assert!(matches!(
        access.disable_two_factor_for_email("luz@ejemplo.com").await,
        Err(AccessError::NoSuchUser)
    ));
}
