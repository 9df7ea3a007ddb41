//! Notices to the owner on WhatsApp.

use crate::app::stay_view::{booking, refund_on_cancelling};
use crate::app::{AppContext, Error};
use crate::dialogue::owner::OwnerTap;
use crate::dialogue::{Notice, PaymentProblem, replies};
use crate::domain::attention::AttentionKind;
use crate::domain::audit::Actor;
use crate::domain::ids::OutboundId;
use crate::domain::message::{BODY_CHARS_MAX, Choice, Message, cut};
use crate::domain::money::Money;
use crate::domain::reservation::{Event, Reservation};
use crate::ports::random::token;
use crate::store::guests::Identity;
use crate::store::payments::Payment;
use crate::store::{Read, WriteTx, codec, conversations, guests, outbox, settings};
use jiff::SignedDuration;

/// How long the buttons of a notice are valid: longer than anybody leaves a guest without an answer.
const BUTTONS_KEPT: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Tells the owner on WhatsApp, when they gave a number.
pub fn owner(tx: &mut WriteTx<'_>, context: &AppContext, notice: &Notice) -> Result<(), Error> {
    let body = replies::owner(notice, &context.moment(tx));
    queue(tx, context, &body, Vec::new(), None).map(drop)
}

/// Sends the owner words that are a notice already, with its buttons; `None` when the owner gave no number.
pub(super) fn owner_words(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    body: &str,
    buttons: Vec<(String, OwnerTap)>,
) -> Result<Option<OutboundId>, Error> {
    queue(tx, context, body, buttons, None)
}

/// Tells the owner once ever under this key.
pub fn owner_once(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    notice: &Notice,
    key: &str,
) -> Result<(), Error> {
    let body = replies::owner(notice, &context.moment(tx));
    queue(tx, context, &body, Vec::new(), Some(key)).map(drop)
}

fn queue(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    body: &str,
    buttons: Vec<(String, OwnerTap)>,
    once_key: Option<&str>,
) -> Result<Option<OutboundId>, Error> {
    let (settings, _) = settings::load(tx)?;
    let Some(phone) = settings.owner(context.country()) else { return Ok(None) };
    let identity = Identity { phone: Some(phone), ..Identity::default() };
    let owner = guests::find_or_insert(tx, &identity)?;
    let conversation = conversations::of_guest(tx, owner.id)?.id;
    let mut choices = Vec::new();
    for (title, tap) in buttons {
        let minted = token(context.random.as_ref());
        let expires_at = tx.now() + BUTTONS_KEPT;
        conversations::insert_tap(tx, conversation, &minted, &codec::to_json(&tap), expires_at)?;
        choices.push(Choice { token: minted, title, description: String::new() });
    }
    let message = if choices.is_empty() {
        Message::text(body)
    } else {
        Message::Buttons { body: cut(body, BODY_CHARS_MAX), buttons: choices }
    };
    let new = outbox::New {
        conversation_id: conversation,
        answers: None,
        by_person: false,
        message: &message,
        critical: true,
        once_key,
        tag: &token(context.random.as_ref()),
    };
    Ok(outbox::insert(tx, &new)?)
}

/// Tells the owner of a change of a reservation made by somebody else.
pub fn owner_of_move(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: &Reservation,
    event: Event,
    actor: &Actor,
) -> Result<(), Error> {
    if matches!(actor, Actor::User(_) | Actor::Owner) {
        return Ok(());
    }
    let booking = booking(tx, reservation)?;
    let guest = guests::find(tx, reservation.guest_id)?.map(|guest| guest.name).unwrap_or_default();
    let notice = match event {
        Event::DepositPaid | Event::Confirm => Notice::NewBooking { booking, guest },
        Event::Cancel => {
            let refund = refund_on_cancelling(tx, context, reservation)?;
            Notice::Cancelled { booking, guest, refund }
        }
        Event::MoveTo(_) => Notice::Moved { booking, guest },
        Event::Secure(_)
        | Event::GiveWay
        | Event::Expire
        | Event::CheckIn
        | Event::CheckOut
        | Event::NoShow => return Ok(()),
    };
    owner(tx, context, &notice)
}

/// Tells the owner of money that needs a decision.
pub fn owner_of_payment(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    kind: AttentionKind,
    reservation: &Reservation,
    payment: &Payment,
) -> Result<(), Error> {
    let problem = match kind {
        AttentionKind::PaidWithoutPlace => PaymentProblem::NoPlace,
        AttentionKind::PaidAndExpired => PaymentProblem::HoldEnded,
        AttentionKind::PaidAfterCancel => PaymentProblem::Cancelled,
        AttentionKind::ChargedBack => PaymentProblem::ChargedBack,
        AttentionKind::RefundFailed => PaymentProblem::RefundFailed,
        AttentionKind::OtherAmount | AttentionKind::PaidTwice => PaymentProblem::OtherAmount,
        // Listed only: the provider handles it, or the owner did it.
        AttentionKind::PaymentMismatch
        | AttentionKind::Chargeback
        | AttentionKind::InMediation
        | AttentionKind::RefundedElsewhere
        | AttentionKind::MoneyTakenBack
        | AttentionKind::UnderReview
        | AttentionKind::UnknownPaymentState
        | AttentionKind::RefundByHand => return Ok(()),
        // Not about a payment.
        AttentionKind::WantsAPerson
        | AttentionKind::GuestNeeds
        | AttentionKind::GuestRequest
        | AttentionKind::UnansweredQuestion
        | AttentionKind::UnansweredMessage
        | AttentionKind::TransferReceipt
        | AttentionKind::Withdrawal
        | AttentionKind::ConfirmationWaits
        | AttentionKind::CalendarConflict
        | AttentionKind::CalendarStale
        | AttentionKind::ChannelNotReading
        | AttentionKind::CalendarCheck
        | AttentionKind::BackupFailed
        | AttentionKind::BackupUnusable
        | AttentionKind::Undelivered
        | AttentionKind::SameGuestTwice
        | AttentionKind::WhatsappAccount
        | AttentionKind::SignaturesRefused
        | AttentionKind::PaymentClaim
        | AttentionKind::ProviderOutage
        | AttentionKind::WorkFailed
        | AttentionKind::UnknownWork
        // Told with its booking.
        | AttentionKind::PaidUnknownBooking => return Ok(()),
    };
    let amount = Money::new(payment.amount_minor, reservation.quote.total.currency);
    owner(tx, context, &Notice::PaymentProblem { code: reservation.code.to_string(), amount, problem })
}
