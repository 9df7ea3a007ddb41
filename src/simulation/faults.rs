//! Faults of the providers: rare mostly, frequent in storms.

use super::rng::Rng;
use crate::domain::provider::OutageCause;
use crate::ports::error::PortError;
use jiff::Timestamp;
use std::time::Duration;

/// Parties whose calls may fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Party {
    WhatsApp,
    Payments,
    Feeds,
}

impl Party {
    pub(super) const ALL: [Party; 3] = [Party::WhatsApp, Party::Payments, Party::Feeds];
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    Works,
    /// The call fails without an effect.
    Fails(PortError),
    /// The call takes effect, but its answer is lost.
    AnswerLost,
}

/// A provider that can't be used at all, for hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outage {
    /// It does not answer.
    Silence,
    /// It refuses our token.
    Token,
    /// It accepts messages and fails them later: the bill is unpaid.
    Bill,
}

/// Failing calls per thousand on a fair day.
const FAIR: u64 = 20;
/// Failing calls per thousand in a storm.
const STORM: u64 = 800;

#[derive(Debug, Clone, Default)]
pub struct Faults {
    until: [Option<Timestamp>; 3],
    outages: [Option<(Outage, Timestamp)>; 3],
    /// End of the last storm of any party.
    pub(super) fair_since: Option<Timestamp>,
    pub(super) calm: bool,
}

impl Faults {
    pub(super) fn storm(&mut self, party: Party, until: Timestamp) {
        self.until[party as usize] = Some(until);
        self.fair_since = self.fair_since.max(Some(until));
    }

    pub(super) fn outage(&mut self, party: Party, outage: Outage, until: Timestamp) {
        self.outages[party as usize] = Some((outage, until));
        self.fair_since = self.fair_since.max(Some(until));
    }

    /// The outage of a party at this time.
    pub(super) fn outage_at(&self, party: Party, now: Timestamp) -> Option<Outage> {
        let (outage, until) = self.outages[party as usize].filter(|_| !self.calm)?;
        (now < until).then_some(outage)
    }

    /// Since when a party can be used, apart from single failures. In a calm world: always.
    pub(super) fn well_since(&self, party: Party) -> Option<Timestamp> {
        let outage = self.outages[party as usize].map(|(_, until)| until);
        self.until[party as usize].max(outage)
    }

    pub(super) fn fate(&self, party: Party, now: Timestamp, rng: &mut Rng) -> Fate {
        match self.outage_at(party, now) {
            Some(Outage::Silence) => return Fate::Fails(PortError::Open(Duration::from_secs(30))),
            Some(Outage::Token) => {
                let (cause, code, detail) = (OutageCause::Token, "http_401".to_owned(), String::new());
                return Fate::Fails(PortError::Account { cause, code, detail });
            }
            Some(Outage::Bill) | None => {}
        }
        let storm = self.until[party as usize].is_some_and(|until| now < until);
        if self.calm || !rng.permille(if storm { STORM } else { FAIR }) {
            return Fate::Works;
        }
        let fails = |code: &str, after| Fate::Fails(PortError::Transient { after, code: code.to_owned() });
        match rng.below(6) {
            0 => fails("http_429", Some(Duration::from_secs(30))),
            1 | 2 => fails("http_500", None),
            3 => fails("http_503", None),
            4 => fails("timeout", None),
            _ => Fate::AnswerLost,
        }
    }
}

/// The error of a lost answer.
pub(super) fn lost() -> PortError {
    PortError::Transient { after: None, code: "timeout".to_owned() }
}

/// The process died before the call.
pub(super) fn dead() -> PortError {
    PortError::Transient { after: None, code: "dead".to_owned() }
}
