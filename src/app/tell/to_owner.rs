//! What the owner is told on WhatsApp without having asked.

use super::booking;
use crate::app::reserve::Actor;
use crate::app::{Error, House};
use crate::dialogue::{Notice, PaymentProblem, replies};
use crate::domain::matter::MatterKind;
use crate::domain::message::Message;
use crate::domain::money::Money;
use crate::domain::phone::Phone;
use crate::domain::reservation::{Event, Reservation};
use crate::ports::random::token;
use crate::store::guests::Identity;
use crate::store::payments::Payment;
use crate::store::{WriteTx, conversations, guests, outbox, settings};

/// Tells the owner on WhatsApp, when they gave a number.
pub fn owner(tx: &mut WriteTx<'_>, house: &House, notice: &Notice) -> Result<(), Error> {
    queue(tx, house, notice, None)
}

/// Tells the owner once ever under this key.
pub fn owner_once(tx: &mut WriteTx<'_>, house: &House, notice: &Notice, key: &str) -> Result<(), Error> {
    queue(tx, house, notice, Some(key))
}

fn queue(tx: &mut WriteTx<'_>, house: &House, notice: &Notice, once_key: Option<&str>) -> Result<(), Error> {
    let (settings, _) = settings::load(tx)?;
    let Some(phone) = Phone::parse(&settings.owner_phone) else { return Ok(()) };
    let identity = Identity { phone: Some(phone), ..Identity::default() };
    let owner = guests::find_or_insert(tx, &identity)?;
    let conversation = conversations::of_guest(tx, owner.id)?.id;
    let new = outbox::New {
        conversation_id: conversation,
        answers: None,
        by_person: false,
        message: &Message::text(replies::owner(notice)),
        critical: true,
        once_key,
        tag: &token(house.random.as_ref()),
    };
    outbox::insert(tx, &new)?;
    Ok(())
}

/// Tells the owner of a move of a reservation that they did not make themselves.
pub fn owner_of_move(
    tx: &mut WriteTx<'_>,
    house: &House,
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
            let refund = super::super::reserve::refund_on_cancelling(tx, house, reservation)?;
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
    owner(tx, house, &notice)
}

/// Tells the owner of money that needs a decision.
pub fn owner_of_payment(
    tx: &mut WriteTx<'_>,
    house: &House,
    kind: MatterKind,
    reservation: &Reservation,
    payment: &Payment,
) -> Result<(), Error> {
    let problem = match kind {
        MatterKind::PaidWithoutPlace => PaymentProblem::NoPlace,
        MatterKind::PaidAndExpired => PaymentProblem::HoldEnded,
        MatterKind::PaidAfterCancel => PaymentProblem::Cancelled,
        MatterKind::ChargedBack => PaymentProblem::ChargedBack,
        MatterKind::RefundFailed => PaymentProblem::RefundFailed,
        MatterKind::OtherAmount | MatterKind::PaidTwice => PaymentProblem::OtherAmount,
        // On the list alone: the provider deals with it, or the owner did it.
        MatterKind::PaymentMismatch
        | MatterKind::Chargeback
        | MatterKind::InMediation
        | MatterKind::RefundedElsewhere
        | MatterKind::MoneyTakenBack
        | MatterKind::UnderReview
        | MatterKind::UnknownPaymentState
        | MatterKind::RefundByHand => return Ok(()),
        // Of no payment.
        MatterKind::WantsAPerson
        | MatterKind::UnansweredQuestion
        | MatterKind::UnansweredMessage
        | MatterKind::TransferReceipt
        | MatterKind::Withdrawal
        | MatterKind::ConfirmationWaits
        | MatterKind::CalendarConflict
        | MatterKind::CalendarStale
        | MatterKind::ChannelNotReading
        | MatterKind::CopyFailed
        | MatterKind::CopyNoGood
        | MatterKind::Undelivered
        | MatterKind::SameGuestTwice
        | MatterKind::WhatsappAccount
        | MatterKind::WorkFailed => return Ok(()),
    };
    let amount = Money::new(payment.amount_minor, reservation.quote.total.currency);
    owner(tx, house, &Notice::PaymentProblem { code: reservation.code.to_string(), amount, problem })
}
