//! The record of what the owner was told because a guest was promised a person: told again, each time by the next way,
//! until it was seen.

use super::ways::{self, About, Sent, Telling};
use crate::app::{AppContext, Error};
use crate::dialogue::owner::OwnerTap;
use crate::dialogue::replies;
use crate::domain::attention::{AttentionItem, AttentionKind};
use crate::domain::ids::{AttentionId, NoticeId};
use crate::domain::message::{FileForm, Header, Stored};
use crate::domain::notice::{NoticeKind, NoticeWay};
use crate::domain::quiet_hours::end_of_quiet;
use crate::domain::settings::Settings;
use crate::ports::whatsapp::{Content, InboundMessage};
use crate::store::notices::{self, Notice};
use crate::store::requests::{self, Request};
use crate::store::{Read, WriteTx, attention, inbox, jobs, settings};
use jiff::SignedDuration;

/// Name of the schedule row of the round that tells again.
pub const ROUND: &str = "remind";
/// When an urgent notice is told again, counted from the first time.
const URGENT_AGAIN: [SignedDuration; 3] =
    [SignedDuration::from_mins(5), SignedDuration::from_mins(15), SignedDuration::from_mins(30)];
/// When any other one is.
const AGAIN: [SignedDuration; 1] = [SignedDuration::from_mins(30)];

/// A pause that was planned for a moment that is over: the other way has to have its time.
const AGAIN_SOON: SignedDuration = SignedDuration::from_mins(5);

/// A notice to be written.
pub(super) struct New<'a> {
    pub kind: NoticeKind,
    pub attention: AttentionId,
    pub urgent: bool,
    /// Told in quiet hours too, though it is not urgent: of somebody who has a stay now.
    pub at_once: bool,
    pub words: &'a str,
    pub body: &'a str,
}

/// What one pass of telling needs of a notice.
struct Pass<'a> {
    id: NoticeId,
    attention: AttentionId,
    /// `None` for a kind of another version.
    kind: Option<NoticeKind>,
    urgent: bool,
    body: &'a str,
}

impl<'a> Pass<'a> {
    fn of(notice: &Notice, body: &'a str) -> Pass<'a> {
        let Notice { id, attention_id: attention, urgent, .. } = *notice;
        Pass { id, attention, kind: notice.kind.parse().ok(), urgent, body }
    }
}

/// Writes the row and tells the owner by the first way; what can wait does so until the quiet hours are over. An owner
/// without any way finds it on the page.
pub(super) fn write(tx: &mut WriteTx<'_>, context: &AppContext, new: &New<'_>) -> Result<(), Error> {
    let New { kind, attention: attention_id, urgent, at_once, words, body } = *new;
    let (settings, _) = settings::load(tx)?;
    let quiet_until = end_of_quiet(&settings, &context.moment(tx)).filter(|_| !urgent && !at_once);
    let next_at = quiet_until.unwrap_or(tx.now() + pauses(urgent)[0]);
    let id = notices::insert(tx, &notices::New { kind, attention_id, urgent, words, body, next_at })?;
    if quiet_until.is_some() {
        return Ok(());
    }
    pass(tx, context, &settings, &Pass { id, attention: attention_id, kind: Some(kind), urgent, body })
        .map(drop)
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

/// The guest's own picture or document, where a receipt is one.
fn header(tx: &impl Read, id: AttentionId) -> Result<Option<Header>, Error> {
    let item = attention::find(tx, id)?.and_then(|item| item.attention());
    let Some(AttentionItem::TransferReceipt(receipt)) = item else { return Ok(None) };
    let file = Stored::Inbound { id: receipt.inbound_id };
    let event = inbox::find(tx, receipt.inbound_id)?.map(|inbound| inbound.event).unwrap_or_default();
    let content = serde_json::from_str::<InboundMessage>(&event).ok().map(|message| message.content);
    Ok(match content {
        Some(Content::Image { media, .. }) if FileForm::of(&media.mime) == Some(FileForm::Image) => {
            Some(Header::Image { file })
        }
        Some(Content::Document { media, filename, .. })
            if FileForm::of(&media.mime) == Some(FileForm::Document) =>
        {
            Some(Header::Document { file, filename: filename.unwrap_or_default() })
        }
        _ => None,
    })
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
    let (settings, _) = settings::load(tx)?;
    once_more(tx, context, &settings, &notice)
}

/// Whether some notice is to be told again, or to be noted as seen.
pub fn is_due(tx: &impl Read) -> Result<bool, Error> {
    Ok(!notices::due(tx)?.is_empty())
}

/// Tells again what nobody has seen and is due. A way that failed is followed by another at once; quiet hours put off
/// what is not urgent.
pub fn tell_again(tx: &mut WriteTx<'_>, context: &AppContext) -> Result<(), Error> {
    let (settings, _) = settings::load(tx)?;
    for notice in notices::due(tx)? {
        if let Some(by) = notices::proof_of_sight(tx, &notice)? {
            notices::seen(tx, notice.id, by)?;
            continue;
        }
        if notices::has_failed(tx, notice.id)? {
            instead(tx, context, &settings, &notice)?;
            continue;
        }
        match end_of_quiet(&settings, &context.moment(tx)) {
            None if notices::tries(tx, notice.id)?.is_empty() => first_time(tx, context, &settings, &notice)?,
            _ if usize::from(notice.repeats) >= pauses(notice.urgent).len() => notices::rest(tx, notice.id)?,
            Some(end) if !notice.urgent => notices::put_off(tx, notice.id, end)?,
            _ => once_more(tx, context, &settings, &notice)?,
        }
    }
    Ok(())
}

/// The owner's page showed all that is open.
pub fn notices_opened(tx: &mut WriteTx<'_>) -> Result<(), Error> {
    Ok(notices::all_opened(tx)?)
}

/// A message of a notice is given up: its next way is tried by the next round, which is due now.
pub fn way_failed(tx: &mut WriteTx<'_>, sent: Sent) -> Result<(), Error> {
    let was_of_notice = match sent {
        Sent::Whatsapp(id) => notices::hasten_of_outbound(tx, id)?,
        Sent::Push(id) => notices::hasten_of_push(tx, id)?,
        Sent::Mail(id) => notices::hasten_of_mail(tx, id)?,
    };
    if was_of_notice {
        let now = tx.now();
        jobs::reschedule(tx, ROUND, now)?;
    }
    Ok(())
}

/// Tells by another way in place of one that failed, when there is one that was tried less; the pauses stay.
fn instead(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    settings: &Settings,
    notice: &Notice,
) -> Result<(), Error> {
    let now = tx.now();
    let planned =
        pauses(notice.urgent).get(usize::from(notice.repeats)).map(|pause| notice.created_at + *pause);
    let tries = notices::tries(tx, notice.id)?;
    let last = tries.last().map_or(0, |(_, times)| *times);
    let next = next_way(&ways::available(tx, context, settings)?, &tries);
    if next.is_some_and(|(_, times)| times < last) {
        pass(tx, context, settings, &Pass::of(notice, &notice.body))?;
    }
    match planned {
        Some(planned) => Ok(notices::put_off(tx, notice.id, planned.max(now + AGAIN_SOON))?),
        None => Ok(notices::rest(tx, notice.id)?),
    }
}

/// Tells what waited for the end of the quiet hours; it rests when there is no way.
fn first_time(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    settings: &Settings,
    notice: &Notice,
) -> Result<(), Error> {
    if !pass(tx, context, settings, &Pass::of(notice, &notice.body))? {
        return Ok(notices::rest(tx, notice.id)?);
    }
    let next = tx.now() + pauses(notice.urgent)[0];
    Ok(notices::put_off(tx, notice.id, next)?)
}

fn once_more(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    settings: &Settings,
    notice: &Notice,
) -> Result<(), Error> {
    let next = pauses(notice.urgent).get(usize::from(notice.repeats) + 1);
    notices::repeated(tx, notice.id, next.map(|pause| notice.created_at + *pause))?;
    let body = replies::owner_again(&notice.body);
    pass(tx, context, settings, &Pass::of(notice, &body)).map(drop)
}

/// Tells by the next way, and notes it; `false` when it went to nobody.
fn pass(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    settings: &Settings,
    telling: &Pass<'_>,
) -> Result<bool, Error> {
    let Pass { id, attention, kind, urgent, body } = *telling;
    let tries = notices::tries(tx, id)?;
    let Some((way, _)) = next_way(&ways::available(tx, context, settings)?, &tries) else { return Ok(false) };
    let short = replies::owner_notice_kind(kind);
    let buttons = buttons(tx, attention)?;
    let header = header(tx, attention)?.filter(|_| !buttons.is_empty());
    let telling = Telling {
        body,
        short: &short,
        urgent,
        about: About::Notice(id),
        buttons: &buttons,
        header: header.as_ref(),
        guest: None,
        once_key: None,
    };
    let all = ways::tell(tx, context, settings, way, &telling)?;
    for sent in &all {
        match *sent {
            Sent::Whatsapp(outbound) => notices::told(tx, id, way, Some(outbound))?,
            Sent::Push(push) => notices::told_by_push(tx, id, push)?,
            Sent::Mail(mail) => notices::told_by_mail(tx, id, mail)?,
        }
    }
    Ok(!all.is_empty())
}

/// The way that was tried least, in the owner's order, and how often it was.
fn next_way(available: &[NoticeWay], tries: &[(String, u32)]) -> Option<(NoticeWay, u32)> {
    let times =
        |way: NoticeWay| tries.iter().find(|(code, _)| code == way.code()).map_or(0, |(_, times)| *times);
    available.iter().map(|way| (*way, times(*way))).min_by_key(|(_, times)| *times)
}

fn pauses(urgent: bool) -> &'static [SignedDuration] {
    if urgent { &URGENT_AGAIN } else { &AGAIN }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_time_the_next_way_is_taken_in_the_owners_order() {
        let all = [NoticeWay::Push, NoticeWay::Whatsapp, NoticeWay::Mail];
        let tried = |codes: &[(&str, u32)]| -> Vec<(String, u32)> {
            codes.iter().map(|(code, times)| ((*code).to_owned(), *times)).collect()
        };
        assert_eq!(next_way(&all, &[]), Some((NoticeWay::Push, 0)));
        assert_eq!(next_way(&all, &tried(&[("push", 1)])), Some((NoticeWay::Whatsapp, 0)));
        assert_eq!(next_way(&all[..1], &tried(&[("push", 1)])), Some((NoticeWay::Push, 1)));
        assert_eq!(
            next_way(&all, &tried(&[("push", 1), ("whatsapp", 1), ("mail", 1)])),
            Some((NoticeWay::Push, 1))
        );
        assert_eq!(next_way(&[], &[]), None);
    }
}
