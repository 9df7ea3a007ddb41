//! WhatsApp Business Cloud API.
//!
//! The Argentine 9: a mobile's number exists with and without it, and a test number accepts only the form
//! without. A message is first sent to the given form and, when that is not allowed or not reachable, once to
//! the other; the form that worked is returned, to be used from then on.

mod account;
mod codes;
mod read;
mod sign;
mod uploads;
mod wire;
mod write;

use super::breaker::Breaker;
use super::http::{Http, HttpResponse, detail_of, in_doubt};
use crate::config::Secret;
use crate::domain::message::Message;
use crate::domain::phone::Phone;
use crate::domain::provider::OutageCause;
use crate::ports::clock::Clock;
use crate::ports::error::PortError;
use crate::ports::whatsapp::{HookReading, Media, MediaRef, OTHER_FORM, Recipient, Sent, Upload, WhatsApp};
use data_encoding::{BASE64, HEXLOWER_PERMISSIVE};
use ring::digest::{SHA256, digest};
use serde_json::json;
use std::sync::Arc;
use uploads::Uploads;
use ureq::http::{Request, Uri};
use ureq::unversioned::multipart::{Form, Part};

/// Largest voice note or picture; WhatsApp's own limit for audio.
const MEDIA_BYTES_MAX: u64 = 16 * 1024 * 1024;
/// WhatsApp's file hosts. The token is sent to no other.
const MEDIA_HOSTS: [&str; 3] = ["lookaside.fbsbx.com", ".fbcdn.net", ".whatsapp.net"];

/// Credentials and address of the API.
#[derive(Clone)]
pub struct WhatsAppSettings {
    pub access_token: Secret,
    pub phone_number_id: String,
    pub app_secret: Secret,
    /// Token of the verification request.
    pub verify_token: Secret,
    /// Id of the business account, if it is set.
    pub business_account_id: Option<String>,
    /// Base address with its version, without a trailing slash.
    pub api_url: String,
}

pub struct CloudApi {
    settings: WhatsAppSettings,
    http: Http,
    breaker: Breaker,
    /// Files go another way than messages: what fails there stops no message.
    files_breaker: Breaker,
    uploads: Uploads,
}

impl CloudApi {
    pub fn new(settings: WhatsAppSettings, clock: Arc<dyn Clock>) -> CloudApi {
        let files_breaker = Breaker::new("whatsapp_files", Arc::clone(&clock));
        let uploads = Uploads::new(Arc::clone(&clock));
        let breaker = Breaker::new("whatsapp", clock);
        CloudApi { settings, http: Http::new(), breaker, files_breaker, uploads }
    }

    fn url(&self, path: &str) -> String {
        format!("{}/{path}", self.settings.api_url.trim_end_matches('/'))
    }

    fn request(&self, method: &str, url: &str) -> ureq::http::request::Builder {
        let bearer = format!("Bearer {}", self.settings.access_token.expose());
        Request::builder().method(method).uri(url).header("authorization", bearer)
    }

    fn post(&self, path: &str, body: &serde_json::Value) -> Result<HttpResponse, PortError> {
        let request = self.request("POST", &self.url(path)).header("content-type", "application/json");
        let request = request.body(body.to_string()).map_err(|_| unusable())?;
        self.breaker.call(|| sound(self.http.ask(request)?))
    }

    fn get(&self, url: &str) -> Result<HttpResponse, PortError> {
        let request = self.request("GET", url).body(()).map_err(|_| unusable())?;
        self.breaker.call(|| sound(self.http.ask(request)?))
    }

    fn send_once(
        &self,
        to: &Recipient,
        message: &Message,
        file: Option<&Upload>,
        tag: &str,
    ) -> Result<Sent, PortError> {
        let uploaded = file.map(|file| self.upload(file)).transpose()?;
        let body = write::request(to, message, tag, uploaded.as_deref());
        let answer = self.post(&format!("{}/messages", self.settings.phone_number_id), &body);
        if let (Err(PortError::Permanent { .. }), Some(file)) = (&answer, file) {
            self.uploads.forget(file);
        }
        let answer = answer?;
        // It was accepted, even if the answer is unreadable: a retry would send it twice.
        let accepted: wire::Accepted = answer.json().map_err(|_| in_doubt())?;
        let message_id = accepted.messages.into_iter().next().ok_or_else(in_doubt)?.id;
        let reached = accepted.contacts.into_iter().next().and_then(|contact| contact.wa_id);
        Ok(Sent { message_id, used: None, reached })
    }

    /// The id of a file at Meta, which gets it unless it has it.
    fn upload(&self, file: &Upload) -> Result<String, PortError> {
        if let Some(id) = self.uploads.id_of(file) {
            return Ok(id);
        }
        let id = self.post_file(file)?;
        self.uploads.keep(file, &id);
        Ok(id)
    }

    fn post_file(&self, Upload { bytes, mime, filename }: &Upload) -> Result<String, PortError> {
        let file = Part::bytes(bytes).file_name(filename).mime_str(mime).map_err(|_| unusable())?;
        let form = Form::new().text("messaging_product", "whatsapp").text("type", mime).part("file", file);
        let kind = format!("multipart/form-data; boundary={}", form.boundary());
        let url = self.url(&format!("{}/media", self.settings.phone_number_id));
        let request = self.request("POST", &url).header("content-type", kind);
        let request = request.body(form).map_err(|_| unusable())?;
        let answer = self.files_breaker.call(|| sound(self.http.upload(request)?)).map_err(of_upload)?;
        Ok(answer.json::<wire::Uploaded>().map_err(of_upload)?.id)
    }

    /// Whether the token may be sent to this address: WhatsApp's file hosts over https, or the API itself.
    fn trusts(&self, url: &str) -> bool {
        let Ok(uri) = url.parse::<Uri>() else { return false };
        let api = self.settings.api_url.parse::<Uri>().ok();
        if api.is_some_and(|api| api.scheme() == uri.scheme() && api.authority() == uri.authority()) {
            return true;
        }
        let host = uri.host().unwrap_or_default().to_ascii_lowercase();
        let known =
            |known: &&str| known.strip_prefix('.').map_or(host == **known, |_| host.ends_with(*known));
        uri.scheme_str() == Some("https") && uri.port().is_none() && MEDIA_HOSTS.iter().any(known)
    }

    fn place_of(&self, id: &str) -> Result<wire::MediaPlace, PortError> {
        if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte)) {
            return Err(unusable());
        }
        let url = self.url(&format!("{id}?phone_number_id={}", self.settings.phone_number_id));
        self.get(&url)?.json()
    }

    fn fetch_from(&self, place: &wire::MediaPlace) -> Result<Vec<u8>, PortError> {
        if !self.trusts(&place.url) {
            return Err(refused("untrusted_host", "a file on a host that is not WhatsApp's"));
        }
        let announced = place.file_size.as_deref().and_then(|size| size.parse::<u64>().ok());
        if announced.is_some_and(|size| size > MEDIA_BYTES_MAX) {
            return Err(refused("too_large", "a file larger than we take"));
        }
        let request = self.request("GET", &place.url).body(()).map_err(|_| unusable())?;
        Ok(self.breaker.call(|| sound(self.http.file(request, MEDIA_BYTES_MAX)?))?.body)
    }
}

impl WhatsApp for CloudApi {
    fn is_on(&self) -> bool {
        true
    }

    fn knows_verify_token(&self, token: &str) -> bool {
        sign::equal_in_constant_time(self.settings.verify_token.expose(), token)
    }

    fn is_authentic(&self, body: &[u8], signature: Option<&str>) -> bool {
        sign::is_authentic(self.settings.app_secret.expose(), body, signature)
    }

    fn read_hook(&self, body: &[u8]) -> HookReading {
        read::read(body, &self.settings.phone_number_id)
    }

    fn send(
        &self,
        to: &Recipient,
        message: &Message,
        file: Option<&Upload>,
        tag: &str,
    ) -> Result<Sent, PortError> {
        let first = self.send_once(to, message, file, tag);
        let other = match (&first, to) {
            (Err(PortError::Permanent { code, .. }), Recipient::Phone(phone))
                if OTHER_FORM.contains(&code.as_str()) =>
            {
                Phone::parse(phone).and_then(|phone| phone.alternative())
            }
            _ => None,
        };
        match other {
            None => first,
            Some(phone) => {
                let other = Recipient::Phone(phone.digits().to_owned());
                // When neither form works, the first refusal is about the number as the guest has it.
                match self.send_once(&other, message, file, tag) {
                    Ok(sent) => Ok(Sent { used: Some(other), ..sent }),
                    Err(PortError::Permanent { .. }) => first,
                    Err(error) => Err(error),
                }
            }
        }
    }

    fn show_typing(&self, message_id: &str) -> Result<(), PortError> {
        let body = json!({
            "messaging_product": "whatsapp", "status": "read", "message_id": message_id,
            "typing_indicator": { "type": "text" },
        });
        self.post(&format!("{}/messages", self.settings.phone_number_id), &body).map(drop)
    }

    fn fetch_media(&self, media: &MediaRef) -> Result<Media, PortError> {
        let place = self.place_of(&media.id)?;
        // A file's address is valid for five minutes; an expired one is renewed once.
        let (place, bytes) = match self.fetch_from(&place) {
            Err(PortError::Permanent { code, .. }) if code == "http_404" => {
                let place = self.place_of(&media.id)?;
                let bytes = self.fetch_from(&place)?;
                (place, bytes)
            }
            other => (place, other?),
        };
        let digests = [media.sha256.as_deref(), place.sha256.as_deref()];
        if digests.into_iter().flatten().filter_map(digest_from).any(|known| !is_digest_of(&known, &bytes)) {
            return Err(PortError::Transient { after: None, code: "wrong_digest".into() });
        }
        let mime = if place.mime_type.is_empty() { media.mime.clone() } else { place.mime_type };
        Ok(Media { bytes, mime })
    }

    fn number(&self) -> Result<String, PortError> {
        let url = self.url(&format!("{}?fields=display_phone_number", self.settings.phone_number_id));
        let number: wire::Number = self.get(&url)?.json()?;
        Ok(number.display_phone_number.unwrap_or_default())
    }
}

/// A failure of an upload. Nothing was sent yet, and it says nothing about messages: neither a doubt nor an outage.
fn of_upload(error: PortError) -> PortError {
    match error {
        PortError::Transient { after, code } => {
            PortError::Transient { after, code: format!("upload_{code}") }
        }
        PortError::Open(after) => {
            PortError::Transient { after: Some(after), code: "upload_circuit_open".into() }
        }
        PortError::Permanent { code, detail } => {
            PortError::Permanent { code: format!("upload_{code}"), detail }
        }
        PortError::Account { .. } | PortError::Off => error,
    }
}

/// A SHA-256 in hex (API) or base64 (notifications); `None` for anything else.
fn digest_from(text: &str) -> Option<Vec<u8>> {
    let hex = HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok();
    let known = hex.or_else(|| BASE64.decode(text.as_bytes()).ok())?;
    (known.len() == SHA256.output_len()).then_some(known)
}

fn is_digest_of(known: &[u8], bytes: &[u8]) -> bool {
    digest(&SHA256, bytes).as_ref() == known
}

/// A successful answer, or the failure of the vendor's code.
fn sound(answer: HttpResponse) -> Result<HttpResponse, PortError> {
    if answer.is_success() {
        return Ok(answer);
    }
    let Ok(wire::Refused { error }) = serde_json::from_slice::<wire::Refused>(&answer.body) else {
        return Err(answer.failure(""));
    };
    let words = error.error_data.and_then(|data| data.details).unwrap_or(error.message);
    Err(match codes::failure(error.code, answer.after, &words) {
        Some(failure) => failure,
        None if error.is_transient || answer.status >= 500 || answer.status == 429 => {
            PortError::Transient { after: answer.after, code: format!("wa_{}", error.code) }
        }
        None if answer.status == 401 => {
            let code = format!("wa_{}", error.code);
            PortError::Account { cause: OutageCause::Token, code, detail: detail_of(&words) }
        }
        None => codes::permanent(error.code, &words),
    })
}

fn refused(code: &str, detail: &str) -> PortError {
    PortError::Permanent { code: code.into(), detail: detail.into() }
}

fn unusable() -> PortError {
    refused("bad_request", "the request or its answer could not be used")
}

/// WhatsApp without credentials: nothing is authentic, nothing is sent.
pub struct WhatsAppOff;

impl WhatsApp for WhatsAppOff {
    fn is_on(&self) -> bool {
        false
    }

    fn knows_verify_token(&self, _token: &str) -> bool {
        false
    }

    fn is_authentic(&self, _body: &[u8], _signature: Option<&str>) -> bool {
        false
    }

    fn read_hook(&self, _body: &[u8]) -> HookReading {
        HookReading::default()
    }

    fn send(
        &self,
        _to: &Recipient,
        _message: &Message,
        _file: Option<&Upload>,
        _tag: &str,
    ) -> Result<Sent, PortError> {
        Err(PortError::Off)
    }

    fn show_typing(&self, _message_id: &str) -> Result<(), PortError> {
        Err(PortError::Off)
    }

    fn fetch_media(&self, _media: &MediaRef) -> Result<Media, PortError> {
        Err(PortError::Off)
    }

    fn number(&self) -> Result<String, PortError> {
        Err(PortError::Off)
    }
}

#[cfg(test)]
#[path = "client_tests.rs"]
mod client_tests;
