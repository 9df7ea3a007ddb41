//! Validation by the Graph API: every documented limit of a message. Lengths are counted in Unicode
//! characters.

use std::collections::BTreeSet;

use serde_json::Value;

use super::account::Template;
use super::errors::Refused;
use super::phones::array;

const TEXT_MAX: usize = 4096;
const BODY_MAX: usize = 1024;
const LIST_BODY_MAX: usize = 4096;
const HEADER_MAX: usize = 60;
const FOOTER_MAX: usize = 60;
const CAPTION_MAX: usize = 1024;
const BUTTONS_MAX: usize = 3;
const BUTTON_TITLE_MAX: usize = 20;
const BUTTON_ID_MAX: usize = 256;
const SECTIONS_MAX: usize = 10;
const ROWS_MAX: usize = 10;
const ROW_ID_MAX: usize = 200;
const ROW_TITLE_MAX: usize = 24;
const ROW_DESCRIPTION_MAX: usize = 72;
const CALLBACK_DATA_MAX: usize = 512;

type Checked = Result<(), Refused>;

/// Checks a message's shape and limits; `media` says whether an uploaded file exists.
pub(super) fn check(message: &Value, media: impl Fn(&str) -> bool) -> Result<String, Refused> {
    if message["messaging_product"] != "whatsapp" {
        return Err(Refused::new(100, "messaging_product must be whatsapp"));
    }
    let recipient_type = &message["recipient_type"];
    if !recipient_type.is_null() && recipient_type != "individual" {
        return Err(Refused::value("recipient_type", "must be individual"));
    }
    if let Some(mark) = message["biz_opaque_callback_data"].as_str() {
        at_most("biz_opaque_callback_data", mark, CALLBACK_DATA_MAX)?;
    }
    // Meta treats a message without type as text.
    let kind = message["type"].as_str().unwrap_or("text").to_owned();
    let content = &message[kind.as_str()];
    if !content.is_object() {
        return Err(Refused::missing(&kind));
    }
    match kind.as_str() {
        "text" => text_of(content, "body", "text.body", TEXT_MAX)?,
        "interactive" => interactive(content, media)?,
        "template" => template(content)?,
        "image" | "document" | "audio" | "video" | "sticker" => file(&kind, content, media)?,
        "location" => location(content)?,
        "reaction" => required(content, "message_id", "reaction.message_id")?,
        "contacts" => {}
        _ => return Err(Refused::new(131_051, format!("type {kind} is not supported"))),
    }
    Ok(kind)
}

/// Checks a template against those of the account.
pub(super) fn approved(content: &Value, templates: &[Template]) -> Checked {
    let name = content["name"].as_str().unwrap_or_default();
    let found = templates.iter().find(|one| one.name == name && content["language"]["code"] == one.language);
    let unknown = || Refused::new(132_001, format!("template name ({name}) does not exist in the language"));
    let template = found.ok_or_else(unknown)?;
    let expected = &template.variables;
    match template.status.as_str() {
        "APPROVED" => {}
        "PAUSED" => return Err(Refused::new(132_015, "Template is paused due to low quality")),
        "DISABLED" => return Err(Refused::new(132_016, "Template is disabled")),
        _ => return Err(unknown()),
    }
    let given = array(&content["components"])
        .iter()
        .filter(|part| part["type"] == "body")
        .map(|part| array(&part["parameters"]).len())
        .sum::<usize>();
    if u64::try_from(given).ok() == Some(*expected) {
        return Ok(());
    }
    Err(Refused::new(
        132_000,
        format!(
            "body: number of localizable_params ({given}) does not match the expected number of params ({expected})"
        ),
    ))
}

fn interactive(content: &Value, media: impl Fn(&str) -> bool) -> Checked {
    if let Some(header) = content.get("header")
        && let Some(kind @ ("image" | "document" | "video")) = header["type"].as_str()
    {
        file(kind, &header[kind], media)?;
    }
    if let Some(header) = content.get("header")
        && header["type"] == "text"
    {
        text_of(header, "text", "interactive.header.text", HEADER_MAX)?;
    }
    if let Some(footer) = content.get("footer") {
        text_of(footer, "text", "interactive.footer.text", FOOTER_MAX)?;
    }
    let kind = content["type"].as_str().unwrap_or_default();
    let body_max = if kind == "list" { LIST_BODY_MAX } else { BODY_MAX };
    text_of(&content["body"], "text", "interactive.body.text", body_max)?;
    let action = &content["action"];
    match kind {
        "button" => buttons(action),
        "list" => list(action),
        "cta_url" => cta_url(action),
        "location_request_message" if action["name"] == "send_location" => Ok(()),
        _ => Err(Refused::value(
            "interactive.type",
            "is not one of button, list, cta_url, location_request_message",
        )),
    }
}

fn buttons(action: &Value) -> Checked {
    let buttons = array(&action["buttons"]);
    if buttons.is_empty() || buttons.len() > BUTTONS_MAX {
        return Err(Refused::value("interactive.action.buttons", "must hold from 1 to 3 buttons"));
    }
    let (mut ids, mut titles) = (BTreeSet::new(), BTreeSet::new());
    for button in buttons {
        if button["type"] != "reply" {
            return Err(Refused::value("button.type", "must be reply"));
        }
        let reply = &button["reply"];
        text_of(reply, "id", "button.reply.id", BUTTON_ID_MAX)?;
        text_of(reply, "title", "button.reply.title", BUTTON_TITLE_MAX)?;
        unique(&mut ids, &reply["id"], "button.reply.id")?;
        unique(&mut titles, &reply["title"], "button.reply.title")?;
    }
    Ok(())
}

fn list(action: &Value) -> Checked {
    text_of(action, "button", "interactive.action.button", BUTTON_TITLE_MAX)?;
    let sections = array(&action["sections"]);
    if sections.is_empty() || sections.len() > SECTIONS_MAX {
        return Err(Refused::value("interactive.action.sections", "must hold from 1 to 10 sections"));
    }
    let mut ids = BTreeSet::new();
    let mut rows_in_total = 0;
    for section in sections {
        if sections.len() > 1 || section.get("title").is_some() {
            text_of(section, "title", "section.title", ROW_TITLE_MAX)?;
        }
        let rows = array(&section["rows"]);
        if rows.is_empty() {
            return Err(Refused::missing("section.rows"));
        }
        rows_in_total += rows.len();
        for row in rows {
            text_of(row, "id", "row.id", ROW_ID_MAX)?;
            text_of(row, "title", "row.title", ROW_TITLE_MAX)?;
            if row.get("description").is_some() {
                text_of(row, "description", "row.description", ROW_DESCRIPTION_MAX)?;
            }
            unique(&mut ids, &row["id"], "row.id")?;
        }
    }
    if rows_in_total > ROWS_MAX {
        return Err(Refused::value("interactive.action.sections", "hold more than 10 rows in total"));
    }
    Ok(())
}

fn cta_url(action: &Value) -> Checked {
    if action["name"] != "cta_url" {
        return Err(Refused::value("interactive.action.name", "must be cta_url"));
    }
    let parameters = &action["parameters"];
    text_of(parameters, "display_text", "parameters.display_text", BUTTON_TITLE_MAX)?;
    web_address(&parameters["url"], "parameters.url")
}

fn template(content: &Value) -> Checked {
    required(content, "name", "template.name")?;
    required(&content["language"], "code", "template.language.code")?;
    let texts = array(&content["components"])
        .iter()
        .flat_map(|part| array(&part["parameters"]))
        .filter_map(|parameter| parameter["text"].as_str());
    for text in texts {
        if text.is_empty() {
            return Err(Refused::missing("template parameter text"));
        }
        if text.contains(['\n', '\t']) || text.contains("    ") {
            return Err(Refused::new(
                132_012,
                "Param text cannot have new-line/tab characters or more than 4 consecutive spaces",
            ));
        }
    }
    Ok(())
}

fn file(kind: &str, content: &Value, media: impl Fn(&str) -> bool) -> Checked {
    if let Some(caption) = content["caption"].as_str() {
        at_most("caption", caption, CAPTION_MAX)?;
    }
    match (content["id"].as_str(), content.get("link")) {
        (Some(id), _) if media(id) => Ok(()),
        (Some(_), _) => Err(Refused::new(131_053, format!("{kind}.id is not an uploaded file"))),
        (None, Some(link)) => web_address(link, "link"),
        (None, None) => Err(Refused::missing(&format!("{kind}.id or {kind}.link"))),
    }
}

fn location(content: &Value) -> Checked {
    for name in ["latitude", "longitude"] {
        let value = &content[name];
        if value.is_null() {
            return Err(Refused::missing(&format!("location.{name}")));
        }
    }
    Ok(())
}

fn web_address(value: &Value, parameter: &str) -> Checked {
    let url = value.as_str().unwrap_or_default();
    if url.starts_with("https://") || url.starts_with("http://") {
        return Ok(());
    }
    Err(Refused::value(parameter, "is not a valid URI"))
}

fn required(holder: &Value, key: &str, parameter: &str) -> Checked {
    match holder[key].as_str() {
        Some(text) if !text.is_empty() => Ok(()),
        _ => Err(Refused::missing(parameter)),
    }
}

fn text_of(holder: &Value, key: &str, parameter: &str, max: usize) -> Checked {
    let text = holder[key].as_str().unwrap_or_default();
    if text.trim().is_empty() {
        return Err(Refused::missing(parameter));
    }
    at_most(parameter, text, max)
}

fn at_most(parameter: &str, text: &str, max: usize) -> Checked {
    if text.chars().count() > max {
        return Err(Refused::value(parameter, &format!("must be at most {max} characters long")));
    }
    Ok(())
}

fn unique(seen: &mut BTreeSet<String>, value: &Value, parameter: &str) -> Checked {
    if seen.insert(value.as_str().unwrap_or_default().to_owned()) {
        return Ok(());
    }
    Err(Refused::value(parameter, "must be unique"))
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
