//! Search for reservations.

use super::super::query;
use super::find::find;
use super::view::ReservationView;
use crate::app::{AppContext, Error};
use crate::domain::ids::CabinId;
use crate::domain::reservation::Status;
use crate::store::{StoreError, reservations};
use crate::web::http_response::HttpResponse;
use crate::web::problem::{Problem, ProblemDocument};
use crate::web::state::Web;
use rocket::{FromForm, State, get};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// Longest search text: a longer one finds nothing more.
const TEXT_CHARS_MAX: usize = 80;

/// A page of reservations.
#[derive(Serialize, ToSchema)]
pub struct ReservationList {
    /// The latest arrival first.
    reservations: Vec<ReservationView>,
    /// This page, from 1.
    page: u32,
    /// Rows of a page.
    per_page: u32,
    total: u64,
}

/// What is looked for.
#[derive(FromForm)]
pub struct Search<'r> {
    status: Option<&'r str>,
    cabin_id: Option<&'r str>,
    from: Option<&'r str>,
    to: Option<&'r str>,
    q: Option<&'r str>,
}

impl Search<'_> {
    pub(super) fn filter(
        &self,
        context: &AppContext,
        offset: u32,
        limit: u32,
    ) -> Result<reservations::Filter, Problem> {
        let status = self.status.filter(|code| !code.is_empty());
        let unknown = || Problem::invalid("status", "is no status of a reservation");
        Ok(reservations::Filter {
            status: status.map(|code| Status::from_code(code).ok_or_else(unknown)).transpose()?,
            cabin_id: query::number("cabin_id", self.cabin_id)?.map(CabinId),
            from: query::day_or_none("from", self.from)?,
            to: query::day_or_none("to", self.to)?,
            text: self
                .q
                .map(str::trim)
                .filter(|q| !q.is_empty())
                .map(|q| q.chars().take(TEXT_CHARS_MAX).collect()),
            number: self.q.and_then(|q| context.phone(q).ok()),
            coming: false,
            offset,
            limit,
        })
    }
}

/// Find reservations.
#[utoipa::path(get, path = "/api/v1/reservations", tag = "reservations", security(("bearer" = [])), params(
    ("status" = Option<String>, Query, description = "Only of this status"),
    ("cabin_id" = Option<i64>, Query, description = "Only of this cabin"),
    ("from" = Option<String>, Query, description = "Departing after this day"),
    ("to" = Option<String>, Query, description = "Arriving before this day"),
    ("q" = Option<String>, Query, description = "Part of code, name, phone or e-mail"),
    ("page" = Option<u32>, Query, description = "From 1"),
), responses(
    (status = 200, description = "A page", body = ReservationList),
    (status = 422, description = "A parameter can't be right", body = ProblemDocument),
))]
#[get("/reservations?<page>&<search..>")]
pub async fn list(
    web: &State<Arc<Web>>,
    page: Option<&str>,
    search: Search<'_>,
) -> Result<HttpResponse, Problem> {
    let (page, offset) = query::page(page)?;
    let filter = search.filter(&web.app.context, offset, query::PAGE_ROWS)?;
    let list = web.app.store.read(move |tx| {
        let (found, total) = reservations::list(tx, &filter)?;
        let views = found.into_iter().map(|found| ReservationView::load(tx, found));
        Ok::<_, StoreError>((views.collect::<Result<Vec<_>, _>>()?, total))
    });
    let (reservations, total) = list.await?;
    Ok(HttpResponse::ok(&ReservationList { reservations, page, per_page: query::PAGE_ROWS, total }))
}

/// One reservation, by id or code.
#[utoipa::path(get, path = "/api/v1/reservations/{id}", tag = "reservations", security(("bearer" = [])),
    params(("id" = String, Path, description = "Its id or its code")), responses(
    (status = 200, description = "The reservation", body = ReservationView),
    (status = 404, description = "No such reservation", body = ProblemDocument),
))]
#[get("/reservations/<id>")]
pub async fn show(web: &State<Arc<Web>>, id: &str) -> Result<HttpResponse, Problem> {
    let id = id.to_owned();
    let view = web.app.store.read(move |tx| Ok::<_, Error>(ReservationView::load(tx, find(tx, &id)?)?));
    Ok(HttpResponse::ok(&view.await?))
}
