//! What a person writes: once, in time, or as a notice.

use super::*;
use crate::app::test_house::{self, Counting};
use crate::domain::ids::GuestId;
use crate::domain::phone::Phone;
use crate::store::guests::{self, Identity};
use crate::store::{Store, StoreError, threads};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

struct Desk {
    _folder: tempfile::TempDir,
    store: Store,
    house: Arc<House>,
    seconds: Arc<AtomicI64>,
    thread: ConversationId,
    guest: GuestId,
}

fn desk() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let seconds = Arc::new(AtomicI64::new(1_795_521_600));
    let clock = Arc::clone(&seconds);
    let now = Arc::new(move || Timestamp::from_second(clock.load(Ordering::Relaxed)).unwrap());
    let store = Store::open(folder.path(), now).unwrap();
    let house = test_house::house(folder.path(), Counting::default());
    let (guest, thread) = store
        .write_blocking(|tx| {
            let identity = Identity { phone: Phone::parse("5493515550111"), ..Identity::default() };
            let guest = guests::find_or_insert(tx, &identity)?;
            let thread = conversations::of_guest(tx, guest.id)?;
            let now = tx.now();
            conversations::heard(tx, thread.id, now)?;
            Ok::<_, StoreError>((guest.id, thread.id))
        })
        .unwrap();
    Desk { _folder: folder, store, house, seconds, thread, guest }
}

impl Desk {
    fn write(&self, text: &'static str, once: &'static str, late: Late) -> Result<(), ManageError> {
        let (house, thread) = (Arc::clone(&self.house), self.thread);
        self.store.write_blocking(move |tx| {
            let letter = Letter { thread, text, once: Some(once), late };
            write(tx, &house, &letter, &Actor::House)
        })
    }

    fn said(&self) -> Vec<String> {
        let thread = self.thread;
        let piece = self.store.read_blocking(move |tx| threads::piece(tx, thread, None, 50)).unwrap();
        piece.lines.into_iter().map(|line| line.body).collect()
    }
}

#[test]
fn the_same_letter_goes_out_once() {
    let desk = desk();
    desk.write("hola", "a", Late::Refuse).unwrap();
    desk.write("hola", "a", Late::Refuse).unwrap();
    assert_eq!(desk.said(), ["hola"]);
    desk.write("hola", "b", Late::Refuse).unwrap();
    assert_eq!(desk.said().len(), 2);
}

#[test]
fn a_letter_marks_the_thread_seen_and_silences_the_house() {
    let desk = desk();
    desk.write("hola", "a", Late::Refuse).unwrap();
    let thread = desk.thread;
    let found = desk.store.read_blocking(move |tx| conversations::find(tx, thread)).unwrap().unwrap();
    assert_eq!(found.unread, 0);
    assert!(matches!(found.held_by, HeldBy::Person(Some(_))));
}

#[test]
fn after_a_day_only_a_notice_goes_out() {
    let desk = desk();
    desk.seconds.fetch_add(25 * 3600, Ordering::Relaxed);
    assert!(matches!(desk.write("hola", "a", Late::Refuse), Err(ManageError::WindowClosed)));
    desk.write("te guardo\nel lugar", "a", Late::AsNotice).unwrap();
    assert_eq!(desk.said(), ["te guardo el lugar"], "a template takes one line");
}

#[test]
fn who_asked_for_silence_gets_no_notice() {
    let desk = desk();
    let guest = desk.guest;
    desk.store.write_blocking(move |tx| guests::set_opted_out(tx, guest, true)).unwrap();
    desk.seconds.fetch_add(25 * 3600, Ordering::Relaxed);
    assert!(matches!(desk.write("hola", "a", Late::AsNotice), Err(ManageError::OptedOut)));
}

#[test]
fn kept_sentences_need_a_name_and_words() {
    let desk = desk();
    desk.store
        .write_blocking(|tx| {
            assert!(add_canned(tx, " ", "hola", &Actor::House).is_err());
            assert!(add_canned(tx, "Saludo", "", &Actor::House).is_err());
            let id = add_canned(tx, " Saludo ", "Hola, ¿cómo va?", &Actor::House)?;
            change_canned(tx, id, "Saludo", "Hola", &Actor::House)?;
            remove_canned(tx, id, &Actor::House)?;
            assert!(change_canned(tx, id, "Saludo", "Hola", &Actor::House).is_err());
            Ok::<_, ManageError>(())
        })
        .unwrap();
}

#[test]
fn a_thread_is_read_in_pieces_without_losing_a_message() {
    let desk = desk();
    for (at, text) in [(0, "a"), (0, "b"), (1, "c"), (1, "d"), (0, "e"), (1, "f")] {
        desk.seconds.fetch_add(at, Ordering::Relaxed);
        desk.write(text, text, Late::Refuse).unwrap();
    }
    let (mut before, mut read) = (None, Vec::new());
    for _ in 0..10 {
        let thread = desk.thread;
        let piece = desk.store.read_blocking(move |tx| threads::piece(tx, thread, before, 3)).unwrap();
        read.splice(0..0, piece.lines.into_iter().map(|line| line.body));
        before = piece.older;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(read.concat(), "abcdef");
}
