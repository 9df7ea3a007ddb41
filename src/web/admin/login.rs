//! Login of the admin page, and logout.

use super::guard::{CsrfToken, Post, SignedIn, cookie_name};
use super::page::{Failed, Frame, Page, Seat, Tab};
use crate::domain::user::Permission;
use crate::domain::user::User;
use crate::web::assets::{self, Files};
use crate::web::auth::LoginAttempt;
use crate::web::gate::{self, Gated};
use crate::web::paths::HOME;
use crate::web::state::Web;
use askama::Template;
use rocket::form::Form;
use rocket::http::{Cookie, CookieJar, SameSite};
use rocket::response::Redirect;
use rocket::time::OffsetDateTime;
use rocket::{FromForm, State, get, post, routes};
use std::sync::Arc;

pub(super) fn routes() -> Vec<Gated> {
    [
        gate::open(routes![show, log_in, log_in_with_code]),
        gate::page(Permission::Schedule, routes![log_out, more]),
    ]
    .concat()
}

#[derive(Template)]
#[template(path = "login.html", config = "assets/askama.toml")]
struct Login<'a> {
    files: &'static Files,
    next: &'a str,
    email: &'a str,
    refused: Option<&'static str>,
    nobody: bool,
}

/// The page of the second factor, after the right password.
#[derive(Template)]
#[template(path = "login_code.html", config = "assets/askama.toml")]
struct TwoFactorPage<'a> {
    files: &'static Files,
    next: &'a str,
    pending_login: &'a str,
    wrong: bool,
}

#[derive(Template)]
#[template(path = "more.html", config = "assets/askama.toml")]
struct More {
    frame: Frame,
}

#[derive(FromForm)]
struct LoginForm {
    email: String,
    password: String,
    next: String,
}

#[derive(FromForm)]
struct CodeForm {
    pending_login: String,
    next: String,
    code: String,
    recovery_code: String,
}

#[get("/login?<next>")]
async fn show(
    web: &State<Arc<Web>>,
    signed_in: Option<SignedIn>,
    next: Option<&str>,
) -> Result<LoginResponse, Failed> {
    let next = inner_path(next.unwrap_or_default());
    if signed_in.is_some() {
        return Ok(LoginResponse::Away(Box::new(Redirect::to(next.to_owned()))));
    }
    let nobody = web.access.list().await?.is_empty();
    let files = assets::files();
    let login = Login { files, next, email: "", refused: None, nobody };
    Ok(LoginResponse::Page(Page::ok(&login)?))
}

#[post("/login", data = "<form>")]
async fn log_in(
    web: &State<Arc<Web>>,
    _pace: LoginAttempt,
    cookies: &CookieJar<'_>,
    form: Form<LoginForm>,
) -> Result<LoginResponse, Failed> {
    let next = inner_path(&form.next);
    let Some(user) = web.access.verify(&form.email, &form.password).await? else {
        return again(next, &form.email, "El correo o la contraseña no son correctos.");
    };
    if user.asks_code {
        let pending_login = web.access.start_pending_login(&user);
        let page =
            TwoFactorPage { files: assets::files(), next, pending_login: &pending_login, wrong: false };
        return Ok(LoginResponse::Page(Page::ok(&page)?));
    }
    start_session(web, cookies, &user).await?;
    Ok(LoginResponse::Away(Box::new(Redirect::to(next.to_owned()))))
}

#[post("/login/code", data = "<form>")]
async fn log_in_with_code(
    web: &State<Arc<Web>>,
    _pace: LoginAttempt,
    cookies: &CookieJar<'_>,
    form: Form<CodeForm>,
) -> Result<LoginResponse, Failed> {
    let next = inner_path(&form.next);
    let Some(user) = web.access.pending_login(&form.pending_login).await? else {
        return again(next, "", "Pasó mucho tiempo. Entrá otra vez.");
    };
    web.limits.code(user.id)?;
    let code = if form.recovery_code.trim().is_empty() { &form.code } else { &form.recovery_code };
    if !web.access.check_code(&user, code).await? {
        let page =
            TwoFactorPage { files: assets::files(), next, pending_login: &form.pending_login, wrong: true };
        return Ok(LoginResponse::Page(Page::refused(&page)?));
    }
    web.access.end_pending_login(&form.pending_login);
    start_session(web, cookies, &user).await?;
    Ok(LoginResponse::Away(Box::new(Redirect::to(next.to_owned()))))
}

/// The login page again, with the error.
fn again(next: &str, email: &str, why: &'static str) -> Result<LoginResponse, Failed> {
    let login = Login { files: assets::files(), next, email, refused: Some(why), nobody: false };
    Ok(LoginResponse::Page(Page::refused(&login)?))
}

/// Opens a session for an account and sets its cookie.
pub(super) async fn start_session(web: &Web, cookies: &CookieJar<'_>, user: &User) -> Result<(), Failed> {
    let opened = web.access.open_session(user).await?;
    let expires = OffsetDateTime::from_unix_timestamp(opened.expires_at.as_second()).ok();
    let https = web.options.public_url.starts_with("https://");
    let mut cookie = Cookie::build((cookie_name(&web.options.public_url), opened.cookie))
        .path("/")
        .http_only(true)
        .secure(https)
        .same_site(SameSite::Lax);
    if let Some(expires) = expires {
        cookie = cookie.expires(expires);
    }
    cookies.add(cookie);
    Ok(())
}

#[post("/logout", data = "<_post>")]
async fn log_out(
    web: &State<Arc<Web>>,
    cookies: &CookieJar<'_>,
    _post: Post<CsrfToken>,
) -> Result<Redirect, Failed> {
    let name = cookie_name(&web.options.public_url);
    if let Some(cookie) = cookies.get(name) {
        web.access.close_session(cookie.value()).await?;
    }
    cookies.remove(Cookie::build(name).path("/"));
    Ok(Redirect::to("/admin/login"))
}

#[get("/more")]
async fn more(web: &State<Arc<Web>>, signed_in: SignedIn) -> Result<Page, Failed> {
    let seat = Seat::of(web, &signed_in, None);
    let frame = web.app.store.read(move |tx| Frame::load(tx, &seat, Tab::More, "Más")).await?;
    Page::ok(&More { frame })
}

/// A page, or a redirect.
#[derive(rocket::Responder)]
enum LoginResponse {
    Page(Page),
    Away(Box<Redirect>),
}

/// Target after the login: one of our own pages only.
fn inner_path(next: &str) -> &str {
    let plain = next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let is_ours = next == HOME || next.starts_with("/admin/") || next.starts_with("/admin?");
    if plain && is_ours && !next.contains("//") { next } else { HOME }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_login_leads_only_inside() {
        assert_eq!(inner_path("/admin/inbox?page=2"), "/admin/inbox?page=2");
        for outside in ["", "https://evil.example", "//evil.example", "/admin//evil", "/adminx", "/admin/\\x"]
        {
            assert_eq!(inner_path(outside), HOME, "{outside}");
        }
    }
}
