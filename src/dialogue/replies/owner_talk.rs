//! Answers to the owner's commands: Spanish, short, always with whole dates.

use super::owner_answers;
use super::owner_bookings;
use super::owner_desk;
use super::owner_lines::{self, bullets, cabins, named_stays};
use crate::dialogue::i18n::{Format, Locale, OWNER, OWNER_LOCALE, Standing};
use crate::dialogue::owner::{AttentionItem, Change, Days, GuestBooking, Missing, OwnerSay, OwnerTap};
use crate::domain::code::Coded;
use crate::domain::policy::Moment;
use crate::domain::reservation::Status;
use crate::domain::stay::Stay;

/// An answer in words, with its buttons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerWords {
    pub body: String,
    /// Labels and meanings of up to three buttons.
    pub buttons: Vec<(String, OwnerTap)>,
}

/// Puts an answer to the owner into words.
pub fn owner_says(say: &OwnerSay, moment: &Moment) -> OwnerWords {
    let f = &Format::new(*OWNER_LOCALE, moment);
    let yes_no = |change: &Change, yes| {
        vec![(yes, OwnerTap::Do { change: change.clone() }), (OWNER.button_leave(), OwnerTap::Leave)]
    };
    let buttons = match say {
        OwnerSay::AskBlock { change, .. } => yes_no(change, OWNER.button_yes_block()),
        OwnerSay::AskUnblock { change, .. } => yes_no(change, OWNER.button_yes_open()),
        OwnerSay::AskConversation { change, .. } => yes_no(change, OWNER.button_yes()),
        OwnerSay::AskCancel { change, .. } => yes_no(change, OWNER.button_yes_call_off()),
        OwnerSay::AskMove { change, .. } => yes_no(change, OWNER.button_yes_move()),
        OwnerSay::AskConfirm { change, .. } => yes_no(change, OWNER.button_yes_confirm()),
        OwnerSay::AskReceive { change, .. } => yes_no(change, OWNER.button_yes_receive()),
        OwnerSay::AskDiscount { change, .. } => yes_no(change, OWNER.button_yes_discount()),
        OwnerSay::AskRates { change, .. } => yes_no(change, OWNER.button_yes_rates()),
        OwnerSay::AskPause { change, .. } => yes_no(change, OWNER.button_yes_pause()),
        OwnerSay::AskTeach { change, .. } => yes_no(change, OWNER.button_yes_teach()),
        OwnerSay::AskTell { change, .. } => yes_no(change, OWNER.button_yes_tell()),
        OwnerSay::AskBook { waived, awaited, .. } => {
            let mut buttons = yes_no(waived, OWNER.button_write_down());
            let awaiting =
                |change: &Change| (OWNER.button_book_awaiting(), OwnerTap::Do { change: change.clone() });
            buttons.splice(1..1, awaited.as_ref().map(awaiting));
            buttons
        }
        OwnerSay::WhichBooking { rows, wish } => owner_bookings::picks(rows, *wish, f),
        OwnerSay::Blocked { .. }
        | OwnerSay::Unblocked { .. }
        | OwnerSay::RatesChanged { .. }
        | OwnerSay::Paused { .. }
        | OwnerSay::Taught { .. } => vec![(OWNER.button_undo(), OwnerTap::Undo)],
        _ => Vec::new(),
    };
    OwnerWords { body: body(say, f), buttons }
}

fn body(say: &OwnerSay, f: &Format<'_>) -> String {
    match say {
        OwnerSay::Help => format!("{}\n{}", OWNER.help(), OWNER.can_say()),
        OwnerSay::NotUnderstood => format!("{}\n{}", OWNER.command_not_understood(), OWNER.can_say()),
        OwnerSay::Unheard => OWNER.command_unheard(),
        OwnerSay::NothingAsked => OWNER.nothing_asked(),
        OwnerSay::Missing(missing) => self::missing(missing, **f),
        OwnerSay::Left => OWNER.left(),
        OwnerSay::NoGuest { said } => OWNER.no_guest(said),
        OwnerSay::WhichGuest { names } => {
            format!("{}\n{}", OWNER.which_guest(), bullets(names.iter().cloned()))
        }
        OwnerSay::AskConversation { guest, change: Change::TakeOver { .. } } => OWNER.ask_take_over(guest),
        OwnerSay::AskConversation { guest, .. } => OWNER.ask_hand_back(guest),
        OwnerSay::TakenOver { guest, until } => {
            let until = until.map(|until| OWNER.taken_over_until(&f.moment(until)));
            [Some(OWNER.taken_over(guest)), until].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
        OwnerSay::HandedBack { guest } => OWNER.handed_back(guest),
        OwnerSay::AskBlock { .. }
        | OwnerSay::AskUnblock { .. }
        | OwnerSay::Blocked { .. }
        | OwnerSay::Unblocked { .. }
        | OwnerSay::CannotBlock { .. }
        | OwnerSay::BlockedAlready { .. }
        | OwnerSay::NothingBlocked { .. }
        | OwnerSay::WhichBlock { .. } => closed_nights(say, **f),
        OwnerSay::BlockedAgain { blocks } => {
            format!("{}\n{}", OWNER.blocked_again(), named_stays(blocks))
        }
        OwnerSay::AskCancel { .. }
        | OwnerSay::AskMove { .. }
        | OwnerSay::Cancelled { .. }
        | OwnerSay::Moved { .. }
        | OwnerSay::CannotChange { .. }
        | OwnerSay::WhichBooking { .. } => owner_bookings::body(say, **f).unwrap_or_default(),
        OwnerSay::Arrivals { .. }
        | OwnerSay::Departures { .. }
        | OwnerSay::Occupancy { .. }
        | OwnerSay::Availability { .. }
        | OwnerSay::Bookings { .. }
        | OwnerSay::Pending { .. } => news(say, f),
        OwnerSay::RequestGranted { .. }
        | OwnerSay::RequestRefused { .. }
        | OwnerSay::RequestClosed { .. }
        | OwnerSay::HowMuch { .. }
        | OwnerSay::HowMuchArrived { .. }
        | OwnerSay::WhatToSay { .. }
        | OwnerSay::CannotGrant { .. }
        | OwnerSay::NotArrived { .. }
        | OwnerSay::ReceiptClosed { .. }
        | OwnerSay::PassedOn { .. }
        | OwnerSay::CannotPass { .. }
        | OwnerSay::CannotPassType
        | OwnerSay::WhoseFile
        | OwnerSay::AnsweredBy { .. }
        | OwnerSay::MatterOver => owner_answers::body(say, f),
        _ => owner_desk::body(say, f),
    }
}

fn missing(missing: &Missing, l: Locale) -> String {
    match missing {
        Missing::Cabin(names) if names.is_empty() => OWNER.no_cabins(),
        Missing::Cabin(names) => format!("{}\n{}", OWNER.missing_cabin(), bullets(names.iter().cloned())),
        Missing::Dates => OWNER.missing_dates(),
        Missing::WhichDates(stays) => format!("{}\n{}", OWNER.missing_which_dates(), list(stays, l)),
        Missing::BadDates => OWNER.missing_good_dates(),
        Missing::Guest => OWNER.missing_guest(),
        Missing::Booking => OWNER.missing_booking(),
        Missing::NewDates => OWNER.missing_new_dates(),
        Missing::Amount => OWNER.missing_amount(),
        Missing::Nights => OWNER.missing_nights(),
        Missing::Words => OWNER.missing_words(),
        Missing::Answer => OWNER.missing_answer(),
        Missing::Topic => OWNER.missing_topic(),
    }
}

fn closed_nights(say: &OwnerSay, l: Locale) -> String {
    match say {
        OwnerSay::AskBlock { cabins: closed, stay, reason, .. } => {
            let asked = OWNER.ask_block(&cabins(closed), *stay);
            if reason.is_empty() { asked } else { format!("{asked} {}", OWNER.block_reason(reason)) }
        }
        OwnerSay::AskUnblock { blocks, .. } => opened(|names, _| OWNER.ask_open(names), blocks),
        OwnerSay::Blocked { cabins: closed, stay } => {
            OWNER.blocked(&cabins(closed), u32::try_from(closed.len()).unwrap_or(u32::MAX), *stay)
        }
        OwnerSay::Unblocked { blocks } => opened(|names, count| OWNER.opened(names, count), blocks),
        OwnerSay::CannotBlock { cabin, stay, by } if by.is_empty() => OWNER.cannot_block(cabin, *stay),
        OwnerSay::CannotBlock { cabin, stay, by } => format!(
            "{}\n{}",
            OWNER.cannot_block_because_of(cabin, *stay),
            bullets(by.iter().map(|row| owner_lines::row(row, l)))
        ),
        OwnerSay::BlockedAlready { stay } => OWNER.blocked_already(*stay),
        OwnerSay::NothingBlocked { cabins: of } => OWNER.nothing_blocked(&cabins(of)),
        OwnerSay::WhichBlock { cabin, stays } => format!("{}\n{}", OWNER.which_block(cabin), list(stays, l)),
        _ => String::new(),
    }
}

fn news(say: &OwnerSay, f: &Format<'_>) -> String {
    match say {
        OwnerSay::Arrivals { days, rows } if rows.is_empty() => OWNER.nobody_arrives_on(&when(days, **f)),
        OwnerSay::Arrivals { days, rows } => coming(OWNER.arrive_on(&when(days, **f)), rows, **f),
        OwnerSay::Departures { days, rows } if rows.is_empty() => OWNER.nobody_leaves_on(&when(days, **f)),
        OwnerSay::Departures { days, rows } => coming(OWNER.leave_on(&when(days, **f)), rows, **f),
        OwnerSay::Occupancy { nights, sold, available, basis_points, revenue } => {
            let range = OWNER.whole_range(nights.check_in(), nights.check_out());
            OWNER.occupancy(&range, *sold, *available, (basis_points + 50) / 100, *revenue)
        }
        OwnerSay::Availability { stay, free, taken } => {
            let priced = free.iter().map(|(cabin, price)| OWNER.cabin_price(cabin, *price));
            let mut said = vec![f.stay(*stay)];
            said.extend(free.is_empty().then(|| OWNER.nothing_left()));
            said.push(bullets(priced));
            said.extend((!taken.is_empty()).then(|| OWNER.taken(&taken.join(", "))));
            said.join("\n")
        }
        OwnerSay::Bookings { rows, .. } if rows.is_empty() => OWNER.no_bookings(),
        OwnerSay::Bookings { rows, total } => {
            let shown = u64::try_from(rows.len()).unwrap_or(u64::MAX);
            let cards = bullets(rows.iter().map(card));
            [vec![cards], more(total.saturating_sub(shown))].concat().join("\n")
        }
        OwnerSay::Pending { attention_items, .. } if attention_items.is_empty() => OWNER.nothing_pending(),
        OwnerSay::Pending { attention_items, total, url } => pending(attention_items, *total, url, f),
        _ => String::new(),
    }
}

fn more(left: u64) -> Vec<String> {
    (left > 0).then(|| OWNER.and_more(left)).into_iter().collect()
}

fn when(days: &Days, l: Locale) -> String {
    if days.from == days.to { l.day(days.from) } else { OWNER.day_to_day(days.from, days.to) }
}

fn coming(head: String, rows: &[GuestBooking], l: Locale) -> String {
    format!("{head}\n{}", bullets(rows.iter().map(|row| owner_lines::row(row, l))))
}

fn card(row: &GuestBooking) -> String {
    let GuestBooking { booking, guest } = row;
    let standing = match booking.status {
        Status::PreReserved if booking.awaits_yes() => Standing::WaitsForYes,
        Status::PreReserved => Standing::WaitsForDeposit,
        Status::Confirmed => Standing::Confirmed,
        Status::CheckedIn => Standing::CheckedIn,
        Status::CheckedOut => Standing::CheckedOut,
        Status::Cancelled => Standing::Cancelled,
        Status::Expired => Standing::Expired,
        Status::NoShow => Standing::NoShow,
    };
    let (cabin, people) = (&booking.cabin, booking.party);
    let (paid, total) = (booking.paid, booking.total);
    OWNER.booking_card(&booking.code, guest, cabin, booking.stay, people, standing, paid, total)
}

/// The open attention items: the oldest ones, and how many more.
pub(super) fn pending(attention_items: &[AttentionItem], total: usize, url: &str, f: &Format<'_>) -> String {
    let each = bullets(attention_items.iter().map(|m| attention(m, f)));
    let left = total.saturating_sub(attention_items.len()) as u64;
    let said = [vec![OWNER.pending(total as u64), each], more(left), vec![url.to_owned()]];
    said.concat().join("\n").trim_end().to_owned()
}

fn attention(attention: &AttentionItem, f: &Format<'_>) -> String {
    let about: Vec<&str> =
        [attention.guest.as_deref(), attention.code.as_deref()].into_iter().flatten().collect();
    let what = match &attention.kind {
        Coded::Known(kind) => OWNER.attention(*kind),
        Coded::Other(code) => OWNER.unknown(code),
    };
    let since = f.moment(attention.since);
    if about.is_empty() {
        OWNER.since(&what, &since)
    } else {
        OWNER.since_about(&about.join(", "), &what, &since)
    }
}

/// What is or would be opened: of one cabin its stays, of several each with its cabin.
fn opened(head: impl Fn(&str, u32) -> String, blocks: &[(String, Stay)]) -> String {
    let mut names: Vec<String> = blocks.iter().map(|(cabin, _)| cabin.clone()).collect();
    names.dedup();
    let count = u32::try_from(names.len()).unwrap_or(u32::MAX);
    let head = head(&cabins(&names), count);
    let l = *OWNER_LOCALE;
    let lines = if count == 1 {
        list(&blocks.iter().map(|(_, stay)| *stay).collect::<Vec<_>>(), l)
    } else {
        named_stays(blocks)
    };
    format!("{head}\n{lines}")
}

fn list(stays: &[Stay], l: Locale) -> String {
    bullets(stays.iter().map(|stay| l.stay(*stay)))
}
