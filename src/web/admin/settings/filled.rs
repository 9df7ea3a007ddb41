//! The form of the settings, row by row: as typed, from settings, and into settings.

use super::refused;
use crate::app::{AppContext, holidays, manage};
use crate::domain::settings::{self as business, Kind, Label, Section, Setting, Settings, Value};
use crate::domain::week::Weekdays;
use crate::web::admin::form::{self, Wrong};
use jiff::civil::Time;
use rocket::form::{DataField, Error, FromForm, Options, Result as FormResult, ValueField};
use std::collections::BTreeMap;

/// The box of what is yes or no.
const YES: &str = "yes";
/// The days of the week by their codes.
const DAYS: [(&str, &str); 7] = [
    ("mon", "lun"),
    ("tue", "mar"),
    ("wed", "mié"),
    ("thu", "jue"),
    ("fri", "vie"),
    ("sat", "sáb"),
    ("sun", "dom"),
];
/// The form's field for the version of the settings shown.
const VERSION: &str = "version";
/// Lines of the field for public holidays: a year of them.
const HOLIDAY_LINES: u8 = 14;
/// Lines of the field for a text.
const TEXT_LINES: u8 = 3;

/// The form as typed, by the setting's name.
#[derive(Debug, Clone)]
pub(super) struct Filled {
    pub(super) version: i64,
    typed: BTreeMap<String, Vec<String>>,
}

/// A section of the page.
pub(super) struct Part {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) about: &'static str,
    pub(super) fields: Vec<Field>,
}

/// A field of the page.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) label: Label,
    pub(super) typed: String,
    pub(super) input: Input,
}

/// Input of a field.
pub(super) enum Input {
    /// One line: type and keyboard of the input.
    Line { kind: &'static str, keyboard: &'static str },
    /// A number or an hour.
    Number { kind: &'static str, keyboard: &'static str },
    /// Several lines.
    Area { lines: u8 },
    /// Boxes to tick, as days of the week: code, name, ticked.
    Boxes(Vec<(&'static str, &'static str, bool)>),
}

#[rocket::async_trait]
impl<'r> FromForm<'r> for Filled {
    type Context = BTreeMap<String, Vec<String>>;

    fn init(_: Options) -> Self::Context {
        BTreeMap::new()
    }

    fn push_value(typed: &mut Self::Context, field: ValueField<'r>) {
        typed.entry(field.name.source().to_string()).or_default().push(field.value.to_owned());
    }

    async fn push_data(_: &mut Self::Context, _: DataField<'r, '_>) {}

    fn finalize(typed: Self::Context) -> FormResult<'r, Filled> {
        let version = typed.get(VERSION).and_then(|typed| typed.first()?.parse().ok());
        Ok(Filled { version: version.ok_or_else(|| Error::validation("the version is missing"))?, typed })
    }
}

impl Filled {
    /// Settings as the form shows them.
    pub(super) fn of(settings: &Settings, version: i64) -> Filled {
        let typed = on_page().map(|(setting, _)| (setting.name.to_owned(), typed(setting, settings)));
        Filled { version, typed: typed.collect() }
    }

    /// The page's sections with what was typed.
    pub(super) fn parts(&self) -> Vec<Part> {
        let part = |section: Section| {
            let (id, title, about) = words(section);
            let rows = on_page().filter(|(_, label)| label.section == section);
            let mut fields: Vec<Field> = rows.map(|(setting, label)| self.field(setting, *label)).collect();
            // Long texts stand below the numbers that they are about.
            fields.sort_by_key(|field| matches!(field.input, Input::Area { .. }));
            Part { id, title, about, fields }
        };
        Section::ALL.into_iter().map(part).collect()
    }

    fn field(&self, setting: &Setting, label: Label) -> Field {
        let typed = self.typed.get(setting.name).map_or(&[][..], Vec::as_slice);
        let input = match setting.kind {
            Kind::Whole { .. } | Kind::Percent => Input::Number { kind: "text", keyboard: "numeric" },
            Kind::Factor => Input::Number { kind: "text", keyboard: "decimal" },
            Kind::Hour => Input::Number { kind: "time", keyboard: "" },
            Kind::Day => Input::Number { kind: "date", keyboard: "" },
            Kind::Phone => Input::Line { kind: "tel", keyboard: "tel" },
            Kind::BankCbu => Input::Line { kind: "text", keyboard: "numeric" },
            Kind::Line { .. } | Kind::Hours | Kind::BankAlias => {
                Input::Line { kind: "text", keyboard: "text" }
            }
            Kind::Answer | Kind::Answers | Kind::Texts | Kind::Phones | Kind::Ways => {
                Input::Area { lines: TEXT_LINES }
            }
            Kind::Holidays => Input::Area { lines: HOLIDAY_LINES },
            Kind::Weekdays => {
                let ticked = |code: &str| typed.iter().any(|typed| typed == code);
                Input::Boxes(DAYS.map(|(code, name)| (code, name, ticked(code))).to_vec())
            }
            Kind::Switch => Input::Boxes(vec![(YES, "Sí", typed.iter().any(|typed| typed == YES))]),
        };
        Field { name: setting.name, label, typed: typed.last().cloned().unwrap_or_default(), input }
    }

    /// The settings in force with the typed ones over them; an unreadable field is recorded as an error.
    pub(super) fn read(&self, saved: &Settings, context: &AppContext) -> Result<Settings, Wrong> {
        let (mut settings, mut wrong) = (saved.clone(), Wrong::default());
        for (setting, _) in on_page() {
            // What has boxes and none that is ticked is empty; any other missing field is unchanged.
            let typed = match self.typed.get(setting.name) {
                Some(typed) => typed.as_slice(),
                None if matches!(setting.kind, Kind::Weekdays | Kind::Switch) => &[],
                None => continue,
            };
            let put = read_typed(setting.kind, typed).and_then(|value| {
                (setting.put)(&mut settings, value).map_err(|problem| refused::sentence(&problem))
            });
            wrong.take(setting.name, put);
        }
        let known = manage::known(context);
        settings.tidy(&known);
        for refused in settings.check(&known).err().unwrap_or_default() {
            wrong.note(refused.field.clone(), refused::sentence(&refused.problem));
        }
        if wrong.is_empty() { Ok(settings) } else { Err(wrong) }
    }
}

/// The settings shown on the page.
fn on_page() -> impl Iterator<Item = (&'static Setting, &'static Label)> {
    business::all().filter_map(|setting| Some((setting, setting.label.as_ref()?)))
}

/// Anchor of a section, its title, and the text below it.
fn words(section: Section) -> (&'static str, &'static str, &'static str) {
    match section {
        Section::Property => ("place", "El lugar", ""),
        Section::Stays => ("rules", "Reservas", ""),
        Section::Deposit => ("deposit", "Seña", ""),
        Section::Cancellation => ("cancel", "Cancelación", ""),
        Section::Bank => ("bank", "Banco", "Para quien prefiere pagar por transferencia."),
        Section::Privacy => (
            "privacy",
            "Privacidad",
            "Lo que los huéspedes mandan se borra solo. No se toca lo de una charla con algo por decidir.",
        ),
        Section::Holidays => {
            ("holidays", "Feriados", "Para entender «el finde largo» y «las vacaciones de invierno».")
        }
    }
}

/// A value in the form in which it is typed.
fn typed(setting: &Setting, settings: &Settings) -> Vec<String> {
    match (setting.kind, (setting.get)(settings)) {
        (Kind::Holidays, Value::Words(own)) => vec![holidays::text(&own).to_owned()],
        (_, Value::Whole(number)) => vec![number.to_string()],
        (_, Value::Factor(factor)) => vec![form::surcharge_words(factor)],
        (_, Value::Days(days)) => days.into(),
        (_, Value::Switch(is)) => is.then(|| YES.to_owned()).into_iter().collect(),
        (_, Value::Hour(time)) => vec![format!("{:02}:{:02}", time.hour(), time.minute())],
        (_, Value::Words(words)) => vec![words],
        (_, Value::Named(_) | Value::List(_)) => Vec::new(),
    }
}

fn read_typed(kind: Kind, typed: &[String]) -> Result<Value, String> {
    let one = typed.last().map_or("", String::as_str);
    match kind {
        Kind::Whole { .. } => form::whole(one).map(Value::Whole),
        Kind::Percent => form::whole(one.trim().trim_end_matches('%').trim_end()).map(Value::Whole),
        Kind::Factor => form::surcharge(one).map(Value::Factor),
        Kind::Weekdays => Weekdays::try_from(typed.to_vec()).map(Value::Days),
        Kind::Switch => Ok(Value::Switch(one == YES)),
        Kind::Hour => hour(one).map(Value::Hour),
        Kind::Holidays => Ok(Value::Words(holidays::own(one))),
        Kind::Line { .. }
        | Kind::Day
        | Kind::Hours
        | Kind::Answer
        | Kind::Phone
        | Kind::BankAlias
        | Kind::BankCbu => Ok(Value::Words(one.to_owned())),
        Kind::Answers | Kind::Texts => Err("Se escribe en Textos y respuestas.".to_owned()),
        Kind::Phones | Kind::Ways => Err("Se elige en Avisos.".to_owned()),
    }
}

fn hour(typed: &str) -> Result<Time, String> {
    let read = typed
        .trim()
        .split_once(':')
        .and_then(|(hour, minute)| Time::new(hour.parse().ok()?, minute.get(..2)?.parse().ok()?, 0, 0).ok());
    read.ok_or_else(|| "Escribí la hora así: 14:00.".to_owned())
}
