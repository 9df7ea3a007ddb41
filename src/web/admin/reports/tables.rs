//! The numbers of a report, as tables for the page and for a spreadsheet.

use super::facts::{Facts, Messages};
use crate::dialogue::i18n::OWNER_LOCALE;
use crate::domain::money::Currency;
use crate::domain::occupancy::{Occupancy, Sold};
use crate::web::admin::words;
use crate::web::api::reservations::csv;
use jiff::civil::Date;
use std::fmt::Display;

pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) heads: Vec<&'static str>,
    pub(super) rows: Vec<ReportRow>,
}

/// A row: label, and numbers in words.
pub(super) struct ReportRow {
    pub(super) name: String,
    pub(super) cells: Vec<String>,
    /// The numbers for a spreadsheet: money in units, not in cents.
    plain: Vec<String>,
}

/// A number in words, and as a spreadsheet takes it.
struct Cell {
    words: String,
    plain: String,
}

/// A column of figures about a `T`: its heading, and its cell. A table's columns stand in one list.
struct Column<T> {
    head: &'static str,
    cell: fn(&T, Currency) -> Cell,
}

impl Cell {
    fn count(count: impl Display) -> Cell {
        Cell { words: count.to_string(), plain: count.to_string() }
    }

    fn money(minor: i64, currency: Currency) -> Cell {
        Cell { words: words::money(minor, currency), plain: units(minor) }
    }

    fn percent(basis_points: i64) -> Cell {
        Cell { words: words::percent(basis_points), plain: format!("{:.4}", ratio(basis_points)) }
    }
}

impl Table {
    /// `first` is the heading of the rows' names.
    fn of<T>(
        (name, title, first): (&'static str, &'static str, &'static str),
        columns: &[Column<T>],
        rows: impl IntoIterator<Item = (String, T)>,
        currency: Currency,
    ) -> Table {
        let row = |(name, figures): (String, T)| {
            let cells = columns.iter().map(|column| (column.cell)(&figures, currency));
            let (cells, plain) = cells.map(|cell| (cell.words, cell.plain)).unzip();
            ReportRow { name, cells, plain }
        };
        Table {
            name,
            title,
            heads: std::iter::once(first).chain(columns.iter().map(|column| column.head)).collect(),
            rows: rows.into_iter().map(row).collect(),
        }
    }

    /// The table as CSV (RFC 4180), with a header row.
    pub(super) fn csv(&self) -> String {
        let mut table = self.heads.iter().map(|head| csv::cell(head)).collect::<Vec<_>>().join(",");
        table.push_str("\r\n");
        for row in &self.rows {
            table.push_str(&csv::cell(&row.name));
            for cell in &row.plain {
                table.push(',');
                table.push_str(cell);
            }
            table.push_str("\r\n");
        }
        table
    }
}

pub(super) fn all(facts: &Facts, currency: Currency) -> Vec<Table> {
    vec![
        months(facts, currency),
        channels(facts, currency),
        kinds(facts, currency),
        cabins(facts, currency),
        lead(facts, currency),
        messages(facts, currency),
        conversion(facts, currency),
    ]
}

const OF_A_MONTH: [Column<Occupancy>; 6] = [
    Column { head: "Noches vendidas", cell: |sum, _| Cell::count(sum.nights_sold) },
    Column { head: "Noches disponibles", cell: |sum, _| Cell::count(sum.nights_available) },
    Column { head: "Ocupación", cell: |sum, _| Cell::percent(sum.basis_points()) },
    Column { head: "Ingresos", cell: |sum, currency| Cell::money(sum.revenue_minor, currency) },
    Column { head: "ADR", cell: |sum, currency| Cell::money(sum.average_rate_minor(), currency) },
    Column { head: "RevPAR", cell: |sum, currency| Cell::money(sum.revenue_per_available_minor(), currency) },
];

const SOLD: [Column<Sold>; 2] = [
    Column { head: "Noches", cell: |sold, _| Cell::count(sold.nights) },
    Column { head: "Ingresos", cell: |sold, currency| Cell::money(sold.revenue_minor, currency) },
];

const MESSAGES: [Column<Messages>; 2] = [
    Column { head: "Enviados", cell: |month, _| Cell::count(month.sent) },
    Column {
        head: "Costo estimado (dólares)",
        cell: |month, _| Cell::money(signed(month.cost_cents), Currency::Usd),
    },
];

const EARNED: [Column<i64>; 1] =
    [Column { head: "Ingresos", cell: |minor, currency| Cell::money(*minor, currency) }];

const STAYS: [Column<u64>; 1] = [Column { head: "Reservas", cell: |count, _| Cell::count(*count) }];

const GUESTS: [Column<u64>; 1] = [Column { head: "Huéspedes", cell: |count, _| Cell::count(*count) }];

fn months(facts: &Facts, currency: Currency) -> Table {
    let months = facts.report.months.iter().map(|month| (month_name(month.first), month.occupancy.clone()));
    Table::of(("months", "Por mes", "Mes"), &OF_A_MONTH, months, currency)
}

fn channels(facts: &Facts, currency: Currency) -> Table {
    let sold = facts.report.whole.channels.iter().map(|(channel, sold)| (channel.label(), *sold));
    Table::of(("channels", "Por canal", "Canal"), &SOLD, sold, currency)
}

fn kinds(facts: &Facts, currency: Currency) -> Table {
    let sums = facts.report.whole.kinds.iter().map(|(kind, minor)| (OWNER_LOCALE.line_kind(*kind), *minor));
    Table::of(("kinds", "Por concepto", "Concepto"), &EARNED, sums, currency)
}

fn cabins(facts: &Facts, currency: Currency) -> Table {
    let name = |id: i64| {
        let known = facts.cabins.iter().find(|(known, _)| *known == id);
        known.map_or_else(|| "Ya no está".to_owned(), |(_, name)| name.clone())
    };
    let sold = facts.report.cabins.iter().map(|(id, sold)| (name(id.0), *sold));
    Table::of(("cabins", "Por cabaña", "Cabaña"), &SOLD, sold, currency)
}

fn lead(facts: &Facts, currency: Currency) -> Table {
    let names =
        ["Hasta 2 días antes", "De 3 a 7 días", "De 8 a 30 días", "De 31 a 90 días", "Más de 90 días"];
    let rows = names.map(str::to_owned).into_iter().zip(facts.report.lead);
    Table::of(("lead", "Con cuánta anticipación reservan", "Anticipación"), &STAYS, rows, currency)
}

fn messages(facts: &Facts, currency: Currency) -> Table {
    let rows = facts.messages.iter().map(|month| (month_name(month.first), *month));
    Table::of(("messages", "Mensajes de WhatsApp", "Mes"), &MESSAGES, rows, currency)
}

fn conversion(facts: &Facts, currency: Currency) -> Table {
    let steps = facts.conversion;
    let rows = [
        ("Escribieron por primera vez".to_owned(), steps.threads),
        ("Guardaron una cabaña".to_owned(), steps.held),
        ("Reservaron".to_owned(), steps.booked),
    ];
    Table::of(("conversion", "De la charla a la reserva", "Paso"), &GUESTS, rows, currency)
}

fn month_name(first: Date) -> String {
    format!("{} {}", words::month(first), first.year())
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn units(minor: i64) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", minor.abs() / 100, minor.abs() % 100)
}

fn ratio(basis_points: i64) -> f64 {
    f64::from(i32::try_from(basis_points).unwrap_or(i32::MAX)) / 10_000.0
}
