//! A trial quote: the price of a stay with its lines, or the reason of a refusal, as a guest would get it.

use super::super::form::{self, PartyFields};
use super::super::reasons;
use super::super::words;
use super::looking::Looking;
use super::year::named;
use crate::app::quote::{self, Tariff};
use crate::app::{AppContext, Error};
use crate::dialogue::i18n::OWNER_LOCALE;
use crate::domain::cabin::Cabin;
use crate::domain::party::Party;
use crate::domain::pricing::Inquiry;
use crate::domain::refusal::Refusal;
use crate::domain::stay::Stay;
use crate::store::{Read, StoreError};

/// Default number of people.
const PEOPLE: u16 = 2;

#[derive(Default)]
pub(super) struct Trial {
    pub arrive: String,
    pub leave: String,
    pub party: PartyFields,
    pub refused: Option<String>,
    pub price: Option<Price>,
}

pub(super) struct Price {
    /// Each night or charge: label, reason, amount.
    pub lines: Vec<(String, String, String)>,
    pub total: String,
    /// The deposit.
    pub deposit: String,
    /// The balance, paid on arrival.
    pub balance: String,
}

impl Trial {
    /// Quotes a stay, if one was asked for.
    pub(super) fn run(
        tx: &impl Read,
        context: &AppContext,
        cabin: &Cabin,
        looking: &Looking,
    ) -> Result<Trial, StoreError> {
        let moment = &context.moment(tx);
        let people = looking.people.unwrap_or(PEOPLE);
        let mut trial = Trial {
            arrive: looking.arrive.clone().unwrap_or_default(),
            leave: looking.leave.clone().unwrap_or_default(),
            party: PartyFields::typed(people, looking.children.as_deref(), looking.pets),
            refused: None,
            price: None,
        };
        let (Ok(arrive), Ok(leave)) = (trial.arrive.parse(), trial.leave.parse()) else { return Ok(trial) };
        let Ok(stay) = Stay::new(arrive, leave) else {
            trial.refused = Some(reasons::refusal(&Refusal::BadDates));
            return Ok(trial);
        };
        let party = match form::party(Some(people), looking.children.as_deref(), looking.pets) {
            Ok(party) => party.unwrap_or(Party::of_adults(people)),
            Err(why) => {
                trial.refused = Some(reasons::party_refused(why));
                return Ok(trial);
            }
        };
        let tariff = Tariff::load(tx, context);
        match tariff.and_then(|tariff| quote::of_cabin(tx, cabin, &tariff, &Inquiry::plain(stay, party))) {
            Ok(Ok(quote)) => {
                let f = words::format(moment);
                let lines = quote.lines.iter().map(|line| {
                    let amount = f.money(line.amount);
                    let Some(night) = &line.night else {
                        return (OWNER_LOCALE.line_label(line), String::new(), amount);
                    };
                    let season = night.season.as_deref().map_or("Precio de siempre".to_owned(), named);
                    let weekend = if night.weekend { ", fin de semana" } else { "" };
                    (words::day(night.date, moment.today()), format!("{season}{weekend}"), amount)
                });
                trial.price = Some(Price {
                    lines: lines.collect(),
                    total: f.money(quote.total),
                    deposit: f.money(quote.deposit),
                    balance: f.money(quote.balance),
                });
            }
            Ok(Err(refusal)) => trial.refused = Some(reasons::refusal(&refusal)),
            Err(Error::Store(failed)) => return Err(failed),
            Err(refused) => trial.refused = reasons::error(&refused),
        }
        Ok(trial)
    }
}
