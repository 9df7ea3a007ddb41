//! The owner's business rules, edited on the page and through the API. Prices of cabins live with the cabins.
//!
//! One row for each setting: name, type, default, kind with its bounds, and where it stands on the owner's page
//! with which words. The stored document, its check, the page's form, the API and its document, and the guide
//! are made from these rows: a new setting is one row and the place that uses it.

mod kind;
#[cfg(test)]
mod tests;

pub use kind::{Kind, Known, Label, Section, SettingProblem, SettingRefused, Value};

use super::money::{Multiplier, Percent};
use super::notice::NoticeWays;
use super::own_words::OwnText;
use super::party::CHILD_AGE_MAX;
use super::phone::{Country, Phone};
use super::pricing::PricingRules;
use super::stay::STAY_NIGHTS_MAX;
use super::week::Weekdays;
use jiff::SignedDuration;
use jiff::civil::{Date, Time};
use kind::{Held, label};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A week: no hold keeps a cabin for longer, and no calendar stays unread for longer.
const WEEK_MINUTES: u32 = 10_080;
/// Three years: nobody sells further ahead.
const HORIZON_DAYS_MAX: u32 = 1096;
/// Ten years, after which no claim is left.
const MEDIA_DAYS_MAX: u32 = 3653;
/// A name or a bank account's holder: longer than any, short enough for every message.
const NAME_CHARS_MAX: usize = 120;
/// An address, with how to find it.
const ADDRESS_CHARS_MAX: usize = 300;

/// A setting.
#[derive(Debug)]
pub struct Setting {
    /// Its name in the document, with a dot before what stands in a document inside.
    pub name: &'static str,
    /// Its description, for programs and operators: one English sentence or more.
    pub about: &'static str,
    /// Its kind, with bounds.
    pub kind: Kind,
    /// Its place and words on the owner's page, where it stands there.
    pub label: Option<Label>,
    /// Its value in a document.
    pub get: fn(&Settings) -> Value,
    /// Puts a value into a document; refuses what the document has no room for.
    pub put: fn(&mut Settings, Value) -> Result<(), SettingProblem>,
}

/// A setting's name in the document.
macro_rules! name_of {
    ([] $field:ident) => {
        stringify!($field)
    };
    ([$outer:ident] $field:ident) => {
        concat!(stringify!($outer), ".", stringify!($field))
    };
}

/// A setting's place in the whole document.
macro_rules! place_of {
    ($all:ident [] $field:ident) => {
        $all.$field
    };
    ($all:ident [$outer:ident] $field:ident) => {
        $all.$outer.$field
    };
}

/// Writes a struct of settings, its defaults, and its rows. `inside` is the field of the whole document that holds
/// the struct, or nothing where it is the whole document.
macro_rules! settings {
    (
        $(#[$about:meta])+
        $name:ident, rows $rows:ident, inside $outer:tt;
        $( $(#[doc = $text:literal])+ $field:ident: $type:ty = $default:expr, $kind:expr, $label:expr; )+
        $( with { $(#[doc = $inner_text:literal])+ $inner:ident: $inner_type:ty; } )?
    ) => {
        $(#[$about])+
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $( $(#[doc = $text])+ pub $field: $type, )+
            $( $(#[doc = $inner_text])+ pub $inner: $inner_type, )?
        }

        impl Default for $name {
            fn default() -> $name {
                $name { $( $field: $default, )+ $( $inner: <$inner_type>::default(), )? }
            }
        }

        const $rows: &[Setting] = &[ $( Setting {
            name: name_of!($outer $field),
            about: concat!($($text),+),
            kind: $kind,
            label: $label,
            get: |all| Held::value(&place_of!(all $outer $field)),
            put: |all, value| {
                let place = &mut place_of!(all $outer $field);
                *place = <$type as Held>::held(value).ok_or($kind.misfit())?;
                Ok(())
            },
        }, )+ ];
    };
}

settings! {
    /// Everything the owner decides about stays, money and words. Stored as one versioned document; a field
    /// that is missing takes its default, so that a newer casero reads an older document.
    Settings, rows TOP, inside [];

    /// What guests call the place.
    property_name: String = String::new(), Kind::Line { chars_max: NAME_CHARS_MAX },
        Some(label(Section::Property, "Nombre").example("Cabañas del Cerro"));
    /// Where it is, for guests who have booked.
    property_address: String = String::new(), Kind::Line { chars_max: ADDRESS_CHARS_MAX },
        Some(label(Section::Property, "Dirección").hint("La mandamos cuando la reserva está confirmada."));
    /// The owner's WhatsApp number: notices go there, commands come from there.
    owner_phone: String = String::new(), Kind::Phone,
        Some(label(Section::Property, "Tu WhatsApp").example("+54 9 351 555 0101")
            .hint("Ahí te avisamos, y desde ahí podés mandarle órdenes a Casero."));
    /// More numbers that get the notices and give commands. Each counts once the code sent to it was entered.
    owner_phones: Vec<String> = Vec::new(), Kind::Phones, None;
    /// Ways by which the owner is told, in their order; the next one follows when nobody has seen a notice.
    notice_ways: NoticeWays = NoticeWays::default(), Kind::Ways, None;
    /// Whether a notice shows the guest's words on a locked phone.
    notice_words: bool = false, Kind::Switch, None;
    /// The number that a guest in need is given to call; digits, and a name if wanted.
    emergency_phone: String = String::new(), Kind::Line { chars_max: NAME_CHARS_MAX },
        Some(label(Section::Property, "Teléfono para urgencias").example("351 555-0101 (Marta)")
            .hint("Se lo damos a quien avisa de un incendio, un accidente o que no puede entrar. Vacío: los números públicos."));
    /// From when the owner is told only of what is urgent, and of guests who have a stay now.
    quiet_hours_from: Time = Time::constant(22, 0, 0, 0), Kind::Hour,
        Some(label(Section::Property, "No te molesto desde").hint("Lo urgente, y lo de quien está en la casa, te llega a cualquier hora."));
    /// Until when; the same hour as `quiet_hours_from` means never.
    quiet_hours_until: Time = Time::constant(8, 0, 0, 0), Kind::Hour,
        Some(label(Section::Property, "Y te vuelvo a escribir desde"));
    /// When the owner is told of what is still open, in hours of the day separated by commas; empty never.
    digest_times: String = "09:00, 18:00".to_owned(), Kind::Hours,
        Some(label(Section::Property, "A qué horas te resumo lo pendiente").example("09:00, 18:00")
            .hint("Separadas por comas. Vacío: nunca."));
    /// For how many minutes casero stays silent in a conversation after a person wrote in it; 0 goes on at once.
    silence_minutes: u32 = 60, Kind::Whole { min: 0, max: WEEK_MINUTES },
        Some(label(Section::Property, "Minutos que me callo después de que escribís")
            .hint("En esa charla. 0: sigo contestando."));
    /// For how many hours a person keeps a conversation that they took over; 0 keeps it until it is handed back.
    take_over_hours: u32 = 0, Kind::Whole { min: 0, max: 168 },
        Some(label(Section::Property, "Horas que dura «atiendo yo»")
            .hint("0: hasta que me digas «seguí vos»."));
    /// How many minutes after a request a guest is told to expect the owner's answer, quiet hours left out.
    answer_minutes: u32 = 120, Kind::Whole { min: 10, max: WEEK_MINUTES },
        Some(label(Section::Property, "Minutos que tardás en contestar un pedido")
            .hint("Es lo que le decimos al huésped. De noche no cuenta."));
    /// From when the cabin is ready.
    check_in_time: Time = Time::constant(14, 0, 0, 0), Kind::Hour, Some(label(Section::Stays, "Entrada desde"));
    /// Until when it must be left.
    check_out_time: Time = Time::constant(10, 0, 0, 0), Kind::Hour, Some(label(Section::Stays, "Salida hasta"));
    /// Fewest nights where neither season nor cabin says; at most `max_nights`.
    min_nights: u16 = 1, Kind::Whole { min: 1, max: STAY_NIGHTS_MAX as u32 },
        Some(label(Section::Stays, "Mínimo de noches"));
    /// Younger children are babies, for whom a cabin may have cots beside its beds; in years.
    baby_age_under: u8 = 2, Kind::Whole { min: 0, max: CHILD_AGE_MAX as u32 + 1 },
        Some(label(Section::Stays, "Hasta qué edad es bebé")
            .hint("Los menores de esta edad entran en las cunas que pusiste en cada cabaña, sin ocupar cama."));
    /// Most nights of one stay.
    max_nights: u16 = 60, Kind::Whole { min: 1, max: STAY_NIGHTS_MAX as u32 },
        Some(label(Section::Stays, "Máximo de noches"));
    /// Fewest hours between now and the check-in time of the first night.
    lead_time_hours: u32 = 0, Kind::Whole { min: 0, max: HORIZON_DAYS_MAX * 24 },
        Some(label(Section::Stays, "Horas de aviso antes de llegar").hint("0: se puede reservar para hoy mismo."));
    /// How many days ahead are sold.
    horizon_days: u32 = 548, Kind::Whole { min: 1, max: HORIZON_DAYS_MAX },
        Some(label(Section::Stays, "Hasta cuántos días adelante"));
    /// How many unpaid holds one guest may have at once.
    holds_per_guest: u16 = 3, Kind::Whole { min: 1, max: u16::MAX as u32 }, None;
    /// No bookings are taken from guests before this day (`YYYY-MM-DD`); empty takes them.
    paused_until: Option<Date> = None, Kind::Day,
        Some(label(Section::Stays, "No tomar reservas hasta el día")
            .hint("Vacío: se reserva como siempre. Las que ya están no cambian."));
    /// Nights that carry the weekend's factor (`mon` to `sun`).
    weekend_nights: Weekdays = Weekdays::FRIDAY_SATURDAY, Kind::Weekdays,
        Some(label(Section::Stays, "Noches de fin de semana"));
    /// Factor of weekend nights for new cabins.
    weekend_multiplier: Multiplier = Multiplier::ONE, Kind::Factor,
        Some(label(Section::Stays, "Recargo de fin de semana para cabañas nuevas (%)"));
    /// Part of the total paid in advance, in percent.
    deposit_percent: Percent = percent(30), Kind::Percent,
        Some(label(Section::Deposit, "Parte que se paga por adelantado (%)"));
    /// How long a hold waits for its deposit, in minutes.
    hold_minutes: u32 = 60, Kind::Whole { min: 1, max: WEEK_MINUTES },
        Some(label(Section::Deposit, "Minutos para pagarla")
            .hint("Mientras tanto guardamos las noches; después quedan libres."));
    /// For how many hours a guest's word that the deposit was sent keeps a hold while nobody has looked.
    receipt_hold_hours: u32 = 24, Kind::Whole { min: 1, max: 168 },
        Some(label(Section::Deposit, "Horas que guardo si dicen que ya pagaron")
            .hint("Hasta que mires si llegó la plata."));
    /// Minutes without a good reading of another channel's calendar before the owner is told and deposits stop
    /// confirming by themselves. Two readings that fail are no news yet.
    calendar_stale_minutes: u32 = 180, Kind::Whole { min: 10, max: WEEK_MINUTES }, None;
    /// For how many hours a night that is no longer ours, and that no site may have sold, stays closed while one repeats it.
    calendar_release_hours: u32 = 24, Kind::Whole { min: 0, max: 720 }, None;
    /// Whether the calendars that other sites read say where each night was sold (`X-SOURCE`); guests are never named.
    calendar_shows_source: bool = true, Kind::Switch,
        Some(label(Section::Privacy, "Los otros sitios ven dónde vendiste cada noche")
            .hint("Va en el calendario que leen de Casero. Sin tildar, solo ven que está ocupada."));
    /// The cancellation policy in the owner's words; empty uses the product's sentence.
    cancellation_text: String = String::new(), Kind::Answer,
        Some(label(Section::Cancellation, "La política con tus palabras")
            .hint("Vacío: la explicamos nosotros a partir de los números."));
    /// Alias for bank transfers.
    bank_alias: String = String::new(), Kind::BankAlias, Some(label(Section::Bank, "Alias"));
    /// CBU or CVU for bank transfers, 22 digits.
    bank_cbu: String = String::new(), Kind::BankCbu, Some(label(Section::Bank, "CBU o CVU"));
    /// Name on the bank account.
    bank_holder: String = String::new(), Kind::Line { chars_max: NAME_CHARS_MAX },
        Some(label(Section::Bank, "Titular"));
    /// Days off and school recesses, a line each, in place of those that casero brings; empty uses those.
    holidays: String = String::new(), Kind::Holidays,
        Some(label(Section::Holidays, "Feriados, puentes y vacaciones")
            .hint("Un renglón cada uno. Vacío: los que trae Casero."));
    /// For how many days the recordings, pictures and files of guests are kept; 0 keeps them for ever. Receipts of
    /// transfers are kept for five years. Nothing is deleted of a conversation with an open attention item.
    media_days: u32 = 730, Kind::Whole { min: 0, max: MEDIA_DAYS_MAX },
        Some(label(Section::Privacy, "Días que guardamos audios, fotos y archivos")
            .hint("0: para siempre. Los comprobantes de pago se guardan cinco años."));
    /// How many megabytes these files may take; 0 sets no limit. Beyond it the oldest go first, receipts last.
    media_megabytes: u32 = 2048, Kind::Whole { min: 0, max: u32::MAX },
        Some(label(Section::Privacy, "Espacio para esos archivos (MB)")
            .hint("0: sin tope. Si se llena, primero se borran los más viejos."));
    /// The owner's answers to what guests ask, by topic code (`pets`, `wifi`, …), up to 1500 characters each. An
    /// unknown topic is refused with those that there are; a blank answer is dropped.
    answers: BTreeMap<String, String> = BTreeMap::new(), Kind::Answers, None;
    /// The owner's words for the messages we send, by message: `welcome`, `confirmed`, `arrival`, `check_in`,
    /// `thanks`, up to 1500 characters each, and `template`, the name of the owner's own template at Meta. A blank
    /// text is dropped, so that the product's own words are used again. `{guest}`, `{cabin}`, `{check_in}`,
    /// `{check_out}`, `{address}`, `{code}` and `{balance}` are filled in (`welcome` knows `{guest}` alone); `{{`
    /// is a brace. An unknown or unclosed placeholder is refused.
    texts: BTreeMap<String, String> = BTreeMap::new(), Kind::Texts, None;

    with {
        /// What a guest gets back on cancelling.
        cancellation: Cancellation;
    }
}

settings! {
    /// What a guest gets back on cancelling.
    #[derive(Copy)]
    Cancellation, rows OF_CANCELLATION, inside [cancellation];

    /// Cancelling at least this many days before arrival gives back `refund_percent`.
    free_until_days: u16 = 7, Kind::Whole { min: 0, max: HORIZON_DAYS_MAX },
        Some(label(Section::Cancellation, "Hasta cuántos días antes es «a tiempo»"));
    /// Part of what was paid that is given back in time, in percent.
    refund_percent: Percent = percent(100), Kind::Percent,
        Some(label(Section::Cancellation, "A tiempo devolvés (%)"));
    /// Part given back later than that, in percent.
    late_refund_percent: Percent = percent(0), Kind::Percent,
        Some(label(Section::Cancellation, "Más tarde devolvés (%)"));
}

/// A valid percentage.
fn percent(value: u8) -> Percent {
    Percent::new(value).expect("at most 100")
}

impl Setting {
    /// Its description, as one line.
    pub fn about(&self) -> &'static str {
        self.about.trim()
    }

    /// The problems of its value in a document.
    fn check(&self, settings: &Settings, known: &Known) -> Vec<SettingRefused> {
        let of = |field: Cow<'static, str>, checked: Result<(), SettingProblem>| {
            checked.err().map(|problem| SettingRefused { field, problem })
        };
        match (self.get)(settings) {
            Value::Named(words) => {
                let one = |(name, words): (&String, &String)| {
                    let field = format!("{}.{name}", self.name).into();
                    of(field, self.kind.check_named(name, words, known).map_err(SettingProblem::Text))
                };
                words.iter().filter_map(one).collect()
            }
            value => of(self.name.into(), self.kind.check(&value, known)).into_iter().collect(),
        }
    }
}

/// Every setting, those of a document inside after the others.
pub fn all() -> impl Iterator<Item = &'static Setting> {
    TOP.iter().chain(OF_CANCELLATION)
}

impl Settings {
    /// The settings of pricing.
    pub fn pricing(&self) -> PricingRules {
        PricingRules { weekend_nights: self.weekend_nights, deposit_percent: self.deposit_percent }
    }

    /// These settings without a pause: it is for guests who book. A person may book all the same, and what is booked
    /// may move.
    pub fn without_pause(self) -> Settings {
        Settings { paused_until: None, ..self }
    }

    /// The day from which bookings are taken again, while they are not.
    pub fn pause(&self, today: Date) -> Option<Date> {
        self.paused_until.filter(|until| today < *until)
    }

    /// How long a hold waits.
    pub fn hold_time(&self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.hold_minutes))
    }

    /// The hours of the day at which the owner is told of what is open, in order.
    pub fn digest_hours(&self) -> Vec<Time> {
        kind::hours(&self.digest_times).unwrap_or_default()
    }

    /// How long casero stays silent after a person wrote; `None` when it goes on at once.
    pub fn silence(&self) -> Option<SignedDuration> {
        (self.silence_minutes > 0).then(|| SignedDuration::from_mins(i64::from(self.silence_minutes)))
    }

    /// How long a person keeps a conversation; `None` until it is handed back.
    pub fn take_over_time(&self) -> Option<SignedDuration> {
        (self.take_over_hours > 0).then(|| SignedDuration::from_hours(i64::from(self.take_over_hours)))
    }

    /// How long a guest waits for the owner's answer to a request.
    pub fn answer_time(&self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.answer_minutes))
    }

    /// How long a guest's word that money was sent keeps a hold.
    pub fn receipt_hold_time(&self) -> SignedDuration {
        SignedDuration::from_hours(i64::from(self.receipt_hold_hours))
    }

    /// How long guests' files are kept; `None` for ever.
    pub fn media_time(&self) -> Option<SignedDuration> {
        (self.media_days > 0).then(|| SignedDuration::from_hours(i64::from(self.media_days) * 24))
    }

    /// How many bytes they may take; `None` sets no limit.
    pub fn media_bytes(&self) -> Option<u64> {
        (self.media_megabytes > 0).then_some(u64::from(self.media_megabytes) << 20)
    }

    /// How old the last good reading of another channel may be.
    pub fn calendar_stale_time(&self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.calendar_stale_minutes))
    }

    /// How long a night that is no longer ours stays closed while a channel repeats it.
    pub fn calendar_release_time(&self) -> SignedDuration {
        SignedDuration::from_hours(i64::from(self.calendar_release_hours))
    }

    /// The owner's number. An earlier version stored it as it was typed, and took any digits for a country code and a
    /// number: such a value is read as typed, and only one that can't be so as digits.
    pub fn owner(&self, country: Option<Country>) -> Option<Phone> {
        Phone::typed(&self.owner_phone, country).ok().or_else(|| Phone::parse(&self.owner_phone))
    }

    /// Normalises typed values: no blanks around words, line ends as `\n`, a number as it was understood, and a blank
    /// text is empty, so that the product's own words are used again.
    pub fn tidy(&mut self, known: &Known) {
        for setting in all() {
            let tidied = setting.kind.tidy((setting.get)(self), known);
            // A tidied value is of the same kind and no larger: it fits.
            let _ = (setting.put)(self, tidied);
        }
    }

    /// Checks every value; the error names all invalid ones.
    pub fn check(&self, known: &Known) -> Result<(), Vec<SettingRefused>> {
        let mut wrong: Vec<SettingRefused> = all().flat_map(|setting| setting.check(self, known)).collect();
        if self.min_nights > self.max_nights {
            let problem = SettingProblem::AboveMaxNights;
            wrong.push(SettingRefused { field: "min_nights".into(), problem });
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }

    /// The owner's words for a message; empty uses the product's.
    pub fn own(&self, text: OwnText) -> String {
        self.texts.get(text.code()).cloned().unwrap_or_default()
    }
}
