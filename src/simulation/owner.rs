//! The owner: settles attention items, books by the API, cancels, moves, closes nights. A refusal by the
//! instance is an answer; only the invariants judge.

use super::rng::Rng;
use super::world::Shared;
use crate::app::reserve::{self, HoldRequest, ReconcileFirst, Who};
use crate::app::{App, Error, holding, manage, pay, refunds, stay_view};
use crate::domain::audit::Actor;
use crate::domain::channel::KnownChannel;
use crate::domain::ids::{CabinId, ReservationId};
use crate::domain::money::Money;
use crate::domain::party::Party;
use crate::domain::payment::PaymentMethod;
use crate::domain::pricing::{Agreed, Terms};
use crate::domain::reservation::{Event, Status};
use crate::domain::stay::Stay;
use crate::store::guests::Identity;
use crate::store::{Read, WriteTx, attention, cabins, payments};
use std::sync::Arc;

fn desk() -> Actor {
    Actor::User("desk@example.com".to_owned())
}

/// Settles some open attention items: makes the proposed refunds, hands conversations back.
pub(super) async fn decides(app: &App, world: &Shared) -> Result<(), manage::ManageError> {
    let open = app.store.read(|tx| Ok::<_, Error>(attention::open(tx)?)).await?;
    for attention in open.into_iter().take(6) {
        let lazy = world.lock().rng.permille(300);
        if lazy {
            continue;
        }
        let context = Arc::clone(&app.context);
        let refund = attention.details["propose"] == "refund";
        app.store
            .write(move |tx| {
                if let (true, Some(id)) = (refund, attention.reservation_id) {
                    give_back(tx, &context, id)?;
                }
                if let Some(conversation) = attention.conversation_id {
                    manage::hand_back(tx, conversation, &desk())?;
                }
                manage::resolve(tx, attention.id, "done", &desk())
            })
            .await?;
    }
    Ok(())
}

fn give_back(
    tx: &mut WriteTx<'_>,
    context: &crate::app::AppContext,
    id: ReservationId,
) -> Result<(), manage::ManageError> {
    let reservation = stay_view::load(tx, id)?;
    let paid = payments::paid(tx, id)?;
    let due = match reservation.status {
        Status::Confirmed | Status::CheckedIn | Status::CheckedOut => paid - reservation.quote.deposit.minor,
        Status::PreReserved | Status::Cancelled | Status::Expired | Status::NoShow => paid,
    };
    if due <= 0 {
        return Ok(());
    }
    let amount = Money::new(due, reservation.quote.total.currency);
    match refunds::want_refund(tx, context, &reservation, amount, &desk()) {
        Ok(()) | Err(Error::Refused(_)) => Ok(()),
        Err(other) => Err(other.into()),
    }
}

/// Books for a caller, who pays by transfer.
pub(super) async fn books(app: &App, world: &Shared) -> Result<(), Error> {
    let (stay, people, cabin, number) = {
        let world = &mut *world.lock();
        let (from, to, people) = world.some_stay();
        let Ok(stay) = Stay::new(from, to) else { return Ok(()) };
        (stay, people, 1 + world.rng.below(6) as i64, world.number())
    };
    let who = Identity {
        phone: None,
        bsuid: None,
        name: format!("Caller {number}"),
        email: Some(format!("caller{number}@example.com")),
    };
    let request = HoldRequest {
        cabin_id: CabinId(cabin),
        stay,
        party: Party::of_adults(people),
        terms: Terms::default(),
        agreed: Agreed::default(),
        who: Who::Named(who),
        channel: KnownChannel::Direct.into(),
        total_said: None,
        reconcile: ReconcileFirst::AskFirst,
    };
    let reserve::Held::Yes(held) = holding::hold_now(app, request).await? else { return Ok(()) };
    let pays = world.lock().rng.permille(600);
    if pays {
        let context = Arc::clone(&app.context);
        let deposit = held.quote.deposit;
        app.store
            .write(move |tx| {
                pay::record_by_hand(tx, &context, held.id, deposit, PaymentMethod::Transfer, &desk())
            })
            .await?;
    }
    Ok(())
}

/// A random action on a random reservation or cabin.
pub(super) async fn manages(app: &App, world: &Shared) -> Result<(), manage::ManageError> {
    let (mut rng, stay) = {
        let world = &mut *world.lock();
        let (from, to, _) = world.some_stay();
        (Rng::new(world.rng.next()), Stay::new(from, to))
    };
    let Ok(stay) = stay else { return Ok(()) };
    let context = Arc::clone(&app.context);
    let cabin = CabinId(1 + rng.below(6) as i64);
    let what = rng.below(7);
    if what == 0 {
        return manage::close_nights(app, cabin, stay, "", &desk()).await.map(drop);
    }
    app.store
        .write(move |tx| match what {
            1 => {
                let today = context.moment(tx).today();
                match cabins::blocks(tx, cabin, today)?.first() {
                    Some(block) => manage::remove_block(tx, &context, cabin, block.id, &desk()),
                    None => Ok(()),
                }
            }
            what => {
                let Some(id) = some_reservation(tx, &mut rng)? else { return Ok(()) };
                let done = match what {
                    2 | 3 => reserve::cancel(tx, &context, id, "", &desk()).map(drop),
                    4 => {
                        let place = reserve::Place { cabin, stay };
                        reserve::move_stay(tx, &context, id, place, Party::of_adults(2), &desk()).map(drop)
                    }
                    5 => reserve::confirm(tx, &context, id, &desk()).map(drop),
                    _ => reserve::record(tx, &context, id, Event::CheckIn, &desk()).map(drop),
                };
                Ok(done?)
            }
        })
        .await
}

/// A random reservation that is not over.
fn some_reservation(tx: &impl Read, rng: &mut Rng) -> Result<Option<ReservationId>, Error> {
    let today = tx.now().as_millisecond() - 90 * 86_400_000;
    let mut statement = tx
        .connection()
        .prepare_cached(
            "SELECT id FROM reservation WHERE status IN ('pre_reserved', 'confirmed') AND created_at > ?1",
        )
        .map_err(crate::store::StoreError::from)?;
    let ids: Result<Vec<i64>, _> = statement.query_map([today], |row| row.get(0)).and_then(Iterator::collect);
    let ids = ids.map_err(crate::store::StoreError::from)?;
    Ok((!ids.is_empty()).then(|| ReservationId(*rng.pick(&ids))))
}
