//! A season as a form: the owner types the last night, and we store the day after it.

use crate::domain::cabin::Season;
use crate::domain::ids::{CabinId, SeasonId};
use crate::domain::money::{Currency, Money};
use crate::domain::week::Weekdays;
use crate::web::admin::{form, words};
use jiff::ToSpan;
use jiff::civil::Date;
use rocket::FromForm;

/// The days of a week and their form values.
pub(super) const DAYS: [(&str, &str); 7] = [
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
        }
    }

    /// Whether a stay may begin on a day, by the form.
    pub(super) fn has_day(&self, code: &str) -> bool {
        self.days.iter().any(|day| day == code)
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
        let known = self.days.iter().filter(|day| DAYS.iter().any(|(code, _)| code == day)).cloned();
        let arrival_days = Weekdays::try_from(known.collect::<Vec<_>>()).unwrap_or_default();
        Ok(Season {
            id: SeasonId(self.id.unwrap_or_default()),
            cabin_id: CabinId(self.cabin),
            name: self.name.trim().to_owned(),
            from,
            to: last.saturating_add(1.day()),
            price: Money::new(minor, currency),
            weekend_multiplier,
            min_nights,
            arrival_days,
        })
    }

    /// Path of the page from which the form came.
    pub(super) fn back(&self) -> String {
        format!("/admin/rates?cabin={}&year={}", self.cabin, self.year)
    }
}
