//! The owner's changes by WhatsApp: the question for confirmation, and the change after the yes.

use super::look_up::row;
use super::people::guest_of;
use super::stays;
use crate::app::manage::{self, ManageError};
use crate::app::reserve::ReconcileFirst;
use crate::app::{AppContext, Error, stay_view};
use crate::dialogue::owner::{Change, GuestBooking, OwnerSay};
use crate::domain::attention::AttentionKind;
use crate::domain::audit::Actor;
use crate::domain::ids::{CabinId, ReservationId};
use crate::domain::stay::Stay;
use crate::store::nights::{self, Holder};
use crate::store::{Read, WriteTx, attention, cabins};
use jiff::civil::Date;

pub(super) fn block(
    tx: &impl Read,
    context: &AppContext,
    cabin: CabinId,
    stay: Stay,
    reason: String,
) -> Result<OwnerSay, Error> {
    let name = stay_view::cabin_name(tx, cabin)?;
    if cabins::blocks(tx, cabin, stay.check_in())?.iter().any(|block| block.stay == stay) {
        return Ok(OwnerSay::BlockedAlready { cabin: name, stay });
    }
    let past = stay.check_in() < context.moment(tx).today();
    if past || !nights::are_free(tx, cabin, stay)? {
        return Ok(OwnerSay::CannotBlock { cabin: name, stay, by: in_the_way(tx, cabin, stay)? });
    }
    let change = Change::Block { cabin, stay, reason: reason.clone() };
    Ok(OwnerSay::AskBlock { cabin: name, stay, reason, change })
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
    cabin: CabinId,
    stay: Option<Stay>,
) -> Result<OwnerSay, Error> {
    let name = stay_view::cabin_name(tx, cabin)?;
    let mut blocks = cabins::blocks(tx, cabin, context.moment(tx).today())?;
    blocks.retain(|block| stay.is_none_or(|stay| block.stay.overlaps(stay)));
    let stays: Vec<Stay> = blocks.iter().map(|block| block.stay).collect();
    if blocks.is_empty() {
        return Ok(OwnerSay::NothingBlocked { cabin: name });
    }
    if blocks.len() > 1 && stay.is_none() {
        return Ok(OwnerSay::WhichBlock { cabin: name, stays });
    }
    let change = Change::Unblock { cabin, blocks: blocks.iter().map(|block| block.id).collect() };
    Ok(OwnerSay::AskUnblock { cabin: name, stays, change })
}

/// Makes the confirmed change, or says why it is impossible by now.
pub(super) fn carry_out(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    change: &Change,
    reconcile: ReconcileFirst,
) -> Result<OwnerSay, Error> {
    let actor = Actor::Owner;
    match change {
        Change::Block { cabin, stay, reason } => {
            // Checked again: the yes may come late, or twice.
            match block(tx, context, *cabin, *stay, reason.clone())? {
                OwnerSay::AskBlock { cabin: name, .. } => {
                    let done = crate::store::nested(tx, |tx| {
                        manage::add_block(tx, context, *cabin, *stay, reason, reconcile, &actor)
                    });
                    match done {
                        Ok(_) => Ok(OwnerSay::Blocked { cabin: name, stay: *stay }),
                        Err(ManageError::NightsTaken(_)) => {
                            let by = in_the_way(tx, *cabin, *stay)?;
                            Ok(OwnerSay::CannotBlock { cabin: name, stay: *stay, by })
                        }
                        Err(other) => Err(failed(other)),
                    }
                }
                other => Ok(other),
            }
        }
        Change::Unblock { cabin, blocks } => {
            let name = stay_view::cabin_name(tx, *cabin)?;
            let known = cabins::blocks(tx, *cabin, Date::ZERO)?;
            let found: Vec<_> = known.into_iter().filter(|block| blocks.contains(&block.id)).collect();
            for block in &found {
                manage::remove_block(tx, *cabin, block.id, &actor).map_err(failed)?;
            }
            let stays: Vec<Stay> = found.iter().map(|block| block.stay).collect();
            let nothing = stays.is_empty();
            Ok(if nothing {
                OwnerSay::NothingBlocked { cabin: name }
            } else {
                OwnerSay::Unblocked { cabin: name, stays }
            })
        }
        Change::Cancel { reservation_id, refund } => stays::cancel(tx, context, *reservation_id, *refund),
        Change::Move { reservation_id, stay, total } => {
            stays::move_to(tx, context, *reservation_id, *stay, *total)
        }
        Change::TakeOver { conversation } => {
            manage::take_over(tx, *conversation, &actor).map_err(failed)?;
            Ok(OwnerSay::TakenOver { guest: guest_of(tx, *conversation)? })
        }
        Change::HandBack { conversation } => {
            manage::hand_back(tx, *conversation, &actor).map_err(failed)?;
            attention::settle(tx, AttentionKind::WantsAPerson, &conversation.to_string())?;
            Ok(OwnerSay::HandedBack { guest: guest_of(tx, *conversation)? })
        }
    }
}

fn failed(error: ManageError) -> Error {
    match error {
        ManageError::App(error) => error,
        ManageError::Store(error) => error.into(),
        ManageError::NotFound(_) => Error::NotFound,
        ManageError::Invalid { .. }
        | ManageError::Settings(_)
        | ManageError::CabinInUse
        | ManageError::NightsTaken(_)
        | ManageError::Stale
        | ManageError::WindowClosed
        | ManageError::OptedOut => Error::Stale,
    }
}
