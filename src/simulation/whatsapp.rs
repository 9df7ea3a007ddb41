//! Simulated WhatsApp: accepts messages of the instance, reports their delivery, and delivers to it: late,
//! twice, reordered, or not at all.

use super::faults::{Fate, Outage, Party, dead, lost};
use super::machine::Machine;
use super::world::{Event, Shared, World};
use crate::domain::message::Message;
use crate::domain::provider::OutageCause;
use crate::ports::error::PortError;
use crate::ports::whatsapp::{
    Delivery, DeliveryState, HookEvent, HookReading, Media, MediaRef, Recipient, Sent, Upload, WhatsApp,
};
use jiff::SignedDuration;
use std::sync::Arc;

/// Length of WhatsApp's window for free messages.
const WINDOW: SignedDuration = SignedDuration::from_hours(24);

pub struct SimulatedWhatsApp {
    pub world: Shared,
    pub machine: Arc<Machine>,
}

impl WhatsApp for SimulatedWhatsApp {
    fn is_on(&self) -> bool {
        true
    }

    fn knows_verify_token(&self, _token: &str) -> bool {
        false
    }

    fn is_authentic(&self, _body: &[u8], _signature: Option<&str>) -> bool {
        true
    }

    fn read_hook(&self, body: &[u8]) -> HookReading {
        let events = serde_json::from_slice(body).unwrap_or_default();
        HookReading { events, ..HookReading::default() }
    }

    fn send(
        &self,
        to: &Recipient,
        message: &Message,
        _file: Option<&Upload>,
        tag: &str,
    ) -> Result<Sent, PortError> {
        if !self.machine.survives() {
            return Err(dead());
        }
        let world = &mut *self.world.lock();
        let fate = world.fate(Party::WhatsApp);
        if let Fate::Fails(error) = fate {
            return Err(error);
        }
        let Some(person) = world.person_at(to) else {
            return Err(PortError::Permanent { code: "wa_131026".to_owned(), detail: String::new() });
        };
        let message_id = format!("wamid.{}", world.number());
        let answer_lost = fate == Fate::AnswerLost || world.disk_is_full;
        accept(world, tag, self.machine.commits(), answer_lost);
        reach(world, person, message, tag, &message_id);
        if fate == Fate::AnswerLost {
            Err(lost())
        } else {
            Ok(Sent { message_id, used: None, reached: None })
        }
    }

    fn show_typing(&self, _message_id: &str) -> Result<(), PortError> {
        Ok(())
    }

    fn fetch_media(&self, media: &MediaRef) -> Result<Media, PortError> {
        if !self.machine.survives() {
            return Err(dead());
        }
        let world = &mut *self.world.lock();
        world.asked(Party::WhatsApp)?;
        let said = world.whatsapp.recordings.get(&media.id).cloned().unwrap_or_default();
        Ok(Media { bytes: said.into_bytes(), mime: media.mime.clone() })
    }

    fn number(&self) -> Result<String, PortError> {
        Ok("+54 9 388 555 0100".to_owned())
    }
}

/// Records an accepted message, and whether it was a needless repetition. If no commit followed the
/// acceptance, the process died without recording it.
fn accept(world: &mut World, tag: &str, commits: u64, answer_lost: bool) {
    world.counts.messages_out += 1;
    let known = world.whatsapp.accepted.entry(tag.to_owned()).or_default();
    known.excuses += u32::from(known.times > 0 && known.commits == commits);
    known.times += 1;
    known.commits = commits;
    if known.times > 1 + known.excuses {
        world.whatsapp.too_often.push(tag.to_owned());
    }
    known.excuses += u32::from(answer_lost);
}

/// After a crash: an acceptance without a commit after it will be repeated.
pub(super) fn forget_unrecorded(world: &mut World, commits: u64) {
    for known in world.whatsapp.accepted.values_mut().filter(|known| known.commits == commits) {
        known.excuses += 1;
    }
}

/// Delivers a message to a phone, or reports the failure.
fn reach(world: &mut World, person: usize, message: &Message, tag: &str, message_id: &str) {
    let template = matches!(message, Message::Template { .. });
    let open = world.people[person].wrote_at.is_some_and(|at| at + WINDOW > world.now);
    let refused = refusal(world, open || template);
    let at = world.now;
    let report = |state, failure| Delivery {
        reached: None,
        message_id: message_id.to_owned(),
        state,
        at,
        tag: Some(tag.to_owned()),
        failure,
        billable: Some(template),
        category: None,
    };
    let reports = match refused {
        Some(ref failure) => vec![report(DeliveryState::Failed, Some(failure.clone()))],
        None => [DeliveryState::Sent, DeliveryState::Delivered, DeliveryState::Read]
            .map(|state| report(state, None))
            .into(),
    };
    if refused.is_some() {
        world.whatsapp.accepted.entry(tag.to_owned()).or_default().excuses += 1;
        world.counts.failed_later += 1;
        // Told again later, and after a report that is older than the failure.
        if world.mishap(200) {
            bring(world, reports.iter().cloned().map(HookEvent::Delivery).collect(), (600, 4 * 3600));
        }
        if world.mishap(200) {
            bring(world, vec![HookEvent::Delivery(report(DeliveryState::Sent, None))], (1, 3600));
        }
    } else {
        world.people[person].unread.push(message.clone());
        world.wake(person);
    }
    let together = world.faults.calm || world.rng.permille(750);
    if together {
        bring(world, reports.into_iter().map(HookEvent::Delivery).collect(), (1, 60));
    } else {
        for report in reports {
            bring(world, vec![HookEvent::Delivery(report)], (1, 600));
        }
    }
}

/// Failures that WhatsApp calls temporary, told after it accepted the message.
const TEMPORARY: [u32; 4] = [131_000, 130_429, 131_056, 131_016];

/// Why an accepted message does not reach its phone.
fn refusal(world: &mut World, allowed: bool) -> Option<PortError> {
    let permanent = |code: u32| PortError::Permanent { code: format!("wa_{code}"), detail: String::new() };
    if !allowed {
        return Some(permanent(131_047));
    }
    if world.faults.outage_at(Party::WhatsApp, world.now) == Some(Outage::Bill) {
        let (cause, code, detail) = (OutageCause::Billing, "wa_131042".to_owned(), String::new());
        return Some(PortError::Account { cause, code, detail });
    }
    if world.mishap(3) {
        return Some(permanent(131_026));
    }
    let temporary = world.mishap(10).then(|| *world.rng.pick(&TEMPORARY));
    temporary.map(|code| PortError::Transient { after: None, code: format!("wa_{code}") })
}

/// Sends events to the instance within this many seconds: now and then twice, reports now and then never.
pub(super) fn bring(world: &mut World, events: Vec<HookEvent>, seconds: (i64, i64)) {
    let only_reports = events.iter().all(|event| matches!(event, HookEvent::Delivery(_)));
    if only_reports && world.mishap(30) {
        world.counts.hooks_dropped += 1;
        return;
    }
    if world.mishap(30) {
        world.counts.hooks_doubled += 1;
        world.within((seconds.0, seconds.1 * 3), Event::Hook(events.clone()));
    }
    let late = if world.mishap(10) { (600, 6 * 3600) } else { seconds };
    world.within(late, Event::Hook(events));
}
