//! The form of the settings: as it was typed, from settings, and into settings.

use super::refused;
use crate::app::manage;
use crate::domain::money::Percent;
use crate::domain::settings::{Cancellation, Settings};
use crate::domain::week::Weekdays;
use crate::web::admin::form::{self, Wrong};
use jiff::civil::Time;
use rocket::FromForm;

/// The days of the week by their codes.
pub(super) const DAYS: [(&str, &str); 7] = [
    ("mon", "lun"),
    ("tue", "mar"),
    ("wed", "mié"),
    ("thu", "jue"),
    ("fri", "vie"),
    ("sat", "sáb"),
    ("sun", "dom"),
];

/// The form as it was typed.
#[derive(Debug, Clone, FromForm)]
pub(super) struct Filled {
    pub(super) version: i64,
    pub(super) property_name: String,
    pub(super) property_address: String,
    pub(super) check_in_time: String,
    pub(super) check_out_time: String,
    pub(super) min_nights: String,
    pub(super) max_nights: String,
    pub(super) lead_time_hours: String,
    pub(super) horizon_days: String,
    pub(super) weekend: String,
    pub(super) weekend_nights: Vec<String>,
    pub(super) deposit_percent: String,
    pub(super) hold_minutes: String,
    pub(super) free_until_days: String,
    pub(super) refund_percent: String,
    pub(super) late_refund_percent: String,
    pub(super) cancellation_text: String,
    pub(super) bank_alias: String,
    pub(super) bank_cbu: String,
    pub(super) bank_holder: String,
    pub(super) owner_phone: String,
}

impl Filled {
    /// Settings as the form shows them.
    pub(super) fn of(settings: &Settings, version: i64) -> Filled {
        let hour = |time: Time| format!("{:02}:{:02}", time.hour(), time.minute());
        Filled {
            version,
            property_name: settings.property_name.clone(),
            property_address: settings.property_address.clone(),
            check_in_time: hour(settings.check_in_time),
            check_out_time: hour(settings.check_out_time),
            min_nights: settings.min_nights.to_string(),
            max_nights: settings.max_nights.to_string(),
            lead_time_hours: settings.lead_time_hours.to_string(),
            horizon_days: settings.horizon_days.to_string(),
            weekend: form::surcharge_words(settings.weekend_multiplier),
            weekend_nights: settings.weekend_nights.into(),
            deposit_percent: settings.deposit_percent.value().to_string(),
            hold_minutes: settings.hold_minutes.to_string(),
            free_until_days: settings.cancellation.free_until_days.to_string(),
            refund_percent: settings.cancellation.refund_percent.value().to_string(),
            late_refund_percent: settings.cancellation.late_refund_percent.value().to_string(),
            cancellation_text: settings.cancellation_text.clone(),
            bank_alias: settings.bank_alias.clone(),
            bank_cbu: settings.bank_cbu.clone(),
            bank_holder: settings.bank_holder.clone(),
            owner_phone: settings.owner_phone.clone(),
        }
    }

    /// Whether a weekend night was ticked.
    pub(super) fn has_night(&self, code: &str) -> bool {
        self.weekend_nights.iter().any(|night| night == code)
    }

    /// The settings that were typed over those that are in force, with every field that can't be read noted.
    pub(super) fn read(&self, known: &Settings) -> Result<Settings, Wrong> {
        let mut wrong = Wrong::default();
        let usual = known.clone();
        let hours = (
            wrong.take("check_in_time", hour(&self.check_in_time)).unwrap_or(usual.check_in_time),
            wrong.take("check_out_time", hour(&self.check_out_time)).unwrap_or(usual.check_out_time),
        );
        let cancellation = Cancellation {
            free_until_days: wrong.take("free_until_days", form::whole(&self.free_until_days)).unwrap_or(0),
            refund_percent: self.percent(&mut wrong, "refund_percent", &self.refund_percent),
            late_refund_percent: self.percent(&mut wrong, "late_refund_percent", &self.late_refund_percent),
        };
        let nights = Weekdays::try_from(self.weekend_nights.clone()).unwrap_or(usual.weekend_nights);
        let mut settings = Settings {
            property_name: self.property_name.clone(),
            property_address: self.property_address.clone(),
            hold_minutes: wrong.take("hold_minutes", form::whole(&self.hold_minutes)).unwrap_or(60),
            deposit_percent: self.percent(&mut wrong, "deposit_percent", &self.deposit_percent),
            weekend_multiplier: wrong
                .take("weekend", form::surcharge(&self.weekend))
                .unwrap_or(usual.weekend_multiplier),
            weekend_nights: nights,
            check_in_time: hours.0,
            check_out_time: hours.1,
            min_nights: wrong.take("min_nights", form::whole(&self.min_nights)).unwrap_or(1),
            max_nights: wrong.take("max_nights", form::whole(&self.max_nights)).unwrap_or(60),
            lead_time_hours: wrong.take("lead_time_hours", form::whole(&self.lead_time_hours)).unwrap_or(0),
            horizon_days: wrong.take("horizon_days", form::whole(&self.horizon_days)).unwrap_or(1),
            cancellation,
            cancellation_text: self.cancellation_text.clone(),
            bank_alias: self.bank_alias.clone(),
            bank_cbu: self.bank_cbu.chars().filter(|letter| !letter.is_whitespace()).collect(),
            bank_holder: self.bank_holder.clone(),
            owner_phone: self.owner_phone.clone(),
            ..usual
        };
        settings.tidy();
        for refused in settings.check(&manage::answerable()).err().unwrap_or_default() {
            wrong.note(refused.field.clone(), refused::sentence(&refused));
        }
        if wrong.is_empty() { Ok(settings) } else { Err(wrong) }
    }

    fn percent(&self, wrong: &mut Wrong, field: &'static str, typed: &str) -> Percent {
        let plain = typed.trim().trim_end_matches('%').trim_end();
        let read = form::whole(plain).and_then(|value| {
            Percent::new(value).ok_or_else(|| "Escribí un porcentaje de 0 a 100.".to_owned())
        });
        wrong.take(field, read).unwrap_or_else(|| Percent::new(0).expect("zero is a percentage"))
    }
}

fn hour(typed: &str) -> Result<Time, String> {
    let read = typed
        .trim()
        .split_once(':')
        .and_then(|(hour, minute)| Time::new(hour.parse().ok()?, minute.get(..2)?.parse().ok()?, 0, 0).ok());
    read.ok_or_else(|| "Escribí la hora así: 14:00.".to_owned())
}
