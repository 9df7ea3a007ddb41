//! Checks that everything acknowledged is there exactly once, in the database by plain SQL and in the
//! simulated world.

use super::load::Promises;
use casero::fake_vendors::FakeVendors;
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::{Duration, Instant};

/// Polling interval.
const ASK_AGAIN: Duration = Duration::from_millis(200);

pub struct Reckoning<'a> {
    db: Connection,
    vendors: &'a FakeVendors,
}

impl<'a> Reckoning<'a> {
    pub fn of(data: &Path, vendors: &'a FakeVendors) -> Reckoning<'a> {
        let path = data.join(casero::store::DATABASE_FILE);
        let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("the file opens");
        db.busy_timeout(Duration::from_secs(5)).expect("a connection");
        Reckoning { db, vendors }
    }

    /// Waits until no work is left inside or on its way outside, and all money is in the ledger: a payment
    /// whose every notification met a dead server is found by the payment sweep, minutes later. `false` at
    /// the time limit.
    pub fn waits_until_all_is_done(&self, patience: Duration) -> bool {
        let begun = Instant::now();
        loop {
            let left = self.count(
                "SELECT (SELECT count(*) FROM inbound WHERE state IN ('listen', 'ready'))
                      + (SELECT count(*) FROM outbound WHERE state IN ('queued', 'sending', 'uncertain'))
                      + (SELECT count(*) FROM job)",
            );
            if left == 0 && self.vendors.world().is_quiet() {
                let mut unknown = Vec::new();
                self.payments(&self.vendors.world().snapshot(), &mut unknown);
                if unknown.is_empty() {
                    return true;
                }
            }
            if begun.elapsed() > patience {
                return false;
            }
            std::thread::sleep(ASK_AGAIN);
        }
    }

    /// All failed checks.
    pub fn broken(&self, promises: &Promises) -> Vec<String> {
        let mut broken = promises.odd.clone();
        self.bookings(promises, &mut broken);
        self.nights(&mut broken);
        let world = self.vendors.world().snapshot();
        self.payments(&world, &mut broken);
        self.letters(&world, promises, &mut broken);
        let sound: String =
            self.db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("the file can be read");
        if sound != "ok" {
            broken.push(format!("the file is not whole: {sound}"));
        }
        self.none(
            "a reference that leads nowhere",
            "SELECT \"table\" FROM pragma_foreign_key_check",
            &mut broken,
        );
        broken
    }

    fn bookings(&self, promises: &Promises, broken: &mut Vec<String>) {
        let mut statement =
            self.db.prepare("SELECT status FROM reservation WHERE code = ?1").expect("a statement");
        let mut codes = BTreeSet::new();
        for booked in &promises.booked {
            let status: Option<String> = statement.query_row([&booked.code], |row| row.get(0)).ok();
            if !codes.insert(&booked.code) {
                broken.push(format!("{} was given to two keys", booked.code));
            }
            match status.as_deref() {
                None => broken.push(format!("{} ({}) was acknowledged and is gone", booked.code, booked.key)),
                Some("cancelled") if booked.called_off => {}
                Some("pre_reserved" | "confirmed") if !booked.called_off => {}
                Some(status) => broken.push(format!("{} is {status}", booked.code)),
            }
        }
        let there = self.count("SELECT count(*) FROM reservation");
        let (least, most) = (promises.booked.len() as i64, promises.keys as i64);
        if !(least..=most).contains(&there) {
            broken.push(format!("{there} bookings from {most} keys, of which {least} were acknowledged"));
        }
    }

    fn nights(&self, broken: &mut Vec<String>) {
        self.none(
            "a stay without all its nights, or a night of none",
            "SELECT r.id FROM reservation r
             WHERE (SELECT count(*) FROM night n WHERE n.reservation_id = r.id)
                <> CASE WHEN r.status IN ('pre_reserved', 'confirmed')
                        THEN julianday(r.check_out) - julianday(r.check_in) ELSE 0 END",
            broken,
        );
    }

    /// Every approved payment is in the ledger once, with all of its money.
    fn payments(&self, world: &Value, broken: &mut Vec<String>) {
        let mut statement = self
            .db
            .prepare(
                "SELECT coalesce(sum(l.amount_cents), 0) FROM payment p JOIN ledger l ON l.payment_id = p.id
                 WHERE p.provider = 'mercadopago' AND p.provider_id = ?1",
            )
            .expect("a statement");
        for payment in world["payments"].as_array().into_iter().flatten() {
            let id = payment["id"].to_string();
            let entered: i64 = statement.query_row([&id], |row| row.get(0)).expect("a sum");
            let paid = payment["amount_cents"].as_i64().unwrap_or_default();
            if payment["status"] == "approved" && entered != paid {
                broken.push(format!("payment {id} of {paid} is in the ledger with {entered}"));
            }
        }
    }

    /// Messages that reached WhatsApp twice.
    pub fn messages_sent_twice(&self) -> usize {
        let world = self.vendors.world().snapshot();
        let chats = world["chats"].as_array().into_iter().flatten();
        let sent = chats.flat_map(|chat| chat["messages"].as_array().into_iter().flatten());
        let tags: Vec<&str> = sent
            .filter(|line| line["from"] == "business")
            .filter_map(|line| line["callback_data"].as_str())
            .collect();
        tags.len() - tags.iter().collect::<BTreeSet<_>>().len()
    }

    /// Guests whose messages were never acknowledged: the world gave up, as Meta does after days.
    pub fn never_taken(&self) -> usize {
        let world = self.vendors.world().snapshot();
        let chats = world["chats"].as_array().into_iter().flatten();
        chats
            .filter(|chat| !was_taken(chat) && !chat["messages"].as_array().is_none_or(Vec::is_empty))
            .count()
    }

    /// Every acknowledged message was answered, and none was sent twice unless casero died while sending it,
    /// when it could not know the result of the first try.
    fn letters(&self, world: &Value, promises: &Promises, broken: &mut Vec<String>) {
        let mut taken = BTreeSet::new();
        let mut answered = BTreeSet::new();
        for chat in world["chats"].as_array().into_iter().flatten() {
            let phone = chat["phone"].as_str().unwrap_or_default();
            if was_taken(chat) {
                taken.insert(phone);
            }
            let mut sent: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
            for line in chat["messages"].as_array().into_iter().flatten() {
                if line["from"] == "business" {
                    answered.insert(phone);
                    let tag = line["callback_data"].as_str().unwrap_or_default();
                    sent.entry(tag).or_default().push(line["at"].as_i64().unwrap_or_default());
                }
            }
            for (tag, moments) in sent {
                let pairs = moments.windows(2);
                let died = |from: i64, to: i64| promises.troubles.iter().any(|at| (from..=to).contains(at));
                if pairs.clone().any(|pair| !died(pair[0], pair[1])) {
                    broken.push(format!("message {tag} to {phone}: sent twice without a trouble in between"));
                }
            }
        }
        let mut with_a_person = self
            .db
            .prepare(
                "SELECT 1 FROM attention a JOIN conversation c ON c.id = a.conversation_id
                               JOIN guest g ON g.id = c.guest_id
                 WHERE g.phone = ?1 OR g.phone = '+' || ?1",
            )
            .expect("a statement");
        for phone in taken.difference(&answered) {
            if !with_a_person.exists([phone]).expect("it runs") {
                broken.push(format!("{phone} wrote and was never answered: {}", self.thread(phone)));
            }
        }
    }

    /// Rows about a guest's messages, for the report.
    fn thread(&self, phone: &str) -> String {
        let stored = self.rows(
            "SELECT 'in ' || i.state || ' ' || i.attempts FROM inbound i JOIN conversation c ON c.id = i.conversation_id
             JOIN guest g ON g.id = c.guest_id WHERE g.phone LIKE '%' || ?1
             UNION ALL
             SELECT 'out ' || o.state || ' ' || o.attempts || ' ' || o.doubts || ' ' || coalesce(o.error_code, '')
             FROM outbound o JOIN conversation c ON c.id = o.conversation_id
             JOIN guest g ON g.id = c.guest_id WHERE g.phone LIKE '%' || ?1",
            &phone[phone.len().saturating_sub(10)..],
        );
        if stored.is_empty() { "it never came in".to_owned() } else { stored.join("; ") }
    }

    pub fn waiting(&self) -> Vec<String> {
        self.rows(
            "SELECT 'inbound ' || state FROM inbound WHERE state IN ('listen', 'ready') AND ?1 = ''
             UNION ALL SELECT 'outbound ' || state || ' ' || attempts || ' ' || doubts FROM outbound
                       WHERE state IN ('queued', 'sending', 'uncertain')
             UNION ALL SELECT 'job ' || kind || ' ' || attempts FROM job",
            "",
        )
    }

    fn rows(&self, sql: &str, about: &str) -> Vec<String> {
        let mut statement = self.db.prepare(sql).expect("a statement");
        let rows = statement.query_map([about], |row| row.get::<_, String>(0)).expect("it runs");
        rows.map(|row| row.expect("a row")).collect()
    }

    fn none(&self, what: &str, sql: &str, broken: &mut Vec<String>) {
        let mut statement = self.db.prepare(sql).expect("a statement");
        let mut rows = statement.query([]).expect("it runs");
        while let Some(row) = rows.next().expect("it runs") {
            broken.push(format!("{what}: {:?}", row.get_ref(0).expect("a column")));
        }
    }

    /// The one number that a query answers.
    fn count(&self, sql: &str) -> i64 {
        self.db.query_row(sql, [], |row| row.get(0)).expect("it runs")
    }
}

/// Whether a guest's message was acknowledged: the world then shows it as delivered.
fn was_taken(chat: &Value) -> bool {
    let lines = chat["messages"].as_array().into_iter().flatten();
    lines.filter(|line| line["from"] == "guest").any(|line| line["status"] != "sent")
}
