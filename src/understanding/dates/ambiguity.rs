//! Ambiguous dates.

use jiff::civil::Date;

use crate::understanding::reading::{DateReading, Dates};

/// Several readings in order; a single one is not ambiguous.
pub(super) fn ambiguous(mut readings: Vec<DateReading>) -> Dates {
    readings.retain(|reading| match (reading.check_in, reading.check_out) {
        (Some(from), Some(to)) => from < to,
        (from, to) => from.or(to).is_some(),
    });
    readings.dedup_by(|a, b| (a.check_in, a.check_out) == (b.check_in, b.check_out));
    match readings.as_slice() {
        [] => Dates::Invalid,
        [only] => match (only.check_in, only.check_out) {
            (Some(from), Some(to)) => Dates::stay(from, to),
            (Some(day), None) => Dates::Arrival(day),
            (None, Some(day)) => Dates::Departure(day),
            (None, None) => Dates::None,
        },
        _ => Dates::Ambiguous(readings),
    }
}

pub(super) fn reading(from: Date, to: Date, preferred: bool) -> DateReading {
    DateReading { check_in: Some(from), check_out: Some(to), preferred }
}

pub(super) fn as_reading(dates: &Dates, preferred: bool) -> Option<DateReading> {
    let (check_in, check_out) = match dates {
        Dates::Arrival(day) => (Some(*day), None),
        Dates::Departure(day) => (None, Some(*day)),
        Dates::Stay(stay) => (Some(stay.check_in), Some(stay.check_out)),
        Dates::Ambiguous(readings) => {
            let first = readings.iter().find(|reading| reading.preferred).or(readings.first())?;
            (first.check_in, first.check_out)
        }
        Dates::None | Dates::Invalid => return None,
    };
    Some(DateReading { check_in, check_out, preferred })
}
