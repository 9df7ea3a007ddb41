//! A season as a form: the owner types the last night, and we store the day after it.

use crate::domain::amount;
use crate::domain::cabin::Season;
use crate::domain::deposit::{DepositRule, GapPrice};
use crate::domain::ids::{CabinId, SeasonId};
use crate::domain::money::{Currency, Money, Percent};
use crate::domain::week::Weekdays;
use crate::web::admin::{form, words};
use jiff::ToSpan;
use jiff::civil::Date;
use rocket::FromForm;

/// The days of a week and their form values.
pub(in crate::web::admin) const DAYS: [(&str, &str); 7] = [
    ("mon", "lunes"),
    ("tue", "martes"),
    ("wed", "miércoles"),
    ("thu", "jueves"),
    ("fri", "viernes"),
    ("sat", "sábado"),
    ("sun", "domingo"),
];

#[derive(FromForm, Clone, Default)]
pub(super) struct SeasonForm {
    /// The season being changed; `None` for a new one.
    pub id: Option<i64>,
    pub cabins: Vec<i64>,
    pub cabin: i64,
    pub year: i16,
    pub name: String,
    pub from: String,
    /// Last night, itself in it.
    pub last: String,
    pub price: String,
    pub min_nights: String,
    /// Surcharge of a weekend night, in percent.
    pub weekend: String,
    /// Days on which a stay may begin.
    pub days: Vec<String>,
    /// Days on which a stay that begins in it may end.
    pub leave_days: Vec<String>,
    /// "50 %", an amount, or "primera noche"; empty follows the settings.
    #[field(default = String::new())]
    pub deposit: String,
    /// "120 %" or an amount; empty sells no gap nights.
    #[field(default = String::new())]
    pub gap: String,
}

impl SeasonForm {
    /// An empty form for a cabin, beginning on a tapped night.
    pub(super) fn at(cabin: i64, from: Option<&str>) -> SeasonForm {
        let from: Option<Date> = from.and_then(|from| from.parse().ok());
        let from = from.map(|day| day.to_string()).unwrap_or_default();
        SeasonForm { cabins: vec![cabin], cabin, last: from.clone(), from, ..SeasonForm::default() }
    }

    /// The form of a season that exists.
    pub(super) fn of(season: &Season) -> SeasonForm {
        let (whole, cents) = (season.price.minor / 100, season.price.minor % 100);
        let price = if cents == 0 { whole.to_string() } else { format!("{whole},{cents:02}") };
        SeasonForm {
            id: Some(season.id.0),
            cabins: vec![season.cabin_id.0],
            cabin: season.cabin_id.0,
            year: season.from.year(),
            name: season.name.clone(),
            from: season.from.to_string(),
            last: season.to.yesterday().unwrap_or(season.to).to_string(),
            price,
            min_nights: season.min_nights.map(|nights| nights.to_string()).unwrap_or_default(),
            weekend: season.weekend_multiplier.map(form::surcharge_words).unwrap_or_default(),
            days: season.arrival_days.into(),
            leave_days: season.departure_days.into(),
            deposit: season.deposit.map(deposit_words).unwrap_or_default(),
            gap: season.gap.map(gap_words).unwrap_or_default(),
        }
    }

    /// Whether a stay may begin on a day, by the form.
    pub(super) fn has_day(&self, code: &str) -> bool {
        self.days.iter().any(|day| day == code)
    }

    /// Whether a stay may end on a day, by the form.
    pub(super) fn has_leave_day(&self, code: &str) -> bool {
        self.leave_days.iter().any(|day| day == code)
    }

    /// Whether the form selects a cabin.
    pub(super) fn has_cabin(&self, id: impl std::borrow::Borrow<i64>) -> bool {
        self.cabins.contains(id.borrow())
    }

    pub(super) fn season(&self, currency: Currency) -> Result<Season, String> {
        let day = |text: &str, name: &str| -> Result<Date, String> {
            text.trim().parse().map_err(|_| format!("{name}: falta la fecha."))
        };
        let (from, last) = (day(&self.from, "Primera noche")?, day(&self.last, "Última noche")?);
        if last < from {
            return Err("La última noche tiene que ser la primera o una posterior.".into());
        }
        let minor = words::read_amount(&self.price)
            .ok_or("Precio: escribilo en números, por ejemplo 80.000.".to_owned())?;
        let min_nights = match self.min_nights.trim() {
            "" => None,
            text => Some(text.parse().map_err(|_| "Mínimo de noches: tiene que ser un número.".to_owned())?),
        };
        let weekend_multiplier = match self.weekend.trim() {
            "" => None,
            text => Some(
                form::surcharge(text.trim_start_matches('+'))
                    .map_err(|_| "Fin de semana: un porcentaje de -90 a 900.".to_owned())?,
            ),
        };
        let known = |days: &[String]| {
            let known = days.iter().filter(|day| DAYS.iter().any(|(code, _)| code == day)).cloned();
            Weekdays::try_from(known.collect::<Vec<_>>()).unwrap_or_default()
        };
        Ok(Season {
            id: SeasonId(self.id.unwrap_or_default()),
            cabin_id: CabinId(self.cabin),
            name: self.name.trim().to_owned(),
            from,
            to: last.saturating_add(1.day()),
            price: Money::new(minor, currency),
            weekend_multiplier,
            min_nights,
            arrival_days: known(&self.days),
            departure_days: known(&self.leave_days),
            deposit: deposit(&self.deposit)?,
            gap: gap(&self.gap)?,
        })
    }

    /// Path of the page from which the form came.
    pub(super) fn back(&self) -> String {
        format!("/admin/rates?cabin={}&year={}", self.cabin, self.year)
    }
}

const FIRST_NIGHT: &str = "primera noche";

pub(super) fn deposit_words(rule: DepositRule) -> String {
    match rule {
        DepositRule::Percent(percent) => format!("{} %", percent.value()),
        DepositRule::AmountCents(minor) => amount::write(minor),
        DepositRule::FirstNight => FIRST_NIGHT.to_owned(),
    }
}

fn deposit(text: &str) -> Result<Option<DepositRule>, String> {
    let text = text.trim();
    let percent = |text: &str| text.trim().parse().ok().and_then(Percent::new).map(DepositRule::Percent);
    let read = match text.strip_suffix('%') {
        _ if text.is_empty() => return Ok(None),
        Some(part) => percent(part),
        None if text.to_lowercase() == FIRST_NIGHT => Some(DepositRule::FirstNight),
        None => words::read_amount(text).map(DepositRule::AmountCents),
    };
    read.map(Some).ok_or_else(|| "Seña: escribí «50 %», un importe o «primera noche».".to_owned())
}

pub(super) fn gap_words(price: GapPrice) -> String {
    match price {
        GapPrice::Percent(percent) => format!("{percent} %"),
        GapPrice::AmountCents(minor) => amount::write(minor),
    }
}

fn gap(text: &str) -> Result<Option<GapPrice>, String> {
    let text = text.trim();
    let read = match text.strip_suffix('%') {
        _ if text.is_empty() => return Ok(None),
        Some(part) => part.trim().parse().ok().map(GapPrice::Percent),
        None => words::read_amount(text).map(GapPrice::AmountCents),
    };
    read.map(Some).ok_or_else(|| "Huecos: escribí «120 %» o un importe por noche.".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deposit_and_gap_are_typed_as_they_are_shown() {
        for text in ["50 %", "40.000", "primera noche"] {
            assert_eq!(deposit(text).unwrap().map(deposit_words).as_deref(), Some(text));
        }
        for text in ["120 %", "40.000"] {
            assert_eq!(gap(text).unwrap().map(gap_words).as_deref(), Some(text));
        }
        assert_eq!((deposit(" ").unwrap(), gap("").unwrap()), (None, None));
        assert!(deposit("120 %").is_err() && gap("mucho").is_err());
    }
}
