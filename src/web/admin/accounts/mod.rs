//! Accounts and the audit trail, for owners only.

mod audit;
mod code;

use super::flash::Flash;
use super::guard::{CsrfToken, Post, SignedIn};
use super::login::start_session;
use super::page::{Failed, Frame, Page, PageOrRedirect, Seat, Tab, done};
use super::reasons;
use super::words;
use crate::app::access::AccessError;
use crate::domain::ids::UserId;
use crate::domain::user::Permission;
use crate::domain::user::{PASSWORD_CHARS_MIN, Role, User};
use crate::store::{StoreError, users};
use crate::web::gate::{self, Gated};
use crate::web::paths::HOME;
use crate::web::state::Web;
use askama::Template;
use rocket::http::{CookieJar, Status};
use rocket::{FromForm, State, get, post, routes};
use std::sync::Arc;
use strum::VariantArray;

const HERE: &str = "/admin/users";

pub(super) fn routes() -> Vec<Gated> {
    let accounts =
        gate::page(Permission::Administration, routes![show, add, password, role, codes_off, remove]);
    [accounts, audit::routes(), code::routes()].concat()
}

#[derive(Template)]
#[template(path = "accounts.html", config = "assets/askama.toml")]
struct Accounts {
    frame: Frame,
    rows: Vec<AccountRow>,
    roles: Vec<(&'static str, &'static str)>,
    typed: Typed,
    /// Reason why the form for a new account was refused.
    wrong: Option<&'static str>,
    password_min: usize,
}

struct AccountRow {
    id: i64,
    email: String,
    role: &'static str,
    role_words: &'static str,
    is_me: bool,
    asks_code: bool,
    /// Reason why a form of this account was refused.
    wrong: Option<&'static str>,
}

/// The form for a new account as typed; never its password.
#[derive(Default)]
struct Typed {
    email: String,
    role: String,
}

#[derive(Default)]
struct Refused {
    /// The account whose form it is; `None` for the new account's.
    id: Option<UserId>,
    why: Option<&'static str>,
    typed: Typed,
}

#[derive(FromForm)]
struct NewAccount {
    email: String,
    password: String,
    role: String,
}

#[derive(FromForm)]
struct NewPassword {
    password: String,
}

#[derive(FromForm)]
struct NewRole {
    role: String,
}

#[get("/users?<said>")]
async fn show(web: &State<Arc<Web>>, signed_in: SignedIn, said: Option<&str>) -> Result<Page, Failed> {
    Page::ok(&load(web, &signed_in, said, Refused::default()).await?)
}

#[post("/users", data = "<post>")]
async fn add(web: &State<Arc<Web>>, post: Post<NewAccount>) -> Result<PageOrRedirect, Failed> {
    let NewAccount { email, password, role } = post.form;
    let added = web.access.invite(post.by.actor(), &email, &password, read_role(&role)?).await;
    ended(web, &post.by, None, added.map(drop), Flash::AccountAdded, Typed { email, role }).await
}

#[post("/users/<id>/password", data = "<post>")]
async fn password(
    web: &State<Arc<Web>>,
    cookies: &CookieJar<'_>,
    id: i64,
    post: Post<NewPassword>,
) -> Result<PageOrRedirect, Failed> {
    let set = web.access.reset_password(post.by.actor(), UserId(id), &post.form.password).await;
    // Every session of the account ended; one's own is opened anew.
    if let Ok(user) = &set
        && user.id == post.by.0.user.id
    {
        start_session(web, cookies, user).await?;
    }
    ended(web, &post.by, Some(UserId(id)), set.map(drop), Flash::AccountPassword, Typed::default()).await
}

#[post("/users/<id>/role", data = "<post>")]
async fn role(web: &State<Arc<Web>>, id: i64, post: Post<NewRole>) -> Result<PageOrRedirect, Failed> {
    let role = read_role(&post.form.role)?;
    let changed = web.access.change_role(post.by.actor(), UserId(id), role).await;
    if changed.is_ok() && post.by.0.user.id == UserId(id) && role != Role::Owner {
        return Ok(PageOrRedirect::away(done(HOME, Flash::Saved)));
    }
    ended(web, &post.by, Some(UserId(id)), changed, Flash::Saved, Typed::default()).await
}

#[post("/users/<id>/remove", data = "<post>")]
async fn remove(web: &State<Arc<Web>>, id: i64, post: Post<CsrfToken>) -> Result<PageOrRedirect, Failed> {
    let removed = web.access.expel(&post.by.0.user, UserId(id)).await;
    ended(web, &post.by, Some(UserId(id)), removed, Flash::AccountRemoved, Typed::default()).await
}

#[post("/users/<id>/code_off", data = "<post>")]
async fn codes_off(web: &State<Arc<Web>>, id: i64, post: Post<CsrfToken>) -> Result<PageOrRedirect, Failed> {
    // One's own is disabled with a code, on a page of its own.
    if post.by.0.user.id == UserId(id) {
        return Err(Failed(Status::Forbidden));
    }
    let taken = web.access.disable_two_factor(post.by.actor(), UserId(id)).await;
    ended(web, &post.by, Some(UserId(id)), taken, Flash::CodesOff, Typed::default()).await
}

fn read_role(code: &str) -> Result<Role, Failed> {
    Role::from_code(code).ok_or(Failed(Status::BadRequest))
}

/// Redirects to the page, or shows it again with what was typed.
async fn ended(
    web: &Web,
    by: &SignedIn,
    id: Option<UserId>,
    outcome: Result<(), AccessError>,
    said: Flash,
    typed: Typed,
) -> Result<PageOrRedirect, Failed> {
    let Err(error) = outcome else { return Ok(PageOrRedirect::away(done(HERE, said))) };
    let Some(why) = reasons::access_error(&error) else { return Err(error.into()) };
    let mut page = load(web, by, None, Refused { id, why: Some(why), typed }).await?;
    page.frame = page.frame.refusing(why);
    Ok(PageOrRedirect::Page(Page::refused(&page)?))
}

async fn load(
    web: &Web,
    signed_in: &SignedIn,
    said: Option<&str>,
    refused: Refused,
) -> Result<Accounts, Failed> {
    let (seat, me) = (Seat::of(web, signed_in, said), signed_in.0.user.id);
    let read = web.app.store.read(move |tx| {
        Ok::<_, StoreError>((Frame::load(tx, &seat, Tab::More, "Cuentas")?, users::list(tx)?))
    });
    let (frame, all) = read.await?;
    Ok(Accounts {
        frame,
        rows: all.iter().map(|user| AccountRow::new(user, me, &refused)).collect(),
        roles: Role::VARIANTS.iter().map(|role| (role.code(), words::role(*role))).collect(),
        wrong: refused.why.filter(|_| refused.id.is_none()),
        typed: refused.typed,
        password_min: PASSWORD_CHARS_MIN,
    })
}

impl AccountRow {
    fn new(user: &User, me: UserId, refused: &Refused) -> AccountRow {
        AccountRow {
            id: user.id.0,
            email: user.email.clone(),
            role: user.role.code(),
            role_words: words::role(user.role),
            is_me: user.id == me,
            asks_code: user.asks_code,
            wrong: refused.why.filter(|_| refused.id == Some(user.id)),
        }
    }
}
