//! How the owner is told: the ways and their order, a test of each, this phone, further numbers, and what arrived.

use super::flash::Flash;
use super::guard::{Post, SignedIn, cookie_name};
use super::labels;
use super::page::{Failed, Frame, Page, PageOrRedirect, Seat, Tab, done};
use super::{reasons, words};
use crate::app::owner_numbers::{self, ProofRefused};
use crate::app::{Error, manage, notice_test, notify};
use crate::dialogue::replies;
use crate::domain::code::Coded;
use crate::domain::message::OutboundState;
use crate::domain::notice::{NoticeWay, NoticeWays};
use crate::domain::policy::Moment;
use crate::domain::settings::Settings;
use crate::domain::user::Permission;
use crate::ports::push::PushSubscription;
use crate::store::notices::{self, Told};
use crate::store::{Read, StoreError, pushes, settings};
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use askama::Template;
use rocket::http::{CookieJar, Status};
use rocket::{FromForm, State, get, post, routes};
use std::sync::Arc;

/// The page itself.
const PAGE: &str = "/admin/notices";
/// Notices shown, the newest first.
const SHOWN: usize = 20;

pub(super) fn routes() -> Vec<Gated> {
    let routes = routes![
        show,
        first,
        lock_screen,
        test,
        add_number,
        prove,
        code_again,
        remove_number,
        subscribe,
        unsubscribe
    ];
    gate::page(Permission::Administration, routes)
}

#[derive(Template)]
#[template(path = "notices.html", config = "assets/askama.toml")]
struct NoticesPage {
    frame: Frame,
    ways: Vec<WayRow>,
    /// The key that a browser needs to subscribe; empty when push is off.
    push_key: String,
    /// Browsers of this account that are told.
    endpoints: Vec<String>,
    shows_words: bool,
    /// The first number, which is a setting of the house.
    owner_phone: String,
    numbers: Vec<NumberRow>,
    notices: Vec<NoticeRow>,
}

struct WayRow {
    code: &'static str,
    name: &'static str,
    is_set_up: bool,
    /// What is missing, or who is told.
    about: String,
}

struct NumberRow {
    phone: String,
    is_proven: bool,
}

struct NoticeRow {
    what: String,
    when: String,
    urgent: bool,
    seen: bool,
    ways: Vec<String>,
}

#[get("/notices?<said>")]
async fn show(web: &State<Arc<Web>>, signed_in: SignedIn, said: Option<&str>) -> Result<Page, Failed> {
    Page::ok(&load(web, &signed_in, said).await?)
}

#[derive(FromForm)]
struct Way {
    #[field(name = "csrf_token")]
    _csrf: String,
    way: String,
}

/// Puts a way first.
#[post("/notices/first", data = "<post>")]
async fn first(web: &State<Arc<Web>>, post: Post<Way>) -> Result<PageOrRedirect, Failed> {
    let code = post.form.way.clone();
    change(web, &post.by, move |settings| {
        let mut codes = Vec::from(&settings.notice_ways);
        codes.retain(|known| *known != code);
        codes.insert(0, code);
        // A code that is none leaves the order as it was.
        if let Ok(ways) = NoticeWays::try_from(codes) {
            settings.notice_ways = ways;
        }
    })
    .await
}

#[derive(FromForm)]
struct LockScreen {
    #[field(name = "csrf_token")]
    _csrf: String,
    words: bool,
}

/// Whether a locked phone shows the guest's words.
#[post("/notices/words", data = "<post>")]
async fn lock_screen(web: &State<Arc<Web>>, post: Post<LockScreen>) -> Result<PageOrRedirect, Failed> {
    let words = post.form.words;
    change(web, &post.by, move |settings| settings.notice_words = words).await
}

#[post("/notices/test", data = "<post>")]
async fn test(web: &State<Arc<Web>>, post: Post<Way>) -> Result<PageOrRedirect, Failed> {
    let Ok(way) = post.form.way.parse::<NoticeWay>() else { return Err(Failed::NOT_FOUND) };
    let context = Arc::clone(&web.app.context);
    let sent = web.app.store.write(move |tx| notice_test::send(tx, &context, way)).await?;
    web.app.wake.after_decision();
    match sent {
        0 => refused(web, &post.by, "Ese camino todavía no está preparado.").await,
        _ => Ok(PageOrRedirect::away(done(PAGE, Flash::TestSent))),
    }
}

#[derive(FromForm)]
struct Number {
    #[field(name = "csrf_token")]
    _csrf: String,
    phone: String,
    code: Option<String>,
}

#[post("/notices/numbers", data = "<post>")]
async fn add_number(web: &State<Arc<Web>>, post: Post<Number>) -> Result<PageOrRedirect, Failed> {
    let phone = match web.app.context.phone(&post.form.phone) {
        Ok(phone) => phone.shown(),
        Err(why) => return refused(web, &post.by, reasons::phone(why)).await,
    };
    change(web, &post.by, move |settings| settings.owner_phones.push(phone)).await
}

#[post("/notices/numbers/remove", data = "<post>")]
async fn remove_number(web: &State<Arc<Web>>, post: Post<Number>) -> Result<PageOrRedirect, Failed> {
    let phone = post.form.phone.clone();
    change(web, &post.by, move |settings| settings.owner_phones.retain(|known| *known != phone)).await
}

#[post("/notices/numbers/code", data = "<post>")]
async fn code_again(web: &State<Arc<Web>>, post: Post<Number>) -> Result<PageOrRedirect, Failed> {
    let context = Arc::clone(&web.app.context);
    let Ok(phone) = context.phone(&post.form.phone) else { return Err(Failed::NOT_FOUND) };
    let asked = web.app.store.write(move |tx| owner_numbers::ask_again(tx, &context, &phone)).await?;
    web.app.wake.after_decision();
    if asked { Ok(PageOrRedirect::away(done(PAGE, Flash::CodeSent))) } else { Err(Failed::NOT_FOUND) }
}

#[post("/notices/numbers/prove", data = "<post>")]
async fn prove(web: &State<Arc<Web>>, post: Post<Number>) -> Result<PageOrRedirect, Failed> {
    let context = Arc::clone(&web.app.context);
    let Ok(phone) = context.phone(&post.form.phone) else { return Err(Failed::NOT_FOUND) };
    let code = post.form.code.clone().unwrap_or_default();
    let proven = web.app.store.write(move |tx| owner_numbers::prove(tx, &context, &phone, &code)).await?;
    web.app.wake.after_decision();
    let why = match proven {
        Ok(()) => return Ok(PageOrRedirect::away(done(PAGE, Flash::NumberProven))),
        Err(ProofRefused::NotAsked) => "A ese número no le mandamos ningún código.",
        Err(ProofRefused::Wrong) => "Ese no es el código. Fijate bien en el mensaje que llegó.",
        Err(ProofRefused::Spent) => "Ese código ya no vale. Pedí uno nuevo.",
    };
    refused(web, &post.by, why).await
}

#[derive(FromForm)]
struct Browser {
    #[field(name = "csrf_token")]
    _csrf: String,
    endpoint: String,
    p256dh: Option<String>,
    auth: Option<String>,
}

/// A browser asks to be told.
#[post("/push", data = "<post>")]
async fn subscribe(
    web: &State<Arc<Web>>,
    cookies: &CookieJar<'_>,
    post: Post<Browser>,
) -> Result<Status, Failed> {
    let Browser { endpoint, p256dh, auth, .. } = post.form;
    let (p256dh, auth) = (p256dh.unwrap_or_default(), auth.unwrap_or_default());
    let subscription = PushSubscription { endpoint, p256dh, auth };
    if !web.app.ports.push.accepts(&subscription) {
        return Err(Failed(Status::UnprocessableEntity));
    }
    let cookie = cookies.get(cookie_name(&web.options.public_url)).ok_or(Failed(Status::Unauthorized))?;
    web.access.remember_browser(cookie.value(), post.by.0.user.id, subscription).await?;
    Ok(Status::NoContent)
}

#[post("/push/remove", data = "<post>")]
async fn unsubscribe(web: &State<Arc<Web>>, post: Post<Browser>) -> Result<Status, Failed> {
    web.access.forget_browser(post.by.0.user.id, post.form.endpoint).await?;
    Ok(Status::NoContent)
}

async fn change(
    web: &Web,
    by: &SignedIn,
    change: impl FnOnce(&mut Settings) + Send + 'static,
) -> Result<PageOrRedirect, Failed> {
    let (context, actor) = (Arc::clone(&web.app.context), by.actor());
    let changed = web.app.store.write(move |tx| {
        let change = |settings: &mut Settings| {
            change(settings);
            Ok(())
        };
        manage::change_settings(tx, &context, None, change, &actor).map(drop)
    });
    changed.await?;
    web.app.wake.after_decision();
    Ok(PageOrRedirect::away(done(PAGE, Flash::Saved)))
}

async fn refused(web: &Web, by: &SignedIn, why: &'static str) -> Result<PageOrRedirect, Failed> {
    let page = load(web, by, None).await?;
    let page = NoticesPage { frame: page.frame.clone().refusing(why), ..page };
    Ok(PageOrRedirect::Page(Page::refused(&page)?))
}

async fn load(web: &Web, signed_in: &SignedIn, said: Option<&str>) -> Result<NoticesPage, Failed> {
    let seat = Seat::of(web, signed_in, said);
    let (context, user) = (Arc::clone(&web.app.context), signed_in.0.user.id);
    let push_key = web.app.ports.push.public_key();
    let page = web.app.store.read(move |tx| {
        let (settings, _) = settings::load(tx)?;
        let mut ways = Vec::new();
        for way in settings.notice_ways.list() {
            ways.push(way_row(*way, notify::is_set_up(tx, &context, &settings, *way)?));
        }
        let proven = owner_numbers::numbers(tx, &context, &settings)?;
        let number = |typed: &String| {
            let key = context.phone(typed).map(|phone| phone.key()).unwrap_or_default();
            NumberRow { phone: typed.clone(), is_proven: proven.iter().any(|phone| phone.key() == key) }
        };
        let moment = context.moment(tx);
        let newest = notices::newest(tx)?.into_iter().take(SHOWN);
        let notices: Result<Vec<NoticeRow>, StoreError> =
            newest.map(|one| notice_row(tx, one, &moment)).collect();
        Ok::<_, Error>(NoticesPage {
            frame: Frame::load(tx, &seat, Tab::More, "Avisos")?,
            ways,
            push_key,
            endpoints: pushes::of_user(tx, user)?.into_iter().map(|browser| browser.endpoint).collect(),
            shows_words: settings.notice_words,
            numbers: settings.owner_phones.iter().map(number).collect(),
            owner_phone: settings.owner_phone,
            notices: notices?,
        })
    });
    Ok(page.await?)
}

fn way_row(way: NoticeWay, is_set_up: bool) -> WayRow {
    let missing = match way {
        NoticeWay::Push => "Tocá «Avisame en este teléfono» desde cada teléfono.",
        NoticeWay::Whatsapp => "Poné tu número en Ajustes.",
        NoticeWay::Mail => "Quien cuida la máquina tiene que cargar el correo en la configuración.",
    };
    let about = if is_set_up { "Preparado." } else { missing };
    WayRow { code: way.code(), name: way_name(way), is_set_up, about: about.to_owned() }
}

fn way_name(way: NoticeWay) -> &'static str {
    match way {
        NoticeWay::Push => "Aviso en el teléfono",
        NoticeWay::Whatsapp => "WhatsApp",
        NoticeWay::Mail => "Correo",
    }
}

fn notice_row(tx: &impl Read, notice: notices::Notice, moment: &Moment) -> Result<NoticeRow, StoreError> {
    Ok(NoticeRow {
        what: replies::owner_notice_kind(notice.kind.parse().ok()),
        when: words::when(notice.created_at, moment),
        urgent: notice.urgent,
        seen: notice.seen_at.is_some(),
        ways: notices::ways(tx, notice.id)?.iter().map(|told| told_words(told, moment)).collect(),
    })
}

/// One time that a notice went out: by which way, when, and what became of it.
fn told_words(told: &Told, moment: &Moment) -> String {
    let way = labels::of(&Coded::<NoticeWay>::read(&told.way), way_name);
    let state = match told.state.as_deref() {
        None => "",
        Some("accepted") => "Aceptado",
        Some("dropped") => "Ya no hacía falta",
        Some(code) => match code.parse::<OutboundState>() {
            Ok(state) => labels::outbound(state).1,
            Err(_) => code,
        },
    };
    format!("{way}, {}: {state}", words::when(told.at, moment))
}
