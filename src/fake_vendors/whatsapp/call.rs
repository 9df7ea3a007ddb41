//! What every call to the simulated Graph API needs: its version, its token, its answer.

use rocket::request::FromParam;
use serde_json::Value;

use super::errors::Refused;
use crate::fake_vendors::caller::Caller;
use crate::fake_vendors::response::VendorResponse;
use crate::fake_vendors::world::World;

/// A Graph API version in an address: `v` and a number.
pub(super) struct Version;

impl<'r> FromParam<'r> for Version {
    type Error = &'r str;

    fn from_param(param: &'r str) -> Result<Self, &'r str> {
        let number = param.strip_prefix('v').ok_or(param)?;
        let plausible = number.contains('.') && number.chars().all(|c| c == '.' || c.is_ascii_digit());
        if plausible { Ok(Self) } else { Err(param) }
    }
}

/// Whether the token holds and the number is ours.
pub(super) fn admit(world: &World, caller: &Caller, phone_id: &str) -> Result<(), Refused> {
    authorised(world, caller)?;
    if phone_id == world.config.phone_number_id {
        return Ok(());
    }
    Err(Refused::new(
        33,
        format!("Object with ID '{phone_id}' does not exist or cannot be loaded due to missing permissions"),
    ))
}

pub(super) fn authorised(world: &World, caller: &Caller) -> Result<(), Refused> {
    if caller.bearer.as_deref() == Some(world.config.access_token.as_str()) {
        return Ok(());
    }
    Err(Refused::new(190, "Invalid OAuth access token"))
}

pub(super) fn answer(world: &World, outcome: Result<Value, Refused>) -> VendorResponse {
    match outcome {
        Ok(body) => VendorResponse::json(200, &body),
        Err(refused) => refused.answer(&world.change(|scene| scene.ids.token())),
    }
}
