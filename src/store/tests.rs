//! The store's guarantees, tested on a real file.

use super::nights::{self, Holder, Taken};
use super::*;
use crate::domain::cabin::Cabin;
use crate::domain::ids::{BlockId, ReservationCode};
use crate::domain::message::Message;
use crate::domain::money::{Currency, Money, Percent};
use crate::domain::party::Party;
use crate::domain::phone::Phone;
use crate::domain::pricing::{LineKind, Quote, QuoteLine};
use crate::domain::stay::Stay;
use jiff::Timestamp;
use jiff::civil::date;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), Arc::new(Timestamp::now)).unwrap();
    (folder, store)
}

fn cabin() -> Cabin {
    Cabin::new("Aromo", 4, Money::new(80_000_00, Currency::Ars))
}

fn note(tx: &mut WriteTx<'_>, name: &str) -> Result<(), StoreError> {
    tx.run("INSERT INTO setting (name, value, updated_at) VALUES (?1, '', 0)", rusqlite::params![name])?;
    Ok(())
}

fn notes(store: &Store) -> Vec<String> {
    let query = "SELECT name FROM setting ORDER BY name";
    store.read_blocking(|tx| tx::all(tx, query, [], |row| Ok::<_, StoreError>(row.get(0)?))).unwrap()
}

/// How a piece of work ends.
type Ending = fn() -> Result<(), StoreError>;

/// Keeps the writer busy until told, so that work queued meanwhile shares one commit.
fn hold_writer(store: &Store, ending: Ending) -> (Arc<AtomicBool>, Written) {
    let go = Arc::new(AtomicBool::new(false));
    let (store, wait) = (store.clone(), Arc::clone(&go));
    let held = tokio::spawn(async move {
        let work = move |tx: &mut WriteTx<'_>| {
            while !wait.load(Ordering::Acquire) {
                std::thread::yield_now();
            }
            note(tx, "first")?;
            ending()
        };
        store.write(work).await
    });
    (go, held)
}

/// A write in progress.
type Written = tokio::task::JoinHandle<Result<(), StoreError>>;

fn write(store: &Store, name: &'static str, ending: Ending) -> Written {
    let store = store.clone();
    tokio::spawn(async move {
        store
            .write(move |tx| {
                note(tx, name)?;
                ending()
            })
            .await
    })
}

async fn queued(store: &Store, count: usize) {
    while store.waiting() < count {
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn writes_that_wait_together_share_one_commit_and_fail_alone() {
    let (_folder, store) = store();
    let before = store.commits();
    let (go, first) = hold_writer(&store, || Ok(()));
    queued(&store, 1).await;
    let good = write(&store, "good", || Ok(()));
    let failing = write(&store, "failing", || Err(StoreError::Closed));
    let panicking = write(&store, "panicking", || panic!("a defect in one piece of work"));
    let last = write(&store, "last", || Ok(()));
    queued(&store, 5).await;
    go.store(true, Ordering::Release);
    assert!(first.await.unwrap().is_ok());
    assert!(good.await.unwrap().is_ok());
    assert!(matches!(failing.await.unwrap(), Err(StoreError::Closed)));
    assert!(matches!(panicking.await.unwrap(), Err(StoreError::Panicked)));
    assert!(last.await.unwrap().is_ok());
    assert_eq!(notes(&store), ["first", "good", "last"]);
    assert_eq!(store.commits() - before, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_fails_before_anything_was_kept_leaves_nothing_behind() {
    let (_folder, store) = store();
    for ending in
        [|| Err(StoreError::Closed), || panic!("a defect in the first piece of work")] as [Ending; 2]
    {
        let before = store.commits();
        let (go, first) = hold_writer(&store, ending);
        queued(&store, 1).await;
        let second = write(&store, "second", || Err(StoreError::Closed));
        queued(&store, 2).await;
        let good = write(&store, "good", || Ok(()));
        queued(&store, 3).await;
        let late = write(&store, "late", || Err(StoreError::Closed));
        queued(&store, 4).await;
        go.store(true, Ordering::Release);
        assert!(first.await.unwrap().is_err());
        assert!(second.await.unwrap().is_err());
        assert!(good.await.unwrap().is_ok());
        assert!(late.await.unwrap().is_err());
        assert_eq!(notes(&store), ["good"]);
        assert_eq!(store.commits() - before, 1);
        store.write(|tx| tx.run("DELETE FROM setting", []).map(drop)).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answered_write_is_in_the_file() {
    let (folder, store) = store();
    store.write(|tx| note(tx, "kept")).await.unwrap();
    let other = Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
    let found: i64 =
        other.query_row("SELECT count(*) FROM setting WHERE name = 'kept'", [], |row| row.get(0)).unwrap();
    assert_eq!(found, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_is_cancelled_gives_its_connection_back() {
    let (_folder, store) = store();
    let slow = |tx: &ReadTx<'_>| {
        let wait = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 300000) SELECT max(x) FROM n";
        tx::one(tx, wait, [], |row| Ok::<_, StoreError>(row.get::<_, i64>(0)?))
    };
    for _ in 0..3 * READERS {
        let cancelled = tokio::time::timeout(Duration::from_micros(10), store.read(slow)).await;
        drop(cancelled);
    }
    assert!(store.read(slow).await.unwrap().is_some());
}

#[test]
fn the_log_is_moved_into_the_database_once_nobody_has_come_for_a_moment() {
    const LOG_MAX: u64 = 16 << 20;
    // A shorter log need not be checkpointed.
    const PAGES_WORTH_MOVING: i64 = 1000;
    let (folder, store) = store();
    let log = || folder.path().join(format!("{DATABASE_FILE}-wal")).metadata().unwrap().len();
    let beside = Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
    let is_moved = || {
        // Inspects the log and moves nothing.
        let look = "PRAGMA wal_checkpoint(NOOP)";
        let pages = beside.query_row(look, [], |row| Ok((row.get::<_, i64>(1)?, row.get::<_, i64>(2)?)));
        let (pages, moved) = pages.unwrap();
        pages == moved || pages < PAGES_WORTH_MOVING
    };
    for number in 0..400 {
        let value = "x".repeat(100_000);
        let insert = move |tx: &mut WriteTx<'_>| {
            let values = rusqlite::params![format!("large {number}"), value];
            tx.run("INSERT INTO setting (name, value, updated_at) VALUES (?1, ?2, 0)", values)?;
            Ok::<_, StoreError>(())
        };
        store.write_blocking(insert).unwrap();
        // Back-to-back requests would keep the log from being checkpointed; one in fifty leaves a pause.
        while number % 50 == 49 && !is_moved() {
            std::thread::yield_now();
        }
    }
    assert!(log() < LOG_MAX, "{} of 40 MB are still in the log", log());
}

#[test]
fn a_message_given_up_in_doubt_may_still_turn_out_to_have_arrived() {
    let (_folder, store) = store();
    let report = |progress| outbox::Report {
        external_id: "wamid.1",
        tag: Some("tag-1"),
        progress,
        error_code: None,
        billable: None,
        category: None,
    };
    let outcome = store.write_blocking(move |tx| {
        let identity = guests::Identity { phone: Phone::parse("+54 9 351 555-0101"), ..Default::default() };
        let guest = guests::find_or_insert(tx, &identity)?;
        let new = outbox::New {
            conversation_id: conversations::of_guest(tx, guest.id)?.id,
            answers: None,
            by_person: false,
            message: &Message::text("Hola"),
            critical: false,
            once_key: None,
            tag: "tag-1",
        };
        let id = outbox::insert(tx, &new)?.expect("it is new");
        outbox::failed(tx, id, "wa_131026")?;
        let refused = outbox::report(tx, &report(outbox::Progress::Delivered))?;
        outbox::failed(tx, id, outbox::IN_DOUBT)?;
        let again = outbox::report(tx, &report(outbox::Progress::Failed))?;
        let arrived = outbox::report(tx, &report(outbox::Progress::Delivered))?;
        Ok::<_, StoreError>((refused.is_some(), again.is_some(), arrived.is_some()))
    });
    assert_eq!(outcome.unwrap(), (false, false, true));
}

#[test]
fn a_party_is_kept_as_it_came() {
    let (_folder, store) = store();
    let family = Party::new(2, &[0, 3, 9], 2).unwrap();
    let couple = Party::of_adults(2);
    let stay = Stay::new(date(2027, 2, 1), date(2027, 2, 4)).unwrap();
    let price = QuoteLine::charge(LineKind::Fee, "Leña", Money::new(100, Currency::Ars));
    let quote = Quote::new(vec![price], Percent::new(30).unwrap()).unwrap();
    let kept = store.write_blocking(move |tx| {
        let identity = guests::Identity { phone: Phone::parse("+54 9 351 555-0101"), ..Default::default() };
        let guest_id = guests::find_or_insert(tx, &identity)?.id;
        let cabin_id = cabins::insert(tx, &Cabin::new("Aromo", 6, Money::new(100, Currency::Ars)))?;
        let code = ReservationCode::from_random([1; 6]);
        let new = reservations::New {
            code: &code,
            cabin_id,
            guest_id,
            stay,
            party: family,
            channel: &crate::domain::channel::KnownChannel::Api.into(),
            quote: &quote,
            terms: &Default::default(),
            expires_at: tx.now(),
        };
        let id = reservations::insert(tx, &new)?;
        let made = reservations::find(tx, id)?.expect("just made");
        let mut other = made.clone();
        other.party = couple;
        reservations::save(tx, &other)?;
        let saved = reservations::find(tx, id)?.expect("just saved");
        // An older version, which knows only the number of people, writes over a party.
        tx.run("UPDATE reservation SET guests = 2, children = '[1,2,3]' WHERE id = ?1", [id.0])?;
        let older = reservations::find(tx, id)?.expect("just saved");
        let thread = conversations::of_guest(tx, guest_id)?.id;
        waiting::insert(tx, thread, stay, Party::of_adults(5))?;
        waiting::insert(tx, thread, stay, family)?;
        let waits: Vec<Party> =
            waiting::open(tx, stay.check_in())?.into_iter().map(|wish| wish.party).collect();
        assert_eq!(made.quote, quote);
        Ok::<_, StoreError>((made.party, saved.party, older.party, waits))
    });
    assert_eq!(kept.unwrap(), (family, couple, couple, vec![family]));
}

#[test]
fn a_reader_can_not_write() {
    let (_folder, store) = store();
    let refused = store.read_blocking(|tx| {
        tx.connection().execute("INSERT INTO setting (name, value, updated_at) VALUES ('x', '', 0)", [])?;
        Ok::<_, StoreError>(())
    });
    assert!(matches!(refused, Err(StoreError::Sqlite(_))));
}

#[test]
fn a_night_has_one_holder_whatever_the_code_does() {
    let (folder, store) = store();
    let night = "INSERT INTO night (cabin_id, day, block_id) VALUES (1, '2027-01-12', 1)";
    store
        .write_blocking(|tx| {
            let id = cabins::insert(tx, &cabin())?;
            let stay = Stay::new(date(2027, 1, 12), date(2027, 1, 13)).expect("valid");
            cabins::insert_block(tx, id, stay, "")?.expect("free");
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let raw = Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
    assert!(raw.execute(night, []).is_err(), "the key must refuse a second holder");
    // The control: without the key the same statement goes through, so the assertion above can fail.
    raw.execute_batch(
        "CREATE TABLE bare AS SELECT * FROM night; DROP TABLE night; ALTER TABLE bare RENAME TO night;",
    )
    .unwrap();
    assert!(raw.execute(night, []).is_ok(), "only the key stands between a night and two holders");
}

#[test]
fn back_to_back_is_free_and_one_night_in_common_is_taken() {
    let (_folder, store) = store();
    let stay = |from, to| Stay::new(date(2027, 1, from), date(2027, 1, to)).expect("valid");
    store
        .write_blocking(move |tx| {
            let id = cabins::insert(tx, &cabin())?;
            cabins::insert_block(tx, id, stay(12, 15), "")?.expect("free");
            assert!(nights::are_free(tx, id, stay(15, 16))? && nights::are_free(tx, id, stay(10, 12))?);
            assert!(!nights::are_free(tx, id, stay(14, 16))?);
            let other = nights::take(tx, id, stay(14, 16), Holder::Block(BlockId(1)))?;
            assert_eq!(other, Ok(()), "a holder may take its own night again");
            assert!(cabins::insert_block(tx, id, stay(13, 14), "")? == Err(Taken { day: date(2027, 1, 13) }));
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

/// The queries that run at every message, hold or look at availability: none may scan a table.
const HOT: [&str; 12] = [
    "SELECT 1 FROM night n LEFT JOIN reservation r ON r.id = n.reservation_id
     WHERE n.cabin_id = 1 AND n.day >= 'a' AND n.day < 'b' AND n.reservation_id IS NOT 7
       AND NOT (r.status IS 'pre_reserved' AND r.expires_at <= 5) LIMIT 1",
    "SELECT * FROM season WHERE cabin_id = 1 AND to_day > 'a' AND from_day < 'b'",
    "SELECT * FROM guest WHERE phone_key = 'k'",
    "SELECT * FROM conversation WHERE guest_id = 1",
    "SELECT id FROM reservation WHERE status = 'pre_reserved' AND expires_at <= 1 ORDER BY expires_at LIMIT 9",
    "SELECT * FROM reservation WHERE guest_id = 1 ORDER BY check_in, id",
    "SELECT coalesce(sum(amount_cents), 0) FROM ledger WHERE reservation_id = 1",
    "SELECT * FROM checkout WHERE reference = 'r'",
    "SELECT * FROM inbound WHERE conversation_id = 1 AND id > 2 AND state IN ('listen', 'ready') ORDER BY id",
    "SELECT 1 FROM attention WHERE kind = 'k' AND subject = 's' AND created_at > 1 LIMIT 1",
    super::volume::SENT,
    super::audit::BEFORE,
];

/// SQLite's query plan, step by step.
fn plan(raw: &Connection, query: &str) -> Vec<String> {
    let mut statement = raw.prepare(&format!("EXPLAIN QUERY PLAN {query}")).unwrap();
    let values = rusqlite::params_from_iter(vec![1_i64; statement.parameter_count()]);
    statement.query_map(values, |row| row.get("detail")).unwrap().map(Result::unwrap).collect()
}

#[test]
fn no_hot_query_walks_through_a_table() {
    let (folder, store) = store();
    let raw = Connection::open(store.path()).unwrap();
    for query in HOT {
        let plan = plan(&raw, query);
        assert!(plan.iter().all(|step| !step.starts_with("SCAN")), "{query}\n{plan:#?}");
    }
    drop(folder);
}

#[test]
fn what_is_unfinished_is_found_without_reading_what_was_sent() {
    let (_folder, store) = store();
    let raw = Connection::open(store.path()).unwrap();
    for query in [super::outbox::DOUBT_THE_LAPSED, super::outbox::TRY_THE_DOUBTFUL, super::outbox::HOPELESS] {
        let plan = plan(&raw, query);
        assert!(plan.iter().all(|step| step.contains("USING INDEX outbound_due")), "{query}\n{plan:#?}");
    }
}

#[test]
fn unseen_notices_are_found_without_reading_those_that_were_seen() {
    let (_folder, store) = store();
    let raw = Connection::open(store.path()).unwrap();
    for query in [super::notices::ANY_UNSEEN, super::notices::DUE] {
        let plan = plan(&raw, query);
        assert!(plan.iter().any(|step| step.contains("INDEX notice_unseen")), "{query}\n{plan:#?}");
    }
}

#[test]
fn a_plan_is_made_once_though_a_partial_index_might_fit_the_next_value() {
    let (_folder, store) = store();
    let planned_anew = store.read_blocking(|tx| {
        let mut holds = tx.connection().prepare("SELECT id FROM reservation WHERE status = ?1")?;
        for status in ["pre_reserved", "confirmed", "pre_reserved"] {
            holds.exists([status])?;
        }
        Ok::<_, StoreError>(holds.get_status(rusqlite::StatementStatus::RePrepare))
    });
    assert_eq!(planned_anew.unwrap(), 0);
}

/// A fetched recording of a guest's conversation, of so many bytes.
fn recording(tx: &mut WriteTx<'_>, name: &str, thread: i64, bytes: u64) -> Result<i64, StoreError> {
    let new = inbox::New {
        source: "whatsapp",
        external_id: name,
        conversation_id: Some(crate::domain::ids::ConversationId(thread)),
        kind: "audio",
        event: "{}",
        body: "",
        sent_at: tx.now(),
        is_voice: true,
    };
    let id = inbox::insert(tx, &new)?.expect("a new one");
    inbox::fetched(tx, id, name, bytes)?;
    Ok(id.0)
}

#[test]
fn short_recordings_pass_long_ones_until_a_long_one_has_waited_for_its_size() {
    let folder = tempfile::tempdir().unwrap();
    let seconds = Arc::new(std::sync::atomic::AtomicI64::new(1_000_000));
    let clock = Arc::clone(&seconds);
    let now = Arc::new(move || Timestamp::from_second(clock.load(Ordering::Relaxed)).unwrap());
    let store = Store::open(folder.path(), now).unwrap();
    let lived = "INSERT INTO guest (id, created_at, updated_at) VALUES (?1, 0, 0)";
    let threads =
        "INSERT INTO conversation (id, guest_id, last_activity_at, created_at) VALUES (?1, ?1, 0, 0)";
    store
        .write_blocking(move |tx| {
            for id in 1..=3 {
                tx.run(lived, rusqlite::params![id])?;
                tx.run(threads, rusqlite::params![id])?;
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let next = || {
        store.read_blocking(|tx| inbox::next_recording(tx, inbox::Recordings::Any)).unwrap().map(|id| id.0)
    };
    let add = |name: &'static str, thread, bytes| {
        store.write_blocking(move |tx| recording(tx, name, thread, bytes)).unwrap()
    };
    assert_eq!(next(), None);
    let long = add("long", 1, 600_000);
    let behind = add("behind", 1, 10_000);
    assert_eq!(next(), Some(long), "a guest's own notes keep their order");
    let short = add("short", 2, 15_000);
    assert_eq!(next(), Some(short), "a short note passes");
    // Short notes keep coming, each just before the next recording is chosen.
    let mut passed = 0;
    while next() != Some(long) {
        let heard = next().unwrap();
        store
            .write_blocking(move |tx| {
                inbox::transcribed(
                    tx,
                    crate::domain::ids::InboundId(heard),
                    &inbox::Transcription::Nothing(crate::domain::message::Unheard::Unclear),
                )
            })
            .unwrap();
        seconds.fetch_add(2, Ordering::Relaxed);
        passed += 1;
        assert!(passed < 60, "the long note starves");
        let name: &'static str = Box::leak(format!("short-{passed}").into_boxed_str());
        add(name, 3, 15_000);
    }
    assert!(passed > 5, "only {passed} short ones passed");
    let fresh = || {
        let which = inbox::Recordings::FreshUpTo(100_000);
        store.read_blocking(move |tx| inbox::next_recording(tx, which)).unwrap().map(|id| id.0)
    };
    let other = fresh().expect("the second ear hears a short one meanwhile");
    assert!(other != long && other != behind);
}

/// The queries of a month of the chart: they may scan the few cabins, and nothing that grows with the years.
const CHART: [&str; 5] = [
    super::chart::NIGHTS,
    super::chart::STAYS,
    super::chart::BLOCKS,
    super::chart::SEASONS,
    super::chart::CLASHES,
];

#[test]
fn a_month_of_the_chart_walks_the_cabins_and_nothing_else() {
    let (folder, store) = store();
    let raw = Connection::open(store.path()).unwrap();
    for query in CHART {
        let plan = plan(&raw, query);
        let walked = plan.iter().filter(|step| step.starts_with("SCAN") && *step != "SCAN c");
        assert_eq!(walked.count(), 0, "{query}\n{plan:#?}");
    }
    drop(folder);
}
