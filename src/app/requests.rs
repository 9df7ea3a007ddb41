//! Requests of guests: a person's answer, what it does to the booking, and what happens while nobody answers.

use super::manage_error::{ManageError, invalid};
use super::notify::{self, Asking};
use super::{AppContext, Error, checkouts, discount, inbox, refunds, reserve, stay_view};
use crate::dialogue::{Booking, RequestMade, RequestSay};
use crate::domain::audit::{About, Actor, AuditEvent};
use crate::domain::ids::{ConversationId, RequestId};
use crate::domain::invalid::{Field, Invalid, Unit};
use crate::domain::money::Money;
use crate::domain::quiet_hours::answer_by;
use crate::domain::request::{Answer, DecidedBy, Off, RequestKind, RequestState, Verdict};
use crate::domain::reservation::Reservation;
use crate::store::requests::{self, Decided, Request};
use crate::store::{Read, WriteTx, audit, payments, settings};
use jiff::SignedDuration;

/// How often a guest hears that there is no answer yet.
const OVERDUE_MAX: u16 = 2;
/// Time between the two.
const OVERDUE_AGAIN: SignedDuration = SignedDuration::from_hours(24);

/// Keeps a request and asks the owner. One that is open already is asked again in the new words.
pub fn ask(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    asking: &Asking<'_>,
    made: &RequestMade,
    here: Option<&Reservation>,
) -> Result<(), Error> {
    let open = requests::of_conversation(tx, asking.conversation)?.into_iter().find(|request| {
        let same_words = request.words.split_whitespace().eq(asking.words.split_whitespace());
        request.is_open() && request.kind == made.kind && (made.kind != RequestKind::Other || same_words)
    });
    let id = match open {
        Some(request) => {
            requests::asked_again(tx, request.id, asking.words)?;
            request.id
        }
        None => requests::insert(
            tx,
            &requests::New {
                kind: made.kind,
                conversation_id: asking.conversation,
                reservation_id: made
                    .reservation_id
                    .or(here.map(|stay| stay.id).filter(|_| made.offer.is_none())),
                offer: made.offer.as_ref(),
                words: asking.words,
                until: made.until,
                deadline: made.deadline,
            },
        )?,
    };
    let request = requests::find(tx, id)?.ok_or(Error::NotFound)?;
    asking.request(tx, context, &request, made.kind)
}

/// The guest no longer needs what they asked for. Of several, the one of this kind: which one is meant without a kind,
/// the owner sees from the words.
pub fn call_off(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    asking: &Asking<'_>,
    kind: Option<RequestKind>,
) -> Result<(), Error> {
    let all = requests::of_conversation(tx, asking.conversation)?.into_iter();
    let open: Vec<Request> = all.filter(Request::is_open).collect();
    let is_only = open.len() == 1;
    for request in open.iter().filter(|one| is_only || kind.is_some() && one.kind.known() == kind) {
        requests::decide(tx, request.id, &Decided::without_answer(RequestState::Withdrawn, "guest"))?;
    }
    asking.called_off(tx, context)
}

/// Kinds of what a guest asked for and nobody has decided.
pub fn open_kinds(tx: &impl Read, conversation: ConversationId) -> Result<Vec<RequestKind>, Error> {
    let all = requests::of_conversation(tx, conversation)?;
    Ok(all.iter().filter(|request| request.is_open()).filter_map(|request| request.kind.known()).collect())
}

/// A person answers: what a yes does is done, and the guest hears of it. The first answer counts.
pub fn decide(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: RequestId,
    answer: &Answer,
    way: DecidedBy,
    actor: &Actor,
) -> Result<Request, ManageError> {
    let request = requests::find(tx, id)?.ok_or(ManageError::NotFound("request"))?;
    if !request.is_open() {
        return Err(ManageError::RequestClosed(request.state.known().unwrap_or(RequestState::Ended)));
    }
    let kind = request.kind.known().unwrap_or(RequestKind::Other);
    if answer.verdict == Verdict::Yes && kind.needs_amount() && answer.off.is_none() {
        return Err(ManageError::AmountMissing);
    }
    crate::store::nested(tx, |tx| {
        let state = match answer.verdict {
            Verdict::Yes => RequestState::Granted,
            Verdict::No => RequestState::Refused,
            Verdict::Words => RequestState::Answered,
        };
        let decided = Decided {
            state,
            by: actor.name(),
            way: Some(way),
            answer: answer.words.as_deref().unwrap_or_default(),
            off: answer.off,
        };
        requests::decide(tx, id, &decided)?;
        audit::note(tx, actor, AuditEvent::RequestDecided, request.reservation_id, About::Nothing {})?;
        let said = match answer.verdict {
            Verdict::Yes => grant(tx, context, &request, kind, answer.off, actor)?,
            Verdict::No => Some(refusal(tx, &request, kind)?),
            Verdict::Words => None,
        };
        let own = answer.file.as_ref().map(inbox::Body::Message);
        match own.or(answer.words.as_deref().map(inbox::Body::Words)) {
            Some(body) => pass_on(tx, context, &request, body, actor)?,
            None => {
                if let Some(say) = said {
                    notify::guest_once(
                        tx,
                        context,
                        request.conversation_id,
                        &format!("request:{id}:decided"),
                        say,
                    )?;
                }
            }
        }
        requests::find(tx, id)?.ok_or(ManageError::NotFound("request"))
    })
}

/// The person's own answer to the guest.
fn pass_on(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    request: &Request,
    body: inbox::Body<'_>,
    actor: &Actor,
) -> Result<(), ManageError> {
    let key = format!("request{}", request.id);
    let reply = inbox::Reply {
        conversation_id: request.conversation_id,
        body,
        idempotency_key: Some(&key),
        late: inbox::Late::AsNotice,
        silence: inbox::Silence::None,
    };
    inbox::write(tx, context, &reply, actor)
}

/// Does what was asked for. Answers what the guest hears of it, unless that says so already.
fn grant(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    request: &Request,
    kind: RequestKind,
    off: Option<Off>,
    actor: &Actor,
) -> Result<Option<RequestSay>, ManageError> {
    let Some(id) = request.reservation_id else { return offered(request, kind, off).map(Some) };
    let reservation = stay_view::load(tx, id)?;
    let total = reservation.quote.total;
    match (kind, request.until, off) {
        (RequestKind::MoreTime, Some(until), _) => {
            let kept = reserve::keep_until(tx, reservation, until, actor)?;
            if context.payments_on {
                // The link ends with the time that it was made for.
                checkouts::close_checkouts(tx, id)?;
                checkouts::want_link(tx, id)?;
            }
            Ok(Some(RequestSay::MoreTime { booking: stay_view::booking(tx, &kept)?, until }))
        }
        (RequestKind::HoldWithoutDeposit, ..) => {
            reserve::confirm(tx, context, id, actor)?;
            Ok(None)
        }
        (RequestKind::Discount, _, Some(off)) => {
            discount::discount(tx, context, id, amount_of(off, total)?, actor)?;
            Ok(None)
        }
        (RequestKind::Refund, _, Some(off)) => {
            let paid = Money::new(payments::paid(tx, id)?, total.currency);
            let amount = amount_of(off, paid)?;
            refunds::want_back(tx, context, &reservation, Some(amount.minor), actor)?;
            Ok(Some(RequestSay::Refunding { amount }))
        }
        // Kept with the booking, whose page shows it.
        _ => Ok(Some(RequestSay::Granted { kind })),
    }
}

/// What a guest hears of a yes about an offer: a discount is taken off when they book.
fn offered(request: &Request, kind: RequestKind, off: Option<Off>) -> Result<RequestSay, ManageError> {
    let offer = request.offer.as_ref().map(|offer| (offer.stay, offer.total));
    match (kind, off, offer) {
        (RequestKind::Discount, Some(Off::Amount(off)), Some((stay, _))) => {
            Ok(RequestSay::DiscountOnOffer { stay, off })
        }
        (RequestKind::Discount, Some(off), Some((stay, Some(total)))) => {
            Ok(RequestSay::DiscountOnOffer { stay, off: amount_of(off, total)? })
        }
        _ => Ok(RequestSay::Granted { kind }),
    }
}

fn amount_of(off: Off, whole: Money) -> Result<Money, ManageError> {
    let most = Invalid::AtMost { high: whole.minor.unsigned_abs(), unit: Unit::Money(whole.currency) };
    off.from_total(whole).ok_or_else(|| invalid(Field::AmountCents, most))
}

fn refusal(tx: &impl Read, request: &Request, kind: RequestKind) -> Result<RequestSay, Error> {
    let (settings, _) = settings::load(tx)?;
    let booking =
        request.reservation_id.map(|id| stay_view::booking(tx, &stay_view::load(tx, id)?)).transpose()?;
    Ok(RequestSay::Refused {
        kind,
        booking,
        check_in: settings.check_in_time,
        check_out: settings.check_out_time,
    })
}

/// The bookings with what was granted off their offers taken off.
pub fn take_off_granted(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    conversation: ConversationId,
    held: Vec<Booking>,
) -> Result<Vec<Booking>, Error> {
    let granted: Vec<Request> = requests::of_conversation(tx, conversation)?
        .into_iter()
        .filter(|request| request.state == RequestState::Granted && request.kind == RequestKind::Discount)
        .filter(|request| request.reservation_id.is_none())
        .collect();
    let mut bookings = Vec::new();
    for booking in held {
        let of_offer =
            |request: &&Request| request.offer.as_ref().is_some_and(|offer| offer.stay == booking.stay);
        let found = granted.iter().rev().find(of_offer);
        let off = found.and_then(|request| Some((request.id, request.off?.from_total(booking.total)?)));
        bookings.push(match off {
            Some((request, off)) => {
                let changed = discount::take_off(tx, context, booking.reservation_id, off, &Actor::Owner)?;
                requests::booked(tx, request, booking.reservation_id)?;
                stay_view::booking(tx, &changed)?
            }
            None => booking,
        });
    }
    Ok(bookings)
}

/// Whether some request has passed its deadline.
pub fn is_overdue(tx: &impl Read) -> Result<bool, Error> {
    Ok(!requests::due(tx, OVERDUE_MAX)?.is_empty())
}

/// Tells guest and owner of requests that were not answered in time.
pub fn tell_overdue(tx: &mut WriteTx<'_>, context: &AppContext) -> Result<(), Error> {
    let (settings, _) = settings::load(tx)?;
    for request in requests::due(tx, OVERDUE_MAX)? {
        let again = request.overdue + 1 < OVERDUE_MAX;
        let next = answer_by(&settings, &context.moment(tx)).max(tx.now() + OVERDUE_AGAIN);
        let by = again.then_some(next);
        requests::overdue(tx, request.id, next)?;
        let kind = request.kind.known().unwrap_or(RequestKind::Other);
        let key = format!("request:{}:overdue{}", request.id, request.overdue);
        notify::guest_once(
            tx,
            context,
            request.conversation_id,
            &key,
            RequestSay::StillWaiting { kind, by },
        )?;
        notify::told_again(tx, context, request.attention_id)?;
    }
    Ok(())
}
