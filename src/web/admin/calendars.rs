//! The channels of each cabin: state, remedies, and the addresses of our calendars.

use super::flash::Flash;
use super::guard::{CsrfToken, Post, SignedIn};
use super::page::{Failed, Frame, Page, PageOrRedirect, Seat, Tab, done};
use super::words;
use crate::app::{self, feeds};
use crate::domain::ids::{CabinId, FeedId};
use crate::domain::policy::Moment;
use crate::domain::user::Permission;
use crate::store::feeds::Feed;
use crate::store::{Read, StoreError, cabins, feeds as rows};
use crate::web::api::feeds as api;
use crate::web::gate::{self, Gated};
use crate::web::health::CALENDAR_OLD;
use crate::web::state::Web;
use askama::Template;
use rocket::{Config, FromForm, State, get, post, routes};
use std::sync::Arc;

pub(super) fn routes() -> Vec<Gated> {
    [
        gate::page(Permission::PricesView, routes![show]),
        gate::page(Permission::PricesChange, routes![add, read, renew, remove]),
    ]
    .concat()
}

#[derive(Template)]
#[template(path = "calendars.html", config = "assets/askama.toml")]
struct Calendars {
    frame: Frame,
    cabins: Vec<OfCabin>,
    poll_minutes: i64,
    typed: Typed,
    wrong: Option<String>,
}

struct OfCabin {
    id: i64,
    name: String,
    channels: Vec<Channel>,
}

struct Channel {
    id: i64,
    name: String,
    state: &'static str,
    state_words: &'static str,
    /// Times and size of the last reading.
    facts: Vec<String>,
    /// The problem, and its remedy.
    problem: Option<(&'static str, &'static str)>,
    /// Address of our calendar; only for accounts that may change it.
    export_url: Option<String>,
    readers: String,
    reads: bool,
}

/// The form for a new channel as typed.
#[derive(Debug, Clone, Default, FromForm)]
struct Typed {
    cabin: i64,
    channel: String,
    url: String,
}

#[get("/calendars?<said>")]
async fn show(
    web: &State<Arc<Web>>,
    config: &Config,
    signed_in: SignedIn,
    said: Option<&str>,
) -> Result<Page, Failed> {
    let seat = Seat::of(web, &signed_in, said);
    Page::ok(&load(web, config, &signed_in, seat, Typed::default(), None).await?)
}

#[post("/calendars", data = "<post>")]
async fn add(web: &State<Arc<Web>>, config: &Config, post: Post<Typed>) -> Result<PageOrRedirect, Failed> {
    let typed = post.form;
    let cabin = CabinId(typed.cabin);
    web.app.store.read(move |tx| cabins::find(tx, cabin)).await?.ok_or(Failed::NOT_FOUND)?;
    let why = if api::is_fit_channel(&typed.channel) {
        if api::is_fit_url(&typed.url) {
            match feeds::add(&web.app, post.by.actor(), cabin, &typed.channel, &typed.url).await {
                Ok(_) => return Ok(PageOrRedirect::away(done(&at(typed.cabin), Flash::ChannelAdded))),
                Err(app::Error::Stale) => "Esa cabaña ya tiene un canal con ese nombre.",
                Err(error) => return Err(error.into()),
            }
        } else {
            "El link tiene que empezar con https:// y venir entero. Copialo otra vez del canal, o dejalo vacío."
        }
    } else {
        "Poné el nombre del canal, de hasta 40 letras: Airbnb, Booking…"
    };
    let seat = Seat::of(web, &post.by, None);
    let page = load(web, config, &post.by, seat, typed, Some(why.to_owned())).await?;
    Ok(PageOrRedirect::Page(Page::refused(&page)?))
}

#[post("/calendars/<id>/read", data = "<_post>")]
async fn read(web: &State<Arc<Web>>, id: i64, _post: Post<CsrfToken>) -> Result<PageOrRedirect, Failed> {
    let feed = feeds::sync(&web.app, FeedId(id)).await?;
    let said = if feed.failures == 0 { Flash::Read } else { Flash::NotRead };
    Ok(PageOrRedirect::away(done(&at(feed.cabin_id.0), said)))
}

#[post("/calendars/<id>/renew", data = "<post>")]
async fn renew(web: &State<Arc<Web>>, id: i64, post: Post<CsrfToken>) -> Result<PageOrRedirect, Failed> {
    let feed = feeds::renew_secret(&web.app, post.by.actor(), FeedId(id)).await?;
    Ok(PageOrRedirect::away(done(&at(feed.cabin_id.0), Flash::NewLink)))
}

#[post("/calendars/<id>/remove", data = "<post>")]
async fn remove(web: &State<Arc<Web>>, id: i64, post: Post<CsrfToken>) -> Result<PageOrRedirect, Failed> {
    feeds::remove(&web.app, post.by.actor(), FeedId(id)).await?;
    Ok(PageOrRedirect::away(done("/admin/calendars", Flash::Removed)))
}

/// Path of the page, opened at a cabin.
fn at(cabin: i64) -> String {
    format!("/admin/calendars?cabin={cabin}")
}

async fn load(
    web: &Web,
    config: &Config,
    signed_in: &SignedIn,
    seat: Seat,
    typed: Typed,
    wrong: Option<String>,
) -> Result<Calendars, Failed> {
    let (context, base) = (Arc::clone(&web.app.context), api::base(web, config));
    let base = signed_in.0.user.role.may(Permission::PricesChange).then_some(base);
    let page = web.app.store.read(move |tx| {
        let moment = context.moment(tx);
        let mut found = Vec::new();
        for cabin in cabins::list(tx)? {
            let channels = rows::of_cabin(tx, cabin.id)?.into_iter();
            let channels = channels.map(|feed| Channel::load(tx, feed, base.as_deref(), &moment));
            let channels = channels.collect::<Result<_, _>>()?;
            found.push(OfCabin { id: cabin.id.0, name: cabin.name, channels });
        }
        let mut frame = Frame::load(tx, &seat, Tab::More, "Calendarios")?;
        frame.refused.clone_from(&wrong);
        Ok::<_, StoreError>(Calendars {
            frame,
            cabins: found,
            poll_minutes: context.poll_every.as_mins(),
            typed,
            wrong,
        })
    });
    Ok(page.await?)
}

impl Channel {
    fn load(tx: &impl Read, feed: Feed, base: Option<&str>, moment: &Moment) -> Result<Channel, StoreError> {
        let nights = rows::nights_from(tx, feed.id, moment.today())?;
        let reads = !feed.url.is_empty();
        let old = feed.succeeded_at.is_none_or(|read| moment.now.duration_since(read) > CALENDAR_OLD);
        let (state, state_words) = match (reads, feed.failures, feed.succeeded_at) {
            (false, ..) => ("info", "Sólo nos lee"),
            (true, 0, None) => ("warn", "Todavía no se leyó"),
            (true, 0, Some(_)) if !old => ("ok", "Al día"),
            (true, _, Some(_)) if !old => ("warn", "Falló la última lectura"),
            (true, _, _) => ("fail", "Hace rato que no se puede leer"),
        };
        let mut facts = Vec::new();
        if let Some(read) = feed.succeeded_at {
            facts.push(format!("Leído {}", words::ago(read, moment)));
            facts.push(words::count(u64::from(feed.events), "reserva o cierre", "reservas y cierres"));
            facts.push(words::count(nights, "noche ocupada", "noches ocupadas"));
        }
        if let Some(changed) = feed.changed_at {
            facts.push(format!("Último cambio {}", words::ago(changed, moment)));
        }
        let readers = match feed.fetched_at {
            Some(at) if feed.fetched_by.is_empty() => format!("Nos leyó {}.", words::ago(at, moment)),
            Some(at) => format!("Nos leyó {} ({}).", words::ago(at, moment), feed.fetched_by),
            None => "Todavía no leyó nuestro calendario.".to_owned(),
        };
        Ok(Channel {
            id: feed.id.0,
            name: feed.channel.label(),
            state,
            state_words,
            facts,
            problem: (!feed.problem.is_empty()).then(|| remedy(&feed.problem)),
            export_url: base.map(|base| format!("{base}/ical/{}.ics", feed.export_token)),
            readers,
            reads,
        })
    }
}

/// Name of a reading's problem, and its remedy.
fn remedy(code: &str) -> (&'static str, &'static str) {
    match code {
        "partly_unreadable" => (
            "Una parte del calendario no se entiende.",
            "Lo demás se leyó. Mirá en el canal si hay una reserva con fechas raras.",
        ),
        "incomplete" => (
            "El calendario llegó cortado.",
            "No liberamos ninguna noche por eso. Si sigue así, copiá otra vez el link del canal.",
        ),
        "http_401" | "http_403" | "http_404" | "http_410" => (
            "El canal dice que ese link ya no vale.",
            "Copiá el link nuevo del canal, borrá este y agregalo otra vez.",
        ),
        "http_429" => ("El canal pide que preguntemos menos seguido.", "Esperamos y probamos solos."),
        "not_https" | "bad_url" | "private_address" | "too_many_redirects" => (
            "El link no es el de un calendario público.",
            "Copiá el link de exportación del canal: empieza con https:// y suele terminar en .ics.",
        ),
        "host_not_found" => (
            "Esa dirección no existe.",
            "Fijate que el link esté entero. Si está bien, puede ser la conexión de este equipo.",
        ),
        "too_large" | "bad_compression" => {
            ("Lo que hay en ese link no parece un calendario.", "Copiá otra vez el link de exportación.")
        }
        _ => (
            "El canal no contestó.",
            "Probamos solos cada pocos minutos. Si dura horas, fijate si el canal anda y si hay conexión.",
        ),
    }
}
