//! The WhatsApp account: its number, its subscription and its templates, each working, waiting or refused; and the button
//! that does what is missing.

use super::guard::{Post, SignedIn};
use super::page::{Failed, Frame, Page, Seat, Tab};
use crate::app::account_state;
use crate::app::whatsapp_setup::{self, SetupStep};
use crate::dialogue::i18n::Locale;
use crate::dialogue::replies;
use crate::domain::delivery_failure::TemplateReason;
use crate::domain::language::Language;
use crate::domain::user::Permission;
use crate::domain::whatsapp_account::{AccountState, SetupGap, TemplatePurpose, TemplateReadiness};
use crate::store::StoreError;
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use askama::Template;
use rocket::tokio::time::timeout;
use rocket::{FromForm, State, get, post, routes};
use std::sync::Arc;
use std::time::Duration;

/// Time limit for Meta's answers before the page is shown without them.
const PATIENCE: Duration = Duration::from_secs(6);

pub(super) fn routes() -> Vec<Gated> {
    gate::page(Permission::Administration, routes![show, apply])
}

#[derive(Template)]
#[template(path = "whatsapp.html", config = "assets/askama.toml")]
struct WhatsappPage {
    frame: Frame,
    is_on: bool,
    number: String,
    facts: Vec<String>,
    needs_pin: bool,
    on_app: bool,
    /// What is missing, but for the templates.
    gaps: Vec<&'static str>,
    purposes: Vec<PurposeRow>,
    /// What the button did.
    steps: Vec<String>,
    is_ready: bool,
}

/// One purpose in every language.
struct PurposeRow {
    words: &'static str,
    languages: Vec<LanguageRow>,
}

struct LanguageRow {
    language: String,
    state: &'static str,
    words: &'static str,
    reason: String,
}

#[derive(FromForm)]
struct Setup {
    #[field(name = "csrf_token")]
    _csrf: String,
    pin: Option<String>,
}

#[get("/whatsapp")]
async fn show(web: &State<Arc<Web>>, signed_in: SignedIn) -> Result<Page, Failed> {
    let seat = Seat::of(web, &signed_in, None);
    Page::ok(&load(web, &seat, Vec::new()).await?)
}

#[post("/whatsapp", data = "<post>")]
async fn apply(web: &State<Arc<Web>>, post: Post<Setup>) -> Result<Page, Failed> {
    let seat = Seat::of(web, &post.by, None);
    let (steps, _) = whatsapp_setup::set_up(&web.app, post.form.pin).await?;
    let mut said: Vec<String> = steps.iter().map(step).collect();
    if said.is_empty() {
        said.push("No había nada para hacer desde acá.".to_owned());
    }
    Page::ok(&load(web, &seat, said).await?)
}

async fn load(web: &Web, seat: &Seat, steps: Vec<String>) -> Result<WhatsappPage, Failed> {
    let account = &web.app.ports.whatsapp_account;
    let (is_on, account_id) = (account.is_on(), account.account_id());
    if is_on {
        // A page that can't ask shows what is known.
        let _ = timeout(PATIENCE, whatsapp_setup::look(&web.app)).await;
    }
    let seat = seat.clone();
    let read = web.app.store.read(move |tx| {
        let frame = Frame::load(tx, &seat, Tab::More, "WhatsApp")?;
        Ok::<_, crate::app::Error>((frame, account_state::state(tx, account_id)?))
    });
    let (frame, state) = read.await?;
    let gaps = state.gaps();
    Ok(WhatsappPage {
        frame,
        is_on,
        number: state.number.number.clone(),
        facts: facts(&state),
        needs_pin: gaps.iter().any(|gap| matches!(gap, SetupGap::NotRegistered(_))),
        on_app: state.number.on_app,
        gaps: gaps.iter().filter_map(gap_words).collect(),
        purposes: purposes(&state),
        steps,
        is_ready: is_on && state.checked_at.is_some() && gaps.is_empty(),
    })
}

fn facts(state: &AccountState) -> Vec<String> {
    let number = &state.number;
    let quality = match number.quality.as_str() {
        "green" => "Calidad: buena",
        "yellow" => "Calidad: regular. Bajá la cantidad de avisos que nadie pidió.",
        "red" => "Calidad: mala. Meta puede frenar el número.",
        _ => "",
    };
    let limit = match number.messaging_limit.as_str() {
        "" => String::new(),
        "tier_unlimited" => "Podés escribirle a toda la gente que quieras".to_owned(),
        tier => format!("Hasta {} personas por día", tier.trim_start_matches("tier_").replace('k', ".000")),
    };
    let name = if number.name.is_empty() { String::new() } else { format!("Se ve como «{}»", number.name) };
    [name, quality.to_owned(), limit].into_iter().filter(|fact| !fact.is_empty()).collect()
}

fn gap_words(gap: &SetupGap) -> Option<&'static str> {
    Some(match gap {
        SetupGap::Unreadable(_) => {
            "No pude leer tu cuenta: al token le falta el permiso whatsapp_business_management, o Meta no contesta."
        }
        SetupGap::NotRegistered(_) => {
            "El número todavía no está registrado: poné abajo el PIN de seis números."
        }
        SetupGap::NameDeclined => {
            "Meta no aceptó el nombre que se muestra: elegí otro en el administrador de WhatsApp."
        }
        SetupGap::NoAccountId => {
            "Todavía no sé cuál es tu cuenta: escribile una vez al número, o poné whatsapp.business_account_id."
        }
        SetupGap::NotSubscribed => "La aplicación todavía no recibe los avisos de tu cuenta.",
        SetupGap::Template { .. } => return None,
    })
}

fn purposes(state: &AccountState) -> Vec<PurposeRow> {
    let mut rows: Vec<PurposeRow> = Vec::new();
    for needed in state.templates.iter().filter(|_| state.knows_templates) {
        let words = purpose_words(needed.purpose);
        let (mark, readiness) = match needed.readiness {
            TemplateReadiness::Works => ("ok", "Anda"),
            TemplateReadiness::Waits => ("warn", "Meta la está mirando"),
            TemplateReadiness::Refused => ("fail", "No la aceptaron"),
            TemplateReadiness::Missing => ("fail", "Falta crearla"),
        };
        let row = LanguageRow {
            language: language_words(&needed.language),
            state: mark,
            words: readiness,
            reason: reason_words(&needed.reason),
        };
        match rows.last_mut().filter(|last| last.words == words) {
            Some(last) => last.languages.push(row),
            None => rows.push(PurposeRow { words, languages: vec![row] }),
        }
    }
    rows
}

/// What a purpose is for.
pub(super) fn purpose_words(purpose: TemplatePurpose) -> &'static str {
    match purpose {
        TemplatePurpose::Notice => "Avisos para vos, y cualquier otro",
        TemplatePurpose::Urgent => "Urgencias, para vos",
        TemplatePurpose::Booking => "Confirmaciones y cambios de reservas",
        TemplatePurpose::Payment => "Links y avisos de pago",
        TemplatePurpose::Arrival => "Cómo llegar y cómo entrar",
        TemplatePurpose::Stay => "Después de la estadía",
        TemplatePurpose::Reply => "Tus respuestas",
        TemplatePurpose::Waitlist => "Lista de espera",
        TemplatePurpose::Code => "El código que prueba otro teléfono tuyo",
    }
}

fn reason_words(reason: &str) -> String {
    if reason.is_empty() { String::new() } else { replies::template_reason(TemplateReason::of(reason)) }
}

fn language_words(code: &str) -> String {
    let of = |language: &&Language| Locale::of(**language).template_language() == code;
    let found = Language::all().iter().find(of);
    found.map_or_else(|| code.to_owned(), |language| Locale::of(*language).language_in_spanish())
}

fn step(step: &SetupStep) -> String {
    match step {
        SetupStep::Registered => "Registré el número.".to_owned(),
        SetupStep::PinNeeded => "El número quedó sin registrar: falta el PIN.".to_owned(),
        SetupStep::BadPin => "El número quedó sin registrar: el PIN son seis números.".to_owned(),
        SetupStep::Subscribed => "Conecté los avisos de tu cuenta.".to_owned(),
        SetupStep::Created(name, language) => {
            format!("Mandé a aprobar {name} ({}).", language_words(language))
        }
        SetupStep::Failed(what, code, detail) => format!("No salió {what}: {code} {detail}"),
    }
}

/// The step of the first run: whether all is done, and in words.
pub(super) async fn first_step(web: &Web) -> Result<(bool, String), StoreError> {
    let looked = timeout(PATIENCE, whatsapp_setup::look(&web.app)).await;
    let Ok(Ok(state)) = looked else {
        return Ok((false, "WhatsApp no contestó a tiempo; probá otra vez en un rato.".to_owned()));
    };
    let gaps = state.gaps();
    let waiting = gaps.iter().filter(|gap| gap.is_waiting()).count();
    let words = match gaps.iter().find_map(gap_words) {
        Some(words) => words.to_owned(),
        None if gaps.is_empty() => format!("Conectado con el número {}.", state.number.number),
        None if waiting == gaps.len() => {
            format!(
                "Conectado con el número {}. Meta está mirando {waiting} plantillas.",
                state.number.number
            )
        }
        None => format!("Hay {} plantillas sin aprobar: lo que mandamos solos todavía no sale.", gaps.len()),
    };
    Ok((gaps.is_empty(), words))
}
