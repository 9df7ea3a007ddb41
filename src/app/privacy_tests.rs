//! After an erasure nothing personal is left, in no table and nowhere in the file; the books are unchanged.

use super::*;
use crate::app::test_context;
use crate::domain::attention::{Asked, AttentionItem};
use crate::domain::cabin::Cabin;
use crate::domain::ids::ReservationCode;
use crate::domain::message::Message;
use crate::domain::money::{Currency, Money, Percent};
use crate::domain::party::Party;
use crate::domain::phone::Phone;
use crate::domain::pricing::{LineKind, Quote, QuoteLine};
use crate::domain::stay::Stay;
use crate::ports::random::Random;
use crate::store::{Store, attention, cabins, conversations, idempotency, inbox, outbox};
use jiff::Timestamp;

const PHONE: &str = "5493515550111";
const NAME: &str = "Berenice Quiroga";
const EMAIL: &str = "bere.quiroga@correo.example";
const BSUID: &str = "AR.berenice77";
/// 2026-11-24.
const NOW: i64 = 1_795_521_600;

struct Zeros;

impl Random for Zeros {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(0);
    }
}

fn place() -> (tempfile::TempDir, Store, Arc<AppContext>) {
    let folder = tempfile::tempdir().unwrap();
    let now = Arc::new(|| Timestamp::from_second(NOW).unwrap());
    let store = Store::open(folder.path(), now).unwrap();
    let context = test_context::context(folder.path(), Zeros);
    (folder, store, context)
}

/// A guest with data in every table that can hold some, and a stay from `from`.
fn lived(tx: &mut WriteTx<'_>, from: i8) -> Result<GuestId, StoreError> {
    let identity = guests::Identity {
        phone: Phone::parse(PHONE),
        bsuid: Some(BSUID.into()),
        name: NAME.into(),
        email: Some(EMAIL.into()),
    };
    let guest = guests::find_or_insert(tx, &identity)?.id;
    guests::set_phone_used(tx, guest, "543515550111")?;
    let told = Told {
        name: NAME,
        email: Some(EMAIL),
        language: crate::domain::language::Language::SPANISH.into(),
        notes: "Berenice Quiroga trae perro",
    };
    guests::update(tx, guest, &told)?;
    let conversation = conversations::of_guest(tx, guest)?.id;
    conversations::set_state(tx, conversation, &format!("{{\"name\":\"{NAME}\"}}"))?;
    conversations::insert_tap(tx, conversation, "tap", NAME, Timestamp::MAX)?;
    let hook = format!("{{\"from\":\"{PHONE}\",\"name\":\"{NAME}\"}}");
    inbox::insert_hook(tx, "whatsapp", hook.as_bytes(), "")?;
    let now = tx.now();
    let event = format!("{{\"from\":\"{PHONE}\",\"profile\":\"{NAME}\"}}");
    let body = format!("soy {NAME}, mi mail es {EMAIL}");
    let new = inbox::New {
        source: "whatsapp",
        external_id: &format!("wamid.{PHONE}"),
        conversation_id: Some(conversation),
        kind: "image",
        event: &event,
        body: &body,
        sent_at: now,
        is_voice: false,
    };
    let inbound = inbox::insert(tx, &new)?.expect("a new one");
    inbox::kept(tx, inbound, "media-1.jpg", 9)?;
    say(tx, conversation, &format!("Hola {NAME}"), Some(&format!("echo:wamid.{PHONE}")), "t1")?;
    // The owner was told about them.
    settings::save(
        tx,
        &crate::domain::settings::Settings { owner_phone: "5493515559999".into(), ..Default::default() },
        settings::load(tx)?.1,
    )?;
    let owner = guests::Identity { phone: Phone::parse("5493515559999"), ..Default::default() };
    let owner = guests::find_or_insert(tx, &owner)?.id;
    let owners = conversations::of_guest(tx, owner)?.id;
    say(tx, owners, &format!("Nueva reserva: {NAME}, +{PHONE}"), None, "t2")?;
    let asked = AttentionItem::UnansweredQuestion(Asked { question: format!("¿{NAME} puede?") });
    attention::raise(
        tx,
        &attention::New { conversation_id: Some(conversation), ..attention::New::of(asked, "1") },
    )?;
    idempotency::keep(tx, "1:k", b"d", 201, &format!("{{\"name\":\"{NAME}\",\"phone\":\"+{PHONE}\"}}"))?;
    let cabin = cabins::insert(tx, &cabin())?;
    let date = |day: i8| jiff::civil::date(2026, 11, day);
    let stay = Stay::new(date(from), date(from + 2)).unwrap();
    let price = QuoteLine::charge(LineKind::Adjustment, "", Money::new(100, Currency::Ars));
    let quote = Quote::new(vec![price], Percent::new(30).unwrap()).unwrap();
    let id = reservations::insert(
        tx,
        &reservations::New {
            code: &ReservationCode::parse("K7M2QX").unwrap(),
            cabin_id: cabin,
            guest_id: guest,
            stay,
            party: Party::of_adults(2),
            channel: &crate::domain::channel::KnownChannel::WhatsApp.into(),
            quote: &quote,
            terms: &Default::default(),
            expires_at: now,
        },
    )?;
    let mut booked = reservations::find(tx, id)?.expect("just made");
    booked.status = Status::Confirmed;
    booked.cancel_reason = Some(format!("{NAME} lo pidió"));
    reservations::save(tx, &booked)?;
    let told = pre_check_in::Told { people: format!("{NAME}, DNI 30111222"), ..Default::default() };
    pre_check_in::keep(tx, id, &told)?;
    Ok(guest)
}

fn say(
    tx: &mut WriteTx<'_>,
    conversation: ConversationId,
    text: &str,
    once: Option<&str>,
    tag: &str,
) -> Result<(), StoreError> {
    let message = Message::text(text);
    let new = outbox::New {
        conversation_id: conversation,
        answers: None,
        by_person: false,
        message: &message,
        critical: false,
        once_key: once,
        tag,
    };
    outbox::insert(tx, &new).map(drop)
}

fn cabin() -> Cabin {
    Cabin::new("Ceibo", 4, Money::new(100, Currency::Ars))
}

fn erase_now(store: &Store, context: &Arc<AppContext>, id: GuestId) -> Result<(), EraseError> {
    let context = Arc::clone(context);
    store.write_blocking(move |tx| erase(tx, &context, id, &Actor::User("duena@example.com".into())))
}

#[test]
fn nothing_personal_is_left_in_the_file() {
    let (folder, store, context) = place();
    let guest = store.write_blocking(|tx| lived(tx, 10)).unwrap();
    let before = store.read_blocking(move |tx| export(tx, guest)).unwrap().unwrap().to_string();
    for told in [NAME, PHONE, EMAIL, "DNI 30111222", "K7M2QX"] {
        assert!(before.contains(told), "{told} is not handed out");
    }
    erase_now(&store, &context, guest).unwrap();
    assert!(store.empty_log().unwrap());
    let marks = [PHONE, "543515550111", NAME, "Berenice", "Quiroga", EMAIL, BSUID, "DNI 30111222"];
    for entry in std::fs::read_dir(folder.path()).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            continue;
        }
        let bytes = std::fs::read(entry.path()).unwrap();
        for mark in marks {
            let found = bytes.windows(mark.len()).any(|window| window == mark.as_bytes());
            assert!(!found, "{mark} is left in {}", entry.path().display());
        }
    }
}

#[test]
fn bookings_stay_and_files_are_to_be_removed() {
    let (_folder, store, context) = place();
    let guest = store.write_blocking(|tx| lived(tx, 10)).unwrap();
    erase_now(&store, &context, guest).unwrap();
    let (stays, work) = store
        .read_blocking(move |tx| {
            Ok::<_, StoreError>((reservations::of_guest(tx, guest, Status::VARIANTS)?, jobs::waiting(tx)?))
        })
        .unwrap();
    assert_eq!((stays.len(), stays[0].quote.total.minor, work), (1, 100, 1));
    erase_now(&store, &context, guest).expect("erasing twice is no error");
}

#[test]
fn a_guest_who_is_still_to_come_is_not_erased() {
    let (_folder, store, context) = place();
    let guest = store.write_blocking(|tx| lived(tx, 26)).unwrap();
    assert!(matches!(erase_now(&store, &context, guest), Err(EraseError::StayAhead)));
    let found = store.read_blocking(move |tx| guests::find(tx, guest)).unwrap().unwrap();
    assert_eq!(found.name, NAME);
}
