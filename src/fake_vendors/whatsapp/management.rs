//! The management calls of the Graph API: registration, subscription and message templates, with their approvals.

use std::sync::Arc;
use std::time::Duration;

use rocket::{Route, State, get, post, routes};
use serde_json::{Value, json};

use super::account::Template;
use super::call::{Version, admit as admit_number, answer, authorised};
use super::errors::Refused;
use super::events;
use super::phones::array;
use crate::fake_vendors::caller::Caller;
use crate::fake_vendors::faults::Target;
use crate::fake_vendors::response::{VendorResponse, through};
use crate::fake_vendors::world::{Scene, World};

/// Time after which a submitted template is approved.
const REVIEW: Duration = Duration::from_millis(150);
/// Longest name of a template.
const NAME_MAX: usize = 512;
/// Longest body.
const BODY_MAX: usize = 1024;
/// Templates of one page of the list.
const PAGE: usize = 25;

pub(super) fn routes() -> Vec<Route> {
    routes![register, subscriptions, subscribe, templates, create]
}

#[post("/<_version>/<id>/register", data = "<body>", rank = 20)]
async fn register(
    world: &State<Arc<World>>,
    caller: Caller,
    _version: Version,
    id: &str,
    body: Vec<u8>,
) -> VendorResponse {
    through(world, Target::Whatsapp, || {
        let done = admit_number(world, &caller, id).and_then(|()| {
            let asked = parsed(&body)?;
            let pin = asked["pin"].as_str().unwrap_or_default().to_owned();
            if pin.len() != 6 || !pin.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(Refused::value("pin", "must be six digits"));
            }
            world.change(|scene| {
                let account = &mut scene.phones.account;
                if account.pin.as_ref().is_some_and(|known| *known != pin) {
                    return Err(Refused::new(133_005, "Two-step verification PIN mismatch"));
                }
                account.pin = Some(pin);
                account.registered = true;
                Ok(json!({"success": true}))
            })
        });
        answer(world, done)
    })
    .await
}

/// Answers a call about the business account by `act`, once the caller may make it.
async fn of_account(
    world: &State<Arc<World>>,
    caller: &Caller,
    id: &str,
    act: impl FnOnce() -> Result<Value, Refused>,
) -> VendorResponse {
    through(world, Target::Whatsapp, || {
        let done = admit(world, caller, id).and_then(|()| act());
        answer(world, done)
    })
    .await
}

#[get("/<_version>/<id>/subscribed_apps", rank = 20)]
async fn subscriptions(
    world: &State<Arc<World>>,
    caller: Caller,
    _version: Version,
    id: &str,
) -> VendorResponse {
    of_account(world, &caller, id, || {
        let subscribed = world.look(|scene| scene.phones.account.subscribed);
        let app =
            json!({"whatsapp_business_api_data": {"id": "670000000000019", "name": "casero", "link": ""}});
        Ok(json!({"data": if subscribed { vec![app] } else { Vec::new() }}))
    })
    .await
}

#[post("/<_version>/<id>/subscribed_apps", rank = 20)]
async fn subscribe(world: &State<Arc<World>>, caller: Caller, _version: Version, id: &str) -> VendorResponse {
    of_account(world, &caller, id, || {
        world.change(|scene| scene.phones.account.subscribed = true);
        Ok(json!({"success": true}))
    })
    .await
}

/// A page of the list; `after` is the place from which it goes on.
#[get("/<_version>/<id>/message_templates?<after>", rank = 20)]
async fn templates(
    world: &State<Arc<World>>,
    caller: Caller,
    _version: Version,
    id: &str,
    after: Option<usize>,
) -> VendorResponse {
    of_account(world, &caller, id, || {
        world.look(|scene| {
            let all = &scene.phones.account.templates;
            let from = after.unwrap_or(0).min(all.len());
            let until = (from + PAGE).min(all.len());
            let data: Vec<Value> = all[from..until].iter().map(Template::to_json).collect();
            let mut page = json!({"data": data, "paging": {"cursors": {"after": until.to_string()}}});
            if until < all.len() {
                page["paging"]["next"] = json!(format!("{}/next", world.base_url()));
            }
            Ok(page)
        })
    })
    .await
}

#[post("/<_version>/<id>/message_templates", data = "<body>", rank = 20)]
async fn create(
    world: &State<Arc<World>>,
    caller: Caller,
    _version: Version,
    id: &str,
    body: Vec<u8>,
) -> VendorResponse {
    of_account(world, &caller, id, || {
        let submitted = checked(&parsed(&body)?)?;
        let (name, language) = (submitted.name.clone(), submitted.language.clone());
        let (made, approves) = world.change(|scene| {
            let account = &mut scene.phones.account;
            if account.template(&name, &language).is_some() {
                return Err(Refused::new(100, "Content in this language already exists"));
            }
            let id = account.templates.len() as u64 + 1;
            account.templates.push(Template { id, ..submitted });
            let made = json!({"id": id.to_string(), "status": "PENDING", "category": "UTILITY"});
            Ok((made, account.approves))
        })?;
        if approves {
            world.later(REVIEW, move |world| {
                world.change(|scene| change(world, scene, &name, &language, "APPROVED", ""));
            });
        }
        Ok(made)
    })
    .await
}

/// Gives a template a state, and notifies it; `false` when there is no such template.
pub(in crate::fake_vendors) fn change(
    world: &World,
    scene: &mut Scene,
    name: &str,
    language: &str,
    status: &str,
    reason: &str,
) -> bool {
    let Some(template) = scene.phones.account.template(name, language) else { return false };
    status.clone_into(&mut template.status);
    reason.clone_into(&mut template.reason);
    let template = template.clone();
    let hook = events::template(&world.config, &template);
    world.post(scene, hook);
    true
}

fn admit(world: &World, caller: &Caller, account_id: &str) -> Result<(), Refused> {
    authorised(world, caller)?;
    if account_id == events::ACCOUNT_ID {
        return Ok(());
    }
    Err(Refused::new(33, format!("Object with ID '{account_id}' does not exist")))
}

fn parsed(body: &[u8]) -> Result<Value, Refused> {
    serde_json::from_slice(body).map_err(|_| Refused::new(100, "The request body is not valid JSON"))
}

/// A submitted template within the documented rules.
fn checked(asked: &Value) -> Result<Template, Refused> {
    let text = |key: &str| asked[key].as_str().unwrap_or_default().to_owned();
    let (name, language, category) = (text("name"), text("language"), text("category"));
    let named = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'_';
    if name.is_empty() || name.len() > NAME_MAX || !name.bytes().all(named) {
        return Err(Refused::new(100, "Invalid parameter: name"));
    }
    if language.is_empty() {
        return Err(Refused::missing("language"));
    }
    let body = array(&asked["components"]).iter().find(|part| part["type"] == "BODY");
    let body = body.ok_or_else(|| Refused::missing("components"))?;
    let variables = match category.as_str() {
        "UTILITY" | "MARKETING" => body_variables(body)?,
        "AUTHENTICATION" if body["text"].is_null() => 1,
        _ => return Err(Refused::new(100, "Invalid parameter: category")),
    };
    let status = "PENDING".to_owned();
    Ok(Template { id: 0, name, language, category, status, reason: String::new(), variables })
}

/// The number of a body's variables; they stand in order, with words around and between them, and have samples.
fn body_variables(body: &Value) -> Result<u64, Refused> {
    let text = body["text"].as_str().unwrap_or_default();
    if text.is_empty() || text.chars().count() > BODY_MAX {
        return Err(Refused::new(100, "Message template length is out of range (2388040)"));
    }
    let mut rest = text;
    let mut variables = 0;
    let has_words = |text: &str| text.chars().any(char::is_alphabetic);
    while let Some(at) = rest.find("{{") {
        variables += 1;
        let mark = format!("{{{{{variables}}}}}");
        if !rest[at..].starts_with(&mark) || !has_words(&rest[..at]) {
            return Err(Refused::new(100, "Variables must be in sequence and not lead or adjoin (2388299)"));
        }
        rest = &rest[at + mark.len()..];
    }
    if variables > 0 && !has_words(rest) {
        return Err(Refused::new(100, "Variables can't be at the end of the template (2388299)"));
    }
    let words = text.split_whitespace().count() as u64 - variables;
    if words < 2 * variables + 1 {
        return Err(Refused::new(100, "Too many variables for its length (2388293)"));
    }
    let samples = array(&body["example"]["body_text"]).first().map_or(0, |first| array(first).len());
    if samples as u64 != variables {
        return Err(Refused::new(100, "Samples for all variables are required (2388043)"));
    }
    Ok(variables)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str, samples: &[&str]) -> Value {
        json!({"type": "BODY", "text": text, "example": {"body_text": [samples]}})
    }

    #[test]
    fn a_body_needs_words_around_and_between_its_variables_and_a_sample_for_each() {
        let fine = body("Te escribimos de {{1}} por tu reserva: {{2}} Respondé acá.", &["a", "b"]);
        assert_eq!(body_variables(&fine), Ok(2));
        for (text, samples) in [
            ("{{1}} te escribe por tu reserva de enero", vec!["a"]),
            ("Te escribimos por tu reserva de {{1}}.", vec!["a"]),
            ("Te escribimos de {{1}} {{2}} por tu reserva", vec!["a", "b"]),
            ("Hola {{2}}, tu reserva de {{1}} quedó lista hoy", vec!["a", "b"]),
            ("Aviso {{1}} ok", vec!["a"]),
            ("Te escribimos de {{1}} por tu reserva de enero", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(
                body_variables(&body(text, &samples)).map_err(|refused| refused.code),
                Err(100),
                "{text}"
            );
        }
    }
}
