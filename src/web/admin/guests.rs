//! Guests: search, correction, export and erasure of their data.

use super::flash::Flash;
use super::guard::{CsrfToken, Post, SignedIn};
use super::page::{Failed, Frame, Page, Seat, Tab, done};
use super::{labels, reasons, words};
use crate::app::AppContext;
use crate::app::manage::ManageError;
use crate::app::privacy::{self, EMAIL_CHARS_MAX, EraseError, NOTES_CHARS_MAX};
use crate::domain::code::Coded;
use crate::domain::guest::{GUEST_NAME_MAX, Guest};
use crate::domain::ids::GuestId;
use crate::domain::language::Language;
use crate::domain::reservation::Status;
use crate::domain::user::Permission;
use crate::store::guests::{self, Told};
use crate::store::{Read, StoreError, cabins, conversation_list, pre_check_in, reservations};
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use askama::Template;
use rocket::http::{ContentType, Header, RawStr, Status as Http};
use rocket::response::Redirect;
use rocket::{FromForm, Responder, State, get, post, routes};
use std::sync::Arc;
use strum::VariantArray;

/// Guests of a page.
const PAGE_ROWS: u32 = 40;
/// Longest search text: a longer one finds nothing more.
const WORDS_CHARS_MAX: usize = 80;
/// Last page: beyond it one should rather search.
const PAGES_MAX: u32 = 5000;

pub(super) fn routes() -> Vec<Gated> {
    [
        gate::page(Permission::Bookings, routes![list, show, change]),
        gate::page(Permission::PersonalData, routes![export, erase]),
    ]
    .concat()
}

#[derive(Template)]
#[template(path = "guests.html", config = "assets/askama.toml")]
struct List {
    frame: Frame,
    rows: Vec<GuestRow>,
    q: String,
    before: Option<String>,
    after: Option<String>,
}

struct GuestRow {
    id: i64,
    name: String,
    contact: String,
    stays: String,
    opted_out: bool,
}

#[derive(Template)]
#[template(path = "guest_card.html", config = "assets/askama.toml")]
struct Card {
    frame: Frame,
    id: i64,
    title: String,
    number: Option<String>,
    since: String,
    conversation: Option<i64>,
    opted_out: Option<String>,
    erasable: bool,
    form: Form,
    /// Codes and names of the languages to choose from.
    languages: Vec<(String, String)>,
    stays: Vec<Stay>,
    name_max: usize,
    email_max: usize,
    notes_max: usize,
}

struct Stay {
    code: String,
    cabin: String,
    days: String,
    status: &'static str,
    status_words: &'static str,
    told: Vec<(&'static str, String)>,
}

/// The correctable fields, as typed.
#[derive(FromForm, Clone)]
struct Form {
    name: String,
    email: String,
    language: String,
    notes: String,
}

/// A redirect, or the page again with the reason of a refusal.
#[derive(Responder)]
enum GuestResponse {
    Done(Box<Redirect>),
    Refused(Page),
}

#[derive(Responder)]
struct Download {
    body: String,
    kind: ContentType,
    name: Header<'static>,
}

#[get("/guests?<q>&<page>&<said>")]
async fn list(
    web: &State<Arc<Web>>,
    signed_in: SignedIn,
    q: Option<&str>,
    page: Option<u32>,
    said: Option<&str>,
) -> Result<Page, Failed> {
    let seat = Seat::of(web, &signed_in, said);
    let q: String = q.unwrap_or_default().trim().chars().take(WORDS_CHARS_MAX).collect();
    let page = page.unwrap_or(1).clamp(1, PAGES_MAX);
    let context = Arc::clone(&web.app.context);
    let read = web.app.store.read(move |tx| {
        let mut found =
            guests::list(tx, &q, context.phone(&q).ok().as_ref(), PAGE_ROWS + 1, (page - 1) * PAGE_ROWS)?;
        let more = found.len() > PAGE_ROWS as usize;
        found.truncate(PAGE_ROWS as usize);
        let path = |page: u32| format!("/admin/guests?q={}&page={page}", RawStr::new(&q).percent_encode());
        Ok::<_, StoreError>(List {
            frame: Frame::load(tx, &seat, Tab::More, "Huéspedes")?,
            rows: found.iter().map(|guest| row(tx, &context, guest)).collect::<Result<_, _>>()?,
            before: (page > 1).then(|| path(page - 1)),
            after: more.then(|| path(page + 1)),
            q,
        })
    });
    Page::ok(&read.await?)
}

fn row(tx: &impl Read, context: &AppContext, guest: &Guest) -> Result<GuestRow, StoreError> {
    let live = [Status::PreReserved, Status::Confirmed, Status::CheckedIn, Status::CheckedOut];
    let stays = reservations::of_guest(tx, guest.id, &live)?;
    let moment = context.moment(tx);
    let next = stays.iter().find(|stay| stay.stay.check_out() >= moment.today());
    let stays = match next {
        Some(next) => words::format(&moment).short_stay(next.stay),
        None if stays.is_empty() => "Sin estadías".to_owned(),
        None => words::count(stays.len() as u64, "estadía", "estadías"),
    };
    let contact: Vec<String> =
        [words::second_number(guest), guest.email.clone()].into_iter().flatten().collect();
    let contact = contact.join(" · ");
    Ok(GuestRow {
        id: guest.id.0,
        name: words::guest_name(guest),
        contact,
        stays,
        opted_out: guest.opted_out,
    })
}

#[get("/guests/<id>?<said>")]
async fn show(
    web: &State<Arc<Web>>,
    signed_in: SignedIn,
    id: i64,
    said: Option<&str>,
) -> Result<Page, Failed> {
    Page::ok(&load(web, &signed_in, said, GuestId(id), None).await?)
}

#[post("/guests/<id>", data = "<post>")]
async fn change(web: &State<Arc<Web>>, id: i64, post: Post<Form>) -> Result<GuestResponse, Failed> {
    let (actor, form) = (post.by.actor(), post.form);
    let wanted = form.clone();
    let changed = web
        .app
        .store
        .write(move |tx| {
            let kept = guests::find(tx, GuestId(id))?.map(|guest| guest.language);
            let language = Coded::read(&wanted.language);
            // A language of another version can be kept but not chosen.
            let language = if language.known().is_none() && Some(&language) != kept.as_ref() {
                Language::default().into()
            } else {
                language
            };
            let email = Some(wanted.email.trim()).filter(|email| !email.is_empty());
            let told = Told { name: &wanted.name, email, language, notes: wanted.notes.trim() };
            privacy::correct(tx, GuestId(id), &told, &actor)
        })
        .await;
    let Err(error) = changed else {
        return Ok(GuestResponse::Done(Box::new(done(&format!("/admin/guests/{id}"), Flash::Saved))));
    };
    let missing = matches!(error, ManageError::NotFound(_));
    let Some(why) = reasons::manage_error(&error).filter(|_| !missing) else { return Err(error.into()) };
    refused(web, &post.by, id, Some(form), why).await
}

/// Export of all data about a guest, for them.
#[get("/guests/<id>/export")]
async fn export(web: &State<Arc<Web>>, signed_in: SignedIn, id: i64) -> Result<Download, Failed> {
    let actor = signed_in.actor();
    let data = web.app.store.write(move |tx| privacy::take_along(tx, GuestId(id), &actor)).await?;
    let data = data.ok_or(Failed::NOT_FOUND)?;
    let body = serde_json::to_string_pretty(&data).map_err(|_| Failed(Http::InternalServerError))?;
    let name = Header::new("Content-Disposition", format!("attachment; filename=\"huesped-{id}.json\""));
    Ok(Download { body, kind: ContentType::JSON, name })
}

#[post("/guests/<id>/erase", data = "<post>")]
async fn erase(web: &State<Arc<Web>>, id: i64, post: Post<CsrfToken>) -> Result<GuestResponse, Failed> {
    let (actor, context) = (post.by.actor(), Arc::clone(&web.app.context));
    let erased = web.app.store.write(move |tx| privacy::erase(tx, &context, GuestId(id), &actor)).await;
    match erased {
        Ok(()) => {
            web.answers.forget();
            web.app.wake.after_decision();
            privacy::settle(&web.app).await;
            Ok(GuestResponse::Done(Box::new(done("/admin/guests", Flash::Erased))))
        }
        Err(EraseError::StayAhead) => {
            let why = "Tiene una estadía por delante: hasta que se vaya necesitamos saber quién es. Si no viene, cancelá antes la reserva.";
            refused(web, &post.by, id, None, why.to_owned()).await
        }
        Err(EraseError::NotFound) => Err(Failed::NOT_FOUND),
        Err(EraseError::Store(error)) => Err(error.into()),
    }
}

async fn refused(
    web: &Web,
    by: &SignedIn,
    id: i64,
    typed: Option<Form>,
    why: String,
) -> Result<GuestResponse, Failed> {
    let mut page = load(web, by, None, GuestId(id), typed).await?;
    page.frame = page.frame.refusing(why);
    Ok(GuestResponse::Refused(Page::refused(&page)?))
}

async fn load(
    web: &Web,
    signed_in: &SignedIn,
    said: Option<&str>,
    id: GuestId,
    typed: Option<Form>,
) -> Result<Card, Failed> {
    let seat = Seat::of(web, signed_in, said);
    let context = Arc::clone(&web.app.context);
    let read = web.app.store.read(move |tx| card(tx, &context, &seat, id, typed));
    read.await?.ok_or(Failed::NOT_FOUND)
}

fn card(
    tx: &impl Read,
    context: &AppContext,
    seat: &Seat,
    id: GuestId,
    typed: Option<Form>,
) -> Result<Option<Card>, StoreError> {
    let (Some(guest), Some(profile)) = (guests::find(tx, id)?, guests::profile(tx, id)?) else {
        return Ok(None);
    };
    let moment = context.moment(tx);
    let known = || Form {
        name: guest.name.clone(),
        email: guest.email.clone().unwrap_or_default(),
        language: guest.language.code().to_owned(),
        notes: profile.notes.clone(),
    };
    let mut languages: Vec<Coded<Language>> = Language::all().iter().copied().map(Coded::Known).collect();
    if guest.language.known().is_none() {
        languages.push(guest.language.clone());
    }
    let languages = languages.iter().map(|one| (one.to_string(), labels::language(one))).collect();
    let mut stays = Vec::new();
    for stay in reservations::of_guest(tx, id, Status::VARIANTS)?.into_iter().rev() {
        let told = pre_check_in::find(tx, stay.id)?.unwrap_or_default();
        let told = [
            ("Llegada", told.arrival_time),
            ("Patente", told.plate),
            ("Personas", told.people),
            ("Comentarios", told.notes),
        ];
        stays.push(Stay {
            code: stay.code.to_string(),
            cabin: cabins::name(tx, stay.cabin_id)?.unwrap_or_default(),
            days: words::format(&moment).stay(stay.stay),
            status: stay.status.code(),
            status_words: words::status(stay.status),
            told: told.into_iter().filter(|(_, said)| !said.is_empty()).collect(),
        });
    }
    Ok(Some(Card {
        frame: Frame::load(tx, seat, Tab::More, "Huésped")?,
        id: id.0,
        title: words::guest_name(&guest),
        number: words::second_number(&guest),
        since: words::when(profile.created_at, &moment),
        conversation: conversation_list::of_guest(tx, id)?.map(|conversation| conversation.0),
        opted_out: profile.opted_out_at.map(|at| words::when(at, &moment)),
        erasable: !privacy::has_stay_ahead(tx, id, &moment)?,
        form: typed.unwrap_or_else(known),
        languages,
        stays,
        name_max: GUEST_NAME_MAX,
        email_max: EMAIL_CHARS_MAX,
        notes_max: NOTES_CHARS_MAX,
    }))
}
