//! Conversations, as anybody can read them: `tests/data/dialogues/{es,pt,en}/*.txt`, run through reading, dialogue
//! and sentences, with a server of a few lines that answers from the real rules of price and sale.
//!
//! A file begins with what is set (`today:`, `cabin:`, `answer:`, …); then `guest>`, `voice> 0.90`, `tap>`,
//! `photo>`, `sticker>`, `wait> 5h`, `price> 120000` (what a night costs now), `person> takes over` or `leaves`
//! and `paid>` say what happens, and `bot>` and `does>` what comes of it.
//! `UPDATE=1` writes the bot's lines anew; read them as the owner would before keeping them.

use casero::dialogue::replies::{self, Form, Rendered};
use casero::dialogue::{
    Alternative, Arrival, Booking, BookingSay, Context, Effect, Finding, Input, Link, Offer,
    QUESTIONS_PER_TURN_MAX, Question, Room, Say, Source, State, Step, Tap, Turn, begin, resume,
};
use casero::domain::cabin::{Cabin, Season};
use casero::domain::guest::Guest;
use casero::domain::ids::{CabinId, GuestId, ReservationCode, ReservationId, SeasonId};
use casero::domain::language::Language;
use casero::domain::message::{
    BODY_CHARS_MAX, BUTTON_CHARS_MAX, BUTTONS_MAX, ROW_DESCRIPTION_CHARS_MAX, ROW_TITLE_CHARS_MAX, ROWS_MAX,
};
use casero::domain::money::{Currency, Money};
use casero::domain::own_words::OwnText;
use casero::domain::party::Party;
use casero::domain::policy::{self, Moment};
use casero::domain::pricing::{self, Quote, Sale};
use casero::domain::refund;
use casero::domain::refusal::Refusal;
use casero::domain::reservation::Status;
use casero::domain::settings::Settings;
use casero::domain::stay::Stay;
use casero::domain::week::Weekdays;
use casero::understanding::HolidayCalendar;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan};
use std::path::{Path, PathBuf};

#[test]
fn every_conversation_goes_as_written() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/dialogues");
    let mut wrong = Vec::new();
    let mut count = 0;
    for file in files(&root) {
        let written = std::fs::read_to_string(&file).expect("a readable file");
        let played = play(&written, &file);
        count += 1;
        if played.contains("???") {
            wrong.push(format!("{}\n{played}", file.display()));
            continue;
        }
        if played == written {
            continue;
        }
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&file, played).expect("a writable file");
        } else {
            wrong.push(format!("{}\n{played}", file.display()));
        }
    }
    assert!(count >= 60, "only {count} conversations found");
    assert!(wrong.is_empty(), "these go otherwise (UPDATE=1 rewrites them):\n{}", wrong.join("\n\n"));
}

fn files(root: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = ["es", "pt", "en"]
        .iter()
        .flat_map(|language| std::fs::read_dir(root.join(language)).expect("a folder for each language"))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    files.sort();
    files
}

/// Plays a conversation and writes it as it went.
fn play(written: &str, file: &Path) -> String {
    let mut property = Property::new();
    let mut out = String::new();
    let mut spoken = false;
    for line in written.lines() {
        let Some((who, what)) = line.split_once('>').filter(|(who, _)| is_speaker(who)) else {
            // Once somebody has spoken, all but remarks is what the bot said before, and is written anew.
            if !spoken
                && !line.starts_with('#')
                && let Some((key, value)) = line.split_once(": ")
            {
                property.set(key, value).unwrap_or_else(|| panic!("{}: {line}", file.display()));
            }
            if !spoken || line.starts_with('#') {
                out.push_str(line);
                out.push('\n');
            }
            continue;
        };
        spoken = true;
        if matches!(who, "bot" | "does") {
            continue;
        }
        out.push_str(line);
        out.push('\n');
        out.push_str(&property.happens(who, what.trim()));
    }
    out
}

#[test]
fn another_machine_that_answers_everything_is_not_answered_for_ever() {
    let mut property = Property::new();
    property.set("cabin", "Cabaña del Lago 4 100000").expect("a cabin");
    let answers = |property: &mut Property, from: u16| -> Vec<String> {
        (from..from + 70)
            .map(|nth| property.happens("guest", &format!("¿tienen wifi en la {nth}?")))
            .collect()
    };
    let silent = |said: &str| said.starts_with("bot> (silence)");
    let first = answers(&mut property, 0);
    let answered = first.iter().filter(|said| !silent(said)).count();
    assert!((50..=61).contains(&answered), "{answered} answers");
    assert_eq!(
        first.iter().filter(|said| said.contains("hand over")).count(),
        1,
        "a person hears of it once"
    );
    assert!(first[61..].iter().all(|said| silent(said)), "then it is quiet");
    property.happens("wait", "2h");
    assert!(!silent(&property.happens("guest", "¿tienen pileta?")), "an hour later it is a guest again");
}

fn is_speaker(word: &str) -> bool {
    matches!(
        word,
        "guest"
            | "voice"
            | "tap"
            | "photo"
            | "sticker"
            | "wait"
            | "paid"
            | "late"
            | "price"
            | "person"
            | "bot"
            | "does"
    )
}

/// A server in memory, answering as the app does, with the real rules.
pub(super) struct Property {
    pub(super) moment: Moment,
    pub(super) settings: Settings,
    pub(super) cabins: Vec<Cabin>,
    seasons: Vec<Season>,
    taken: Vec<(CabinId, Stay)>,
    bookings: Vec<Booking>,
    guest: Guest,
    state: State,
    online: bool,
    held_by_person: bool,
    last: Vec<Rendered>,
    calendar: HolidayCalendar,
}

impl Property {
    pub(super) fn new() -> Property {
        let settings = Settings {
            property_name: "Cabañas del Arroyo".into(),
            property_address: "Camino del Arroyo 250, Villa Serena".into(),
            ..Settings::default()
        };
        let guest = Guest {
            id: GuestId(1),
            name: "Ana".into(),
            phone: None,
            bsuid: None,
            email: None,
            language: Language::Es.into(),
            opted_out: false,
        };
        let zone = TimeZone::get("America/Argentina/Buenos_Aires").expect("bundled");
        Property {
            moment: Moment { now: "2026-11-24T13:00:00Z".parse().expect("an instant"), zone },
            settings,
            cabins: Vec::new(),
            seasons: Vec::new(),
            taken: Vec::new(),
            bookings: Vec::new(),
            guest,
            state: State::default(),
            online: true,
            held_by_person: false,
            last: Vec::new(),
            calendar: HolidayCalendar::argentina(),
        }
    }

    fn set(&mut self, key: &str, value: &str) -> Option<()> {
        match key {
            "today" => {
                let local: DateTime = value.replace(' ', "T").parse().ok()?;
                self.moment.now = self.moment.zone.to_timestamp(local).ok()?;
            }
            "guest" => self.guest.name = value.to_owned(),
            "language" => self.guest.language = Language::from_code(value)?.into(),
            "online" => self.online = value == "yes",
            "min nights" => self.settings.min_nights = value.parse().ok()?,
            "lead hours" => self.settings.lead_time_hours = value.parse().ok()?,
            "alias" => self.settings.bank_alias = value.to_owned(),
            "answer" => {
                let (topic, words) = value.split_once(" = ")?;
                self.settings.answers.insert(topic.into(), words.into());
            }
            "cabin" => {
                let mut parts = value.rsplitn(3, ' ');
                let (price, capacity, name) = (parts.next()?, parts.next()?, parts.next()?);
                let id = CabinId(i64::try_from(self.cabins.len()).ok()? + 1);
                let price = Money::new(price.parse::<i64>().ok()? * 100, Currency::Ars);
                self.cabins.push(cabin(id, name, capacity.parse().ok()?, price));
            }
            "arrivals" => {
                let mut parts = value.rsplitn(4, ' ');
                let (days, to, from, name) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
                let cabin = self.cabins.iter().find(|cabin| cabin.name == name)?;
                let days: Vec<String> = days.split(',').map(str::to_owned).collect();
                self.seasons.push(Season {
                    id: SeasonId(i64::try_from(self.seasons.len()).ok()? + 1),
                    cabin_id: cabin.id,
                    name: "temporada".into(),
                    from: from.parse().ok()?,
                    to: to.parse().ok()?,
                    price: cabin.base_price,
                    weekend_multiplier: None,
                    min_nights: None,
                    arrival_days: Weekdays::try_from(days).ok()?,
                });
            }
            "taken" => {
                let mut parts = value.rsplitn(3, ' ');
                let (to, from, name) = (parts.next()?, parts.next()?, parts.next()?);
                let id = self.cabins.iter().find(|cabin| cabin.name == name)?.id;
                self.taken.push((id, Stay::new(from.parse().ok()?, to.parse().ok()?).ok()?));
            }
            "booked" => {
                let mut parts = value.rsplitn(4, ' ');
                let (guests, to, from, name) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
                let stay = Stay::new(from.parse().ok()?, to.parse().ok()?).ok()?;
                let id = self.cabins.iter().find(|cabin| cabin.name == name)?.id;
                let mut booking = self.book(id, stay, Party::of_adults(guests.parse().ok()?));
                booking.status = Status::Confirmed;
                booking.paid = booking.deposit;
                booking.created_at = self.moment.now - SignedDuration::from_hours(24 * 30);
                self.bookings.push(booking);
            }
            _ => return None,
        }
        Some(())
    }

    fn happens(&mut self, who: &str, what: &str) -> String {
        let now = self.moment.now;
        let input = match who {
            "guest" => Input::Text { text: what.into(), source: Source::Typed, sent_at: now },
            "late" => {
                let sent_at = now - SignedDuration::from_hours(8);
                Input::Text { text: what.into(), source: Source::Typed, sent_at }
            }
            "voice" => {
                let (confidence, text) = what.split_once(' ').expect("a confidence and words");
                let source = Source::Voice { confidence: confidence.parse().expect("a number") };
                Input::Text { text: text.into(), source, sent_at: now }
            }
            "tap" => match self.tap(what) {
                Some(tap) => Input::Tap { tap, sent_at: now },
                None if what == "(old)" => Input::StaleTap,
                None => return format!("bot> ??? there is no button {what:?}\n"),
            },
            "photo" => Input::Picture { caption: (!what.is_empty()).then(|| what.to_owned()) },
            "sticker" => Input::Sticker,
            "wait" => {
                let hours: i64 = what.trim_end_matches('h').parse().expect("hours");
                self.moment.now = now + SignedDuration::from_hours(hours);
                return String::new();
            }
            "paid" => return self.paid(),
            "price" => {
                let price = Money::new(what.parse::<i64>().expect("a price") * 100, Currency::Ars);
                self.cabins.iter_mut().for_each(|cabin| cabin.base_price = price);
                return String::new();
            }
            "person" => {
                self.held_by_person = what == "takes over";
                return String::new();
            }
            other => unreachable!("{other} is no speaker"),
        };
        let turn = self.turn(&input);
        self.state = turn.state;
        if let Some(language) = self.state.language {
            self.guest.language = language.into();
        }
        self.written(&turn.say, &turn.effects)
    }

    fn written(&mut self, say: &[Say], effects: &[Effect]) -> String {
        let messages = replies::render(say, self.guest.speaks(), &self.moment);
        let mut out = String::new();
        for message in &messages {
            keeps_the_limits(message);
            out.push_str(&shown(message));
        }
        if messages.is_empty() {
            out.push_str("bot> (silence)\n");
        }
        for effect in effects {
            out.push_str(&format!("does> {}\n", done(effect)));
            match effect {
                Effect::OptOut => self.guest.opted_out = true,
                Effect::OptIn => self.guest.opted_out = false,
                _ => {}
            }
        }
        if !messages.is_empty() {
            self.last = messages;
        }
        out
    }

    /// The deposit of the last booking comes in.
    fn paid(&mut self) -> String {
        let booking = self.bookings.last_mut().expect("something to pay for");
        booking.paid = booking.deposit;
        booking.status = Status::Confirmed;
        let arrival = Arrival::of(&self.settings, OwnText::Confirmed, &self.guest.name);
        let say = BookingSay::Confirmed { booking: booking.clone(), arrival };
        self.written(&[say.into()], &[])
    }

    fn tap(&self, title: &str) -> Option<Tap> {
        let choices = self.last.iter().flat_map(|message| &message.choices);
        choices.into_iter().find(|choice| choice.title == title).map(|choice| choice.tap.clone())
    }

    fn turn(&mut self, input: &Input) -> Turn {
        // The state goes through its stored form, as it does in the product.
        let stored = serde_json::to_string(&self.state).expect("a state can be stored");
        let state = State::known(serde_json::from_str::<State>(&stored));
        assert_eq!(state, self.state, "a stored state comes back as it was");
        let bookings = self.bookings.clone();
        let property = (self.moment.clone(), self.settings.clone(), self.cabins.clone(), self.guest.clone());
        let calendar = self.calendar.clone();
        let context = Context {
            moment: &property.0,
            settings: &property.1,
            cabins: &property.2,
            guest: &property.3,
            calendar: &calendar,
            bookings: &bookings,
            held_by_person: self.held_by_person,
            pays_online: self.online,
            voice_confidence_min: 0.6,
        };
        let mut step = begin(state, input, &context);
        for _ in 0..=QUESTIONS_PER_TURN_MAX {
            match step {
                Step::Done(turn) => return turn,
                Step::Ask { state, pending, question } => {
                    let finding = self.answer(&question);
                    step = resume(state, pending, finding, &context);
                }
            }
        }
        panic!("a turn asked more than {QUESTIONS_PER_TURN_MAX} questions");
    }

    fn answer(&mut self, question: &Question) -> Finding {
        match question {
            Question::Offers { stay, party } => self.offers(*stay, *party),
            Question::TwoOffers { stay, party } => self.two_offers(*stay, *party),
            Question::Hold { stay, rooms } => self.hold(*stay, rooms),
            Question::Cancel { reservation_id } => {
                let now = self.moment.clone();
                let settings = self.settings.clone();
                let booking = self.mine(*reservation_id);
                let (refund, _) =
                    refund::due(booking.paid, booking.created_at, booking.stay, &settings, &now);
                booking.status = Status::Cancelled;
                Finding::Cancelled { booking: booking.clone(), refund }
            }
            Question::PriceMove { reservation_id, stay, party } => {
                let booking = self.mine(*reservation_id).clone();
                match self.price(booking.cabin_id, *stay, *party, Some(booking.reservation_id)) {
                    Ok(quote) => Finding::MovePriced { quote },
                    Err(refusal) => Finding::Refused(refusal),
                }
            }
            Question::Move { reservation_id, stay, party, total } => {
                let booking = self.mine(*reservation_id).clone();
                match self.price(booking.cabin_id, *stay, *party, Some(booking.reservation_id)) {
                    Ok(quote) if quote.total == *total => {
                        let booking = self.mine(*reservation_id);
                        (booking.stay, booking.party) = (*stay, *party);
                        (booking.total, booking.deposit) = (quote.total, quote.deposit);
                        Finding::Moved { booking: booking.clone() }
                    }
                    Ok(quote) => Finding::MovePriced { quote },
                    Err(refusal) => Finding::Refused(refusal),
                }
            }
            Question::PaymentLink { reservation_id } if self.online => {
                let amount = self.mine(*reservation_id).due_next();
                Finding::Link(Link::Ready { url: "https://pago.example/1".into(), amount })
            }
            Question::PaymentLink { .. } => Finding::Link(Link::Off),
        }
    }

    pub(super) fn offers(&self, stay: Stay, party: Party) -> Finding {
        let mut offers = Vec::new();
        let mut refusals = Vec::new();
        for cabin in &self.cabins {
            match self.price(cabin.id, stay, party, None) {
                Ok(quote) => offers.push(offer(cabin, quote)),
                Err(refusal) => refusals.push((cabin.id, refusal)),
            }
        }
        offers.sort_by_key(|offer| offer.quote.total.minor);
        let alternatives = if offers.is_empty() { self.near(stay, party) } else { Vec::new() };
        Finding::Offers { offers, refusals, alternatives }
    }

    fn two_offers(&self, stay: Stay, party: Party) -> Finding {
        let Finding::Offers { offers, .. } = self.offers(stay, Party::of_adults(1)) else { panic!("offers") };
        let pairs = offers.iter().enumerate();
        let pairs = pairs.flat_map(|(n, first)| offers[n + 1..].iter().map(move |second| [first, second]));
        let big = pairs.filter(|[first, second]| first.capacity + second.capacity >= party.people());
        let best = big.min_by_key(|[first, second]| first.quote.total.minor + second.quote.total.minor);
        let offers = best.map(|mut pair| {
            pair.sort_by_key(|offer| std::cmp::Reverse(offer.capacity));
            let (near, far) = party.split(pair[0].capacity.min(party.people() - 1));
            [(pair[0].clone(), near), (pair[1].clone(), far)]
        });
        Finding::TwoOffers { offers }
    }

    fn near(&self, stay: Stay, party: Party) -> Vec<Alternative> {
        let shifts = (1..=14i64).flat_map(|days| [days, -days]);
        let moved = shifts.filter_map(|days| {
            let by = days.days();
            Stay::new(stay.check_in().checked_add(by).ok()?, stay.check_out().checked_add(by).ok()?).ok()
        });
        let free = moved.flat_map(|stay| {
            self.cabins.iter().filter_map(move |cabin| {
                let quote = self.price(cabin.id, stay, party, None).ok()?;
                Some(Alternative { stay, offer: offer(cabin, quote) })
            })
        });
        free.take(3).collect()
    }

    fn hold(&mut self, stay: Stay, rooms: &[Room]) -> Finding {
        let mut held = Vec::new();
        for room in rooms {
            match self.price(room.cabin_id, stay, room.party, None) {
                Ok(quote) if quote.total != room.total => {
                    let cabin = self.cabins.iter().find(|cabin| cabin.id == room.cabin_id).expect("a cabin");
                    return Finding::PriceChanged { offers: vec![offer(cabin, quote)] };
                }
                Ok(_) => {}
                Err(refusal) => return Finding::Refused(refusal),
            }
        }
        for room in rooms {
            let booking = self.book(room.cabin_id, stay, room.party);
            self.bookings.push(booking.clone());
            held.push(booking);
        }
        Finding::Held { bookings: held }
    }

    pub(super) fn book(&self, cabin_id: CabinId, stay: Stay, party: Party) -> Booking {
        let cabin = self.cabins.iter().find(|cabin| cabin.id == cabin_id).expect("a cabin");
        let quote =
            pricing::quote(&Sale { cabin, seasons: &[], stay, party, rules: self.settings.pricing() })
                .expect("a price");
        let nth = u8::try_from(self.bookings.len()).expect("few bookings");
        Booking {
            reservation_id: ReservationId(i64::from(nth) + 1),
            code: ReservationCode::from_random([nth + 3, 9, 20, 0, 14, 5]),
            cabin_id,
            cabin: cabin.name.clone(),
            stay,
            party,
            status: Status::PreReserved,
            total: quote.total,
            deposit: quote.deposit,
            paid: Money::zero(quote.total.currency),
            expires_at: Some(self.moment.now + self.settings.hold_time()),
            created_at: self.moment.now,
        }
    }

    fn price(
        &self,
        cabin_id: CabinId,
        stay: Stay,
        party: Party,
        but: Option<ReservationId>,
    ) -> Result<Quote, Refusal> {
        let cabin = self.cabins.iter().find(|cabin| cabin.id == cabin_id).expect("a cabin");
        let seasons: Vec<Season> =
            self.seasons.iter().filter(|season| season.cabin_id == cabin_id).cloned().collect();
        policy::check(cabin, &seasons, &self.settings, stay, party, &self.moment)?;
        let sold = self.bookings.iter().any(|booking| {
            booking.cabin_id == cabin_id
                && Some(booking.reservation_id) != but
                && booking.is_live(self.moment.now)
                && booking.stay.overlaps(stay)
        });
        let closed = self.taken.iter().any(|(id, taken)| *id == cabin_id && taken.overlaps(stay));
        if sold || closed {
            return Err(Refusal::NightsTaken);
        }
        pricing::quote(&Sale { cabin, seasons: &seasons, stay, party, rules: self.settings.pricing() })
    }

    fn mine(&mut self, id: ReservationId) -> &mut Booking {
        self.bookings.iter_mut().find(|booking| booking.reservation_id == id).expect("a booking of the guest")
    }
}

pub(super) fn cabin(id: CabinId, name: &str, capacity: u16, base_price: Money) -> Cabin {
    Cabin { id, ..Cabin::new(name, capacity, base_price) }
}

fn offer(cabin: &Cabin, quote: Quote) -> Offer {
    Offer { cabin_id: cabin.id, name: cabin.name.clone(), capacity: cabin.capacity, quote }
}

/// A message as a guest sees it: the text, and below it buttons, rows or the link.
fn shown(message: &Rendered) -> String {
    let body = message.body.replace('\n', "\n  ");
    let mut out = format!("bot> {body}\n");
    match &message.form {
        Form::Text => {}
        Form::Buttons => {
            let titles = message.choices.iter().map(|choice| format!("[{}]", choice.title));
            out.push_str(&format!("  {}\n", titles.collect::<Vec<_>>().join(" ")));
        }
        Form::List { open } => {
            out.push_str(&format!("  [{open} ▾]\n"));
            for choice in &message.choices {
                out.push_str(&format!("   - {} | {}\n", choice.title, choice.description));
            }
        }
        Form::Link { label, url } => out.push_str(&format!("  [{label} ↗ {url}]\n")),
    }
    out.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

fn done(effect: &Effect) -> String {
    match effect {
        Effect::HandOver { why } => format!("hand over ({})", why.code()),
        Effect::AskOwner { question } => format!("ask the owner: {question}"),
        Effect::OptOut => "opt out".into(),
        Effect::OptIn => "opt in".into(),
        Effect::OpenCheckout { .. } => "open a checkout".into(),
        Effect::Waitlist { party, .. } => format!("waiting list for {}", party.people()),
        Effect::Receipt { .. } => "receipt to the owner".into(),
        Effect::Withdraw { .. } => "withdrawal".into(),
        Effect::Remember { name, email } => format!("remember {name:?} {email:?}"),
    }
}

/// What WhatsApp refuses, and what no guest should read.
pub(super) fn keeps_the_limits(message: &Rendered) {
    let chars = |text: &str| text.chars().count();
    let body = &message.body;
    assert!(!body.trim().is_empty(), "an empty message");
    let short = message.form == Form::Text || chars(body) <= BODY_CHARS_MAX;
    assert!(short, "too long above buttons: {body}");
    let words: Vec<&str> = body.split(|c: char| c.is_whitespace() || "(),;:".contains(c)).collect();
    assert!(!words.iter().any(|word| word.parse::<Date>().is_ok()), "a technical date in: {body}");
    let technical = |word: &&str| word.contains('_') && !word.starts_with("http");
    assert!(!words.iter().any(technical), "a technical word in: {body}");
    let (most, title) = match message.form {
        Form::Buttons => (BUTTONS_MAX, BUTTON_CHARS_MAX),
        Form::List { .. } => (ROWS_MAX, ROW_TITLE_CHARS_MAX),
        Form::Text | Form::Link { .. } => (0, 0),
    };
    assert!(message.choices.len() <= most, "too many choices: {body}");
    for (nth, choice) in message.choices.iter().enumerate() {
        assert!((1..=title).contains(&chars(&choice.title)), "title {:?}", choice.title);
        assert!(chars(&choice.description) <= ROW_DESCRIPTION_CHARS_MAX, "{:?}", choice.description);
        let same = message.choices.iter().skip(nth + 1).any(|other| other.title == choice.title);
        assert!(!same || matches!(message.form, Form::List { .. }), "two buttons {:?}", choice.title);
    }
}

/// Every reason to say no has its sentence in each language, with nothing technical in it.
#[test]
fn every_refusal_is_said_in_three_languages() {
    use casero::dialogue::StaySay;
    let property = Property::new();
    let stay = Stay::new(jiff::civil::date(2027, 1, 15), jiff::civil::date(2027, 1, 18)).expect("valid");
    let refusals = [
        Refusal::BadDates,
        Refusal::PastDate,
        Refusal::OverCapacity { capacity: 60 },
        Refusal::NoGuests,
        Refusal::MinNights { min: 365 },
        Refusal::TooLong { max: 365 },
        Refusal::ArrivalDay {
            allowed: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map(String::from).into(),
        },
        Refusal::LeadTime { earliest: stay.check_in() },
        Refusal::TooFarAhead { latest: stay.check_out() },
        Refusal::NightsTaken,
        Refusal::CabinUnavailable,
        Refusal::PriceOverflow,
        Refusal::NotNow { status: Status::CheckedIn },
        Refusal::HoldExpired,
        Refusal::TooManyHolds { max: 9 },
        Refusal::NothingToRefund,
    ];
    for refusal in refusals {
        let said: Vec<String> = Language::ALL
            .iter()
            .map(|language| {
                let say = StaySay::RuledOut { refusal: refusal.clone(), stay, instead: vec![stay] };
                let messages = replies::render(&[say.into()], *language, &property.moment);
                messages.iter().for_each(keeps_the_limits);
                assert!(!messages[0].body.contains(refusal.code()), "the code of {refusal} is shown");
                messages[0].body.clone()
            })
            .collect();
        assert!(said[0] != said[1] && said[1] != said[2] && said[0] != said[2], "{refusal}: {said:?}");
    }
}
