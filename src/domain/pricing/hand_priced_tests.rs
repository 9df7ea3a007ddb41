//! The stays that were priced by hand from the table, before there was a program.

use super::*;
use crate::domain::deposit::DepositRule;
use crate::domain::ids::{CabinId, PriceRuleId, SeasonId};
use crate::domain::money::{Currency, Multiplier, Percent};
use crate::domain::party::Party;
use crate::domain::policy::{self, Moment};
use crate::domain::settings::Settings;
use serde_json::Value;
use std::collections::BTreeSet;

const PRICED: &str = include_str!("../../../tests/data/prices.jsonl");

fn ars(minor: &Value) -> Money {
    Money::new(minor.as_i64().expect("whole cents"), Currency::Ars)
}

fn number<T: TryFrom<i64>>(value: &Value) -> Option<T> {
    value.as_i64().map(|value| T::try_from(value).ok().expect("fits"))
}

fn day(value: &Value) -> Option<Date> {
    value.as_str().map(|day| day.parse().expect("a day"))
}

fn days(value: &Value) -> Weekdays {
    let codes = value.as_array().cloned().unwrap_or_default();
    let codes: Vec<String> = codes.iter().map(|code| code.as_str().expect("a day").to_owned()).collect();
    codes.try_into().expect("days of the week")
}

fn factor(value: &Value) -> Option<Multiplier> {
    Some(Multiplier::from_permille((value.as_f64()? * 1000.0).round() as u16).expect("a factor"))
}

fn deposit(value: &Value) -> Option<DepositRule> {
    match value {
        Value::Null => None,
        Value::String(_) => Some(DepositRule::FirstNight),
        value => Some(match number::<u8>(&value["percent"]) {
            Some(percent) => DepositRule::Percent(Percent::new(percent).expect("a percentage")),
            None => DepositRule::AmountCents(value["amount_cents"].as_i64().expect("an amount")),
        }),
    }
}

fn gap(value: &Value) -> Option<GapPrice> {
    let amount = value["amount_cents"].as_i64().map(GapPrice::AmountCents);
    amount.or(number(&value["percent"]).map(GapPrice::Percent))
}

fn cabin(house: &Value) -> Cabin {
    let cabin = &house["cabin"];
    let capacity = number(&cabin["capacity"]).expect("capacity");
    Cabin {
        id: CabinId(1),
        weekend_multiplier: factor(&cabin["weekend_multiplier"]).unwrap_or(Multiplier::ONE),
        min_nights: number(&cabin["min_nights"]),
        babies_max: number(&cabin["babies_max"]).unwrap_or(0),
        pets_max: number(&cabin["pets_max"]),
        ..Cabin::new("Una", capacity, ars(&cabin["base_price_cents"]))
    }
}

fn season((nth, season): (usize, &Value)) -> Season {
    Season {
        id: SeasonId(nth as i64 + 1),
        cabin_id: CabinId(1),
        name: season["name"].as_str().unwrap_or_default().to_owned(),
        from: day(&season["from"]).expect("from"),
        to: day(&season["to"]).expect("to"),
        price: ars(&season["price_cents"]),
        weekend_multiplier: factor(&season["weekend_multiplier"]),
        min_nights: number(&season["min_nights"]),
        arrival_days: days(&season["arrival_days"]),
        departure_days: days(&season["departure_days"]),
        deposit: deposit(&season["deposit"]),
        gap: gap(&season["gap"]),
    }
}

fn rule(house: &Value, (nth, rule): (usize, &Value)) -> PriceRule {
    let kind: RuleKind = rule["kind"].as_str().expect("kind").parse().expect("a kind");
    let amount = match rule["percent"].as_f64() {
        Some(percent) => {
            RulePercent::from_hundredths((percent * 100.0).round() as u16).map(RuleAmount::Percent)
        }
        None => rule["amount_cents"].as_i64().map(RuleAmount::AmountCents),
    };
    let plain = RuleTerms::of(kind, rule["name"].as_str().unwrap_or_default(), amount.expect("an amount"));
    let code = rule["promo_code"].as_str();
    let used = code.map_or(0, |code| {
        let uses = house["uses"].as_object().into_iter().flatten();
        let of_it = uses.filter(|(name, _)| PromoCode::typed(name) == PromoCode::typed(code));
        of_it.filter_map(|(_, times)| number::<u32>(times)).sum()
    });
    let cabins = rule["cabin_ids"].as_array();
    let terms = RuleTerms {
        cabin_ids: cabins.map(|ids| ids.iter().map(|id| CabinId(id.as_i64().expect("an id"))).collect()),
        per: rule["per"].as_str().map_or(plain.per, |per| per.parse().expect("a per")),
        from_guests: number(&rule["from_guests"]),
        age_under: number(&rule["age_under"]),
        min_nights: number(&rule["min_nights"]),
        max_nights: number(&rule["max_nights"]),
        days_before_min: number(&rule["days_before_min"]),
        days_before_max: number(&rule["days_before_max"]),
        pay_with: rule["pay_with"].as_str().map(|way| way.parse().expect("a way")),
        promo_code: code.and_then(PromoCode::typed),
        uses_max: number(&rule["uses_max"]),
        from: day(&rule["from"]),
        to: day(&rule["to"]),
        arrival_days: days(&rule["arrival_days"]),
        departure_days: days(&rule["departure_days"]),
        optional: rule["optional"].as_bool().unwrap_or(false),
        active: rule["active"].as_bool().unwrap_or(true),
        ..plain
    };
    let sound = PriceRule::new(PriceRuleId(nth as i64 + 1), terms, used);
    sound.unwrap_or_else(|why| panic!("{rule}: {why:?}"))
}

fn items(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

fn priced(stay: &Value) -> Result<Quote, Refusal> {
    let (house, ask) = (&stay["house"], &stay["ask"]);
    let cabin = cabin(house);
    let seasons: Vec<Season> = items(&house["seasons"]).iter().enumerate().map(season).collect();
    let rules: Vec<PriceRule> =
        items(&house["rules"]).iter().enumerate().map(|one| rule(house, one)).collect();
    let taken = items(&ask["optional"]);
    let extras = rules.iter().filter(|rule| taken.iter().any(|name| *name == rule.name)).map(|rule| rule.id);
    let asked = Terms {
        promo_code: ask["promo_code"].as_str().and_then(PromoCode::typed),
        pay_with: ask["pay_with"].as_str().map(|way| way.parse().expect("a way")),
        extras: extras.collect::<BTreeSet<_>>(),
    };
    let people = &ask["party"];
    let ages: Vec<u8> = items(&people["children"]).iter().filter_map(number).collect();
    let pets = number(&people["pets"]).unwrap_or(0);
    let party = Party::new(number(&people["adults"]).expect("adults"), &ages, pets).expect("a party");
    let dates = day(&ask["check_in"]).zip(day(&ask["check_out"])).expect("dates");
    let dates = Stay::new(dates.0, dates.1).expect("a stay");
    let today = day(&ask["today"]).expect("today");
    let settings = Settings {
        deposit_percent: Percent::new(number(&house["deposit_percent"]).expect("deposit"))
            .expect("a percentage"),
        weekend_nights: days(&house["cabin"]["weekend_nights"]),
        baby_age_under: number(&house["baby_age_under"]).unwrap_or(2),
        min_nights: 1,
        max_nights: 365,
        horizon_days: 1096,
        lead_time_hours: 0,
        ..Settings::default()
    };
    let noon = jiff::tz::TimeZone::UTC.to_timestamp(today.at(12, 0, 0, 0)).expect("a day");
    let moment = Moment { now: noon, zone: jiff::tz::TimeZone::UTC };
    let fills_hole = ask["gap"].as_bool().unwrap_or(false);
    let gap = policy::check(&cabin, &seasons, &settings, dates, party, &moment, fills_hole)?;
    quote(&Sale {
        cabin: &cabin,
        seasons: &seasons,
        stay: dates,
        party,
        rules: settings.pricing(),
        price_rules: &rules,
        asked: &asked,
        today,
        gap,
    })
}

/// What a price comes to, to be compared with the sheet: each line's kind, amount and rule, the sums, the refusal.
fn sheet(stay: &Value, priced: &Result<Quote, Refusal>) -> (Value, Value) {
    let line = |kind: &str, date: String, minor: i64| format!("{kind} {date} {minor}");
    let said: Vec<String> = items(&stay["lines"])
        .iter()
        .map(|said| {
            let date = said["date"].as_str().unwrap_or_default().to_owned();
            line(said["kind"].as_str().unwrap_or_default(), date, said["amount_cents"].as_i64().unwrap_or(0))
        })
        .collect();
    let wanted = match stay["refused"].as_str() {
        Some(code) => serde_json::json!({ "refused": code }),
        None => serde_json::json!({
            "lines": said, "total": stay["total_cents"], "deposit": stay["deposit_cents"],
        }),
    };
    let got = match priced {
        Err(refusal) => serde_json::json!({ "refused": refusal.code() }),
        Ok(quote) => {
            let lines: Vec<String> = quote
                .lines
                .iter()
                .map(|of| {
                    let kind = serde_json::to_value(of.kind).expect("a kind");
                    let date = of.night.as_ref().map_or(String::new(), |night| night.date.to_string());
                    line(kind.as_str().unwrap_or_default(), date, of.amount.minor)
                })
                .collect();
            serde_json::json!({
                "lines": lines, "total": quote.total.minor, "deposit": quote.deposit.minor,
            })
        }
    };
    (wanted, got)
}

#[test]
fn every_stay_comes_to_what_it_came_to_by_hand() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for text in PRICED.lines().filter(|line| !line.trim().is_empty()) {
        let stay: Value = serde_json::from_str(text).expect("JSON");
        count += 1;
        let (wanted, got) = sheet(&stay, &priced(&stay));
        if wanted != got {
            wrong.push(format!(
                "{}\n  by hand {wanted}\n  priced  {got}\n  {}",
                stay["id"], stay["arithmetic"]
            ));
        }
    }
    assert!(count >= 200, "{count} stays");
    assert!(wrong.is_empty(), "{} of {count} differ:\n{}", wrong.len(), wrong.join("\n"));
}
