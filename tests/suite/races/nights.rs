//! One night, wanted at the same moment by clients of the API, guests on WhatsApp, the owner's block and another
//! channel's calendar. It has one holder.

use super::super::channels::{cabin_with_feed, sync};
use super::super::days::{day, in_words};
use super::super::harness::{HttpResponse, TestServer, hold_of, until};
use super::{CLIENTS, at_once, breaks, change, holds, only, with_status};
use casero::domain::cabin::Cabin;
use casero::domain::money::{Currency, Money};
use casero::domain::stay::Stay;
use casero::store::{DATABASE_FILE, Store, StoreError, cabins, nights};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::sync::Arc;

/// The owner closes from so many windows.
const CLOSERS: usize = 4;
/// Guests who tap their offer.
const GUESTS: usize = 8;
/// The night that everybody wants, in days after the first Monday.
const WANTED: i64 = 9;
/// Stays that have it in common.
const STAYS: [(i64, i64); 4] = [(8, 11), (WANTED, WANTED + 1), (6, 10), (WANTED, 13)];

/// Hides taken nights from every look.
const BLIND_LOOK: &str = "
    ALTER TABLE night RENAME TO night_held;
    CREATE VIEW night AS SELECT * FROM night_held WHERE false;
    CREATE TRIGGER night_taken INSTEAD OF INSERT ON night BEGIN
        INSERT INTO night_held (cabin_id, day, reservation_id, block_id, feed_id, taken_at)
        VALUES (NEW.cabin_id, NEW.day, NEW.reservation_id, NEW.block_id, NEW.feed_id, NEW.taken_at);
    END;
    CREATE TRIGGER night_freed INSTEAD OF DELETE ON night BEGIN
        DELETE FROM night_held WHERE cabin_id = OLD.cabin_id AND day = OLD.day;
    END;";
/// The key of the table behind that view is gone too.
const WITHOUT_KEY: &str = "
    CREATE TABLE bare AS SELECT * FROM night_held;
    DROP VIEW night;
    DROP TABLE night_held;
    ALTER TABLE bare RENAME TO night_held;
    CREATE VIEW night AS SELECT * FROM night_held WHERE false;
    CREATE TRIGGER night_taken INSTEAD OF INSERT ON night BEGIN
        INSERT INTO night_held (cabin_id, day, reservation_id, block_id, feed_id, taken_at)
        VALUES (NEW.cabin_id, NEW.day, NEW.reservation_id, NEW.block_id, NEW.feed_id, NEW.taken_at);
    END;
    CREATE TRIGGER night_freed INSTEAD OF DELETE ON night BEGIN
        DELETE FROM night_held WHERE cabin_id = OLD.cabin_id AND day = OLD.day;
    END;";
/// No night is there for the next to come, neither for the look nor for the key.
const FORGOTTEN: &str = "
    CREATE TRIGGER forgotten AFTER INSERT ON night BEGIN
        DELETE FROM night WHERE cabin_id = NEW.cabin_id AND day = NEW.day;
    END;";

/// A server without online payments: nothing but the night is at stake.
fn server() -> TestServer {
    TestServer::with(&[("MERCADOPAGO_ACCESS_TOKEN", "-"), ("MERCADOPAGO_WEBHOOK_SECRET", "-")])
}

fn phone(guest: usize) -> String {
    format!("549351556{guest:04}")
}

/// Guests with an open offer; answers the button of each.
fn offered(server: &TestServer, guests: usize) -> Vec<String> {
    for guest in 0..guests {
        server.write(&phone(guest), &format!("hola, {} para 2 hay lugar?", in_words(8, 11)));
    }
    let button = |guest| {
        let offer = server.hears(&phone(guest), "240.000");
        offer["choices"][0]["title"].as_str().expect("a button to book").to_owned()
    };
    (0..guests).map(button).collect()
}

/// Starts everybody at once. Returns the answers over HTTP, once the guests are answered too.
fn contest(server: &TestServer, cabin: i64, feed: Option<&Value>) -> Vec<HttpResponse> {
    let buttons = offered(server, GUESTS);
    if feed.is_some() {
        let sold = json!({ "start": day(7), "end": day(11), "code": "HMRACE0001" });
        server.world("POST", "/feeds/uno/occupied", &sold);
    }
    let closing = json!({ "from": day(WANTED), "to": day(WANTED + 1), "reason": "pintura" });
    let answers = at_once(CLIENTS + CLOSERS + GUESTS + 1, |client| {
        if client < CLIENTS {
            let (check_in, check_out) = STAYS[client % STAYS.len()];
            return Some(server.api(
                "POST",
                "/api/v1/reservations",
                &hold_of(cabin, day(check_in), day(check_out)),
            ));
        }
        if client < CLIENTS + CLOSERS {
            return Some(server.api("POST", &format!("/api/v1/cabins/{cabin}/blocks"), &closing));
        }
        match buttons.get(client - CLIENTS - CLOSERS) {
            Some(button) => server.tap(&phone(client - CLIENTS - CLOSERS), button),
            None => feed.into_iter().for_each(|feed| sync(server, feed)),
        }
        None
    });
    for guest in 0..GUESTS {
        until("an answer to each tap", || (server.said(&phone(guest)).len() >= 2).then_some(()));
    }
    answers.into_iter().flatten().collect()
}

/// The number of those who were told that they have the night.
fn holders(server: &TestServer) -> i64 {
    server.count(&format!(
        "SELECT (SELECT count(*) FROM reservation WHERE status IN ('pre_reserved', 'confirmed'))
              + (SELECT count(*) FROM block)
              + (SELECT count(*) FROM night WHERE day = '{}' AND feed_id IS NOT NULL)",
        day(WANTED)
    ))
}

fn verdict(server: &TestServer, answers: &[HttpResponse]) -> Vec<String> {
    let mut broken = Vec::new();
    only(answers, &[(201, ""), (409, "nights_taken")], &mut broken);
    let holders = holders(server);
    if holders != 1 {
        broken.push(format!("the night has {holders} holders"));
    }
    broken
}

/// Without a channel that may take an unpaid hold's place, only the holder hears yes.
fn verdict_without_feed(server: &TestServer, answers: &[HttpResponse]) -> Vec<String> {
    let mut broken = verdict(server, answers);
    let guests = server.count("SELECT count(*) FROM reservation WHERE channel = 'whatsapp'");
    let yes = with_status(answers, 201) + usize::try_from(guests).unwrap();
    if yes != 1 {
        broken.push(format!("{yes} heard yes"));
    }
    broken
}

#[test]
fn a_night_wanted_by_everybody_at_once_is_sold_once() {
    let server = server();
    let cabin = server.cabin("Aromo", 80_000_00);
    let answers = contest(&server, cabin, None);
    holds(&verdict_without_feed(&server, &answers));
}

#[test]
fn whoever_looks_too_early_is_refused_by_the_key_and_without_it_by_nothing() {
    for (key, sql) in [(true, BLIND_LOOK.to_owned()), (false, [BLIND_LOOK, WITHOUT_KEY].concat())] {
        let server = server();
        let cabin = server.cabin("Aromo", 80_000_00);
        change(&server, &sql);
        let answers = contest(&server, cabin, None);
        let broken = verdict_without_feed(&server, &answers);
        if key { holds(&broken) } else { breaks(&broken, "holders") }
    }
}

#[test]
fn a_night_that_another_channel_sells_in_the_same_moment_has_one_holder() {
    for blind in [false, true] {
        let server = server();
        let (cabin, feed) = cabin_with_feed(&server, "uno", &json!([]));
        sync(&server, &feed);
        if blind {
            change(&server, FORGOTTEN);
        }
        let answers = contest(&server, cabin, Some(&feed));
        let broken = verdict(&server, &answers);
        if blind { breaks(&broken, "holders") } else { holds(&broken) }
    }
}

#[test]
fn fifty_guests_who_tap_at_once_get_one_cabin() {
    let server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    let buttons = offered(&server, 50);
    at_once(50, |guest| server.tap(&phone(guest), &buttons[guest]));
    for guest in 0..50 {
        until("an answer to each tap", || (server.said(&phone(guest)).len() >= 2).then_some(()));
    }
    let held = server.api("GET", "/api/v1/reservations?status=pre_reserved", &Value::Null).json();
    assert_eq!(held["total"], 1);
}

/// Two processes on one file, each of which looks before either takes; how many of them took the night.
fn takers(keyed: bool) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let open = || Store::open(folder.path(), Arc::new(Timestamp::now)).unwrap();
    let stores = [open(), open()];
    let aromo = Cabin::new("Aromo", 4, Money::new(80_000_00, Currency::Ars));
    let cabin = stores[0].write_blocking(move |tx| cabins::insert(tx, &aromo)).unwrap();
    if !keyed {
        let raw = rusqlite::Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
        let bare =
            "CREATE TABLE bare AS SELECT * FROM night; DROP TABLE night; ALTER TABLE bare RENAME TO night;";
        raw.execute_batch(bare).unwrap();
    }
    let stay = Stay::new(day(WANTED), day(WANTED + 1)).unwrap();
    let both_have_looked = std::sync::Barrier::new(2);
    let took = at_once(2, |process| {
        let free = stores[process].read_blocking(|tx| nights::are_free(tx, cabin, stay)).unwrap();
        both_have_looked.wait();
        let take = move |tx: &mut casero::store::WriteTx<'_>| {
            // A refused block is undone, as a use-case undoes it.
            cabins::insert_block(tx, cabin, stay, "")?.map_err(|_| StoreError::Closed)
        };
        free && stores[process].write_blocking(take).is_ok()
    });
    took.into_iter().filter(|took| *took).count()
}

#[test]
fn of_two_processes_that_saw_a_night_free_the_key_lets_one_take_it() {
    assert_eq!(takers(true), 1);
    assert_eq!(takers(false), 2, "the control: only the key stands between them");
}
