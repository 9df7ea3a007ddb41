//! Conversion between our values and columns: the only place that knows how a day, an instant or a word is stored.

use super::error::{StoreError, corrupt};
use super::row::Row;
use crate::domain::code::Coded;
use crate::domain::money::{Currency, Money};
use crate::domain::party::Party;
use crate::domain::stay::Stay;
use jiff::{Timestamp, civil::Date};
use serde::{Serialize, de::DeserializeOwned};
use std::str::FromStr;

/// A civil date, `YYYY-MM-DD`.
pub(super) fn date(row: &Row<'_>, column: &'static str) -> Result<Date, StoreError> {
    let text = row.text(column)?;
    text.parse().map_err(|_| corrupt(column, text))
}

/// An instant, milliseconds UTC.
pub(super) fn instant(row: &Row<'_>, column: &'static str) -> Result<Timestamp, StoreError> {
    Ok(Timestamp::from_millisecond(row.get(column)?)?)
}

/// An instant that may be missing.
pub(super) fn instant_or_none(row: &Row<'_>, column: &'static str) -> Result<Option<Timestamp>, StoreError> {
    let millis: Option<i64> = row.get(column)?;
    Ok(millis.map(Timestamp::from_millisecond).transpose()?)
}

/// The two dates of a stay.
pub(super) fn stay(row: &Row<'_>) -> Result<Stay, StoreError> {
    let (check_in, check_out) = (date(row, "check_in")?, date(row, "check_out")?);
    Stay::new(check_in, check_out).map_err(|_| corrupt("check_out", &check_out.to_string()))
}

/// The party. An older version changes the number of people alone: ages that no longer fit into it are dropped.
pub(super) fn party(row: &Row<'_>) -> Result<Party, StoreError> {
    let (people, pets) = (count(row, "guests")?, count(row, "pets")?);
    let ages: Vec<u8> = json(row, "children")?;
    let adults = u16::try_from(ages.len()).ok().and_then(|young| people.checked_sub(young));
    let party = match adults {
        Some(adults) => Party::new(adults, &ages, pets),
        None => Party::new(people, &[], pets),
    };
    party.map_err(|_| corrupt("children", &to_json(&ages)))
}

pub(super) fn ages(party: &Party) -> String {
    to_json(&party.children())
}

/// An amount with the currency beside it, which another version may have added.
pub(super) fn money(row: &Row<'_>, column: &'static str) -> Result<Money, StoreError> {
    Ok(Money::new(row.get(column)?, Currency::read(row.text("currency")?)))
}

/// A word of a closed vocabulary: the column has a CHECK, so that a new word is a new schema, which an older version
/// refuses to open.
pub(super) fn word<T>(
    row: &Row<'_>,
    column: &'static str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<T, StoreError> {
    let text = row.text(column)?;
    read(text).ok_or_else(|| corrupt(column, text))
}

/// As [`word`], where there may be none.
pub(super) fn word_or_none<T: FromStr>(row: &Row<'_>, column: &'static str) -> Result<Option<T>, StoreError> {
    let text: Option<String> = row.get(column)?;
    text.map(|text| text.parse().map_err(|_| corrupt(column, &text))).transpose()
}

/// A word of a vocabulary that another version may have extended: an unknown one is kept as it is.
pub(super) fn coded<T: FromStr>(row: &Row<'_>, column: &'static str) -> Result<Coded<T>, StoreError> {
    Ok(Coded::read(row.text(column)?))
}

pub(super) fn count(row: &Row<'_>, column: &'static str) -> Result<u16, StoreError> {
    let value: i64 = row.get(column)?;
    u16::try_from(value).map_err(|_| corrupt(column, &value.to_string()))
}

/// A value kept as JSON.
pub(super) fn json<T: DeserializeOwned>(row: &Row<'_>, column: &'static str) -> Result<T, StoreError> {
    let text = row.text(column)?;
    serde_json::from_str(text).map_err(|_| corrupt(column, text))
}

/// A value kept as JSON that may be missing.
pub(super) fn json_or_none<T: DeserializeOwned>(
    row: &Row<'_>,
    column: &'static str,
) -> Result<Option<T>, StoreError> {
    let text: Option<String> = row.get(column)?;
    text.map(|text| serde_json::from_str(&text).map_err(|_| corrupt(column, &text))).transpose()
}

/// A value as JSON. Ours are plain data, which always can be written.
pub fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plain data without maps of odd keys can be written as JSON")
}
