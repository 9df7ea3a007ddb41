//! Dates, hours and money as people of each language write them. Never an ISO date, never a bare code.

use crate::domain::language::Language;
use crate::domain::money::{Currency, Money};
use crate::domain::policy::Moment;
use crate::domain::stay::Stay;
use crate::understanding::MonthPart;
use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan};

/// How one guest is written to: their language, and what day it is.
#[derive(Debug, Clone, Copy)]
pub struct Format<'a> {
    pub language: Language,
    pub moment: &'a Moment,
}

/// The days of a week in short, Monday first.
pub const DAYS_ES: [&str; 7] = ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"];
const DAYS_PT: [&str; 7] = ["seg", "ter", "qua", "qui", "sex", "sáb", "dom"];
const DAYS_EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const LONG_DAYS_ES: [&str; 7] = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"];
const LONG_DAYS_PT: [&str; 7] = ["segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo"];
const LONG_DAYS_EN: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS_EN: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/// The months in Spanish.
pub const LONG_MONTHS_ES: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];
/// The months in Portuguese.
pub const LONG_MONTHS_PT: [&str; 12] = [
    "janeiro",
    "fevereiro",
    "março",
    "abril",
    "maio",
    "junho",
    "julho",
    "agosto",
    "setembro",
    "outubro",
    "novembro",
    "dezembro",
];
/// The months in English.
pub const LONG_MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Format<'_> {
    /// A day with its weekday and year: "vie 15/01/2027", "Fri 15 Jan 2027".
    pub fn day(&self, date: Date) -> String {
        let weekday = self.weekday(date);
        match self.language {
            Language::Es | Language::Pt => {
                format!("{weekday} {:02}/{:02}/{}", date.day(), date.month(), date.year())
            }
            Language::En => format!("{weekday} {} {} {}", date.day(), month(date), date.year()),
        }
    }

    /// Both ends and the nights: "vie 15/01/2027 → lun 18/01/2027 (3 noches)".
    pub fn stay(&self, stay: Stay) -> String {
        let ends = format!("{} → {}", self.day(stay.check_in()), self.day(stay.check_out()));
        format!("{ends} ({})", self.nights(stay.nights()))
    }

    /// A stay short enough for a button: "vie 15 → lun 18/01". The year is in the text above it.
    pub fn short_stay(&self, stay: Stay) -> String {
        let (from, to) = (stay.check_in(), stay.check_out());
        let same_month = from.month() == to.month() && from.year() == to.year();
        let (first, last) = (self.weekday(from), self.weekday(to));
        match (self.language, same_month) {
            (Language::Es | Language::Pt, true) => {
                format!("{first} {} → {last} {}/{}", from.day(), to.day(), to.month())
            }
            (Language::Es | Language::Pt, false) => {
                format!("{}/{} → {}/{}", from.day(), from.month(), to.day(), to.month())
            }
            (Language::En, true) => format!("{first} {} → {last} {} {}", from.day(), to.day(), month(to)),
            (Language::En, false) => format!("{} {} → {} {}", from.day(), month(from), to.day(), month(to)),
        }
    }

    /// A day short enough for a button: "vie 15/01".
    pub fn short_day(&self, date: Date) -> String {
        let weekday = self.weekday(date);
        match self.language {
            Language::Es | Language::Pt => format!("{weekday} {}/{}", date.day(), date.month()),
            Language::En => format!("{weekday} {} {}", date.day(), month(date)),
        }
    }

    /// "3 noches".
    pub fn nights(&self, nights: u16) -> String {
        let (one, many) = match self.language {
            Language::Es => ("noche", "noches"),
            Language::Pt => ("noite", "noites"),
            Language::En => ("night", "nights"),
        };
        format!("{nights} {}", if nights == 1 { one } else { many })
    }

    /// "4 personas".
    pub fn people(&self, people: u16) -> String {
        let (one, many) = match self.language {
            Language::Es => ("persona", "personas"),
            Language::Pt => ("pessoa", "pessoas"),
            Language::En => ("person", "people"),
        };
        format!("{people} {}", if people == 1 { one } else { many })
    }

    /// An amount: "$ 120.000", "AR$ 120,000". Decimals only when there are any.
    pub fn money(&self, money: Money) -> String {
        let (thousands, point) = match self.language {
            Language::Es | Language::Pt => ('.', ','),
            Language::En => (',', '.'),
        };
        let whole = grouped(money.minor.unsigned_abs() / 100, thousands);
        let cents = money.minor.unsigned_abs() % 100;
        let decimals = if cents == 0 { String::new() } else { format!("{point}{cents:02}") };
        let minus = if money.minor < 0 { "-" } else { "" };
        format!("{minus}{} {whole}{decimals}", self.sign(money.currency))
    }

    /// An hour of the day: "14:00", "14h", "2 pm".
    pub fn hour(&self, time: Time) -> String {
        match self.language {
            Language::Es => format!("{}:{:02}", time.hour(), time.minute()),
            Language::Pt if time.minute() == 0 => format!("{}h", time.hour()),
            Language::Pt => format!("{}h{:02}", time.hour(), time.minute()),
            Language::En => {
                let half = if time.hour() < 12 { "am" } else { "pm" };
                let hour = if time.hour() % 12 == 0 { 12 } else { time.hour() % 12 };
                let minutes =
                    if time.minute() == 0 { String::new() } else { format!(":{:02}", time.minute()) };
                format!("{hour}{minutes} {half}")
            }
        }
    }

    /// A moment near now: "hoy a las 16:45", "mañana a las 9:30", else with its day.
    pub fn moment(&self, at: Timestamp) -> String {
        let local = self.moment.zone.to_datetime(at);
        let hour = self.hour(local.time());
        let today = self.moment.today();
        let tomorrow = today.saturating_add(1.day());
        let (today_word, tomorrow_word) = match self.language {
            Language::Es => ("hoy", "mañana"),
            Language::Pt => ("hoje", "amanhã"),
            Language::En => ("today", "tomorrow"),
        };
        let day = match local.date() {
            date if date == today => today_word.to_owned(),
            date if date == tomorrow => tomorrow_word.to_owned(),
            date => self.day(date),
        };
        match self.language {
            Language::Es if local.hour() == 1 => format!("{day} a la {hour}"),
            Language::Es => format!("{day} a las {hour}"),
            Language::Pt if local.hour() == 1 => format!("{day} à {hour}"),
            Language::Pt => format!("{day} às {hour}"),
            Language::En => format!("{day} at {hour}"),
        }
    }

    /// A length of time: "60 minutos", "2 horas", "1 día".
    pub fn duration(&self, minutes: u32) -> String {
        let (count, one, many) = match (self.language, minutes) {
            (Language::Es, m) if m % 1440 == 0 => (m / 1440, "día", "días"),
            (Language::Pt, m) if m % 1440 == 0 => (m / 1440, "dia", "dias"),
            (Language::En, m) if m % 1440 == 0 => (m / 1440, "day", "days"),
            (Language::Es, m) if m % 60 == 0 => (m / 60, "hora", "horas"),
            (Language::Pt, m) if m % 60 == 0 => (m / 60, "hora", "horas"),
            (Language::En, m) if m % 60 == 0 => (m / 60, "hour", "hours"),
            (Language::Es | Language::Pt, m) => (m, "minuto", "minutos"),
            (Language::En, m) => (m, "minute", "minutes"),
        };
        format!("{count} {}", if count == 1 { one } else { many })
    }

    /// "A, B y C".
    pub fn list(&self, items: &[String]) -> String {
        let and = match self.language {
            Language::Es => "y",
            Language::Pt => "e",
            Language::En => "and",
        };
        match items {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
        }
    }

    /// Days of the week by their stable codes, in words: "viernes y sábado".
    pub fn weekdays(&self, codes: &[String]) -> String {
        const CODES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let names = match self.language {
            Language::Es => LONG_DAYS_ES,
            Language::Pt => LONG_DAYS_PT,
            Language::En => LONG_DAYS_EN,
        };
        let days: Vec<String> = CODES
            .iter()
            .zip(names)
            .filter(|(code, _)| codes.iter().any(|given| given == *code))
            .map(|(_, name)| name.to_owned())
            .collect();
        self.list(&days)
    }

    /// A month, or a part of it: "principios de marzo", "late March".
    pub fn month(&self, first: Date, part: Option<MonthPart>) -> String {
        let nth = usize::try_from(first.month() - 1).unwrap_or(0);
        let (names, parts, of) = match self.language {
            Language::Es => (LONG_MONTHS_ES, ["principios", "mediados", "fines"], " de "),
            Language::Pt => (LONG_MONTHS_PT, ["início", "meados", "fim"], " de "),
            Language::En => (LONG_MONTHS_EN, ["early", "mid", "late"], " "),
        };
        let name = names[nth];
        match part {
            None => name.to_owned(),
            Some(MonthPart::Start) => format!("{}{of}{name}", parts[0]),
            Some(MonthPart::Middle) => format!("{}{of}{name}", parts[1]),
            Some(MonthPart::End) => format!("{}{of}{name}", parts[2]),
        }
    }

    fn weekday(&self, date: Date) -> &'static str {
        let names = match self.language {
            Language::Es => DAYS_ES,
            Language::Pt => DAYS_PT,
            Language::En => DAYS_EN,
        };
        let nth = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
        names[nth]
    }

    /// Among Argentines "$" is the peso; to others it would be their own money.
    fn sign(&self, currency: Currency) -> &'static str {
        match (currency, self.language) {
            (Currency::Ars, Language::Es) => "$",
            (Currency::Ars, Language::Pt | Language::En) => "AR$",
            (Currency::Usd, _) => "US$",
            (Currency::Brl, _) => "R$",
            (Currency::Uyu, _) => "$U",
            (Currency::Clp, _) => "CLP",
        }
    }
}

fn month(date: Date) -> &'static str {
    usize::try_from(date.month() - 1).ok().and_then(|nth| MONTHS_EN.get(nth)).copied().unwrap_or("")
}

pub fn grouped(number: u64, separator: char) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 4 / 3 + 1);
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use jiff::tz::TimeZone;

    fn moment() -> Moment {
        let zone = TimeZone::get("America/Argentina/Buenos_Aires").expect("bundled");
        Moment { now: "2026-11-24T15:00:00Z".parse().expect("an instant"), zone }
    }

    #[test]
    fn a_stay_names_weekday_date_and_nights() {
        let moment = moment();
        let stay = Stay::new(date(2027, 1, 15), date(2027, 1, 18)).expect("valid");
        let said = |language| Format { language, moment: &moment }.stay(stay);
        assert_eq!(said(Language::Es), "vie 15/01/2027 → lun 18/01/2027 (3 noches)");
        assert_eq!(said(Language::Pt), "sex 15/01/2027 → seg 18/01/2027 (3 noites)");
        assert_eq!(said(Language::En), "Fri 15 Jan 2027 → Mon 18 Jan 2027 (3 nights)");
    }

    #[test]
    fn money_has_the_separators_of_the_language_and_no_idle_decimals() {
        let moment = moment();
        let said =
            |minor, language| Format { language, moment: &moment }.money(Money::new(minor, Currency::Ars));
        assert_eq!(said(120_000_00, Language::Es), "$ 120.000");
        assert_eq!(said(1_234_567_89, Language::Es), "$ 1.234.567,89");
        assert_eq!(said(120_000_50, Language::En), "AR$ 120,000.50");
    }

    #[test]
    fn near_moments_are_today_and_tomorrow() {
        let moment = moment();
        let said =
            |at: &str, language| Format { language, moment: &moment }.moment(at.parse().expect("an instant"));
        assert_eq!(said("2026-11-24T19:45:00Z", Language::Es), "hoy a las 16:45");
        assert_eq!(said("2026-11-25T04:05:00Z", Language::Es), "mañana a la 1:05");
        assert_eq!(said("2026-11-27T12:00:00Z", Language::En), "Fri 27 Nov 2026 at 9 am");
        assert_eq!(said("2026-11-24T19:00:00Z", Language::Pt), "hoje às 16h");
    }
}
