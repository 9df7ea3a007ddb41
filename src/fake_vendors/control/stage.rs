//! Control API: faults, payments, calendars and the clock.

use std::sync::Arc;

use jiff::civil::Date;
use rocket::{Route, State, delete, get, post, put, routes};
use serde_json::{Value, json};

use super::answers::{done, parse, said};
use crate::fake_vendors::faults::{Kind, Rule, Target};
use crate::fake_vendors::feed::{Ailment, Feed, Occupied, Site};
use crate::fake_vendors::guests;
use crate::fake_vendors::mercadopago::{Payment, PaymentOutcome};
use crate::fake_vendors::response::VendorResponse;
use crate::fake_vendors::whatsapp::account::Account;
use crate::fake_vendors::whatsapp::management::change;
use crate::fake_vendors::world::World;

/// Languages of the templates that are set by name alone.
const TEMPLATE_LANGUAGES: [&str; 3] = ["es_AR", "pt_BR", "en"];

pub(super) fn routes() -> Vec<Route> {
    routes![
        everything,
        panel,
        connect,
        advance,
        switch_on,
        switch_off,
        heal,
        pay,
        carry_on,
        whatsapp,
        account,
        account_state,
        template,
        mercadopago,
        put_feed,
        occupy,
        vacate,
        break_feed,
        scripts,
        play,
    ]
}

/// State of the panel beside the chat.
#[get("/panel")]
fn panel(world: &State<Arc<World>>) -> VendorResponse {
    VendorResponse::json(200, &world.panel())
}

#[get("/world")]
fn everything(world: &State<Arc<World>>) -> VendorResponse {
    VendorResponse::json(200, &world.snapshot())
}

/// `{"app_url"}`
#[post("/connect", data = "<body>")]
fn connect(world: &State<Arc<World>>, body: Vec<u8>) -> VendorResponse {
    said(parse(&body).map(|asked| {
        world.connect(asked["app_url"].as_str().unwrap_or_default());
        done()
    }))
}

/// `{"advance_seconds"}`
#[post("/clock", data = "<body>")]
fn advance(world: &State<Arc<World>>, body: Vec<u8>) -> VendorResponse {
    said(parse(&body).map(|asked| {
        let seconds = asked["advance_seconds"].as_i64().unwrap_or(0);
        world.clock.shift(seconds.saturating_mul(1000));
        done()
    }))
}

/// `{"target", "kind", "probability"?, "count"?, "delay_ms"?}`
#[post("/faults", data = "<body>")]
fn switch_on(world: &State<Arc<World>>, body: Vec<u8>) -> VendorResponse {
    said(parse(&body).and_then(|asked| {
        let rule = Rule::from_json(&asked).map_err(|why| VendorResponse::refusal(422, why))?;
        Ok(world.change(|scene| {
            scene.faults.switch_on(rule);
            VendorResponse::json(200, &json!({"faults": scene.faults.to_json()}))
        }))
    }))
}

#[delete("/faults/<target>/<kind>")]
fn switch_off(world: &State<Arc<World>>, target: &str, kind: &str) -> VendorResponse {
    match (Target::from_code(target), Kind::from_code(kind)) {
        (Some(target), Some(kind)) => {
            world.change(|scene| scene.faults.switch_off(target, kind));
            done()
        }
        _ => VendorResponse::refusal(404, "no such fault"),
    }
}

#[delete("/faults")]
fn heal(world: &State<Arc<World>>) -> VendorResponse {
    world.change(|scene| scene.faults.clear());
    done()
}

/// `{"preference_id", "action", "amount_cents"?, "currency"?, "against_rules"?}`
#[post("/payments", data = "<body>")]
fn pay(world: &State<Arc<World>>, body: Vec<u8>) -> VendorResponse {
    said(parse(&body).and_then(|asked| {
        let attempt = Payment {
            amount_cents: asked["amount_cents"].as_i64(),
            currency: asked["currency"].as_str().map(str::to_owned),
            reference: asked.get("reference").cloned(),
            against_rules: asked["against_rules"] == true,
            ..Payment::of(asked["preference_id"].as_str().unwrap_or_default(), outcome(&asked)?)
        };
        let id = world.pay(&attempt).map_err(|why| VendorResponse::refusal(409, why))?;
        Ok(VendorResponse::json(201, &json!({"id": id})))
    }))
}

/// `{"action"}`, or `{"action": "notify"}` to send its notifications once more.
#[post("/payments/<id>", data = "<body>")]
fn carry_on(world: &State<Arc<World>>, id: u64, body: Vec<u8>) -> VendorResponse {
    said(parse(&body).and_then(|asked| {
        if asked["action"] == "notify" {
            world.notify_again(id);
            return Ok(done());
        }
        world.carry_on(id, outcome(&asked)?).map_err(|why| VendorResponse::refusal(409, why))?;
        Ok(done())
    }))
}

/// Behaviour of the WhatsApp number: `{"test_number"?, "late_refusals"?, "unread"?, "refuses_uploads"?, "refuses"?, "fails"?,
/// "templates"?}`; `refuses` and `fails` are error codes, or null for none; `templates` are the only ones that the
/// account has, by name, with their number of variables.
#[put("/whatsapp", data = "<body>")]
fn whatsapp(world: &State<Arc<World>>, body: Vec<u8>) -> VendorResponse {
    said(parse(&body).map(|asked| {
        world.change(|scene| {
            let behaviour = &mut scene.phones.behaviour;
            set(&mut behaviour.test_number, &asked["test_number"]);
            set(&mut behaviour.late_refusals, &asked["late_refusals"]);
            set(&mut behaviour.unread, &asked["unread"]);
            set(&mut behaviour.refuses_uploads, &asked["refuses_uploads"]);
            set_code(&mut behaviour.refuses, asked.get("refuses"));
            set_code(&mut behaviour.fails, asked.get("fails"));
            if let Some(templates) = asked["templates"].as_object() {
                let counts = templates.iter();
                let one = counts.map(|(name, count)| (name.clone(), count.as_u64().unwrap_or(0)));
                let each = one.flat_map(|(name, count)| {
                    TEMPLATE_LANGUAGES.map(|language| (name.clone(), language.to_owned(), count))
                });
                let templates = Account::established(&each.collect::<Vec<_>>()).templates;
                scene.phones.account.templates = templates;
                scene.phones.account.checks_templates = true;
            }
        });
        done()
    }))
}

/// State of the business account: `{"fresh"?, "on_app"?, "approves"?}`; `fresh` makes it as it is on its first day.
#[put("/whatsapp/account", data = "<body>")]
fn account(world: &State<Arc<World>>, body: Vec<u8>) -> VendorResponse {
    said(parse(&body).map(|asked| {
        world.change(|scene| {
            let account = &mut scene.phones.account;
            if asked["fresh"] == true {
                *account = Account::fresh();
            }
            set(&mut account.on_app, &asked["on_app"]);
            set(&mut account.approves, &asked["approves"]);
        });
        done()
    }))
}

#[get("/whatsapp/account")]
fn account_state(world: &State<Arc<World>>) -> VendorResponse {
    VendorResponse::json(200, &world.look(|scene| scene.phones.account.to_json()))
}

/// Gives a template a state: `{"name", "language", "status", "reason"?}`.
#[put("/whatsapp/template", data = "<body>")]
fn template(world: &State<Arc<World>>, body: Vec<u8>) -> VendorResponse {
    said(parse(&body).and_then(|asked| {
        let text = |key: &str| asked[key].as_str().unwrap_or_default();
        let (name, language, status) = (text("name"), text("language"), text("status"));
        let found = world.change(|scene| change(world, scene, name, language, status, text("reason")));
        if found { Ok(done()) } else { Err(VendorResponse::refusal(404, "no such template")) }
    }))
}

/// Behaviour of Mercado Pago: `{"found_after_ms"?, "silent"?, "refuses"?, "refuses_checkouts"?}`; `refuses`
/// is the status of every answer, or null for none; `refuses_checkouts` is how many next checkouts fail.
#[put("/mercadopago", data = "<body>")]
fn mercadopago(world: &State<Arc<World>>, body: Vec<u8>) -> VendorResponse {
    said(parse(&body).map(|asked| {
        world.change(|scene| {
            let behaviour = &mut scene.ledger.behaviour;
            set(&mut behaviour.silent, &asked["silent"]);
            set_code(&mut behaviour.refuses, asked.get("refuses"));
            if let Some(count) = asked["refuses_checkouts"].as_u64() {
                behaviour.refuses_checkouts = count;
            }
            if let Some(ms) = asked["found_after_ms"].as_i64() {
                behaviour.found_after_ms = ms;
            }
        });
        done()
    }))
}

/// `{"site", "occupied": [{"start", "end", "code"?}]}`
#[put("/feeds/<name>", data = "<body>")]
fn put_feed(world: &State<Arc<World>>, name: &str, body: Vec<u8>) -> VendorResponse {
    said(parse(&body).and_then(|asked| {
        let site = Site::from_code(asked["site"].as_str().unwrap_or_default())
            .ok_or_else(|| VendorResponse::refusal(422, "site must be airbnb or booking"))?;
        let mut feed = Feed::new(site);
        for range in asked["occupied"].as_array().into_iter().flatten() {
            feed.occupied.push(occupied(range)?);
        }
        world.put_feed(name, feed);
        Ok(VendorResponse::json(200, &json!({"url": format!("{}/feeds/{name}.ics", world.base_url())})))
    }))
}

/// `{"start", "end", "code"?}`
#[post("/feeds/<name>/occupied", data = "<body>")]
fn occupy(world: &State<Arc<World>>, name: &str, body: Vec<u8>) -> VendorResponse {
    said(parse(&body).and_then(|asked| {
        let range = occupied(&asked)?;
        changed(world.change_feed(name, |feed| feed.occupied.push(range)))
    }))
}

/// Removes the range that starts on a day.
#[delete("/feeds/<name>/occupied/<start>")]
fn vacate(world: &State<Arc<World>>, name: &str, start: &str) -> VendorResponse {
    said(changed(world.change_feed(name, |feed| {
        feed.occupied.retain(|range| range.start.to_string() != start);
    })))
}

/// `{"as"}`: empty, blank, truncated, html, error500, gone, slow, or null for none.
#[post("/feeds/<name>/break", data = "<body>")]
fn break_feed(world: &State<Arc<World>>, name: &str, body: Vec<u8>) -> VendorResponse {
    said(parse(&body).and_then(|asked| {
        let ailment = match asked["as"].as_str() {
            None => None,
            Some(code) => Some(
                Ailment::from_code(code).ok_or_else(|| VendorResponse::refusal(422, "no such ailment"))?,
            ),
        };
        changed(world.change_feed(name, |feed| feed.ailment = ailment))
    }))
}

#[get("/scripts")]
fn scripts(_world: &State<Arc<World>>) -> VendorResponse {
    VendorResponse::json(200, &guests::list())
}

#[post("/scripts/<name>")]
fn play(world: &State<Arc<World>>, name: &str) -> VendorResponse {
    match guests::play(world, name) {
        Some(phone) => VendorResponse::json(201, &json!({"phone": phone})),
        None => VendorResponse::refusal(404, "no such conversation"),
    }
}

fn outcome(asked: &Value) -> Result<PaymentOutcome, VendorResponse> {
    PaymentOutcome::from_code(asked["action"].as_str().unwrap_or_default()).ok_or_else(|| {
        VendorResponse::refusal(
            422,
            "action must be approve, reject, pending, in_process, cancel, charge_back or mediate",
        )
    })
}

fn occupied(range: &Value) -> Result<Occupied, VendorResponse> {
    let day = |name: &str| range[name].as_str().and_then(|day| day.parse::<Date>().ok());
    match (day("start"), day("end")) {
        (Some(start), Some(end)) if start < end => {
            let text = |name: &str| range[name].as_str().map(str::to_owned);
            Ok(Occupied { start, end, code: text("code"), label: text("label") })
        }
        _ => Err(VendorResponse::refusal(422, "start and end must be days, start first")),
    }
}

fn changed(found: bool) -> Result<VendorResponse, VendorResponse> {
    if found { Ok(done()) } else { Err(VendorResponse::refusal(404, "no such calendar")) }
}

fn set_code(code: &mut Option<i64>, asked: Option<&Value>) {
    if let Some(asked) = asked {
        *code = asked.as_i64();
    }
}

fn set(switch: &mut bool, asked: &Value) {
    *switch = asked.as_bool().unwrap_or(*switch);
}
