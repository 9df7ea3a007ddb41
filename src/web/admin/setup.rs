//! The first run: an account through the printed link, then a checklist of the remaining steps, each checked
//! with its provider and shown with its remedy.

use super::guard::SignedIn;
use super::login;
use super::page::{Failed, Frame, Page, Seat, Tab};
use super::whatsapp;
use crate::app::access::AccessError;
use crate::domain::user::Permission;
use crate::ports::error::PortError;
use crate::store::{StoreError, cabins, feeds, settings};
use crate::web::assets::{self, Files};
use crate::web::auth::LoginAttempt;
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use askama::Template;
use rocket::form::Form;
use rocket::http::{CookieJar, Status};
use rocket::response::Redirect;
use rocket::tokio::time::timeout;
use rocket::{FromForm, State, get, post, routes};
use std::sync::Arc;
use std::time::Duration;

/// Time limit for a provider's account before the page is shown without it.
const PATIENCE: Duration = Duration::from_secs(6);

pub(super) fn routes() -> Vec<Gated> {
    [gate::open(routes![first, make]), gate::page(Permission::Administration, routes![start])].concat()
}

#[derive(Template)]
#[template(path = "setup.html", config = "assets/askama.toml")]
struct Setup<'a> {
    files: &'static Files,
    path: String,
    email: &'a str,
    refused: Option<&'static str>,
}

#[derive(FromForm)]
struct Account {
    email: String,
    password: String,
}

#[derive(rocket::Responder)]
enum SetupResponse {
    Made(Box<Redirect>),
    Shown(Page),
}

#[get("/setup/<word>")]
async fn first(web: &State<Arc<Web>>, _pace: LoginAttempt, word: &str) -> Result<Page, Failed> {
    if !web.access.opens_setup(word).await? {
        return Err(Failed::NOT_FOUND);
    }
    let path = format!("/admin/setup/{word}");
    Page::ok(&Setup { files: assets::files(), path, email: "", refused: None })
}

#[post("/setup/<word>", data = "<form>")]
async fn make(
    web: &State<Arc<Web>>,
    _pace: LoginAttempt,
    cookies: &CookieJar<'_>,
    word: &str,
    form: Form<Account>,
) -> Result<SetupResponse, Failed> {
    let refused = match web.access.set_up(word, &form.email, &form.password).await {
        Ok(user) => {
            login::start_session(web, cookies, &user).await?;
            return Ok(SetupResponse::Made(Box::new(Redirect::to("/admin/start"))));
        }
        Err(AccessError::BadEmail) => "Ese correo no se entiende.",
        Err(AccessError::BadPassword) => "La contraseña tiene que tener al menos 8 letras.",
        Err(AccessError::Exists) => return Err(Failed::NOT_FOUND),
        Err(failed) => return Err(failed.into()),
    };
    let path = format!("/admin/setup/{word}");
    let again = Setup { files: assets::files(), path, email: &form.email, refused: Some(refused) };
    Page::with(Status::UnprocessableEntity, &again).map(SetupResponse::Shown)
}

#[derive(Template)]
#[template(path = "start.html", config = "assets/askama.toml")]
struct Start {
    frame: Frame,
    done: usize,
    steps: Vec<Step>,
}

/// A step of the checklist.
struct Step {
    title: &'static str,
    is_done: bool,
    words: String,
    link: Option<(&'static str, &'static str)>,
}

#[get("/start")]
async fn start(web: &State<Arc<Web>>, signed_in: SignedIn) -> Result<Page, Failed> {
    let seat = Seat::of(web, &signed_in, None);
    let read = web.app.store.read(move |tx| {
        let frame = Frame::load(tx, &seat, Tab::More, "Primeros pasos")?;
        let (settings, _) = settings::load(tx)?;
        Ok::<_, StoreError>((frame, settings, cabins::list(tx)?.len(), feeds::list(tx)?.len()))
    });
    let (frame, settings, cabins, feeds) = read.await?;
    let place = Step {
        title: "Tu lugar",
        is_done: !settings.property_name.is_empty() && !settings.owner_phone.is_empty(),
        words: match settings.property_name.as_str() {
            "" => "Contanos cómo se llama, dónde queda y a qué teléfono te avisamos.".into(),
            name => format!("{name}. Revisá también el alias y las condiciones de cancelación."),
        },
        link: Some(("/admin/settings", "Abrir los ajustes")),
    };
    let first_cabin = Step {
        title: "Cabañas y precios",
        is_done: cabins > 0,
        words: match cabins {
            0 => "Agregá la primera, con su precio por noche.".into(),
            1 => "Ya hay una cabaña.".into(),
            many => format!("Ya hay {many} cabañas."),
        },
        link: Some(match cabins {
            0 => ("/admin/cabins/new", "Agregar una cabaña"),
            _ => ("/admin/cabins", "Ver las cabañas"),
        }),
    };
    let calendars = Step {
        title: "Calendarios de Airbnb, Booking y otros",
        is_done: feeds > 0,
        words: match feeds {
            0 => "Pegá el link de cada canal, y pegá el nuestro allá: así no se vende dos veces una noche."
                .into(),
            _ => "Ya hay canales conectados.".into(),
        },
        link: Some(("/admin/calendars", "Ver los calendarios")),
    };
    let steps = vec![place, first_cabin, whatsapp_step(web).await?, mercado_pago(web).await, calendars];
    Page::ok(&Start { frame, done: steps.iter().filter(|step| step.is_done).count(), steps })
}

async fn whatsapp_step(web: &Web) -> Result<Step, StoreError> {
    let (is_done, words) = if web.app.ports.whatsapp.is_on() {
        match ask(web, |ports| ports.whatsapp.number()).await {
            Ok(_) => whatsapp::first_step(web).await?,
            Err(why) => (false, format!("WhatsApp no aceptó la clave: {why}")),
        }
    } else {
        let words = "Faltan las cuatro claves en el archivo de configuración: la guía del README dice dónde \
                     se consiguen. Después reiniciá Casero y volvé a esta página.";
        (false, words.to_owned())
    };
    Ok(Step {
        title: "WhatsApp",
        is_done,
        words,
        link: Some(("/admin/whatsapp", "Ver tu cuenta de WhatsApp")),
    })
}

async fn mercado_pago(web: &Web) -> Step {
    let (is_done, words) = if web.app.ports.payments.is_on() {
        match ask(web, |ports| ports.payments.account()).await {
            Ok(_) => (true, "Conectado: las señas entran en tu cuenta.".to_owned()),
            Err(why) => (false, format!("Mercado Pago no aceptó la clave: {why}")),
        }
    } else {
        let words = "Faltan las dos claves en el archivo de configuración. Sin ellas, la seña se paga por \
                     transferencia y la aprobás vos.";
        (false, words.to_owned())
    };
    Step { title: "Mercado Pago", is_done, words, link: None }
}

/// Asks a provider, within the time limit of a page.
async fn ask<T: Send + 'static>(
    web: &Web,
    call: impl FnOnce(&crate::ports::Ports) -> Result<T, PortError> + Send + 'static,
) -> Result<T, String> {
    match timeout(PATIENCE, web.app.outside(call)).await {
        Ok(Ok(found)) => Ok(found),
        Ok(Err(PortError::Permanent { .. })) => Err("fijate que esté completa y vigente.".into()),
        Ok(Err(_)) | Err(_) => Err("no contestó a tiempo; probá otra vez en un rato.".into()),
    }
}
