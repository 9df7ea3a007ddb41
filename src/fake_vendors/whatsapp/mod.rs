//! The simulated WhatsApp Cloud API: casero's calls, and guests' actions.

pub mod account;
mod acts;
mod call;
mod check;
mod errors;
mod events;
mod files;
pub mod management;
pub mod phones;
mod sending;

use std::sync::Arc;

use rocket::form::{Form, FromForm};
use rocket::fs::TempFile;
use rocket::{Route, State, get, post, routes};
use serde_json::{Value, json};
use tokio::io::AsyncReadExt;

pub use acts::{FileWords, GuestMessage, NewGuest};

/// Id of the business account that the number belongs to.
pub const ACCOUNT_ID: &str = events::ACCOUNT_ID;

use self::call::{Version, admit, answer, authorised};
use self::errors::Refused;
use super::caller::Caller;
use super::faults::Target;
use super::response::{VendorResponse, through};
use super::world::World;

/// The version that [`super::FakeVendors::whatsapp_url`] names; any other is served as well.
pub(super) const VERSION: &str = "v26.0";

pub(super) fn routes() -> Vec<Route> {
    [routes![send, upload, object, download], management::routes()].concat()
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
            if world.look(|scene| scene.phones.behaviour.refuses_uploads) {
                return Err(Refused::new(131_016, "Service unavailable"));
            }
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
                let (registered, on_app) =
                    world.look(|scene| (scene.phones.account.registered, scene.phones.account.on_app));
                return Ok(json!({
                    "status": if registered { "CONNECTED" } else { "PENDING" },
                    "name_status": "APPROVED",
                    "is_on_biz_app": on_app,
                    "whatsapp_business_manager_messaging_limit": "TIER_250",
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

async fn bytes_of(file: &TempFile<'_>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut reader = file.open().await.ok()?;
    reader.read_to_end(&mut bytes).await.ok()?;
    Some(bytes)
}
