//! The owner's changes: cabins, rates, blocks, settings, conversations taken over, attention items settled.

pub use super::manage_error::ManageError;

use super::inbox::{self, Body, Late, Reply, Silence};
use super::manage_error::{check_chars, invalid};
use super::reserve::{ReconcileFirst, evict_lapsed};
use super::{App, AppContext, Error, feed_state, holidays, owner_numbers, pay, photos};
use crate::domain::audit::{About, Actor, AuditEvent};
use crate::domain::cabin::{CABIN_NAME_MAX, CAPACITY_MAX, Cabin, Season};
use crate::domain::deposit::{GAP_PERCENT_MAX, GapPrice};
use crate::domain::ids::{AttentionId, BlockId, CabinId, ConversationId, SeasonId};
use crate::domain::invalid::{Field, Invalid, Unit};
use crate::domain::money::{AMOUNT_MINOR_MAX, Money};
use crate::domain::party::PETS_MAX;
use crate::domain::receipt::ReceiptState;
use crate::domain::request::RequestState;
use crate::domain::settings::{Known, Settings};
use crate::domain::stay::{STAY_NIGHTS_MAX, Stay};
use crate::store::conversations::HeldBy;
use crate::store::requests::{self, Decided};
use crate::store::{
    Read, StoreError, WriteTx, attention, audit, cabins, conversations, feeds, receipts, reservations,
    settings,
};
use crate::understanding::Topic;
use jiff::civil::Date;
use std::sync::{Arc, LazyLock};

/// Lowest price: less than one peso a night is a typing error.
const PRICE_MINOR_MIN: i64 = 100;
/// Longest text about a cabin: that of a WhatsApp message.
const CABIN_TEXT_CHARS_MAX: usize = 4000;
/// Most amenities, and most photos.
const LIST_MAX: usize = 50;
/// One line of such a list, or an address.
const LINE_CHARS_MAX: usize = 500;
/// Longest reason, or name of a season.
const NOTE_CHARS_MAX: usize = 200;
/// Seasons of one cabin: many years of long weekends.
const SEASONS_MAX: usize = 500;

/// Adds a cabin; its id is ignored.
pub fn add_cabin(tx: &mut WriteTx<'_>, cabin: &Cabin, actor: &Actor) -> Result<CabinId, ManageError> {
    check_cabin(cabin)?;
    let id = cabins::insert(tx, cabin)?;
    note(tx, actor, AuditEvent::CabinAdded, id)?;
    Ok(id)
}

/// Changes a cabin. Quoted prices stay.
pub fn change_cabin(tx: &mut WriteTx<'_>, cabin: &Cabin, actor: &Actor) -> Result<(), ManageError> {
    check_cabin(cabin)?;
    if !cabins::update(tx, cabin)? {
        return Err(ManageError::NotFound("cabin"));
    }
    photos::forget_unnamed(tx, cabin)?;
    note(tx, actor, AuditEvent::CabinChanged, cabin.id)
}

/// Removes a cabin for good; refused while guests are to come.
pub fn remove_cabin(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    id: CabinId,
    actor: &Actor,
) -> Result<(), ManageError> {
    let today = context.moment(tx).today();
    if reservations::has_stays_from(tx, id, today)? {
        return Err(ManageError::CabinInUse);
    }
    if !cabins::delete(tx, id)? {
        return Err(ManageError::NotFound("cabin"));
    }
    super::price_rules::forget_cabin(tx, id)?;
    for feed in feeds::of_cabin(tx, id)? {
        feeds::delete(tx, feed.id)?;
    }
    note(tx, actor, AuditEvent::CabinRemoved, id)
}

/// Adds a season with its own price; its id is ignored.
pub fn add_season(tx: &mut WriteTx<'_>, season: &Season, actor: &Actor) -> Result<SeasonId, ManageError> {
    existing_cabin(tx, season.cabin_id)?;
    check_season(season)?;
    if cabins::all_seasons(tx, season.cabin_id)?.len() >= SEASONS_MAX {
        return Err(invalid(Field::From, Invalid::AtMost { high: SEASONS_MAX as u64, unit: Unit::Seasons }));
    }
    let id = cabins::insert_season(tx, season)?;
    note(tx, actor, AuditEvent::SeasonAdded, season.cabin_id)?;
    Ok(id)
}

/// Adds a season to several cabins: to all of them or to none.
pub fn add_season_to(
    tx: &mut WriteTx<'_>,
    cabins: &[CabinId],
    season: &Season,
    actor: &Actor,
) -> Result<(), ManageError> {
    for cabin_id in cabins {
        add_season(tx, &Season { cabin_id: *cabin_id, ..season.clone() }, actor)?;
    }
    Ok(())
}

/// Changes a season. Quoted prices stay.
pub fn change_season(tx: &mut WriteTx<'_>, season: &Season, actor: &Actor) -> Result<(), ManageError> {
    check_season(season)?;
    if !cabins::update_season(tx, season)? {
        return Err(ManageError::NotFound("rate"));
    }
    note(tx, actor, AuditEvent::SeasonChanged, season.cabin_id)
}

pub fn remove_season(
    tx: &mut WriteTx<'_>,
    cabin: CabinId,
    id: SeasonId,
    actor: &Actor,
) -> Result<(), ManageError> {
    if !cabins::delete_season(tx, cabin, id)? {
        return Err(ManageError::NotFound("rate"));
    }
    note(tx, actor, AuditEvent::SeasonRemoved, cabin)
}

/// Closes nights. Lapsed holds make room, once the payment provider was asked about them as `reconcile` says;
/// anything else in the way is a refusal.
pub fn add_block(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    cabin: CabinId,
    stay: Stay,
    reason: &str,
    reconcile: ReconcileFirst,
    actor: &Actor,
) -> Result<BlockId, ManageError> {
    existing_cabin(tx, cabin)?;
    check_chars(Field::Reason, reason, NOTE_CHARS_MAX)?;
    evict_lapsed(tx, context, cabin, stay, reconcile)?;
    let id = cabins::insert_block(tx, cabin, stay, reason)?
        .map_err(|taken| ManageError::NightsTaken(taken.day))?;
    note(tx, actor, AuditEvent::NightsClosed, cabin)?;
    Ok(id)
}

/// [`add_block`] in one transaction of its own, asking the payment provider about lapsed holds in the way first.
pub async fn close_nights(
    app: &App,
    cabin: CabinId,
    stay: Stay,
    reason: &str,
    actor: &Actor,
) -> Result<BlockId, ManageError> {
    let close = |reconcile| {
        let (context, reason, actor) = (Arc::clone(&app.context), reason.to_owned(), actor.clone());
        app.store.write(move |tx| add_block(tx, &context, cabin, stay, &reason, reconcile, &actor))
    };
    let closed = match close(ReconcileFirst::AskFirst).await {
        Err(ManageError::App(Error::ReconcileFirst(ids))) => {
            pay::ask_about(app, &ids).await;
            close(ReconcileFirst::Asked).await
        }
        other => other,
    };
    app.wake.after_decision();
    closed
}

pub fn remove_block(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    cabin: CabinId,
    id: BlockId,
    actor: &Actor,
) -> Result<(), ManageError> {
    let blocks = cabins::blocks(tx, cabin, Date::ZERO)?;
    let block = blocks.into_iter().find(|block| block.id == id).ok_or(ManageError::NotFound("block"))?;
    cabins::delete_block(tx, cabin, id)?;
    // A channel whose reservation waited for these nights gets them.
    feed_state::hand_over(tx, context, cabin, (block.stay.check_in(), block.stay.check_out()))?;
    note(tx, actor, AuditEvent::NightsOpened, cabin)
}

/// Changes settings. `seen` is the version that the caller read; `None` accepts any.
pub fn change_settings(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    seen: Option<i64>,
    change: impl FnOnce(&mut Settings) -> Result<(), ManageError>,
    actor: &Actor,
) -> Result<(Settings, i64), ManageError> {
    let (mut settings, version) = settings::load(tx)?;
    if seen.is_some_and(|seen| seen != version) {
        return Err(ManageError::Stale);
    }
    let before = settings.clone();
    change(&mut settings)?;
    let known = known(context);
    settings.tidy(&known);
    settings.check(&known).map_err(ManageError::Settings)?;
    let version = settings::save(tx, &settings, version)?.ok_or(ManageError::Stale)?;
    owner_numbers::changed(tx, context, &before, &settings)?;
    audit::note(tx, actor, AuditEvent::SettingsChanged, None, About::Nothing {})?;
    Ok((settings, version))
}

/// Reference data for checking settings: the guests' questions that the owner can answer, the country whose people
/// type numbers, and the format of holidays.
pub fn known(context: &AppContext) -> Known {
    static TOPICS: LazyLock<Vec<&'static str>> =
        LazyLock::new(|| Topic::ALL.iter().map(|topic| topic.code()).collect());
    Known { topics: &TOPICS, country: context.country(), holidays: holidays::check }
}

/// Hands the conversation to a person from now on.
pub fn take_over(tx: &mut WriteTx<'_>, id: ConversationId, actor: &Actor) -> Result<(), ManageError> {
    let until = settings::load(tx)?.0.take_over_time().map(|time| tx.now() + time);
    hold_conversation(tx, id, HeldBy::Person(until), actor, AuditEvent::ThreadTakenOver)
}

pub fn hand_back(tx: &mut WriteTx<'_>, id: ConversationId, actor: &Actor) -> Result<(), ManageError> {
    hold_conversation(tx, id, HeldBy::Bot, actor, AuditEvent::ThreadHandedBack)
}

/// Sends a person's answer, within the window.
pub fn reply(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    conversation_id: ConversationId,
    text: &str,
    actor: &Actor,
) -> Result<(), ManageError> {
    inbox::write(
        tx,
        context,
        &Reply {
            conversation_id,
            body: Body::Words(text),
            idempotency_key: None,
            late: Late::Refuse,
            silence: Silence::AWhile,
        },
        actor,
    )
}

/// Settles an attention item.
pub fn resolve(tx: &mut WriteTx<'_>, id: AttentionId, how: &str, actor: &Actor) -> Result<(), ManageError> {
    check_chars(Field::Resolution, how, CABIN_TEXT_CHARS_MAX)?;
    if attention::find(tx, id)?.is_none() {
        return Err(ManageError::NotFound("matter"));
    }
    // Settling it again changes nothing and is no error.
    if end_matter(tx, id, how, actor)? {
        audit::note(tx, actor, AuditEvent::MatterSettled, None, About::Attention { attention: id })?;
    }
    Ok(())
}

/// A person ends an attention item, and with it what waited for them: a guest is never told that it waits still.
/// `false` when it is not open.
pub(super) fn end_matter(
    tx: &mut WriteTx<'_>,
    id: AttentionId,
    how: &str,
    actor: &Actor,
) -> Result<bool, StoreError> {
    let is_open = attention::resolve(tx, id, actor.name(), how)?;
    if let Some(receipt) = receipts::of_attention(tx, id)? {
        // Pictures that came behind the first are listed and not told: they are the same matter.
        receipts::decide(tx, receipt.reservation_id, ReceiptState::Closed, actor.name())?;
    }
    if let Some(request) = requests::of_attention(tx, id)? {
        requests::decide(tx, request.id, &Decided::without_answer(RequestState::Answered, actor.name()))?;
    }
    Ok(is_open)
}

/// Records a backup made by a person. The regular ones leave no line: nobody acted.
pub fn backup_made(tx: &mut WriteTx<'_>, actor: &Actor) -> Result<(), ManageError> {
    Ok(audit::note(tx, actor, AuditEvent::CopyMade, None, About::Nothing {})?)
}

fn hold_conversation(
    tx: &mut WriteTx<'_>,
    id: ConversationId,
    held_by: HeldBy,
    actor: &Actor,
    event: AuditEvent,
) -> Result<(), ManageError> {
    if !conversations::set_held_by(tx, id, held_by)? {
        return Err(ManageError::NotFound("conversation"));
    }
    audit::note(tx, actor, event, None, About::Conversation { conversation: id })?;
    Ok(())
}

fn existing_cabin(tx: &impl Read, id: CabinId) -> Result<Cabin, ManageError> {
    cabins::find(tx, id)?.ok_or(ManageError::NotFound("cabin"))
}

fn note(tx: &mut WriteTx<'_>, actor: &Actor, event: AuditEvent, cabin: CabinId) -> Result<(), ManageError> {
    audit::note(tx, actor, event, None, About::Cabin { cabin })?;
    Ok(())
}

fn check_cabin(cabin: &Cabin) -> Result<(), ManageError> {
    if cabin.name.trim().is_empty() {
        return Err(invalid(Field::Name, Invalid::Empty));
    }
    check_chars(Field::Name, &cabin.name, CABIN_NAME_MAX)?;
    if !(1..=CAPACITY_MAX).contains(&cabin.capacity) {
        let high = CAPACITY_MAX.into();
        return Err(invalid(Field::Capacity, Invalid::Between { low: 1, high, unit: Unit::People }));
    }
    check_price(Field::BasePriceCents, cabin.base_price)?;
    check_nights(cabin.min_nights)?;
    if cabin.babies_max > CAPACITY_MAX {
        return Err(invalid(
            Field::BabiesMax,
            Invalid::AtMost { high: CAPACITY_MAX.into(), unit: Unit::Plain },
        ));
    }
    if cabin.pets_max.is_some_and(|max| max > PETS_MAX) {
        return Err(invalid(Field::PetsMax, Invalid::AtMost { high: PETS_MAX.into(), unit: Unit::Plain }));
    }
    check_chars(Field::Description, &cabin.description, CABIN_TEXT_CHARS_MAX)?;
    check_chars(Field::Policies, &cabin.policies, CABIN_TEXT_CHARS_MAX)?;
    check_chars(Field::Location, &cabin.location, LINE_CHARS_MAX)?;
    check_list(Field::Amenities, &cabin.amenities)?;
    check_list(Field::Photos, &cabin.photos)
}

fn check_season(season: &Season) -> Result<(), ManageError> {
    if season.to <= season.from {
        return Err(invalid(Field::To, Invalid::NotAfter(Field::From)));
    }
    check_chars(Field::Name, &season.name, NOTE_CHARS_MAX)?;
    check_price(Field::PriceCents, season.price)?;
    match season.gap {
        Some(GapPrice::Percent(percent)) if !(1..=GAP_PERCENT_MAX).contains(&percent) => {
            let high = GAP_PERCENT_MAX.into();
            return Err(invalid(Field::Gap, Invalid::Between { low: 1, high, unit: Unit::Plain }));
        }
        Some(GapPrice::AmountCents(minor)) => {
            check_price(Field::Gap, Money::new(minor, season.price.currency))?;
        }
        Some(GapPrice::Percent(_)) | None => {}
    }
    check_nights(season.min_nights)
}

/// Whether an amount can be the price of a night.
pub fn is_price(price: Money) -> Result<(), ManageError> {
    check_price(Field::PriceCents, price)
}

fn check_price(field: Field, price: Money) -> Result<(), ManageError> {
    let fits = (PRICE_MINOR_MIN..=AMOUNT_MINOR_MAX).contains(&price.minor);
    let (low, high) = (PRICE_MINOR_MIN.unsigned_abs(), AMOUNT_MINOR_MAX.unsigned_abs());
    let bounds = Invalid::Between { low, high, unit: Unit::Money(price.currency) };
    fits.then_some(()).ok_or_else(|| invalid(field, bounds))
}

fn check_nights(min_nights: Option<u16>) -> Result<(), ManageError> {
    let fits = min_nights.is_none_or(|nights| (1..=STAY_NIGHTS_MAX).contains(&nights));
    let bounds = Invalid::Between { low: 1, high: STAY_NIGHTS_MAX.into(), unit: Unit::Nights };
    fits.then_some(()).ok_or_else(|| invalid(Field::MinNights, bounds))
}

fn check_list(field: Field, lines: &[String]) -> Result<(), ManageError> {
    if lines.len() > LIST_MAX {
        return Err(invalid(field, Invalid::AtMost { high: LIST_MAX as u64, unit: Unit::Lines }));
    }
    lines.iter().try_for_each(|line| check_chars(field, line, LINE_CHARS_MAX))
}
