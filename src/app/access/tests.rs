//! The door, with a clock in the hand.

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

fn door() -> (tempfile::TempDir, Access, Arc<HandClock>) {
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
    let (_folder, door, _) = door();
    let id = door.add(EMAIL, PASSWORD, Role::Owner).await.unwrap();
    assert_eq!(door.verify("ANA@ejemplo.com", PASSWORD).await.unwrap().map(|user| user.id), Some(id));
    assert_eq!(door.verify(EMAIL, "otra clave").await.unwrap(), None);
    assert_eq!(door.verify("nadie@ejemplo.com", PASSWORD).await.unwrap(), None);
    assert_eq!(door.verify("no address", PASSWORD).await.unwrap(), None);
}

#[tokio::test]
async fn a_token_ends_with_its_time_or_its_password() {
    let (_folder, door, clock) = door();
    door.add(EMAIL, PASSWORD, Role::Owner).await.unwrap();
    let user = door.verify(EMAIL, PASSWORD).await.unwrap().unwrap();
    let (token, ends) = door.issue_token(&user).await.unwrap();
    assert_eq!(door.who(&token).await.unwrap(), Some(user));
    clock.0.store(ends.as_second(), Ordering::Relaxed);
    assert_eq!(door.who(&token).await.unwrap(), None);
    clock.0.store(ends.as_second() - 1, Ordering::Relaxed);
    door.change_password(EMAIL, "una clave nueva").await.unwrap();
    assert_eq!(door.who(&token).await.unwrap(), None);
    assert!(door.verify(EMAIL, "una clave nueva").await.unwrap().is_some());
}

#[tokio::test]
async fn the_last_owner_stays() {
    let (_folder, door, _) = door();
    door.add(EMAIL, PASSWORD, Role::Owner).await.unwrap();
    door.add("luz@ejemplo.com", PASSWORD, Role::Helper).await.unwrap();
    assert!(matches!(door.remove(EMAIL).await, Err(AccessError::LastOwner)));
    door.remove("luz@ejemplo.com").await.unwrap();
    door.add("sol@ejemplo.com", PASSWORD, Role::Owner).await.unwrap();
    door.remove(EMAIL).await.unwrap();
    assert_eq!(door.list().await.unwrap().len(), 1);
}

#[tokio::test]
async fn bad_addresses_and_short_passwords_are_refused() {
    let (_folder, door, _) = door();
    assert!(matches!(door.add("ana", PASSWORD, Role::Owner).await, Err(AccessError::BadEmail)));
    assert!(matches!(door.add(EMAIL, "corta", Role::Owner).await, Err(AccessError::BadPassword)));
    door.add(EMAIL, PASSWORD, Role::Owner).await.unwrap();
    assert!(matches!(door.add(EMAIL, PASSWORD, Role::Owner).await, Err(AccessError::Exists)));
    assert!(matches!(door.change_password("luz@ejemplo.com", PASSWORD).await, Err(AccessError::NoSuchUser)));
}

#[tokio::test]
async fn a_session_ends_with_its_time_its_password_or_a_word() {
    let (_folder, door, clock) = door();
    door.add(EMAIL, PASSWORD, Role::Owner).await.unwrap();
    let user = door.verify(EMAIL, PASSWORD).await.unwrap().unwrap();
    let opened = door.open_session(&user).await.unwrap();
    let behind = door.behind(&opened.cookie).await.unwrap().unwrap();
    assert_eq!(behind.user, user);
    let word = behind.word("sal");
    assert!(behind.is_own_form(&word) && behind.word("otra") != word);
    assert!(
        ["", "sal", "sal.", "sal.00", behind.csrf.as_str()].iter().all(|other| !behind.is_own_form(other))
    );
    assert_eq!(door.behind("another").await.unwrap(), None);
    door.close_session(&opened.cookie).await.unwrap();
    assert_eq!(door.behind(&opened.cookie).await.unwrap(), None);

    let opened = door.open_session(&user).await.unwrap();
    clock.0.store(opened.expires_at.as_second(), Ordering::Relaxed);
    assert_eq!(door.behind(&opened.cookie).await.unwrap(), None);

    let opened = door.open_session(&user).await.unwrap();
    door.change_password(EMAIL, "una clave nueva").await.unwrap();
    assert_eq!(door.behind(&opened.cookie).await.unwrap(), None);
}

const SECRET: totp::Secret = [7; totp::SECRET_BYTES];

/// A house in which the owner's account has a second lock, with what opens it without the phone.
async fn locked() -> (tempfile::TempDir, Access, Arc<HandClock>, User, Vec<String>) {
    let (folder, door, clock) = door();
    door.add(EMAIL, PASSWORD, Role::Owner).await.unwrap();
    let user = door.verify(EMAIL, PASSWORD).await.unwrap().unwrap();
    let rescues = door.lock(&user, SECRET, &totp::code(&SECRET, clock.now())).await.unwrap();
    (folder, door, clock, user, rescues)
}

#[tokio::test]
async fn a_lock_is_put_on_with_the_right_code_only_and_once() {
    let (_folder, door, clock) = door();
    door.add(EMAIL, PASSWORD, Role::Owner).await.unwrap();
    let user = door.verify(EMAIL, PASSWORD).await.unwrap().unwrap();
    assert!(matches!(door.lock(&user, SECRET, "000000").await, Err(AccessError::WrongCode)));
    assert!(!door.verify(EMAIL, PASSWORD).await.unwrap().unwrap().asks_code);
    let code = totp::code(&SECRET, clock.now());
    assert_eq!(door.lock(&user, SECRET, &code).await.unwrap().len(), 10);
    assert!(door.verify(EMAIL, PASSWORD).await.unwrap().unwrap().asks_code);
    assert!(matches!(door.lock(&user, [8; 20], &code).await, Err(AccessError::Locked)));
}

#[tokio::test]
async fn a_code_opens_once_and_a_code_on_paper_too() {
    let (_folder, door, clock, user, rescues) = locked().await;
    let code = totp::code(&SECRET, clock.now());
    assert!(!door.takes_code(&user, &code).await.unwrap(), "the code that put the lock on");
    clock.0.fetch_add(30, Ordering::Relaxed);
    let code = totp::code(&SECRET, clock.now());
    assert!(door.takes_code(&user, &code).await.unwrap());
    assert!(!door.takes_code(&user, &code).await.unwrap());
    let paper = rescues[3].to_uppercase().replace('-', " ");
    assert!(door.takes_code(&user, &paper).await.unwrap());
    assert!(!door.takes_code(&user, &rescues[3]).await.unwrap());
    assert_eq!(door.rescues_left(user.id).await.unwrap(), 9);
    for nothing in ["", "-", "000000", "aaaa-aaaa-aaaa-aaaa"] {
        assert!(!door.takes_code(&user, nothing).await.unwrap(), "{nothing}");
    }
}

#[tokio::test]
async fn who_is_between_the_locks_is_forgotten_with_another_password() {
    let (_folder, door, _, user, _) = locked().await;
    let word = door.keep_half(&user);
    assert_eq!(door.half(&word).await.unwrap().map(|user| user.id), Some(user.id));
    assert_eq!(door.half("another").await.unwrap(), None);
    door.change_password(EMAIL, "una clave nueva").await.unwrap();
    assert_eq!(door.half(&word).await.unwrap(), None);
    let user = door.verify(EMAIL, "una clave nueva").await.unwrap().unwrap();
    let word = door.keep_half(&user);
    door.forget_half(&word);
    assert_eq!(door.half(&word).await.unwrap(), None);
}

#[tokio::test]
async fn a_lock_is_taken_off_with_a_code_or_from_the_command_line() {
    let (_folder, door, clock, user, rescues) = locked().await;
    assert!(matches!(door.unlock_own(&user, "123456").await, Err(AccessError::WrongCode)));
    door.unlock_own(&user, &rescues[0]).await.unwrap();
    assert!(!door.verify(EMAIL, PASSWORD).await.unwrap().unwrap().asks_code);
    assert!(!door.takes_code(&user, &rescues[1]).await.unwrap(), "no code outlives its lock");
    clock.0.fetch_add(60, Ordering::Relaxed);
    door.lock(&user, SECRET, &totp::code(&SECRET, clock.now())).await.unwrap();
    door.unlock_address(EMAIL).await.unwrap();
    assert!(!door.verify(EMAIL, PASSWORD).await.unwrap().unwrap().asks_code);
    assert!(matches!(door.unlock_address("luz@ejemplo.com").await, Err(AccessError::NoSuchUser)));
}
