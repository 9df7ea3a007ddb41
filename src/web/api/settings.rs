//! The owner's settings, read whole and changed in part.

use super::wire::{Factor, Hour};
use crate::app::idempotency;
use crate::app::manage::{self, ManageError};
use crate::domain::invalid::{Field, Invalid, Unit};
use crate::domain::money::Percent;
use crate::domain::settings::{Cancellation, Settings};
use crate::domain::week::Weekdays;
use crate::store::settings;
use crate::web::Web;
use crate::web::auth::Caller;
use crate::web::body::Body;
use crate::web::http_response::HttpResponse;
use crate::web::idempotency_key;
use crate::web::problem::{Problem, ProblemDocument};
use rocket::{State, get, put};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use utoipa::ToSchema;

/// The settings. In a change, what is not given stays as it is.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SettingsBody {
    /// Counts changes. In a change: the version that was read; a newer one is not overwritten.
    version: Option<i64>,
    /// What guests call the place.
    property_name: Option<String>,
    property_address: Option<String>,
    /// How long a hold waits for its deposit.
    hold_minutes: Option<u32>,
    /// Part of the total paid in advance, 0 to 100.
    deposit_percent: Option<u8>,
    /// Factor on weekend nights of new cabins.
    weekend_multiplier: Option<Factor>,
    /// Nights that carry it (`mon` to `sun`).
    #[schema(value_type = Option<Vec<String>>)]
    weekend_nights: Option<Weekdays>,
    /// From when the cabin is ready.
    check_in_time: Option<Hour>,
    /// Until when it must be left.
    check_out_time: Option<Hour>,
    /// Fewest nights where neither season nor cabin says.
    min_nights: Option<u16>,
    /// Most nights of one stay.
    max_nights: Option<u16>,
    /// Fewest hours between now and the check-in time.
    lead_time_hours: Option<u32>,
    /// How many days ahead are sold.
    horizon_days: Option<u32>,
    /// How many unpaid holds a guest may have at once.
    holds_per_guest: Option<u16>,
    /// Minutes without a good reading of another channel's calendar before the owner is told and deposits stop
    /// confirming by themselves, 10 to 10080.
    calendar_stale_minutes: Option<u32>,
    /// What a guest gets back on cancelling.
    cancellation: Option<CancellationBody>,
    /// The cancellation policy in the owner's words, up to 1500 characters; blank uses the product's sentence.
    cancellation_text: Option<String>,
    /// Alias for bank transfers.
    bank_alias: Option<String>,
    /// CBU or CVU for bank transfers.
    bank_cbu: Option<String>,
    /// Name on the account.
    bank_holder: Option<String>,
    /// The owner's WhatsApp number.
    owner_phone: Option<String>,
    /// The owner's answers to what guests ask, by topic, up to 1500 characters each. An unknown topic is
    /// refused with those that there are; a blank answer is dropped.
    answers: Option<BTreeMap<String, String>>,
    /// The owner's words for the messages we send, by message: `welcome`, `confirmed`, `arrival`, `check_in`,
    /// `thanks`, up to 1500 characters each, and `template`, the name of the owner's own template at Meta. A
    /// blank text is dropped, so that the product's own words are used again. `{guest}`, `{cabin}`, `{check_in}`,
    /// `{check_out}`, `{address}`, `{code}` and `{balance}` are filled in (`welcome` knows `{guest}` alone);
    /// `{{` is a brace. An unknown or unclosed placeholder is refused.
    texts: Option<BTreeMap<String, String>>,
}

/// What a guest gets back on cancelling.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CancellationBody {
    /// Until how many days before arrival `refund_percent` is given back.
    free_until_days: Option<u16>,
    /// Part given back in time, 0 to 100.
    refund_percent: Option<u8>,
    /// Part given back later, 0 to 100.
    late_refund_percent: Option<u8>,
}

impl SettingsBody {
    fn show(settings: Settings, version: i64) -> SettingsBody {
        SettingsBody {
            version: Some(version),
            property_name: Some(settings.property_name),
            property_address: Some(settings.property_address),
            hold_minutes: Some(settings.hold_minutes),
            deposit_percent: Some(settings.deposit_percent.value()),
            weekend_multiplier: Some(Factor(settings.weekend_multiplier)),
            weekend_nights: Some(settings.weekend_nights),
            check_in_time: Some(Hour(settings.check_in_time)),
            check_out_time: Some(Hour(settings.check_out_time)),
            min_nights: Some(settings.min_nights),
            max_nights: Some(settings.max_nights),
            lead_time_hours: Some(settings.lead_time_hours),
            horizon_days: Some(settings.horizon_days),
            holds_per_guest: Some(settings.holds_per_guest),
            calendar_stale_minutes: Some(settings.calendar_stale_minutes),
            cancellation: Some(CancellationBody {
                free_until_days: Some(settings.cancellation.free_until_days),
                refund_percent: Some(settings.cancellation.refund_percent.value()),
                late_refund_percent: Some(settings.cancellation.late_refund_percent.value()),
            }),
            cancellation_text: Some(settings.cancellation_text),
            bank_alias: Some(settings.bank_alias),
            bank_cbu: Some(settings.bank_cbu),
            bank_holder: Some(settings.bank_holder),
            owner_phone: Some(settings.owner_phone),
            answers: Some(settings.answers),
            texts: Some(settings.texts),
        }
    }

    fn apply(self, settings: &mut Settings) -> Result<(), ManageError> {
        put(&mut settings.property_name, self.property_name);
        put(&mut settings.property_address, self.property_address);
        put(&mut settings.hold_minutes, self.hold_minutes);
        put(&mut settings.deposit_percent, percent(Field::DepositPercent, self.deposit_percent)?);
        put(&mut settings.weekend_multiplier, self.weekend_multiplier.map(|factor| factor.0));
        put(&mut settings.weekend_nights, self.weekend_nights);
        put(&mut settings.check_in_time, self.check_in_time.map(|hour| hour.0));
        put(&mut settings.check_out_time, self.check_out_time.map(|hour| hour.0));
        put(&mut settings.min_nights, self.min_nights);
        put(&mut settings.max_nights, self.max_nights);
        put(&mut settings.lead_time_hours, self.lead_time_hours);
        put(&mut settings.horizon_days, self.horizon_days);
        put(&mut settings.holds_per_guest, self.holds_per_guest);
        put(&mut settings.calendar_stale_minutes, self.calendar_stale_minutes);
        if let Some(cancellation) = self.cancellation {
            cancellation.apply(&mut settings.cancellation)?;
        }
        put(&mut settings.cancellation_text, self.cancellation_text);
        put(&mut settings.bank_alias, self.bank_alias);
        put(&mut settings.bank_cbu, self.bank_cbu);
        put(&mut settings.bank_holder, self.bank_holder);
        put(&mut settings.owner_phone, self.owner_phone);
        put(&mut settings.answers, self.answers);
        put(&mut settings.texts, self.texts);
        Ok(())
    }
}

impl CancellationBody {
    fn apply(self, cancellation: &mut Cancellation) -> Result<(), ManageError> {
        put(&mut cancellation.free_until_days, self.free_until_days);
        put(&mut cancellation.refund_percent, percent(Field::RefundPercent, self.refund_percent)?);
        let late = percent(Field::LateRefundPercent, self.late_refund_percent)?;
        put(&mut cancellation.late_refund_percent, late);
        Ok(())
    }
}

/// The settings.
#[utoipa::path(get, path = "/api/v1/settings", tag = "settings", security(("bearer" = [])), responses(
    (status = 200, description = "The settings", body = SettingsBody),
))]
#[get("/settings")]
pub async fn show(web: &State<Arc<Web>>) -> Result<HttpResponse, Problem> {
    let (settings, version) = web.app.store.read(|tx| settings::load(tx)).await?;
    Ok(HttpResponse::ok(&SettingsBody::show(settings, version)))
}

/// Change settings: what is given is changed, the rest stays.
#[utoipa::path(put, path = "/api/v1/settings", tag = "settings", security(("bearer" = [])),
    request_body = SettingsBody, responses(
    (status = 200, description = "The settings", body = SettingsBody),
    (status = 409, description = "`stale`: somebody saved a newer version", body = ProblemDocument),
    (status = 422, description = "A value can't hold, or an unknown field", body = ProblemDocument),
))]
#[put("/settings", data = "<body>")]
pub async fn change(
    web: &State<Arc<Web>>,
    caller: Caller,
    body: Body<SettingsBody>,
) -> Result<HttpResponse, Problem> {
    let (actor, change) = (caller.actor(), body.value);
    let action = idempotency::decide(
        &web.app,
        None,
        move |tx, _| {
            let seen = change.version;
            manage::change_settings(tx, seen, |settings| change.apply(settings), &actor)
        },
        |_, _, (settings, version)| Ok(HttpResponse::ok(&SettingsBody::show(settings, version)).into()),
    );
    idempotency_key::answer(action.await)
}

fn put<T>(field: &mut T, given: Option<T>) {
    if let Some(given) = given {
        *field = given;
    }
}

fn percent(field: Field, given: Option<u8>) -> Result<Option<Percent>, ManageError> {
    let problem = Invalid::Between { low: 0, high: 100, unit: Unit::Percent };
    let refuse = || ManageError::Invalid { field, problem: problem.clone() };
    given.map(|value| Percent::new(value).ok_or_else(refuse)).transpose()
}
