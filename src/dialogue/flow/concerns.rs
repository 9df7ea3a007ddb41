//! Messages that the owner must hear of: from somebody who is here, or in need.

use super::super::effect::Effect;
use super::super::say::{OwnerTold, PublicNumbers, Talk};
use super::super::turn::Step;
use super::super::work::Work;
use super::reading::{note_language, read};
use crate::understanding::{self, Concern, Matter, Reading, Urgency};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

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
    let reading = read(&work, text, false, sent_at.unwrap_or(work.context.moment.now));
    note_language(&mut work, &reading, text);
    work.no_hello();
    tell(work, Concern { matter: Matter::Problem, urgency })
}

pub(super) fn concern(work: &Work, text: &str, reading: &Reading) -> Option<Concern> {
    understanding::concern(text, reading, &work.context.situation, work.today())
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
