//! The owner's messages about money, prices, rules and words, and the lists of the day.

use super::owner_lines::{self, bullets, cabins};
use super::stay::refused;
use crate::dialogue::i18n::{Format, Locale, Nights, OWNER};
use crate::dialogue::owner::{CabinChange, GuestBooking, OwnerSay};
use crate::domain::amount;
use crate::domain::money::Money;
use crate::domain::rates::{By, PriceChange, RateChange};
use crate::domain::stay::Stay;
use jiff::civil::Date;

/// The words of an answer that belongs here; empty for any other.
pub(super) fn body(say: &OwnerSay, f: &Format<'_>) -> String {
    let row = |row: &GuestBooking| owner_lines::row(row, **f);
    match say {
        OwnerSay::AskConfirm { row: of, .. } => format!("{}\n{}", OWNER.ask_confirm(), row(of)),
        OwnerSay::Confirmed { row: of } => format!("{}\n{}", OWNER.confirmed_by_owner(), row(of)),
        OwnerSay::AskReceive { row: of, amount, method, .. } => {
            format!("{}\n{}", OWNER.ask_receive(&of.guest, *amount, *method), row(of))
        }
        OwnerSay::Received { row: of, amount } => {
            let due = of.booking.balance_due();
            let rest = if due.is_positive() { OWNER.still_owes(due) } else { OWNER.owes_nothing() };
            format!("{} {rest}\n{}", OWNER.received(*amount), row(of))
        }
        OwnerSay::NothingDue { row: of } => format!("{}\n{}", OWNER.nothing_is_due(), row(of)),
        OwnerSay::AskDiscount { row: of, off, total, .. } => {
            format!("{}\n{}", OWNER.ask_discount(*off, of.booking.total, *total), row(of))
        }
        OwnerSay::Discounted { row: of, off } => format!("{}\n{}", OWNER.took_off(*off), row(of)),
        OwnerSay::DiscountTooLarge { row: of } => format!("{}\n{}", OWNER.discount_too_large(), row(of)),
        OwnerSay::AskBook { cabin, stay, guest, party, total, deposit, awaited, .. } => {
            let name = if guest.is_empty() { OWNER.no_name() } else { guest.clone() };
            let line = OWNER.book_line(&name, cabin, *stay, *party, *total);
            let deposit = awaited.as_ref().map(|_| OWNER.book_deposit(*deposit));
            [Some(OWNER.ask_book()), Some(line), deposit].into_iter().flatten().collect::<Vec<_>>().join("\n")
        }
        OwnerSay::Booked { row: of } => format!("{}\n{}", OWNER.booked(), row(of)),
        OwnerSay::CannotBook { cabin, stay, refusal } => {
            OWNER.cannot_book(cabin, *stay, &refused(refusal, **f))
        }
        OwnerSay::AskRates { cabins: of, stay, rate, .. } => match rate {
            RateChange::Price(price) => OWNER.ask_price(&cabins(of), *price, *stay),
            RateChange::MinNights(nights) => OWNER.ask_min_nights(Nights(*nights), &cabins(of), *stay),
            RateChange::Adjust(by) => OWNER.ask_adjust(&adjusted(*by, **f), &cabins(of), *stay),
        },
        OwnerSay::RatesChanged { cabins: of, stay, rate } => match rate {
            RateChange::Price(price) => OWNER.price_set(&cabins(of), *price, *stay),
            RateChange::MinNights(nights) => OWNER.min_nights_set(Nights(*nights), &cabins(of), *stay),
            RateChange::Adjust(by) => OWNER.adjusted(&adjusted(*by, **f), &cabins(of), *stay),
        },
        OwnerSay::RatesRestored => OWNER.rates_restored(),
        OwnerSay::BadPrice => OWNER.bad_price(),
        OwnerSay::AskPause { until, .. } => {
            until_day(*until).map_or_else(|| OWNER.ask_pause_open(), |day| OWNER.ask_pause(day))
        }
        OwnerSay::Paused { until } => {
            until_day(*until).map_or_else(|| OWNER.paused_open(), |day| OWNER.paused(day))
        }
        OwnerSay::Resumed => OWNER.resumed(),
        OwnerSay::AskTeach { topic, words, before, .. } => {
            let before = (!before.is_empty()).then(|| OWNER.teach_before(before));
            let asked = [Some(OWNER.ask_teach(&OWNER.topic(*topic))), Some(OWNER.said_words(words)), before];
            asked.into_iter().flatten().collect::<Vec<_>>().join("\n")
        }
        OwnerSay::Taught { topic } => OWNER.taught(&OWNER.topic(*topic)),
        OwnerSay::Forgotten { topic } => OWNER.taught_nothing(&OWNER.topic(*topic)),
        OwnerSay::CannotTeach => OWNER.cannot_teach(),
        OwnerSay::AskTell { guest, words, .. } => {
            format!("{}\n{}", OWNER.ask_tell(guest), OWNER.said_words(words))
        }
        OwnerSay::Told { guest } => OWNER.told(guest),
        OwnerSay::CannotTell { guest } => OWNER.cannot_tell(guest),
        OwnerSay::NoLocation => OWNER.no_location(),
        OwnerSay::NothingToUndo => OWNER.nothing_to_undo(),
        _ => lists(say, f),
    }
}

fn lists(say: &OwnerSay, f: &Format<'_>) -> String {
    let rows = |head: String, rows: &[GuestBooking]| {
        format!("{head}\n{}", bullets(rows.iter().map(|row| owner_lines::row(row, **f))))
    };
    match say {
        OwnerSay::InHouse { rows: found } if found.is_empty() => OWNER.nobody_in_house(),
        OwnerSay::InHouse { rows: found } => rows(OWNER.in_house(), found),
        OwnerSay::Cleaning { day, rows } if rows.is_empty() => OWNER.nothing_to_clean(*day),
        OwnerSay::Cleaning { day, rows } => {
            format!("{}\n{}", OWNER.cleaning(*day), bullets(rows.iter().map(cabin_change)))
        }
        OwnerSay::Debts { rows: found, .. } if found.is_empty() => OWNER.no_debts(),
        OwnerSay::Debts { rows: found, total } => rows(OWNER.debts(*total), found),
        OwnerSay::Income { days, received, payments } => {
            let range =
                if days.from == days.to { f.day(days.from) } else { OWNER.whole_range(days.from, days.to) };
            if *payments == 0 { OWNER.no_income(&range) } else { OWNER.income(&range, *received, *payments) }
        }
        OwnerSay::Questions { rows, .. } if rows.is_empty() => OWNER.no_questions(),
        OwnerSay::Questions { rows, .. } => {
            let each = rows.iter().map(|(guest, words)| OWNER.guest_asked(guest, words));
            format!("{}\n{}", OWNER.questions(), bullets(each))
        }
        OwnerSay::Prices { stay, rows } => prices(*stay, rows, f),
        _ => String::new(),
    }
}

fn prices(
    stay: Option<Stay>,
    rows: &[(String, Result<Money, crate::domain::refusal::Refusal>)],
    f: &Format<'_>,
) -> String {
    let each = rows.iter().map(|(cabin, price)| match price {
        Ok(price) => OWNER.cabin_price(cabin, *price),
        Err(refusal) => OWNER.cabin_refused(cabin, &refused(refusal, **f)),
    });
    let head = stay.map_or_else(|| OWNER.prices_now(), |stay| OWNER.prices_of(stay));
    format!("{head}\n{}", bullets(each))
}

fn cabin_change(change: &CabinChange) -> String {
    let cabin = &change.cabin;
    match (&change.leaves, &change.comes) {
        (Some(guest), Some(next)) => OWNER.cleaning_leaves_and_comes(cabin, guest, next),
        (Some(guest), None) => OWNER.cleaning_leaves(cabin, guest),
        (None, Some(next)) => OWNER.cleaning_comes(cabin, next),
        (None, None) => cabin.clone(),
    }
}

/// The day on which bookings are taken again; `None` until further notice.
fn until_day(until: Option<Date>) -> Option<Date> {
    until.filter(|day| *day < Date::MAX)
}

/// "+10 %", "-5.000 pesos".
fn adjusted(change: PriceChange, l: Locale) -> String {
    match change.by {
        By::Percent(hundredths) => {
            let size = l.decimal(u16::try_from(hundredths.unsigned_abs()).unwrap_or(u16::MAX));
            format!("{}{size} %", if hundredths < 0 { "-" } else { "+" })
        }
        By::Amount(minor) => {
            let sign = if minor < 0 { "" } else { "+" };
            format!("{sign}{}", amount::write(minor))
        }
    }
}
