//! The list of cabins, and the form of each.

use super::super::flash::Flash;
use super::super::form::{self, LOOK_BELOW, Wrong};
use super::super::guard::{CsrfToken, Post, SignedIn};
use super::super::page::{Failed, Frame, Page, PageOrRedirect, Seat, Tab, done};
use super::super::reasons;
use super::super::words;
use crate::app::manage::{self, ManageError};
use crate::app::photos::small_of;
use crate::domain::amount;
use crate::domain::cabin::Cabin;
use crate::domain::ids::CabinId;
use crate::domain::money::{Currency, Money};
use crate::domain::user::Permission;
use crate::store::{Read, StoreError, cabins, settings};
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use askama::Template;
use rocket::{FromForm, State, get, post, routes};
use std::sync::Arc;

pub(super) fn routes() -> Vec<Gated> {
    [
        gate::page(Permission::PricesView, routes![list, show]),
        gate::page(Permission::PricesChange, routes![blank, add, save, remove]),
    ]
    .concat()
}

#[derive(Template)]
#[template(path = "cabins.html", config = "assets/askama.toml")]
struct Cabins {
    frame: Frame,
    cabins: Vec<CabinRow>,
}

struct CabinRow {
    id: i64,
    name: String,
    people: String,
    price: String,
    weekend: Option<String>,
    photo: Option<String>,
    photos: String,
    active: bool,
}

#[derive(Template)]
#[template(path = "cabin.html", config = "assets/askama.toml")]
struct CabinPage {
    frame: Frame,
    /// `None` for a new cabin.
    id: Option<i64>,
    filled: Filled,
    wrong: Wrong,
    currency: Currency,
    property_min_nights: u16,
    photos: Vec<Photo>,
}

struct Photo {
    /// The address in the cabin's list.
    address: String,
    /// The small picture, when it is one of ours.
    small: Option<String>,
    number: usize,
}

/// A cabin's form as it was typed.
#[derive(Debug, Clone, FromForm)]
struct Filled {
    name: String,
    capacity: String,
    price: String,
    weekend: String,
    min_nights: String,
    #[field(default = String::new())]
    babies_max: String,
    #[field(default = String::new())]
    pets_max: String,
    description: String,
    amenities: String,
    location: String,
    policies: String,
    active: bool,
}

#[get("/cabins?<said>")]
async fn list(web: &State<Arc<Web>>, signed_in: SignedIn, said: Option<&str>) -> Result<Page, Failed> {
    let seat = Seat::of(web, &signed_in, said);
    let read = web.app.store.read(move |tx| {
        let cabins = cabins::list(tx)?.into_iter().map(CabinRow::of).collect();
        Ok::<_, StoreError>(Cabins { frame: Frame::load(tx, &seat, Tab::More, "Cabañas")?, cabins })
    });
    Page::ok(&read.await?)
}

#[get("/cabins/new")]
async fn blank(web: &State<Arc<Web>>, signed_in: SignedIn) -> Result<Page, Failed> {
    let (seat, currency) = (Seat::of(web, &signed_in, None), web.app.context.currency);
    let page = web.app.store.read(move |tx| {
        let (settings, _) = settings::load(tx)?;
        let filled = Filled {
            weekend: form::surcharge_words(settings.weekend_multiplier),
            active: true,
            ..Filled::empty()
        };
        CabinPage::load(tx, &seat, None, filled, currency)
    });
    Page::ok(&page.await?)
}

#[post("/cabins", data = "<post>")]
async fn add(web: &State<Arc<Web>>, post: Post<Filled>) -> Result<PageOrRedirect, Failed> {
    let (actor, currency) = (post.by.actor(), web.app.context.currency);
    let read = post.form.read(currency);
    let outcome = match read {
        Ok(cabin) => web.app.store.write(move |tx| manage::add_cabin(tx, &cabin, &actor)).await,
        Err(wrong) => return again(web, &post.by, None, post.form, (wrong, LOOK_BELOW.into())).await,
    };
    match outcome {
        Ok(id) => Ok(PageOrRedirect::away(done(&format!("/admin/cabins/{id}"), Flash::CabinAdded))),
        Err(error) => match Wrong::refused(&error) {
            Some(refused) => again(web, &post.by, None, post.form, refused).await,
            None => Err(error.into()),
        },
    }
}

#[get("/cabins/<id>?<said>")]
async fn show(
    web: &State<Arc<Web>>,
    signed_in: SignedIn,
    id: i64,
    said: Option<&str>,
) -> Result<Page, Failed> {
    let (seat, currency) = (Seat::of(web, &signed_in, said), web.app.context.currency);
    let page = web.app.store.read(move |tx| {
        let Some(cabin) = cabins::find(tx, CabinId(id))? else { return Ok(None) };
        CabinPage::load(tx, &seat, Some(id), Filled::of(&cabin), currency).map(Some)
    });
    Page::ok(&page.await?.ok_or(Failed::NOT_FOUND)?)
}

#[post("/cabins/<id>", data = "<post>")]
async fn save(web: &State<Arc<Web>>, id: i64, post: Post<Filled>) -> Result<PageOrRedirect, Failed> {
    let actor = post.by.actor();
    let read = match post.form.read(web.app.context.currency) {
        Ok(read) => read,
        Err(wrong) => return again(web, &post.by, Some(id), post.form, (wrong, LOOK_BELOW.into())).await,
    };
    let outcome = web.app.store.write(move |tx| {
        let known = cabins::find(tx, CabinId(id))?.ok_or(ManageError::NotFound("cabin"))?;
        // The photographs have forms of their own.
        let cabin = Cabin { id: known.id, photos: known.photos, ..read };
        manage::change_cabin(tx, &cabin, &actor)
    });
    match outcome.await {
        Ok(()) => Ok(PageOrRedirect::away(done(&format!("/admin/cabins/{id}"), Flash::Saved))),
        Err(error) => match Wrong::refused(&error) {
            Some(refused) => again(web, &post.by, Some(id), post.form, refused).await,
            None => Err(error.into()),
        },
    }
}

#[post("/cabins/<id>/remove", data = "<post>")]
async fn remove(web: &State<Arc<Web>>, id: i64, post: Post<CsrfToken>) -> Result<PageOrRedirect, Failed> {
    let (actor, context) = (post.by.actor(), Arc::clone(&web.app.context));
    let outcome =
        web.app.store.write(move |tx| manage::remove_cabin(tx, &context, CabinId(id), &actor)).await;
    match outcome {
        Ok(()) => Ok(PageOrRedirect::away(done("/admin/cabins", Flash::Removed))),
        Err(error) => match reasons::manage_error(&error) {
            Some(why) => refused(web, &post.by, id, why).await,
            None => Err(error.into()),
        },
    }
}

/// A cabin's stored page, with the reason of a refusal.
pub(super) async fn refused(
    web: &Web,
    signed_in: &SignedIn,
    id: i64,
    why: String,
) -> Result<PageOrRedirect, Failed> {
    let filled = web.app.store.read(move |tx| cabins::find(tx, CabinId(id))).await?;
    let filled = Filled::of(&filled.ok_or(Failed::NOT_FOUND)?);
    again(web, signed_in, Some(id), filled, (Wrong::default(), why)).await
}

/// The form again, as typed.
async fn again(
    web: &Web,
    signed_in: &SignedIn,
    id: Option<i64>,
    filled: Filled,
    (wrong, why): (Wrong, String),
) -> Result<PageOrRedirect, Failed> {
    let (seat, currency) = (Seat::of(web, signed_in, None), web.app.context.currency);
    let page = web.app.store.read(move |tx| CabinPage::load(tx, &seat, id, filled, currency)).await?;
    let page = CabinPage { frame: page.frame.clone().refusing(why), wrong, ..page };
    Ok(PageOrRedirect::Page(Page::refused(&page)?))
}

impl CabinRow {
    fn of(cabin: Cabin) -> CabinRow {
        let over = form::surcharge_words(cabin.weekend_multiplier);
        CabinRow {
            id: cabin.id.0,
            people: words::count(u64::from(cabin.capacity), "persona", "personas"),
            price: words::money(cabin.base_price.minor, cabin.base_price.currency),
            weekend: (over != "0").then(|| format!("fin de semana {}{over} %", plus(&over))),
            photo: cabin.photos.iter().find(|photo| photo.starts_with('/')).map(|photo| small_of(photo)),
            photos: words::count(cabin.photos.len() as u64, "foto", "fotos"),
            name: cabin.name,
            active: cabin.active,
        }
    }
}

fn plus(over: &str) -> &'static str {
    if over.starts_with('-') { "" } else { "+" }
}

impl CabinPage {
    fn load(
        tx: &impl Read,
        seat: &Seat,
        id: Option<i64>,
        filled: Filled,
        currency: Currency,
    ) -> Result<CabinPage, StoreError> {
        let known = id.map(|id| cabins::find(tx, CabinId(id))).transpose()?.flatten();
        let title = known.as_ref().map_or("Cabaña nueva", |cabin| &cabin.name).to_owned();
        let photos = known.map(|cabin| cabin.photos).unwrap_or_default();
        let (settings, _) = settings::load(tx)?;
        Ok(CabinPage {
            frame: Frame::load(tx, seat, Tab::More, &title)?,
            id,
            filled,
            wrong: Wrong::default(),
            currency,
            property_min_nights: settings.min_nights,
            photos: photos.into_iter().enumerate().map(Photo::of).collect(),
        })
    }
}

impl Photo {
    fn of((at, address): (usize, String)) -> Photo {
        let small = address.starts_with('/').then(|| small_of(&address));
        Photo { small, address, number: at + 1 }
    }
}

impl Filled {
    fn empty() -> Filled {
        Filled {
            name: String::new(),
            capacity: String::new(),
            price: String::new(),
            weekend: String::new(),
            min_nights: String::new(),
            babies_max: String::new(),
            pets_max: String::new(),
            description: String::new(),
            amenities: String::new(),
            location: String::new(),
            policies: String::new(),
            active: false,
        }
    }

    fn of(cabin: &Cabin) -> Filled {
        Filled {
            name: cabin.name.clone(),
            capacity: cabin.capacity.to_string(),
            price: amount::write(cabin.base_price.minor),
            weekend: form::surcharge_words(cabin.weekend_multiplier),
            min_nights: cabin.min_nights.map(|nights| nights.to_string()).unwrap_or_default(),
            babies_max: cabin.babies_max.to_string(),
            pets_max: cabin.pets_max.map(|pets| pets.to_string()).unwrap_or_default(),
            description: cabin.description.clone(),
            amenities: cabin.amenities.join("\n"),
            location: cabin.location.clone(),
            policies: cabin.policies.clone(),
            active: cabin.active,
        }
    }

    /// The cabin as typed; without id and photographs.
    fn read(&self, currency: Currency) -> Result<Cabin, Wrong> {
        let mut wrong = Wrong::default();
        let capacity = wrong.take("capacity", form::whole(&self.capacity));
        let price = wrong.take("base_price_cents", form::price(&self.price, currency));
        let weekend = wrong.take("weekend", form::surcharge(&self.weekend));
        let min_nights = wrong.take("min_nights", form::whole_or_none(&self.min_nights));
        let babies_max = wrong.take("babies_max", form::whole_or_none(&self.babies_max));
        let pets_max = wrong.take("pets_max", form::whole_or_none(&self.pets_max));
        let (Some(capacity), Some(price), Some(weekend), Some(min_nights), Some(babies_max), Some(pets_max)) =
            (capacity, price, weekend, min_nights, babies_max, pets_max)
        else {
            return Err(wrong);
        };
        Ok(Cabin {
            id: CabinId(0),
            name: self.name.trim().to_owned(),
            capacity,
            base_price: Money::new(price, currency),
            weekend_multiplier: weekend,
            min_nights,
            babies_max: babies_max.unwrap_or(0),
            pets_max,
            description: self.description.trim().replace('\r', ""),
            amenities: form::lines(&self.amenities),
            photos: Vec::new(),
            location: self.location.trim().to_owned(),
            policies: self.policies.trim().replace('\r', ""),
            active: self.active,
        })
    }
}
