//! The door of the page: in with an address and a password, out again.

use super::HOME;
use super::guard::{Inside, Post, Sealed, cookie_name};
use super::page::{Failed, Frame, Page, Seat, Tab};
use crate::domain::user::Permission;
use crate::domain::user::User;
use crate::web::Web;
use crate::web::assets::{self, Files};
use crate::web::auth::AtTheDoor;
use crate::web::gate::{self, Gated};
use askama::Template;
use rocket::form::Form;
use rocket::http::{Cookie, CookieJar, SameSite};
use rocket::response::Redirect;
use rocket::time::OffsetDateTime;
use rocket::{FromForm, State, get, post, routes};
use std::sync::Arc;

pub(super) fn routes() -> Vec<Gated> {
    [
        gate::open(routes![show, enter, enter_with_code]),
        gate::page(Permission::Schedule, routes![leave, more]),
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

/// The second lock: who stands before it gave the right password.
#[derive(Template)]
#[template(path = "login_code.html", config = "assets/askama.toml")]
struct SecondLock<'a> {
    files: &'static Files,
    next: &'a str,
    half: &'a str,
    wrong: bool,
}

#[derive(Template)]
#[template(path = "more.html", config = "assets/askama.toml")]
struct More {
    frame: Frame,
}

#[derive(FromForm)]
struct Entrance {
    email: String,
    password: String,
    next: String,
}

#[derive(FromForm)]
struct Code {
    half: String,
    next: String,
    code: String,
    rescue: String,
}

#[get("/login?<next>")]
async fn show(web: &State<Arc<Web>>, inside: Option<Inside>, next: Option<&str>) -> Result<Shown, Failed> {
    let next = inner_path(next.unwrap_or_default());
    if inside.is_some() {
        return Ok(Shown::Away(Box::new(Redirect::to(next.to_owned()))));
    }
    let nobody = web.access.list().await?.is_empty();
    let files = assets::files();
    let login = Login { files, next, email: "", refused: None, nobody };
    Ok(Shown::Page(Page::ok(&login)?))
}

#[post("/login", data = "<form>")]
async fn enter(
    web: &State<Arc<Web>>,
    _pace: AtTheDoor,
    cookies: &CookieJar<'_>,
    form: Form<Entrance>,
) -> Result<Shown, Failed> {
    let next = inner_path(&form.next);
    let Some(user) = web.access.verify(&form.email, &form.password).await? else {
        return again(next, &form.email, "El correo o la contraseña no son correctos.");
    };
    if user.asks_code {
        let half = web.access.keep_half(&user);
        let lock = SecondLock { files: assets::files(), next, half: &half, wrong: false };
        return Ok(Shown::Page(Page::ok(&lock)?));
    }
    let_in(web, cookies, &user).await?;
    Ok(Shown::Away(Box::new(Redirect::to(next.to_owned()))))
}

#[post("/login/code", data = "<form>")]
async fn enter_with_code(
    web: &State<Arc<Web>>,
    _pace: AtTheDoor,
    cookies: &CookieJar<'_>,
    form: Form<Code>,
) -> Result<Shown, Failed> {
    let next = inner_path(&form.next);
    let Some(user) = web.access.half(&form.half).await? else {
        return again(next, "", "Pasó mucho tiempo. Entrá otra vez.");
    };
    web.limits.code(user.id)?;
    let code = if form.rescue.trim().is_empty() { &form.code } else { &form.rescue };
    if !web.access.takes_code(&user, code).await? {
        let lock = SecondLock { files: assets::files(), next, half: &form.half, wrong: true };
        return Ok(Shown::Page(Page::refused(&lock)?));
    }
    web.access.forget_half(&form.half);
    let_in(web, cookies, &user).await?;
    Ok(Shown::Away(Box::new(Redirect::to(next.to_owned()))))
}

/// The door's page again, with what was wrong.
fn again(next: &str, email: &str, why: &'static str) -> Result<Shown, Failed> {
    let login = Login { files: assets::files(), next, email, refused: Some(why), nobody: false };
    Ok(Shown::Page(Page::refused(&login)?))
}

/// Opens a session for somebody who was let in, and hands its cookie to their browser.
pub(super) async fn let_in(web: &Web, cookies: &CookieJar<'_>, user: &User) -> Result<(), Failed> {
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
async fn leave(
    web: &State<Arc<Web>>,
    cookies: &CookieJar<'_>,
    _post: Post<Sealed>,
) -> Result<Redirect, Failed> {
    let name = cookie_name(&web.options.public_url);
    if let Some(cookie) = cookies.get(name) {
        web.access.close_session(cookie.value()).await?;
    }
    cookies.remove(Cookie::build(name).path("/"));
    Ok(Redirect::to("/admin/login"))
}

#[get("/more")]
async fn more(web: &State<Arc<Web>>, inside: Inside) -> Result<Page, Failed> {
    let seat = Seat::of(web, &inside, None);
    let frame = web.app.store.read(move |tx| Frame::load(tx, &seat, Tab::More, "Más")).await?;
    Page::ok(&More { frame })
}

/// A page, or the way to another.
#[derive(rocket::Responder)]
enum Shown {
    Page(Page),
    Away(Box<Redirect>),
}

/// Where to go after the door: only below our own pages.
fn inner_path(next: &str) -> &str {
    let plain = next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let inside = next == HOME || next.starts_with("/admin/") || next.starts_with("/admin?");
    if plain && inside && !next.contains("//") { next } else { HOME }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_door_leads_only_inside() {
        assert_eq!(inner_path("/admin/inbox?page=2"), "/admin/inbox?page=2");
        for outside in ["", "https://evil.example", "//evil.example", "/admin//evil", "/adminx", "/admin/\\x"]
        {
            assert_eq!(inner_path(outside), HOME, "{outside}");
        }
    }
}
