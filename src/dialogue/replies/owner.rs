//! The owner's messages on WhatsApp: always Spanish, always short, the event and what to do.

use super::owner_answers;
use super::owner_talk::pending;
use crate::dialogue::i18n::{Format, OWNER, OWNER_LOCALE};
use crate::dialogue::notice::{Absence, Failing, Notice};
use crate::dialogue::question::Booking;
use crate::domain::attention::{FeedCheck, NightsHolder};
use crate::domain::delivery_failure::{DeliveryCause, TemplateReason};
use crate::domain::paid_booking::PaidBooking;
use crate::domain::policy::Moment;
use crate::domain::provider::OutageCause;
use crate::domain::stay::Stay;
use crate::understanding::{Concern, Topic};

pub fn owner(notice: &Notice, moment: &Moment) -> String {
    match notice {
        Notice::NewBooking { booking, guest } => {
            let Booking { code, cabin, stay, party, paid, total, .. } = booking;
            OWNER.new_booking(code, guest, cabin, *stay, *party, *paid, *total)
        }
        Notice::Cancelled { booking, guest, refund } => {
            OWNER.guest_cancelled(guest, &booking.code, &booking.cabin, booking.stay, *refund)
        }
        Notice::Moved { booking, guest } => {
            OWNER.guest_moved(guest, &booking.code, &booking.cabin, booking.stay)
        }
        Notice::WantsPerson { guest, why, words } if words.is_empty() => OWNER.wants_person(guest, *why),
        Notice::WantsPerson { guest, why, words } => {
            format!("{} {}", OWNER.wants_person(guest, *why), OWNER.wrote(words))
        }
        Notice::FromGuest { guest, here, concern, hour, words } => {
            let Concern { matter, urgency } = *concern;
            let words = if words.is_empty() { OWNER.sent_no_words() } else { format!("«{words}»") };
            match here {
                Some((cabin, stay, presence)) => {
                    OWNER.guest_here_writes(guest, cabin, *stay, *presence, matter, urgency, *hour, &words)
                }
                None => OWNER.somebody_writes(guest, matter, urgency, *hour, &words),
            }
        }
        Notice::Question { guest, words } => OWNER.question(guest, words),
        Notice::FileNotSent { guest, thing, late: true } => OWNER.file_too_late(guest, *thing),
        Notice::FileNotSent { guest, thing, late: false } => OWNER.file_not_sent(guest, *thing),
        Notice::Request { .. } | Notice::RequestsCalledOff { .. } | Notice::Receipt { .. } => {
            owner_answers::asked(notice, &Format::new(*OWNER_LOCALE, moment))
        }
        Notice::PaymentProblem { code, amount, problem } => OWNER.payment_problem(*amount, code, *problem),
        Notice::UnknownBooking { booking, amount, taken_by } => {
            let PaidBooking { guest, cabin, stay, code, .. } = booking;
            let guest = if guest.is_empty() { OWNER.somebody() } else { guest.clone() };
            let taken = u32::try_from(taken_by.len()).unwrap_or(u32::MAX);
            OWNER.unknown_booking(&guest, *amount, cabin, *stay, code, taken, &nights_holders(taken_by))
        }
        Notice::Conflict { cabin, stay, channel, code } => OWNER.conflict(cabin, *stay, channel, code),
        Notice::CalendarStale { cabin, channel, hours } => OWNER.calendar_stale(*hours, channel, cabin),
        Notice::ReaderSilent { cabin, channel, hours } => OWNER.reader_silent(*hours, channel, cabin),
        Notice::CalendarCheck { cabin, channel, check } => {
            OWNER.calendar_check(cabin, channel, &calendar_check(check))
        }
        Notice::ConfirmationWaits { booking, channel } => {
            let Booking { code, cabin, stay, paid, .. } = booking;
            OWNER.confirmation_waits(code, cabin, *stay, *paid, channel)
        }
        Notice::Failing(failing) => self::failing(failing),
        Notice::Withdrawal { guest, code: None } => OWNER.withdrawal(guest),
        Notice::Withdrawal { guest, code: Some(code) } => OWNER.withdrawal_from(guest, code),
        Notice::Digest { attention_items, total, url } => {
            format!("📋 {}", pending(attention_items, *total, url, &Format::new(*OWNER_LOCALE, moment)))
        }
        Notice::BackHome(absence) => format!("🔌 {}", back_home(absence)),
        Notice::BackupUnusable => OWNER.backup_unusable(),
        Notice::Today { arrivals, departures } => format!(
            "{}\n{}",
            OWNER.arrivals_today(&each(arrivals)),
            OWNER.departures_today(&each(departures))
        ),
    }
}

fn failing(failing: &Failing) -> String {
    match failing {
        Failing::Delivery { guest, cause, code } => OWNER.delivery_failing(guest, *cause, code),
        Failing::Provider { provider, cause } => {
            OWNER.provider_failing(*provider, &OWNER.outage_cause(*cause))
        }
        Failing::Signatures { provider } => OWNER.signatures_refused(*provider),
        Failing::Template { name, reason } => OWNER.template_failing(name, &OWNER.template_reason(*reason)),
        Failing::Account { summary } => OWNER.account_notice(summary),
    }
}

/// Cause of a provider's outage, with the owner's remedy.
pub fn outage_cause(cause: OutageCause) -> String {
    OWNER.outage_cause(cause)
}

/// Why a message did not arrive.
pub fn delivery_cause(cause: DeliveryCause) -> String {
    OWNER.delivery_cause(cause)
}

/// Why a template can't be used, with the owner's remedy.
pub fn template_reason(reason: TemplateReason) -> String {
    OWNER.template_reason(reason)
}

/// What a channel's calendar has that the owner should look at.
pub fn calendar_check(check: &FeedCheck) -> String {
    let nights = u32::try_from(check.nights.len()).unwrap_or(u32::MAX);
    let stay = check.nights.first().zip(check.nights.last());
    let stay = stay.and_then(|(first, last)| Stay::new(*first, last.tomorrow().ok()?).ok());
    let when = stay.map_or_else(String::new, |stay| OWNER_LOCALE.stay(stay));
    OWNER.calendar_cause(check.cause, &check.code, nights, &when, &check.words)
}

/// What a question of guests is about.
pub fn topic(topic: Topic) -> String {
    OWNER.topic(topic)
}

/// A notice that nobody has seen, once more.
pub fn again(body: &str) -> String {
    OWNER.told_again(body)
}

/// Who has nights, in words.
pub fn nights_holders(holders: &[NightsHolder]) -> String {
    let one = |holder: &NightsHolder| match holder {
        NightsHolder::Reservation { code, guest } => OWNER.held_by_reservation(code, guest),
        NightsHolder::Channel { channel } => OWNER.held_by_channel(channel),
        NightsHolder::Block { reason } => OWNER.held_by_block(reason),
    };
    holders.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn each(found: &[(Booking, String)]) -> String {
    let one = |(booking, guest): &(Booking, String)| OWNER.guest_in(guest, &booking.cabin, booking.party);
    match found {
        [] => OWNER.nobody(),
        found => found.iter().map(one).collect::<Vec<_>>().join("; "),
    }
}

/// An outage in words: on WhatsApp and on the owner's first page.
pub fn back_home(absence: &Absence) -> String {
    let length = match (absence.minutes / 60, absence.minutes % 60) {
        (0, minutes) => OWNER.short_absence(minutes),
        (hours @ 1..48, minutes) => OWNER.hours_and_minutes(hours, minutes),
        (hours, _) => OWNER.long_absence(hours / 24),
    };
    let found = [
        (absence.messages > 0).then(|| OWNER.late_messages(absence.messages)),
        (absence.payments > 0).then(|| OWNER.found_payments(absence.payments)),
        (absence.calendars > 0).then(|| OWNER.reread_calendars(absence.calendars)),
    ];
    let found: Vec<String> = found.into_iter().flatten().collect();
    let found = if found.is_empty() { OWNER.nothing_lost() } else { found.join(", ") };
    let back = OWNER.back_home(&length, &found, absence.behind);
    match absence.attention_items {
        0 => back,
        waiting => format!("{back} {}", OWNER.waiting_to_decide(waiting)),
    }
}
