//! Every sentence with the largest values an owner or a guest can give, in the three languages: each must be a
//! message that WhatsApp takes and a guest understands.

use super::dialogues::limits::{as_message, keeps_the_limits};
use casero::dialogue::{
    Alternative, Arrival, Bank, Booking, BookingSay, CabinPhotos, FaqSay, Offer, OwnerTold, PayLink, PaySay,
    PayWays, PublicNumbers, Purpose, Quoted, QuotedRoom, RequestSay, Room, Say, StaySay, Talk, replies,
};
use casero::domain::cabin::Cabin;
use casero::domain::ids::{CabinId, ReservationCode, ReservationId};
use casero::domain::language::Language;
use casero::domain::money::{Currency, Money, Percent};
use casero::domain::own_words::OwnText;
use casero::domain::party::Party;
use casero::domain::policy::Moment;
use casero::domain::pricing::{self, Sale, Terms};
use casero::domain::receipt::ReceiptBy;
use casero::domain::refund::Ground;
use casero::domain::refusal::Refusal;
use casero::domain::request::RequestKind;
use casero::domain::reservation::Status;
use casero::domain::settings::{Cancellation, Settings};
use casero::domain::stay::Stay;
use casero::understanding::{MonthPart, Topic, Urgency};
use jiff::civil::{Time, date};
use jiff::tz::TimeZone;
use strum::VariantArray;

/// A name as long as a cabin's may be, with letters of two bytes.
const LONG: &str = "Cabaña de la Abuela Hortensia frente al Ñirihuau y el bosque de los arrayanes 12";
/// The most cabins a list shows.
const ROWS: usize = 10;

/// Phrases that promise a person: that one was told, was asked, or will write.
const PROMISES: [&str; 14] = [
    "la persona a cargo",
    "pasé tu mensaje",
    "se lo pasé",
    "Apenas lo vean",
    "avisé",
    "Ya está avisado",
    "Le aviso a una persona",
    "una persona te escribe",
    "Una persona te escribe",
    "Una persona lo mira",
    "ya lo pregunté",
    "Ya lo pregunté",
    "el dueño la confirma",
    "Te contestamos dentro",
];

#[test]
fn whatever_promises_a_person_is_known_to_do_so() {
    let scene = Scene::new();
    for say in scene.all() {
        let text = said(std::slice::from_ref(&say), Language::SPANISH).concat();
        let promises = PROMISES.iter().any(|words| text.contains(words));
        assert_eq!(promises, say.promises_a_person(), "{text}");
    }
}

#[test]
fn every_sentence_keeps_the_limits_with_extreme_values() {
    for &language in Language::all() {
        let scene = Scene::new();
        let says = scene.all();
        for say in &says {
            assert!(!said(std::slice::from_ref(say), language).is_empty(), "nothing is said of {say:?}");
        }
        // Together they are cut into messages that keep the limits, too.
        said(&says, language);
    }
}

/// Every reason to say no has its sentence in each language, with nothing technical in it.
#[test]
fn every_refusal_is_said_in_three_languages() {
    let stay = Stay::new(date(2027, 1, 15), date(2027, 1, 18)).expect("valid");
    let refusals = [
        Refusal::BadDates,
        Refusal::PastDate,
        Refusal::OverCapacity { capacity: 60 },
        Refusal::NoGuests,
        Refusal::TooManyPets { max: 0 },
        Refusal::TooManyPets { max: 2 },
        Refusal::MinNights { min: 365 },
        Refusal::TooLong { max: 365 },
        Refusal::ArrivalDay {
            allowed: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map(String::from).into(),
        },
        Refusal::DepartureDay { allowed: vec!["sun".to_owned()] },
        Refusal::PromoCodeUnknown,
        Refusal::PromoCodeUsedUp,
        Refusal::PromoCodeConditions,
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
        let say = StaySay::RuledOut { refusal: refusal.clone(), stay, instead: vec![stay] };
        let each = Language::all().iter();
        let mut sentences: Vec<String> =
            each.map(|&language| said(&[say.clone().into()], language)[0].clone()).collect();
        let code = refusal.code();
        assert!(sentences.iter().all(|sentence| !sentence.contains(code)), "the code of {refusal} is shown");
        sentences.sort();
        assert!(sentences.windows(2).all(|two| two[0] != two[1]), "{refusal}: {sentences:?}");
    }
}

/// The words of each message that is said, all of which keep the limits.
fn said(says: &[Say], language: Language) -> Vec<String> {
    let messages = replies::render(says, language, &moment());
    messages.iter().map(as_message).for_each(|message| keeps_the_limits(&message));
    messages.into_iter().map(|message| message.body).collect()
}

fn moment() -> Moment {
    let zone = TimeZone::get("America/Argentina/Buenos_Aires").expect("bundled");
    Moment { now: "2026-11-24T13:00:00Z".parse().expect("an instant"), zone }
}

struct Scene {
    cabins: Vec<Cabin>,
    stay: Stay,
    booking: Booking,
    offers: Vec<Offer>,
    arrival: Arrival,
    bank: Bank,
}

/// As many as a party holds, with the longest words for it.
fn crowd() -> Party {
    Party::new(118, &[0, 17, 17, 17, 17, 17], 20).expect("a party")
}

impl Scene {
    fn new() -> Scene {
        let price = Money::new(9_999_999_999_00, Currency::Ars);
        let cabin = |nth| Cabin { id: CabinId(nth), ..Cabin::new(LONG, 60, price) };
        let cabins: Vec<Cabin> = (1..=12).map(cabin).collect();
        let settings = Settings {
            property_name: LONG.repeat(3),
            property_address: LONG.repeat(4),
            ..Settings::default()
        };
        let stay = Stay::new(date(2027, 11, 30), date(2027, 12, 30)).expect("valid");
        let offer = |cabin: &Cabin| Offer {
            cabin_id: cabin.id,
            name: cabin.name.clone(),
            capacity: cabin.capacity,
            quote: pricing::quote(&Sale {
                cabin,
                seasons: &[],
                stay,
                party: Party::of_adults(4),
                rules: settings.pricing(),
                price_rules: &[],
                asked: &Terms::default(),
                today: stay.check_in(),
                gap: None,
            })
            .expect("a price"),
        };
        let offers: Vec<Offer> = cabins.iter().map(offer).collect();
        let booking = booking(&offers[0], stay, &settings);
        let arrival = Arrival::of(&settings, OwnText::Confirmed, LONG);
        let bank = Bank { alias: "abcdefghij.klmnopqrs".into(), cbu: "0".repeat(22), holder: LONG.repeat(2) };
        Scene { cabins, stay, booking, offers, arrival, bank }
    }

    fn all(&self) -> Vec<Say> {
        [
            talk().into_iter().map(Say::from).collect::<Vec<_>>(),
            self.stays().into_iter().map(Say::from).collect(),
            self.bookings().into_iter().map(Say::from).collect(),
            self.money().into_iter().map(Say::from).collect(),
            self.faq().into_iter().map(Say::from).collect(),
            self.requests().into_iter().map(Say::from).collect(),
        ]
        .concat()
    }

    fn room(&self) -> Room {
        Room { cabin_id: CabinId(1), party: crowd(), total: self.booking.total, terms: Terms::default() }
    }

    fn named(&self, count: usize) -> Vec<(Room, String)> {
        (0..count).map(|_| (self.room(), LONG.to_owned())).collect()
    }

    fn quoted(&self, rooms: usize) -> Quoted {
        let room =
            || QuotedRoom { name: LONG.into(), room: self.room(), quote: self.offers[0].quote.clone() };
        Quoted {
            stay: self.stay,
            party: crowd(),
            rooms: (0..rooms).map(|_| room()).collect(),
            about: LONG.repeat(3),
        }
    }

    fn stays(&self) -> Vec<StaySay> {
        let (stay, party) = (self.stay, crowd());
        let (first, last) = (stay.check_in(), stay.check_out());
        let near: Vec<Alternative> =
            self.offers.iter().map(|offer| Alternative { stay, offer: offer.clone() }).collect();
        let refusal = Refusal::MinNights { min: 365 };
        vec![
            StaySay::AskDates { party: None },
            StaySay::AskDates { party: Some(party) },
            StaySay::AskDays { month: first.first_of_month(), part: None, party: None },
            StaySay::AskDays {
                month: first.first_of_month(),
                part: Some(MonthPart::Start),
                party: Some(party),
            },
            StaySay::AskDeparture { arrival: first },
            StaySay::AskArrival { departure: last },
            StaySay::AskGuests { stay },
            StaySay::AskAges { children: 1 },
            StaySay::AskAges { children: 3 },
            StaySay::WhichStay { stays: vec![stay; ROWS] },
            StaySay::WhichArrival { days: vec![first, last] },
            StaySay::WhichGuests { from: 1, to: 60 },
            StaySay::BadDates,
            StaySay::Quote(self.quoted(1)),
            StaySay::Quote(self.quoted(2)),
            StaySay::Cabins { stay, party, offers: self.offers[..ROWS].to_vec() },
            StaySay::Alternatives { stay, party, near },
            StaySay::Alternatives { stay, party, near: Vec::new() },
            StaySay::RuledOut { refusal: refusal.clone(), stay, instead: vec![stay; 4] },
            StaySay::RuledOut { refusal, stay, instead: Vec::new() },
            StaySay::RuledOut { refusal: Refusal::PriceOverflow, stay, instead: Vec::new() },
            StaySay::TooManyPeople { party: Party::of_adults(200), most: 120 },
            StaySay::BookItAloud { stay, rooms: self.named(2) },
            StaySay::WhichCabin { stay, party, rooms: self.named(ROWS) },
            StaySay::PriceChanged,
            StaySay::JustTaken,
            StaySay::Declined,
            StaySay::Waitlisted { stay },
            StaySay::WaitlistNews(self.quoted(2)),
            StaySay::StillOpen { stay, rooms: self.named(2) },
            StaySay::Undecided { offer: Some((stay, self.named(2))) },
            StaySay::Undecided { offer: None },
        ]
    }

    fn bookings(&self) -> Vec<BookingSay> {
        let booking = || self.booking.clone();
        let arrival = || self.arrival.clone();
        let several = || vec![booking(); 5];
        let bank = Some(self.bank.clone());
        let quote = self.offers[0].quote.clone();
        let refusal = || Refusal::TooManyHolds { max: u16::MAX };
        vec![
            BookingSay::Held { bookings: vec![booking(); 2], ways: PayWays { link_follows: true, bank } },
            BookingSay::Held { bookings: vec![booking(); 2], ways: PayWays::default() },
            BookingSay::HoldEnding { booking: booking() },
            BookingSay::Expired { booking: booking() },
            BookingSay::Confirmed { booking: booking(), arrival: arrival() },
            BookingSay::Cancelled { booking: booking(), refund: self.booking.total },
            BookingSay::Moved { booking: booking() },
            BookingSay::Cards { bookings: several() },
            BookingSay::NoBooking,
            BookingSay::AskCancel {
                booking: booking(),
                refund: self.booking.total,
                ground: Ground::Withdrawal,
            },
            BookingSay::Kept,
            BookingSay::Which { bookings: several(), purpose: Purpose::Cancel },
            BookingSay::Which { bookings: several(), purpose: Purpose::Change },
            BookingSay::Which { bookings: several(), purpose: Purpose::Pay },
            BookingSay::AskNewDates { booking: booking() },
            BookingSay::AskMove { booking: booking(), stay: self.stay, party: crowd(), quote },
            BookingSay::CannotMove { booking: booking(), refusal: refusal() },
            BookingSay::CannotNow { refusal: refusal() },
            BookingSay::Withdrawing { code: Some(self.booking.code.to_string()) },
            BookingSay::Withdrawing { code: None },
            BookingSay::ArrivalReminder { booking: booking(), arrival: arrival() },
            BookingSay::CheckIn { booking: booking(), arrival: arrival(), instructions: LONG.repeat(20) },
            BookingSay::ThankYou { booking: booking(), arrival: arrival(), property: LONG.repeat(3) },
        ]
    }

    fn money(&self) -> Vec<PaySay> {
        let booking = || self.booking.clone();
        let amount = self.booking.total;
        let url = || "https://pago.example/1".to_owned();
        let bank = || Some(self.bank.clone());
        let deposit = Percent::new(100).expect("all of it");
        vec![
            PaySay::LinkReady { booking: booking(), amount, url: url() },
            PaySay::LinksReady { links: vec![PayLink { booking: booking(), amount, url: url() }; 2] },
            PaySay::LinkComing,
            PaySay::LinkUnavailable { booking: booking(), bank: bank() },
            PaySay::LinkUnavailable { booking: booking(), bank: None },
            PaySay::Transfer { booking: booking(), bank: self.bank.clone() },
            PaySay::Pending { booking: booking() },
            PaySay::Rejected { booking: booking(), url: Some(url()) },
            PaySay::Rejected { booking: booking(), url: None },
            PaySay::Partial { booking: booking(), received: amount },
            PaySay::PaidMore { booking: booking(), received: amount },
            PaySay::PaidForNothing { booking: booking(), received: amount },
            PaySay::RejectedAfterReview { booking: booking() },
            PaySay::Settled { booking: booking() },
            PaySay::Waits { booking: booking() },
            PaySay::Revived { booking: booking() },
            PaySay::TooLate { booking: booking() },
            PaySay::ReceiptReceived { booking: booking(), by: ReceiptBy::File },
            PaySay::ReceiptReceived { booking: booking(), by: ReceiptBy::Words },
            PaySay::ReceiptReceived { booking: booking(), by: ReceiptBy::Question },
            PaySay::ReceiptWaits { booking: booking(), since: moment().now },
            PaySay::ReceiptTooLate { booking: booking() },
            PaySay::Arrived { booking: booking() },
            PaySay::HeldUntil { booking: booking() },
            PaySay::TransferApproved { booking: booking(), amount },
            PaySay::TransferNotFound { booking: booking() },
            PaySay::BalanceReminder { booking: booking(), bank: bank() },
            PaySay::Refunded { booking: booking(), amount },
            PaySay::AllAtOnce,
            PaySay::HowOnePays { deposit, online: true, transfer: true },
            PaySay::HowOnePays { deposit, online: false, transfer: false },
            PaySay::NothingDue { booking: booking() },
            PaySay::OwnerWillSay,
        ]
    }

    fn requests(&self) -> Vec<RequestSay> {
        let (stay, booking, amount) = (self.stay, || self.booking.clone(), self.booking.total);
        let by = moment().now;
        let (check_in, check_out) = (Time::midnight(), Time::midnight());
        let of_kind = |kind: RequestKind| {
            [
                RequestSay::PassedOn { kind, by, again: false },
                RequestSay::StillWaiting { kind, by: Some(by) },
                RequestSay::StillWaiting { kind, by: None },
                RequestSay::Granted { kind },
                RequestSay::Refused { kind, booking: Some(booking()), check_in, check_out },
                RequestSay::Refused { kind, booking: None, check_in, check_out },
            ]
        };
        let mut all: Vec<RequestSay> = RequestKind::VARIANTS.iter().copied().flat_map(of_kind).collect();
        all.extend([
            RequestSay::PassedOn { kind: RequestKind::Discount, by, again: true },
            RequestSay::NoLongerNeeded,
            RequestSay::MoreTime { booking: booking(), until: by },
            RequestSay::DiscountOnOffer { stay, off: amount },
            RequestSay::Refunding { amount },
        ]);
        all
    }

    fn faq(&self) -> Vec<FaqSay> {
        let all = Percent::new(100).expect("all of it");
        let each = |things: usize| vec![(LONG.to_owned(), vec![LONG.to_owned(); things]); 12];
        let policy =
            Cancellation { free_until_days: u16::MAX, refund_percent: all, late_refund_percent: all };
        vec![
            FaqSay::Answer { text: LONG.repeat(20) },
            FaqSay::CheckInTime { from: Time::midnight() },
            FaqSay::CheckOutTime { until: Time::midnight() },
            FaqSay::capacity(&self.cabins),
            FaqSay::Deposit { percent: all, hold_minutes: u32::MAX },
            FaqSay::CancellationPolicy { policy },
            FaqSay::Amenities { cabins: each(20) },
            FaqSay::Photos {
                cabins: vec![
                    CabinPhotos {
                        cabin: LONG.to_owned(),
                        pictures: vec![LONG.to_owned()],
                        rest: vec![LONG.to_owned(); 3]
                    };
                    12
                ],
            },
            FaqSay::Location { places: vec![LONG.to_owned(); 12] },
            FaqSay::AskedOwner { topic: Topic::Pets },
        ]
    }
}

fn booking(offer: &Offer, stay: Stay, settings: &Settings) -> Booking {
    let now = moment().now;
    Booking {
        reservation_id: ReservationId(1),
        code: ReservationCode::from_random([3, 9, 20, 0, 14, 5]),
        cabin_id: offer.cabin_id,
        cabin: offer.name.clone(),
        stay,
        party: crowd(),
        status: Status::PreReserved,
        total: offer.quote.total,
        deposit: offer.quote.deposit,
        paid: Money::zero(offer.quote.total.currency),
        receipt: None,
        expires_at: Some(now + settings.hold_time()),
        created_at: now,
    }
}

fn told_owner(urgency: Urgency, again: bool) -> OwnerTold {
    OwnerTold { urgency, again, emergency_phone: LONG.into(), public_numbers: PublicNumbers::Argentina }
}

fn talk() -> Vec<Talk> {
    vec![
        Talk::Hello {
            name: Some(LONG.into()),
            property: LONG.repeat(3),
            welcome: LONG.repeat(20),
            first_time: true,
        },
        Talk::HowCanIHelp,
        Talk::NotUnderstood,
        Talk::WrongNumber,
        Talk::StillNotUnderstood,
        Talk::HandedOver,
        Talk::AlreadyHandedOver,
        Talk::OwnerTold(told_owner(Urgency::Normal, false)),
        Talk::OwnerTold(told_owner(Urgency::Normal, true)),
        Talk::OwnerTold(told_owner(Urgency::Danger, false)),
        Talk::AtYourService,
        Talk::Glad,
        Talk::AskedOwner,
        Talk::Welcome,
        Talk::OptedOut,
        Talk::AskStopMessages,
        Talk::OptedOutButBooking,
        Talk::GoesOnWriting,
        Talk::Unheard,
        Talk::TooLong,
        Talk::VoiceOff,
        Talk::Heard { text: LONG.repeat(30) },
        Talk::PleaseWrite,
        Talk::NoCalls,
        Talk::CannotSee,
        Talk::Picture,
        Talk::Place,
        Talk::StaleTap,
        Talk::LateAnswer,
        Talk::Calm,
    ]
}
