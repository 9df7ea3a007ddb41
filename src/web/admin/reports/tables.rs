//! The numbers of a report, as tables for the page and for a spreadsheet.

use super::facts::Facts;
use crate::domain::money::Currency;
use crate::domain::occupancy::Sold;
use crate::web::admin::words;
use crate::web::api::reservations::csv;

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

impl Table {
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
        cabins(facts, currency),
        lead(facts),
        messages(facts),
        conversion(facts),
    ]
}

fn months(facts: &Facts, currency: Currency) -> Table {
    let rows = facts.report.months.iter().map(|month| {
        let sum = &month.occupancy;
        let money = [sum.revenue_minor, sum.average_rate_minor(), sum.revenue_per_available_minor()];
        let [revenue, adr, revpar] = money.map(|minor| words::money(minor, currency));
        let mut plain = vec![sum.nights_sold.to_string(), sum.nights_available.to_string()];
        plain.push(format!("{:.4}", ratio(sum.basis_points())));
        plain.extend(money.map(units));
        ReportRow {
            name: format!("{} {}", words::month(month.first), month.first.year()),
            cells: vec![
                sum.nights_sold.to_string(),
                sum.nights_available.to_string(),
                words::percent(sum.basis_points()),
                revenue,
                adr,
                revpar,
            ],
            plain,
        }
    });
    Table {
        name: "months",
        title: "Por mes",
        heads: vec!["Mes", "Noches vendidas", "Noches disponibles", "Ocupación", "Ingresos", "ADR", "RevPAR"],
        rows: rows.collect(),
    }
}

fn channels(facts: &Facts, currency: Currency) -> Table {
    let sold = facts.report.whole.channels.iter();
    Table {
        name: "channels",
        title: "Por canal",
        heads: vec!["Canal", "Noches", "Ingresos"],
        rows: sold.map(|(channel, sold)| of(channel.label(), *sold, currency)).collect(),
    }
}

fn cabins(facts: &Facts, currency: Currency) -> Table {
    let name = |id: i64| facts.cabins.iter().find(|(known, _)| *known == id).map(|(_, name)| name.clone());
    let sold = facts.report.cabins.iter();
    Table {
        name: "cabins",
        title: "Por cabaña",
        heads: vec!["Cabaña", "Noches", "Ingresos"],
        rows: sold
            .map(|(id, sold)| of(name(id.0).unwrap_or_else(|| "Ya no está".into()), *sold, currency))
            .collect(),
    }
}

fn of(name: String, sold: Sold, currency: Currency) -> ReportRow {
    ReportRow {
        name,
        cells: vec![sold.nights.to_string(), words::money(sold.revenue_minor, currency)],
        plain: vec![sold.nights.to_string(), units(sold.revenue_minor)],
    }
}

fn lead(facts: &Facts) -> Table {
    let names =
        ["Hasta 2 días antes", "De 3 a 7 días", "De 8 a 30 días", "De 31 a 90 días", "Más de 90 días"];
    let rows = names.into_iter().zip(facts.report.lead);
    Table {
        name: "lead",
        title: "Con cuánta anticipación reservan",
        heads: vec!["Anticipación", "Reservas"],
        rows: rows.map(|(name, count)| counted(name.to_owned(), &[count])).collect(),
    }
}

fn messages(facts: &Facts) -> Table {
    let rows = facts.messages.iter().map(|month| ReportRow {
        name: format!("{} {}", words::month(month.first), month.first.year()),
        cells: vec![month.sent.to_string(), words::money(signed(month.cost_cents), Currency::Usd)],
        plain: vec![month.sent.to_string(), units(signed(month.cost_cents))],
    });
    Table {
        name: "messages",
        title: "Mensajes de WhatsApp",
        heads: vec!["Mes", "Enviados", "Costo estimado (dólares)"],
        rows: rows.collect(),
    }
}

fn conversion(facts: &Facts) -> Table {
    let steps = facts.conversion;
    let rows = [
        ("Escribieron por primera vez", steps.threads),
        ("Guardaron una cabaña", steps.held),
        ("Reservaron", steps.booked),
    ];
    Table {
        name: "conversion",
        title: "De la charla a la reserva",
        heads: vec!["Paso", "Huéspedes"],
        rows: rows.into_iter().map(|(name, count)| counted(name.to_owned(), &[count])).collect(),
    }
}

fn counted(name: String, counts: &[u64]) -> ReportRow {
    let cells: Vec<String> = counts.iter().map(u64::to_string).collect();
    ReportRow { name, plain: cells.clone(), cells }
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
