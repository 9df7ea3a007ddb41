//! The simulated WhatsApp Cloud API: casero's calls, and guests' actions.

mod acts;
mod check;
mod errors;
mod events;
mod files;
pub mod phones;
mod sending;

use std::sync::Arc;

use rocket::form::{Form, FromForm};
use rocket::fs::TempFile;
use rocket::request::FromParam;
use rocket::{Route, State, get, post, routes};
use serde_json::{Value, json};
use tokio::io::AsyncReadExt;

pub use acts::{GuestMessage, NewGuest};

use self::errors::Refused;
use super::caller::Caller;
use super::faults::Target;
use super::response::{VendorResponse, through};
use super::world::World;

/// The version that [`super::FakeVendors::whatsapp_url`] names; any other is served as well.
pub(super) const VERSION: &str = "v26.0";

pub(super) fn routes() -> Vec<Route> {
    routes![send, upload, object, download]
}

/// A Graph API version in an address: `v` and a number.
struct Version;

impl<'r> FromParam<'r> for Version {
    type Error = &'r str;

    fn from_param(param: &'r str) -> Result<Self, &'r str> {
        let number = param.strip_prefix('v').ok_or(param)?;
        let plausible = number.contains('.') && number.chars().all(|c| c == '.' || c.is_ascii_digit());
        if plausible { Ok(Self) } else { Err(param) }
    }
}

#[post("/<_version>/<phone_id>/messages", data = "<body>", rank = 20)]
async fn send(
    world: &State<Arc<World>>,
    caller: Caller,
    _version: Version,
    phone_id: &str,
    body: Vec<u8>,
) -> VendorResponse {
    through(world, Target::Whatsapp, || {
        let accepted = admit(world, &caller, phone_id).and_then(|()| {
            let message: Value = serde_json::from_slice(&body)
                .map_err(|_| Refused::new(100, "The request body is not valid JSON"))?;
            if message["status"] == "read" {
                return sending::mark_read(world, &message);
            }
            sending::accept(world, &message)
        });
        answer(world, accepted)
    })
    .await
}

/// The upload form; `type` repeats the file's media type.
#[derive(FromForm)]
struct Upload<'r> {
    messaging_product: String,
    file: TempFile<'r>,
    r#type: Option<String>,
}

#[post("/<_version>/<phone_id>/media", data = "<form>", rank = 20)]
async fn upload(
    world: &State<Arc<World>>,
    caller: Caller,
    _version: Version,
    phone_id: &str,
    form: Form<Upload<'_>>,
) -> VendorResponse {
    let bytes = bytes_of(&form.file).await;
    through(world, Target::Whatsapp, || {
        let stored = admit(world, &caller, phone_id).and_then(|()| {
            if form.messaging_product != "whatsapp" {
                return Err(Refused::new(100, "messaging_product must be whatsapp"));
            }
            let declared = form.file.content_type().map(ToString::to_string);
            let mime_type =
                declared.or_else(|| form.r#type.clone()).ok_or_else(|| Refused::missing("type"))?;
            let bytes = bytes.ok_or_else(|| Refused::missing("file"))?;
            files::store_upload(world, &mime_type, bytes)
        });
        answer(world, stored)
    })
    .await
}

/// A phone number or a file, as `GET /{id}` names both.
#[get("/<_version>/<id>", rank = 20)]
async fn object(world: &State<Arc<World>>, caller: Caller, _version: Version, id: &str) -> VendorResponse {
    through(world, Target::Whatsapp, || {
        let found = authorised(world, &caller).and_then(|()| {
            if id == world.config.phone_number_id {
                return Ok(json!({
                    "verified_name": "Cabañas Puerta del Valle",
                    "display_phone_number": format!("+{}", events::BUSINESS_NUMBER),
                    "quality_rating": "GREEN",
                    "code_verification_status": "VERIFIED",
                    "platform_type": "CLOUD_API",
                    "throughput": {"level": "STANDARD"},
                    "id": id,
                }));
            }
            files::describe(world, id)
        });
        answer(world, found)
    })
    .await
}

#[get("/whatsapp_business/attachments/<token>")]
async fn download(world: &State<Arc<World>>, caller: Caller, token: &str) -> VendorResponse {
    through(world, Target::Whatsapp, || match authorised(world, &caller) {
        Ok(()) => files::bytes(world, token)
            .unwrap_or_else(|| VendorResponse::bytes(404, "text/plain", "Not Found")),
        Err(refused) => answer(world, Err(refused)),
    })
    .await
}

fn admit(world: &World, caller: &Caller, phone_id: &str) -> Result<(), Refused> {
    authorised(world, caller)?;
    if phone_id == world.config.phone_number_id {
        return Ok(());
    }
    Err(Refused::new(
        33,
        format!("Object with ID '{phone_id}' does not exist or cannot be loaded due to missing permissions"),
    ))
}

fn authorised(world: &World, caller: &Caller) -> Result<(), Refused> {
    if caller.bearer.as_deref() == Some(world.config.access_token.as_str()) {
        return Ok(());
    }
    Err(Refused::new(190, "Invalid OAuth access token"))
}

fn answer(world: &World, outcome: Result<Value, Refused>) -> VendorResponse {
    match outcome {
        Ok(body) => VendorResponse::json(200, &body),
        Err(refused) => refused.answer(&world.change(|scene| scene.ids.token())),
    }
}

async fn bytes_of(file: &TempFile<'_>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut reader = file.open().await.ok()?;
    reader.read_to_end(&mut bytes).await.ok()?;
    Some(bytes)
}
