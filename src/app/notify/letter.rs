//! Mail to guests who gave an address and paid, or were entered by a person of the house: what confirms the booking, the
//! link to pay, and what was received. Beside WhatsApp, never instead of it.

use crate::app::{AppContext, Error};
use crate::dialogue::{BookingSay, PaySay, Say, replies};
use crate::domain::guest::Guest;
use crate::domain::job::JobKind;
use crate::domain::reservation::Reservation;
use crate::ports::random::token;
use crate::store::{Read, WriteTx, guests, jobs, mails, settings};

/// Queues the letter for what is said, once under this key; nothing when it is not for letters, or the guest has none.
pub(super) fn queue(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    guest: &Guest,
    reservation: &Reservation,
    (key, say): (&str, &Say),
) -> Result<(), Error> {
    let Some(address) = guest.email.as_deref().filter(|_| context.mail_on && is_for_letters(say)) else {
        return Ok(());
    };
    if !guests::may_be_mailed(tx, guest.id)? {
        return Ok(());
    }
    let (settings, _) = settings::load(tx)?;
    let language = guest.speaks();
    let words = replies::render(std::slice::from_ref(say), language, &context.moment(tx));
    let words: Vec<String> = words.into_iter().map(replies::Rendered::in_full).collect();
    let link = context.public_url.is_some().then(|| context.guest_link(reservation));
    let letter = replies::guest_letter(&words, link.as_deref(), &settings.property_name, language);
    let new = mails::New {
        to: address,
        subject: &replies::guest_letter_subject(&settings.property_name, &reservation.code, language),
        body: &letter,
        tag: &token(context.random.as_ref()),
        once_key: Some(&format!("{key}:mail")),
        notice_id: None,
        reservation_id: Some(reservation.id),
        news: None,
    };
    if let Some(id) = mails::insert(tx, &new)? {
        let now = tx.now();
        jobs::enqueue(tx, JobKind::SendMail, &id.to_string(), now)?;
    }
    Ok(())
}

/// What a guest wants to find in their mail; a reminder or a question is no letter.
fn is_for_letters(say: &Say) -> bool {
    match say {
        Say::Booking(say) => matches!(
            say,
            BookingSay::Confirmed { .. } | BookingSay::Cancelled { .. } | BookingSay::Moved { .. }
        ),
        Say::Pay(say) => matches!(
            say,
            PaySay::LinkReady { .. }
                | PaySay::LinksReady { .. }
                | PaySay::Settled { .. }
                | PaySay::TransferApproved { .. }
                | PaySay::Partial { .. }
                | PaySay::Refunded { .. }
        ),
        Say::Talk(_) | Say::Stay(_) | Say::Faq(_) | Say::Request(_) => false,
    }
}
