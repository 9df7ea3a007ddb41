//! Previews of settings: a cancellation in numbers, and messages as a guest reads them.

use crate::dialogue::replies;
use crate::dialogue::{Arrival, Booking, BookingSay, FaqSay, Say, Talk};
use crate::domain::guest::first_name;
use crate::domain::ids::{CODE_LENGTH, CabinId, ReservationCode, ReservationId};
use crate::domain::language::OWNER_LANGUAGE;
use crate::domain::money::{Currency, Money, Percent};
use crate::domain::own_words::OwnText;
use crate::domain::party::Party;
use crate::domain::policy::Moment;
use crate::domain::reservation::Status;
use crate::domain::settings::Settings;
use crate::domain::stay::Stay;
use crate::web::admin::words;
use jiff::ToSpan;

/// The total of the stay in the examples, in hundredths.
const EXAMPLE_TOTAL: i64 = 100_000_00;
/// The guest in the examples.
const EXAMPLE_GUEST: &str = "Marta Suárez";
/// Days until the stay in the examples: far enough from special days.
const EXAMPLE_DAYS_AHEAD: i64 = 30;

/// A message as a guest reads it.
pub(super) struct Message {
    pub(super) title: &'static str,
    pub(super) body: String,
}

/// Effect of the cancellation policy, by an example.
pub(super) fn consequence(settings: &Settings, currency: Currency) -> Vec<String> {
    let policy = settings.cancellation;
    let deposit = Money::new(EXAMPLE_TOTAL, currency).split(settings.deposit_percent).0;
    let back = |percent: Percent| {
        let (part, kept) = deposit.split(percent);
        match (part.minor, kept.minor) {
            (0, _) => "no le devolvés nada".to_owned(),
            (_, 0) => format!("le devolvés todo: {}", words::money(part.minor, currency)),
            _ => format!(
                "le devolvés {} y te quedan {}",
                words::money(part.minor, currency),
                words::money(kept.minor, currency)
            ),
        }
    };
    let days = words::count(u64::from(policy.free_until_days), "día", "días");
    vec![
        format!(
            "Por ejemplo, alguien señó {} de una estadía de {}.",
            words::money(deposit.minor, currency),
            words::money(EXAMPLE_TOTAL, currency)
        ),
        format!("Si cancela {days} antes de llegar, o con más tiempo, {}.", back(policy.refund_percent)),
        format!("Si cancela después, {}.", back(policy.late_refund_percent)),
    ]
}

/// The messages that contain the owner's texts, for an invented guest.
pub(super) fn messages(settings: &Settings, moment: &Moment, currency: Currency) -> Vec<Message> {
    let render = |title, say: Say| {
        let rendered = replies::render(&[say], OWNER_LANGUAGE, moment);
        let bodies: Vec<String> = rendered.into_iter().map(|part| part.body).collect();
        Message { title, body: bodies.join("\n\n") }
    };
    let property = settings.property_name.clone();
    let policy = match settings.cancellation_text.as_str() {
        "" => FaqSay::CancellationPolicy { policy: settings.cancellation },
        text => FaqSay::Answer { text: text.to_owned() },
    };
    let hello = Talk::Hello {
        name: first_name(EXAMPLE_GUEST),
        property: property.clone(),
        welcome: settings.own(OwnText::Welcome),
        first_time: true,
    };
    let Some(booking) = example(settings, moment, currency) else { return Vec::new() };
    let arrival = |text| Arrival::of(settings, text, EXAMPLE_GUEST);
    let confirmed = BookingSay::Confirmed { booking: booking.clone(), arrival: arrival(OwnText::Confirmed) };
    let reminder =
        BookingSay::ArrivalReminder { booking: booking.clone(), arrival: arrival(OwnText::Arrival) };
    let check_in = BookingSay::CheckIn {
        booking: booking.clone(),
        arrival: arrival(OwnText::Arrival),
        instructions: settings.own(OwnText::CheckIn),
    };
    let thanks = BookingSay::ThankYou { booking, arrival: arrival(OwnText::Thanks), property };
    vec![
        render("Cuando escribe por primera vez", hello.into()),
        render("Cuando entra la seña", confirmed.into()),
        render("El día antes de llegar", reminder.into()),
        render("El día que llega", check_in.into()),
        render("Después de la estadía", thanks.into()),
        render("Si pregunta por la cancelación", policy.into()),
    ]
}

/// An invented booking; `None` only at the end of time.
fn example(settings: &Settings, moment: &Moment, currency: Currency) -> Option<Booking> {
    let from = moment.today().checked_add(EXAMPLE_DAYS_AHEAD.days()).ok()?;
    let total = Money::new(EXAMPLE_TOTAL, currency);
    let deposit = total.split(settings.deposit_percent).0;
    Some(Booking {
        reservation_id: ReservationId(0),
        code: ReservationCode::from_random([7; CODE_LENGTH]),
        cabin_id: CabinId(0),
        cabin: "La Calandria".into(),
        stay: Stay::new(from, from.checked_add(2.days()).ok()?).ok()?,
        party: Party::of_adults(2),
        status: Status::Confirmed,
        total,
        deposit,
        paid: deposit,
        expires_at: None,
        receipt: None,
        created_at: moment.now,
    })
}
