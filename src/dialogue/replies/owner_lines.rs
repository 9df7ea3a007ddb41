//! Lines of a list, as the owner reads them.

use crate::dialogue::i18n::{Locale, OWNER};
use crate::dialogue::owner::GuestBooking;
use crate::domain::stay::Stay;

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

/// "Arrayán, Lenga y Ñire".
pub(super) fn cabins(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => OWNER.and_cabin(&first.join(", "), last),
    }
}

/// A line for each stay with its cabin.
pub(super) fn named_stays(blocks: &[(String, Stay)]) -> String {
    bullets(blocks.iter().map(|(cabin, stay)| OWNER.cabin_stay(cabin, *stay)))
}
