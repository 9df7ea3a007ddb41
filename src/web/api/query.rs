//! Query parameters; an error names the invalid one.

use super::super::problem::Problem;
use super::wire::Day;
use crate::domain::ids::PriceRuleId;
use crate::domain::party::{self, Party, PartyRefused, Told};
use crate::domain::pricing::{PromoCode, Terms};
use crate::domain::refusal::Refusal;
use crate::domain::stay::{STAY_NIGHTS_MAX, Stay, StayRefused};
use jiff::civil::Date;

/// Rows of a page.
pub(super) const PAGE_ROWS: u32 = 50;
/// Last page: beyond it no person reads.
const PAGE_MAX: u32 = 100_000;

/// A required parameter.
pub(super) fn required<'a>(name: &str, value: Option<&'a str>) -> Result<&'a str, Problem> {
    value.filter(|value| !value.is_empty()).ok_or_else(|| Problem::invalid(name, "is missing"))
}

/// A required date.
pub(super) fn day(name: &str, value: Option<&str>) -> Result<Date, Problem> {
    let text = required(name, value)?;
    Day::parse(text).map(|day| day.0).ok_or_else(|| Problem::invalid(name, "is written YYYY-MM-DD"))
}

/// An optional date.
pub(super) fn day_or_none(name: &str, value: Option<&str>) -> Result<Option<Date>, Problem> {
    value.filter(|value| !value.is_empty()).map(|value| day(name, Some(value))).transpose()
}

/// An optional whole number.
pub(super) fn number<T: std::str::FromStr>(name: &str, value: Option<&str>) -> Result<Option<T>, Problem> {
    let value = value.filter(|value| !value.is_empty());
    value.map(|text| text.parse().map_err(|_| Problem::invalid(name, "must be a whole number"))).transpose()
}

/// The party of the query parameters; one person by default.
pub(super) fn party(
    guests: Option<&str>,
    adults: Option<&str>,
    children: Option<&str>,
    pets: Option<&str>,
) -> Result<Party, Problem> {
    let wrong = |why: PartyRefused| Problem::invalid(why.field(), why.to_string());
    let told = Told {
        guests: number("guests", guests)?,
        adults: number("adults", adults)?,
        children: party::ages(children.unwrap_or_default()).ok_or(PartyRefused::NoChild).map_err(wrong)?,
        pets: number("pets", pets)?.unwrap_or(0),
    };
    Ok(told.party().map_err(wrong)?.unwrap_or(Party::of_adults(1)))
}

/// The terms of a price.
pub(super) fn terms(
    promo_code: Option<&str>,
    pay_with: Option<&str>,
    extras: Vec<i64>,
) -> Result<Terms, Problem> {
    let no_code = || Problem::invalid("promo_code", "must be 1 to 24 characters");
    let no_way = || Problem::invalid("pay_with", "must be mercadopago, transfer or cash");
    let given = |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    Ok(Terms {
        promo_code: given(promo_code).map(|code| PromoCode::typed(&code).ok_or_else(no_code)).transpose()?,
        pay_with: given(pay_with).map(|way| way.parse().map_err(|_| no_way())).transpose()?,
        extras: extras.into_iter().map(PriceRuleId).collect(),
    })
}

/// The requested page, from 1, and its first row.
pub(super) fn page(page: Option<&str>) -> Result<(u32, u32), Problem> {
    let page = number::<u32>("page", page)?.unwrap_or(1);
    if !(1..=PAGE_MAX).contains(&page) {
        return Err(Problem::invalid("page", format!("must be 1 to {PAGE_MAX}")));
    }
    Ok((page, (page - 1) * PAGE_ROWS))
}

/// Two dates as a stay.
pub(super) fn stay(check_in: Date, check_out: Date) -> Result<Stay, Problem> {
    Stay::new(check_in, check_out).map_err(|refused| match refused {
        StayRefused::Backwards => Refusal::BadDates.into(),
        StayRefused::TooLong => Refusal::TooLong { max: STAY_NIGHTS_MAX }.into(),
    })
}
