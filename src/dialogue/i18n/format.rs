//! Dates, hours and money as people of each language write them. Never an ISO date, never a bare code.

use super::argument::{Argument, DateParts, Month, Named, Sign, TimeParts, written};
use super::catalogue::Locale;
use super::message::messages;
use crate::domain::money::{Currency, Money};
use crate::domain::party::Party;
use crate::domain::policy::Moment;
use crate::domain::stay::Stay;
use crate::understanding::MonthPart;
use fluent_bundle::FluentValue;
use jiff::civil::{Date, Time, Weekday};
use jiff::{Timestamp, ToSpan};
use std::ops::Deref;

/// More ages than this are left out: they fill a line without telling anything.
const AGES_SAID_MAX: usize = 6;

/// A locale with the property's present moment: near days are "today" and "tomorrow".
#[derive(Debug, Clone, Copy)]
pub struct Format<'a> {
    locale: Locale,
    moment: &'a Moment,
}

/// The patterns of dates, hours and numbers.
#[derive(Clone, Copy)]
struct Patterns(Locale);

messages! { Patterns:
    weekday_short(weekday: Weekday);
    weekday_long(weekday: Weekday);
    month_long(month: Month);
    month_part(part: MonthPart, month: Month);
    day(date: DateParts);
    short_day(date: DateParts);
    weekday_and_day(date: DateParts);
    day_and_month(date: DateParts);
    stay(from: Date, to: Date, nights: u16);
    nights(nights: u16);
    people(people: u16);
    adults(adults: u16);
    children(children: u16);
    pets(pets: u16);
    under_one();
    days(days: u32);
    hours(hours: u32);
    minutes(minutes: u32);
    time(time: TimeParts);
    today();
    tomorrow();
    moment(day: String, hour: i8, time: Time);
    list(first: String, last: &str);
    thousands_separator();
    decimal_separator();
    currency_sign(currency: Sign);
    currency_name(currency: Sign);
    language_in_spanish();
    template_language();
}

/// A number of people, in words: "4 personas".
#[derive(Debug, Clone, Copy)]
pub struct People(pub u16);

/// A number of nights, in words: "3 noches".
#[derive(Debug, Clone, Copy)]
pub struct Nights(pub u16);

/// A duration, in words: "2 horas".
#[derive(Debug, Clone, Copy)]
pub struct Minutes(pub u32);

written! {
    Date: |date, locale| locale.day(date);
    Stay: |stay, locale| locale.stay(stay);
    Time: |time, locale| locale.hour(time);
    Money: |money, locale| locale.money(money);
    People: |people, locale| locale.people(people.0);
    Party: |party, locale| locale.party(party);
    Nights: |nights, locale| locale.nights(nights.0);
    Minutes: |minutes, locale| locale.duration(minutes.0);
}

impl Patterns {
    fn locale(self) -> Locale {
        self.0
    }
}

impl Locale {
    fn patterns(self) -> Patterns {
        Patterns(self)
    }

    /// The language's Spanish name: "portugués".
    pub fn language_in_spanish(self) -> String {
        self.patterns().language_in_spanish()
    }

    /// Meta's language code of a message template: "pt_BR".
    pub fn template_language(self) -> String {
        self.patterns().template_language()
    }

    /// A day with its weekday and year: "vie 15/01/2027", "Fri 15 Jan 2027".
    pub fn day(self, date: Date) -> String {
        self.patterns().day(DateParts(date))
    }

    /// A day short enough for a button: "vie 15/1".
    pub fn short_day(self, date: Date) -> String {
        self.patterns().short_day(DateParts(date))
    }

    /// "vie".
    pub fn weekday(self, date: Date) -> String {
        self.patterns().weekday_short(date.weekday())
    }

    /// "enero".
    pub fn month_name(self, date: Date) -> String {
        self.patterns().month_long(Month::of(date))
    }

    /// Both ends and the nights: "vie 15/01/2027 → lun 18/01/2027 (3 noches)".
    pub fn stay(self, stay: Stay) -> String {
        self.patterns().stay(stay.check_in(), stay.check_out(), stay.nights())
    }

    /// A stay short enough for a button: "vie 15 → lun 18/1". The year is in the text above it.
    pub fn short_stay(self, stay: Stay) -> String {
        let (from, to) = (stay.check_in(), stay.check_out());
        let patterns = self.patterns();
        let (first, last) = if from.first_of_month() == to.first_of_month() {
            (patterns.weekday_and_day(DateParts(from)), patterns.short_day(DateParts(to)))
        } else {
            (patterns.day_and_month(DateParts(from)), patterns.day_and_month(DateParts(to)))
        };
        format!("{first} → {last}")
    }

    /// "3 noches".
    pub fn nights(self, nights: u16) -> String {
        self.patterns().nights(nights)
    }

    /// "4 personas".
    pub fn people(self, people: u16) -> String {
        self.patterns().people(people)
    }

    /// "2 mascotas".
    pub fn pets(self, pets: u16) -> String {
        self.patterns().pets(pets)
    }

    /// A number of hundredths, without idle decimals: "10", "10,5".
    pub fn decimal(self, hundredths: u16) -> String {
        let (whole, part) = (hundredths / 100, hundredths % 100);
        let decimals = format!("{part:02}");
        match decimals.trim_end_matches('0') {
            "" => whole.to_string(),
            decimals => format!("{whole}{}{decimals}", self.patterns().decimal_separator()),
        }
    }

    /// "4 personas", "4 personas, 1 mascota", "2 adultos, 2 menores (3 y 9), 1 mascota".
    pub fn party(self, party: Party) -> String {
        let patterns = self.patterns();
        let ages = party.children();
        let children = u16::try_from(ages.len()).unwrap_or(u16::MAX);
        let mut said = Vec::new();
        if children == 0 {
            said.push(self.people(party.people()));
        } else {
            said.extend((party.adults() > 0).then(|| patterns.adults(party.adults())));
            said.push(format!("{}{}", patterns.children(children), self.ages(&ages)));
        }
        said.extend((party.pets() > 0).then(|| patterns.pets(party.pets())));
        said.join(", ")
    }

    /// Ages of the children, " (3 y 9)"; empty when there are too many.
    fn ages(self, ages: &[u8]) -> String {
        if ages.len() > AGES_SAID_MAX {
            return String::new();
        }
        let each =
            ages.iter().map(|age| if *age == 0 { self.patterns().under_one() } else { age.to_string() });
        format!(" ({})", self.list(&each.collect::<Vec<_>>()))
    }

    /// An amount: "$ 120.000", "AR$ 120,000". Decimals only when there are any. Among Argentines "$" is the peso; to
    /// others it would be their own money. A currency without a sign stands by its code.
    pub fn money(self, money: Money) -> String {
        let patterns = self.patterns();
        let amount = money.minor.unsigned_abs();
        let sign = Sign::of(money.currency).map(|sign| patterns.currency_sign(sign));
        let sign = sign.unwrap_or_else(|| money.currency.code().to_owned());
        let whole = grouped(amount / 100, &patterns.thousands_separator());
        let decimals = match amount % 100 {
            0 => String::new(),
            cents => format!("{}{cents:02}", patterns.decimal_separator()),
        };
        let minus = if money.minor < 0 { "-" } else { "" };
        format!("{minus}{sign} {whole}{decimals}")
    }

    /// "Pesos argentinos"; its code where it has no name.
    pub fn currency_name(self, currency: Currency) -> String {
        let name = Sign::of(currency).map(|sign| self.patterns().currency_name(sign));
        name.unwrap_or_else(|| currency.code().to_owned())
    }

    /// An hour of the day: "14:00", "14h", "2 pm".
    pub fn hour(self, time: Time) -> String {
        self.patterns().time(TimeParts(time))
    }

    /// A duration: "45 minutos", "2 horas", "1 día".
    pub fn duration(self, minutes: u32) -> String {
        match minutes {
            days if days % 1440 == 0 => self.patterns().days(days / 1440),
            hours if hours % 60 == 0 => self.patterns().hours(hours / 60),
            minutes => self.patterns().minutes(minutes),
        }
    }

    /// "A, B y C".
    pub fn list(self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => self.patterns().list(first.join(", "), last),
        }
    }

    /// Days of the week by their stable codes, in words: "viernes y sábado".
    pub fn weekdays(self, codes: &[String]) -> String {
        const CODES: [(&str, Weekday); 7] = [
            ("mon", Weekday::Monday),
            ("tue", Weekday::Tuesday),
            ("wed", Weekday::Wednesday),
            ("thu", Weekday::Thursday),
            ("fri", Weekday::Friday),
            ("sat", Weekday::Saturday),
            ("sun", Weekday::Sunday),
        ];
        let given = CODES.iter().filter(|(code, _)| codes.iter().any(|given| given == code));
        self.list(&given.map(|(_, day)| self.patterns().weekday_long(*day)).collect::<Vec<_>>())
    }

    /// A month, or a part of it: "principios de marzo", "late March".
    pub fn month(self, first: Date, part: Option<MonthPart>) -> String {
        match part {
            None => self.month_name(first),
            Some(part) => self.patterns().month_part(part, Month::of(first)),
        }
    }
}

impl<'a> Format<'a> {
    pub fn new(locale: Locale, moment: &'a Moment) -> Format<'a> {
        Format { locale, moment }
    }

    /// An instant near now: "hoy a las 16:45", "mañana a las 9:30", else with its day.
    pub fn moment(&self, at: Timestamp) -> String {
        let local = self.moment.zone.to_datetime(at);
        let today = self.moment.today();
        let day = match local.date() {
            date if date == today => self.patterns().today(),
            date if date == today.saturating_add(1.day()) => self.patterns().tomorrow(),
            date => self.day(date),
        };
        self.patterns().moment(day, local.hour(), local.time())
    }
}

impl Deref for Format<'_> {
    type Target = Locale;

    fn deref(&self) -> &Locale {
        &self.locale
    }
}

pub fn grouped(number: u64, separator: &str) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 4 / 3 + 1);
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            grouped.push_str(separator);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::language::Language;
    use crate::domain::money::Currency;
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
        let said = |language| Format::new(Locale::of(language), &moment).stay(stay);
        assert_eq!(said(Language::SPANISH), "vie 15/01/2027 → lun 18/01/2027 (3 noches)");
        assert_eq!(said(Language::of("pt")), "sex 15/01/2027 → seg 18/01/2027 (3 noites)");
        assert_eq!(said(Language::of("en")), "Fri 15 Jan 2027 → Mon 18 Jan 2027 (3 nights)");
    }

    #[test]
    fn money_has_the_separators_of_the_language_and_no_idle_decimals() {
        let moment = moment();
        let said = |minor, language| {
            Format::new(Locale::of(language), &moment).money(Money::new(minor, Currency::Ars))
        };
        assert_eq!(said(120_000_00, Language::SPANISH), "$ 120.000");
        assert_eq!(said(1_234_567_89, Language::SPANISH), "$ 1.234.567,89");
        assert_eq!(said(120_000_50, Language::of("en")), "AR$ 120,000.50");
    }

    #[test]
    fn a_party_is_a_number_of_people_while_there_is_no_more_to_say() {
        let moment = moment();
        let said = |language, adults, ages: &[u8], pets| {
            Format::new(Locale::of(language), &moment).party(Party::new(adults, ages, pets).expect("a party"))
        };
        assert_eq!(said(Language::SPANISH, 4, &[], 0), "4 personas");
        assert_eq!(said(Language::SPANISH, 1, &[], 2), "1 persona, 2 mascotas");
        assert_eq!(said(Language::SPANISH, 2, &[9, 3], 1), "2 adultos, 2 menores (3 y 9), 1 mascota");
        assert_eq!(said(Language::of("pt"), 1, &[0], 0), "1 adulto, 1 criança (menos de 1)");
        assert_eq!(
            said(Language::of("en"), 2, &[0, 4, 7], 1),
            "2 adults, 3 children (under 1, 4 and 7), 1 pet"
        );
        assert_eq!(said(Language::SPANISH, 2, &[5; 7], 0), "2 adultos, 7 menores");
    }

    #[test]
    fn near_moments_are_today_and_tomorrow() {
        let moment = moment();
        let said = |at: &str, language| {
            Format::new(Locale::of(language), &moment).moment(at.parse().expect("an instant"))
        };
        assert_eq!(said("2026-11-24T19:45:00Z", Language::SPANISH), "hoy a las 16:45");
        assert_eq!(said("2026-11-25T04:05:00Z", Language::SPANISH), "mañana a la 1:05");
        assert_eq!(said("2026-11-27T12:00:00Z", Language::of("en")), "Fri 27 Nov 2026 at 9 am");
        assert_eq!(said("2026-11-24T19:00:00Z", Language::of("pt")), "hoje às 16h");
    }
}
