//! The page of prices.

use super::super::guard::SignedIn;
use super::super::page::{Failed, Frame, Page, Seat, Tab};
use super::super::words;
use super::looking::Looking;
use super::season_form::{self, DAYS, SeasonForm};
use super::trial::Trial;
use super::year::{self, Month, Palette, named};
use crate::app::AppContext;
use crate::dialogue::i18n::OWNER_LOCALE;
use crate::domain::cabin::{Cabin, Season};
use crate::domain::ids::SeasonId;
use crate::domain::user::Permission;
use crate::store::{Read, StoreError, cabins, settings};
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use askama::Template;
use jiff::civil::{Date, date};
use rocket::{State, get, routes};
use std::sync::Arc;

/// Years that can be shown; others are typing errors.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2200;

pub(super) fn routes() -> Vec<Gated> {
    gate::page(Permission::PricesView, routes![show])
}

#[derive(Template)]
#[template(path = "rates.html", config = "assets/askama.toml")]
pub(super) struct Rates {
    pub(super) frame: Frame,
    cabins: Vec<(i64, String)>,
    cabin: i64,
    /// The year shown; 0 for the twelve months from now on.
    year: i16,
    /// Label of the span shown, and the years before and after it.
    span: (String, i16, i16),
    base: String,
    months: Vec<Month>,
    seasons: Vec<Line>,
    wish: SeasonForm,
    days: [(&'static str, &'static str); 7],
    trial: Trial,
}

struct Line {
    id: i64,
    colour: usize,
    name: String,
    when: String,
    price: String,
    rules: String,
}

#[get("/rates?<looking..>")]
async fn show(web: &State<Arc<Web>>, signed_in: SignedIn, looking: Looking) -> Result<Page, Failed> {
    let seat = Seat::of(web, &signed_in, looking.said.as_deref());
    let context = Arc::clone(&web.app.context);
    let page = web.app.store.read(move |tx| load(tx, &context, &seat, &looking, None));
    Page::ok(&page.await?)
}

/// The page; `kept` is a refused form.
pub(super) fn load(
    tx: &impl Read,
    context: &AppContext,
    seat: &Seat,
    looking: &Looking,
    kept: Option<SeasonForm>,
) -> Result<Rates, StoreError> {
    let (moment, is_kept) = (context.moment(tx), kept.is_some());
    let today = moment.today();
    let (settings, _) = settings::load(tx)?;
    let all = cabins::list(tx)?;
    let chosen = looking.cabin.and_then(|id| all.iter().find(|cabin| cabin.id.0 == id)).or(all.first());
    let year = looking.year.filter(|year| YEARS.contains(year));
    let first = year.map_or(today.first_of_month(), |year| date(year, 1, 1));
    let span = match year {
        Some(year) => (year.to_string(), year - 1, year + 1),
        None => ("Desde este mes".to_owned(), today.year(), today.year() + 1),
    };
    let mut page = Rates {
        frame: Frame::load(tx, seat, Tab::More, "Precios")?,
        cabins: all.iter().map(|cabin| (cabin.id.0, cabin.name.clone())).collect(),
        cabin: 0,
        year: year.unwrap_or_default(),
        span,
        base: String::new(),
        months: Vec::new(),
        seasons: Vec::new(),
        wish: kept.unwrap_or_default(),
        days: DAYS,
        trial: Trial::default(),
    };
    let Some(cabin) = chosen else { return Ok(page) };
    let seasons = cabins::all_seasons(tx, cabin.id)?;
    page.cabin = cabin.id.0;
    page.base = base(cabin);
    page.months = year::months(cabin, &seasons, settings.pricing(), first, &moment);
    page.seasons = lines(&seasons, first, today);
    page.trial = Trial::run(tx, context, cabin, looking)?;
    if !is_kept {
        page.wish = match looking.edit {
            Some(id) => cabins::find_season(tx, SeasonId(id))?.map(|season| SeasonForm::of(&season)),
            None => None,
        }
        .unwrap_or_else(|| SeasonForm::at(cabin.id.0, looking.from.as_deref()));
    }
    Ok(page)
}

/// Price of a night without a season.
fn base(cabin: &Cabin) -> String {
    let price = words::money(cabin.base_price.minor, cabin.base_price.currency);
    match (i32::from(cabin.weekend_multiplier.permille()) - 1000) / 10 {
        0 => format!("Sin temporada, la noche sale {price}."),
        more @ 1.. => format!("Sin temporada, la noche sale {price}, y {more} % más los fines de semana."),
        less => format!("Sin temporada, la noche sale {price}, y {} % menos los fines de semana.", -less),
    }
}

/// The seasons that have a night on or after `first`.
fn lines(seasons: &[Season], first: Date, today: Date) -> Vec<Line> {
    let palette = Palette::of(seasons);
    let near = seasons.iter().filter(|season| season.to > first);
    near.map(|season| {
        let last = season.to.yesterday().unwrap_or(season.to);
        Line {
            id: season.id.0,
            colour: palette.colour(&season.name).unwrap_or(0),
            name: named(&season.name),
            when: format!("del {} al {}", words::day(season.from, today), words::day(last, today)),
            price: words::money(season.price.minor, season.price.currency),
            rules: rules(season),
        }
    })
    .collect()
}

/// "mínimo 3 noches · llegada sábado · fin de semana +20 %".
fn rules(season: &Season) -> String {
    let mut said = Vec::new();
    if let Some(nights) = season.min_nights {
        said.push(format!("mínimo {}", words::count(u64::from(nights), "noche", "noches")));
    }
    if !season.arrival_days.is_empty() {
        let codes: Vec<String> = season.arrival_days.into();
        let names = DAYS.iter().filter(|(code, _)| codes.iter().any(|known| known == code));
        let names: Vec<&str> = names.map(|(_, name)| *name).collect();
        said.push(format!("llegada {}", names.join(", ")));
    }
    if !season.departure_days.is_empty() {
        said.push(format!("salida {}", OWNER_LOCALE.weekdays(&Vec::<String>::from(season.departure_days))));
    }
    said.extend(season.deposit.map(|rule| format!("seña {}", season_form::deposit_words(rule))));
    said.extend(season.gap.map(|price| format!("huecos {}", season_form::gap_words(price))));
    if let Some(factor) = season.weekend_multiplier {
        said.push(format!("fin de semana {:+} %", (i32::from(factor.permille()) - 1000) / 10));
    }
    said.join(" · ")
}
