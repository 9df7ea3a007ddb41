//! Invariants of money: the ledger against its payments, and the payments against the provider's own state.

use super::broken::Broken;
use super::payment_state::Paid;
use super::payments::COLLECTOR;
use super::world::World;
use crate::domain::payment::PaymentStatus;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension};
use std::collections::BTreeMap;

/// How long the instance may take to notice an unannounced change, storms and outages included.
pub(super) const GRACE: SignedDuration = SignedDuration::from_hours(4 * 24);
/// Age of changed payments that are checked in each step that touches one.
const RECENT: SignedDuration = SignedDuration::from_hours(24);

/// Each recent payment's value equals its ledger entries, and no stay's balance is negative.
pub(super) fn ledger(db: &Connection, clock: Timestamp) -> Result<(), Broken> {
    let since = (clock - RECENT).as_millisecond();
    let mut wrong = db.prepare_cached(
        "SELECT p.id, p.status, p.entered, p.worth FROM (
             SELECT p.id, p.status,
                    (SELECT coalesce(sum(amount_cents), 0) FROM ledger l WHERE l.payment_id = p.id) AS entered,
                    CASE WHEN p.verdict NOT IN ('matches', 'other_amount') THEN 0
                         WHEN p.status = 'approved' THEN max(p.amount_cents - p.refunded_cents, 0)
                         WHEN p.status = 'charged_back' AND p.status_detail = 'reimbursed' THEN p.amount_cents
                         ELSE 0 END AS worth
             FROM payment p WHERE p.updated_at > ?1) p
         WHERE p.entered <> p.worth LIMIT 1",
    )?;
    let found = wrong
        .query_row([since], |row| {
            let (id, status): (i64, String) = (row.get(0)?, row.get(1)?);
            let (entered, worth): (i64, i64) = (row.get(2)?, row.get(3)?);
            Ok(format!("payment {id} is {status}, worth {worth}, and {entered} is entered"))
        })
        .optional()?;
    match found {
        Some(details) => Err(Broken::new("each payment is entered once", details)),
        None => refunds(db, since),
    }
}

fn refunds(db: &Connection, since: i64) -> Result<(), Broken> {
    let mut wrong = db.prepare_cached(
        "SELECT 'payment ' || p.id FROM payment p
         WHERE p.updated_at > ?1
           AND (SELECT coalesce(sum(amount_cents), 0) FROM refund r
                WHERE r.payment_id = p.id AND r.state <> 'rejected') > p.amount_cents LIMIT 1",
    )?;
    match wrong.query_row([since], |row| row.get::<_, String>(0)).optional()? {
        Some(details) => Err(Broken::new("no more is given back than was paid", details)),
        None => Ok(()),
    }
}

/// Payments that changed at the provider in a period have the same state in the instance: applied once,
/// refunded, or an attention item.
pub(super) fn payments(db: &Connection, world: &World, from: Timestamp, to: Timestamp) -> Result<(), Broken> {
    let settled =
        world.payments.payments.values().filter(|paid| from <= paid.changed_at && paid.changed_at <= to);
    let mut of_offer: BTreeMap<&str, Vec<&Paid>> = BTreeMap::new();
    for paid in settled {
        payment(db, paid)?;
        if let Some(offer) = &paid.offer {
            of_offer.entry(offer).or_default().push(paid);
        }
    }
    for (offer, paid) in of_offer {
        let asked = world.payments.offers.get(offer).map_or(0, |offer| offer.amount.minor);
        overpayment(db, asked, &paid)?;
    }
    Ok(())
}

/// A checkout that was paid twice in full is told to the owner and to the guest. While the deposit is not in without
/// the last of these payments, it is no overpayment: a stay that grew asks more than its older link.
fn overpayment(db: &Connection, asked: i64, paid: &[&Paid]) -> Result<(), Broken> {
    let whole = |paid: &&&Paid| {
        let right = paid.now.collector_id.as_deref() == Some(COLLECTOR) && paid.now.currency == "ARS";
        right && paid.now.status == PaymentStatus::Approved && paid.now.worth_minor() == asked
    };
    let whole: Vec<&&Paid> = paid.iter().filter(whole).collect();
    let (Some(code), 2..) = (whole.first().and_then(|paid| paid.now.booking.as_ref()), whole.len()) else {
        return Ok(());
    };
    let mut untold = db.prepare_cached(
        "SELECT r.id FROM reservation r JOIN guest g ON g.id = r.guest_id
         WHERE r.code = ?1
           AND (SELECT coalesce(sum(amount_cents), 0) - ?2 FROM ledger WHERE reservation_id = r.id)
               >= json_extract(r.quote, '$.deposit.minor')
           AND (NOT EXISTS (SELECT 1 FROM attention a WHERE a.reservation_id = r.id AND a.kind IN
                    ('paid_twice', 'paid_without_place', 'paid_after_cancel', 'paid_and_expired'))
                OR (g.phone IS NOT NULL AND NOT EXISTS (SELECT 1 FROM outbound o WHERE
                        o.once_key GLOB r.id || ':paid_more*' OR o.once_key GLOB r.id || ':paid_for_nothing*'
                        OR o.once_key GLOB r.id || ':too_late*')))",
    )?;
    match untold.query_row((code.code.as_str(), asked), |row| row.get::<_, i64>(0)).optional()? {
        Some(stay) => {
            Err(Broken::new("no overpayment is untold", format!("stay {stay}, {} payments", whole.len())))
        }
        None => Ok(()),
    }
}

fn payment(db: &Connection, paid: &Paid) -> Result<(), Broken> {
    let id = &paid.now.provider_id;
    let broken = |rule, details: String| Err(Broken::new(rule, format!("payment {id}: {details}")));
    if paid.offer.is_none() {
        let mut ours = db.prepare_cached("SELECT 1 FROM payment WHERE provider_id = ?1")?;
        return match ours.exists([id])? || is_listed(db, id)? {
            true => broken("payments of another business are nobody's matter", String::new()),
            false => Ok(()),
        };
    }
    let mut row = db.prepare_cached(
        "SELECT p.id, p.status, p.refunded_cents, p.reservation_id,
                (SELECT coalesce(sum(amount_cents), 0) FROM ledger l WHERE l.payment_id = p.id)
         FROM payment p WHERE p.provider = 'mercadopago' AND p.provider_id = ?1",
    )?;
    let known = row
        .query_row([id], |row| {
            let (id, status): (i64, String) = (row.get(0)?, row.get(1)?);
            let (refunded, stay): (i64, Option<i64>) = (row.get(2)?, row.get(3)?);
            Ok((id, status, refunded, stay, row.get::<_, i64>(4)?))
        })
        .optional()?;
    let Some((row, status, refunded, stay, entered)) = known else {
        return broken("every payment is known", format!("{} for {:?}", paid.now.status.code(), paid.offer));
    };
    if status != paid.now.status.code() || refunded != paid.now.refunded_minor {
        return broken(
            "every payment is known as it is",
            format!("{status}, really {}", paid.now.status.code()),
        );
    }
    let right = paid.now.collector_id.as_deref() == Some(COLLECTOR) && paid.now.currency == "ARS";
    if !right {
        let listed = !paid.was_approved || is_listed(db, id)?;
        let rule = "money that does not fit is on the list";
        return if listed && entered == 0 { Ok(()) } else { broken(rule, format!("{entered} entered")) };
    }
    if entered != paid.now.worth_minor() {
        return broken("every approved payment is applied once", format!("{entered} entered"));
    }
    if paid.now.status == PaymentStatus::Approved && entered > 0 && !is_placed(db, row, stay)? {
        let rule = "every approved payment has a stay, a refund or a place on the list";
        return broken(rule, format!("row {row}, stay {stay:?}"));
    }
    let by_us: i64 = paid.by_key.values().sum();
    let mut asked = db.prepare_cached(
        "SELECT coalesce(sum(amount_cents), 0) FROM refund WHERE payment_id = ?1 AND state <> 'rejected'",
    )?;
    let asked: i64 = asked.query_row([row], |row| row.get(0))?;
    if by_us > asked {
        return broken("no refund is made twice", format!("{by_us} given back, {asked} asked"));
    }
    Ok(())
}

fn is_listed(db: &Connection, provider_id: &str) -> Result<bool, rusqlite::Error> {
    db.prepare_cached("SELECT 1 FROM attention WHERE kind = 'payment_mismatch' AND subject = ?1")?
        .exists([provider_id])
}

/// Whether a payment belongs to a live stay or one cancelled after it, or is being refunded, or is an
/// attention item.
fn is_placed(db: &Connection, payment: i64, stay: Option<i64>) -> Result<bool, rusqlite::Error> {
    db.prepare_cached(
        "SELECT 1 WHERE EXISTS (SELECT 1 FROM reservation WHERE id = ?2
                                AND status IN ('confirmed', 'checked_in', 'checked_out'))
         OR EXISTS (SELECT 1 FROM refund WHERE payment_id = ?1)
         OR EXISTS (SELECT 1 FROM attention WHERE subject = CAST(?1 AS TEXT) AND reservation_id = ?2)
         OR EXISTS (SELECT 1 FROM audit a JOIN ledger l ON l.payment_id = ?1
                    WHERE a.reservation_id = ?2 AND a.event IN ('confirmed', 'cancelled', 'no_show') AND a.at >= l.created_at)",
    )?
    .exists((payment, stay))
}
