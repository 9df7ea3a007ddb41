//! Requests for a person: the attention item and the message to the owner, written in the transaction that
//! writes the guest's sentence. "Ya le avisé a una persona" is only sent from here.
//!
//! The owner is told of a cause once while its item is open.

use super::notice_row;
use crate::app::stay_view::{booking, cabin_name, guest_of, load, situation};
use crate::app::{AppContext, Error};
use crate::dialogue::{HandOver, Notice, RequestAbout, replies};
use crate::domain::attention::{
    Asked, AttentionItem, AttentionKind, GuestRequest, HandedOver, Need, Receipt, Withdrawal,
};
use crate::domain::guest::Guest;
use crate::domain::ids::{AttentionId, ConversationId, InboundId, ReservationId};
use crate::domain::message;
use crate::domain::notice::NoticeKind;
use crate::domain::phone::Phone;
use crate::domain::receipt::ReceiptBy;
use crate::domain::request::RequestKind;
use crate::domain::reservation::Reservation;
use crate::store::requests::{self, Request};
use crate::store::{Read, WriteTx, attention, conversations, guests, receipts};
use crate::understanding::{Concern, Matter, Presence};
use jiff::Timestamp;

/// Longest quote of a guest in a message to the owner: the whole has to fit into a template.
const WORDS_CHARS_MAX: usize = 300;

/// A guest's message that a person has to look at.
pub struct Asking<'a> {
    pub conversation: ConversationId,
    pub guest: &'a Guest,
    pub inbound: InboundId,
    pub words: &'a str,
    pub sent_at: Timestamp,
}

impl Asking<'_> {
    /// A person must answer this guest.
    pub fn person(&self, tx: &mut WriteTx<'_>, context: &AppContext, why: HandOver) -> Result<(), Error> {
        person(tx, context, (self.conversation, self.guest), why, self.words)
    }

    /// A message that only the owner can answer; the same words are told once while their item is open.
    pub fn matter(
        &self,
        tx: &mut WriteTx<'_>,
        context: &AppContext,
        concern: Concern,
        here: Option<&(Reservation, Presence)>,
    ) -> Result<(), Error> {
        let matter: &'static str = concern.matter.into();
        let need =
            Need { matter: matter.to_owned(), urgent: concern.urgency.is_urgent(), words: cut(self.words) };
        let item = AttentionItem::GuestNeeds(need);
        if !self.words.trim().is_empty() && attention::is_open_with(tx, &item, self.conversation)? {
            return Ok(());
        }
        let subject = self.inbound.to_string();
        let new = attention::New {
            reservation_id: here.map(|(reservation, _)| reservation.id),
            conversation_id: Some(self.conversation),
            ..attention::New::of(item, &subject)
        };
        let here = here.map(|(reservation, presence)| {
            let cabin = cabin_name(tx, reservation.cabin_id)?;
            Ok::<_, Error>((cabin, reservation.stay, *presence))
        });
        let notice = Notice::FromGuest {
            guest: with_number(self.guest),
            here: here.transpose()?,
            concern,
            hour: context.moment(tx).zone.to_datetime(self.sent_at).time(),
            words: cut(self.words),
        };
        raise(tx, context, &new, (kind_of(concern.matter), self.words), &notice)
    }

    /// All tries to answer this message failed.
    pub fn unanswered(&self, tx: &mut WriteTx<'_>, context: &AppContext) -> Result<(), Error> {
        let subject = self.inbound.to_string();
        let new = attention::New {
            conversation_id: Some(self.conversation),
            ..attention::New::of(AttentionItem::UnansweredMessage, &subject)
        };
        let why = HandOver::Unanswered;
        raise(
            tx,
            context,
            &new,
            (NoticeKind::UnansweredMessage, self.words),
            &Notice::WantsPerson { guest: called(self.guest), why, words: cut(self.words) },
        )
    }

    /// A question that only the owner can answer. Repeating it opens no second attention item.
    pub fn question(&self, tx: &mut WriteTx<'_>, context: &AppContext, question: &str) -> Result<(), Error> {
        let asked = AttentionItem::UnansweredQuestion(Asked { question: question.to_owned() });
        if attention::is_open_with(tx, &asked, self.conversation)? {
            return Ok(());
        }
        let subject = self.inbound.to_string();
        let new = attention::New {
            conversation_id: Some(self.conversation),
            ..attention::New::of(asked, &subject)
        };
        let notice = Notice::Question { guest: called(self.guest), words: cut(self.words) };
        raise(tx, context, &new, (NoticeKind::UnansweredQuestion, self.words), &notice)
    }

    /// A receipt for a booking, or the guest's word of one; answers its attention item. Each picture is listed; the
    /// owner is told of the first, also behind words.
    pub fn receipt(
        &self,
        tx: &mut WriteTx<'_>,
        context: &AppContext,
        id: ReservationId,
        (by, keeps_until): (ReceiptBy, Option<Timestamp>),
    ) -> Result<Option<AttentionId>, Error> {
        let as_much = |receipt: &receipts::Receipt| {
            by != ReceiptBy::File || receipt.told_by.known() == Some(ReceiptBy::File)
        };
        let told = receipts::open_of(tx, id)?.iter().any(as_much);
        let receipt = AttentionItem::TransferReceipt(Receipt { inbound_id: self.inbound });
        let subject = self.inbound.to_string();
        let new = attention::New {
            reservation_id: Some(id),
            conversation_id: Some(self.conversation),
            ..attention::New::of(receipt, &subject)
        };
        if told {
            attention::raise(tx, &new)?;
        } else {
            let booking = booking(tx, &load(tx, id)?)?;
            let due = booking.due_next();
            let notice = Notice::Receipt { booking, guest: called(self.guest), due, by, keeps_until };
            raise(tx, context, &new, (NoticeKind::TransferReceipt, self.words), &notice)?;
        }
        Ok(attention::open_id(tx, AttentionKind::TransferReceipt, &subject)?)
    }

    /// What only the owner decides. Asked again, it is told again in the new words.
    pub fn request(
        &self,
        tx: &mut WriteTx<'_>,
        context: &AppContext,
        request: &Request,
        kind: RequestKind,
    ) -> Result<(), Error> {
        let subject = request.id.to_string();
        let item = AttentionItem::GuestRequest(GuestRequest {
            request_id: request.id,
            request: kind.code().to_owned(),
            words: cut(self.words),
        });
        let new = attention::New {
            reservation_id: request.reservation_id,
            conversation_id: Some(self.conversation),
            ..attention::New::of(item, &subject)
        };
        attention::raise(tx, &new)?;
        let open = attention::open_id(tx, AttentionKind::GuestRequest, &subject)?.ok_or(Error::NotFound)?;
        requests::told_by(tx, request.id, open)?;
        let about = match (request.reservation_id, &request.offer) {
            (Some(id), _) => RequestAbout::Booking(booking(tx, &load(tx, id)?)?),
            (None, Some(offer)) => RequestAbout::Offer(offer.clone()),
            (None, None) => RequestAbout::Nothing,
        };
        let notice = Notice::Request {
            guest: with_number(self.guest),
            about,
            kind,
            words: cut(self.words),
            until: request.until,
        };
        tell(tx, context, (open, false), (NoticeKind::Request, self.words), &notice)
    }

    /// The guest needs no more what they asked for.
    pub fn called_off(&self, tx: &mut WriteTx<'_>, context: &AppContext) -> Result<(), Error> {
        let notice = Notice::RequestsCalledOff { guest: called(self.guest), words: cut(self.words) };
        super::owner_about(tx, context, &notice, self.conversation)
    }

    /// The guest withdraws from a booking (legal right), or from one that is not clear.
    pub fn withdrawal(
        &self,
        tx: &mut WriteTx<'_>,
        context: &AppContext,
        id: Option<ReservationId>,
    ) -> Result<(), Error> {
        let subject = id.map_or(self.conversation.to_string(), |id| id.to_string());
        let code = id.map(|id| load(tx, id)).transpose()?.map(|reservation| reservation.code.to_string());
        let new = attention::New {
            reservation_id: id,
            conversation_id: Some(self.conversation),
            ..attention::New::of(AttentionItem::Withdrawal(Withdrawal::default()), &subject)
        };
        let notice = Notice::Withdrawal { guest: called(self.guest), code };
        raise(tx, context, &new, (NoticeKind::Withdrawal, self.words), &notice)
    }
}

/// A guest with a booking has no way to pay: a person must name one.
pub fn no_way_to_pay(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    reservation: &Reservation,
) -> Result<(), Error> {
    let guest = guests::find(tx, reservation.guest_id)?.ok_or(Error::NotFound)?;
    let conversation = conversations::of_guest(tx, guest.id)?.id;
    person(tx, context, (conversation, &guest), HandOver::NoWayToPay, "")
}

fn person(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    (conversation, guest): (ConversationId, &Guest),
    why: HandOver,
    words: &str,
) -> Result<(), Error> {
    let subject = conversation.to_string();
    let wanted = AttentionItem::WantsAPerson(HandedOver { why: why.code().to_owned() });
    let new = attention::New { conversation_id: Some(conversation), ..attention::New::of(wanted, &subject) };
    let notice = Notice::WantsPerson { guest: called(guest), why, words: cut(words) };
    raise(tx, context, &new, (NoticeKind::WantsAPerson, words), &notice)
}

/// Opens an attention item and, unless it was open already, writes the notice to the owner.
fn raise(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    new: &attention::New<'_>,
    (kind, words): (NoticeKind, &str),
    notice: &Notice,
) -> Result<(), Error> {
    if !attention::raise(tx, new)? {
        return Ok(());
    }
    let attention = attention::open_id(tx, new.attention.kind(), new.subject)?.ok_or(Error::NotFound)?;
    let urgent = matches!(notice, Notice::FromGuest { concern, .. } if concern.urgency.is_urgent());
    tell(tx, context, (attention, urgent), (kind, words), notice)
}

fn tell(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    (attention, urgent): (AttentionId, bool),
    (kind, words): (NoticeKind, &str),
    notice: &Notice,
) -> Result<(), Error> {
    let body = replies::owner(notice, &context.moment(tx));
    let words = cut(words);
    let at_once = is_of_a_stay_now(tx, context, attention)?;
    let new = notice_row::New { kind, attention, urgent, at_once, words: &words, body: &body };
    notice_row::write(tx, context, &new)
}

/// Whether the guest of an item is in the house, arrives today, or has just gone.
fn is_of_a_stay_now(tx: &impl Read, context: &AppContext, attention: AttentionId) -> Result<bool, Error> {
    let conversation = attention::find(tx, attention)?.and_then(|item| item.conversation_id);
    let Some(conversation) = conversation else { return Ok(false) };
    let guest = guest_of(tx, conversation)?;
    let today = context.moment(tx).today();
    let (situation, _) = situation(tx, guest.id, today)?;
    Ok(situation.presence(today).is_some())
}

fn kind_of(matter: Matter) -> NoticeKind {
    match matter {
        Matter::Problem => NoticeKind::Problem,
        Matter::LostItem => NoticeKind::LostItem,
        Matter::Complaint => NoticeKind::Complaint,
        Matter::Request => NoticeKind::Request,
        Matter::Message => NoticeKind::Message,
    }
}

/// A guest's words on one line, cut to the longest quote.
fn cut(words: &str) -> String {
    message::cut(&words.split_whitespace().collect::<Vec<_>>().join(" "), WORDS_CHARS_MAX)
}

/// Name of a guest for the owner, else the number.
pub fn called(guest: &Guest) -> String {
    if guest.name.is_empty() { with_number(guest) } else { guest.name.clone() }
}

/// Name and number, for guests of the same name.
pub fn with_number(guest: &Guest) -> String {
    let Some(digits) = guest.phone.as_ref().map(Phone::digits) else { return guest.name.clone() };
    // A profile may have the number for its name.
    let named: String = guest.name.chars().filter(char::is_ascii_digit).collect();
    if named.ends_with(digits) {
        guest.name.clone()
    } else {
        format!("{} +{digits}", guest.name).trim().to_owned()
    }
}
