//! The owner's answers about guests: a tap below a notice, words that quote one, or the words that were asked for.

use super::common::failed;
use super::look_up::row;
use super::people::guest_of;
use crate::app::inbox::{self, Late, Reply, Silence};
use crate::app::manage::ManageError;
use crate::app::receipts::{self, Found};
use crate::app::{AppContext, Error, holidays, requests, stay_view};
use crate::dialogue::owner::{self, Answers, MoneyToCome, OwnerSay, OwnerTap, Setting};
use crate::domain::attention::AttentionKind;
use crate::domain::audit::Actor;
use crate::domain::ids::{AttentionId, InboundId, RequestId};
use crate::domain::request::{Answer, DecidedBy, RequestKind, RequestState, Verdict};
use crate::domain::reservation::Status;
use crate::store::notices::Notice;
use crate::store::{Read, WriteTx, attention, requests as rows, settings};

/// An answer to the owner, and what their next words answer.
pub(super) type Answered = (OwnerSay, Option<Answers>);

/// A tap below a notice.
pub(super) fn tapped(tx: &mut WriteTx<'_>, context: &AppContext, tap: &OwnerTap) -> Result<Answered, Error> {
    match *tap {
        OwnerTap::Decide { request_id, yes } => {
            decide(tx, context, request_id, &Answer::plain(yes), DecidedBy::Tap)
        }
        OwnerTap::AnswerRequest { request_id } => match rows::find(tx, request_id)? {
            Some(request) if request.is_open() => {
                let guest = guest_of(tx, request.conversation_id)?;
                Ok((OwnerSay::WhatToSay { guest }, Some(Answers::Request { request_id })))
            }
            Some(request) => Ok((closed(tx, &request)?, None)),
            None => Ok((OwnerSay::MatterOver, None)),
        },
        OwnerTap::Arrived { attention_id } => look(tx, context, attention_id, Found::Due),
        OwnerTap::NotArrived { attention_id } => look(tx, context, attention_id, Found::Nothing),
        OwnerTap::OtherAmount { attention_id } => {
            let guest = guest_of_matter(tx, attention_id)?;
            Ok((OwnerSay::HowMuchArrived { guest }, Some(Answers::AmountArrived { attention_id })))
        }
        OwnerTap::Do { .. } | OwnerTap::Pick { .. } | OwnerTap::Undo | OwnerTap::Leave => {
            Ok((OwnerSay::NothingAsked, None))
        }
    }
}

/// The words that were asked for; `None` when these are no such words, but a command.
pub(super) fn asked_for(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    answers: Answers,
    text: &str,
) -> Result<Option<Answered>, Error> {
    match answers {
        Answers::Request { request_id } => {
            let Some(request) = rows::find(tx, request_id)? else { return Ok(None) };
            let answer = answer_to(tx, context, &request, text)?;
            decide(tx, context, request_id, &answer, DecidedBy::Message).map(Some)
        }
        Answers::AmountOf { request_id } => {
            let Some(request) = rows::find(tx, request_id)? else { return Ok(None) };
            let answer = answer_to(tx, context, &request, text)?;
            let is_answer = answer.off.is_some() || answer.verdict == Verdict::No;
            is_answer.then(|| decide(tx, context, request_id, &answer, DecidedBy::Message)).transpose()
        }
        Answers::AmountArrived { attention_id } => {
            let amount = with_setting(tx, context, |setting| owner::amount(text, setting))?;
            amount.map(|amount| look(tx, context, attention_id, Found::Amount(amount))).transpose()
        }
    }
}

/// Words that quote a notice: they answer what it tells of, or go to the guest as they are.
pub(super) fn quoting(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    notice: &Notice,
    (inbound, text): (InboundId, &str),
) -> Result<Answered, Error> {
    let Some(item) = attention::find(tx, notice.attention_id)? else {
        return Ok((OwnerSay::MatterOver, None));
    };
    match item.kind.known() {
        Some(AttentionKind::GuestRequest) => {
            let Some(request) = rows::of_attention(tx, item.id)? else {
                return Ok((OwnerSay::MatterOver, None));
            };
            let answer = answer_to(tx, context, &request, text)?;
            match answer.verdict {
                Verdict::Words if !request.is_open() => tell(tx, context, notice, inbound, text),
                _ => decide(tx, context, request.id, &answer, DecidedBy::Message),
            }
        }
        Some(AttentionKind::TransferReceipt) => match found(tx, context, text)? {
            Some(found) => look(tx, context, item.id, found),
            None => tell(tx, context, notice, inbound, text),
        },
        _ => tell(tx, context, notice, inbound, text),
    }
}

/// What short words say of money that was to come.
fn found(tx: &impl Read, context: &AppContext, text: &str) -> Result<Option<Found>, Error> {
    let said = with_setting(tx, context, |setting| owner::money_to_come(text, setting))?;
    Ok(said.map(|said| match said {
        MoneyToCome::Amount(amount) => Found::Amount(amount),
        MoneyToCome::NotArrived => Found::Nothing,
        MoneyToCome::Arrived => Found::Due,
    }))
}

/// What the owner's words answer to a request.
fn answer_to(
    tx: &impl Read,
    context: &AppContext,
    request: &rows::Request,
    text: &str,
) -> Result<Answer, Error> {
    let kind = request.kind.known().unwrap_or(RequestKind::Other);
    with_setting(tx, context, |setting| owner::request_answer(text, kind, setting))
}

fn decide(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: RequestId,
    answer: &Answer,
    way: DecidedBy,
) -> Result<Answered, Error> {
    let Some(request) = rows::find(tx, id)? else { return Ok((OwnerSay::MatterOver, None)) };
    let guest = guest_of(tx, request.conversation_id)?;
    let kind = request.kind.known().unwrap_or(RequestKind::Other);
    let amount_of = Some(Answers::AmountOf { request_id: id });
    match requests::decide(tx, context, id, answer, way, &Actor::Owner) {
        Ok(decided) if decided.state == RequestState::Granted => {
            Ok((OwnerSay::RequestGranted { guest }, None))
        }
        Ok(decided) if decided.state == RequestState::Refused => {
            Ok((OwnerSay::RequestRefused { guest }, None))
        }
        Ok(_) => Ok((OwnerSay::Told { guest }, None)),
        Err(ManageError::RequestClosed(_)) => Ok((closed(tx, &request)?, None)),
        Err(ManageError::AmountMissing) => Ok((OwnerSay::HowMuch { guest, kind }, amount_of)),
        Err(ManageError::Invalid { .. }) if answer.off.is_some() => {
            Ok((OwnerSay::HowMuch { guest, kind }, amount_of))
        }
        Err(ManageError::OptedOut | ManageError::Invalid { .. } | ManageError::WindowClosed) => {
            Ok((OwnerSay::CannotTell { guest }, None))
        }
        Err(ManageError::App(Error::Refused(refusal))) => {
            Ok((OwnerSay::CannotGrant { guest, refusal }, None))
        }
        Err(other) => Err(failed(other)),
    }
}

fn look(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: AttentionId,
    found: Found,
) -> Result<Answered, Error> {
    let guest = guest_of_matter(tx, id)?;
    let due = match attention::find(tx, id)?.and_then(|item| item.reservation_id) {
        Some(id) => Some(stay_view::booking(tx, &stay_view::load(tx, id)?)?.due_next()),
        None => None,
    };
    let done = crate::store::nested(tx, |tx| receipts::decide(tx, context, id, found, &Actor::Owner));
    match done {
        Ok(kept) if found == Found::Nothing => {
            let until = kept.expires_at.filter(|_| kept.status == Status::PreReserved);
            Ok((OwnerSay::NotArrived { guest, until }, None))
        }
        Ok(paid) => {
            let amount = match found {
                Found::Amount(amount) => amount,
                Found::Due | Found::Nothing => due.unwrap_or(paid.quote.deposit),
            };
            Ok((OwnerSay::Received { row: row(tx, &paid)?, amount }, None))
        }
        Err(ManageError::ReceiptClosed) => Ok((OwnerSay::ReceiptClosed { guest }, None)),
        Err(ManageError::NotFound(_)) => Ok((OwnerSay::MatterOver, None)),
        Err(ManageError::App(Error::Refused(refusal))) => {
            Ok((OwnerSay::CannotGrant { guest, refusal }, None))
        }
        Err(other) => Err(failed(other)),
    }
}

/// Sends the owner's words to the guest of a notice, whose matter is settled by it. Casero goes on answering.
fn tell(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    notice: &Notice,
    inbound: InboundId,
    text: &str,
) -> Result<Answered, Error> {
    let Some(conversation_id) = notice.conversation_id else { return Ok((OwnerSay::MatterOver, None)) };
    let guest = guest_of(tx, conversation_id)?;
    let key = format!("answer{inbound}");
    let reply = Reply {
        conversation_id,
        text,
        idempotency_key: Some(&key),
        late: Late::AsNotice,
        silence: Silence::None,
    };
    match inbox::write(tx, context, &reply, &Actor::Owner) {
        Ok(()) => {
            attention::resolve(tx, notice.attention_id, Actor::Owner.name(), "answered")?;
            Ok((OwnerSay::Told { guest }, None))
        }
        Err(ManageError::OptedOut | ManageError::Invalid { .. } | ManageError::WindowClosed) => {
            Ok((OwnerSay::CannotTell { guest }, None))
        }
        Err(other) => Err(failed(other)),
    }
}

fn closed(tx: &impl Read, request: &rows::Request) -> Result<OwnerSay, Error> {
    let guest = guest_of(tx, request.conversation_id)?;
    Ok(OwnerSay::RequestClosed { guest, state: request.state.known().unwrap_or(RequestState::Ended) })
}

fn guest_of_matter(tx: &impl Read, id: AttentionId) -> Result<String, Error> {
    match attention::find(tx, id)?.and_then(|item| item.conversation_id) {
        Some(conversation) => guest_of(tx, conversation),
        None => Ok(String::new()),
    }
}

/// Reads words without the names of cabins and guests.
fn with_setting<T>(
    tx: &impl Read,
    context: &AppContext,
    read: impl FnOnce(&Setting<'_>) -> T,
) -> Result<T, Error> {
    let (settings, _) = settings::load(tx)?;
    let calendar = holidays::in_force(&settings, &context.calendar);
    let today = context.moment(tx).today();
    Ok(read(&Setting { today, calendar: &calendar, cabins: &[], guests: &[], currency: context.currency }))
}
