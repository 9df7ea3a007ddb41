//! Notifications of the simulated WhatsApp, composed from Meta's documentation.

use serde_json::{Value, json};

use super::account::Template;
use super::errors::title_of;
use super::phones::{Guest, Line};
use crate::fake_vendors::clock::unix_seconds;
use crate::fake_vendors::config::FakeVendorsConfig;
use crate::fake_vendors::hook::Hook;
use crate::fake_vendors::sign::hub_signature;

/// Path of casero's webhook for WhatsApp.
const PATH: &str = "/webhooks/whatsapp";
/// The business account that the simulated number belongs to.
pub(in crate::fake_vendors) const ACCOUNT_ID: &str = "204400000000017";
/// The business's number as guests see it; invented, as all 555 numbers.
pub(super) const BUSINESS_NUMBER: &str = "5493885550100";

pub(super) fn message(config: &FakeVendorsConfig, guest: &Guest, line: &Line) -> Hook {
    let mut message = json!({
        "id": line.wamid,
        "timestamp": unix_seconds(line.at),
        "type": line.kind,
        "from_user_id": guest.bsuid,
    });
    if !guest.hides_phone {
        message["from"] = json!(guest.phone);
    }
    if let Some(replied) = &line.context {
        message["context"] = json!({"from": BUSINESS_NUMBER, "id": replied});
    }
    match line.kind.as_str() {
        // These two carry their errors beside the type, not under it.
        "unsupported" => {
            message["errors"] = json!([error_entry(131_051, "Message type is currently not supported.")]);
            message["unsupported"] = line.content.clone();
        }
        kind => message[kind] = line.content.clone(),
    }
    let mut value = value(config);
    if line.kind != "system" {
        value["contacts"] = json!([guest.contact()]);
    }
    value["messages"] = json!([message]);
    let mut hook = hook(config, &guest.phone, &line.kind, &envelope(value));
    hook.wamid = Some(line.wamid.clone());
    hook
}

/// Delivery status of one of casero's messages.
pub(super) fn status(config: &FakeVendorsConfig, guest: &Guest, line: &Line, status: &str, at: i64) -> Hook {
    let mut entry = json!({
        "id": line.wamid,
        "status": status,
        "timestamp": unix_seconds(at),
        "recipient_user_id": guest.bsuid,
    });
    if !guest.hides_phone {
        entry["recipient_id"] = json!(guest.phone);
    }
    if let Some(mark) = &line.callback_data {
        entry["biz_opaque_callback_data"] = json!(mark);
    }
    if status == "sent" {
        let utility = line.kind == "template";
        entry["pricing"] = json!({
            "billable": true,
            "pricing_model": "PMP",
            "category": if utility { "utility" } else { "service" },
            "type": "regular",
        });
    }
    if let (true, Some(code)) = (status == "failed", line.error) {
        entry["errors"] = json!([error_entry(code, title_of(code))]);
    }
    let mut value = value(config);
    if status != "failed" {
        value["contacts"] = json!([guest.contact()]);
    }
    value["statuses"] = json!([entry]);
    hook(config, &guest.phone, status, &envelope(value))
}

/// A template's new state.
pub(super) fn template(config: &FakeVendorsConfig, template: &Template) -> Hook {
    let value = json!({
        "event": template.status,
        "message_template_id": template.id,
        "message_template_name": template.name,
        "message_template_language": template.language.replace('_', "-"),
        "reason": if template.reason.is_empty() { json!("NONE") } else { json!(template.reason) },
    });
    let body = json!({
        "object": "whatsapp_business_account",
        "entry": [{"id": ACCOUNT_ID, "changes": [{"value": value, "field": "message_template_status_update"}]}],
    });
    hook(config, &template.name, "template", &body)
}

/// A notification with any content that the simulator does not model.
pub(super) fn raw(config: &FakeVendorsConfig, subject: &str, body: &Value) -> Hook {
    hook(config, subject, "raw", body)
}

fn value(config: &FakeVendorsConfig) -> Value {
    json!({
        "messaging_product": "whatsapp",
        "metadata": {
            "display_phone_number": BUSINESS_NUMBER,
            "phone_number_id": config.phone_number_id,
        },
    })
}

fn envelope(value: Value) -> Value {
    json!({
        "object": "whatsapp_business_account",
        "entry": [{
            "id": ACCOUNT_ID,
            "changes": [{"value": value, "field": "messages"}],
        }],
    })
}

fn error_entry(code: i64, details: &str) -> Value {
    json!({
        "code": code,
        "title": title_of(code),
        "message": title_of(code),
        "error_data": {"details": details},
        "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
    })
}

fn hook(config: &FakeVendorsConfig, subject: &str, about: &str, body: &Value) -> Hook {
    let body = as_meta_writes(body);
    let signature = hub_signature(&config.app_secret, body.as_bytes());
    Hook::new("whatsapp", subject, about, PATH.to_owned(), body)
        .with("User-Agent", "facebookexternalua".to_owned())
        .with("X-Hub-Signature-256", signature)
}

/// JSON with non-ASCII characters and slashes escaped, as Meta sends it. The signature covers these very
/// bytes, so verifying re-serialised JSON fails.
fn as_meta_writes(body: &Value) -> String {
    let mut written = String::new();
    for letter in body.to_string().chars() {
        match letter {
            '/' => written.push_str("\\/"),
            ascii if ascii.is_ascii() => written.push(ascii),
            other => {
                let mut units = [0; 2];
                for unit in other.encode_utf16(&mut units) {
                    written.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_escaped_as_meta_does_and_still_mean_the_same() {
        let body = json!({"body": "¿año? 🏡 https://a/b \"x\""});
        let written = as_meta_writes(&body);
        assert!(written.is_ascii());
        assert!(written.contains("a\\u00f1o"), "{written}");
        assert!(written.contains("\\ud83c\\udfe1"), "{written}");
        assert!(written.contains("https:\\/\\/a\\/b"), "{written}");
        let read: Value = serde_json::from_str(&written).expect("JSON");
        assert_eq!(read, body);
    }
}
