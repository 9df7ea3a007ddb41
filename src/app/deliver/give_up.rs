//! When a message is tried again, and when it is given up.

use crate::app::stay_view::guest_of;
use crate::app::{AppContext, Error, notify};
use crate::dialogue::Notice;
use crate::domain::attention::{AttentionItem, AttentionKind, Undelivered};
use crate::domain::delivery_failure::DeliveryCause;
use crate::domain::ids::{ConversationId, OutboundId};
use crate::domain::message::SentThing;
use crate::ports::error::PortError;
use crate::ports::whatsapp::WINDOW_CLOSED;
use crate::store::{WriteTx, attention, outbox};
use jiff::SignedDuration;

/// Age at which an undelivered message is given up: an answer to yesterday's question helps nobody.
pub(super) const AGE_MAX: SignedDuration = SignedDuration::from_hours(24);
/// The same for critical messages: a confirmation or a link to pay.
pub(super) const CRITICAL_AGE_MAX: SignedDuration = SignedDuration::from_hours(72);
/// First backoff; doubled each time.
const PAUSE_FIRST: SignedDuration = SignedDuration::from_secs(2);
/// Longest backoff: a guest waits.
const PAUSE_MAX: SignedDuration = SignedDuration::from_mins(5);

/// The next backoff: as the provider asked, else doubling with a jitter of a quarter.
pub(super) fn pause(error: &PortError, attempts: u32, jitter: f64) -> SignedDuration {
    let asked = match error {
        PortError::Transient { after: Some(after), .. } => SignedDuration::try_from(*after).ok(),
        _ => None,
    };
    let doubled = PAUSE_FIRST.saturating_mul(1 << attempts.saturating_sub(1).min(16));
    asked.unwrap_or(doubled.mul_f64(0.875 + jitter / 4.0).min(PAUSE_MAX))
}

/// Gives a message up and opens an attention item, one a cause. A file that accompanies words is dropped: what it shows stands
/// elsewhere too. Of a file that a person sent the owner hears at once.
pub(super) fn give_up(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    conversation: ConversationId,
    id: OutboundId,
    code: &str,
) -> Result<(), Error> {
    outbox::failed(tx, id, code)?;
    notify::way_failed(tx, notify::Sent::Whatsapp(id))?;
    let file = outbox::find(tx, id)?.filter(|outbound| outbound.message.is_file());
    match &file {
        Some(outbound) if !outbound.by_person => {
            tracing::warn!(outbound = id.0, code, "a file that accompanies words was given up");
            metrics::counter!("files_dropped_total").increment(1);
            return Ok(());
        }
        Some(outbound) => {
            let guest = notify::called(&guest_of(tx, conversation)?);
            let notice = Notice::FileNotSent {
                guest,
                thing: SentThing::of(&outbound.message),
                late: code == WINDOW_CLOSED,
            };
            notify::owner_about(tx, context, &notice, conversation)?;
        }
        None => {}
    }
    let cause = DeliveryCause::of(code);
    let undelivered = Undelivered { code: code.to_owned(), outbound_id: id };
    let subject = cause.subject(conversation, code);
    let new = attention::New {
        conversation_id: cause.is_of_one_guest().then_some(conversation),
        ..attention::New::of(AttentionItem::Undelivered(undelivered), &subject)
    };
    notify::failing(tx, &new)?;
    Ok(())
}

/// A message arrived: what kept others of this guest, or of all, from arriving is over.
pub(super) fn arrives_again(tx: &mut WriteTx<'_>, conversation: ConversationId) -> Result<(), Error> {
    for cause in [DeliveryCause::Unreachable, DeliveryCause::Limited] {
        attention::settle(tx, AttentionKind::Undelivered, &cause.subject(conversation, ""))?;
    }
    Ok(())
}
