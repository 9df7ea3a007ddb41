//! Texts of the owner's pages: rioplatense Spanish, short, without technical terms.

use crate::dialogue::i18n::{Format, OWNER_LOCALE};
use crate::domain::amount;
use crate::domain::guest::Guest;
use crate::domain::money::{Currency, Money};
use crate::domain::policy::Moment;
use crate::domain::reservation::Status;
use crate::domain::user::Role;
use jiff::Timestamp;
use jiff::civil::Date;

/// Format of dates and money for the owner.
pub fn format(moment: &Moment) -> Format<'_> {
    Format::new(*OWNER_LOCALE, moment)
}

/// An amount: "$ 120.000".
pub fn money(minor: i64, currency: Currency) -> String {
    OWNER_LOCALE.money(Money::new(minor, currency))
}

/// An amount in the property's currency, in minor units; a text that names a currency is rejected.
pub fn read_amount(text: &str) -> Option<i64> {
    if text.chars().any(char::is_alphabetic) { None } else { amount::read(text).ok() }
}

/// "43 %".
pub fn percent(basis_points: i64) -> String {
    format!("{} %", (basis_points + 50) / 100)
}

/// A day with its weekday, and with the year when it is another: "vie 15 de enero", "vie 15 de enero de
/// 2028".
pub fn day(date: Date, today: Date) -> String {
    let weekday = weekday(date);
    let year = if date.year() == today.year() { String::new() } else { format!(" de {}", date.year()) };
    format!("{weekday} {} de {}{year}", date.day(), month(date))
}

/// "enero".
pub fn month(date: Date) -> String {
    OWNER_LOCALE.month_name(date)
}

/// "vie", for the head of a calendar.
pub fn weekday(date: Date) -> String {
    OWNER_LOCALE.weekday(date)
}

/// "1 noche", "3 noches".
pub fn count(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// A guest's name in a list, else their number.
pub fn guest_name(guest: &Guest) -> String {
    let number = || guest.phone.as_ref().map(|phone| phone.shown());
    Some(guest.name.clone()).filter(|name| !name.is_empty()).or_else(number).unwrap_or("Sin nombre".into())
}

/// A guest's number beside their name; `None` where it replaces the name, or the name is only their WhatsApp
/// name.
pub fn second_number(guest: &Guest) -> Option<String> {
    let phone = guest.phone.as_ref()?;
    let name: String = guest_name(guest).chars().filter(char::is_ascii_digit).collect();
    (name != phone.digits()).then(|| phone.shown())
}

/// Time since an instant: "recién", "hace 5 min", "hace 3 h", else the day and hour.
pub fn ago(at: Timestamp, moment: &Moment) -> String {
    let minutes = moment.now.duration_since(at).as_mins();
    match minutes {
        ..1 => "recién".into(),
        1..60 => format!("hace {minutes} min"),
        60..1440 => format!("hace {} h", minutes / 60),
        _ => when(at, moment),
    }
}

/// An instant with its day: "hoy 16:45", "ayer 9:30", "vie 15/01 10:00", with the year when it is another.
pub fn when(at: Timestamp, moment: &Moment) -> String {
    let (local, today) = (moment.zone.to_datetime(at), moment.today());
    let date = local.date();
    let hour = format!("{}:{:02}", local.hour(), local.minute());
    if date == today {
        return format!("hoy {hour}");
    }
    if date == today.yesterday().unwrap_or(today) {
        return format!("ayer {hour}");
    }
    let weekday = weekday(date);
    let year = if date.year() == today.year() { String::new() } else { format!("/{}", date.year()) };
    format!("{weekday} {:02}/{:02}{year} {hour}", date.day(), date.month())
}

/// Label of a reservation's status.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::PreReserved => "Espera la seña",
        Status::Confirmed => "Confirmada",
        Status::CheckedIn => "Alojados",
        Status::CheckedOut => "Terminada",
        Status::Cancelled => "Cancelada",
        Status::Expired => "Vencida",
        Status::NoShow => "No vinieron",
    }
}

pub fn role(role: Role) -> &'static str {
    match role {
        Role::Owner => "Dueño o dueña: todo",
        Role::Helper => "Ayudante: reservas, mensajes, textos e informes; precios sólo para mirar",
        Role::Cleaner => "Limpieza: quién llega y quién se va, por su nombre de pila",
    }
}

/// A telephone number that stays on one line: its blanks and hyphens don't break.
pub(super) fn unbroken(number: &str) -> String {
    number.replace(' ', "\u{a0}").replace('-', "\u{2011}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, minor) in [
            ("80.000", 8_000_000),
            ("$ 80000", 8_000_000),
            ("80.000,5", 8_000_050),
            ("1.234.567,89", 123_456_789),
            ("0", 0),
        ] {
            assert_eq!(read_amount(text), Some(minor), "{text}");
        }
        for text in ["", "80.00", "8,000", "-5", "80k", "1.23.456", ",50", "99999999999999999999"] {
            assert_eq!(read_amount(text), None, "{text}");
        }
    }

    #[test]
    fn days_and_amounts_read_as_people_say_them() {
        let today = date(2026, 11, 24);
        assert_eq!(day(date(2026, 12, 4), today), "vie 4 de diciembre");
        assert_eq!(day(date(2027, 1, 15), today), "vie 15 de enero de 2027");
        assert_eq!(money(12_000_000, Currency::Ars), "$ 120.000");
    }
}
