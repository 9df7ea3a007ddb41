//! The tape chart: cabins by days, a month at a time. Without script a page shows one month with links to its
//! neighbours; the script fetches the neighbours' sections and puts them beside it.

mod block;
pub(super) mod month;
mod shift;

use super::guard::SignedIn;
use super::page::{Failed, Frame, Page, Seat, Tab};
use crate::domain::user::Permission;
use crate::store::StoreError;
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use askama::Template;
use jiff::ToSpan;
use month::{Cell, Month};
use rocket::{State, get, routes};
use std::sync::Arc;

pub(super) fn routes() -> Vec<Gated> {
    let chart = gate::page(Permission::Schedule, routes![show, section]);
    [chart, block::routes(), shift::routes()].concat()
}

/// Months to choose from: last year for comparing, and as far ahead as people book.
const CHOICE: std::ops::RangeInclusive<i32> = -12..=24;

#[derive(Template)]
#[template(path = "chart.html", config = "assets/askama.toml")]
struct Chart {
    frame: Frame,
    month: Month,
    /// The account may see and make bookings.
    bookings: bool,
    /// Months to choose from, each with its name.
    choice: Vec<(String, String)>,
    before: String,
    after: String,
}

/// One month without the frame of the page.
#[derive(Template)]
#[template(path = "chart_month.html", config = "assets/askama.toml")]
struct Section {
    month: Month,
}

#[get("/chart?<from>&<said>")]
async fn show(
    web: &State<Arc<Web>>,
    signed_in: SignedIn,
    from: Option<String>,
    said: Option<&str>,
) -> Result<Page, Failed> {
    let seat = Seat::of(web, &signed_in, said);
    let role = signed_in.0.user.role;
    let context = Arc::clone(&web.app.context);
    let chart = web.app.store.read(move |tx| {
        let first = month::first_day(from.as_deref(), context.moment(tx).today());
        let frame = Frame::load(tx, &seat, Tab::Chart, "Calendario")?;
        Ok::<_, StoreError>(Chart {
            bookings: role.may(Permission::Bookings),
            frame,
            month: Month::load(tx, &context, first, role)?,
            choice: CHOICE.map(|months| month::named(first.saturating_add(months.months()))).collect(),
            before: month::id_of(first.saturating_sub(1.month())),
            after: month::id_of(first.saturating_add(1.month())),
        })
    });
    Page::ok(&chart.await?)
}

#[get("/chart/months/<id>")]
async fn section(web: &State<Arc<Web>>, signed_in: SignedIn, id: String) -> Result<Page, Failed> {
    let context = Arc::clone(&web.app.context);
    let role = signed_in.0.user.role;
    let month = web.app.store.read(move |tx| {
        let first = month::first_day(Some(&id), context.moment(tx).today());
        if month::id_of(first) != id {
            return Ok(None);
        }
        Month::load(tx, &context, first, role).map(Some)
    });
    let month = month.await.map_err(|error: StoreError| Failed::from(error))?;
    Page::ok(&Section { month: month.ok_or(Failed::NOT_FOUND)? })
}
