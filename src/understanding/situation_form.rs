//! What is known of a writer, as `casero understand` and labelled messages give it in JSON.

use super::acts::InHand;
use super::context::Expecting;
use super::situation::Situation;
use crate::domain::stay::Stay;
use jiff::civil::Date;
use serde::Deserialize;

/// Every part may be missing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SituationForm {
    pub stage: Option<String>,
    /// The question that the message answers.
    pub asked: Option<String>,
    stay: Option<StayForm>,
    paid: bool,
    /// Names of the cabins offered last, in order.
    offered: Option<Vec<String>>,
    /// Names of all cabins.
    cabins: Option<Vec<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct StayForm {
    check_in: Option<Date>,
    check_out: Option<Date>,
    guests: Option<u16>,
}

impl SituationForm {
    /// An unknown stage is none, and a stay without a night is none.
    pub fn in_hand(&self) -> InHand<'_> {
        let stay = self.stay.as_ref();
        InHand {
            situation: Situation {
                stage: self.stage.as_deref().and_then(|stage| stage.parse().ok()).unwrap_or_default(),
                stay: stay.and_then(|stay| Stay::new(stay.check_in?, stay.check_out?).ok()),
                paid: self.paid,
            },
            arrival: stay.and_then(|stay| stay.check_in),
            guests: stay.and_then(|stay| stay.guests),
            offered: self.offered.as_deref().unwrap_or_default(),
            cabins: self.cabins.as_deref().unwrap_or_default(),
        }
    }

    /// The question that the message answers; `None` for an unknown one.
    pub fn expecting(&self) -> Option<Expecting> {
        self.asked.as_deref()?.parse().ok()
    }
}
