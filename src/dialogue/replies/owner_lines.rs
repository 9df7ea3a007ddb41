//! Lines of a list, as the owner reads them.

use crate::dialogue::i18n::{Locale, OWNER};
use crate::dialogue::owner::GuestBooking;

/// One line: who, where, when, which code.
pub(super) fn row(row: &GuestBooking, l: Locale) -> String {
    let GuestBooking { booking, guest } = row;
    let (stay, people) = (l.short_stay(booking.stay), booking.party);
    let due = booking.balance_due();
    if due.is_positive() {
        OWNER.booking_line_owing(guest, &booking.cabin, &stay, people, &booking.code, due)
    } else {
        OWNER.booking_line(guest, &booking.cabin, &stay, people, &booking.code)
    }
}

pub(super) fn bullets(lines: impl Iterator<Item = String>) -> String {
    lines.map(|line| format!("• {line}")).collect::<Vec<_>>().join("\n")
}
