//! The owner's answers about guests: a tap below a notice, words or a file that quote one, or those that were asked for.

use super::common::failed;
use super::look_up::row;
use super::people::guest_of;
use super::said::Quoted;
use crate::app::inbox::{self, Body, Late, Reply, Silence};
use crate::app::manage::{self, ManageError};
use crate::app::receipts::{self, Found};
use crate::app::{AppContext, Error, holidays, requests, stay_view};
use crate::dialogue::owner::{self, Answers, MoneyToCome, OwnerSay, OwnerTap, Setting};
use crate::domain::attention::AttentionKind;
use crate::domain::audit::Actor;
use crate::domain::ids::{AttentionId, ConversationId, InboundId, RequestId};
use crate::domain::message::{Message, SentThing};
use crate::domain::request::{Answer, DecidedBy, RequestKind, RequestState, Verdict};
use crate::domain::reservation::Status;
use crate::store::notices::Notice;
use crate::store::{Read, WriteTx, attention, requests as rows, settings};

/// An answer to the owner, and what their next words answer.
pub(super) type Answered = (OwnerSay, Option<Answers>);

/// What an owner answers: words, a file, or a file with words (its caption, or what was heard in it).
pub(super) struct Given<'a> {
    /// The conversation with this owner.
    pub(super) owner: ConversationId,
    pub(super) inbound: InboundId,
    /// Empty without any.
    pub(super) text: &'a str,
    pub(super) file: Option<&'a Message>,
}

impl Given<'_> {
    /// Whether all of it is in its words: they were written, or heard in a recording.
    fn is_words(&self) -> bool {
        !self.text.is_empty() && matches!(self.file, None | Some(Message::Audio { .. }))
    }

    fn body(&self) -> Body<'_> {
        self.file.map_or(Body::Words(self.text), Body::Message)
    }
}

/// A tap below a notice.
pub(super) fn tapped(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    tap: &OwnerTap,
    owner: ConversationId,
) -> Result<Answered, Error> {
    match *tap {
        OwnerTap::Decide { request_id, yes } => {
            decide(tx, context, request_id, &Answer::plain(yes), (DecidedBy::Tap, owner))
        }
        OwnerTap::AnswerRequest { request_id } => match rows::find(tx, request_id)? {
            Some(request) if request.is_open() => {
                let guest = guest_of(tx, request.conversation_id)?;
                Ok((OwnerSay::WhatToSay { guest }, Some(Answers::Request { request_id })))
            }
            Some(request) => Ok((closed(tx, &request, owner)?, None)),
            None => Ok((OwnerSay::MatterOver, None)),
        },
        OwnerTap::Arrived { attention_id } => look(tx, context, attention_id, Found::Due, owner),
        OwnerTap::NotArrived { attention_id } => look(tx, context, attention_id, Found::Nothing, owner),
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
    given: &Given<'_>,
) -> Result<Option<Answered>, Error> {
    match answers {
        Answers::Request { request_id } => {
            let Some(request) = rows::find(tx, request_id)? else { return Ok(None) };
            let answer = answer_to(tx, context, &request, given)?;
            decide(tx, context, request_id, &answer, (DecidedBy::Message, given.owner)).map(Some)
        }
        Answers::AmountOf { request_id } => {
            let Some(request) = rows::find(tx, request_id)? else { return Ok(None) };
            let answer = answer_to(tx, context, &request, given)?;
            let is_answer = answer.off.is_some() || answer.verdict == Verdict::No;
            let way = (DecidedBy::Message, given.owner);
            is_answer.then(|| decide(tx, context, request_id, &answer, way)).transpose()
        }
        Answers::AmountArrived { attention_id } => {
            let amount = with_setting(tx, context, |setting| owner::amount(given.text, setting))?;
            amount
                .map(|amount| look(tx, context, attention_id, Found::Amount(amount), given.owner))
                .transpose()
        }
    }
}

/// What quotes a notice: it answers what that tells of, or goes to the guest as it is.
pub(super) fn quoting(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    quoted: &Quoted,
    given: &Given<'_>,
) -> Result<Answered, Error> {
    let notice = match quoted {
        Quoted::Guest(conversation) => return pass_on(tx, context, *conversation, given).map(plain),
        Quoted::Notice(notice) => notice,
    };
    let Some(item) = attention::find(tx, notice.attention_id)? else {
        return Ok((OwnerSay::MatterOver, None));
    };
    match item.kind.known() {
        Some(AttentionKind::GuestRequest) => {
            let Some(request) = rows::of_attention(tx, item.id)? else {
                return Ok((OwnerSay::MatterOver, None));
            };
            let answer = answer_to(tx, context, &request, given)?;
            match answer.verdict {
                Verdict::Words if !request.is_open() => tell(tx, context, notice, given),
                _ => decide(tx, context, request.id, &answer, (DecidedBy::Message, given.owner)),
            }
        }
        Some(AttentionKind::TransferReceipt) if given.is_words() => match found(tx, context, given.text)? {
            Some(found) => look(tx, context, item.id, found, given.owner),
            None => tell(tx, context, notice, given),
        },
        _ => tell(tx, context, notice, given),
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
    given: &Given<'_>,
) -> Result<Answer, Error> {
    let kind = request.kind.known().unwrap_or(RequestKind::Other);
    let mut answer = with_setting(tx, context, |setting| owner::request_answer(given.text, kind, setting))?;
    // Of a recording that says no more than yes or no, the product's words say it.
    let is_said = given.is_words() && answer.words.is_none();
    answer.file = given.file.filter(|_| !is_said).cloned();
    Ok(answer)
}

fn decide(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: RequestId,
    answer: &Answer,
    (way, owner): (DecidedBy, ConversationId),
) -> Result<Answered, Error> {
    let Some(request) = rows::find(tx, id)? else { return Ok((OwnerSay::MatterOver, None)) };
    let guest = guest_of(tx, request.conversation_id)?;
    let kind = request.kind.known().unwrap_or(RequestKind::Other);
    let amount_of = Some(Answers::AmountOf { request_id: id });
    let what = answer.file.as_ref().map(SentThing::of);
    let decided = requests::decide(tx, context, id, answer, way, &Actor::Owner);
    if let (Ok(_), Some(attention)) = (&decided, request.attention_id) {
        attention::answered_in(tx, attention, owner)?;
    }
    match decided {
        Ok(decided) if decided.state == RequestState::Granted => {
            Ok((OwnerSay::RequestGranted { guest }, None))
        }
        Ok(decided) if decided.state == RequestState::Refused => {
            Ok((OwnerSay::RequestRefused { guest }, None))
        }
        Ok(_) => Ok(plain(told(guest, what))),
        Err(ManageError::RequestClosed(_)) => Ok((closed(tx, &request, owner)?, None)),
        Err(ManageError::WindowClosed) if what.is_some() => Ok((OwnerSay::CannotPass { guest }, None)),
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
    owner: ConversationId,
) -> Result<Answered, Error> {
    let guest = guest_of_matter(tx, id)?;
    let due = match attention::find(tx, id)?.and_then(|item| item.reservation_id) {
        Some(id) => Some(stay_view::booking(tx, &stay_view::load(tx, id)?)?.due_next()),
        None => None,
    };
    let done = crate::store::nested(tx, |tx| receipts::decide(tx, context, id, found, &Actor::Owner));
    if done.is_ok() {
        attention::answered_in(tx, id, owner)?;
    }
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
        Err(ManageError::ReceiptClosed) => {
            let by = somebody_else(tx, id, owner)?;
            Ok((OwnerSay::ReceiptClosed { guest, by }, None))
        }
        Err(ManageError::NotFound(_)) => Ok((OwnerSay::MatterOver, None)),
        Err(ManageError::App(Error::Refused(refusal))) => {
            Ok((OwnerSay::CannotGrant { guest, refusal }, None))
        }
        Err(other) => Err(failed(other)),
    }
}

/// Sends the owner's answer to the guest of a notice, whose matter is settled by it. What another owner answered is not
/// answered twice.
fn tell(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    notice: &Notice,
    given: &Given<'_>,
) -> Result<Answered, Error> {
    let Some(conversation) = notice.conversation_id else { return Ok((OwnerSay::MatterOver, None)) };
    let (answered_in, _) = attention::answered_by(tx, notice.attention_id)?;
    if answered_in.is_some_and(|other| other != given.owner)
        && let Some(by) = somebody_else(tx, notice.attention_id, given.owner)?
    {
        return Ok((OwnerSay::AnsweredBy { guest: guest_of(tx, conversation)?, by }, None));
    }
    let say = pass_on(tx, context, conversation, given)?;
    if matches!(say, OwnerSay::Told { .. } | OwnerSay::PassedOn { .. }) {
        attention::answered_in(tx, notice.attention_id, given.owner)?;
        manage::end_matter(tx, notice.attention_id, "answered", &Actor::Owner)?;
    }
    Ok((say, None))
}

/// Sends what the owner gave to a guest as it is. Casero goes on answering.
fn pass_on(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    conversation_id: ConversationId,
    given: &Given<'_>,
) -> Result<OwnerSay, Error> {
    let guest = guest_of(tx, conversation_id)?;
    let key = format!("answer{}", given.inbound);
    let reply = Reply {
        conversation_id,
        body: given.body(),
        idempotency_key: Some(&key),
        late: Late::AsNotice,
        silence: Silence::None,
    };
    match inbox::write(tx, context, &reply, &Actor::Owner) {
        Ok(()) => Ok(told(guest, given.file.map(SentThing::of))),
        Err(ManageError::WindowClosed) => Ok(OwnerSay::CannotPass { guest }),
        Err(ManageError::OptedOut | ManageError::Invalid { .. }) => Ok(OwnerSay::CannotTell { guest }),
        Err(other) => Err(failed(other)),
    }
}

fn told(guest: String, what: Option<SentThing>) -> OwnerSay {
    match what {
        Some(what) => OwnerSay::PassedOn { guest, what },
        None => OwnerSay::Told { guest },
    }
}

fn plain(say: OwnerSay) -> Answered {
    (say, None)
}

fn closed(tx: &impl Read, request: &rows::Request, owner: ConversationId) -> Result<OwnerSay, Error> {
    let guest = guest_of(tx, request.conversation_id)?;
    let by = match request.attention_id {
        Some(attention) => somebody_else(tx, attention, owner)?,
        None => None,
    };
    let state = request.state.known().unwrap_or(RequestState::Ended);
    Ok(OwnerSay::RequestClosed { guest, state, by })
}

/// Who answered an attention item, unless it was this owner or nobody.
fn somebody_else(tx: &impl Read, id: AttentionId, owner: ConversationId) -> Result<Option<String>, Error> {
    match attention::answered_by(tx, id)? {
        (Some(other), _) if other == owner => Ok(None),
        (Some(other), _) => guest_of(tx, other).map(Some),
        (None, Some(word)) => match Actor::read(&word) {
            Actor::User(email) => Ok(Some(email)),
            _ => Ok(None),
        },
        (None, None) => Ok(None),
    }
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
