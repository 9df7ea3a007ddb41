//! The owner's changes by WhatsApp: the question for confirmation, and the change after the yes.

use super::common::{failed, names};
use super::look_up::row;
use super::people::{self, guest_of};
use super::{house, stays};
use crate::app::manage::{self, ManageError};
use crate::app::reserve::{Place, ReconcileFirst};
use crate::app::{AppContext, Error, stay_view};
use crate::dialogue::owner::{BlockOf, Change, GuestBooking, OwnerSay};
use crate::domain::attention::AttentionKind;
use crate::domain::audit::Actor;
use crate::domain::ids::{CabinId, ConversationId, ReservationId};
use crate::domain::stay::Stay;
use crate::store::conversations::{self, HeldBy};
use crate::store::nights::{self, Holder};
use crate::store::{Read, WriteTx, attention, cabins};
use jiff::civil::Date;

/// Asks to close nights of some cabins; those closed already are left out.
pub(super) fn block(
    tx: &impl Read,
    context: &AppContext,
    cabins: Vec<CabinId>,
    stay: Stay,
    reason: String,
) -> Result<OwnerSay, Error> {
    let (mut open, mut names) = (Vec::new(), Vec::new());
    for cabin in cabins {
        let name = stay_view::cabin_name(tx, cabin)?;
        if cabins::blocks(tx, cabin, stay.check_in())?.iter().any(|block| block.stay == stay) {
            continue;
        }
        let past = stay.check_in() < context.moment(tx).today();
        if past || !nights::are_free(tx, cabin, stay)? {
            return Ok(OwnerSay::CannotBlock { cabin: name, stay, by: in_the_way(tx, cabin, stay)? });
        }
        open.push(cabin);
        names.push(name);
    }
    if open.is_empty() {
        return Ok(OwnerSay::BlockedAlready { stay });
    }
    let change = Change::Block { cabins: open, stay, reason: reason.clone() };
    Ok(OwnerSay::AskBlock { cabins: names, stay, reason, change })
}

/// Reservations that hold nights of a stay, in order.
fn in_the_way(tx: &impl Read, cabin: CabinId, stay: Stay) -> Result<Vec<GuestBooking>, Error> {
    let mut ids: Vec<ReservationId> = Vec::new();
    for night in nights::held(tx, cabin, stay.check_in(), stay.check_out())? {
        if let Holder::Reservation(id) = night.holder
            && ids.last() != Some(&id)
        {
            ids.push(id);
        }
    }
    ids.into_iter().map(|id| row(tx, &stay_view::load(tx, id)?)).collect()
}

pub(super) fn unblock(
    tx: &impl Read,
    context: &AppContext,
    of: &[CabinId],
    stay: Option<Stay>,
) -> Result<OwnerSay, Error> {
    let (mut blocks, mut found) = (Vec::new(), Vec::new());
    for cabin in of {
        let name = stay_view::cabin_name(tx, *cabin)?;
        for block in cabins::blocks(tx, *cabin, context.moment(tx).today())? {
            if stay.is_none_or(|stay| block.stay.overlaps(stay)) {
                blocks.push(BlockOf { cabin: *cabin, block: block.id });
                found.push((name.clone(), block.stay));
            }
        }
    }
    match (of, blocks.len()) {
        (_, 0) => Ok(OwnerSay::NothingBlocked { cabins: names(tx, of)? }),
        ([only], 2..) if stay.is_none() => {
            let stays = found.into_iter().map(|(_, stay)| stay).collect();
            Ok(OwnerSay::WhichBlock { cabin: stay_view::cabin_name(tx, *only)?, stays })
        }
        _ => Ok(OwnerSay::AskUnblock { blocks: found, change: Change::Unblock { blocks } }),
    }
}

/// Makes the confirmed change, or says why it is impossible by now. Also what would undo it, where something can.
pub(super) fn carry_out(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    change: &Change,
    reconcile: ReconcileFirst,
) -> Result<(OwnerSay, Option<Change>), Error> {
    let for_good = |say: OwnerSay| (say, None);
    match change {
        Change::Block { cabins, stay, reason } => close(tx, context, cabins, *stay, reason, reconcile),
        Change::BlockAgain { stays } => close_again(tx, context, stays, reconcile),
        Change::Unblock { blocks } => open(tx, context, blocks),
        Change::Cancel { reservation_id, refund } => {
            stays::cancel(tx, context, *reservation_id, *refund).map(for_good)
        }
        Change::Move { reservation_id, cabin, stay, total } => {
            let place = Place { cabin: *cabin, stay: *stay };
            stays::move_to(tx, context, *reservation_id, place, *total).map(for_good)
        }
        Change::Confirm { reservation_id } => stays::confirm(tx, context, *reservation_id).map(for_good),
        Change::Receive { reservation_id, amount, method, paid } => {
            stays::receive(tx, context, *reservation_id, (*amount, *method), *paid).map(for_good)
        }
        Change::Discount { reservation_id, off, before } => {
            stays::discount(tx, context, *reservation_id, *off, *before).map(for_good)
        }
        Change::Book { booking, total, deposit_awaited } => {
            stays::book(tx, context, booking, *total, *deposit_awaited, reconcile).map(for_good)
        }
        Change::Rates { cabins, stay, rate } => house::change_rates(tx, cabins, *stay, *rate),
        Change::RestoreRates { added, changed } => house::restore_rates(tx, added, changed).map(for_good),
        Change::Pause { until } => house::pause(tx, context, *until),
        Change::Resume => house::resume(tx, context),
        Change::Teach { topic, words } => house::teach(tx, context, topic, words),
        Change::Tell { conversation, words, asked_at } => {
            people::tell(tx, context, *conversation, words, *asked_at).map(for_good)
        }
        Change::TakeOver { conversation } => take_over(tx, *conversation),
        Change::HandBack { conversation } => hand_back(tx, *conversation),
    }
}

/// The owner answers this guest from now on, for as long as the owner set.
pub(super) fn take_over(
    tx: &mut WriteTx<'_>,
    conversation: ConversationId,
) -> Result<(OwnerSay, Option<Change>), Error> {
    manage::take_over(tx, conversation, &Actor::Owner).map_err(failed)?;
    let held_by = conversations::find(tx, conversation)?.ok_or(Error::NotFound)?.held_by;
    let until = match held_by {
        HeldBy::Person(until) => until,
        HeldBy::Bot => None,
    };
    let guest = guest_of(tx, conversation)?;
    Ok((OwnerSay::TakenOver { guest, until }, Some(Change::HandBack { conversation })))
}

pub(super) fn hand_back(
    tx: &mut WriteTx<'_>,
    conversation: ConversationId,
) -> Result<(OwnerSay, Option<Change>), Error> {
    manage::hand_back(tx, conversation, &Actor::Owner).map_err(failed)?;
    attention::settle(tx, AttentionKind::WantsAPerson, &conversation.to_string())?;
    let guest = guest_of(tx, conversation)?;
    Ok((OwnerSay::HandedBack { guest }, Some(Change::TakeOver { conversation })))
}

/// Closes the nights of all the cabins, or of none. Checked again: the yes may come late, or twice.
fn close(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    of: &[CabinId],
    stay: Stay,
    reason: &str,
    reconcile: ReconcileFirst,
) -> Result<(OwnerSay, Option<Change>), Error> {
    let (cabins, names) = match block(tx, context, of.to_vec(), stay, reason.to_owned())? {
        OwnerSay::AskBlock { cabins, change: Change::Block { cabins: open, .. }, .. } => (open, cabins),
        other => return Ok((other, None)),
    };
    let mut at = None;
    let done = crate::store::nested(tx, |tx| {
        let mut blocks = Vec::new();
        for cabin in &cabins {
            at = Some(*cabin);
            let block = manage::add_block(tx, context, *cabin, stay, reason, reconcile, &Actor::Owner)?;
            blocks.push(BlockOf { cabin: *cabin, block });
        }
        Ok::<_, ManageError>(blocks)
    });
    match (done, at) {
        (Ok(blocks), _) => Ok((OwnerSay::Blocked { cabins: names, stay }, Some(Change::Unblock { blocks }))),
        (Err(ManageError::NightsTaken(_)), Some(cabin)) => {
            let (name, by) = (stay_view::cabin_name(tx, cabin)?, in_the_way(tx, cabin, stay)?);
            Ok((OwnerSay::CannotBlock { cabin: name, stay, by }, None))
        }
        (Err(other), _) => Err(failed(other)),
    }
}

/// Closes again what was opened, as far as nobody has taken it meanwhile.
fn close_again(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    stays: &[(CabinId, Stay)],
    reconcile: ReconcileFirst,
) -> Result<(OwnerSay, Option<Change>), Error> {
    let (mut closed, mut blocks) = (Vec::new(), Vec::new());
    for (cabin, stay) in stays {
        let (say, undo) = close(tx, context, &[*cabin], *stay, "", reconcile)?;
        match undo {
            Some(Change::Unblock { blocks: made }) => blocks.extend(made),
            _ => return Ok((say, None)),
        }
        closed.push((stay_view::cabin_name(tx, *cabin)?, *stay));
    }
    Ok((OwnerSay::BlockedAgain { blocks: closed }, Some(Change::Unblock { blocks })))
}

fn open(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    blocks: &[BlockOf],
) -> Result<(OwnerSay, Option<Change>), Error> {
    let (mut opened, mut stays) = (Vec::new(), Vec::new());
    for BlockOf { cabin, block } in blocks {
        let known = cabins::blocks(tx, *cabin, Date::ZERO)?;
        let Some(found) = known.into_iter().find(|known| known.id == *block) else { continue };
        manage::remove_block(tx, context, *cabin, *block, &Actor::Owner).map_err(failed)?;
        opened.push((stay_view::cabin_name(tx, *cabin)?, found.stay));
        stays.push((*cabin, found.stay));
    }
    if opened.is_empty() {
        let of: Vec<CabinId> = blocks.iter().map(|block| block.cabin).collect();
        return Ok((OwnerSay::NothingBlocked { cabins: names(tx, &of)? }, None));
    }
    Ok((OwnerSay::Unblocked { blocks: opened }, Some(Change::BlockAgain { stays })))
}
