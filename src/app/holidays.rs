//! Public holidays: the owner's own list, or the shipped one.

use crate::domain::settings::Settings;
pub use crate::understanding::HolidayCalendar;
use std::borrow::Cow;

/// The calendar in force. An unreadable own list (of another version) is ignored.
pub fn in_force<'a>(settings: &Settings, shipped: &'a HolidayCalendar) -> Cow<'a, HolidayCalendar> {
    match settings.holidays.as_str() {
        "" => Cow::Borrowed(shipped),
        own => HolidayCalendar::parse(own).map_or(Cow::Borrowed(shipped), Cow::Owned),
    }
}

/// The list to edit: the owner's, or the shipped one.
pub fn text(own: &str) -> &str {
    if own.is_empty() { HolidayCalendar::SHIPPED.trim() } else { own }
}

/// The value to store of an edited list: empty where it equals the shipped one, so that the next version's
/// list applies after an upgrade.
pub fn own(edited: &str) -> String {
    let edited = edited.replace("\r\n", "\n").trim().to_owned();
    if edited == HolidayCalendar::SHIPPED.trim() { String::new() } else { edited }
}

/// Checks a list; the error is the number of its first invalid line, from 1.
pub fn check(text: &str) -> Result<(), usize> {
    HolidayCalendar::parse(text).map(|_| ()).map_err(|bad| bad.line)
}

/// The last year for which a list names a bridge, a moved day or a recess.
pub fn listed_until(text: &str) -> Option<i16> {
    HolidayCalendar::parse(text).ok()?.listed_until()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_own_list_replaces_the_shipped_one_and_a_broken_one_does_not() {
        let shipped = HolidayCalendar::argentina();
        let with = |holidays: &str| Settings { holidays: holidays.to_owned(), ..Settings::default() };
        let own = with("día 29/03/2027 Puente");
        let calendar = in_force(&own, &shipped);
        assert_eq!(calendar.holiday(date(2027, 3, 29)), Some("Puente"));
        assert_eq!(calendar.holiday(date(2027, 12, 25)), None);
        assert_eq!(*in_force(&with("navidad"), &shipped), shipped);
        assert_eq!((check(&own.holidays), check("# uno\n\nnavidad")), (Ok(()), Err(3)));
    }

    #[test]
    fn the_shipped_list_sent_back_as_it_was_shown_is_not_kept() {
        assert_eq!(own(&text("").replace('\n', "\r\n")), "");
        assert_eq!(own(" día 29/03/2027 Puente "), "día 29/03/2027 Puente");
    }
}
