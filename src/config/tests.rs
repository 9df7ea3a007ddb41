//! Valid settings, and the errors about invalid ones.

use super::setting::{LogFormat, SignaturePolicy};
use super::{Config, ConfigError, Source, tree};
use std::path::PathBuf;

fn read(file: &str, environment: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let file = Some((PathBuf::from("casero.toml"), file.to_owned())).filter(|(_, text)| !text.is_empty());
    let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Config::from_parts(file, environment)
}

fn refused(file: &str, environment: &[(&str, &str)]) -> String {
    let message = read(file, environment).expect_err("must be refused").to_string();
    assert!(!message.contains('\n'), "more than one line: {message}");
    message
}

#[test]
fn nothing_set_gives_the_documented_defaults() {
    let config = read("", &[]).unwrap();
    assert_eq!(config.server.address.to_string(), "127.0.0.1");
    assert_eq!(config.server.port, 8080);
    assert!(!config.server.trusted_proxy);
    assert_eq!(config.storage.data_dir, PathBuf::from("/var/lib/casero"));
    assert_eq!(config.property.timezone.iana_name(), Some("America/Argentina/Buenos_Aires"));
    assert_eq!(config.property.currency.code(), "ARS");
    assert_eq!(config.whatsapp.api_url, "https://graph.facebook.com/v25.0");
    assert_eq!(config.mercadopago.api_url, "https://api.mercadopago.com");
    assert_eq!(config.mercadopago.signature, SignaturePolicy::Enforce);
    assert_eq!(config.calendars.poll_minutes, 5);
    assert!(!config.calendars.allow_private_addresses);
    assert!(!config.whatsapp.is_on() && !config.mercadopago.is_on());
    assert!(config.shown().iter().all(|(_, source)| *source == Source::Default));
}

#[test]
fn the_environment_stands_above_the_file() {
    let config = read(
        "[server]\nport = 9000\naddress = \"0.0.0.0\"\n[telemetry]\nlog_format = \"text\"\n",
        &[("CASERO_SERVER_PORT", "0"), ("CASERO_SPEECH_KEEP_LOADED_MINUTES", "3"), ("PATH", "/bin")],
    )
    .unwrap();
    assert_eq!(config.server.port, 0);
    assert_eq!(config.server.address.to_string(), "0.0.0.0");
    assert_eq!(config.telemetry.log_format, LogFormat::Text);
    assert_eq!(config.speech.keep_loaded_minutes, 3);
    assert_eq!(config.source("server.port"), &Source::Environment("CASERO_SERVER_PORT".into()));
    assert_eq!(config.source("server.address"), &Source::File("casero.toml".into()));
    assert_eq!(config.source("backup.keep"), &Source::Default);
}

#[test]
fn everything_can_come_from_the_environment() {
    let config = read(
        "",
        &[
            ("CASERO_WHATSAPP_ACCESS_TOKEN", "EAAG"),
            ("CASERO_WHATSAPP_PHONE_NUMBER_ID", "106540352242922"),
            ("CASERO_WHATSAPP_APP_SECRET", "0012"),
            ("CASERO_WHATSAPP_VERIFY_TOKEN", "true"),
            ("CASERO_MERCADOPAGO_ACCESS_TOKEN", "APP_USR-1"),
            ("CASERO_MERCADOPAGO_SIGNATURE", "warn"),
            ("CASERO_SPEECH_MIN_CONFIDENCE", "0.6"),
            ("CASERO_CALENDARS_ALLOW_PRIVATE_ADDRESSES", "true"),
        ],
    )
    .unwrap();
    assert_eq!(config.whatsapp.phone_number_id.as_deref(), Some("106540352242922"));
    assert_eq!(config.whatsapp.app_secret.as_ref().unwrap().expose(), "0012", "text stays as it was written");
    assert_eq!(config.whatsapp.verify_token.as_ref().unwrap().expose(), "true");
    assert!(config.mercadopago.is_on());
    assert!((config.speech.min_confidence - 0.6).abs() < f32::EPSILON);
    assert!(config.calendars.allow_private_addresses);
}

#[test]
fn a_number_in_the_file_is_good_where_text_is_wanted() {
    let file = "[whatsapp]\nphone_number_id = 106540352242922\naccess_token = \"a\"\napp_secret = \"b\"\nverify_token = \"c\"\n";
    assert_eq!(read(file, &[]).unwrap().whatsapp.phone_number_id.as_deref(), Some("106540352242922"));
}

#[test]
fn an_unknown_key_is_refused_with_the_one_that_was_meant() {
    let message = refused("[server]\nprot = 9000\n", &[]);
    assert_eq!(message, "unknown setting server.prot (file casero.toml), did you mean server.port?");
    let message = refused("", &[("CASERO_SEVER_PORT", "1")]);
    assert_eq!(
        message,
        "unknown setting sever.port (environment CASERO_SEVER_PORT), did you mean server.port?"
    );
    let message = refused("colour = \"blue\"\n", &[]);
    assert!(message.starts_with("unknown setting colour (file casero.toml); `casero config`"), "{message}");
    assert!(refused("", &[("CASERO_VERBOSE", "1")]).contains("environment CASERO_VERBOSE"));
}

#[test]
fn half_an_integration_is_refused_with_the_remedy() {
    let message = refused("[whatsapp]\naccess_token = \"a\"\nverify_token = \"b\"\n", &[]);
    assert!(message.contains("whatsapp.phone_number_id, whatsapp.app_secret"), "{message}");
    let message = refused("[mercadopago]\naccess_token = \"a\"\n", &[]);
    assert!(message.contains("mercadopago.webhook_secret") && message.contains("warn"), "{message}");
    let message = refused("[mercadopago]\nwebhook_secret = \"a\"\n", &[]);
    assert!(message.contains("set mercadopago.access_token"), "{message}");
    read("[mercadopago]\naccess_token = \"a\"\nsignature = \"warn\"\n", &[]).unwrap();
}

#[test]
fn an_empty_credential_is_no_credential() {
    let config = read("", &[("CASERO_WHATSAPP_ACCESS_TOKEN", ""), ("CASERO_MERCADOPAGO_ACCESS_TOKEN", " ")]);
    assert!(!config.unwrap().whatsapp.is_on());
}

#[test]
fn a_wrong_value_is_named_with_its_place_and_not_repeated() {
    let message = refused("", &[("CASERO_SERVER_PORT", "APP_USR-secret")]);
    assert_eq!(
        message,
        "server.port must be a whole number from 0 to 65535 (environment CASERO_SERVER_PORT)"
    );
    assert!(refused("[server]\nport = 70000\n", &[]).contains("0 to 65535"));
    assert!(refused("[property]\ntimezone = \"Mars/Olympus\"\n", &[]).contains("a time zone such as"));
    assert!(refused("[speech]\nmin_confidence = 2\n", &[]).contains("0.0 to 1.0"));
    assert!(refused("[server]\npublic_url = \"casero.example\"\n", &[]).contains("https://"));
    assert!(refused("[calendars]\npoll_minutes = 0\n", &[]).contains("1 or more"));
}

#[test]
fn a_broken_file_is_one_line_without_its_content() {
    let message = refused("[mercadopago]\naccess_token = APP_USR-secret\n", &[]);
    assert!(message.starts_with("casero.toml is not valid TOML: "), "{message}");
    assert!(message.contains("line 2"), "{message}");
    assert!(!message.contains("secret"), "{message}");
}

#[test]
fn shown_settings_hide_every_secret() {
    let config =
        read("[mercadopago]\naccess_token = \"APP_USR-1\"\nwebhook_secret = \"hush\"\n", &[]).unwrap();
    let shown = format!("{:?} {config:?}", config.shown());
    assert!(!shown.contains("APP_USR-1") && !shown.contains("hush"), "{shown}");
    assert!(shown.contains(super::setting::MASK));
}

#[test]
fn every_key_is_listed_once_in_lower_case_with_a_reason() {
    let mut keys: Vec<&str> = tree::KEYS.iter().map(|(key, _)| *key).collect();
    assert!(tree::KEYS.iter().all(|(_, about)| !about.trim().is_empty()));
    assert!(keys.iter().all(|key| key.chars().all(|c| c.is_ascii_lowercase() || c == '.' || c == '_')));
    let count = keys.len();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), count);
    let sections_have_no_underscore = keys.iter().all(|key| !key.split('.').next().unwrap().contains('_'));
    assert!(sections_have_no_underscore, "the first underscore of a variable ends its section");
}

#[test]
fn a_credential_of_systemd_stands_above_the_file_and_below_the_environment() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("mercadopago.access_token", "APP_USR-handed-over\n");
    write("mercadopago.webhook_secret", "handed over\n");
    write("another-service", "not ours");
    let file = Some((PathBuf::from("casero.toml"), "[mercadopago]\naccess_token = \"old\"\n".to_owned()));
    let environment = [("CASERO_MERCADOPAGO_WEBHOOK_SECRET".to_owned(), "from outside".to_owned())];
    let credentials = || super::credentials::read_folder(folder.path()).unwrap();
    let config = Config::from_layers(file.clone(), credentials(), environment).unwrap();
    assert_eq!(config.mercadopago.access_token.as_ref().unwrap().expose(), "APP_USR-handed-over");
    assert_eq!(config.mercadopago.webhook_secret.as_ref().unwrap().expose(), "from outside");
    let place = folder.path().join("mercadopago.access_token");
    assert_eq!(config.source("mercadopago.access_token"), &Source::Credential(place));
    assert!(config.shown().iter().any(|(_, source)| source.to_string().starts_with("credential ")));
    write("mercadopago.acces_token", "a typing error");
    let refused = Config::from_layers(file, credentials(), []).unwrap_err().to_string();
    assert!(refused.contains("credential") && refused.contains("mercadopago.access_token?"), "{refused}");
}
