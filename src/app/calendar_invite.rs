//! The calendar file sent with a confirmation: dates and hours, address and code, for the guest's own
//! calendar. It is optional, so it is only sent where it needs no template.

use super::{AppContext, Error, stay_view};
use crate::calendars::write::{self, Invite};
use crate::dialogue::replies::CalendarInvite;
use crate::dialogue::{replies, window};
use crate::domain::language::Language;
use crate::domain::message::Message;
use crate::domain::reservation::Reservation;
use crate::ports::random::token;
use crate::store::{Read, WriteTx, conversations, guests, outbox, settings};
use jiff::Timestamp;
use jiff::civil::{Date, Time};

/// WhatsApp takes no `text/calendar` (see "supported media types" of the Cloud API); a phone goes by the ending of
/// the name anyway.
const MIME: &str = "text/plain";

/// Queues the file, once for a reservation, if the guest's 24-hour window is open.
pub fn send(tx: &mut WriteTx<'_>, context: &AppContext, reservation: &Reservation) -> Result<(), Error> {
    let Some(guest) = guests::find(tx, reservation.guest_id)? else { return Ok(()) };
    let conversation = conversations::of_guest(tx, guest.id)?;
    if !window::is_open(conversation.last_inbound_at, tx.now()) {
        return Ok(());
    }
    let Some((words, content)) = file(tx, context, reservation, guest.speaks())? else { return Ok(()) };
    let message = Message::Document {
        filename: words.filename,
        mime: MIME.to_owned(),
        content,
        caption: words.caption,
    };
    let new = outbox::New {
        conversation_id: conversation.id,
        answers: None,
        by_person: false,
        message: &message,
        critical: false,
        once_key: Some(&format!("{}:calendar_file", reservation.id)),
        tag: &token(context.random.as_ref()),
    };
    outbox::insert(tx, &new)?;
    Ok(())
}

/// The file and its caption; `None` for a day at the end of time, which has no hour.
pub fn file(
    tx: &impl Read,
    context: &AppContext,
    reservation: &Reservation,
    language: Language,
) -> Result<Option<(CalendarInvite, String)>, Error> {
    let (settings, _) = settings::load(tx)?;
    let booking = stay_view::booking(tx, reservation)?;
    let words = replies::calendar_invite(&booking, &settings.property_name, language);
    let (from, to) = (reservation.stay.check_in(), reservation.stay.check_out());
    let ends = instant(context, from, settings.check_in_time)
        .zip(instant(context, to, settings.check_out_time))
        .filter(|(check_in, check_out)| check_in < check_out);
    let Some((check_in, check_out)) = ends else { return Ok(None) };
    let invite = Invite {
        key: format!("reservation-{}", reservation.id),
        version: u32::try_from(reservation.version).unwrap_or(0),
        summary: words.summary.clone(),
        description: words.description.clone(),
        address: settings.property_address,
        check_in,
        check_out,
        changed_at: tx.now(),
    };
    Ok(Some((words, write::invite(&invite, context.calendar_domain()))))
}

fn instant(context: &AppContext, day: Date, hour: Time) -> Option<Timestamp> {
    Some(day.to_datetime(hour).to_zoned_datetime(context.zone.clone()).ok()?.timestamp())
}
