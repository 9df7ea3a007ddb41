//! What was done in casero and by whom, newest first.

use super::super::guard::SignedIn;
use super::super::page::{Failed, Frame, Page, Seat, Tab};
use super::super::reservations::timeline::{Happened, who};
use super::super::words;
use crate::domain::money::Currency;
use crate::domain::policy::Moment;
use crate::store::StoreError;
use crate::store::audit::{self, Line};
use crate::web::Web;
use askama::Template;
use rocket::{Route, State, get, routes};
use std::sync::Arc;

/// Lines on a page: some screens of a phone.
const PAGE_ROWS: usize = 50;

pub(super) fn routes() -> Vec<Route> {
    routes![show]
}

#[derive(Template)]
#[template(path = "audit.html", config = "assets/askama.toml")]
struct Audit {
    frame: Frame,
    rows: Vec<AuditRow>,
    /// These are not the newest.
    is_older: bool,
    older: Option<String>,
}

struct AuditRow {
    at: String,
    who: String,
    what: String,
    code: Option<String>,
}

#[get("/audit?<before>")]
async fn show(web: &State<Arc<Web>>, signed_in: SignedIn, before: Option<i64>) -> Result<Page, Failed> {
    signed_in.only_owner()?;
    let (seat, context) = (Seat::of(web, &signed_in, None), Arc::clone(&web.app.context));
    let read = web.app.store.read(move |tx| {
        let moment = context.moment(tx);
        let mut lines = audit::before(tx, before.unwrap_or(i64::MAX), PAGE_ROWS + 1)?;
        let more = lines.len() > PAGE_ROWS;
        lines.truncate(PAGE_ROWS);
        let last = lines.last().filter(|_| more);
        Ok::<_, StoreError>(Audit {
            frame: Frame::load(tx, &seat, Tab::More, "Qué se hizo")?,
            is_older: before.is_some(),
            older: last.map(|line| format!("/admin/audit?before={}", line.id)),
            rows: lines.iter().map(|line| AuditRow::new(line, context.currency, &moment)).collect(),
        })
    });
    Page::ok(&read.await?)
}

impl AuditRow {
    fn new(line: &Line, currency: Currency, moment: &Moment) -> AuditRow {
        let entry = &line.entry;
        AuditRow {
            at: words::when(entry.at, moment),
            who: who(&entry.actor),
            what: of_account(&entry.event)
                .map_or_else(|| Happened::new(entry, currency, moment).what, str::to_owned),
            code: line.code.clone(),
        }
    }
}

/// What is about no reservation.
fn of_account(event: &str) -> Option<&'static str> {
    Some(match event {
        "account_added" => "Agregó una cuenta.",
        "account_password" => "Cambió la contraseña de una cuenta.",
        "account_role" => "Cambió lo que puede hacer una cuenta.",
        "account_removed" => "Borró una cuenta.",
        "codes_on" => "Puso la segunda llave en su cuenta.",
        "codes_off" => "Sacó la segunda llave de una cuenta.",
        "rescue_used" => "Entró con un código de papel.",
        "cabin_added" => "Agregó una cabaña.",
        "cabin_changed" => "Cambió una cabaña.",
        "cabin_removed" => "Borró una cabaña.",
        "photo_added" => "Agregó una foto.",
        "photo_removed" => "Borró una foto.",
        "season_added" => "Agregó una temporada.",
        "season_changed" => "Cambió una temporada.",
        "season_removed" => "Borró una temporada.",
        "nights_closed" => "Cerró noches.",
        "nights_opened" => "Abrió noches.",
        "feed_added" => "Agregó el calendario de un canal.",
        "feed_removed" => "Sacó el calendario de un canal.",
        "feed_link_renewed" => "Anuló el link de un calendario y sacó uno nuevo.",
        "copy_made" => "Hizo una copia de seguridad.",
        "copy_restored" => "Volvió a una copia de seguridad.",
        "matter_settled" => "Dio por resuelto un asunto.",
        "guest_exported" => "Se llevó los datos de un huésped.",
        "settings_changed" => "Cambió los ajustes.",
        "thread_taken_over" => "Tomó una conversación.",
        "thread_handed_back" => "Dejó una conversación en manos de Casero.",
        "thread_answered" => "Contestó a un huésped.",
        "canned_added" => "Agregó un texto guardado.",
        "canned_changed" => "Cambió un texto guardado.",
        "canned_removed" => "Borró un texto guardado.",
        "guest_changed" => "Cambió los datos de un huésped.",
        "guest_erased" => "Borró los datos de un huésped.",
        _ => return None,
    })
}
