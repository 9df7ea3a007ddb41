//! Notices to the owner on WhatsApp.

use crate::app::stay_view::{booking, refund_on_cancelling};
use crate::app::{AppContext, Error};
use crate::dialogue::{Notice, PaymentProblem, replies};
use crate::domain::attention::AttentionKind;
use crate::domain::audit::Actor;
use crate::domain::ids::OutboundId;
use crate::domain::message::Message;
use crate::domain::money::Money;
use crate::domain::reservation::{Event, Reservation};
use crate::ports::random::token;
use crate::store::guests::Identity;
use crate::store::payments::Payment;
use crate::store::{WriteTx, conversations, guests, outbox, settings};

/// Tells the owner on WhatsApp, when they gave a number.
pub fn owner(tx: &mut WriteTx<'_>, context: &AppContext, notice: &Notice) -> Result<(), Error> {
    let body = replies::owner(notice, &context.moment(tx));
    queue(tx, context, &body, None).map(drop)
}

/// Sends the owner words that are a notice already; `None` when the owner gave no number.
pub(super) fn owner_words(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    body: &str,
) -> Result<Option<OutboundId>, Error> {
    queue(tx, context, body, None)
}

/// Tells the owner once ever under this key.
pub fn owner_once(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    notice: &Notice,
    key: &str,
) -> Result<(), Error> {
    let body = replies::owner(notice, &context.moment(tx));
    queue(tx, context, &body, Some(key)).map(drop)
}

fn queue(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    body: &str,
    once_key: Option<&str>,
) -> Result<Option<OutboundId>, Error> {
    let (settings, _) = settings::load(tx)?;
    let Some(phone) = settings.owner(context.country()) else { return Ok(None) };
    let identity = Identity { phone: Some(phone), ..Identity::default() };
    let owner = guests::find_or_insert(tx, &identity)?;
    let conversation = conversations::of_guest(tx, owner.id)?.id;
    let new = outbox::New {
        conversation_id: conversation,
        answers: None,
        by_person: false,
        message: &Message::text(body),
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
        | AttentionKind::UnansweredQuestion
        | AttentionKind::UnansweredMessage
        | AttentionKind::TransferReceipt
        | AttentionKind::Withdrawal
        | AttentionKind::ConfirmationWaits
        | AttentionKind::CalendarConflict
        | AttentionKind::CalendarStale
        | AttentionKind::ChannelNotReading
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
