//! News for the owner that nobody was promised.

use super::ways;
use crate::app::stay_view::{booking, refund_on_cancelling};
use crate::app::{AppContext, Error};
use crate::dialogue::{Notice, PaymentProblem, replies};
use crate::domain::attention::AttentionKind;
use crate::domain::audit::Actor;
use crate::domain::ids::ConversationId;
use crate::domain::money::Money;
use crate::domain::reservation::{Event, Reservation};
use crate::store::payments::Payment;
use crate::store::{WriteTx, conversations, guests, settings};

/// Tells the owner by the first way that is set up.
pub fn owner(tx: &mut WriteTx<'_>, context: &AppContext, notice: &Notice) -> Result<(), Error> {
    news(tx, context, notice, None, None)
}

/// Tells the owner of a guest; what quotes it goes to that guest.
pub fn owner_about(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    notice: &Notice,
    guest: ConversationId,
) -> Result<(), Error> {
    news(tx, context, notice, None, Some(guest))
}

/// Tells the owner once ever under this key.
pub fn owner_once(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    notice: &Notice,
    key: &str,
) -> Result<(), Error> {
    news(tx, context, notice, Some(key), None)
}

fn news(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    notice: &Notice,
    once_key: Option<&str>,
    guest: Option<ConversationId>,
) -> Result<(), Error> {
    if once_key.map(|key| ways::was_told(tx, key)).transpose()?.unwrap_or(false) {
        return Ok(());
    }
    let (settings, _) = settings::load(tx)?;
    let Some(way) = ways::available(tx, context, &settings)?.into_iter().next() else { return Ok(()) };
    let body = replies::owner(notice, &context.moment(tx));
    let short = replies::owner_notice_kind(None);
    let telling = ways::Telling { guest, ..ways::news(&body, &short, once_key) };
    ways::tell(tx, context, &settings, way, &telling).map(drop)
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
    let conversation = conversations::of_guest(tx, reservation.guest_id)?.id;
    owner_about(tx, context, &notice, conversation)
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
    let notice = Notice::PaymentProblem { code: reservation.code.to_string(), amount, problem };
    let conversation = conversations::of_guest(tx, reservation.guest_id)?.id;
    owner_about(tx, context, &notice, conversation)
}
