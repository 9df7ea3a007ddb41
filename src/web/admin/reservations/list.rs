//! The list of bookings: the coming ones, or all that match.

use super::super::form;
use super::super::guard::SignedIn;
use super::super::page::{Failed, Frame, Page, Seat, Tab};
use super::super::words;
use crate::app::AppContext;
use crate::domain::ids::CabinId;
use crate::domain::reservation::{Reservation, Status};
use crate::domain::user::Permission;
use crate::store::reservations::{self, Filter};
use crate::store::{Read, StoreError, cabins, guests, payments};
use crate::web::api::reservations::csv;
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use askama::Template;
use rocket::http::ContentType;
use rocket::{FromForm, State, get, routes};
use std::sync::Arc;
use strum::VariantArray;

/// Bookings of a page.
const PAGE_ROWS: u32 = 40;
/// Longest search text: a longer one finds nothing more.
const WORDS_CHARS_MAX: usize = 80;
/// Last page: beyond it one should rather search.
const PAGES_MAX: u32 = 5000;

pub(super) fn routes() -> Vec<Gated> {
    gate::page(Permission::Bookings, routes![list, table])
}

/// The search of the form.
#[derive(FromForm, Default)]
struct Search {
    q: Option<String>,
    status: Option<String>,
    cabin: Option<i64>,
    from: Option<String>,
    to: Option<String>,
    page: Option<u32>,
}

#[derive(Template)]
#[template(path = "reservations.html", config = "assets/askama.toml")]
struct List {
    frame: Frame,
    rows: Vec<ReservationRow>,
    total: String,
    coming: bool,
    q: String,
    from: String,
    to: String,
    statuses: Vec<Choice>,
    cabins: Vec<Choice>,
    query: String,
    before: Option<String>,
    after: Option<String>,
}

struct ReservationRow {
    code: String,
    guest: String,
    cabin: String,
    stay: String,
    people: String,
    channel: String,
    status: &'static str,
    status_words: &'static str,
    total: String,
    due: Option<String>,
}

/// An option of a select field.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) words: String,
    pub(super) chosen: bool,
}

#[get("/reservations?<search..>")]
async fn list(web: &State<Arc<Web>>, signed_in: SignedIn, search: Search) -> Result<Page, Failed> {
    let seat = Seat::of(web, &signed_in, None);
    let context = Arc::clone(&web.app.context);
    let list = web.app.store.read(move |tx| load(tx, &context, &seat, &search)).await?;
    Page::ok(&list)
}

/// The same as CSV for a spreadsheet.
#[get("/reservations.csv?<search..>")]
async fn table(web: &State<Arc<Web>>, search: Search) -> Result<(ContentType, String), Failed> {
    let context = Arc::clone(&web.app.context);
    let table = web.app.store.read(move |tx| csv::rows(tx, search.filter(tx, &context))).await?;
    Ok((ContentType::CSV, table))
}

impl Search {
    /// The filter of this search; invalid parts are ignored.
    fn filter(&self, tx: &impl Read, context: &AppContext) -> Filter {
        let text = self.q.as_deref().unwrap_or_default().trim();
        let text: String = text.chars().take(WORDS_CHARS_MAX).collect();
        let coming = text.is_empty()
            && self.status.as_deref().unwrap_or("coming") == "coming"
            && form::day(self.to.as_deref()).is_none();
        let page = self.page.unwrap_or(1).clamp(1, PAGES_MAX);
        Filter {
            status: self.status.as_deref().and_then(Status::from_code),
            cabin_id: self.cabin.map(CabinId),
            from: form::day(self.from.as_deref()).or_else(|| coming.then(|| context.moment(tx).today())),
            to: form::day(self.to.as_deref()),
            number: context.phone(&text).ok(),
            text: Some(text).filter(|text| !text.is_empty()),
            coming,
            offset: (page - 1) * PAGE_ROWS,
            limit: PAGE_ROWS,
        }
    }
}

fn load(tx: &impl Read, context: &AppContext, seat: &Seat, search: &Search) -> Result<List, StoreError> {
    let filter = search.filter(tx, context);
    let (found, total) = reservations::list(tx, &filter)?;
    let text = filter.text.clone().unwrap_or_default();
    let page = filter.offset / PAGE_ROWS + 1;
    let known = cabins::list(tx)?;
    let query = query(search, &text);
    let at = |page: u32| format!("/admin/reservations?{query}page={page}");
    let shown = u64::from(filter.offset) + found.len() as u64;
    let rows = found.iter().map(|found| row(tx, context, found)).collect::<Result<_, _>>()?;
    Ok(List {
        frame: Frame::load(tx, seat, Tab::Reservations, "Reservas")?,
        rows,
        total: words::count(total, "reserva", "reservas"),
        coming: filter.coming,
        q: text,
        from: search.from.clone().unwrap_or_default(),
        to: search.to.clone().unwrap_or_default(),
        statuses: statuses(search.status.as_deref().unwrap_or("coming")),
        cabins: known
            .into_iter()
            .map(|cabin| Choice {
                chosen: search.cabin == Some(cabin.id.0),
                value: cabin.id.to_string(),
                words: cabin.name,
            })
            .collect(),
        before: (page > 1).then(|| at(page - 1)),
        after: (shown < total).then(|| at(page + 1)),
        query,
    })
}

fn row(tx: &impl Read, context: &AppContext, found: &Reservation) -> Result<ReservationRow, StoreError> {
    let moment = context.moment(tx);
    let f = words::format(&moment);
    let due = found.quote.total.minor - payments::paid(tx, found.id)?;
    let owes = due > 0 && found.status.holds_nights();
    Ok(ReservationRow {
        code: found.code.to_string(),
        guest: guests::find(tx, found.guest_id)?.as_ref().map(words::guest_name).unwrap_or_default(),
        cabin: cabins::name(tx, found.cabin_id)?.unwrap_or_default(),
        stay: f.stay(found.stay),
        people: f.party(found.party),
        channel: found.channel.label(),
        status: found.status.code(),
        status_words: words::status(found.status),
        total: f.money(found.quote.total),
        due: owes.then(|| words::money(due, found.quote.total.currency)),
    })
}

fn statuses(chosen: &str) -> Vec<Choice> {
    let all = [("coming", "Próximas"), ("all", "Todas")].map(|(value, words)| (value, words.to_owned()));
    let each = Status::VARIANTS.iter().map(|status| (status.code(), words::status(*status).to_owned()));
    let choice =
        |(value, words): (&str, String)| Choice { value: value.to_owned(), words, chosen: value == chosen };
    all.into_iter().chain(each).map(choice).collect()
}

/// The query string of a search, for links to other pages and to the table.
fn query(search: &Search, text: &str) -> String {
    let cabin = search.cabin.map(|id| id.to_string());
    let given = [
        ("q", Some(text.to_owned())),
        ("status", search.status.clone()),
        ("cabin", cabin),
        ("from", search.from.clone()),
        ("to", search.to.clone()),
    ];
    given
        .into_iter()
        .filter_map(|(name, value)| value.filter(|value| !value.is_empty()).map(|value| (name, value)))
        .map(|(name, value)| format!("{name}={}&", rocket::http::RawStr::new(&value).percent_encode()))
        .collect()
}
