//! Guests who wait for nights that were taken.

use super::stay_view::guest_of;
use super::{App, Error, notify, quote};
use crate::dialogue::{Quoted, QuotedRoom, Room, StaySay};
use crate::domain::ids::CabinId;
use crate::domain::pricing::{Inquiry, Terms};
use crate::store::waiting;
use std::sync::Arc;

/// Nights of a cabin became free: tells guests who wait for such a stay.
pub async fn notify_waiting(app: &App, _freed: CabinId) -> Result<(), Error> {
    let context = Arc::clone(&app.context);
    app.store
        .write(move |tx| {
            let today = context.moment(tx).today();
            for wish in waiting::open(tx, today)? {
                let offers = quote::all(tx, &context, &Inquiry::plain(wish.stay, wish.party))?;
                let first = offers.into_iter().find_map(|answer| Some((answer.cabin, answer.outcome.ok()?)));
                let Some((cabin, price)) = first else { continue };
                let guest = guest_of(tx, wish.conversation_id)?;
                waiting::told(tx, wish.id)?;
                if guest.opted_out {
                    continue;
                }
                let terms = Terms::default();
                let room = Room { cabin_id: cabin.id, party: wish.party, total: price.total, terms };
                let news = StaySay::WaitlistNews(Quoted {
                    stay: wish.stay,
                    party: wish.party,
                    rooms: vec![QuotedRoom { name: cabin.name, room, quote: price }],
                    about: String::new(),
                });
                let to = notify::To { conversation: wish.conversation_id, guest: &guest, answers: None };
                notify::guest(tx, &context, &to, &[news.into()])?;
            }
            Ok(())
        })
        .await
}
