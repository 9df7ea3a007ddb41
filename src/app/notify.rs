//! Messages as rows: the dialogue's sentences are put into the outbox, and buttons get their tokens.

mod failures;
mod letter;
mod notice_row;
mod notify_owner;
mod promise;
mod ways;

pub use failures::{failing, has_failures_to_tell, tell_failures};
pub use notice_row::{ROUND, is_due, notices_opened, tell_again, told_again, way_failed};
pub use notify_owner::{owner, owner_about, owner_of_move, owner_of_payment, owner_once};
pub use promise::{Asking, called, no_way_to_pay, with_number};
pub use ways::{About, Sent, Telling, available, is_set_up, news_failed, tell, was_told};

use super::stay_view::{booking, guest_name, guest_of};
use super::{AppContext, Error, calendar_invite};
use crate::dialogue::replies::{self, Form, Rendered};
use crate::dialogue::{Arrival, Booking, BookingSay, PaySay, Say, Talk};
use crate::dialogue::{templates, window};
use crate::domain::audit::Actor;
use crate::domain::guest::Guest;
use crate::domain::ids::{ConversationId, InboundId, PaymentId, ReservationId};
use crate::domain::message::{Choice, Message, Stored};
use crate::domain::money::Money;
use crate::domain::own_words::OwnText;
use crate::domain::reservation::Reservation;
use crate::domain::whatsapp_account::TemplatePurpose;
use crate::ports::random::token;
use crate::store::inbox::Inbound;
use crate::store::{Read, WriteTx, codec, conversations, guests, outbox, payments, settings};
use jiff::SignedDuration;

/// How long a button is valid: after that an offer's price is quoted anew anyway.
const TAP_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Recipient, and the message being answered.
pub struct To<'a> {
    pub conversation: ConversationId,
    pub guest: &'a Guest,
    pub answers: Option<InboundId>,
}

pub fn guest(tx: &mut WriteTx<'_>, context: &AppContext, to: &To<'_>, say: &[Say]) -> Result<(), Error> {
    queue(tx, context, to, say, Urgency::Chat)
}

/// Priority of a message.
enum Urgency<'a> {
    Chat,
    /// Must arrive; sent once ever under this key.
    Once(&'a str),
}

fn queue(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    to: &To<'_>,
    say: &[Say],
    urgency: Urgency<'_>,
) -> Result<(), Error> {
    let conversation = conversations::find(tx, to.conversation)?;
    let open = window::is_open(conversation.and_then(|conversation| conversation.last_inbound_at), tx.now());
    let mut messages = Vec::new();
    for mut rendered in replies::render(say, to.guest.speaks(), &context.moment(tx)) {
        let pictures = std::mem::take(&mut rendered.pictures);
        let message = message(tx, context, to.conversation, rendered)?;
        messages.extend(if open { vec![message] } else { window::in_pieces(message) });
        // Pictures go in no template.
        messages.extend(pictures.into_iter().filter(|_| open).map(|picture| Message::Image {
            file: Stored::Photo { token: picture.token },
            caption: picture.caption,
        }));
    }
    for (index, message) in messages.into_iter().enumerate() {
        let once = match urgency {
            Urgency::Chat => None,
            Urgency::Once(key) => Some(format!("{key}#{index}")),
        };
        let new = outbox::New {
            conversation_id: to.conversation,
            answers: to.answers,
            by_person: false,
            message: &message,
            critical: once.is_some(),
            once_key: once.as_deref(),
            tag: &token(context.random.as_ref()),
        };
        if let Some(id) = outbox::insert(tx, &new)? {
            outbox::set_purpose(tx, id, templates::purpose_of(say))?;
        }
    }
    Ok(())
}

/// Creates a token for each button and converts the message to WhatsApp's form.
fn message(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    conversation: ConversationId,
    rendered: Rendered,
) -> Result<Message, Error> {
    let expires_at = tx.now() + TAP_KEPT;
    let mut choices = Vec::new();
    for choice in rendered.choices {
        let minted = token(context.random.as_ref());
        conversations::insert_tap(tx, conversation, &minted, &codec::to_json(&choice.tap), expires_at)?;
        choices.push(Choice { token: minted, title: choice.title, description: choice.description });
    }
    Ok(match rendered.form {
        Form::Text => Message::text(rendered.body),
        Form::Buttons => Message::Buttons { body: rendered.body, buttons: choices, header: None },
        Form::List { open } => Message::List { body: rendered.body, open, rows: choices },
        Form::Link { label, url } => Message::Link { body: rendered.body, label, url },
    })
}

pub fn confirmed(tx: &mut WriteTx<'_>, context: &AppContext, reservation: &Reservation) -> Result<(), Error> {
    let (settings, _) = settings::load(tx)?;
    let say = BookingSay::Confirmed {
        booking: booking(tx, reservation)?,
        arrival: Arrival::of(&settings, OwnText::Confirmed, &guest_name(tx, reservation.guest_id)?),
    };
    about(tx, context, reservation, "confirmed", say)?;
    calendar_invite::send(tx, context, reservation)
}

/// Cancelled by anyone but the guest in chat, who is told in the turn itself.
pub fn cancelled(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: &Reservation,
    refund: Money,
    actor: &Actor,
) -> Result<(), Error> {
    if *actor == Actor::Guest {
        return Ok(());
    }
    about(
        tx,
        context,
        reservation,
        "cancelled",
        BookingSay::Cancelled { booking: booking(tx, reservation)?, refund },
    )
}

pub fn expired(tx: &mut WriteTx<'_>, context: &AppContext, reservation: &Reservation) -> Result<(), Error> {
    about(tx, context, reservation, "expired", BookingSay::Expired { booking: booking(tx, reservation)? })
}

/// New dates or people, changed by anyone but the guest in chat.
pub fn moved(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: &Reservation,
    actor: &Actor,
) -> Result<(), Error> {
    if *actor == Actor::Guest {
        return Ok(());
    }
    let key = format!("moved{}", reservation.version);
    about(tx, context, reservation, &key, BookingSay::Moved { booking: booking(tx, reservation)? })
}

/// Money was taken off the price.
pub fn discounted(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: &Reservation,
    off: Money,
) -> Result<(), Error> {
    let key = format!("discounted{}", reservation.version);
    about(tx, context, reservation, &key, BookingSay::Discounted { booking: booking(tx, reservation)?, off })
}

/// A payment of another amount than was asked.
pub fn partial(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: &Reservation,
    received: Money,
) -> Result<(), Error> {
    by_sum(tx, context, reservation, "partial", |booking| PaySay::Partial { booking, received })
}

pub fn settled(tx: &mut WriteTx<'_>, context: &AppContext, reservation: &Reservation) -> Result<(), Error> {
    about(tx, context, reservation, "settled", PaySay::Settled { booking: booking(tx, reservation)? })
}

/// A hold that was told to be over stands again: its payment came, or was seen, only now.
pub fn revived(tx: &mut WriteTx<'_>, context: &AppContext, reservation: &Reservation) -> Result<(), Error> {
    about(tx, context, reservation, "revived", PaySay::Revived { booking: booking(tx, reservation)? })
}

/// A payment arrived after its nights were taken.
pub fn too_late(tx: &mut WriteTx<'_>, context: &AppContext, reservation: &Reservation) -> Result<(), Error> {
    about(tx, context, reservation, "too_late", PaySay::TooLate { booking: booking(tx, reservation)? })
}

pub fn refunded(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: &Reservation,
    amount: Money,
) -> Result<(), Error> {
    by_sum(tx, context, reservation, "refunded", |booking| PaySay::Refunded { booking, amount })
}

/// The payment is under review at the provider.
pub fn pending(tx: &mut WriteTx<'_>, context: &AppContext, reservation: &Reservation) -> Result<(), Error> {
    about(tx, context, reservation, "pending", PaySay::Pending { booking: booking(tx, reservation)? })
}

/// The payment was refused; the guest may retry.
pub fn rejected(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: &Reservation,
    payment: PaymentId,
) -> Result<(), Error> {
    let url = payments::current_checkout(tx, reservation.id)?.and_then(|checkout| checkout.url);
    let key = format!("rejected{payment}");
    about(tx, context, reservation, &key, PaySay::Rejected { booking: booking(tx, reservation)?, url })
}

/// The payment was refused after its link had ended: the hold is extended, and another link follows.
pub fn rejected_with_another_link(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: &Reservation,
    payment: PaymentId,
) -> Result<(), Error> {
    let key = format!("rejected{payment}");
    about(tx, context, reservation, &key, PaySay::RejectedAfterReview { booking: booking(tx, reservation)? })
}

/// More was paid than was due.
pub fn paid_more(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: &Reservation,
    received: Money,
) -> Result<(), Error> {
    by_sum(tx, context, reservation, "paid_more", |booking| PaySay::PaidMore { booking, received })
}

/// A payment for a booking that does not stand.
pub fn paid_for_nothing(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: &Reservation,
    received: Money,
) -> Result<(), Error> {
    by_sum(tx, context, reservation, "paid_for_nothing", |booking| PaySay::PaidForNothing {
        booking,
        received,
    })
}

/// A person recorded the guest's payment.
pub fn transfer_seen(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: &Reservation,
    amount: Money,
) -> Result<(), Error> {
    by_sum(tx, context, reservation, "transfer", |booking| PaySay::TransferApproved { booking, amount })
}

/// A message about money, once for each sum that is paid by then.
fn by_sum(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: &Reservation,
    key: &str,
    say: impl FnOnce(Booking) -> PaySay,
) -> Result<(), Error> {
    let booking = booking(tx, reservation)?;
    let key = format!("{key}{}", booking.paid.minor);
    about(tx, context, reservation, &key, say(booking))
}

/// Whether a message about a reservation was sent.
pub fn was_said(tx: &impl Read, id: ReservationId, key: &str) -> Result<bool, Error> {
    Ok(outbox::was_said(tx, &format!("{id}:{key}#0"))?)
}

/// Sends a message about a reservation on our own initiative, once. Guests without WhatsApp get none; nor does a number
/// that somebody only typed into the public form: its owner may never have heard of us. The reservation's page says it
/// all, and once they write or pay the message may go.
pub fn about(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: &Reservation,
    key: &str,
    say: impl Into<Say>,
) -> Result<(), Error> {
    let Some(guest) = guests::find(tx, reservation.guest_id)? else { return Ok(()) };
    let key = format!("{}:{key}", reservation.id);
    let say: Say = say.into();
    letter::queue(tx, context, &guest, reservation, (key.as_str(), &say))?;
    let has_address = guest.phone.is_some() || guest.bsuid.is_some();
    if !has_address || guests::contact_basis(tx, guest.id)?.is_none() {
        return Ok(());
    }
    let conversation = conversations::of_guest(tx, guest.id)?.id;
    queue(tx, context, &To { conversation, guest: &guest, answers: None }, &[say], Urgency::Once(&key))
}

/// Sends a message in a conversation on our own initiative, once ever under this key.
pub fn guest_once(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    conversation: ConversationId,
    key: &str,
    say: impl Into<Say>,
) -> Result<(), Error> {
    let guest = guest_of(tx, conversation)?;
    queue(tx, context, &To { conversation, guest: &guest, answers: None }, &[say.into()], Urgency::Once(key))
}

/// Tells guest and owner that a person will answer this message, which failed all our tries.
pub fn handed_over(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    conversation: ConversationId,
    inbound: &Inbound,
) -> Result<(), Error> {
    let guest = guest_of(tx, conversation)?;
    let Inbound { id, body, sent_at, .. } = inbound;
    Asking { conversation, guest: &guest, inbound: *id, words: body, sent_at: *sent_at }
        .unanswered(tx, context)?;
    let to = To { conversation, guest: &guest, answers: Some(*id) };
    queue(tx, context, &to, &[Talk::HandedOver.into()], Urgency::Chat)
}

/// Sends a person's own words.
pub fn by_person(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    conversation: ConversationId,
    text: &str,
) -> Result<(), Error> {
    let new = outbox::New {
        conversation_id: conversation,
        answers: None,
        by_person: true,
        message: &Message::text(text),
        critical: false,
        once_key: None,
        tag: &token(context.random.as_ref()),
    };
    if let Some(id) = outbox::insert(tx, &new)? {
        outbox::set_purpose(tx, id, TemplatePurpose::Reply)?;
    }
    Ok(())
}
