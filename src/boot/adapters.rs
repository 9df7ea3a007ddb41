//! The adapters of a deployment's settings.

use crate::adapters::calendars::HttpFeeds;
use crate::adapters::clock::SystemClock;
use crate::adapters::mail::{MailSettings, MailTls, Smtp};
use crate::adapters::mercadopago::{MercadoPago, MercadoPagoSettings, PaymentsOff, SignaturePolicy};
use crate::adapters::push::{VapidKey, WebPush};
use crate::adapters::random::SystemRandom;
use crate::adapters::reach::Reach;
use crate::adapters::speech::{self, Model, ModelBytes, SpeechSettings};
use crate::adapters::whatsapp::{CloudApi, WhatsAppOff, WhatsAppSettings};
use crate::config::{Config, setting};
use crate::ports::Ports;
use crate::ports::clock::Clock;
use crate::ports::mail::NoMail;
use crate::ports::push::NoPush;
use crate::ports::whatsapp_account::NoAccount;
use crate::sys::files;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Name of the file of the key for push.
const PUSH_KEY_FILE: &str = "push.key";

/// The adapters for these settings; an integration without credentials is off.
pub fn ports(config: &Config, model: ModelBytes) -> Ports {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let reach = if config.calendars.allow_private_addresses { Reach::Anywhere } else { Reach::Public };
    let cloud_api =
        whatsapp_settings(config).map(|settings| Arc::new(CloudApi::new(settings, Arc::clone(&clock))));
    Ports {
        whatsapp_account: match &cloud_api {
            Some(cloud_api) => Arc::clone(cloud_api) as _,
            None => Arc::new(NoAccount),
        },
        whatsapp: match cloud_api {
            Some(cloud_api) => cloud_api,
            None => Arc::new(WhatsAppOff),
        },
        mail: match mail_settings(config) {
            Some(settings) => Arc::new(Smtp::new(settings)),
            None => Arc::new(NoMail),
        },
        push: match push_key(config) {
            Some(key) => {
                let subject = config.push.subject.clone();
                Arc::new(WebPush::new(reach, key, subject, Arc::clone(&clock)))
            }
            None => Arc::new(NoPush),
        },
        payments: match mercadopago_settings(config) {
            Some(settings) => Arc::new(MercadoPago::new(settings, Arc::clone(&clock))),
            None => Arc::new(PaymentsOff),
        },
        feeds: Arc::new(HttpFeeds::new(reach)),
        speech: speech::open(speech_settings(config, model)),
        clock,
        random: Arc::new(SystemRandom::new()),
    }
}

/// Settings of transcription: the configured model, else the one inside the executable.
pub fn speech_settings(config: &Config, model: ModelBytes) -> SpeechSettings {
    let usual = SpeechSettings::new(match config.speech.model.as_str() {
        "" => Model::Bundled(model),
        path => Model::File(PathBuf::from(path)),
    });
    SpeechSettings {
        model: usual.model,
        threads: match config.speech.threads {
            0 => usual.threads,
            threads => usize::from(threads),
        },
        keep_loaded: Duration::from_secs(u64::from(config.speech.keep_loaded_minutes) * 60),
    }
}

fn mail_settings(config: &Config) -> Option<MailSettings> {
    let section = &config.mail;
    Some(MailSettings {
        host: Some(section.host.clone()).filter(|host| !host.is_empty())?,
        port: section.port,
        username: section.username.clone(),
        password: section.password.clone()?,
        from: section.from.clone(),
        tls: match section.tls {
            setting::MailTls::StartTls => MailTls::StartTls,
            setting::MailTls::Implicit => MailTls::Implicit,
            setting::MailTls::None => MailTls::None,
        },
    })
}

/// The key that push services know us by, made at the first start with push. It lies beside the database and in no copy
/// of it: a copy in other hands sends nothing in our name.
fn push_key(config: &Config) -> Option<VapidKey> {
    if config.push.subject.is_empty() {
        return None;
    }
    let path = config.storage.data_dir.join(PUSH_KEY_FILE);
    let kept = std::fs::read(&path).or_else(|_| {
        let fresh = VapidKey::generate().map_err(|_| std::io::Error::other("no key could be made"))?;
        files::write_private(&path, &fresh).map(|()| fresh)
    });
    match kept.map(|kept| VapidKey::read(&kept)) {
        Ok(Ok(key)) => Some(key),
        Ok(Err(error)) => {
            tracing::error!(%error, "the key for push can't be read: remove it, and phones have to ask anew");
            None
        }
        Err(error) => {
            tracing::error!(%error, "the key for push can't be kept");
            None
        }
    }
}

fn whatsapp_settings(config: &Config) -> Option<WhatsAppSettings> {
    let section = &config.whatsapp;
    Some(WhatsAppSettings {
        access_token: section.access_token.clone()?,
        phone_number_id: section.phone_number_id.clone()?,
        app_secret: section.app_secret.clone()?,
        verify_token: section.verify_token.clone()?,
        business_account_id: section.business_account_id.clone(),
        api_url: section.api_url.clone(),
    })
}

fn mercadopago_settings(config: &Config) -> Option<MercadoPagoSettings> {
    let section = &config.mercadopago;
    Some(MercadoPagoSettings {
        access_token: section.access_token.clone()?,
        webhook_secret: section.webhook_secret.clone(),
        api_url: section.api_url.clone(),
        signature: match section.signature {
            setting::SignaturePolicy::Enforce => SignaturePolicy::Enforce,
            setting::SignaturePolicy::Warn => SignaturePolicy::Warn,
        },
    })
}
