//! The database's facts beside the words, a line for each one that matters to a reader of a conversation.

use casero::store::{Read, StoreError};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rusqlite::{Connection, Row};
use serde_json::Value;
use std::collections::BTreeMap;

/// Lines by table and row.
pub(super) type Facts = BTreeMap<(usize, i64), String>;

type Line = fn(&Row<'_>, &TimeZone) -> rusqlite::Result<String>;

/// The place among the tables of what is known of a guest.
pub(super) const CONTACTS: usize = 5;

/// In the order in which they are written: where the rows are, and how each reads. The first column is the row's id.
const TABLES: [(&str, Line); 7] = [
    (
        "SELECT r.id, r.code, c.name, r.check_in, r.check_out, r.guests, r.total_cents, r.deposit_cents,
                (SELECT coalesce(sum(amount_cents), 0) FROM ledger WHERE reservation_id = r.id), r.status,
                r.expires_at
         FROM reservation r JOIN cabin c ON c.id = r.cabin_id",
        reservation,
    ),
    (
        "SELECT k.id, r.code, k.amount_cents, k.state
         FROM checkout k JOIN reservation r ON r.id = k.reservation_id",
        |row, _| Ok(format!("link> {} {}: {}", text(row, 1)?, money(row.get(2)?), text(row, 3)?)),
    ),
    (
        "SELECT f.id, r.code, f.amount_cents, f.state
         FROM refund f JOIN reservation r ON r.id = f.reservation_id",
        |row, _| Ok(format!("refund> {} {}: {}", text(row, 1)?, money(row.get(2)?), text(row, 3)?)),
    ),
    ("SELECT id, check_in, check_out, guests, told_at IS NOT NULL FROM waiting", |row, _| {
        let told = if row.get(4)? { ": told" } else { "" };
        let guests: u16 = row.get(3)?;
        Ok(format!("waiting> {} {}, {guests} people{told}", text(row, 1)?, text(row, 2)?))
    }),
    ("SELECT id, kind, details, resolved_at IS NOT NULL FROM attention", |row, _| {
        let kind = text(row, 1)?;
        if row.get(3)? {
            return Ok(format!("attention> settled {kind}"));
        }
        Ok(format!("attention> raised {kind}{}", details(&text(row, 2)?)))
    }),
    (
        "SELECT g.id, g.name, g.language, g.email, g.opted_out_at IS NOT NULL
         FROM guest g",
        |row, _| {
            let email: Option<String> = row.get(3)?;
            let email = email.map_or_else(String::new, |email| format!(", {email}"));
            let opted_out = if row.get(4)? { ", opted out" } else { "" };
            Ok(format!("contact> {}, {}{email}{opted_out}", text(row, 1)?, text(row, 2)?))
        },
    ),
    ("SELECT id, kind, subject FROM job", |row, _| Ok(format!("job> {} {}", text(row, 1)?, text(row, 2)?))),
];

pub(super) fn look(tx: &impl Read, zone: &TimeZone) -> Result<Facts, StoreError> {
    let mut facts = Facts::new();
    for (place, (sql, line)) in TABLES.iter().enumerate() {
        add(&mut facts, tx.connection(), place, sql, |row| line(row, zone))?;
    }
    Ok(facts)
}

fn add(
    facts: &mut Facts,
    db: &Connection,
    place: usize,
    sql: &str,
    line: impl Fn(&Row<'_>) -> rusqlite::Result<String>,
) -> Result<(), StoreError> {
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| Ok(((place, row.get(0)?), line(row)?)))?;
    for row in rows {
        let (key, line) = row?;
        facts.insert(key, line);
    }
    Ok(())
}

/// New or changed facts; a job that is gone is done.
pub(super) fn changed(before: &Facts, now: &Facts) -> String {
    let fresh = now.iter().filter(|(key, line)| before.get(*key) != Some(*line));
    let mut out: String = fresh.map(|(_, line)| format!("{line}\n")).collect();
    for (_, line) in before.iter().filter(|(key, _)| !now.contains_key(*key)) {
        out.push_str(&format!("{line} done\n"));
    }
    out
}

/// A hold, or what became of it: the cabin, the nights (half-open), the people, the money, where it stands.
fn reservation(row: &Row<'_>, zone: &TimeZone) -> rusqlite::Result<String> {
    let (status, paid): (String, i64) = (row.get(9)?, row.get(8)?);
    let held = status == "pre_reserved";
    let what = if held || status == "expired" { "hold" } else { "booking" };
    let deposit = if held { format!(", deposit {}", money(row.get(7)?)) } else { String::new() };
    let paid = if what == "hold" && paid == 0 { String::new() } else { format!(", paid {}", money(paid)) };
    let until: Option<i64> = row.get(10)?;
    let until = until.filter(|_| held).map(|at| format!(" until {}", local(at, zone))).unwrap_or_default();
    Ok(format!(
        "{what}> {} {} {} {}, {} people, total {}{deposit}{paid}: {status}{until}",
        text(row, 1)?,
        text(row, 2)?,
        text(row, 3)?,
        text(row, 4)?,
        row.get::<_, u16>(5)?,
        money(row.get(6)?),
    ))
}

fn text(row: &Row<'_>, column: usize) -> rusqlite::Result<String> {
    row.get(column)
}

/// An amount in whole units where it is one.
fn money(minor: i64) -> String {
    match minor % 100 {
        0 => (minor / 100).to_string(),
        rest => format!("{}.{:02}", minor / 100, rest.abs()),
    }
}

fn local(millis: i64, zone: &TimeZone) -> String {
    let at = Timestamp::from_millisecond(millis).expect("an instant of the database");
    minute(at, zone)
}

/// An instant by the property's clock, to the minute.
pub(super) fn minute(at: Timestamp, zone: &TimeZone) -> String {
    zone.to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string()
}

/// An attention item's details without the ids of rows and payments.
fn details(json: &str) -> String {
    let Ok(Value::Object(fields)) = serde_json::from_str(json) else { return String::new() };
    let told = fields.iter().filter(|(name, _)| !name.ends_with("_id") && *name != "payment");
    let told = told.map(|(name, value)| match (name.strip_suffix("_cents"), value) {
        (Some(name), Value::Number(minor)) => {
            format!(", {name} {}", minor.as_i64().map_or_else(|| minor.to_string(), money))
        }
        (_, Value::String(text)) => format!(", {name} {}", text.replace('\n', " / ")),
        (_, other) => format!(", {name} {other}"),
    });
    told.collect()
}
