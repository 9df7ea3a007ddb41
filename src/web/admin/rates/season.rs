//! Adding, changing and removing seasons. The owner says the last night; the day after it is our business.

use super::super::flash::Flash;
use super::super::form;
use super::super::guard::{Post, SignedIn};
use super::super::page::{Failed, Page, Seat, done};
use super::super::words;
use super::{DAYS, Looking, load};
use crate::app::manage::{self, ManageError};
use crate::domain::cabin::Season;
use crate::domain::ids::{CabinId, SeasonId};
use crate::domain::money::{Currency, Money};
use crate::domain::user::Permission;
use crate::domain::week::Weekdays;
use crate::store::cabins;
use crate::web::Web;
use crate::web::gate::{self, Gated};
use jiff::ToSpan;
use jiff::civil::Date;
use rocket::response::Redirect;
use rocket::{FromForm, Responder, State, post, routes};
use std::sync::Arc;

pub(super) fn routes() -> Vec<Gated> {
    gate::page(Permission::PricesChange, routes![add, change, remove])
}

#[derive(FromForm, Clone, Default)]
pub(super) struct SeasonForm {
    /// The season that is changed; none when one is added.
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
    /// How much more a weekend night costs, in percent.
    pub weekend: String,
    /// Days on which a stay may begin.
    pub days: Vec<String>,
}

/// The page again, or another.
#[derive(Responder)]
enum SeasonResponse {
    Page(Page),
    Away(Box<Redirect>),
}

impl SeasonForm {
    /// An empty form for a cabin, beginning on a night that was tapped.
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

    /// Whether a cabin is to get it, by the form.
    pub(super) fn has_cabin(&self, id: impl std::borrow::Borrow<i64>) -> bool {
        self.cabins.contains(id.borrow())
    }

    fn season(&self, currency: Currency) -> Result<Season, String> {
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

    /// The page from which the form came.
    fn back(&self) -> String {
        format!("/admin/rates?cabin={}&year={}", self.cabin, self.year)
    }
}

#[post("/rates", data = "<post>")]
async fn add(web: &State<Arc<Web>>, post: Post<SeasonForm>) -> Result<SeasonResponse, Failed> {
    let (wish, actor) = (post.form, post.by.actor());
    let season = match wish.season(web.app.context.currency) {
        Ok(season) if !wish.cabins.is_empty() => season,
        Ok(_) => return again(web, &post.by, wish, "Elegí al menos una cabaña.".into()).await,
        Err(why) => return again(web, &post.by, wish, why).await,
    };
    let cabins: Vec<CabinId> = wish.cabins.iter().map(|id| CabinId(*id)).collect();
    let added = web.app.store.write(move |tx| manage::add_season_to(tx, &cabins, &season, &actor)).await;
    settle(web, &post.by, wish, added, Flash::Added).await
}

#[post("/rates/<id>", data = "<post>")]
async fn change(web: &State<Arc<Web>>, id: i64, post: Post<SeasonForm>) -> Result<SeasonResponse, Failed> {
    let (wish, actor) = (SeasonForm { id: Some(id), ..post.form }, post.by.actor());
    let season = match wish.season(web.app.context.currency) {
        Ok(season) => season,
        Err(why) => return again(web, &post.by, wish, why).await,
    };
    let changed = web.app.store.write(move |tx| manage::change_season(tx, &season, &actor)).await;
    settle(web, &post.by, wish, changed, Flash::Saved).await
}

#[derive(FromForm)]
struct Removal {
    cabin: i64,
    year: i16,
}

#[post("/rates/<id>/remove", data = "<post>")]
async fn remove(web: &State<Arc<Web>>, id: i64, post: Post<Removal>) -> Result<Redirect, Failed> {
    let (id, actor) = (SeasonId(id), post.by.actor());
    let removed = web.app.store.write(move |tx| {
        let cabin = cabins::cabin_of_season(tx, id)?.ok_or(ManageError::NotFound("rate"))?;
        manage::remove_season(tx, cabin, id, &actor)
    });
    match removed.await {
        // Somebody else removed it first: it is gone, which is what was wanted.
        Ok(()) | Err(ManageError::NotFound(_)) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(done(&format!("/admin/rates?cabin={}&year={}", post.form.cabin, post.form.year), Flash::Removed))
}

async fn settle(
    web: &State<Arc<Web>>,
    by: &SignedIn,
    wish: SeasonForm,
    outcome: Result<(), ManageError>,
    said: Flash,
) -> Result<SeasonResponse, Failed> {
    match outcome {
        Ok(()) => Ok(SeasonResponse::Away(Box::new(done(&wish.back(), said)))),
        Err(error) => match words::manage_error(&error) {
            Some(why) => again(web, by, wish, why).await,
            None => Err(error.into()),
        },
    }
}

/// The form again, as it was typed, with what was wrong in it.
async fn again(
    web: &State<Arc<Web>>,
    by: &SignedIn,
    wish: SeasonForm,
    why: String,
) -> Result<SeasonResponse, Failed> {
    let seat = Seat::of(web, by, None);
    let looking = Looking { cabin: Some(wish.cabin), year: Some(wish.year), ..Looking::default() };
    let context = Arc::clone(&web.app.context);
    let mut page = web.app.store.read(move |tx| load(tx, &context, &seat, &looking, Some(wish))).await?;
    page.frame = page.frame.refusing(why);
    Ok(SeasonResponse::Page(Page::refused(&page)?))
}
