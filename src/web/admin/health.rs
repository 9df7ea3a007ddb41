//! Health in words, with remedies; backups; the cost of the month's messages.

use super::flash::Flash;
use super::guard::{CsrfToken, Post, SignedIn};
use super::page::{Failed, Frame, Page, PageOrRedirect, Seat, Tab, done};
use super::service_levels::{self, ServiceLevel};
use super::words;
use crate::app::manage;
use crate::domain::message_cost;
use crate::domain::policy::Moment;
use crate::domain::user::Permission;
use crate::store::volume::{self, Volume};
use crate::store::{Read, StoreError};
use crate::web::gate::{self, Gated};
use crate::web::health;
use crate::web::health_part::{Part, PartName, PartState};
use crate::web::state::Web;
use askama::Template;
use jiff::Timestamp;
use rocket::tokio::task::spawn_blocking;
use rocket::{State, get, post, routes};
use std::sync::Arc;

/// Backups listed, the newest first.
const BACKUPS_MAX: usize = 30;

pub(super) fn routes() -> Vec<Gated> {
    gate::page(Permission::Administration, routes![show, backup])
}

#[derive(Template)]
#[template(path = "health.html", config = "assets/askama.toml")]
struct HealthPage {
    frame: Frame,
    parts: Vec<PartRow>,
    service_levels: Vec<ServiceLevel>,
    backups: Vec<(String, String)>,
    messages: Messages,
    version: &'static str,
}

struct PartRow {
    name: &'static str,
    state: &'static str,
    state_words: &'static str,
    remedy: &'static str,
    /// The part's own text, for remote support.
    detail: String,
}

struct Messages {
    month: String,
    free_form: u64,
    templates: u64,
    free_left: u64,
    cost: String,
}

#[get("/health?<said>")]
async fn show(web: &State<Arc<Web>>, signed_in: SignedIn, said: Option<&str>) -> Result<Page, Failed> {
    let seat = Seat::of(web, &signed_in, said);
    Page::ok(&load(web, seat).await?)
}

#[post("/health/copy", data = "<post>")]
async fn backup(web: &State<Arc<Web>>, post: Post<CsrfToken>) -> Result<PageOrRedirect, Failed> {
    let make = Arc::clone(&web.options.backup_now);
    let made = spawn_blocking(move || make()).await.unwrap_or(false);
    if made {
        let actor = post.by.actor();
        web.app.store.write(move |tx| manage::backup_made(tx, &actor)).await?;
        return Ok(PageOrRedirect::away(done("/admin/health", Flash::BackedUp)));
    }
    let page = load(web, Seat::of(web, &post.by, None)).await?;
    let why = "No se pudo hacer la copia. Fijate que haya lugar en el disco y probá otra vez.";
    let page = HealthPage { frame: page.frame.clone().refusing(why), ..page };
    Ok(PageOrRedirect::Page(Page::refused(&page)?))
}

async fn load(web: &Web, seat: Seat) -> Result<HealthPage, Failed> {
    let parts = health::parts(web).await.into_iter().map(PartRow::of).collect();
    let list = Arc::clone(&web.options.backups);
    let backups = spawn_blocking(move || list()).await.unwrap_or_default();
    let context = Arc::clone(&web.app.context);
    let page = web.app.store.read(move |tx| {
        let moment = context.moment(tx);
        let backups = backups.into_iter().rev().take(BACKUPS_MAX);
        Ok::<_, StoreError>(HealthPage {
            frame: Frame::load(tx, &seat, Tab::More, "Copias y estado")?,
            parts,
            service_levels: service_levels::load(tx, &moment)?,
            backups: backups.map(|(made, bytes)| (words::when(made, &moment), megabytes(bytes))).collect(),
            messages: Messages::load(tx, &moment)?,
            version: env!("CARGO_PKG_VERSION"),
        })
    });
    Ok(page.await?)
}

impl Messages {
    fn load(tx: &impl Read, moment: &Moment) -> Result<Messages, StoreError> {
        let first = moment.today().first_of_month();
        let begin =
            first.to_zoned_datetime(moment.zone.clone()).map_or(moment.now, |zoned| zoned.timestamp());
        let rows = volume::sent(tx, begin, Timestamp::MAX)?;
        let sum = |templates: bool| {
            let of = |row: &&Volume| (row.kind == "template") == templates;
            rows.iter().filter(of).map(|row| row.sent).sum::<u64>()
        };
        let (free_form, templates) = (sum(false), sum(true));
        let cents = message_cost::estimate_cents(free_form, templates);
        Ok(Messages {
            month: words::month(first),
            free_form,
            templates,
            free_left: message_cost::free_left(free_form),
            cost: format!("US$ {},{:02}", cents / 100, cents % 100),
        })
    }
}

impl PartRow {
    fn of(part: Part) -> PartRow {
        let (state, state_words) = match part.state {
            PartState::Ok => ("ok", "Bien"),
            PartState::Warn => ("warn", "Para mirar"),
            PartState::Off => ("info", "Sin conectar"),
            PartState::Fail => ("fail", "No anda"),
        };
        let (name, remedy) = wording(part.name);
        let remedy = if part.state == PartState::Ok { "" } else { remedy };
        PartRow { name, state, state_words, remedy, detail: part.detail }
    }
}

/// Name of a part, and the remedy when it fails.
fn wording(name: PartName) -> (&'static str, &'static str) {
    match name {
        PartName::Database => (
            "Base de datos",
            "Reiniciá Casero. Si sigue, corré «casero doctor» y, si dice que está dañada, restaurá la última copia.",
        ),
        PartName::Disk => ("Disco", "Hacé lugar en el disco del equipo: sin lugar no podemos guardar nada."),
        PartName::Backups => (
            "Copias de seguridad",
            "Hacé una ahora con el botón de abajo. Si no se puede, fijate si queda lugar en el disco. Cada semana probamos volver a la última.",
        ),
        PartName::Calendars => ("Calendarios", "En Calendarios ves cuál no se puede leer y qué hacer."),
        PartName::Outbox => (
            "Mensajes que esperan salir",
            "Fijate si hay conexión a internet. Salen solos cuando WhatsApp vuelve a contestar.",
        ),
        PartName::Whatsapp => (
            "WhatsApp",
            "Si no está conectado, completá [whatsapp] en /etc/casero/casero.toml y reiniciá Casero. Si falta algo en la cuenta, en Más → WhatsApp está el botón que lo hace.",
        ),
        PartName::Mercadopago => (
            "Mercado Pago",
            "Completá [mercadopago] access_token en /etc/casero/casero.toml y reiniciá Casero.",
        ),
        PartName::Work => (
            "Trabajo de otra versión",
            "Lo dejó otra versión de Casero y sigue guardado. Actualizá Casero y se hace solo.",
        ),
        PartName::Speech => ("Audios", "Falta el modelo que escucha. Mientras tanto pedimos que escriban."),
    }
}

fn megabytes(bytes: u64) -> String {
    let megabytes = bytes.div_ceil(1 << 20).max(1);
    format!("{megabytes} MB")
}
