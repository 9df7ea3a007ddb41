//! What a stay would cost, with why, or why it would be refused: the answer that a guest would get.

use super::super::words;
use super::Looking;
use super::year::named;
use crate::app::{Error, quote};
use crate::domain::cabin::Cabin;
use crate::domain::policy::Moment;
use crate::domain::refusal::Refusal;
use crate::domain::settings::Settings;
use crate::domain::stay::Stay;
use crate::store::{Read, StoreError};

/// How many people are meant when nothing is said.
const PEOPLE: u16 = 2;

#[derive(Default)]
pub(super) struct Trial {
    pub arrive: String,
    pub leave: String,
    pub people: u16,
    pub refused: Option<String>,
    pub price: Option<Price>,
}

pub(super) struct Price {
    pub lines: Vec<(String, String, String)>,
    pub total: String,
    /// What is paid in advance.
    pub deposit: String,
    /// What is paid on arrival.
    pub balance: String,
}

impl Trial {
    /// Tries a stay out, when one was asked for.
    pub(super) fn run(
        tx: &impl Read,
        settings: &Settings,
        cabin: &Cabin,
        looking: &Looking,
        moment: &Moment,
    ) -> Result<Trial, StoreError> {
        let mut trial = Trial {
            arrive: looking.arrive.clone().unwrap_or_default(),
            leave: looking.leave.clone().unwrap_or_default(),
            people: looking.people.unwrap_or(PEOPLE),
            refused: None,
            price: None,
        };
        let (Ok(arrive), Ok(leave)) = (trial.arrive.parse(), trial.leave.parse()) else { return Ok(trial) };
        let Ok(stay) = Stay::new(arrive, leave) else {
            trial.refused = Some(words::refusal(&Refusal::BadDates));
            return Ok(trial);
        };
        match quote::of_cabin(tx, cabin, settings, stay, trial.people, moment, None) {
            Ok(Ok(quote)) => {
                let f = words::format(moment);
                let lines = quote.lines.iter().map(|line| {
                    let season = line.season.as_deref().map_or("Precio de siempre".to_owned(), named);
                    let weekend = if line.weekend { ", fin de semana" } else { "" };
                    let day = words::day(line.date, moment.today());
                    (day, format!("{season}{weekend}"), f.money(line.amount))
                });
                trial.price = Some(Price {
                    lines: lines.collect(),
                    total: f.money(quote.total),
                    deposit: f.money(quote.deposit),
                    balance: f.money(quote.balance),
                });
            }
            Ok(Err(refusal)) => trial.refused = Some(words::refusal(&refusal)),
            Err(Error::Store(failed)) => return Err(failed),
            Err(refused) => trial.refused = words::error(&refused),
        }
        Ok(trial)
    }
}
