//! What owners say, composed and labelled by people who had not seen these rules: `tests/data/owner`. The set
//! `tuned.jsonl` was looked at while the rules were written; `sealed.jsonl` never was.

use super::*;
use crate::dialogue::owner::{BookingCommand, Days, NewDates, is_named};
use crate::domain::cabin::Cabin;
use crate::domain::ids::CabinId;
use crate::domain::money::{Currency, Money};
use crate::domain::request::Off;
use crate::domain::stay::Stay;
use crate::understanding::HolidayCalendar;
use jiff::civil::Date;
use serde_json::{Map, Value, json};

const CABINS: [(&str, u16); 5] = [("Arrayán", 2), ("Lenga", 4), ("Canelo", 4), ("Tacuara", 6), ("Ñire", 5)];
const GUESTS: [&str; 5] = ["Ana Pereyra", "Ana María Ruiz", "Carlos Benítez", "Rocío Funes", "João Alves"];

/// The guests of the house, unless the line names its own.
fn guests(line: &Value) -> Vec<String> {
    match line["guests"].as_array() {
        Some(named) => named.iter().map(|guest| guest["name"].as_str().unwrap().to_owned()).collect(),
        None => GUESTS.map(str::to_owned).to_vec(),
    }
}

fn parse(text: &str, today: Date, guests: &[String]) -> Parsed {
    let calendar = HolidayCalendar::argentina();
    let price = Money::new(100_00, Currency::Ars);
    let cabins: Vec<Cabin> = (1..)
        .zip(CABINS)
        .map(|(id, (name, people))| Cabin { id: CabinId(id), ..Cabin::new(name, people, price) })
        .collect();
    let setting = Setting { today, calendar: &calendar, cabins: &cabins, guests, currency: Currency::Ars };
    understand(text, &setting)
}

fn cabin_names(ids: &[CabinId]) -> Value {
    match ids.len() {
        0 => Value::Null,
        5 => json!("all"),
        _ => json!(ids.iter().map(|id| CABINS[usize::try_from(id.0 - 1).unwrap()].0).collect::<Vec<_>>()),
    }
}

fn search(search: &Search) -> Value {
    match search {
        Search::Name(name) => json!(name),
        Search::Code(code) => json!(code.as_str()),
        // By its cabin: who it is, the database knows.
        Search::Cabin { .. } | Search::Next => Value::Null,
    }
}

/// The label of what was read, in the words of the data.
fn label(parsed: Parsed) -> (&'static str, Value) {
    let days = |days: Days| json!({ "from": days.from, "to": days.to.tomorrow().unwrap() });
    let span = |stay: Stay| (stay.check_in(), stay.check_out());
    let command = match parsed {
        Parsed::Command(command) => command,
        Parsed::Yes => return ("yes", json!({})),
        Parsed::No => return ("no", json!({})),
        Parsed::Unclear => return ("none", json!({})),
        Parsed::Missing(missing) => return ("missing", json!({ "what": format!("{missing:?}") })),
    };
    match command {
        Command::Block { cabins, stay, .. } => {
            ("block", json!({ "cabins": cabin_names(&cabins), "from": span(stay).0, "to": span(stay).1 }))
        }
        Command::Unblock { cabins, stay } => {
            let (from, to) = stay.map(span).unzip();
            ("unblock", json!({ "cabins": cabin_names(&cabins), "from": from, "to": to }))
        }
        Command::WhoArrives(of) => ("arrivals", days(of)),
        Command::WhoLeaves(of) => ("departures", days(of)),
        Command::InHouse => ("in_house", json!({})),
        Command::Cleaning(day) => ("cleaning", json!({ "day": day })),
        Command::Debts => ("debts", json!({})),
        Command::Income(of) => ("income", days(of)),
        Command::Occupancy(_) => ("occupancy", json!({})),
        Command::Availability { stay, cabins } => {
            ("free", json!({ "from": span(stay).0, "to": span(stay).1, "cabins": cabin_names(&cabins) }))
        }
        Command::Price { cabins, stay } => {
            let (from, to) = stay.map(span).unzip();
            let cabin = cabins.first().map(|cabin| CABINS[usize::try_from(cabin.0 - 1).unwrap()].0);
            ("price", json!({ "cabin": cabin, "from": from, "to": to }))
        }
        Command::ChangeRates { cabins, stay, change } => {
            let (from, to) = span(stay);
            let cabins = cabin_names(&cabins);
            match change {
                RateChange::Price(price) => (
                    "set_price",
                    json!({ "cabins": cabins, "from": from, "to": to, "amount": price.minor / 100 }),
                ),
                RateChange::Adjust(_) => {
                    ("change_rates", json!({ "cabins": cabins, "from": from, "to": to }))
                }
                RateChange::MinNights(nights) => {
                    ("min_nights", json!({ "cabins": cabins, "from": from, "to": to, "nights": nights }))
                }
            }
        }
        Command::Bookings(of) => ("find", json!({ "guest": search(&of) })),
        Command::Booking { which, wish } => {
            let guest = search(&which);
            match wish {
                BookingCommand::Cancel { .. } => ("cancel", json!({ "guest": guest })),
                BookingCommand::Confirm => ("confirm", json!({ "guest": guest })),
                BookingCommand::Receive { amount, .. } => {
                    let amount = amount.map(|amount| amount.minor / 100);
                    ("payment_received", json!({ "guest": guest, "amount": amount }))
                }
                BookingCommand::Discount { off: Off::Percent(percent) } => {
                    ("discount", json!({ "guest": guest, "percent": percent }))
                }
                BookingCommand::Discount { off: Off::Amount(off) } => {
                    ("discount", json!({ "guest": guest, "amount": off.minor / 100 }))
                }
                BookingCommand::Move { to, .. } => {
                    let from = match to {
                        NewDates::From { arrival, .. } => json!(arrival),
                        NewDates::Span { stay } => json!(stay.check_in()),
                        NewDates::Same
                        | NewDates::Until { .. }
                        | NewDates::Nights { .. }
                        | NewDates::Later { .. } => Value::Null,
                    };
                    ("move", json!({ "guest": guest, "from": from }))
                }
            }
        }
        Command::NewBooking(new) => (
            "new_booking",
            json!({
                "cabin": CABINS[usize::try_from(new.cabin.0 - 1).unwrap()].0, "from": new.stay.check_in(),
                "to": new.stay.check_out(), "guest": Some(new.guest).filter(|name| !name.is_empty()),
                "people": new.people,
            }),
        ),
        Command::Pause { until } => ("pause", json!({ "until": until })),
        Command::Resume => ("resume", json!({})),
        Command::Teach { .. } => ("teach", json!({})),
        Command::Tell { guest, .. } => ("tell", json!({ "guest": guest })),
        Command::SendLocation { guest } => ("send_location", json!({ "guest": guest })),
        Command::Questions(of) => ("questions", json!({ "day": of.from })),
        Command::Pending => ("pending", json!({})),
        Command::TakeOver { guest } => ("take_over", json!({ "guest": guest })),
        Command::HandBack { guest } => ("hand_back", json!({ "guest": guest })),
        Command::Undo => ("undo", json!({})),
        Command::Help => ("help", json!({})),
    }
}

/// Whether the missing part that is asked for is one that the owner did not say.
fn asks_rightly(what: &str, expected: &str, args: &Map<String, Value>) -> bool {
    let unsaid = |names: &[&str]| {
        let labelled = names.iter().filter(|name| args.contains_key(**name));
        labelled.clone().count() > 0 && labelled.clone().all(|name| args[*name].is_null())
    };
    match what {
        "Amount" => unsaid(&["amount", "percent"]),
        "Dates" | "NewDates" => expected != "move" && unsaid(&["from", "to"]),
        "Guest" | "Booking" => unsaid(&["guest"]),
        what if what.starts_with("Cabin") => unsaid(&["cabin", "cabins"]),
        _ => false,
    }
}

/// What differs from the label; `None` when all that was labelled was read.
fn differs(line: &Value) -> Option<String> {
    let text = line["text"].as_str().unwrap();
    let today = line["today"].as_str().unwrap().parse().unwrap();
    let (command, found) = label(parse(text, today, &guests(line)));
    let expected = line["command"].as_str().unwrap();
    let empty = Map::new();
    let args = line["args"].as_object().unwrap_or(&empty);
    // The way there is asked for when it is missing: a question back does no harm where the label has no value.
    let by_cabin = CABINS.iter().any(|(name, _)| is_named(text, name));
    let right = |name: &str, value: &Value| {
        if matches!(name, "words" | "topic" | "method" | "why") || found.get(name).is_none() {
            return true;
        }
        match (value, &found[name]) {
            // Not said: what stands for it is the product's choice.
            (Value::Null, _) => true,
            (Value::String(_), Value::Null) if name == "guest" => by_cabin,
            (Value::String(name), Value::String(said)) if is_named(name, said) => true,
            (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().all(|one| b.contains(one)),
            (expected, found) => expected == found,
        }
    };
    // What was not said is asked for.
    if command == "missing" && asks_rightly(found["what"].as_str().unwrap(), expected, args) {
        return None;
    }
    let wrong: Vec<&String> =
        args.iter().filter(|(name, value)| !right(name, value)).map(|(name, _)| name).collect();
    (command != expected || !wrong.is_empty())
        .then(|| format!("{text}\n    expected {expected} {} \n    found    {command} {found}", line["args"]))
}

#[track_caller]
fn check(file: &str, at_least_percent: usize) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/owner").join(file);
    let text = std::fs::read_to_string(path).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let wrong: Vec<String> = lines.iter().filter_map(differs).collect();
    let right = lines.len() - wrong.len();
    // The sealed set stays sealed when it falls short.
    let shown = if file.starts_with("sealed") { String::new() } else { wrong.join("\n") };
    assert!(right * 100 >= at_least_percent * lines.len(), "{file}: {right} of {}\n{shown}", lines.len());
}

#[test]
fn what_owners_say_is_obeyed() {
    check("tuned.jsonl", 95);
    check("tuned_2.jsonl", 92);
    check("tuned_3.jsonl", 95);
    check("tuned_4.jsonl", 80);
    check("tuned_5.jsonl", 92);
    check("sealed.jsonl", 90);
}
