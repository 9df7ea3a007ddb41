//! Today: arrivals, departures, guests staying, attention items, and payments expected. Accounts without
//! access to bookings get the page of [`super::cleaning`].

use super::attention::Shown;
use super::cleaning::Cleaning;
use super::flash::Flash;
use super::guard::{Post, SignedIn};
use super::page::{Failed, Frame, Page, Seat, Tab, done};
use super::words;
use crate::app::{AppContext, manage, notify, outage};
use crate::dialogue::replies;
use crate::domain::ids::AttentionId;
use crate::domain::policy::Moment;
use crate::domain::reservation::{Reservation, Status};
use crate::domain::user::Permission;
use crate::store::{
    Read, StoreError, attention, cabins, feeds, guests, notices, operations, outbox, payments, reservations,
};
use crate::web::gate::{self, Gated};
use crate::web::health_part::{Part, PartName, PartState};
use crate::web::state::Web;
use askama::Template;
use jiff::{SignedDuration, ToSpan};
use rocket::response::Redirect;
use rocket::{FromForm, State, get, post, routes};
use std::sync::Arc;

/// Days ahead whose arrivals are announced.
const SOON_DAYS: i64 = 7;
/// Most such arrivals listed; the rest is in the list of reservations.
const SOON_MAX: usize = 12;
/// Age at which a calendar is shown as old.
const CALENDAR_OLD: SignedDuration = SignedDuration::from_mins(20);

pub(super) fn routes() -> Vec<Gated> {
    [gate::page(Permission::Schedule, routes![show]), gate::page(Permission::Bookings, routes![settle])]
        .concat()
}

#[derive(Template)]
#[template(path = "today.html", config = "assets/askama.toml")]
struct Today {
    frame: Frame,
    date: String,
    attention_items: Vec<Shown>,
    arriving: Vec<Visit>,
    leaving: Vec<Visit>,
    staying: Vec<Visit>,
    soon: Vec<Visit>,
    holds: Vec<Visit>,
    expected: String,
    health: Vec<Alarm>,
    new_here: bool,
}

/// A stay in one of the lists.
struct Visit {
    code: String,
    guest: String,
    cabin: String,
    people: String,
    when: String,
    due: Option<String>,
    status: &'static str,
    status_words: &'static str,
    /// Code and label of the next action's button.
    next: Option<(&'static str, &'static str)>,
}

/// A failing part of the system.
struct Alarm {
    state: &'static str,
    words: String,
}

#[get("/?<said>")]
async fn show(web: &State<Arc<Web>>, signed_in: SignedIn, said: Option<&str>) -> Result<Page, Failed> {
    let seat = Seat::of(web, &signed_in, said);
    let context = Arc::clone(&web.app.context);
    if !signed_in.0.user.role.may(Permission::Bookings) {
        return Page::ok(&web.app.store.read(move |tx| Cleaning::load(tx, &context, &seat)).await?);
    }
    let mut parts = (web.options.parts)();
    let off = [
        (PartName::Whatsapp, web.app.ports.whatsapp.is_on()),
        (PartName::Mercadopago, web.app.ports.payments.is_on()),
    ];
    parts.extend(off.into_iter().filter(|(_, on)| !on).map(|(name, _)| Part::new(name, PartState::Off, "")));
    let today = web.app.store.read(move |tx| load(tx, &context, &seat, &parts)).await?;
    notices_opened(web).await?;
    Page::ok(&today)
}

/// The page shows all that is open: the owner needs no reminder of it.
async fn notices_opened(web: &Web) -> Result<(), Failed> {
    if web.app.store.read(|tx| notices::any_unseen(tx)).await? {
        web.app.store.write(notify::notices_opened).await?;
    }
    Ok(())
}

#[derive(FromForm)]
struct Settled {
    how: Option<String>,
}

#[post("/matters/<id>", data = "<post>")]
async fn settle(web: &State<Arc<Web>>, id: i64, post: Post<Settled>) -> Result<Redirect, Failed> {
    let (actor, how) = (post.by.actor(), post.form.how.unwrap_or_default());
    let settled =
        web.app.store.write(move |tx| manage::resolve(tx, AttentionId(id), how.trim(), &actor)).await;
    settled.map_err(Failed::from)?;
    Ok(done("/admin", Flash::Settled))
}

fn load(tx: &impl Read, context: &AppContext, seat: &Seat, parts: &[Part]) -> Result<Today, StoreError> {
    let moment = context.moment(tx);
    let today = moment.today();
    let mut attention_items = attention::open(tx)?;
    attention_items.sort_by_key(|listed| !listed.attention().is_some_and(|item| item.is_urgent()));
    let attention_items = attention_items.iter().map(|attention| Shown::load(tx, attention, &moment));
    let visit = |stay: &Reservation| Visit::load(tx, stay, &moment);
    let all = |stays: Vec<Reservation>| stays.iter().map(visit).collect::<Result<Vec<_>, _>>();
    let arriving = reservations::arriving(tx, today)?;
    let leaving = reservations::departing(tx, today)?;
    let signed_in = reservations::inside(tx, today)?;
    let (from, to) = (today.saturating_add(1.day()), today.saturating_add((SOON_DAYS + 1).days()));
    let soon = reservations::arriving_between(tx, from, to)?;
    let holds = reservations::holds_ending(tx, jiff::Timestamp::MAX)?;
    let currency = context.currency;
    let mut expected = 0;
    for stay in arriving.iter().chain(&signed_in).chain(&soon).chain(&holds) {
        let owed = match stay.status {
            Status::PreReserved => stay.quote.deposit.minor,
            Status::Confirmed | Status::CheckedIn => stay.quote.total.minor,
            Status::CheckedOut | Status::Cancelled | Status::Expired | Status::NoShow => 0,
        };
        expected += (owed - payments::paid(tx, stay.id)?).max(0);
    }
    Ok(Today {
        frame: Frame::load(tx, seat, Tab::Today, "Hoy")?,
        date: words::day(today, today),
        attention_items: attention_items.collect::<Result<_, _>>()?,
        arriving: all(arriving)?,
        leaving: all(leaving)?,
        staying: all(signed_in)?,
        soon: all(soon.into_iter().take(SOON_MAX).collect())?,
        holds: all(holds)?,
        expected: words::money(expected, currency),
        health: alarms(tx, &moment, parts)?,
        new_here: cabins::list(tx)?.is_empty(),
    })
}

impl Visit {
    fn load(tx: &impl Read, stay: &Reservation, moment: &Moment) -> Result<Visit, StoreError> {
        let f = words::format(moment);
        let guest = guests::find(tx, stay.guest_id)?;
        let owed = match stay.status {
            Status::PreReserved => stay.quote.deposit.minor,
            _ => stay.quote.total.minor,
        };
        let due = (owed - payments::paid(tx, stay.id)?).max(0);
        let today = moment.today();
        let next = match stay.status {
            Status::Confirmed if stay.stay.check_in() <= today => Some(("check_in", "Ya llegaron")),
            Status::CheckedIn if stay.stay.check_out() <= today => Some(("check_out", "Ya se fueron")),
            _ => None,
        };
        let when = match (stay.status, stay.expires_at) {
            (Status::PreReserved, Some(until)) => {
                format!("{} · seña hasta {}", f.short_stay(stay.stay), words::when(until, moment))
            }
            _ => f.short_stay(stay.stay),
        };
        Ok(Visit {
            code: stay.code.to_string(),
            guest: guest.as_ref().map(words::guest_name).unwrap_or_default(),
            cabin: cabins::name(tx, stay.cabin_id)?.unwrap_or_default(),
            people: f.party(stay.party),
            when,
            due: (due > 0).then(|| words::money(due, stay.quote.total.currency)),
            status: stay.status.code(),
            status_words: words::status(stay.status),
            next,
        })
    }
}

/// Failing parts, in words; empty when all work.
fn alarms(tx: &impl Read, moment: &Moment, parts: &[Part]) -> Result<Vec<Alarm>, StoreError> {
    let mut alarms: Vec<Alarm> = parts.iter().filter(|part| part.state != PartState::Ok).map(alarm).collect();
    let old: Vec<_> = feeds::list(tx)?
        .into_iter()
        .filter(|feed| !feed.url.is_empty())
        .filter(|feed| feed.succeeded_at.is_none_or(|at| moment.now.duration_since(at) > CALENDAR_OLD))
        .collect();
    if !old.is_empty() {
        let count = words::count(old.len() as u64, "calendario", "calendarios");
        alarms.push(Alarm { state: "warn", words: format!("{count} sin leer hace más de 20 minutos") });
    }
    if let Some(past) = operations::reported_since(tx, moment.now - outage::SHOWN_FOR)? {
        let words = replies::back_home(&outage::absence(&past, past.found));
        alarms.push(Alarm { state: "warn", words: words.trim_end_matches('.').to_owned() });
    }
    let waiting = outbox::pending(tx)?;
    if waiting > 20 {
        alarms.push(Alarm { state: "warn", words: format!("{waiting} mensajes esperan para salir") });
    }
    Ok(alarms)
}

fn alarm(part: &Part) -> Alarm {
    let words = match part.name {
        PartName::Whatsapp => "WhatsApp no está conectado",
        PartName::Mercadopago => "Mercado Pago no está conectado",
        PartName::Speech => "No puedo escuchar audios",
        PartName::Disk if part.state == PartState::Fail => "No queda lugar en el disco",
        PartName::Disk => "Queda poco lugar en el disco",
        PartName::Backups => "Hace mucho que no hay una copia de seguridad",
        PartName::Database => "La base de datos no anda bien",
        PartName::Calendars => "Hay calendarios sin leer",
        PartName::Outbox => "Hay mensajes que no salen",
        PartName::Work => "Quedó trabajo que esta versión no sabe hacer",
    };
    Alarm { state: if part.state == PartState::Fail { "fail" } else { "warn" }, words: words.into() }
}
