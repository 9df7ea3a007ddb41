//! Cues: single words that a rule looks for, whatever else they mean, in every language alike.
//!
//! A term says what a word can mean in the language of its message; a cue says only that this very word stands
//! there. The words are data, in `assets/understanding`.

use serde::Deserialize;
use strum::VariantArray;

/// In each example the cue is the word in capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, VariantArray)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Cue {
    /// "a LAS 3": between such a preposition and an hour.
    ClockArticle,
    /// "A las 3", "TIPO la 1": stands before the article of an hour.
    ClockArticleLead,
    /// "AT 3", "ÀS 10": stands right before an hour.
    ClockPreposition,
    /// "DEL": of a day, never of an age.
    OfThe,
    /// "LA segunda" is no Monday, "LA mañana" no tomorrow.
    FeminineArticle,
    /// "mañana EL viernes": stands between a day and its weekday.
    MasculineArticle,
    /// "segunda-FEIRA".
    WeekdayTail,
    /// "viernes DÍA 10", "Friday THE 5th": between a weekday and its day.
    WeekdayLink,
    /// "PASADO" alone: the day after tomorrow.
    AfterTomorrow,
    /// "EN dos semanas", "IN 3 days".
    LeadTime,
    /// "DENTRO de 3 días", "DAQUI a".
    LeadTimeOf,
    /// "DOS": of the, of several; no "from" before a day.
    NoBeginning,
    /// "EL 5", "ON 5": stands before a day.
    DayMark,
    /// "O 5": before a day when it is an article there.
    DayArticle,
    /// "EL primero", "THE fifth".
    OrdinalMark,
    /// "THE fifth": before a day said as any ordinal.
    AnyOrdinalMark,
    /// "EL 5 del 1": before a day whose month is a number.
    NumericMark,
    /// "el 5 DEL 1".
    NumericOf,
    /// "el cinco del uno AL diez": then no month was said.
    NumericUntil,
    /// "January THE 12th": between a month and its day.
    MonthLink,
    /// "NOCHE".
    Night,
    /// "FORTNIGHT": a length of 14 nights, no half of a month.
    TwoWeeks,
    /// "ALARGAR": of a booking; from and to are then its ends.
    Lengthening,
    /// "cambiarla, SERÍA del 5 al 8": introduces the new stay.
    NewStay,
    /// "ENTRADA": the deposit as well as the arrival; beside a day it is neither.
    NoArrival,
    /// "MAR", "MAY": a month only behind a preposition.
    MonthOrOther,
    /// "FINDES": several, so none in particular.
    Weekends,
    /// "ALGÚN finde", "POR finde": none in particular.
    AnyWeekend,
    /// "1RO", "15TH".
    OrdinalTail,
    /// "1A quincena".
    FortnightTail,
    /// "120 MIL".
    Thousand,
    /// "50K", written together.
    ThousandTail,
    /// "2 PALOS".
    Million,
    /// Argentine pesos.
    Ars,
    /// US dollars.
    Usd,
    /// Brazilian reais.
    Brl,
    /// "P/4": letters whose slash is part of the shorthand.
    ShortSlash,
    /// "P/4", "4 P": for before a number, persons behind one.
    ShortForOrPerson,
    /// "X 4".
    ShortFor,
    /// "3 N".
    ShortNight,
    /// "3D".
    ShortDay,
    /// "2A 1m".
    ShortAdult,
    /// "4 AL 6" are days and no 4 to 6 people.
    NoRange,
    /// "4 AMIGOS": the writer may be one more.
    Friend,
    /// "SER 4 más": says a total before a difference.
    WouldBe,
    /// "vamos a SER 4", "there will BE 4".
    Being,
    /// "UNOS 10": before a rough number.
    About,
    /// "LOS 4": all of those who come.
    AllOfUs,
    /// "A las 4": then an hour.
    NoAllOfUs,
    /// "SOLA": alone, behind a word about oneself.
    ByOneself,
    /// "SOLITA": alone wherever it stands.
    SurelyByOneself,
    /// "VIAJO sola".
    IAm,
    /// "YO".
    Oneself,
    /// "para MI y mi hija".
    MeAfterFor,
    /// "SIN mascotas".
    Without,
    /// "GENTE": several without an s at its end.
    Many,
    /// "OPCIÓN 2".
    ChoiceNoun,
    /// "LA 1".
    ChoiceArticle,
    /// "QUIÉN sos?" only asks who answers.
    WhoAsked,
    /// "hay ALGUIEN?" only asks for a reply.
    Somebody,
    /// "no hay PROBLEMA": nothing is missing.
    Problem,
    /// "si ME LA reservás": between an if and its verb.
    Pronoun,
    /// "está CERRADO el portón": agrees only when nothing else is said.
    YesByChance,
    /// "ya CANCELÉ el saldo": paid.
    Settled,
    /// "quiero SABER si puedo cancelar".
    AsksRules,
    /// "cambiar el DÍA".
    PartOfBooking,
    /// "PASAR la reserva a otra fecha".
    PassAlong,
    /// "me puedo PASAR".
    PassTo,
    /// "PASALA al 3".
    PassIt,
    /// "LA paso": the thing moved.
    It,
    /// "la PASO".
    MovesIt,
    /// "somos 5 en LA reserva".
    KnownBooking,
    /// "me PASÁS la reserva al 3?".
    PassMe,
    /// "ENVIÉ la plata", "LLEGÓ?".
    MoneyMoved,
    /// "HICE la seña".
    DepositPaid,
    /// "no LLEGÓ la confirmación".
    WordCame,
    /// "está CONFIRMADA?".
    Confirmed,
    /// "hay que SEÑAR?".
    PayDeposit,
    /// "en CASO de cancelar".
    Supposing,
    /// "cancelar GRATIS", "con qué ANTICIPACIÓN".
    CancellationTerms,
    /// "CANCELACIÓN".
    Cancellation,
    /// "SEÑAL" can also be a deposit.
    MaybeWifi,
    /// "VAGA", "PLAYA": counts only with a vehicle.
    MaybeParking,
    /// "QUINCHO".
    MaybeGrill,
    /// A cooker in one country and a heater in another.
    Stove,
    /// "FRÍO", "HOGAR".
    MaybeHeating,
    /// "cuántas CAMAS".
    Room,
    /// "MÁXIMO de personas".
    Most,
    /// "QUEDA", "LLEGAR": alone, no question about a place.
    MaybeLocation,
    /// "la del MEDIO".
    InTheMiddle,
    /// "el 14, PERDÓN, el 15".
    Correction,
    /// "no somos 4 SINO 3".
    ButRather,
    /// "CUMPLE 12": before an age.
    Turns,
    /// "CALLE 9 de Julio 340", "AV. 7 de Setembro": before a name that is also a date.
    Street,
    /// "CORRERLA dos días": both ends, later.
    Postpones,
    /// "ADELANTARLA un día": both ends, earlier.
    Advances,
    /// "fingers crossed for SUN": a day only beside other days.
    DayOrOther,
    /// "mi amiga y SU nene".
    Theirs,
    /// "mi MEJOR amiga".
    Best,
    /// "mi hermana VIENE".
    Comes,
    /// "LLEVO a mi mamá".
    Brings,
    /// "va el bebé TAMBIÉN".
    Also,
    /// "SACÁ a mi hermana": one less.
    Removes,
    /// "ESTUVE con mi hermana": who came once.
    Past,
    /// "queda LEJOS?".
    HowFar,
    /// "QUEDA lejos".
    Lies,
}

/// The cues of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct CueSet(u128);

impl CueSet {
    pub(crate) fn insert(&mut self, cue: Cue) {
        self.0 |= 1 << cue as u32;
    }

    pub(crate) fn has(self, cue: Cue) -> bool {
        self.0 & (1 << cue as u32) != 0
    }
}
