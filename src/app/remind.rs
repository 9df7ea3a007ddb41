//! Scheduled messages: the hold about to end, the balance, tomorrow's arrival, how to get in, thanks; and the
//! owner's day. Each is sent once per reservation, however often this runs.

use super::owner::look_up;
use super::stay_view::{booking, guest_name, has_open_dispute, load};
use super::{App, AppContext, Error, notify, receipts, requests};
use crate::dialogue::{Arrival, Bank, BookingSay, Notice, PaySay, Say};
use crate::domain::channel::KnownChannel;
use crate::domain::guest::Guest;
use crate::domain::ids::ReservationId;
use crate::domain::own_words::OwnText;
use crate::domain::reservation::{Reservation, Status};
use crate::domain::settings::Settings;
use crate::store::{Read, WriteTx, attention, guests, reservations, settings};
use jiff::{SignedDuration, ToSpan, civil::Date, civil::Time};
use std::sync::Arc;

/// Earliest hour of the property's day for messages on our own initiative.
const FROM_HOUR: Time = Time::constant(9, 0, 0, 0);
/// Latest hour.
const UNTIL_HOUR: Time = Time::constant(21, 0, 0, 0);
/// Lines of that message: it has to fit into a template.
const DIGEST_LINES_MAX: usize = 5;
/// Days before arrival on which the guest is reminded of the balance.
const BALANCE_DAYS: i64 = 3;
/// How long before its end a hold's guest is reminded; holds shorter than twice this get no reminder.
const HOLD_NOTICE: SignedDuration = SignedDuration::from_mins(15);

/// Sends all that is due now. Idempotent.
pub async fn run(app: &App) -> Result<(), Error> {
    let context = Arc::clone(&app.context);
    let due = app.store.read(move |tx| due(tx, &context)).await?;
    for (id, what) in due.messages {
        let context = Arc::clone(&app.context);
        app.store.write(move |tx| say(tx, &context, id, what)).await?;
    }
    if due.owner {
        let context = Arc::clone(&app.context);
        app.store.write(move |tx| notify_owner(tx, &context)).await?;
    }
    if let Some(hour) = due.digest {
        let context = Arc::clone(&app.context);
        app.store.write(move |tx| notify_digest(tx, &context, hour)).await?;
    }
    if app.store.read(|tx| notify::has_failures_to_tell(tx)).await? {
        let context = Arc::clone(&app.context);
        app.store.write(move |tx| notify::tell_failures(tx, &context)).await?;
    }
    if app.store.read(|tx| notify::is_due(tx)).await? {
        let context = Arc::clone(&app.context);
        app.store.write(move |tx| notify::tell_again(tx, &context)).await?;
    }
    if app.store.read(|tx| requests::is_overdue(tx)).await? {
        let context = Arc::clone(&app.context);
        app.store.write(move |tx| requests::tell_overdue(tx, &context)).await?;
    }
    app.wake.outbox.notify_one();
    Ok(())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    HoldEnding,
    Balance,
    Tomorrow,
    Today,
    Thanks,
}

/// The messages due now.
struct Due {
    messages: Vec<(ReservationId, What)>,
    /// Whether there are arrivals or departures today that the owner was not told of.
    owner: bool,
    /// The last time of today to tell the owner of open items that has come and was not used.
    digest: Option<Time>,
}

fn due(tx: &impl Read, context: &AppContext) -> Result<Due, Error> {
    let local = context.zone.to_datetime(tx.now());
    let today = local.date();
    let ending = reservations::holds_ending(tx, tx.now() + HOLD_NOTICE)?;
    let long = |hold: &Reservation| {
        hold.expires_at
            .is_some_and(|until| until.duration_since(hold.created_at) >= HOLD_NOTICE + HOLD_NOTICE)
    };
    let chat = |hold: &Reservation| hold.channel == KnownChannel::WhatsApp;
    let ending = ending.into_iter().filter(|hold| long(hold) && chat(hold));
    let mut messages: Vec<_> = ending.map(|hold| (hold.id, What::HoldEnding)).collect();
    if !(FROM_HOUR <= local.time() && local.time() < UNTIL_HOUR) {
        return Ok(Due { messages: unsaid(tx, messages)?, owner: false, digest: digest_due(tx, context)? });
    }
    let on = |days: i64| today.saturating_add(days.days());
    for (day, what) in [(on(BALANCE_DAYS), What::Balance), (on(1), What::Tomorrow), (today, What::Today)] {
        messages.extend(reservations::arriving(tx, day)?.into_iter().map(|stay| (stay.id, what)));
    }
    let left = reservations::departing(tx, on(-1))?;
    messages.extend(left.into_iter().map(|stay| (stay.id, What::Thanks)));
    let moves = messages.iter().any(|(_, what)| *what == What::Today)
        || !reservations::departing(tx, today)?.is_empty();
    let has_way = !notify::available(tx, context, &settings::load(tx)?.0)?.is_empty();
    let owner = has_way && moves && !notify::was_told(tx, &day_key(today))?;
    Ok(Due { messages: unsaid(tx, messages)?, owner, digest: digest_due(tx, context)? })
}

/// The last of the owner's times that has come today, unless it was used or nothing was open by then.
fn digest_due(tx: &impl Read, context: &AppContext) -> Result<Option<Time>, Error> {
    let (settings, _) = settings::load(tx)?;
    let local = context.zone.to_datetime(tx.now());
    let come = settings.digest_hours().into_iter().rfind(|hour| *hour <= local.time());
    let Some(hour) = come else { return Ok(None) };
    if notify::available(tx, context, &settings)?.is_empty() {
        return Ok(None);
    }
    let then = context.zone.to_timestamp(local.date().to_datetime(hour)).unwrap_or(tx.now());
    let is_due =
        attention::any_open_since(tx, then)? && !notify::was_told(tx, &digest_key(local.date(), hour))?;
    Ok(is_due.then_some(hour))
}

/// Those not sent yet.
fn unsaid(tx: &impl Read, messages: Vec<(ReservationId, What)>) -> Result<Vec<(ReservationId, What)>, Error> {
    let unsaid = messages.into_iter().filter_map(|(id, what)| match notify::was_said(tx, id, key(what)) {
        Ok(said) => (!said).then_some(Ok((id, what))),
        Err(error) => Some(Err(error)),
    });
    unsaid.collect()
}

/// The key under which a message is sent once.
fn key(what: What) -> &'static str {
    match what {
        What::HoldEnding => "hold_ending",
        What::Balance => "balance",
        What::Tomorrow => "tomorrow",
        What::Today => "check_in",
        What::Thanks => "thanks",
    }
}

fn say(tx: &mut WriteTx<'_>, context: &AppContext, id: ReservationId, what: What) -> Result<(), Error> {
    let reservation = load(tx, id)?;
    let alive = match what {
        // Who says that it is paid is not reminded to pay.
        What::HoldEnding => {
            reservation.status == Status::PreReserved
                && !reservation.has_lapsed(tx.now())
                && !receipts::is_waiting(tx, id)?
        }
        What::Balance | What::Tomorrow => reservation.status == Status::Confirmed,
        What::Today => matches!(reservation.status, Status::Confirmed | Status::CheckedIn),
        What::Thanks => {
            matches!(reservation.status, Status::Confirmed | Status::CheckedIn | Status::CheckedOut)
        }
    };
    let guest = guests::find(tx, reservation.guest_id)?;
    // Who wants no more messages still gets those that the booking needs.
    let silent = |guest: Guest| guest.opted_out && what == What::Thanks;
    if !alive || guest.is_none_or(silent) {
        return Ok(());
    }
    let (settings, _) = settings::load(tx)?;
    match words(tx, &reservation, &settings, what)? {
        Some(words) => notify::about(tx, context, &reservation, key(what), words),
        None => Ok(()),
    }
}

fn words(
    tx: &impl Read,
    reservation: &Reservation,
    settings: &Settings,
    what: What,
) -> Result<Option<Say>, Error> {
    let booking = booking(tx, reservation)?;
    let guest = guest_name(tx, reservation.guest_id)?;
    let arrival = |text| Arrival::of(settings, text, &guest);
    Ok(match what {
        What::HoldEnding => Some(BookingSay::HoldEnding { booking }.into()),
        What::Balance if !booking.balance_due().is_positive() => None,
        // The balance is unknown while a dispute is open.
        What::Balance if has_open_dispute(tx, reservation.id)? => None,
        What::Balance => Some(PaySay::BalanceReminder { booking, bank: Bank::of(settings) }.into()),
        What::Tomorrow => {
            Some(BookingSay::ArrivalReminder { booking, arrival: arrival(OwnText::Arrival) }.into())
        }
        What::Today => {
            let instructions = settings.own(OwnText::CheckIn);
            Some(BookingSay::CheckIn { booking, arrival: arrival(OwnText::Arrival), instructions }.into())
        }
        What::Thanks => {
            let property = settings.property_name.clone();
            Some(BookingSay::ThankYou { booking, arrival: arrival(OwnText::Thanks), property }.into())
        }
    })
}

/// Arrivals and departures, once a day.
fn notify_owner(tx: &mut WriteTx<'_>, context: &AppContext) -> Result<(), Error> {
    let today = context.moment(tx).today();
    let arrivals = with_guests(tx, reservations::arriving(tx, today)?)?;
    let departures = with_guests(tx, reservations::departing(tx, today)?)?;
    if arrivals.is_empty() && departures.is_empty() {
        return Ok(());
    }
    notify::owner_once(tx, context, &Notice::Today { arrivals, departures }, &day_key(today))
}

/// Items open for the owner, once at each of their times.
fn notify_digest(tx: &mut WriteTx<'_>, context: &AppContext, hour: Time) -> Result<(), Error> {
    let today = context.moment(tx).today();
    let (attention_items, total) = look_up::open_attention(tx, DIGEST_LINES_MAX)?;
    if attention_items.is_empty() {
        return Ok(());
    }
    notify::owner_once(
        tx,
        context,
        &Notice::Digest { attention_items, total, url: context.admin_url() },
        &digest_key(today, hour),
    )
}

fn day_key(today: Date) -> String {
    format!("owner:today:{today}")
}

fn digest_key(today: Date, hour: Time) -> String {
    format!("owner:digest:{today}:{:02}{:02}", hour.hour(), hour.minute())
}

fn with_guests(
    tx: &impl Read,
    found: Vec<Reservation>,
) -> Result<Vec<(crate::dialogue::Booking, String)>, Error> {
    let named = found.iter().map(|reservation| {
        let guest = guest_name(tx, reservation.guest_id)?;
        Ok((booking(tx, reservation)?, guest))
    });
    named.collect()
}

#[cfg(test)]
#[path = "remind_tests.rs"]
mod tests;
