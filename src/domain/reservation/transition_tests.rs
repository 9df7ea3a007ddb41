//! The whole table of transitions: a row for each state, a column for each event.

use super::*;
use crate::domain::ids::{CabinId, GuestId, ReservationCode, ReservationId};
use crate::domain::money::Percent;
use crate::domain::money::{Currency, Money};
use crate::domain::party::Party;
use crate::domain::pricing::{LineKind, Quote, QuoteLine};
use jiff::{SignedDuration, civil::date};

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn stay() -> Stay {
    Stay::new(date(2027, 1, 12), date(2027, 1, 15)).expect("valid")
}

fn reservation(status: Status, lapsed: bool) -> Reservation {
    let zero = Money::zero(Currency::Ars);
    let until = if lapsed { NOW } else { NOW + SignedDuration::from_mins(1) };
    Reservation {
        id: ReservationId(1),
        code: ReservationCode::from_random([0; 6]),
        cabin_id: CabinId(1),
        guest_id: GuestId(1),
        status,
        stay: stay(),
        party: Party::of_adults(2),
        channel: crate::domain::channel::KnownChannel::WhatsApp.into(),
        quote: Quote::new(vec![QuoteLine::charge(LineKind::Fee, "", zero)], Percent::new(30).unwrap())
            .unwrap(),
        terms: Default::default(),
        expires_at: Some(until),
        cancel_reason: None,
        version: 1,
        created_at: NOW,
    }
}

fn row(status: Status, lapsed: bool) -> String {
    let moved = Event::MoveTo(stay());
    let events = [
        Event::DepositPaid,
        Event::Secure(NOW),
        Event::Confirm,
        Event::Cancel,
        Event::Expire,
        Event::GiveWay,
        moved,
        Event::CheckIn,
        Event::CheckOut,
        Event::NoShow,
    ];
    let cell = |event| match apply(&reservation(status, lapsed), event, NOW) {
        Ok(step) => step.next.code(),
        Err(Refusal::HoldExpired) => "too late",
        Err(_) => "-",
    };
    events.map(cell).join(" | ")
}

#[test]
fn each_state_allows_these_moves_and_no_others() {
    // deposit paid | secure | confirm | cancel | expire | give way | move | check in | check out | no show
    let table = [
        (
            Status::PreReserved,
            "confirmed | pre_reserved | confirmed | cancelled | - | expired | pre_reserved | - | - | -",
        ),
        (Status::Confirmed, "- | - | - | cancelled | - | - | confirmed | checked_in | - | no_show"),
        (Status::CheckedIn, "- | - | - | - | - | - | checked_in | - | checked_out | -"),
        (Status::CheckedOut, "- | - | - | - | - | - | - | - | - | -"),
        (Status::Cancelled, "- | - | - | - | - | - | - | - | - | -"),
        (Status::Expired, "confirmed | pre_reserved | confirmed | - | - | - | - | - | - | -"),
        (Status::NoShow, "- | - | - | - | - | - | - | - | - | -"),
    ];
    assert_eq!(table.map(|(status, _)| status), *<Status as strum::VariantArray>::VARIANTS);
    for (status, expected) in table {
        assert_eq!(row(status, false), expected, "{status:?}");
    }
}

#[test]
fn a_hold_whose_time_is_over_expires_and_is_not_moved() {
    assert_eq!(
        row(Status::PreReserved, true),
        "confirmed | pre_reserved | confirmed | cancelled | expired | expired | too late | - | - | -"
    );
}

#[test]
fn a_move_takes_nights_exactly_when_it_leads_to_a_state_that_holds_them() {
    for status in <Status as strum::VariantArray>::VARIANTS.iter().copied() {
        for event in [
            Event::DepositPaid,
            Event::Secure(NOW),
            Event::Confirm,
            Event::Cancel,
            Event::GiveWay,
            Event::NoShow,
            Event::MoveTo(stay()),
        ] {
            let Ok(step) = apply(&reservation(status, false), event, NOW) else { continue };
            let takes = step.effects.iter().any(|effect| matches!(effect, Effect::TakeNights(_)));
            assert_eq!(takes, step.next.holds_nights(), "{status:?} {event:?}");
        }
    }
}
