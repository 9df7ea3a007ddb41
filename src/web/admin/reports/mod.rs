//! Reports: what the property did, in drawings and tables, each to be taken along for a spreadsheet.

mod bars;
mod tables;

use super::guard::SignedIn;
use super::page::{Failed, Frame, Page, Seat, Tab};
use super::words;
use crate::app::AppContext;
use crate::domain::message_cost;
use crate::domain::report::Report;
use crate::domain::user::Permission;
use crate::store::conversations::{self, Conversion};
use crate::store::reservations::{self, Filter};
use crate::store::{Read, StoreError, cabins, volume};
use crate::web::Web;
use crate::web::gate::{self, Gated};
use askama::Template;
use bars::Bars;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use rocket::http::ContentType;
use rocket::{State, get, routes};
use std::sync::Arc;
use tables::Table;

/// Months of a report.
const MONTHS: u8 = 12;
/// Reservations that a report reads: more than fifty cabins have in a year.
const RESERVATIONS_MAX: u32 = 50_000;
/// Years that can be chosen, before this one and after.
const YEARS_BEFORE: i16 = 10;

pub(super) fn routes() -> Vec<Gated> {
    gate::page(Permission::Reports, routes![show, table])
}

/// Everything a report is made of.
pub(super) struct Facts {
    report: Report,
    cabins: Vec<(i64, String)>,
    conversion: Conversion,
    messages: Vec<Messages>,
}

/// Messages of a month and what they may cost.
pub(super) struct Messages {
    first: Date,
    sent: u64,
    cost_cents: u64,
}

#[derive(Template)]
#[template(path = "reports.html", config = "assets/askama.toml")]
struct Page12 {
    frame: Frame,
    year: i16,
    years: Vec<i16>,
    figures: Vec<(&'static str, String)>,
    charts: Vec<(&'static str, Bars)>,
    tables: Vec<Table>,
}

#[get("/reports?<year>")]
async fn show(web: &State<Arc<Web>>, signed_in: SignedIn, year: Option<i16>) -> Result<Page, Failed> {
    let seat = Seat::of(web, &signed_in, None);
    let context = Arc::clone(&web.app.context);
    let read = web.app.store.read(move |tx| {
        let now = context.moment(tx).today().year();
        let year = chosen(year, now);
        let facts = load(tx, &context, year)?;
        let frame = Frame::load(tx, &seat, Tab::More, "Informes")?;
        Ok::<_, StoreError>((frame, now, year, facts, context.currency))
    });
    let (frame, now, year, facts, currency) = read.await?;
    let whole = &facts.report.whole;
    let money = |minor: i64| words::money(minor, currency);
    let figures = vec![
        ("Ocupación", percent(whole.basis_points())),
        ("Noches vendidas", whole.nights_sold.to_string()),
        ("Ingresos", money(whole.revenue_minor)),
        ("Precio medio por noche vendida (ADR)", money(whole.average_rate_minor())),
        ("Ingreso por noche disponible (RevPAR)", money(whole.revenue_per_available_minor())),
        ("De cada 100 que escribieron, reservaron", converted(&facts.conversion)),
    ];
    Page::ok(&Page12 {
        frame,
        year,
        years: (now - YEARS_BEFORE..=now + 1).rev().collect(),
        figures,
        charts: charts(&facts, money),
        tables: tables::all(&facts, currency),
    })
}

/// One of the tables for a spreadsheet.
#[get("/reports/<name>?<year>")]
async fn table(
    web: &State<Arc<Web>>,
    name: &str,
    year: Option<i16>,
) -> Result<(ContentType, String), Failed> {
    let name = name.strip_suffix(".csv").ok_or(Failed::NOT_FOUND)?.to_owned();
    let context = Arc::clone(&web.app.context);
    let read = web.app.store.read(move |tx| {
        let year = chosen(year, context.moment(tx).today().year());
        Ok::<_, StoreError>((load(tx, &context, year)?, context.currency))
    });
    let (facts, currency) = read.await?;
    let table = tables::all(&facts, currency).into_iter().find(|table| table.name == name);
    Ok((ContentType::CSV, table.ok_or(Failed::NOT_FOUND)?.csv()))
}

fn chosen(year: Option<i16>, now: i16) -> i16 {
    year.unwrap_or(now).clamp(now - YEARS_BEFORE, now + 1)
}

fn load(tx: &impl Read, context: &AppContext, year: i16) -> Result<Facts, StoreError> {
    let first = Date::new(year, 1, 1).unwrap_or(context.moment(tx).today());
    let end = first.saturating_add(i64::from(MONTHS).months());
    let filter = Filter { from: Some(first), to: Some(end), limit: RESERVATIONS_MAX, ..Filter::default() };
    let stays = reservations::list(tx, &filter)?.0;
    let known = cabins::list(tx)?;
    let active = known.iter().filter(|cabin| cabin.active).count();
    let moment = context.moment(tx);
    let begin = |day: Date| {
        day.to_zoned_datetime(context.zone.clone()).map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
    };
    let months = (0..MONTHS).map(|month| first.saturating_add(i64::from(month).months()));
    let messages = months.map(|first| {
        let rows = volume::sent(tx, begin(first), begin(first.saturating_add(1.month())))?;
        let sum = |template: bool| {
            rows.iter().filter(|row| (row.kind == "template") == template).map(|row| row.sent).sum::<u64>()
        };
        let cost_cents = message_cost::estimate_cents(sum(false), sum(true));
        Ok::<_, StoreError>(Messages { first, sent: sum(false) + sum(true), cost_cents })
    });
    Ok(Facts {
        report: Report::of(first, MONTHS, active, &stays, &moment),
        cabins: known.into_iter().map(|cabin| (cabin.id.0, cabin.name)).collect(),
        conversion: conversations::conversion(tx, begin(first), begin(end))?,
        messages: messages.collect::<Result<_, _>>()?,
    })
}

fn charts(facts: &Facts, money: impl Fn(i64) -> String) -> Vec<(&'static str, Bars)> {
    let months = &facts.report.months;
    let short = |date: Date| words::month(date).chars().take(3).collect::<String>();
    let occupancy: Vec<_> = months
        .iter()
        .map(|month| {
            let points = month.occupancy.basis_points();
            (short(month.first), points, percent(points))
        })
        .collect();
    let revenue: Vec<_> = months
        .iter()
        .map(|month| {
            let minor = month.occupancy.revenue_minor;
            (short(month.first), minor, if minor == 0 { String::new() } else { thousands(minor) })
        })
        .collect();
    let mut spoken = Bars::new("Ingresos por mes", &revenue, None);
    spoken.words = format!(
        "Ingresos por mes: {}",
        months
            .iter()
            .map(|month| format!("{} {}", short(month.first), money(month.occupancy.revenue_minor)))
            .collect::<Vec<_>>()
            .join(", ")
    );
    vec![
        ("Ocupación por mes", Bars::new("Ocupación por mes", &occupancy, Some(10_000))),
        ("Ingresos por mes, en miles", spoken),
    ]
}

/// An amount in thousands, short enough to stand over a bar.
fn thousands(minor: i64) -> String {
    (minor / 100_000).to_string()
}

/// "43 %".
pub(super) fn percent(basis_points: i64) -> String {
    format!("{} %", (basis_points + 50) / 100)
}

fn converted(conversion: &Conversion) -> String {
    match conversion.threads {
        0 => "—".into(),
        threads => format!("{}", (conversion.booked * 100 + threads / 2) / threads),
    }
}
