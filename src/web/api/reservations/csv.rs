//! Reservations as CSV (RFC 4180), for spreadsheets.

use super::list::Search;
use super::view::ReservationView;
use crate::store::reservations::Filter;
use crate::store::{Read, StoreError, reservations};
use crate::web::problem::Problem;
use crate::web::state::Web;
use rocket::http::ContentType;
use rocket::{State, get};
use std::fmt::Write;
use std::sync::Arc;

/// Most rows: twenty years of a server with ten cabins.
const ROWS_MAX: u32 = 20_000;

/// The columns, in order.
const HEADER: &str = "code,status,cabin,check_in,check_out,nights,guests,guest,phone,email,channel,\
                      total_cents,deposit_cents,paid_cents,due_cents,currency,created_at,adults,children,pets\r\n";

/// Reservations as a table.
#[utoipa::path(get, path = "/api/v1/reservations.csv", tag = "reservations", security(("bearer" = [])), params(
    ("status" = Option<String>, Query, description = "Only of this status"),
    ("cabin_id" = Option<i64>, Query, description = "Only of this cabin"),
    ("from" = Option<String>, Query, description = "Departing after this day"),
    ("to" = Option<String>, Query, description = "Arriving before this day"),
    ("q" = Option<String>, Query, description = "Part of code, name, phone or e-mail"),
), responses((status = 200, description = "The table", body = String, content_type = "text/csv")))]
#[get("/reservations.csv?<search..>")]
pub async fn table(web: &State<Arc<Web>>, search: Search<'_>) -> Result<(ContentType, String), Problem> {
    let filter = search.filter(&web.app.context, 0, ROWS_MAX)?;
    let table = web.app.store.read(move |tx| rows(tx, filter)).await?;
    Ok((ContentType::CSV, table))
}

/// All matching reservations as CSV.
pub(in crate::web) fn rows(tx: &impl Read, filter: Filter) -> Result<String, StoreError> {
    let filter = Filter { offset: 0, limit: ROWS_MAX, ..filter };
    let mut table = HEADER.to_owned();
    for reservation in reservations::list(tx, &filter)?.0 {
        push_row(&mut table, &ReservationView::load(tx, reservation)?);
    }
    Ok(table)
}

fn push_row(table: &mut String, view: &ReservationView) {
    let guest = &view.guest;
    let ages: Vec<String> = view.party.children.iter().map(u8::to_string).collect();
    let row = [
        view.code.clone(),
        view.status.to_owned(),
        cell(&view.cabin_name),
        view.check_in.0.to_string(),
        view.check_out.0.to_string(),
        view.nights.to_string(),
        view.guests.to_string(),
        cell(&guest.name),
        cell(guest.phone.as_deref().unwrap_or_default()),
        cell(guest.email.as_deref().unwrap_or_default()),
        cell(&view.channel),
        view.total_cents.to_string(),
        view.deposit_cents.to_string(),
        view.paid_cents.to_string(),
        view.due_cents.to_string(),
        cell(view.currency.code()),
        view.created_at.0.to_string(),
        view.party.adults.to_string(),
        ages.join(" "),
        view.party.pets.to_string(),
    ];
    write!(table, "{}\r\n", row.join(",")).expect("writing to a String cannot fail");
}

/// A text as a cell. A guest's name may be `=HYPERLINK(…)`: an apostrophe keeps a spreadsheet from running
/// it.
pub(in crate::web) fn cell(text: &str) -> String {
    let runs = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_phone(text);
    let text = if runs { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

fn is_phone(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_never_a_formula() {
        assert_eq!(cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(cell("-1+2"), "'-1+2");
        assert_eq!(cell("+5493515550111"), "+5493515550111");
        assert_eq!(cell("Luz, de Córdoba"), "\"Luz, de Córdoba\"");
    }
}
