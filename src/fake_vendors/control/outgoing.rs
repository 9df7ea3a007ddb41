//! Control API: the mail server and the push service.

use std::sync::Arc;

use rocket::{Route, State, get, put, routes};
use serde_json::{Value, json};

use super::answers::{done, parse, said};
use crate::fake_vendors::letters::Letter;
use crate::fake_vendors::response::VendorResponse;
use crate::fake_vendors::world::World;

pub(super) fn routes() -> Vec<Route> {
    routes![letters, mail, pushed, push]
}

/// All letters, the oldest first.
#[get("/mail")]
fn letters(world: &State<Arc<World>>) -> VendorResponse {
    let letters: Vec<Value> = world.look(|scene| scene.post.letters.iter().map(Letter::to_json).collect());
    VendorResponse::json(200, &json!({"letters": letters}))
}

/// Behaviour of the mail server: `{"refuses_login"?, "refuses_recipient"?}`, each a code, or null for none.
#[put("/mail", data = "<body>")]
fn mail(world: &State<Arc<World>>, body: Vec<u8>) -> VendorResponse {
    said(parse(&body).map(|asked| {
        world.change(|scene| {
            set(&mut scene.post.refuses_login, asked.get("refuses_login"));
            set(&mut scene.post.refuses_recipient, asked.get("refuses_recipient"));
        });
        done()
    }))
}

/// What an endpoint received.
#[get("/push/<name>")]
fn pushed(world: &State<Arc<World>>, name: &str) -> VendorResponse {
    let received = world.look(|scene| scene.push.get(name).map(|endpoint| endpoint.received.clone()));
    VendorResponse::json(200, &json!({"received": received.unwrap_or_default()}))
}

/// Behaviour of an endpoint: `{"answers"}`, a status for every message, or null for none.
#[put("/push/<name>", data = "<body>")]
fn push(world: &State<Arc<World>>, name: &str, body: Vec<u8>) -> VendorResponse {
    said(parse(&body).map(|asked| {
        world.change(|scene| {
            set(&mut scene.push.entry(name.to_owned()).or_default().answers, asked.get("answers"));
        });
        done()
    }))
}

fn set(code: &mut Option<u16>, asked: Option<&Value>) {
    if let Some(asked) = asked {
        *code = asked.as_u64().and_then(|code| u16::try_from(code).ok());
    }
}
