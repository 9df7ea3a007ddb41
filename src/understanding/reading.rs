//! The reading of one message: the types the dialogue works with.

use jiff::civil::Date;

use crate::domain::language::Language;
use strum::{EnumString, IntoStaticStr, VariantArray};

/// Everything read in one message of a guest.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub intent: Intent,
    /// The language the message seems to be in.
    pub language: Language,
    /// Whether the words alone settle the language; otherwise it is the hint or Spanish.
    pub language_sure: bool,
    /// The topic of a question; also set beside a quote when both were asked.
    pub topic: Option<Topic>,
    /// The stay, as far as it was said.
    pub dates: Dates,
    /// The month, when no day of it was named.
    pub month: Option<MonthSaid>,
    /// Nights given as a number ("tres noches", "una semana").
    pub nights: Option<u16>,
    /// How many people, animals not included.
    pub guests: Option<Guests>,
    /// Adults and children, when told apart.
    pub apart: Option<AdultsAndChildren>,
    /// The number of animals, when one is mentioned as coming.
    pub pets: Option<u8>,
    /// A sum of money in the message.
    pub amount: Option<Amount>,
    /// The guest's name, when introduced as such.
    pub name: Option<String>,
    /// An e-mail address, lower case.
    pub email: Option<String>,
    /// Confidence, from 0 to 1: the share of clear words in the decision.
    pub confidence: f32,
    /// Neither no nor yes: they want to think, ask or see first, or answer later.
    pub undecided: bool,
    /// Whether it asks or wants something, by its marks or words.
    pub asks: bool,
    /// "Me equivoqué de número": it was meant for somebody else.
    pub wrong_number: bool,
    /// "la segunda", "opción 2": counted from 1.
    pub cabin_ordinal: Option<u8>,
}

/// The intent of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Intent {
    /// A stay: whether, for how much or how; or to book.
    Quote,
    Accept,
    /// No to the offer.
    Reject,
    Cancel,
    Change,
    Status,
    /// How, where or whether it was paid.
    Payment,
    /// About the place or its rules.
    Question,
    Human,
    /// Only says hello.
    Greeting,
    /// Says thanks or goodbye.
    Thanks,
    OptOut,
    Other,
}

impl Intent {
    /// Every intent, in the order of declaration.
    pub const ALL: [Intent; 13] = [
        Intent::Quote,
        Intent::Accept,
        Intent::Reject,
        Intent::Cancel,
        Intent::Change,
        Intent::Status,
        Intent::Payment,
        Intent::Question,
        Intent::Human,
        Intent::Greeting,
        Intent::Thanks,
        Intent::OptOut,
        Intent::Other,
    ];

    /// The code in JSON and in storage.
    pub fn code(self) -> &'static str {
        match self {
            Intent::Quote => "quote",
            Intent::Accept => "accept",
            Intent::Reject => "reject",
            Intent::Cancel => "cancel",
            Intent::Change => "change",
            Intent::Status => "status",
            Intent::Payment => "payment",
            Intent::Question => "question",
            Intent::Human => "human",
            Intent::Greeting => "greeting",
            Intent::Thanks => "thanks",
            Intent::OptOut => "opt_out",
            Intent::Other => "other",
        }
    }
}

/// What a question is about. The codes are those in JSON and in the owner's settings.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumString, IntoStaticStr, VariantArray,
)]
#[strum(serialize_all = "snake_case")]
pub enum Topic {
    Pets,
    Wifi,
    Parking,
    Pool,
    Grill,
    Linen,
    Breakfast,
    Heating,
    /// Where it is and how to get there.
    Location,
    CheckInTime,
    CheckOutTime,
    /// The cabin's amenities, in general or one without a topic of its own.
    Amenities,
    Capacity,
    /// The refund when a guest cancels.
    CancellationPolicy,
    /// The part paid in advance.
    Deposit,
    Photos,
    Children,
    Smoking,
    /// Noise, visitors, what is allowed.
    Rules,
    /// Where to leave it before the arrival or after the departure.
    Luggage,
    /// Being fetched, buses, taxis.
    Transfer,
    /// Keys, codes, doors.
    Access,
    Activities,
    View,
    Cleaning,
    Accessibility,
    MinNights,
    /// Per person or per cabin.
    PriceScope,
    /// Cash, card or transfer.
    PaymentMethods,
    Instalments,
    Currency,
    Invoice,
    Discount,
    /// Of mobile phones.
    Signal,
    Kitchen,
    Beds,
    AirConditioning,
    Firewood,
    Events,
    DayUse,
    /// Is this real?
    Trust,
    Website,
    /// Towels, paper, dryer.
    Supplies,
    Weather,
}

impl Topic {
    /// Every topic, in the order of declaration.
    pub const ALL: &'static [Topic] = Topic::VARIANTS;

    /// Those that rules over words know; the others are learned (`acts`).
    const OF_RULES: &'static [Topic] = Topic::VARIANTS.split_at(16).0;

    /// Whether the older vocabulary of `casero understand` has it.
    pub fn is_of_rules(self) -> bool {
        Topic::OF_RULES.contains(&self)
    }

    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// The stay as it was said. Check-out is always after check-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dates {
    None,
    Arrival(Date),
    Departure(Date),
    Stay(Stay),
    /// The words fit more than one stay: ask, naming the dates. At least two, in order.
    Ambiguous(Vec<DateReading>),
    /// A day that doesn't exist ("31/2"), or an end before its beginning.
    Invalid,
}

impl Dates {
    /// Builds a stay, or `Invalid` when it would not have a night.
    pub fn stay(check_in: Date, check_out: Date) -> Dates {
        Stay::new(check_in, check_out).map_or(Dates::Invalid, Dates::Stay)
    }

    /// Whether the first day named is before `today` (a stated past year is kept).
    pub fn is_past(&self, today: Date) -> bool {
        match self {
            Dates::Arrival(day) | Dates::Departure(day) => *day < today,
            Dates::Stay(stay) => stay.check_in < today,
            Dates::Ambiguous(readings) => {
                readings.iter().all(|reading| reading.check_in.is_some_and(|day| day < today))
            }
            Dates::None | Dates::Invalid => false,
        }
    }
}

/// A month named without a day: "a principios de marzo".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MonthSaid {
    /// Its first day, in the stated year or the next one.
    pub first: Date,
    /// Which part of it, if said.
    pub part: Option<MonthPart>,
}

/// A part of a month in common speech, without exact bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MonthPart {
    /// "principios", "early".
    Start,
    /// "mediados", "mid".
    Middle,
    /// "fines", "late".
    End,
}

impl MonthPart {
    /// The code in JSON.
    pub fn code(self) -> &'static str {
        match self {
            MonthPart::Start => "start",
            MonthPart::Middle => "middle",
            MonthPart::End => "end",
        }
    }
}

/// Two days in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stay {
    pub check_in: Date,
    /// Morning of departure, at least one day later.
    pub check_out: Date,
}

impl Stay {
    /// `None` unless there is at least one night.
    pub fn new(check_in: Date, check_out: Date) -> Option<Stay> {
        (check_in < check_out).then_some(Stay { check_in, check_out })
    }

    pub fn nights(self) -> u16 {
        let days = (self.check_out - self.check_in).get_days();
        u16::try_from(days).unwrap_or(u16::MAX)
    }
}

/// One reading of ambiguous dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateReading {
    /// Day of arrival, if this reading has one.
    pub check_in: Option<Date>,
    /// Day of departure, if this reading has one.
    pub check_out: Option<Date>,
    /// Whether our rules prefer this reading; at most one per message.
    pub preferred: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guests {
    Exactly(u16),
    /// "5 o 6": from, to.
    Between(u16, u16),
}

/// Adults and children, as far as told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AdultsAndChildren {
    pub adults: u16,
    pub children: u16,
}

/// A sum of money in a guest's message. Never a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// Hundredths of the currency.
    pub cents: i64,
    /// `None` for a number with "mil" or a bare sign, which here means pesos.
    pub currency: Option<SaidCurrency>,
    /// "$ 120.50" can be abbreviated thousands or cents: ask.
    pub ambiguous: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaidCurrency {
    Ars,
    Usd,
    Brl,
}
