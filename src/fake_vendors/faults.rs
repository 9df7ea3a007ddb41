//! Faults that can be switched on. The seed and the number of earlier requests decide which request or
//! notification fails, so a failing run can be repeated.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use super::ids::chance;

/// Default delay: long enough to be seen, shorter than any timeout.
const DEFAULT_DELAY_MS: u64 = 1500;
/// Longest delay; a test that needs more should use a drop.
const LONGEST_DELAY_MS: u64 = 120_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// Answers of the simulated Graph API.
    Whatsapp,
    /// Answers of the simulated Mercado Pago API.
    Mercadopago,
    /// Answers of the simulated calendar feeds.
    Feeds,
    /// Notifications of both vendors on their way to casero.
    Webhooks,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It happens later.
    Delay,
    /// The vendor answers 500 and has done nothing.
    Error500,
    /// The vendor answers 429 and has done nothing.
    Error429,
    /// The notification comes twice.
    Duplicate,
    /// The notification comes after the one that followed it.
    Reorder,
    /// The connection breaks and nothing is done; a notification is lost for good.
    Drop,
    /// It is done, but the connection breaks before the answer is complete; a notification's body is cut at
    /// first.
    Cut,
}

#[derive(Debug, Clone)]
pub struct Rule {
    pub target: Target,
    pub kind: Kind,
    /// Probability, from 0 to 1.
    pub probability: f64,
    /// Remaining occurrences; `None` until switched off.
    pub remaining: Option<u64>,
    pub delay_ms: u64,
}

/// Faults that hit one request or notification.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Struck {
    /// Wait before anything else.
    pub delay: Option<Duration>,
    /// Answer 500.
    pub error500: bool,
    /// Answer 429.
    pub error429: bool,
    /// Send it twice.
    pub duplicate: bool,
    /// Send it after its successor.
    pub reorder: bool,
    pub drop: bool,
    /// Break off in the middle.
    pub cut: bool,
}

/// The active faults, and the number of draws of each kind.
#[derive(Debug)]
pub struct Faults {
    seed: u64,
    rules: Vec<Rule>,
    drawn: BTreeMap<(Target, Kind), u64>,
}

impl Faults {
    /// Without active faults.
    pub fn new(seed: u64) -> Self {
        Self { seed, rules: Vec::new(), drawn: BTreeMap::new() }
    }

    /// Switches one on; it replaces an earlier one of the same target and kind.
    pub fn switch_on(&mut self, rule: Rule) {
        self.switch_off(rule.target, rule.kind);
        self.rules.push(rule);
    }

    pub fn switch_off(&mut self, target: Target, kind: Kind) {
        self.rules.retain(|rule| rule.target != target || rule.kind != kind);
    }

    pub fn clear(&mut self) {
        self.rules.clear();
    }

    /// Draws the faults for the next request or notification of a target.
    pub fn draw(&mut self, target: Target) -> Struck {
        let mut struck = Struck::default();
        for rule in self.rules.iter_mut().filter(|rule| rule.target == target) {
            let drawn = self.drawn.entry((target, rule.kind)).or_default();
            *drawn += 1;
            let name = format!("{}/{}", target.code(), rule.kind.code());
            if rule.remaining == Some(0) || chance(self.seed, &name, *drawn) >= rule.probability {
                continue;
            }
            rule.remaining = rule.remaining.map(|n| n - 1);
            match rule.kind {
                Kind::Delay => struck.delay = Some(Duration::from_millis(rule.delay_ms)),
                Kind::Error500 => struck.error500 = true,
                Kind::Error429 => struck.error429 = true,
                Kind::Duplicate => struck.duplicate = true,
                Kind::Reorder => struck.reorder = true,
                Kind::Drop => struck.drop = true,
                Kind::Cut => struck.cut = true,
            }
        }
        self.rules.retain(|rule| rule.remaining != Some(0));
        struck
    }

    /// The active faults, for the console.
    pub fn to_json(&self) -> Value {
        self.rules.iter().map(Rule::to_json).collect()
    }
}

impl Rule {
    /// Reads `{"target","kind","probability"?,"count"?,"delay_ms"?}`; the error is a sentence.
    pub fn from_json(body: &Value) -> Result<Self, String> {
        let target = Target::from_code(body["target"].as_str().unwrap_or_default())
            .ok_or("target must be whatsapp, mercadopago, feeds or webhooks")?;
        let kind = Kind::from_code(body["kind"].as_str().unwrap_or_default())
            .ok_or("kind must be delay, error500, error429, duplicate, reorder, drop or cut")?;
        let about_webhooks = matches!(kind, Kind::Duplicate | Kind::Reorder);
        let about_answers = matches!(kind, Kind::Error500 | Kind::Error429);
        if (about_webhooks && target != Target::Webhooks) || (about_answers && target == Target::Webhooks) {
            return Err(format!("{} means nothing for {}", kind.code(), target.code()));
        }
        Ok(Self {
            target,
            kind,
            probability: body["probability"].as_f64().unwrap_or(1.0).clamp(0.0, 1.0),
            remaining: body["count"].as_u64(),
            delay_ms: body["delay_ms"].as_u64().unwrap_or(DEFAULT_DELAY_MS).min(LONGEST_DELAY_MS),
        })
    }

    fn to_json(&self) -> Value {
        json!({
            "target": self.target.code(),
            "kind": self.kind.code(),
            "probability": self.probability,
            "count": self.remaining,
            "delay_ms": self.delay_ms,
        })
    }
}

impl Target {
    /// The word used on the control API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Whatsapp => "whatsapp",
            Self::Mercadopago => "mercadopago",
            Self::Feeds => "feeds",
            Self::Webhooks => "webhooks",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Whatsapp, Self::Mercadopago, Self::Feeds, Self::Webhooks]
            .into_iter()
            .find(|target| target.code() == code)
    }
}

impl Kind {
    /// The word used on the control API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Delay => "delay",
            Self::Error500 => "error500",
            Self::Error429 => "error429",
            Self::Duplicate => "duplicate",
            Self::Reorder => "reorder",
            Self::Drop => "drop",
            Self::Cut => "cut",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Delay, Self::Error500, Self::Error429, Self::Duplicate, Self::Reorder, Self::Drop, Self::Cut]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn half_dropped(seed: u64) -> Vec<bool> {
        let mut faults = Faults::new(seed);
        let rule = json!({"target": "webhooks", "kind": "drop", "probability": 0.5});
        faults.switch_on(Rule::from_json(&rule).expect("a rule"));
        (0..64).map(|_| faults.draw(Target::Webhooks).drop).collect()
    }

    #[test]
    fn the_seed_decides_who_is_struck() {
        assert_eq!(half_dropped(3), half_dropped(3));
        assert_ne!(half_dropped(3), half_dropped(4));
        let struck = half_dropped(3).into_iter().filter(|hit| *hit).count();
        assert!((16..48).contains(&struck), "{struck} of 64");
    }

    #[test]
    fn a_counted_fault_strikes_so_often_and_no_more() {
        let mut faults = Faults::new(1);
        let rule = json!({"target": "whatsapp", "kind": "error500", "count": 2});
        faults.switch_on(Rule::from_json(&rule).expect("a rule"));
        let hits: Vec<bool> = (0..4).map(|_| faults.draw(Target::Whatsapp).error500).collect();
        assert_eq!(hits, [true, true, false, false]);
        assert_eq!(faults.to_json(), json!([]));
    }

    #[test]
    fn a_fault_that_means_nothing_is_refused() {
        for rule in [
            json!({"target": "feeds", "kind": "duplicate"}),
            json!({"target": "webhooks", "kind": "error429"}),
            json!({"target": "moon", "kind": "drop"}),
        ] {
            assert!(Rule::from_json(&rule).is_err(), "{rule}");
        }
    }
}
