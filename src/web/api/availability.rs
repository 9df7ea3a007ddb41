//! Availability and prices: public, so that any page can ask.

use super::query;
use super::wire::Day;
use crate::app::Error;
use crate::app::quote::{self, Tariff};
use crate::dialogue::i18n::Locale;
use crate::domain::ids::CabinId;
use crate::domain::language::Language;
use crate::domain::money::Currency;
use crate::domain::party::Party;
use crate::domain::pricing::{Inquiry, LineKind, Quote, QuoteLine, Terms};
use crate::domain::refusal::Refusal;
use crate::domain::stay::{STAY_NIGHTS_MAX, Stay, StayRefused};
use crate::store::cabins;
use crate::web::auth::Visitor;
use crate::web::http_response::HttpResponse;
use crate::web::problem::{Problem, ProblemDocument};
use crate::web::state::Web;
use jiff::civil::Date;
use rocket::{FromForm, State, get};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What every cabin says.
#[derive(Serialize, ToSchema)]
pub struct Availability {
    /// The cheapest free one first, those that say no last.
    cabins: Vec<CabinAvailability>,
}

/// What one cabin says.
#[derive(Serialize, ToSchema)]
pub struct CabinAvailability {
    cabin_id: i64,
    name: String,
    /// How many people sleep in it.
    capacity: u16,
    /// Whether it can be had.
    available: bool,
    /// Why not: a stable code.
    reason: Option<&'static str>,
    /// Its price, when it can be had.
    quote: Option<QuoteView>,
}

/// When, and who comes.
#[derive(FromForm)]
pub struct Asked<'r> {
    check_in: Option<&'r str>,
    check_out: Option<&'r str>,
    guests: Option<&'r str>,
    adults: Option<&'r str>,
    children: Option<&'r str>,
    pets: Option<&'r str>,
    promo_code: Option<&'r str>,
    pay_with: Option<&'r str>,
    extras: Option<&'r str>,
    language: Option<&'r str>,
}

impl Asked<'_> {
    fn check_in(&self) -> Result<Date, Problem> {
        query::day("check_in", self.check_in)
    }

    fn check_out(&self) -> Result<Date, Problem> {
        query::day("check_out", self.check_out)
    }

    fn party(&self) -> Result<Party, Problem> {
        query::party(self.guests, self.adults, self.children, self.pets)
    }

    fn terms(&self) -> Result<Terms, Problem> {
        let extras = self.extras.unwrap_or_default().split(',').map(str::trim).filter(|id| !id.is_empty());
        let not_ids = || Problem::invalid("extras", "must be ids of price rules, comma-separated");
        let extras: Option<Vec<i64>> = extras.map(|id| id.parse().ok()).collect();
        query::terms(self.promo_code, self.pay_with, extras.ok_or_else(not_ids)?)
    }

    fn language(&self) -> Result<Language, Problem> {
        let unknown = || Problem::invalid("language", "must be es, pt or en");
        let code = self.language.filter(|code| !code.is_empty());
        code.map_or(Ok(Language::SPANISH), |code| Language::from_code(code).ok_or_else(unknown))
    }
}

/// A price with a line for each amount it is made of.
#[derive(Serialize, ToSchema)]
pub struct QuoteView {
    pub nights: usize,
    /// The nights first.
    pub lines: Vec<LineView>,
    pub total_cents: i64,
    /// What is paid in advance.
    pub deposit_cents: i64,
    /// ISO 4217 code.
    #[schema(value_type = String)]
    pub currency: Currency,
}

/// One amount of a price.
#[derive(Serialize, ToSchema)]
pub struct LineView {
    /// `night`, `extra_guest`, `child`, `pet`, `cleaning`, `fee`, `discount`, `tax` or `adjustment`.
    #[schema(value_type = String)]
    pub kind: LineKind,
    /// What it is called to people.
    pub label: String,
    /// Only of a night.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Day>,
    /// Below zero for a discount.
    pub amount_cents: i64,
    /// The price rule that made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price_rule_id: Option<i64>,
    /// The season the night fell in.
    pub season: Option<String>,
    /// Whether the weekend factor was applied.
    pub weekend: bool,
}

impl LineView {
    fn of(line: &QuoteLine, locale: Locale) -> LineView {
        let night = line.night.as_ref();
        LineView {
            kind: line.kind,
            label: locale.line_label(line),
            date: night.map(|night| Day(night.date)),
            amount_cents: line.amount.minor,
            price_rule_id: line.basis.as_ref().map(|basis| basis.rule.0),
            season: night.and_then(|night| night.season.clone()),
            weekend: night.is_some_and(|night| night.weekend),
        }
    }
}

impl QuoteView {
    /// With labels in a guest's language.
    pub fn of(quote: &Quote, language: Language) -> QuoteView {
        let locale = Locale::of(language);
        QuoteView {
            nights: quote.nights().count(),
            lines: quote.lines.iter().map(|line| LineView::of(line, locale)).collect(),
            total_cents: quote.total.minor,
            deposit_cents: quote.deposit.minor,
            currency: quote.total.currency,
        }
    }
}

/// What is free.
#[utoipa::path(get, path = "/api/v1/availability", tag = "public", params(
    ("check_in" = Day, Query, description = "First night"),
    ("check_out" = Day, Query, description = "Day of departure"),
    ("guests" = Option<u16>, Query, description = "How many people, children among them; 1 when not given"),
    ("adults" = Option<u16>, Query, description = "Instead of guests, or beside them"),
    ("children" = Option<String>, Query, description = "Ages in years, comma-separated"),
    ("pets" = Option<u16>, Query, description = "Animals"),
    ("promo_code" = Option<String>, Query, description = "As the guest types it"),
    ("pay_with" = Option<String>, Query, description = "`mercadopago`, `transfer` or `cash`"),
    ("extras" = Option<String>, Query, description = "Ids of optional price rules that are taken, comma-separated"),
    ("language" = Option<String>, Query, description = "Of the labels: `es`, `pt` or `en`; `es` when not given"),
), responses(
    (status = 200, description = "What every cabin says", body = Availability),
    (status = 422, description = "The question can't be right", body = ProblemDocument),
    (status = 429, description = "Too many questions", body = ProblemDocument),
))]
#[get("/availability?<asked..>")]
pub async fn availability(
    web: &State<Arc<Web>>,
    _visitor: Visitor,
    asked: Asked<'_>,
) -> Result<HttpResponse, Problem> {
    let (check_in, check_out, party) = (asked.check_in()?, asked.check_out()?, asked.party()?);
    let (terms, language) = (asked.terms()?, asked.language()?);
    let question = (check_in, check_out, party, terms.clone(), language);
    // Taken before the read: a commit during it makes the cached answer old, never too new.
    let commits = web.app.store.commits();
    if let Some((_, answer)) = web.asked.get(&question).filter(|(at, _)| *at == commits) {
        return Ok(answer);
    }
    let context = Arc::clone(&web.app.context);
    let cabins = web
        .app
        .store
        .read(move |tx| {
            let no = |refusal: Refusal| -> Result<Vec<CabinAvailability>, Error> {
                let offered = cabins::list(tx)?.into_iter().filter(|cabin| cabin.active);
                Ok(offered
                    .map(|cabin| view(quote::CabinQuote { cabin, outcome: Err(refusal.clone()) }, language))
                    .collect())
            };
            match Stay::new(check_in, check_out) {
                Ok(stay) => {
                    let answers = quote::all(tx, &context, &Inquiry { stay, party, terms })?;
                    Ok(answers.into_iter().map(|answer| view(answer, language)).collect())
                }
                // Too long a stay is an answer of each cabin; departure before arrival is a bad request.
                Err(StayRefused::TooLong) => no(Refusal::TooLong { max: STAY_NIGHTS_MAX }),
                Err(StayRefused::Backwards) => Err(Refusal::BadDates.into()),
            }
        })
        .await?;
    let answer = HttpResponse::ok(&Availability { cabins });
    web.asked.insert(question, (commits, answer.clone()));
    Ok(answer)
}

/// What one cabin says, and at what price.
#[utoipa::path(get, path = "/api/v1/quote", tag = "public", params(
    ("cabin_id" = i64, Query, description = "Which cabin"),
    ("check_in" = Day, Query, description = "First night"),
    ("check_out" = Day, Query, description = "Day of departure"),
    ("guests" = Option<u16>, Query, description = "How many people, children among them; 1 when not given"),
    ("adults" = Option<u16>, Query, description = "Instead of guests, or beside them"),
    ("children" = Option<String>, Query, description = "Ages in years, comma-separated"),
    ("pets" = Option<u16>, Query, description = "Animals"),
    ("promo_code" = Option<String>, Query, description = "As the guest types it"),
    ("pay_with" = Option<String>, Query, description = "`mercadopago`, `transfer` or `cash`"),
    ("extras" = Option<String>, Query, description = "Ids of optional price rules that are taken, comma-separated"),
    ("language" = Option<String>, Query, description = "Of the labels: `es`, `pt` or `en`; `es` when not given"),
), responses(
    (status = 200, description = "What the cabin says", body = CabinAvailability),
    (status = 404, description = "No such cabin", body = ProblemDocument),
    (status = 422, description = "The question can't be right", body = ProblemDocument),
    (status = 429, description = "Too many questions", body = ProblemDocument),
))]
#[get("/quote?<cabin_id>&<asked..>")]
pub async fn quote_one(
    web: &State<Arc<Web>>,
    _visitor: Visitor,
    cabin_id: Option<&str>,
    asked: Asked<'_>,
) -> Result<HttpResponse, Problem> {
    let cabin_id =
        query::number::<i64>("cabin_id", Some(query::required("cabin_id", cabin_id)?))?.unwrap_or(0);
    let (stay, party) = (query::stay(asked.check_in()?, asked.check_out()?)?, asked.party()?);
    let (question, language) = (Inquiry { stay, party, terms: asked.terms()? }, asked.language()?);
    let context = Arc::clone(&web.app.context);
    let answer = web.app.store.read(move |tx| {
        let cabin = cabins::find(tx, CabinId(cabin_id))?.ok_or(Error::NotFound)?;
        let outcome = quote::of_cabin(tx, &cabin, &Tariff::load(tx, &context)?, &question)?;
        Ok::<_, Error>(quote::CabinQuote { cabin, outcome })
    });
    Ok(HttpResponse::ok(&view(answer.await?, language)))
}

fn view(answer: quote::CabinQuote, language: Language) -> CabinAvailability {
    let quote = answer.outcome.as_ref().ok().map(|quote| QuoteView::of(quote, language));
    CabinAvailability {
        cabin_id: answer.cabin.id.0,
        name: answer.cabin.name,
        capacity: answer.cabin.capacity,
        available: quote.is_some(),
        reason: answer.outcome.err().map(|refusal| refusal.code()),
        quote,
    }
}
