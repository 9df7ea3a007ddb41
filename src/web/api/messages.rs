//! WhatsApp messages of a month, with the estimated cost.

use super::query;
use crate::domain::message_cost;
use crate::store::volume;
use crate::web::http_response::HttpResponse;
use crate::web::problem::{Problem, ProblemDocument};
use crate::web::state::Web;
use jiff::ToSpan;
use jiff::civil::Date;
use rocket::{State, get};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// The form of a template; everything else is free-form.
const TEMPLATE: &str = "template";

/// Messages of a month, by the property's calendar.
#[derive(Serialize, ToSchema)]
pub struct MessagesReport {
    #[schema(example = "2027-01")]
    month: String,
    /// Messages that WhatsApp accepted.
    sent: u64,
    /// Messages that WhatsApp's reports called billable so far.
    billable: u64,
    /// Free-form messages: those that the allowance is about.
    free_form: u64,
    /// Free-form messages that cost nothing, for each number and month.
    free_allowance: u64,
    free_left: u64,
    /// What the month may cost so far: free-form beyond the allowance, and templates.
    estimated_cost_cents: u64,
    /// ISO 4217 code of the estimate: WhatsApp bills in dollars.
    currency: &'static str,
    /// The same by form and pricing category.
    by_kind: Vec<KindReport>,
}

/// Messages of one form and pricing category.
#[derive(Serialize, ToSchema)]
pub struct KindReport {
    /// `text`, `buttons`, `list`, `link`, `document` or `template`.
    kind: String,
    /// WhatsApp's category (`service`, `utility`, …); absent until a delivery report names it.
    category: Option<String>,
    /// How many WhatsApp accepted.
    sent: u64,
    /// How many its reports called billable.
    billable: u64,
}

/// Messages sent in a month, with the free allowance and an estimate of the cost.
#[utoipa::path(get, path = "/api/v1/reports/messages", tag = "reports", security(("bearer" = [])), params(
    ("month" = String, Query, description = "The month, `YYYY-MM`"),
), responses(
    (status = 200, description = "The report", body = MessagesReport),
    (status = 422, description = "The month can't be right", body = ProblemDocument),
))]
#[get("/reports/messages?<month>")]
pub async fn messages(web: &State<Arc<Web>>, month: Option<&str>) -> Result<HttpResponse, Problem> {
    let month = query::required("month", month)?.to_owned();
    let wrong = || Problem::invalid("month", "is written YYYY-MM");
    let first = query::day("month", Some(&format!("{month}-01"))).map_err(|_| wrong())?;
    let zone = &web.app.context.zone;
    let begin =
        |day: Date| day.to_zoned_datetime(zone.clone()).map(|zoned| zoned.timestamp()).map_err(|_| wrong());
    let (from, to) = (begin(first)?, begin(first.saturating_add(1.month()))?);
    let rows = web.app.store.read(move |tx| volume::sent(tx, from, to)).await?;
    let count = |wanted: bool, of: fn(&volume::Volume) -> u64| {
        rows.iter().filter(|row| (row.kind == TEMPLATE) == wanted).map(of).sum::<u64>()
    };
    let free_form = count(false, |row| row.sent);
    // Templates delivered free, such as Meta's own tests, are not counted.
    let templates = count(true, |row| row.sent.saturating_sub(row.free));
    Ok(HttpResponse::ok(&MessagesReport {
        month,
        sent: rows.iter().map(|row| row.sent).sum(),
        billable: rows.iter().map(|row| row.billable).sum(),
        free_form,
        free_allowance: message_cost::FREE_MESSAGES,
        free_left: message_cost::free_left(free_form),
        estimated_cost_cents: message_cost::estimate_cents(free_form, templates),
        currency: message_cost::CURRENCY,
        by_kind: rows
            .into_iter()
            .map(|row| KindReport {
                kind: row.kind,
                category: row.category,
                sent: row.sent,
                billable: row.billable,
            })
            .collect(),
    }))
}
