//! Attention items in words, each with its possible actions.

use super::{labels, request_labels, words};
use crate::dialogue::replies;
use crate::domain::attention::{AttentionItem, OfPayment, Proposal, UnknownBooking};
use crate::domain::code::Coded;
use crate::domain::ids::{AttentionId, FeedId};
use crate::domain::job::JobKind;
use crate::domain::money::Currency;
use crate::domain::policy::Moment;
use crate::domain::provider::{OutageCause, Provider};
use crate::domain::receipt::ReceiptState;
use crate::domain::request::RequestKind;
use crate::domain::reservation::Reservation;
use crate::store::attention::Attention;
use crate::store::requests::{self, Request};
use crate::store::{
    Read, StoreError, cabins, conversations, feeds, guests, inbox, payments, receipts, reservations,
};
use serde_json::Value;

/// An attention item as it is shown.
#[derive(Debug)]
pub struct Shown {
    pub id: i64,
    /// Short description of the event.
    pub title: String,
    pub detail: String,
    pub advice: &'static str,
    pub since: String,
    /// Links to the subjects of the item.
    pub links: Vec<Link>,
    /// A payment that can be refunded with one button.
    pub refund: Option<Refund>,
    /// A receipt that can be approved.
    pub receipt: Option<Receipt>,
    /// A paid booking that is not known.
    pub unknown: Option<Unknown>,
    /// A request that can be decided.
    pub request: Option<Decidable>,
}

/// An open request of a guest.
#[derive(Debug)]
pub struct Decidable {
    pub id: i64,
    /// Whether a yes says how much.
    pub needs_amount: bool,
}

#[derive(Debug)]
pub struct Link {
    pub path: String,
    pub words: &'static str,
}

/// A refundable payment.
#[derive(Debug)]
pub struct Refund {
    pub code: String,
    pub payment: i64,
    pub amount: String,
}

/// A paid booking that can be made again, or whose money can be given back.
#[derive(Debug)]
pub struct Unknown {
    /// Not while a reservation has its code.
    pub can_book: bool,
    pub amount: String,
}

/// A transfer reported by a guest.
#[derive(Debug)]
pub struct Receipt {
    /// The message's picture or document.
    pub media: Option<i64>,
    /// Whether that is a picture.
    pub is_picture: bool,
    /// Whether it can be decided with one button.
    pub is_open: bool,
    /// Amount due, in minor units.
    pub due_cents: i64,
    pub due: String,
}

impl Shown {
    /// An attention item with everything that its row of the list needs.
    pub fn load(tx: &impl Read, listed: &Attention, moment: &Moment) -> Result<Shown, StoreError> {
        let attention = listed.attention();
        let reservation = listed.reservation_id.map(|id| reservations::find(tx, id)).transpose()?.flatten();
        let guest = match (&reservation, listed.conversation_id) {
            (Some(reservation), _) => guests::find(tx, reservation.guest_id)?,
            (None, Some(conversation)) => match conversations::find(tx, conversation)? {
                Some(conversation) => guests::find(tx, conversation.guest_id)?,
                None => None,
            },
            (None, None) => None,
        };
        let mut links = Vec::new();
        let mut facts = Vec::new();
        if let Some(guest) = guest {
            facts.push(words::guest_name(&guest));
        }
        if let Some(reservation) = &reservation {
            let cabin = cabins::name(tx, reservation.cabin_id)?.unwrap_or_default();
            let stay = words::format(moment).stay(reservation.stay);
            facts.push(format!("{} · {cabin} · {stay}", reservation.code));
            links.push(Link {
                path: format!("/admin/reservations/{}", reservation.code),
                words: "Ver la reserva",
            });
        }
        if let Some(conversation) = listed.conversation_id {
            links.push(Link { path: format!("/admin/inbox/{conversation}"), words: "Ver la conversación" });
        }
        if let Some(
            AttentionItem::CalendarConflict(_)
            | AttentionItem::CalendarStale(_)
            | AttentionItem::ChannelNotReading(_)
            | AttentionItem::CalendarCheck(_),
        ) = attention
        {
            let feed = listed.subject.split(':').next().and_then(|id| id.parse().ok()).map(FeedId);
            if let Some(feed) = feed.map(|id| feeds::find(tx, id)).transpose()?.flatten() {
                let cabin = cabins::name(tx, feed.cabin_id)?.unwrap_or_default();
                facts.push(format!("{} · {cabin}", feed.channel.label()));
            }
            links.push(Link { path: "/admin/calendars".into(), words: "Ver los calendarios" });
        }
        match &attention {
            Some(attention) => facts.extend(said(attention, moment)),
            None => facts.extend(as_stored(&listed.details)),
        }
        Ok(Shown {
            id: listed.id.0,
            title: labels::of(&listed.kind, labels::attention),
            detail: facts.join("\n"),
            advice: listed.kind.known().map_or(labels::ADVICE_UNKNOWN, labels::advice),
            since: words::ago(listed.created_at, moment),
            links,
            refund: refund(tx, attention.as_ref())?,
            receipt: receipt(tx, listed.id, attention.as_ref(), reservation.as_ref())?,
            unknown: unknown(attention.as_ref(), reservation.as_ref()),
            request: decidable(tx, listed)?,
        })
    }
}

fn receipt(
    tx: &impl Read,
    listed: AttentionId,
    attention: Option<&AttentionItem>,
    reservation: Option<&Reservation>,
) -> Result<Option<Receipt>, StoreError> {
    let (Some(AttentionItem::TransferReceipt(sent)), Some(reservation)) = (attention, reservation) else {
        return Ok(None);
    };
    let (paid, quote) = (payments::paid(tx, reservation.id)?, &reservation.quote);
    let deposit_cents = (quote.deposit.minor - paid).max(0);
    let due_cents = if deposit_cents > 0 { deposit_cents } else { (quote.total.minor - paid).max(0) };
    let media = inbox::media_path(tx, sent.inbound_id)?;
    let is_open =
        receipts::of_attention(tx, listed)?.is_some_and(|receipt| receipt.state == ReceiptState::Open);
    Ok(Some(Receipt {
        is_picture: media.as_deref().is_some_and(|name| !name.ends_with(".pdf")),
        media: media.map(|_| sent.inbound_id.0),
        is_open,
        due_cents,
        due: words::money(due_cents, reservation.quote.total.currency),
    }))
}

fn decidable(tx: &impl Read, listed: &Attention) -> Result<Option<Decidable>, StoreError> {
    let request = requests::of_attention(tx, listed.id)?.filter(Request::is_open);
    Ok(request.map(|request| Decidable {
        id: request.id.0,
        needs_amount: request.kind.known().is_some_and(|kind| kind.needs_amount()),
    }))
}

fn unknown(attention: Option<&AttentionItem>, reservation: Option<&Reservation>) -> Option<Unknown> {
    let Some(AttentionItem::PaidUnknownBooking(found)) = attention else { return None };
    Some(Unknown { can_book: reservation.is_none(), amount: amount(found.amount_cents, &found.currency) })
}

/// A booking that is known from its payment, and what became of its nights.
fn unknown_facts(found: &UnknownBooking, moment: &Moment) -> Vec<String> {
    let booking = &found.booking;
    let stay = words::format(moment).stay(booking.stay);
    let nights = match &*found.taken_by {
        [] if found.blocks.is_empty() => String::new(),
        [] => "Cerré esas noches para que nadie más las tome.".to_owned(),
        holders => format!("Hay noches que ahora tiene {}.", replies::nights_holders(holders)),
    };
    vec![
        booking.guest.clone(),
        booking.phone.clone(),
        format!("{} · {} · {stay}", booking.code, booking.cabin),
        format!("Importe: {}", amount(found.amount_cents, &found.currency)),
        nights,
    ]
}

fn refund(tx: &impl Read, attention: Option<&AttentionItem>) -> Result<Option<Refund>, StoreError> {
    let Some(of) = attention.and_then(of_payment).filter(|of| of.propose == Proposal::Refund) else {
        return Ok(None);
    };
    let Some(payment) = payments::find(tx, of.payment_id)? else { return Ok(None) };
    let left = payment.amount_minor - payment.refunded_minor;
    Ok((left > 0).then(|| Refund {
        code: of.code.clone(),
        payment: payment.id.0,
        amount: amount(left, &payment.currency),
    }))
}

fn of_payment(attention: &AttentionItem) -> Option<&OfPayment> {
    match attention {
        AttentionItem::PaidWithoutPlace(of)
        | AttentionItem::PaidAfterCancel(of)
        | AttentionItem::PaidAndExpired(of)
        | AttentionItem::PaidTwice(of)
        | AttentionItem::OtherAmount(of)
        | AttentionItem::ChargedBack(of)
        | AttentionItem::InMediation(of)
        | AttentionItem::RefundedElsewhere(of)
        | AttentionItem::MoneyTakenBack(of)
        | AttentionItem::UnderReview(of)
        | AttentionItem::UnknownPaymentState(of)
        | AttentionItem::RefundByHand(of)
        | AttentionItem::RefundFailed(of) => Some(of),
        _ => None,
    }
}

/// The details that a person wants to read.
fn said(attention: &AttentionItem, moment: &Moment) -> Vec<String> {
    let paid = |minor, currency: &str| vec![format!("Importe: {}", amount(minor, currency))];
    let work = |code: &str| labels::of(&Coded::<JobKind>::read(code), labels::job);
    let facts = match attention {
        AttentionItem::UnansweredQuestion(asked) if asked.question.is_empty() => Vec::new(),
        AttentionItem::UnansweredQuestion(asked) => vec![format!("«{}»", asked.question)],
        AttentionItem::GuestNeeds(need) => {
            let urgent = if need.urgent { "Es urgente." } else { "" };
            let words = if need.words.is_empty() { String::new() } else { format!("«{}»", need.words) };
            vec![urgent.to_owned(), words]
        }
        AttentionItem::GuestRequest(asked) => {
            let kind = labels::of(&Coded::<RequestKind>::read(&asked.request), request_labels::kind);
            let words = if asked.words.is_empty() { String::new() } else { format!("«{}»", asked.words) };
            vec![kind, words]
        }
        AttentionItem::PaidUnknownBooking(found) => unknown_facts(found, moment),
        AttentionItem::PaymentMismatch(mismatch) => paid(mismatch.amount_cents, &mismatch.currency),
        AttentionItem::ConfirmationWaits(waiting) => paid(waiting.amount_cents, &waiting.currency),
        AttentionItem::WhatsappAccount(notice) | AttentionItem::PaymentClaim(notice) => {
            vec![notice.summary.clone()]
        }
        AttentionItem::ProviderOutage(outage) => vec![
            labels::of(&Coded::<Provider>::read(&outage.provider), labels::provider),
            labels::of(&Coded::<OutageCause>::read(&outage.cause), replies::outage_cause),
        ],
        AttentionItem::SignaturesRefused(unsigned) => vec![
            labels::of(&Coded::<Provider>::read(&unsigned.provider), labels::provider),
            words::count(unsigned.refused, "aviso", "avisos"),
        ],
        AttentionItem::Undelivered(undelivered) => {
            vec![labels::undelivered(&undelivered.code).trim_start_matches(": ").to_owned()]
        }
        AttentionItem::CalendarCheck(check) => vec![replies::calendar_check(check)],
        AttentionItem::WorkFailed(failed) => vec![work(&failed.kind)],
        AttentionItem::UnknownWork(work) => {
            vec![labels::unknown(&work.kind), words::count(work.pieces, "tarea", "tareas")]
        }
        AttentionItem::Withdrawal(asked) => asked.request.iter().map(|asked| asked.number.clone()).collect(),
        other => of_payment(other).map_or_else(Vec::new, |of| paid(of.amount_cents, &of.currency)),
    };
    facts.into_iter().filter(|fact| !fact.is_empty()).collect()
}

/// Details in another version's shape: each value under its own name.
fn as_stored(details: &Value) -> Vec<String> {
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match details {
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| format!("{name}: {}", plain(value))).collect()
        }
        Value::Null => Vec::new(),
        other => vec![plain(other)],
    }
}

/// An amount in a currency as the provider wrote it.
fn amount(minor: i64, currency: &str) -> String {
    words::money(minor, Currency::read(currency))
}
