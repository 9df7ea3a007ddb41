//! The record of what the owner was told because a guest was promised a person: told again until it was seen.

use super::notify_owner::owner_words;
use crate::app::{AppContext, Error};
use crate::dialogue::owner::OwnerTap;
use crate::dialogue::replies;
use crate::domain::attention::AttentionKind;
use crate::domain::ids::AttentionId;
use crate::domain::notice::{NoticeKind, NoticeWay};
use crate::domain::quiet_hours::end_of_quiet;
use crate::store::notices::{self, Notice};
use crate::store::requests::{self, Request};
use crate::store::{Read, WriteTx, attention, settings};
use jiff::SignedDuration;

/// When an urgent notice is told again, counted from the first time.
const URGENT_AGAIN: [SignedDuration; 3] =
    [SignedDuration::from_mins(5), SignedDuration::from_mins(15), SignedDuration::from_mins(30)];
/// When any other one is.
const AGAIN: [SignedDuration; 1] = [SignedDuration::from_mins(30)];

/// A notice to be written.
pub(super) struct New<'a> {
    pub kind: NoticeKind,
    pub attention: AttentionId,
    pub urgent: bool,
    pub words: &'a str,
    pub body: &'a str,
}

/// Writes the row and tells the owner. An owner without a number finds it on the page.
pub(super) fn write(tx: &mut WriteTx<'_>, context: &AppContext, new: &New<'_>) -> Result<(), Error> {
    let New { kind, attention: attention_id, urgent, words, body } = *new;
    let next_at = tx.now() + pauses(urgent)[0];
    let id = notices::insert(tx, &notices::New { kind, attention_id, urgent, words, body, next_at })?;
    let buttons = buttons(tx, attention_id)?;
    if let Some(outbound) = owner_words(tx, context, body, buttons)? {
        notices::told(tx, id, NoticeWay::Whatsapp, Some(outbound))?;
    }
    Ok(())
}

/// What the owner can decide about an attention item with one tap.
fn buttons(tx: &impl Read, id: AttentionId) -> Result<Vec<(String, OwnerTap)>, Error> {
    if let Some(request) = requests::of_attention(tx, id)?.filter(Request::is_open) {
        return Ok(replies::request_buttons(request.id));
    }
    let item = attention::find(tx, id)?.filter(|item| item.resolved_at.is_none());
    let is_receipt = item.is_some_and(|item| item.kind == AttentionKind::TransferReceipt);
    Ok(if is_receipt { replies::receipt_buttons(id) } else { Vec::new() })
}

/// Tells once more of an attention item, whether or not its notice was seen.
pub fn told_again(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    attention: Option<AttentionId>,
) -> Result<(), Error> {
    let Some(notice) = attention.map(|id| notices::last_of(tx, id)).transpose()?.flatten() else {
        return Ok(());
    };
    once_more(tx, context, &notice)
}

/// Whether some notice is to be told again, or to be noted as seen.
pub fn is_due(tx: &impl Read) -> Result<bool, Error> {
    Ok(!notices::due(tx)?.is_empty())
}

/// Tells again what nobody has seen and is due. Quiet hours put off what is not urgent.
pub fn tell_again(tx: &mut WriteTx<'_>, context: &AppContext) -> Result<(), Error> {
    let (settings, _) = settings::load(tx)?;
    for notice in notices::due(tx)? {
        if let Some(by) = notices::proof_of_sight(tx, &notice)? {
            notices::seen(tx, notice.id, by)?;
            continue;
        }
        match end_of_quiet(&settings, &context.moment(tx)) {
            Some(end) if !notice.urgent => notices::put_off(tx, notice.id, end)?,
            _ => once_more(tx, context, &notice)?,
        }
    }
    Ok(())
}

/// The owner's page showed all that is open.
pub fn notices_opened(tx: &mut WriteTx<'_>) -> Result<(), Error> {
    Ok(notices::all_opened(tx)?)
}

fn once_more(tx: &mut WriteTx<'_>, context: &AppContext, notice: &Notice) -> Result<(), Error> {
    let next = pauses(notice.urgent).get(usize::from(notice.repeats) + 1);
    notices::repeated(tx, notice.id, next.map(|pause| notice.created_at + *pause))?;
    let body = replies::owner_again(&notice.body);
    let buttons = buttons(tx, notice.attention_id)?;
    if let Some(outbound) = owner_words(tx, context, &body, buttons)? {
        notices::told(tx, notice.id, NoticeWay::Whatsapp, Some(outbound))?;
    }
    Ok(())
}

fn pauses(urgent: bool) -> &'static [SignedDuration] {
    if urgent { &URGENT_AGAIN } else { &AGAIN }
}
