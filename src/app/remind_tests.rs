//! Scheduled messages: each on its day, in daytime, once, and only to guests who want them.

use super::*;
use crate::app::test_context::{self, Counting};
use crate::domain::attention::{AttentionItem, HandedOver};
use crate::domain::cabin::Cabin;
use crate::domain::ids::{ConversationId, GuestId, InboundId, ReservationCode};
use crate::domain::money::{Currency, Money, Percent};
use crate::domain::party::Party;
use crate::domain::phone::Phone;
use crate::domain::pricing::{LineKind, Quote, QuoteLine};
use crate::domain::stay::Stay;
use crate::store::guests::Identity;
use crate::store::{Store, StoreError, cabins, conversation_list, conversations, notices};
use crate::understanding::{Concern, Matter, Urgency};
use jiff::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};

/// 2026-11-24, ten in the morning.
const TEN: i64 = 1_795_514_400;
const HOUR: i64 = 3600;
const OWNER: &str = "5493515559999";

struct Place {
    _folder: tempfile::TempDir,
    store: Store,
    context: Arc<AppContext>,
    seconds: Arc<AtomicI64>,
}

fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let seconds = Arc::new(AtomicI64::new(TEN));
    let clock = Arc::clone(&seconds);
    let now = Arc::new(move || Timestamp::from_second(clock.load(Ordering::Relaxed)).unwrap());
    let store = Store::open(folder.path(), now).unwrap();
    let context = test_context::context(folder.path(), Counting::default());
    Place { _folder: folder, store, context, seconds }
}

impl Place {
    /// A confirmed stay for three nights, beginning `days` from today; returns the guest and their
    /// conversation.
    fn stay(&self, days: i64) -> (GuestId, ConversationId) {
        self.store.write_blocking(move |tx| booked(tx, days)).unwrap()
    }

    /// One round, and all that was sent to a conversation so far.
    fn round(&self, conversation: ConversationId) -> Vec<String> {
        let context = Arc::clone(&self.context);
        self.store
            .write_blocking(move |tx| {
                let due = due(tx, &context)?;
                for (id, what) in due.messages {
                    say(tx, &context, id, what)?;
                }
                if due.owner {
                    notify_owner(tx, &context)?;
                }
                match due.digest {
                    Some(hour) => notify_digest(tx, &context, hour),
                    None => Ok(()),
                }
            })
            .unwrap();
        self.said(conversation)
    }

    fn said(&self, conversation: ConversationId) -> Vec<String> {
        let piece =
            self.store.read_blocking(move |tx| conversation_list::piece(tx, conversation, None, 50)).unwrap();
        piece.lines.into_iter().map(|line| line.body).collect()
    }

    fn owner(&self) -> ConversationId {
        self.settings(|settings| settings.owner_phone = format!("+{OWNER}"));
        let conversation = |tx: &mut WriteTx<'_>| {
            let identity = Identity { phone: Phone::parse(OWNER), ..Identity::default() };
            let owner = guests::find_or_insert(tx, &identity)?.id;
            Ok::<_, StoreError>(conversations::of_guest(tx, owner)?.id)
        };
        self.store.write_blocking(conversation).unwrap()
    }

    fn settings(&self, change: impl FnOnce(&mut Settings) + Send + 'static) {
        self.store
            .write_blocking(move |tx| {
                let (mut settings, version) = settings::load(tx)?;
                change(&mut settings);
                settings::save(tx, &settings, version)
            })
            .unwrap();
    }
}

fn booked(tx: &mut WriteTx<'_>, days: i64) -> Result<(GuestId, ConversationId), StoreError> {
    let phone = format!("54935155501{:02}", days + 10);
    let identity =
        Identity { phone: Phone::parse(&phone), name: "Marta Quiroga".into(), ..Identity::default() };
    let guest = guests::find_or_insert(tx, &identity)?.id;
    let conversation = conversations::of_guest(tx, guest)?.id;
    let cabin = cabins::insert(tx, &cabin())?;
    let from = jiff::civil::date(2026, 11, 24).saturating_add(days.days());
    let total = Money::new(300_000_00, Currency::Ars);
    let price = QuoteLine::charge(LineKind::Adjustment, "", total);
    let quote = Quote::new(vec![price], Percent::new(30).unwrap()).unwrap();
    let code = ReservationCode::from_random([u8::try_from(days + 10).unwrap(); 6]);
    let now = tx.now();
    let new = reservations::New {
        code: &code,
        cabin_id: cabin,
        guest_id: guest,
        stay: Stay::new(from, from.saturating_add(3.days())).unwrap(),
        party: Party::of_adults(2),
        channel: &crate::domain::channel::KnownChannel::WhatsApp.into(),
        quote: &quote,
        terms: &Default::default(),
        expires_at: now,
    };
    let id = reservations::insert(tx, &new)?;
    let mut reservation = reservations::find(tx, id)?.expect("just made");
    reservation.status = Status::Confirmed;
    reservation.expires_at = None;
    reservations::save(tx, &reservation)?;
    Ok((guest, conversation))
}

fn cabin() -> Cabin {
    Cabin::new("Ceibo", 4, Money::new(100_000_00, Currency::Ars))
}

#[test]
fn each_thing_is_said_on_its_day_and_once() {
    for (days, words) in
        [(3, "$ 300.000"), (1, "Te esperamos"), (0, "Hoy es el día"), (-4, "Gracias por haber")]
    {
        let place = place();
        let (_, conversation) = place.stay(days);
        let said = place.round(conversation);
        assert!(said.len() == 1 && said[0].contains(words), "{days}: {said:?}");
        place.seconds.fetch_add(HOUR, Ordering::Relaxed);
        assert_eq!(place.round(conversation), said, "{days}: said twice");
    }
    let place = place();
    let (_, conversation) = place.stay(2);
    assert!(place.round(conversation).is_empty(), "nothing is due two days before");
}

#[test]
fn nobody_is_written_to_by_night_and_what_is_due_waits_for_the_morning() {
    let place = place();
    let (_, conversation) = place.stay(1);
    place.seconds.store(TEN - 4 * HOUR, Ordering::Relaxed);
    assert!(place.round(conversation).is_empty(), "six in the morning");
    place.seconds.store(TEN, Ordering::Relaxed);
    assert_eq!(place.round(conversation).len(), 1);
}

#[test]
fn who_asked_for_silence_gets_what_the_booking_needs_and_nothing_else() {
    for (begins, expected) in [(0, 1), (-4, 0)] {
        let place = place();
        let (guest, conversation) = place.stay(begins);
        place.store.write_blocking(move |tx| guests::set_opted_out(tx, guest, true)).unwrap();
        assert_eq!(place.round(conversation).len(), expected, "{begins}");
    }
}

#[test]
fn how_to_get_in_is_said_whole_in_the_owners_words_also_to_who_has_not_written_for_long() {
    let place = place();
    let steps = "La llave de {cabaña} está en la caja, {nombre}. ".repeat(28);
    place.settings(move |settings| {
        settings.texts.insert("check_in".into(), steps.trim().to_owned());
    });
    let (_, conversation) = place.stay(0);
    let said = place.round(conversation);
    assert!(said.len() > 1, "one template holds no such text: {said:?}");
    let told = said.join(" ").matches("La llave de Ceibo está en la caja, Marta.").count();
    assert_eq!(told, 28, "{said:?}");
}

#[test]
fn the_owner_reads_in_the_morning_who_comes_and_who_leaves() {
    let place = place();
    place.stay(0);
    place.stay(-3);
    let owner = place.owner();
    let said = place.round(owner);
    assert!(said.len() == 1 && said[0].matches("Marta Quiroga").count() == 2, "{said:?}");
    place.seconds.fetch_add(HOUR, Ordering::Relaxed);
    assert_eq!(place.round(owner).len(), 1, "once a day");
}

#[test]
fn the_owner_hears_at_each_of_their_times_what_is_still_open_and_nothing_when_nothing_is() {
    let place = place();
    let owner = place.owner();
    place.seconds.store(TEN + 9 * HOUR, Ordering::Relaxed);
    assert!(place.round(owner).is_empty(), "nothing is open");

    place.seconds.store(TEN, Ordering::Relaxed);
    let (_, conversation) = place.stay(20);
    let raise = move |tx: &mut WriteTx<'_>| {
        let subject = conversation.to_string();
        let new = attention::New {
            conversation_id: Some(conversation),
            ..attention::New::of(AttentionItem::WantsAPerson(HandedOver::default()), &subject)
        };
        attention::raise(tx, &new)
    };
    assert!(place.store.write_blocking(raise).unwrap());
    assert!(place.round(owner).is_empty(), "it was not open at nine");
    place.seconds.store(TEN + 9 * HOUR, Ordering::Relaxed);
    let said = place.round(owner);
    assert!(said.len() == 1 && said[0].contains("Tenés una cosa para decidir"), "{said:?}");
    assert!(said[0].contains("Marta Quiroga: quiere hablar con vos"), "{said:?}");
    place.seconds.fetch_add(HOUR, Ordering::Relaxed);
    assert_eq!(place.round(owner).len(), 1, "once at each time");
    place.seconds.store(TEN + 24 * HOUR, Ordering::Relaxed);
    assert_eq!(place.round(owner).len(), 2, "and again the next morning while it is open");
    place.settings(|settings| settings.digest_times = String::new());
    place.seconds.store(TEN + 33 * HOUR, Ordering::Relaxed);
    assert_eq!(place.round(owner).len(), 2, "and never when no time is set");
}

/// Minutes in seconds.
const MINUTE: i64 = 60;

impl Place {
    /// The owner is told of a guest's words; how many messages they have so far.
    fn tell(&self, urgency: Urgency) -> ConversationId {
        let owner = self.owner();
        let (guest, conversation) = self.stay(20);
        let context = Arc::clone(&self.context);
        let told = move |tx: &mut WriteTx<'_>| {
            let guest = guests::find(tx, guest)?.expect("a guest");
            let (inbound, sent_at) = (InboundId(1), tx.now());
            let asking =
                notify::Asking { conversation, guest: &guest, inbound, words: "hay olor a gas", sent_at };
            asking.matter(tx, &context, Concern { matter: Matter::Problem, urgency }, None)
        };
        self.store.write_blocking(told).unwrap();
        owner
    }

    /// What was sent to the owner once all that is due by then was told again.
    fn after_minutes(&self, minutes: i64, from: i64, owner: ConversationId) -> usize {
        self.seconds.store(from + minutes * MINUTE, Ordering::Relaxed);
        let context = Arc::clone(&self.context);
        self.store.write_blocking(move |tx| notify::tell_again(tx, &context)).unwrap();
        self.said(owner).len()
    }
}

#[test]
fn what_nobody_has_seen_is_told_again_and_what_is_urgent_three_times_at_any_hour() {
    let night = TEN + 13 * HOUR;
    for (urgency, from, expected) in [
        (Urgency::Danger, TEN, [(4, 1), (5, 2), (14, 2), (15, 3), (30, 4), (90, 4)]),
        (Urgency::Danger, night, [(4, 1), (5, 2), (14, 2), (15, 3), (30, 4), (90, 4)]),
        (Urgency::Normal, TEN, [(4, 1), (5, 1), (29, 1), (30, 2), (60, 2), (90, 2)]),
        // Quiet hours hold back the first time too, and the pause counts from it.
        (Urgency::Normal, night, [(4, 0), (90, 0), (539, 0), (540, 1), (569, 1), (570, 2)]),
    ] {
        let place = place();
        place.seconds.store(from, Ordering::Relaxed);
        let owner = place.tell(urgency);
        for (minutes, told) in expected {
            assert_eq!(place.after_minutes(minutes, from, owner), told, "{urgency:?} {minutes}");
        }
    }
}

#[test]
fn what_was_seen_is_not_told_again() {
    for (statement, by) in [
        ("UPDATE outbound SET state = 'read'", "read"),
        ("UPDATE attention SET resolved_at = created_at + 1", "resolved"),
        (
            "INSERT INTO outbound (conversation_id, author, kind, message, body, tag, run_at, created_at)
             SELECT conversation_id, 'person', 'text', '{}', 'ya voy', 'a tag', 0, created_at + 1 FROM attention",
            "answered",
        ),
    ] {
        let place = place();
        let owner = place.tell(Urgency::Danger);
        let seen = move |tx: &mut WriteTx<'_>| {
            tx.connection().execute(statement, []).expect("a valid statement");
            Ok::<_, StoreError>(())
        };
        place.store.write_blocking(seen).unwrap();
        assert_eq!(place.after_minutes(60, TEN, owner), 1, "{by}");
        let newest = place.store.read_blocking(|tx| notices::newest(tx)).unwrap();
        assert_eq!(newest[0].seen_by.as_deref(), Some(by));
    }
}
