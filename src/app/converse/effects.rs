//! What a turn asks for beside its words, written in the turn's transaction.

use super::Desk;
use crate::app::{Error, checkouts, notify, receipts, requests};
use crate::dialogue::Effect;
use crate::store::{WriteTx, guests, waiting};

impl Desk<'_> {
    pub(super) fn effect(
        &self,
        tx: &mut WriteTx<'_>,
        effect: Effect,
        asking: &notify::Asking<'_>,
    ) -> Result<(), Error> {
        match effect {
            Effect::HandOver { why } => asking.person(tx, self.context, why),
            Effect::TellOwner { concern } => asking.matter(tx, self.context, concern, self.here.as_ref()),
            Effect::AskOwner { question } => asking.question(tx, self.context, &question),
            Effect::Receipt { reservation_id, by, keeps_until } => {
                receipts::received(tx, self.context, asking, reservation_id, by, keeps_until)
            }
            Effect::Request(made) => {
                let here = self.here.as_ref().map(|(stay, _)| stay);
                requests::ask(tx, self.context, asking, &made, here)
            }
            Effect::CallOffRequests { kind } => requests::call_off(tx, self.context, asking, kind),
            Effect::Withdraw { reservation_id } => asking.withdrawal(tx, self.context, reservation_id),
            Effect::OptOut => Ok(guests::set_opted_out(tx, self.guest.id, true)?),
            Effect::OptIn => Ok(guests::set_opted_out(tx, self.guest.id, false)?),
            Effect::OpenCheckout { reservation_id } => checkouts::want_link(tx, reservation_id),
            Effect::Waitlist { stay, party } => Ok(waiting::insert(tx, self.conversation.id, stay, party)?),
            Effect::Remember { name, email } => Ok(guests::remember(tx, self.guest.id, name, email)?),
        }
    }
}
