//! Spanish of the Río de la Plata: voseo, warm, short.

mod booking;
mod faq;
mod pay;
mod stay;
mod talk;

pub(super) use stay::refused;

use super::Part;
use super::format::Format;
use crate::dialogue::say::Say;

pub(super) fn part(say: &Say, f: &Format<'_>) -> Part {
    match say {
        Say::Talk(say) => talk::talk(say),
        Say::Stay(say) => stay::stay(say, f),
        Say::Booking(say) => booking::booking(say, f),
        Say::Pay(say) => pay::pay(say, f),
        Say::Faq(say) => faq::faq(say, f),
    }
}
