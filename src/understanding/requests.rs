//! What a guest asks for that only a person can decide. The wordings are data, in `assets/understanding`.

use super::concern::sentences;
use super::lexicon::lexicon;
use super::reading::{Intent, Reading};
use super::remarks::says;
use super::situation::{Situation, Stage};
use super::terms::Remark;
use crate::domain::request::RequestKind;

/// The request in this message; `None` when it makes none, or one that the writer's situation leaves no room for.
pub fn request(text: &str, reading: &Reading, situation: &Situation) -> Option<RequestKind> {
    let sentences = sentences(text);
    let asked = sentences.iter().flat_map(|sentence| lexicon().requests().said_in(sentence));
    asked.filter(|kind| may_request(*kind, reading, situation)).min()
}

/// Whether the guest no longer needs what they asked for.
pub fn needs_no_more(text: &str) -> bool {
    says(text, Remark::NoLongerNeeded)
}

/// Whether somebody in this situation can ask for it. Who has no stay in hand asks how the house does things.
pub fn may_request(kind: RequestKind, reading: &Reading, situation: &Situation) -> bool {
    let has_stay = situation.has_stay();
    match kind {
        RequestKind::Discount | RequestKind::Exception | RequestKind::DayUse | RequestKind::Event => true,
        RequestKind::HoldWithoutDeposit => matches!(situation.stage, Stage::Quoted | Stage::Held),
        RequestKind::MoreTime => situation.stage == Stage::Held,
        // Who calls the booking off hears what they get back.
        RequestKind::Refund => has_stay && reading.intent != Intent::Cancel,
        // "Late February" and "early in March" are parts of a month.
        RequestKind::LateCheckOut | RequestKind::EarlyCheckIn => has_stay && reading.month.is_none(),
        RequestKind::Cot | RequestKind::Invoice | RequestKind::TransferOfBooking => has_stay,
        // Who is not here yet asks what there will be.
        RequestKind::Bedding => situation.stage == Stage::InHouse,
        // Who names a number of people changes the booking.
        RequestKind::ExtraPerson => {
            has_stay && (reading.guests.is_none() || reading.intent != Intent::Change)
        }
        RequestKind::Other => has_stay,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::stay::Stay;
    use crate::understanding::{Context, HolidayCalendar, read};
    use jiff::civil::date;

    fn asked(stage: Stage, text: &str) -> Option<RequestKind> {
        let calendar = HolidayCalendar::argentina();
        let context = Context::of_text(date(2026, 11, 24), &calendar);
        let stay = Stay::new(date(2026, 12, 10), date(2026, 12, 14)).ok();
        request(text, &read(text, &context), &Situation { stage, stay, paid: false })
    }

    #[test]
    fn each_kind_is_known_by_its_words() {
        for (stage, text, kind) in [
            (Stage::Quoted, "me hacés un descuentito?", RequestKind::Discount),
            (Stage::Confirmed, "podemos salir un rato más tarde el domingo?", RequestKind::LateCheckOut),
            (Stage::Confirmed, "dá para entrar mais cedo?", RequestKind::EarlyCheckIn),
            (Stage::Held, "me la guardás hasta el viernes?", RequestKind::MoreTime),
            (Stage::Confirmed, "could you put a cot in the room?", RequestKind::Cot),
            (Stage::InHouse, "nos traés dos toallas más?", RequestKind::Bedding),
            (Stage::Confirmed, "necesito factura A", RequestKind::Invoice),
            (Stage::Left, "quiero que me devuelvan una noche", RequestKind::Refund),
            (Stage::None, "se puede ir a pasar el día sin dormir?", RequestKind::DayUse),
            (Stage::Quoted, "la puedo reservar sin seña?", RequestKind::HoldWithoutDeposit),
        ] {
            assert_eq!(asked(stage, text), Some(kind), "{text}");
        }
    }

    #[test]
    fn what_only_sounds_like_a_request_is_none() {
        for (stage, text) in [
            (Stage::None, "del ocho al quince de enero, somos cuatro"),
            (Stage::None, "me pasás precio por el 18 y 19?"),
            (Stage::None, "a qué hora es el check out?"),
            (Stage::Confirmed, "hay que llevar sábanas?"),
            (Stage::Confirmed, "si cancelamos hay devolución?"),
            (Stage::Confirmed, "me la guardás hasta el viernes?"),
        ] {
            assert_eq!(asked(stage, text), None, "{text}");
        }
    }
}
