//! Messages that the owner must hear of: from somebody who is here, or in need.

use super::super::effect::Effect;
use super::super::say::{OwnerTold, PublicNumbers, Talk};
use super::super::turn::Step;
use super::super::work::Work;
use super::reading::{note_language, read};
use crate::understanding::acts::{Act, ActKind, Meaning};
use crate::understanding::{self, Concern, Matter, Urgency};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// From this probability on a person hears of what was learned to be theirs.
const LEARNED_MIN: f32 = 0.7;
/// A message so soon behind another adds to it.
const ADDS: SignedDuration = SignedDuration::from_mins(30);
/// Zones of the time zone database that lie in Argentina.
const ARGENTINA: [&str; 6] = [
    "America/Argentina/",
    "America/Buenos_Aires",
    "America/Catamarca",
    "America/Cordoba",
    "America/Jujuy",
    "America/Mendoza",
];

/// Tells the owner of this message, and the guest that the owner knows.
pub(super) fn tell(mut work: Work, concern: Concern) -> Step {
    let now = work.context.moment.now;
    let counts = &mut work.state.counts;
    let before = counts.told_owner_at.replace(now);
    counts.misses = 0;
    counts.thanked = false;
    let told = OwnerTold {
        urgency: concern.urgency,
        again: before.is_some_and(|before| now.duration_since(before) < ADDS),
        emergency_phone: work.context.settings.emergency_phone.clone(),
        public_numbers: public_numbers(&work.context.moment.zone),
    };
    work.effect(Effect::TellOwner { concern });
    work.say(Talk::OwnerTold(told));
    work.done()
}

/// Words of somebody in need: the owner is told before anything else is considered.
pub(super) fn alarm(mut work: Work, text: &str, sent_at: Option<Timestamp>, urgency: Urgency) -> Step {
    let meaning = read(&work, text, false, sent_at.unwrap_or(work.context.moment.now));
    note_language(&mut work, &meaning.reading, text);
    work.no_hello();
    tell(work, Concern { matter: Matter::Problem, urgency })
}

/// What a person must hear of: by the rules, or by what the message does.
pub(super) fn concern(work: &Work, text: &str, meaning: &Meaning) -> Option<Concern> {
    let by_rules = understanding::concern(text, &meaning.reading, &work.context.situation, work.today());
    let learned = || {
        let sure = meaning.acts.iter().filter(|act| act.probability >= LEARNED_MIN);
        let matter = sure.filter_map(|act| matter(work, act)).next()?;
        Some(Concern { matter, urgency: Urgency::Normal })
    };
    by_rules.or_else(learned)
}

/// The matter of an act that only a person answers.
fn matter(work: &Work, act: &Act) -> Option<Matter> {
    match act.kind {
        ActKind::Problem if work.presence().is_some() => Some(Matter::Problem),
        ActKind::Problem if work.has_a_stay() => Some(Matter::Message),
        ActKind::Complaint => Some(Matter::Complaint),
        ActKind::LostItem => Some(Matter::LostItem),
        ActKind::Request => Some(Matter::Request),
        ActKind::Business => Some(Matter::Message),
        ActKind::Problem
        | ActKind::Quote
        | ActKind::Choose
        | ActKind::Accept
        | ActKind::Undecided
        | ActKind::Reject
        | ActKind::Cancel
        | ActKind::Status
        | ActKind::Change
        | ActKind::Payment
        | ActKind::Receipt
        | ActKind::Question
        | ActKind::Arrival
        | ActKind::Human
        | ActKind::Greeting
        | ActKind::Thanks
        | ActKind::OptOut
        | ActKind::WrongNumber
        | ActKind::Other => None,
    }
}

/// A message without words of somebody who is here: a picture, a recording that can't be heard, a place.
pub(super) fn tell_wordless(work: Work) -> Step {
    tell(work, Concern { matter: Matter::Message, urgency: Urgency::Normal })
}

fn public_numbers(zone: &TimeZone) -> PublicNumbers {
    let name = zone.iana_name().unwrap_or_default();
    if ARGENTINA.iter().any(|beginning| name.starts_with(beginning)) {
        PublicNumbers::Argentina
    } else {
        PublicNumbers::Unknown
    }
}
