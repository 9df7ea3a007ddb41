//! Reports: the property's year in charts and tables, each also as a download for a spreadsheet.

mod bars;
mod facts;
mod tables;

use super::guard::SignedIn;
use super::page::{Failed, Frame, Page, Seat, Tab};
use super::words;
use crate::domain::user::Permission;
use crate::store::StoreError;
use crate::store::conversations::Conversion;
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use askama::Template;
use bars::Bars;
use facts::{Facts, load};
use jiff::civil::Date;
use rocket::http::ContentType;
use rocket::{State, get, routes};
use std::sync::Arc;
use tables::Table;

/// Years to choose from, before this one and after.
const YEARS_BEFORE: i16 = 10;

pub(super) fn routes() -> Vec<Gated> {
    gate::page(Permission::Reports, routes![show, table])
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
        ("Ocupación", words::percent(whole.basis_points())),
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

fn charts(facts: &Facts, money: impl Fn(i64) -> String) -> Vec<(&'static str, Bars)> {
    let months = &facts.report.months;
    let short = |date: Date| words::month(date).chars().take(3).collect::<String>();
    let occupancy: Vec<_> = months
        .iter()
        .map(|month| {
            let points = month.occupancy.basis_points();
            (short(month.first), points, words::percent(points))
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

/// An amount in thousands, short enough for the top of a bar.
fn thousands(minor: i64) -> String {
    (minor / 100_000).to_string()
}

fn converted(conversion: &Conversion) -> String {
    match conversion.threads {
        0 => "—".into(),
        threads => format!("{}", (conversion.booked * 100 + threads / 2) / threads),
    }
}
