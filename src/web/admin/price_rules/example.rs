//! A worked example: a stay that the owner chooses, priced with the rules as they stand, each line with how it was
//! counted.

use crate::app::quote::{self, Tariff};
use crate::app::{AppContext, Error};
use crate::dialogue::i18n::OWNER_LOCALE;
use crate::domain::cabin::Cabin;
use crate::domain::party::Party;
use crate::domain::pricing::{Inquiry, PromoCode, Terms};
use crate::domain::refusal::Refusal;
use crate::domain::stay::Stay;
use crate::store::{Read, StoreError};
use crate::web::admin::form::{self, PartyFields};
use crate::web::admin::reasons;
use jiff::ToSpan;
use rocket::FromForm;

/// The stay of the example until the owner chooses another: a week in a month's time.
const DAYS_AHEAD: i64 = 30;
const NIGHTS: i64 = 7;
const PEOPLE: u16 = 2;

#[derive(FromForm, Clone, Default)]
pub(super) struct Looking {
    pub(super) edit: Option<i64>,
    pub(super) cabin: Option<i64>,
    pub(super) arrive: Option<String>,
    pub(super) leave: Option<String>,
    pub(super) people: Option<u16>,
    pub(super) children: Option<String>,
    pub(super) pets: Option<u16>,
    pub(super) pay_with: Option<String>,
    pub(super) promo_code: Option<String>,
    pub(super) said: Option<String>,
}

#[derive(Default)]
pub(super) struct Example {
    pub(super) cabin: i64,
    pub(super) arrive: String,
    pub(super) leave: String,
    pub(super) party: PartyFields,
    pub(super) pay_with: String,
    pub(super) promo_code: String,
    pub(super) refused: Option<String>,
    /// Each line with its amount, the nights together.
    pub(super) lines: Vec<(String, String)>,
    pub(super) total: String,
    pub(super) deposit: String,
}

impl Example {
    pub(super) fn load(
        tx: &impl Read,
        context: &AppContext,
        cabins: &[Cabin],
        looking: &Looking,
    ) -> Result<Example, StoreError> {
        let chosen =
            looking.cabin.and_then(|id| cabins.iter().find(|cabin| cabin.id.0 == id)).or(cabins.first());
        let Some(cabin) = chosen else { return Ok(Example::default()) };
        let first = context.moment(tx).today().saturating_add(DAYS_AHEAD.days());
        let day = |text: &Option<String>, usual| form::day(text.as_deref()).unwrap_or(usual);
        let arrive = day(&looking.arrive, first);
        let leave = day(&looking.leave, arrive.saturating_add(NIGHTS.days()));
        let people = looking.people.unwrap_or(PEOPLE.min(cabin.capacity));
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let mut example = Example {
            cabin: cabin.id.0,
            arrive: arrive.to_string(),
            leave: leave.to_string(),
            party: PartyFields::typed(people, looking.children.as_deref(), looking.pets),
            pay_with: text(&looking.pay_with),
            promo_code: text(&looking.promo_code),
            ..Example::default()
        };
        let party = form::party(Some(people), looking.children.as_deref(), looking.pets);
        let (stay, party) = match (Stay::new(arrive, leave), party) {
            (Ok(stay), Ok(party)) => (stay, party.unwrap_or(Party::of_adults(people))),
            (Err(_), _) => {
                example.refused = Some(reasons::refusal(&Refusal::BadDates));
                return Ok(example);
            }
            (_, Err(why)) => {
                example.refused = Some(reasons::party_refused(why));
                return Ok(example);
            }
        };
        let terms = Terms {
            promo_code: PromoCode::typed(&example.promo_code),
            pay_with: example.pay_with.parse().ok(),
            ..Terms::default()
        };
        example.price(tx, context, cabin, &Inquiry { stay, party, terms })?;
        Ok(example)
    }

    fn price(
        &mut self,
        tx: &impl Read,
        context: &AppContext,
        cabin: &Cabin,
        asked: &Inquiry,
    ) -> Result<(), StoreError> {
        let tariff = Tariff::load(tx, context);
        match tariff.and_then(|tariff| quote::of_cabin(tx, cabin, &tariff, asked)) {
            Ok(Ok(quote)) => {
                let count = u16::try_from(quote.nights().count()).unwrap_or(u16::MAX);
                let nights = quote
                    .nights()
                    .map(|(_, amount)| amount)
                    .reduce(|sum, next| sum.checked_add(next).unwrap_or(sum));
                self.lines.extend(nights.map(|sum| (OWNER_LOCALE.nights(count), OWNER_LOCALE.money(sum))));
                let others = quote.lines.iter().filter(|line| line.night.is_none());
                self.lines.extend(
                    others.map(|line| (OWNER_LOCALE.line_label(line), OWNER_LOCALE.money(line.amount))),
                );
                self.total = OWNER_LOCALE.money(quote.total);
                self.deposit = OWNER_LOCALE.money(quote.deposit);
            }
            Ok(Err(refusal)) => self.refused = Some(reasons::refusal(&refusal)),
            Err(Error::Store(failed)) => return Err(failed),
            Err(refused) => self.refused = reasons::error(&refused),
        }
        Ok(())
    }
}
