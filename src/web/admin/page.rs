//! Pages as sent, their common frame, and failures.

use super::flash::Flash;
use super::guard::SignedIn;
use crate::app::Error;
use crate::app::access::AccessError;
use crate::domain::user::{Permission, Role};
use crate::ports::random::token;
use crate::store::{Read, StoreError, attention, conversations};
use crate::web::assets;
use crate::web::state::Web;
use askama::Template;
use rocket::http::{ContentType, Header, Status};
use rocket::request::Request;
use rocket::response::{self, Redirect, Responder, Response};
use std::io::Cursor;

/// Only our own files, no inline script or style, no frame, forms only to us.
pub(in crate::web) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

#[derive(Debug)]
pub struct Page {
    status: Status,
    html: String,
}

impl Page {
    /// A page with status 200.
    pub fn ok(template: &impl Template) -> Result<Page, Failed> {
        Page::with(Status::Ok, template)
    }

    /// The page of a form again, with its errors.
    pub fn refused(template: &impl Template) -> Result<Page, Failed> {
        Page::with(Status::UnprocessableEntity, template)
    }

    pub fn with(status: Status, template: &impl Template) -> Result<Page, Failed> {
        match template.render() {
            Ok(html) => Ok(Page { status, html }),
            Err(error) => {
                tracing::error!(%error, "a page could not be rendered");
                Err(Failed(Status::InternalServerError))
            }
        }
    }
}

impl<'r> Responder<'r, 'static> for Page {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        Response::build()
            .status(self.status)
            .header(ContentType::HTML)
            .header(Header::new("Content-Security-Policy", POLICY))
            .sized_body(self.html.len(), Cursor::new(self.html))
            .ok()
    }
}

/// No page: the catchers answer, in Spanish.
#[derive(Debug, Clone, Copy)]
pub struct Failed(pub Status);

impl Failed {
    /// The thing does not exist.
    pub const NOT_FOUND: Failed = Failed(Status::NotFound);
}

impl<'r> Responder<'r, 'static> for Failed {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        Err(self.0)
    }
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Failed {
        Failed(Status::new(crate::web::problem::Problem::from(error).status))
    }
}

impl From<Error> for Failed {
    fn from(error: Error) -> Failed {
        Failed(Status::new(crate::web::problem::Problem::from(error).status))
    }
}

impl From<crate::app::manage::ManageError> for Failed {
    fn from(error: crate::app::manage::ManageError) -> Failed {
        Failed(Status::new(crate::web::problem::Problem::from(error).status))
    }
}

impl From<crate::web::problem::Problem> for Failed {
    fn from(problem: crate::web::problem::Problem) -> Failed {
        Failed(Status::new(problem.status))
    }
}

impl From<AccessError> for Failed {
    fn from(error: AccessError) -> Failed {
        Failed(Status::new(crate::web::problem::Problem::from(error).status))
    }
}

/// Redirects (303) after an action to a page that shows the message.
pub fn done(path: &str, said: Flash) -> Redirect {
    let mark = if path.contains('?') { '&' } else { '?' };
    Redirect::to(format!("{path}{mark}said={}", said.code()))
}

/// A page, or a redirect.
#[derive(rocket::Responder)]
pub enum PageOrRedirect {
    Page(Page),
    Away(Box<Redirect>),
}

impl PageOrRedirect {
    pub fn away(to: Redirect) -> PageOrRedirect {
        PageOrRedirect::Away(Box::new(to))
    }
}

/// Tab to which a page belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    Today,
    Chart,
    Inbox,
    Reservations,
    More,
}

#[derive(Debug, Clone)]
pub struct Frame {
    pub title: String,
    /// Tab to which it belongs.
    pub tab: Tab,
    pub who: String,
    /// Role of the account.
    pub role: Role,
    /// CSRF token of each form of the page.
    pub csrf_token: String,
    pub attention_items: usize,
    /// Unread messages.
    pub unread: u64,
    /// Message about the last action.
    pub said: Option<&'static str>,
    /// Reason why the last action was refused.
    pub refused: Option<String>,
    /// Addresses of the page's own files.
    pub files: &'static assets::Files,
}

impl Frame {
    /// The frame of a page, from the page's own snapshot.
    pub fn load(tx: &impl Read, seat: &Seat, tab: Tab, title: &str) -> Result<Frame, StoreError> {
        Ok(Frame {
            title: title.to_owned(),
            tab,
            who: seat.who.clone(),
            role: seat.role,
            csrf_token: seat.csrf_token.clone(),
            attention_items: attention::count(tx)?,
            unread: conversations::unread(tx)?,
            said: seat.said,
            refused: None,
            files: assets::files(),
        })
    }

    /// The same with the reason of a refusal.
    pub fn refusing(self, why: impl Into<String>) -> Frame {
        Frame { refused: Some(why.into()), ..self }
    }

    /// Whether the account has this permission.
    pub fn may(&self, permission: Permission) -> bool {
        self.role.may(permission)
    }

    pub fn tabs(&self) -> impl Iterator<Item = &'static Room> + use<> {
        self.rooms().filter(|room| room.tab.is_some())
    }

    /// The rooms that are no tab.
    pub fn places(&self) -> impl Iterator<Item = &'static Room> + use<> {
        self.rooms().filter(|room| room.tab.is_none())
    }

    fn rooms(&self) -> impl Iterator<Item = &'static Room> + use<> {
        let role = self.role;
        ROOMS.iter().filter(move |room| role.may(room.permission))
    }

    /// Whether the page belongs to this room.
    pub fn is_in(&self, room: &Room) -> bool {
        room.tab.map_or(self.title == room.name, |tab| tab == self.tab)
    }

    /// Number and name of the things that wait in a room; `None` when there are none, or the account may not
    /// see them.
    pub fn waiting(&self, room: &Room) -> Option<(u64, &'static str)> {
        let (count, words) = match room.tab {
            Some(Tab::Today) => (self.attention_items as u64, "para decidir"),
            Some(Tab::Inbox) => (self.unread, "sin leer"),
            Some(Tab::Chart | Tab::Reservations | Tab::More) | None => (0, ""),
        };
        (count > 0 && self.may(Permission::Bookings)).then_some((count, words))
    }
}

#[derive(Debug)]
pub struct Room {
    pub path: &'static str,
    pub name: &'static str,
    pub icon: &'static str,
    /// Its tab, if it has one.
    tab: Option<Tab>,
    /// Permission needed to see it.
    permission: Permission,
}

impl Room {
    /// Whether it is the page with the other rooms and the logout, which stands last on a wide screen.
    pub fn is_list(&self) -> bool {
        self.tab == Some(Tab::More)
    }
}

/// Every room. The permissions of a room's routes stand beside them; a test walks both.
const ROOMS: [Room; 16] = [
    tab("/admin", "Hoy", "today", Tab::Today, Permission::Schedule),
    tab("/admin/chart", "Calendario", "chart", Tab::Chart, Permission::Schedule),
    tab("/admin/inbox", "Mensajes", "inbox", Tab::Inbox, Permission::Bookings),
    tab("/admin/reservations", "Reservas", "reservations", Tab::Reservations, Permission::Bookings),
    tab("/admin/more", "Más", "more", Tab::More, Permission::Schedule),
    place("/admin/cabins", "Cabañas", "cabins", Permission::PricesView),
    place("/admin/rates", "Precios", "rates", Permission::PricesView),
    place("/admin/calendars", "Calendarios", "calendars", Permission::PricesView),
    place("/admin/guests", "Huéspedes", "guests", Permission::Bookings),
    place("/admin/texts", "Textos y respuestas", "bubble", Permission::Texts),
    place("/admin/reports", "Informes", "reports", Permission::Reports),
    place("/admin/settings", "Ajustes", "settings", Permission::Administration),
    place("/admin/users", "Cuentas", "users", Permission::Administration),
    place("/admin/notices", "Avisos", "bell", Permission::Administration),
    place("/admin/whatsapp", "WhatsApp", "bubble", Permission::Administration),
    place("/admin/health", "Copias y estado", "health", Permission::Administration),
];

const fn tab(
    path: &'static str,
    name: &'static str,
    icon: &'static str,
    tab: Tab,
    permission: Permission,
) -> Room {
    Room { path, name, icon, tab: Some(tab), permission }
}

const fn place(path: &'static str, name: &'static str, icon: &'static str, permission: Permission) -> Room {
    Room { path, name, icon, tab: None, permission }
}

/// The viewer of a page: all that a snapshot can't tell.
#[derive(Debug, Clone)]
pub struct Seat {
    who: String,
    role: Role,
    csrf_token: String,
    said: Option<&'static str>,
}

impl Seat {
    /// The seat of a session; `said` names the message about the last action.
    pub fn of(web: &Web, signed_in: &SignedIn, said: Option<&str>) -> Seat {
        Seat {
            who: signed_in.0.user.email.clone(),
            role: signed_in.0.user.role,
            csrf_token: signed_in.0.csrf_token(&token(web.app.ports.random.as_ref())),
            said: said.and_then(|code| code.parse().ok()).map(Flash::sentence),
        }
    }
}
