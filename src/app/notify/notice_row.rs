//! The record of what the owner was told because a guest was promised a person: told again until it was seen.

use super::notify_owner::owner_words;
use crate::app::{AppContext, Error};
use crate::dialogue::replies;
use crate::domain::ids::AttentionId;
use crate::domain::notice::{NoticeKind, NoticeWay};
use crate::domain::settings::Settings;
use crate::store::notices::{self, Notice};
use crate::store::{Read, WriteTx, settings};
use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp, ToSpan};

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
    if let Some(outbound) = owner_words(tx, context, body)? {
        notices::told(tx, id, NoticeWay::Whatsapp, Some(outbound))?;
    }
    Ok(())
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
        match end_of_quiet(tx.now(), context, &settings) {
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
    if let Some(outbound) = owner_words(tx, context, &body)? {
        notices::told(tx, notice.id, NoticeWay::Whatsapp, Some(outbound))?;
    }
    Ok(())
}

fn pauses(urgent: bool) -> &'static [SignedDuration] {
    if urgent { &URGENT_AGAIN } else { &AGAIN }
}

/// When the quiet hours end, if it is quiet now.
fn end_of_quiet(now: Timestamp, context: &AppContext, settings: &Settings) -> Option<Timestamp> {
    let local = context.zone.to_datetime(now);
    let (from, until) = (settings.quiet_hours_from, settings.quiet_hours_until);
    if !is_within(local.time(), from, until) {
        return None;
    }
    let days = if local.time() < until { 0 } else { 1 };
    let day = local.date().checked_add(i64::from(days).days()).ok()?;
    context.zone.to_timestamp(day.to_datetime(until)).ok()
}

/// Whether an hour lies between two, which may be of two days; equal ones have nothing between them.
fn is_within(hour: Time, from: Time, until: Time) -> bool {
    if from <= until { from <= hour && hour < until } else { from <= hour || hour < until }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::time;

    #[test]
    fn quiet_hours_may_go_over_midnight_and_may_be_none() {
        let at = |hour| time(hour, 0, 0, 0);
        for (hour, quiet) in [(21, false), (22, true), (3, true), (8, false)] {
            assert_eq!(is_within(at(hour), at(22), at(8)), quiet, "{hour}");
        }
        assert!(is_within(at(14), at(13), at(16)) && !is_within(at(16), at(13), at(16)));
        assert!(!is_within(at(9), at(9), at(9)));
    }
}
