//! Disk faults injected below SQLite: each kind alone at the worst moment, and a short run of `cargo bench --bench
//! faults`. Nothing acknowledged is lost, nobody hears yes before the commit, and casero recovers without help.

#[allow(dead_code, reason = "a short run asks for less than a long one")]
#[path = "../../bench/crashes/load.rs"]
mod load;
#[path = "../../bench/holds/nights.rs"]
mod nights;
#[allow(dead_code, reason = "as above")]
#[path = "../../bench/crashes/reckoning.rs"]
mod reckoning;
#[path = "../../bench/crashes/rng.rs"]
mod rng;
mod shim;
#[path = "../../bench/faults/storm.rs"]
mod storm;

use super::days::{day, in_words};
use super::harness::{GUEST, HttpResponse, TestServer, hold_of, until};
use casero::boot;
use load::Load;
use nights::Nights;
use reckoning::Reckoning;
use rng::Rng;
use serde_json::{Value, json};
use shim::{KINDS, Order, SHORT, Shim};
use std::sync::Arc;
use std::time::Duration;
use storm::Storm;

/// Troubles of the short run.
const TROUBLES: u32 = 40;
/// The seed of its random numbers.
const SEED: u64 = 2027;
/// How long casero may work before its rows count as left behind.
const A_LOOK: Duration = Duration::from_secs(3);

/// A server on a disk that fails when it is told to.
fn server() -> (tempfile::TempDir, Shim, TestServer) {
    let tools = tempfile::tempdir().unwrap();
    let shim = Shim::build(tools.path());
    let server = TestServer::under(&shim.environment());
    (tools, shim, server)
}

/// Every call of these kinds fails until the disk is healed.
fn all_of(kinds: u64) -> Order {
    Order { faults: u64::MAX, one_in: 1, seed: SEED, kinds }
}

/// Stands for the passing of time: leases end, waiting rows are due.
fn leases_lapse(server: &TestServer) {
    let nearer = "UPDATE job SET run_at = 0, leased_until = 0;
                  UPDATE inbound SET run_at = 0, leased_until = 0 WHERE state IN ('listen', 'ready');
                  UPDATE outbound SET run_at = 0, leased_until = 0 WHERE state IN ('queued', 'sending', 'uncertain');";
    server.database().execute_batch(nearer).unwrap();
}

fn asks(server: &TestServer, cabin: i64) -> HttpResponse {
    server.api("POST", "/api/v1/reservations", &hold_of(cabin, day(0), day(2)))
}

#[test]
fn a_booking_is_acknowledged_only_when_its_commit_is_on_the_disk() {
    let (_tools, shim, server) = server();
    let cabin = server.cabin("Aromo", 80_000_00);
    // Truncating is no part of a commit.
    for kind in 0..KINDS.len() - 1 {
        let kinds = 1 << kind;
        let before = shim.struck()[kind];
        shim.strike(&all_of(kinds));
        let answer = asks(&server, cabin);
        let struck = shim.struck()[kind] - before;
        shim.heal();
        assert!(struck > 0, "{} never struck", KINDS[kind]);
        let held = "SELECT count(*) FROM reservation WHERE status = 'pre_reserved'";
        if kinds == SHORT {
            assert_eq!((answer.status, server.count(held)), (201, 1), "who writes in two steps writes all");
            let code = answer.json()["code"].as_str().unwrap().to_owned();
            server.api("POST", &format!("/api/v1/reservations/{code}/cancel"), &json!({}));
            continue;
        }
        assert_eq!((answer.status, &answer.json()["code"]), (500, &json!("internal")), "{}", KINDS[kind]);
        assert_eq!(server.count(held), 0, "{}: who heard no has no booking", KINDS[kind]);
        let again = asks(&server, cabin);
        assert_eq!(again.status, 201, "{}: {}", KINDS[kind], again.text);
        let code = again.json()["code"].as_str().unwrap().to_owned();
        let off = server.api("POST", &format!("/api/v1/reservations/{code}/cancel"), &json!({}));
        assert_eq!(off.status, 200, "{}", off.text);
    }
    assert_eq!(server.count("SELECT count(*) FROM night"), 0);
}

#[test]
fn while_nothing_can_be_stored_providers_hear_no_and_bring_it_again() {
    let (_tools, shim, server) = server();
    server.cabin("Aromo", 80_000_00);
    shim.strike(&all_of(shim::ALL & !SHORT));
    server.write(GUEST, &format!("hola, hay lugar {} para 2?", in_words(8, 11)));
    until("the notification to be refused", || {
        let log = server.running().log();
        let refused = |line: &str| line.contains("POST /webhooks/whatsapp") && line.contains("status=50");
        log.lines().any(refused).then_some(())
    });
    for door in ["/healthz", "/readyz"] {
        let health = server.call("GET", door, &[], &Value::Null);
        assert_eq!(
            health.status, 503,
            "a monitor's own look writes nothing and must not say yes: {}",
            health.text
        );
    }
    let read = server.api("GET", "/api/v1/cabins", &Value::Null);
    assert_eq!(read.status, 200, "what is there can be read: {}", read.text);
    assert_eq!(server.count("SELECT count(*) FROM inbound"), 0);
    shim.heal();
    server.hears(GUEST, "240.000");
    assert_eq!(server.said(GUEST).len(), 1);
    until("casero to be well", || {
        (server.call("GET", "/healthz", &[], &Value::Null).status == 200).then_some(())
    });
}

#[test]
fn a_server_that_can_not_store_does_not_open_and_opens_when_it_can() {
    let (_tools, shim, mut server) = server();
    let cabin = server.cabin("Aromo", 80_000_00);
    server.hold(cabin, day(0), day(2));
    server.close().kill();
    shim.strike(&all_of(shim::ALL & !SHORT));
    let (code, _) = server.refuses_to_start();
    assert_eq!(code, Some(1));
    shim.heal();
    server.start();
    assert_eq!(server.count("SELECT count(*) FROM night"), 2);
}

#[test]
fn through_many_troubles_of_the_disk_nothing_acknowledged_is_lost_or_doubled() {
    let (_tools, shim, mut server) = server();
    let nights = Nights::of(&boot::open_store(server.data.path()).unwrap(), nights::FEW);
    let load = Arc::new(Load::new(nights, &server.vendors.base_url(), SEED).on_a_failing_disk());
    load.moved(&server.running().url, &format!("Bearer {}", server.token()));
    let clients = load.start();
    let mut rng = Rng::new(SEED);
    for _ in 0..TROUBLES {
        let storm = Storm::thrown(&mut rng);
        storm.begins(&shim);
        storm.passes(&shim);
        load.noted_trouble();
        let before = load.acknowledged();
        until("a booking to go through again", || (load.acknowledged() > before).then_some(()));
    }
    load.stop();
    clients.into_iter().for_each(|client| client.join().unwrap());
    let struck = shim.struck().iter().sum::<u64>();
    assert!(struck >= u64::from(TROUBLES), "only {struck} faults struck");
    // Work whose end could not be stored is claimed again after its lease.
    until("casero to have done everything", || {
        let done = Reckoning::of(server.data.path(), &server.vendors).waits_until_all_is_done(A_LOOK);
        if !done {
            leases_lapse(&server);
        }
        done.then_some(())
    });
    assert_eq!(server.close().stop(), Some(0));
    let broken = || Reckoning::of(server.data.path(), &server.vendors).broken(&load.promises());
    assert!(broken().is_empty(), "{:#?}", broken());
    // The control: rows lost or doubled are found.
    server.sql("UPDATE reservation SET code = 'LOST' WHERE id = (SELECT min(id) FROM reservation)");
    server.sql("UPDATE ledger SET amount_cents = 2 * amount_cents WHERE id = (SELECT min(id) FROM ledger)");
    for word in ["was acknowledged and is gone", "is in the ledger with"] {
        assert!(broken().iter().any(|line| line.contains(word)), "{word}: {:#?}", broken());
    }
}
