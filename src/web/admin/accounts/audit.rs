//! The audit trail: actions and who did them, newest first.

use super::super::guard::SignedIn;
use super::super::page::{Failed, Frame, Page, Seat, Tab};
use super::super::reservations::timeline::Happened;
use crate::domain::money::Currency;
use crate::domain::policy::Moment;
use crate::domain::user::Permission;
use crate::store::StoreError;
use crate::store::audit::{self, Line};
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use askama::Template;
use rocket::{State, get, routes};
use std::sync::Arc;

/// Lines on a page: some screens of a phone.
const PAGE_ROWS: usize = 50;

pub(super) fn routes() -> Vec<Gated> {
    gate::page(Permission::Administration, routes![show])
}

#[derive(Template)]
#[template(path = "audit.html", config = "assets/askama.toml")]
struct Audit {
    frame: Frame,
    rows: Vec<AuditRow>,
    /// An older page of the trail.
    is_older: bool,
    older: Option<String>,
}

/// A line, with the reservation that it concerns.
struct AuditRow {
    happened: Happened,
    code: Option<String>,
}

#[get("/audit?<before>")]
async fn show(web: &State<Arc<Web>>, signed_in: SignedIn, before: Option<i64>) -> Result<Page, Failed> {
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
        AuditRow { happened: Happened::new(&line.entry, currency, moment), code: line.code.clone() }
    }
}
