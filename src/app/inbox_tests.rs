//! Messages by a person: sent once, in time, or as a notice.

use super::*;
use crate::app::test_context::{self, Counting};
use crate::domain::ids::GuestId;
use crate::domain::phone::Phone;
use crate::store::guests::{self, Identity};
use crate::store::{Store, StoreError, conversation_list};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

struct Desk {
    _folder: tempfile::TempDir,
    store: Store,
    context: Arc<AppContext>,
    seconds: Arc<AtomicI64>,
    conversation_id: ConversationId,
    guest: GuestId,
}

fn desk() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let seconds = Arc::new(AtomicI64::new(1_795_521_600));
    let clock = Arc::clone(&seconds);
    let now = Arc::new(move || Timestamp::from_second(clock.load(Ordering::Relaxed)).unwrap());
    let store = Store::open(folder.path(), now).unwrap();
    let context = test_context::context(folder.path(), Counting::default());
    let (guest, conversation_id) = store
        .write_blocking(|tx| {
            let identity = Identity { phone: Phone::parse("5493515550111"), ..Identity::default() };
            let guest = guests::find_or_insert(tx, &identity)?;
            let conversation = conversations::of_guest(tx, guest.id)?;
            let now = tx.now();
            conversations::heard(tx, conversation.id, now)?;
            Ok::<_, StoreError>((guest.id, conversation.id))
        })
        .unwrap();
    Desk { _folder: folder, store, context, seconds, conversation_id, guest }
}

impl Desk {
    fn write(
        &self,
        text: &'static str,
        idempotency_key: &'static str,
        late: Late,
    ) -> Result<(), ManageError> {
        let (context, conversation_id) = (Arc::clone(&self.context), self.conversation_id);
        self.store.write_blocking(move |tx| {
            let reply = Reply {
                conversation_id,
                body: Body::Words(text),
                idempotency_key: Some(idempotency_key),
                late,
                silence: Silence::AWhile,
            };
            write(tx, &context, &reply, &Actor::System)
        })
    }

    fn said(&self) -> Vec<String> {
        let conversation_id = self.conversation_id;
        let piece = self
            .store
            .read_blocking(move |tx| conversation_list::piece(tx, conversation_id, None, 50))
            .unwrap();
        piece.lines.into_iter().map(|line| line.body).collect()
    }
}

#[test]
fn the_same_reply_goes_out_once() {
    let desk = desk();
    desk.write("hola", "a", Late::Refuse).unwrap();
    desk.write("hola", "a", Late::Refuse).unwrap();
    assert_eq!(desk.said(), ["hola"]);
    desk.write("hola", "b", Late::Refuse).unwrap();
    assert_eq!(desk.said().len(), 2);
}

#[test]
fn a_reply_marks_the_conversation_seen_and_silences_casero() {
    let desk = desk();
    desk.write("hola", "a", Late::Refuse).unwrap();
    let conversation_id = desk.conversation_id;
    let found =
        desk.store.read_blocking(move |tx| conversations::find(tx, conversation_id)).unwrap().unwrap();
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
            assert!(add_canned(tx, " ", "hola", &Actor::System).is_err());
            assert!(add_canned(tx, "Saludo", "", &Actor::System).is_err());
            let id = add_canned(tx, " Saludo ", "Hola, ¿cómo va?", &Actor::System)?;
            change_canned(tx, id, "Saludo", "Hola", &Actor::System)?;
            remove_canned(tx, id, &Actor::System)?;
            assert!(change_canned(tx, id, "Saludo", "Hola", &Actor::System).is_err());
            Ok::<_, ManageError>(())
        })
        .unwrap();
}

#[test]
fn a_conversation_is_read_in_pieces_without_losing_a_message() {
    let desk = desk();
    for (at, text) in [(0, "a"), (0, "b"), (1, "c"), (1, "d"), (0, "e"), (1, "f")] {
        desk.seconds.fetch_add(at, Ordering::Relaxed);
        desk.write(text, text, Late::Refuse).unwrap();
    }
    let (mut before, mut read) = (None, Vec::new());
    for _ in 0..10 {
        let conversation_id = desk.conversation_id;
        let piece = desk
            .store
            .read_blocking(move |tx| conversation_list::piece(tx, conversation_id, before, 3))
            .unwrap();
        read.splice(0..0, piece.lines.into_iter().map(|line| line.body));
        before = piece.older;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(read.concat(), "abcdef");
}
