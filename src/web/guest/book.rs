//! Booking without a chat: dates and people, free cabins with prices, and a name. The deposit and all else
//! follows on the reservation's own page.

use super::page::{Reads, place, write_to_house};
use crate::app::desk::Origin;
use crate::app::idempotency::IdempotencyKey;
use crate::app::quote::{self, Tariff};
use crate::app::reserve::{Deposit, HoldRequest, ReconcileFirst, Who};
use crate::app::{AppContext, Error, desk};
use crate::dialogue::i18n::{Format, Locale};
use crate::dialogue::replies;
use crate::domain::audit::Actor;
use crate::domain::channel::KnownChannel;
use crate::domain::guest::{GUEST_NAME_MAX, clean_name};
use crate::domain::ids::{CabinId, PriceRuleId, ReservationCode};
use crate::domain::party::{Party, PartyRefused};
use crate::domain::payment::PaymentMethod;
use crate::domain::phone::PhoneRefused;
use crate::domain::pricing::{Agreed, Inquiry, PromoCode, Terms};
use crate::domain::refusal::Refusal;
use crate::domain::stay::Stay;
use crate::domain::user::parse_email;
use crate::ports::random::token;
use crate::store::guests::Identity;
use crate::store::{Read, reservations, settings};
use crate::web::admin::{Failed, Page, form};
use crate::web::assets::{self, Files};
use crate::web::auth::{CallerAddress, LoginAttempt, Visitor};
use crate::web::gate::{self, Gated};
use crate::web::state::Web;
use askama::Template;
use jiff::ToSpan;
use ring::digest::{SHA256, digest};
use rocket::form::Form;
use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{FromForm, State, get, post, routes};
use std::sync::Arc;
use strum::VariantArray;

/// Default number of people.
const PEOPLE: u16 = 2;
/// Longest form id; ours are shorter.
const MARK_CHARS_MAX: usize = 64;

pub(super) fn routes() -> Vec<Gated> {
    gate::open(routes![show, make])
}

/// The form as typed.
#[derive(FromForm, Default, Clone)]
struct Filled {
    check_in: Option<String>,
    check_out: Option<String>,
    guests: Option<u16>,
    children: Option<String>,
    pets: Option<u16>,
    promo_code: Option<String>,
    pay_with: Option<String>,
    extras: Vec<i64>,
    cabin: Option<i64>,
    name: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    mark: Option<String>,
    /// A hidden field (honeypot); only bots fill it in.
    website: Option<String>,
}

impl Filled {
    fn party(&self) -> Result<Party, PartyRefused> {
        let told = form::party(self.guests, self.children.as_deref(), self.pets)?;
        Ok(told.unwrap_or(Party::of_adults(PEOPLE)))
    }

    fn terms(&self) -> Terms {
        Terms {
            promo_code: self.promo_code.as_deref().and_then(PromoCode::typed),
            pay_with: self.pay_with.as_deref().and_then(|way| way.parse().ok()),
            extras: self.extras.iter().map(|id| PriceRuleId(*id)).collect(),
        }
    }
}

#[derive(Template)]
#[template(path = "guest_book.html", config = "assets/askama.toml")]
struct Book {
    files: &'static Files,
    w: Locale,
    place: String,
    refused: Option<String>,
    /// Link to write on WhatsApp instead.
    write: Option<String>,
    check_in: String,
    check_out: String,
    party: form::PartyFields,
    today: String,
    asked: bool,
    offers: Vec<Offer>,
    any: bool,
    choices: Choices,
    name: String,
    phone: String,
    email: String,
    mark: String,
}

/// What the price depends on beside dates and people, where the owner has such rules.
struct Choices {
    /// The promo code as typed; `None` where there are no codes.
    promo_code: Option<String>,
    /// The ways to pay that change the price: code, name, chosen.
    ways: Vec<(&'static str, String, bool)>,
    /// Id, name and whether it is taken.
    extras: Vec<(i64, String, bool)>,
}

impl Choices {
    fn load(tariff: &Tariff, filled: &Filled, w: Locale) -> Choices {
        let has_codes = tariff.rules().any(|rule| rule.promo_code.is_some());
        let named = |way: PaymentMethod| tariff.rules().any(|rule| rule.pay_with == Some(way));
        let ways =
            if PaymentMethod::VARIANTS.iter().any(|way| named(*way)) { PaymentMethod::VARIANTS } else { &[] };
        let chosen = filled.terms().pay_with;
        let extras = tariff.rules().filter(|rule| rule.optional);
        Choices {
            promo_code: has_codes.then(|| filled.promo_code.clone().unwrap_or_default()),
            ways: ways.iter().map(|way| (way.code(), w.page_way(*way), chosen == Some(*way))).collect(),
            extras: extras
                .map(|rule| (rule.id.0, rule.name.clone(), filled.extras.contains(&rule.id.0)))
                .collect(),
        }
    }
}

struct Offer {
    cabin: i64,
    name: String,
    about: String,
    price: Option<String>,
    /// What it is made of, where that is more than nights.
    lines: Vec<String>,
    deposit: String,
    why_not: String,
    chosen: bool,
}

enum No {
    Refused(Refusal),
    /// An error in the form, in the visitor's language.
    Form(String),
}

#[derive(rocket::Responder)]
enum BookResponse {
    Made(Box<Redirect>),
    Refused(Page),
}

#[get("/reservar?<form..>")]
async fn show(web: &State<Arc<Web>>, _pace: Visitor, reads: Reads, form: Filled) -> Result<Page, Failed> {
    page(web, reads, form, None).await
}

#[post("/reservar", data = "<form>")]
async fn make(
    web: &State<Arc<Web>>,
    // Each booking holds nights: rate-limited like passwords.
    _pace: LoginAttempt,
    reads: Reads,
    caller: CallerAddress,
    form: Form<Filled>,
) -> Result<BookResponse, Failed> {
    let form = form.into_inner();
    let w = Locale::of(reads.0);
    let refused = match request(&form, &web.app.context, w) {
        Ok(request) => match hold(web, &form, request, caller).await {
            Ok(link) => return Ok(BookResponse::Made(Box::new(Redirect::to(link)))),
            Err(Error::Refused(why)) => No::Refused(why),
            Err(Error::Stale | Error::ReconcileFirst(_)) => No::Form(w.page_try_again()),
            Err(failed) => return Err(failed.into()),
        },
        Err(no) => no,
    };
    page(web, reads, form, Some(refused)).await.map(BookResponse::Refused)
}

/// Holds, once for each form, and redirects to the reservation's own page.
async fn hold(
    web: &Web,
    form: &Filled,
    request: HoldRequest,
    caller: CallerAddress,
) -> Result<String, Error> {
    let mark = form.mark.as_deref().unwrap_or_default();
    let mark: String = mark.chars().take(MARK_CHARS_MAX).collect();
    let asked = format!("{request:?}");
    let mut mine = [0u8; 32];
    mine.copy_from_slice(digest(&SHA256, format!("{mark}\n{asked}").as_bytes()).as_ref());
    let idempotency_key =
        IdempotencyKey { key: format!("book:{}", data_encoding::HEXLOWER.encode(&mine)), digest: mine };
    let address = web.app.context.link_key.of_address(&caller.0.to_string());
    let origin = Origin::Form { address, limits: web.options.limits.web_holds };
    let deposit = Deposit::Awaited;
    let code =
        desk::book(&web.app, &web.answers, idempotency_key, request, deposit, origin, Actor::Guest).await?;
    let context = Arc::clone(&web.app.context);
    web.app
        .store
        .read(move |tx| {
            let code = ReservationCode::parse(&code).ok_or(Error::NotFound)?;
            let made = reservations::find_by_code(tx, &code)?.ok_or(Error::NotFound)?;
            Ok(context.guest_path(&made))
        })
        .await
}

async fn page(web: &Web, reads: Reads, form: Filled, refused: Option<No>) -> Result<Page, Failed> {
    let context = Arc::clone(&web.app.context);
    let mark = token(web.app.ports.random.as_ref());
    let status = match &refused {
        Some(No::Refused(Refusal::TooManyWebHolds)) => Status::TooManyRequests,
        Some(_) => Status::UnprocessableEntity,
        None => Status::Ok,
    };
    let write = match &refused {
        Some(No::Refused(_)) => write_to_house(web, &Locale::of(reads.0).page_write_to_book()).await,
        Some(No::Form(_)) | None => None,
    };
    let read = web.app.store.read(move |tx| load(tx, &context, reads, form, refused, mark));
    let book = Book { write, ..read.await? };
    Page::with(status, &book)
}

fn load(
    tx: &impl Read,
    context: &AppContext,
    reads: Reads,
    filled: Filled,
    refused: Option<No>,
    mark: String,
) -> Result<Book, Failed> {
    let (moment, w) = (context.moment(tx), Locale::of(reads.0));
    let f = Format::new(w, &moment);
    let why = |no: &Refusal| replies::refusal(no, reads.0);
    let (settings, _) = settings::load(tx)?;
    let today = moment.today();
    let asked = form::day(filled.check_in.as_deref()).is_some();
    let check_in = form::day(filled.check_in.as_deref()).unwrap_or_else(|| today.saturating_add(1.day()));
    let check_out = form::day(filled.check_out.as_deref())
        .filter(|out| *out > check_in)
        .unwrap_or_else(|| check_in.saturating_add(2.days()));
    let party = filled.party();
    let answers = match (Stay::new(check_in, check_out), party) {
        (Ok(stay), Ok(party)) if asked => {
            quote::all(tx, context, &Inquiry { stay, party, terms: filled.terms() })?
        }
        _ => Vec::new(),
    };
    let refused = refused.or(party.err().map(|why| No::Form(party_refused(w, why))));
    let people = filled.guests.unwrap_or(PEOPLE);
    let party = form::PartyFields::typed(people, filled.children.as_deref(), filled.pets);
    let first = answers.iter().find(|answer| answer.outcome.is_ok()).map(|answer| answer.cabin.id.0);
    let chosen = filled.cabin.or(first);
    let offers = answers.into_iter().map(|answer| {
        let quote = answer.outcome.as_ref().ok();
        Offer {
            cabin: answer.cabin.id.0,
            chosen: quote.is_some() && chosen == Some(answer.cabin.id.0),
            price: quote.map(|quote| f.money(quote.total)),
            lines: quote.map(|quote| w.price_lines(quote)).unwrap_or_default(),
            deposit: quote.map(|quote| f.money(quote.deposit)).unwrap_or_default(),
            why_not: answer.outcome.as_ref().err().map(why).unwrap_or_default(),
            name: answer.cabin.name,
            about: answer.cabin.description,
        }
    });
    let offers: Vec<Offer> = offers.collect();
    Ok(Book {
        choices: Choices::load(&Tariff::load(tx, context)?, &filled, w),
        files: assets::files(),
        w,
        place: place(&settings.property_name),
        refused: refused.map(|no| match no {
            No::Refused(no) => why(&no),
            No::Form(words) => words,
        }),
        write: None,
        check_in: check_in.to_string(),
        check_out: check_out.to_string(),
        party,
        today: today.to_string(),
        asked,
        any: offers.iter().any(|offer| offer.price.is_some()),
        offers,
        name: filled.name.unwrap_or_default(),
        phone: filled.phone.unwrap_or_default(),
        email: filled.email.unwrap_or_default(),
        mark,
    })
}

/// Reason why a party is invalid, in the visitor's language.
fn party_refused(w: Locale, why: PartyRefused) -> String {
    match why {
        PartyRefused::AdultsMissing | PartyRefused::Disagree => w.page_count_children(),
        PartyRefused::TooManyChildren | PartyRefused::NoChild => w.page_ages_wrong(),
        PartyRefused::TooManyPets => w.page_too_many_pets(),
    }
}

/// Reason why a number can't be read, in the visitor's language.
fn phone_refused(w: Locale, why: PhoneRefused) -> String {
    match why {
        PhoneRefused::NotANumber => w.page_bad_phone(),
        PhoneRefused::AreaCodeMissing => w.page_phone_area(),
        PhoneRefused::CountryCodeMissing => w.page_phone_country(),
    }
}

/// The booking that the form asks for, or its error.
fn request(filled: &Filled, context: &AppContext, w: Locale) -> Result<HoldRequest, No> {
    if filled.website.as_deref().is_some_and(|text| !text.is_empty()) {
        return Err(No::Form(w.page_try_again()));
    }
    let stay = form::stay(filled.check_in.as_deref(), filled.check_out.as_deref());
    let stay = stay.ok_or(No::Refused(Refusal::BadDates))?;
    let cabin_id = filled.cabin.map(CabinId).ok_or_else(|| No::Form(w.page_choose()))?;
    let name = clean_name(filled.name.as_deref().unwrap_or_default());
    if name.is_empty() || name.chars().count() > GUEST_NAME_MAX {
        return Err(No::Form(w.page_missing_name()));
    }
    let phone = context.phone(filled.phone.as_deref().unwrap_or_default());
    let phone = phone.map_err(|why| No::Form(phone_refused(w, why)))?;
    let email = match filled.email.as_deref().map(str::trim).unwrap_or_default() {
        "" => None,
        text => Some(parse_email(text).ok_or_else(|| No::Form(w.page_bad_email()))?),
    };
    Ok(HoldRequest {
        cabin_id,
        stay,
        party: filled.party().map_err(|why| No::Form(party_refused(w, why)))?,
        terms: filled.terms(),
        agreed: Agreed::default(),
        who: Who::Named(Identity { phone: Some(phone), bsuid: None, name, email }),
        channel: KnownChannel::Web.into(),
        total_said: None,
        reconcile: ReconcileFirst::AskFirst,
    })
}
