//! One booking with all its data and actions.

use super::super::form::PartyFields;
use super::super::guard::SignedIn;
use super::super::page::{Failed, Frame, Page, Seat, Tab};
use super::super::{labels, request_labels, words};
use super::find::find;
use super::list::Choice;
use super::timeline::Happened;
use crate::app::{AppContext, stay_view};
use crate::dialogue::i18n::OWNER_LOCALE;
use crate::domain::amount;
use crate::domain::cabin::Cabin;
use crate::domain::ids::CabinId;
use crate::domain::pricing::QuoteLine;
use crate::domain::reservation::{Reservation, Status};
use crate::domain::user::Permission;
use crate::store::payments::{self, Payment};
use crate::store::requests::{self, Request};
use crate::store::{Read, StoreError, audit, cabins, conversation_list, guests, pre_check_in};
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use askama::Template;
use jiff::civil::Date;
use rocket::http::Status as Http;
use rocket::{State, get, routes};
use std::sync::Arc;

pub(super) fn routes() -> Vec<Gated> {
    gate::page(Permission::Bookings, routes![show])
}

#[derive(Template)]
#[template(path = "reservation.html", config = "assets/askama.toml")]
struct Show {
    frame: Frame,
    code: String,
    status: &'static str,
    status_words: &'static str,
    until: Option<String>,
    guest: String,
    guest_id: i64,
    phone: Option<String>,
    email: Option<String>,
    conversation: Option<i64>,
    cabin: String,
    stay: String,
    people: String,
    channel: String,
    made: String,
    reason: Option<String>,
    lines: Vec<Line>,
    total: String,
    deposit: String,
    paid: String,
    /// What is left to pay, or was paid too much; `None` for a booking that does not stand.
    due: Option<String>,
    owes: bool,
    due_plain: String,
    payments: Vec<Paid>,
    refundable: Option<String>,
    payment_url: Option<String>,
    requests: Vec<Asked>,
    timeline: Vec<Happened>,
    told: Option<pre_check_in::Told>,
    guest_link: String,
    can: Can,
    on_cancelling: String,
    check_in: String,
    check_out: String,
    party: PartyFields,
    /// The cabins that it can be moved to, its own chosen.
    cabins: Vec<Choice>,
}

/// An amount of the price and its reason.
struct Line {
    what: String,
    why: String,
    amount: String,
}

struct Paid {
    when: String,
    how: String,
    amount: String,
    state: String,
    refunded: Option<String>,
}

/// Something that the guest asked for.
struct Asked {
    what: String,
    words: String,
    how: String,
    answer: String,
}

impl From<Request> for Asked {
    fn from(request: Request) -> Asked {
        Asked {
            what: labels::of(&request.kind, request_labels::kind),
            words: request.words,
            how: labels::of(&request.state, request_labels::state),
            answer: request.answer,
        }
    }
}

/// Actions that are possible now.
struct Can {
    confirm: bool,
    check_in: bool,
    check_out: bool,
    no_show: bool,
    cancel: bool,
    shift: bool,
    receive: bool,
}

impl Can {
    /// What would be false before its day is not offered: nobody has arrived, or failed to, before the day of arrival.
    fn of(reservation: &Reservation, today: Date) -> Can {
        let status = reservation.status;
        let begun = reservation.stay.check_in() <= today;
        Can {
            confirm: matches!(status, Status::PreReserved | Status::Expired),
            check_in: status == Status::Confirmed && begun,
            check_out: status == Status::CheckedIn && begun,
            no_show: status == Status::Confirmed && begun,
            cancel: matches!(status, Status::PreReserved | Status::Confirmed),
            shift: matches!(status, Status::PreReserved | Status::Confirmed | Status::CheckedIn),
            receive: status != Status::Cancelled,
        }
    }
}

#[get("/reservations/<code>?<said>", rank = 2)]
async fn show(
    web: &State<Arc<Web>>,
    signed_in: SignedIn,
    code: &str,
    said: Option<&str>,
) -> Result<Page, Failed> {
    page(web, Seat::of(web, &signed_in, said), code.to_owned(), None).await
}

/// The page of a booking, with the reason of a refusal, if any.
pub(super) async fn page(
    web: &Web,
    seat: Seat,
    code: String,
    refused: Option<String>,
) -> Result<Page, Failed> {
    let context = Arc::clone(&web.app.context);
    let status = if refused.is_some() { Http::UnprocessableEntity } else { Http::Ok };
    let read = web.app.store.read(move |tx| {
        let reservation = find(tx, &code)?;
        let frame = Frame::load(tx, &seat, Tab::Reservations, "Reserva")?;
        load(tx, &context, Frame { refused, ..frame }, &reservation)
    });
    Page::with(status, &read.await?)
}

fn load(
    tx: &impl Read,
    context: &AppContext,
    frame: Frame,
    reservation: &Reservation,
) -> Result<Show, Failed> {
    let moment = context.moment(tx);
    let f = words::format(&moment);
    let quote = &reservation.quote;
    let currency = quote.total.currency;
    let guest = guests::find(tx, reservation.guest_id)?.ok_or(Failed::NOT_FOUND)?;
    let paid = payments::paid(tx, reservation.id)?;
    let balance = balance(reservation, paid);
    let due = balance.unwrap_or(0);
    let waits = reservation.status == Status::PreReserved && !reservation.has_lapsed(tx.now());
    let checkout = payments::current_checkout(tx, reservation.id)?.filter(|_| waits);
    let refund = stay_view::refund_on_cancelling(tx, context, reservation)?;
    let conversation = conversation_list::of_guest(tx, guest.id)?;
    let money = payments::of_reservation(tx, reservation.id)?;
    let timeline = audit::of_reservation(tx, reservation.id)?;
    Ok(Show {
        frame,
        code: reservation.code.to_string(),
        status: reservation.status.code(),
        status_words: words::status(reservation.status),
        until: reservation.expires_at.filter(|_| waits).map(|until| words::when(until, &moment)),
        guest: words::guest_name(&guest),
        guest_id: guest.id.0,
        phone: guest.phone.as_ref().map(|phone| words::unbroken(&phone.shown())),
        email: guest.email.clone(),
        conversation: conversation.map(|conversation| conversation.0),
        cabin: cabins::name(tx, reservation.cabin_id)?.unwrap_or_default(),
        stay: f.stay(reservation.stay),
        people: f.party(reservation.party),
        channel: reservation.channel.label(),
        made: words::when(reservation.created_at, &moment),
        reason: reservation.cancel_reason.clone(),
        lines: quote.lines.iter().map(|line| Line::new(line, &moment)).collect(),
        total: f.money(quote.total),
        deposit: f.money(quote.deposit),
        paid: words::money(paid, currency),
        due: balance.map(|due| words::money(due.abs(), currency)),
        owes: due > 0,
        due_plain: amount::write((if waits { quote.deposit.minor - paid } else { due }).max(0)),
        payments: money.iter().map(|payment| Paid::new(payment, context, &moment)).collect(),
        refundable: (paid > 0).then(|| words::money(paid, currency)),
        payment_url: checkout.and_then(|checkout| checkout.url),
        requests: requests::of_reservation(tx, reservation.id)?.into_iter().map(Asked::from).collect(),
        timeline: timeline.iter().map(|entry| Happened::new(entry, currency, &moment)).collect(),
        told: pre_check_in::find(tx, reservation.id)?,
        guest_link: context.guest_link(reservation),
        can: Can::of(reservation, moment.today()),
        cabins: cabin_choices(tx, reservation.cabin_id)?,
        on_cancelling: match refund.minor {
            0 if paid > 0 => "Según tus condiciones no se devuelve nada.".into(),
            0 => "No pagó nada todavía: no hay plata para devolver.".into(),
            _ => format!("Según tus condiciones se le devuelven {}.", f.money(refund)),
        },
        check_in: reservation.stay.check_in().to_string(),
        check_out: reservation.stay.check_out().to_string(),
        party: reservation.party.into(),
    })
}

/// The active cabins and the one of the booking.
fn cabin_choices(tx: &impl Read, of: CabinId) -> Result<Vec<Choice>, StoreError> {
    let cabins = cabins::list(tx)?.into_iter().filter(|cabin| cabin.active || cabin.id == of);
    let choice =
        |cabin: Cabin| Choice { chosen: cabin.id == of, value: cabin.id.0.to_string(), words: cabin.name };
    Ok(cabins.map(choice).collect())
}

/// Whether money is still owed, or was paid beyond the price: a booking that does not stand owes nothing.
fn balance(reservation: &Reservation, paid: i64) -> Option<i64> {
    match reservation.status {
        Status::Cancelled | Status::Expired | Status::NoShow => None,
        Status::PreReserved | Status::Confirmed | Status::CheckedIn | Status::CheckedOut => {
            Some(reservation.quote.total.minor - paid)
        }
    }
}

impl Line {
    fn new(line: &QuoteLine, moment: &crate::domain::policy::Moment) -> Line {
        let f = words::format(moment);
        let amount = f.money(line.amount);
        let Some(night) = &line.night else {
            return Line { what: OWNER_LOCALE.line_label(line), why: String::new(), amount };
        };
        let why = match (&night.season, night.weekend) {
            (Some(season), true) => format!("{season}, fin de semana"),
            (Some(season), false) => season.clone(),
            (None, true) => "fin de semana".into(),
            (None, false) => "precio de base".into(),
        };
        Line { what: f.day(night.date), why, amount }
    }
}

impl Paid {
    fn new(payment: &Payment, context: &AppContext, moment: &crate::domain::policy::Moment) -> Paid {
        let currency = payments::currency_of(payment).unwrap_or(context.currency);
        Paid {
            when: words::when(payment.created_at, moment),
            how: labels::of(&payment.provider, labels::payment_method),
            amount: words::money(payment.amount_minor, currency),
            state: labels::of(&payment.status, labels::payment_status),
            refunded: (payment.refunded_minor > 0).then(|| words::money(payment.refunded_minor, currency)),
        }
    }
}
