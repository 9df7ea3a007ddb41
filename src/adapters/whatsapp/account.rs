//! The business account behind the number, by the management calls of the Graph API
//! (developers.facebook.com/docs/graph-api/reference/whats-app-business-account).

use super::wire::{Acknowledged, CreatedTemplate, NumberFields, Subscriptions, TemplatePage};
use super::{CloudApi, unusable};
use crate::domain::code::Coded;
use crate::domain::whatsapp_account::{NumberState, TemplateState};
use crate::ports::error::PortError;
use crate::ports::whatsapp_account::{NewTemplate, WhatsAppAccount};
use serde_json::{Value, json};

/// What is asked about the number.
const NUMBER_FIELDS: &str = "display_phone_number,verified_name,status,name_status,quality_rating,is_on_biz_app,\
                             whatsapp_business_manager_messaging_limit";
/// Templates asked for at once.
const PAGE: u32 = 200;
/// Most pages read: an account has room for 6000 templates.
const PAGES_MAX: usize = 40;
/// Minutes for which a code counts, as its template says.
const CODE_MINUTES: u32 = 30;

impl WhatsAppAccount for CloudApi {
    fn is_on(&self) -> bool {
        true
    }

    fn account_id(&self) -> Option<String> {
        self.settings.business_account_id.clone()
    }

    fn number_state(&self) -> Result<NumberState, PortError> {
        let path = format!("{}?fields={NUMBER_FIELDS}", self.settings.phone_number_id);
        let said: NumberFields = self.get(&self.url(&path))?.json()?;
        let word = |said: Option<String>| said.unwrap_or_default().to_ascii_lowercase();
        Ok(NumberState {
            number: said.display_phone_number.unwrap_or_default(),
            name: said.verified_name.unwrap_or_default(),
            status: word(said.status),
            name_status: word(said.name_status),
            quality: word(said.quality_rating),
            messaging_limit: word(said.whatsapp_business_manager_messaging_limit),
            on_app: said.is_on_biz_app,
        })
    }

    fn register(&self, pin: &str) -> Result<(), PortError> {
        let body = json!({ "messaging_product": "whatsapp", "pin": pin });
        self.post(&format!("{}/register", self.settings.phone_number_id), &body).map(drop)
    }

    fn is_subscribed(&self, account_id: &str) -> Result<bool, PortError> {
        let url = self.url(&format!("{}/subscribed_apps", checked(account_id)?));
        Ok(!self.get(&url)?.json::<Subscriptions>()?.data.is_empty())
    }

    fn subscribe(&self, account_id: &str) -> Result<(), PortError> {
        let path = format!("{}/subscribed_apps", checked(account_id)?);
        let done: Acknowledged = self.post(&path, &json!({}))?.json()?;
        if done.success { Ok(()) } else { Err(unusable()) }
    }

    fn templates(&self, account_id: &str) -> Result<Vec<TemplateState>, PortError> {
        let account_id = checked(account_id)?;
        let mut found = Vec::new();
        let mut after = String::new();
        for _ in 0..PAGES_MAX {
            let fields = "name,language,status,rejected_reason";
            let path = format!("{account_id}/message_templates?fields={fields}&limit={PAGE}{after}");
            let page: TemplatePage = self.get(&self.url(&path))?.json()?;
            found.extend(page.data.into_iter().map(|one| TemplateState {
                name: one.name,
                language: one.language.replace('-', "_"),
                status: Coded::read(&one.status.to_ascii_lowercase()),
                reason: one.rejected_reason.filter(|reason| reason != "NONE").unwrap_or_default(),
            }));
            let Some(paging) = page.paging.filter(|paging| paging.next.is_some()) else { break };
            after = format!("&after={}", checked(&paging.cursors.after)?);
        }
        Ok(found)
    }

    fn create_template(&self, account_id: &str, new: &NewTemplate) -> Result<TemplateState, PortError> {
        let path = format!("{}/message_templates", checked(account_id)?);
        let created: CreatedTemplate = self.post(&path, &submission(new))?.json()?;
        let status = created.status.unwrap_or_else(|| "PENDING".to_owned());
        Ok(TemplateState {
            name: new.name.clone(),
            language: new.language.clone(),
            status: Coded::read(&status.to_ascii_lowercase()),
            reason: String::new(),
        })
    }
}

/// A template as it is submitted. Words of ours are utility; a code has a category and words of its own.
fn submission(new: &NewTemplate) -> Value {
    let mut said = json!({ "name": new.name, "language": new.language });
    match &new.body {
        Some(body) => {
            said["category"] = json!("UTILITY");
            let example = json!({ "body_text": [new.samples] });
            said["components"] = json!([{ "type": "BODY", "text": body, "example": example }]);
        }
        None => {
            said["category"] = json!("AUTHENTICATION");
            said["components"] = json!([
                { "type": "BODY", "add_security_recommendation": true },
                { "type": "FOOTER", "code_expiration_minutes": CODE_MINUTES },
                { "type": "BUTTONS", "buttons": [{ "type": "OTP", "otp_type": "COPY_CODE" }] },
            ]);
        }
    }
    said
}

/// An id or a cursor that may stand in an address.
fn checked(word: &str) -> Result<&str, PortError> {
    let fits =
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_=".contains(&byte));
    if fits { Ok(word) } else { Err(unusable()) }
}
