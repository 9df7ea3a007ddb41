//! The second factor of one's own account: enabled with a phone, disabled with a code.

use super::super::flash::Flash;
use super::super::guard::{Post, SignedIn};
use super::super::page::{Failed, Frame, Page, PageOrRedirect, Seat, Tab, done};
use super::super::reasons;
use crate::app::access::AccessError;
use crate::app::access::totp::{self, Secret};
use crate::domain::user::Permission;
use crate::web::gate::{self, Gated};
use crate::web::qr;
use crate::web::state::Web;
use askama::Template;
use rocket::http::Status;
use rocket::{FromForm, State, get, post, routes};
use std::sync::Arc;

const HERE: &str = "/admin/code";

pub(super) fn routes() -> Vec<Gated> {
    gate::page(Permission::TwoFactor, routes![show, enable, disable])
}

#[derive(Template)]
#[template(path = "code.html", config = "assets/askama.toml")]
struct CodePage {
    frame: Frame,
    state: Shows,
    wrong: Option<&'static str>,
}

enum Shows {
    /// Not enabled: the secret for a phone.
    Offer {
        spelled: String,
        address: String,
        drawing: Option<(usize, String)>,
    },
    /// Enabled just now: the recovery codes.
    RecoveryCodes(Vec<String>),
    On {
        left: i64,
    },
}

#[derive(FromForm)]
struct EnableForm {
    secret: String,
    code: String,
}

#[derive(FromForm)]
struct DisableForm {
    code: String,
}

#[get("/code?<said>")]
async fn show(web: &State<Arc<Web>>, signed_in: SignedIn, said: Option<&str>) -> Result<Page, Failed> {
    let state = if signed_in.0.user.asks_code {
        Shows::On { left: web.access.recovery_codes_left(signed_in.0.user.id).await? }
    } else {
        offer(&signed_in, &web.access.fresh_secret())
    };
    Page::ok(&page(web, Seat::of(web, &signed_in, said), state).await?)
}

#[post("/code", data = "<post>")]
async fn enable(web: &State<Arc<Web>>, post: Post<EnableForm>) -> Result<Page, Failed> {
    let (by, user) = (&post.by, &post.by.0.user);
    web.limits.code(user.id)?;
    let secret = totp::read(&post.form.secret).ok_or(Failed(Status::BadRequest))?;
    match web.access.enable_two_factor(user, secret, &post.form.code).await {
        Ok(recovery_codes) => {
            Page::ok(&page(web, Seat::of(web, by, None), Shows::RecoveryCodes(recovery_codes)).await?)
        }
        // The phone may have this secret already: it is shown again.
        Err(error) => refused(web, by, &error, offer(by, &secret)).await,
    }
}

#[post("/code/off", data = "<post>")]
async fn disable(web: &State<Arc<Web>>, post: Post<DisableForm>) -> Result<PageOrRedirect, Failed> {
    let (by, user) = (&post.by, &post.by.0.user);
    web.limits.code(user.id)?;
    match web.access.disable_own_two_factor(user, &post.form.code).await {
        Ok(()) => Ok(PageOrRedirect::away(done(HERE, Flash::CodesOff))),
        Err(error) => {
            let left = web.access.recovery_codes_left(user.id).await?;
            Ok(PageOrRedirect::Page(refused(web, by, &error, Shows::On { left }).await?))
        }
    }
}

async fn refused(web: &Web, by: &SignedIn, error: &AccessError, state: Shows) -> Result<Page, Failed> {
    let Some(why) = reasons::access_error(error) else { return Err(Failed(Status::InternalServerError)) };
    let page = page(web, Seat::of(web, by, None), state).await?;
    Page::refused(&CodePage { wrong: Some(why), ..page })
}

async fn page(web: &Web, seat: Seat, state: Shows) -> Result<CodePage, Failed> {
    let frame = web.app.store.read(move |tx| Frame::load(tx, &seat, Tab::More, "Código al entrar")).await?;
    Ok(CodePage { frame, state, wrong: None })
}

fn offer(signed_in: &SignedIn, secret: &Secret) -> Shows {
    let address = totp::address(&signed_in.0.user.email, secret);
    Shows::Offer { spelled: totp::spelled(secret), drawing: qr::drawing(&address), address }
}
