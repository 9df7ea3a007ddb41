//! The owner's messages before and after a booking is cancelled or moved: which one, its refund or price, and the
//! result.

use super::owner_lines::{self, bullets};
use super::stay::refused;
use crate::dialogue::i18n::{Locale, OWNER};
use crate::dialogue::owner::{BookingCommand, GuestBooking, OwnerSay, OwnerTap};
use crate::domain::message::{BUTTON_CHARS_MAX, BUTTONS_MAX, cut};
use crate::domain::money::Money;
use crate::domain::refund::Ground;

/// Buttons to choose among several bookings; more than fit are told apart by their code.
pub(super) fn picks(rows: &[GuestBooking], wish: BookingCommand, l: &Locale) -> Vec<(String, OwnerTap)> {
    if rows.len() > BUTTONS_MAX {
        return Vec::new();
    }
    let each = |row: &GuestBooking| {
        let booking = &row.booking;
        let title = format!("{} {}", booking.code, l.short_day(booking.stay.check_in()));
        let tap = OwnerTap::Pick { reservation_id: booking.reservation_id, what: wish };
        (cut(&title, BUTTON_CHARS_MAX), tap)
    };
    rows.iter().map(each).collect()
}

/// The words about a guest's booking; `None` for any other answer.
pub(super) fn body(say: &OwnerSay, l: Locale) -> Option<String> {
    Some(match say {
        OwnerSay::AskCancel { row, refund, ground, .. } => {
            let back = gives_back(row.booking.paid, *refund, *ground);
            format!("{}\n{}\n{back}", OWNER.ask_call_off(), owner_lines::row(row, l))
        }
        OwnerSay::AskMove { row, cabin, stay, total, .. } => {
            let moved = match cabin {
                Some(cabin) => OWNER.would_move_to_cabin(cabin, *stay),
                None => OWNER.would_move_to(*stay),
            };
            let price = price(row.booking.total, *total);
            format!("{}\n{}\n{moved} {price}", OWNER.ask_to_move(), owner_lines::row(row, l))
        }
        OwnerSay::Cancelled { row, refund } => {
            let done = OWNER.called_off(&row.booking.code, &row.guest);
            let back = refund.is_positive().then(|| OWNER.is_given_back(*refund));
            let said = [Some(done), back, Some(OWNER.tells_guest())];
            said.into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
        OwnerSay::Moved { row } => format!("{}\n{}", OWNER.moved_and_told(), owner_lines::row(row, l)),
        OwnerSay::CannotChange { row, stay, refusal } => {
            let why = refused(refusal, l);
            let cannot = match stay {
                Some(stay) => OWNER.cannot_move_to(*stay, &why),
                None => OWNER.cannot_call_off(&why),
            };
            format!("{cannot}\n{}", owner_lines::row(row, l))
        }
        OwnerSay::WhichBooking { rows, .. } => {
            format!(
                "{}\n{}",
                OWNER.which_of_these(),
                bullets(rows.iter().map(|row| owner_lines::row(row, l)))
            )
        }
        _ => return None,
    })
}

fn gives_back(paid: Money, refund: Money, ground: Ground) -> String {
    if !paid.is_positive() {
        OWNER.nothing_was_paid()
    } else if refund.is_positive() {
        OWNER.gives_back(paid, refund, ground)
    } else {
        OWNER.gives_nothing_back(paid, ground)
    }
}

fn price(before: Money, total: Money) -> String {
    if total == before { OWNER.same_price(total) } else { OWNER.new_price(total, before) }
}
