//! Every setting with its type, default and reason, in one place. The sections' structs, the list of known
//! keys and the output of `config` are generated from this table, so they can't disagree.

use super::reader::{Reader, SettingError, ShownSetting};
use super::secret::Secret;
use super::setting::{LogFormat, LogLevel, MailTls, Setting, SignaturePolicy};
use crate::domain::money::Currency;
use jiff::tz::TimeZone;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

/// Generates the struct of each section and of the whole tree, with its defaults, reading and showing.
macro_rules! settings {
    ($(
        $(#[doc = $about:literal])+
        $section:ident: $kind:ident {
            $( $(#[doc = $text:literal])+ $key:ident: $type:ty = $default:expr; )+
        }
    )+) => {
        $(
            $(#[doc = $about])+
            #[derive(Debug, Clone, PartialEq)]
            pub struct $kind { $( $(#[doc = $text])+ pub $key: $type, )+ }

            impl Default for $kind {
                fn default() -> $kind { $kind { $( $key: $default, )+ } }
            }
        )+

        /// All deployment settings: what the machine and its operator decide, fixed while the process runs.
        /// What the owner may change (prices, hold time, texts) lives in the database.
        #[derive(Debug, Clone, PartialEq, Default)]
        pub struct Settings { $( $(#[doc = $about])+ pub $section: $kind, )+ }

        /// Every known key as `section.key`, with its description.
        pub const KEYS: &[(&str, &str)] = &[
            $( $( (concat!(stringify!($section), ".", stringify!($key)), concat!($($text),+)), )+ )+
        ];

        impl Settings {
            /// Overrides the defaults with every key that `reader` has.
            pub(super) fn read(reader: &mut Reader) -> Result<Settings, SettingError> {
                let mut settings = Settings::default();
                $( $(
                    let key = concat!(stringify!($section), ".", stringify!($key));
                    if let Some(value) = reader.get::<$type>(key)? { settings.$section.$key = value; }
                )+ )+
                Ok(settings)
            }

            /// Every setting's key and value in reading order, secrets masked.
            pub(super) fn shown(&self) -> Vec<ShownSetting> {
                vec![ $( $( ShownSetting {
                    key: concat!(stringify!($section), ".", stringify!($key)),
                    value: self.$section.$key.shown(),
                }, )+ )+ ]
            }
        }
    };
}

settings! {
    /// Where the appliance listens and how the world reaches it.
    server: Server {
        /// Address to listen on; keep loopback behind a reverse proxy or tunnel.
        address: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
        /// Port to listen on; 0 picks a free one.
        port: u16 = 8080;
        /// The address by which guests and providers reach us, such as https://casero.example; empty: none yet.
        public_url: String = String::new();
        /// Believe the forwarded headers of a proxy on this machine. Off, they are ignored.
        trusted_proxy: bool = false;
    }
    /// Where everything is kept.
    storage: Storage {
        /// Folder of the database, backups and voice notes.
        data_dir: PathBuf = PathBuf::from("/var/lib/casero");
    }
    /// Facts about the place that the machine must know before the owner logs in.
    property: Property {
        /// Time zone of the property: it says what "today" is.
        timezone: TimeZone = TimeZone::get("America/Argentina/Buenos_Aires").expect("the zone is bundled");
        /// Currency of prices.
        currency: Currency = Currency::Ars;
    }
    /// The WhatsApp Business Cloud API. All four credentials, or none.
    whatsapp: WhatsApp {
        /// Access token of a system user.
        access_token: Option<Secret> = None;
        /// Id of the phone number (not the number itself).
        phone_number_id: Option<String> = None;
        /// Secret of the app, with which notifications are signed.
        app_secret: Option<Secret> = None;
        /// Word of your choice that is also entered where the webhook is set up.
        verify_token: Option<Secret> = None;
        /// Id of the WhatsApp Business account (WABA); without it, it is learned from the first notification.
        business_account_id: Option<String> = None;
        /// Base address of the Graph API, with its version.
        api_url: String = "https://graph.facebook.com/v25.0".to_owned();
    }
    /// Mail by SMTP, to owners and guests. All of host, username, password and from, or none.
    mail: Mail {
        /// The mail server, such as smtp.gmail.com.
        host: String = String::new();
        /// Its port: 587 with starttls, 465 with implicit.
        port: u16 = 587;
        /// Name of the mailbox's account.
        username: String = String::new();
        /// Its password; for Gmail an app password.
        password: Option<Secret> = None;
        /// Address that letters come from, such as Cabañas del Cerro <hola@example.com>.
        from: String = String::new();
        /// How the connection is secured: starttls, implicit, or none for a server on this machine.
        tls: MailTls = MailTls::StartTls;
    }
    /// Web Push, to the phones that ask for it on the page.
    push: Push {
        /// Who answers for these messages, such as mailto:hola@example.com; empty: off.
        subject: String = String::new();
    }
    /// Mercado Pago, which takes the deposits.
    mercadopago: MercadoPago {
        /// Access token of the seller's application.
        access_token: Option<Secret> = None;
        /// Secret with which notifications are signed.
        webhook_secret: Option<Secret> = None;
        /// Base address of the API.
        api_url: String = "https://api.mercadopago.com".to_owned();
        /// What to do with a notification whose signature does not hold: enforce or warn.
        signature: SignaturePolicy = SignaturePolicy::Enforce;
    }
    /// Voice notes.
    speech: Speech {
        /// Path of a whisper model; empty: the one inside the program.
        model: String = String::new();
        /// Processor threads for listening; 0: all but one, at least one.
        threads: u16 = 0;
        /// Below this confidence the guest is asked to write instead.
        min_confidence: f32 = 0.7;
        /// Minutes without a voice note after which the model's memory is given back.
        keep_loaded_minutes: u32 = 10;
    }
    /// Other channels' calendars.
    calendars: Calendars {
        /// Minutes between two looks at each feed.
        poll_minutes: u32 = 5;
        /// Allow feeds on private and loopback addresses; for tests and networks you trust.
        allow_private_addresses: bool = false;
    }
    /// Copies of the database.
    backup: Backup {
        /// Hours between two copies.
        every_hours: u32 = 24;
        /// How many copies are kept.
        keep: u32 = 14;
        /// Words that seal each copy (AES-256-GCM), 16 letters or more; keep them elsewhere too. Empty: not sealed.
        key: Option<Secret> = None;
        /// Days between two drills that go back to the newest copy in a temporary place.
        drill_every_days: u32 = 7;
    }
    /// What the program tells its operator.
    telemetry: Telemetry {
        /// How log lines are written: json or text.
        log_format: LogFormat = LogFormat::Json;
        /// From which level on: error, warn, info, debug or trace.
        log_level: LogLevel = LogLevel::Info;
    }
    /// How much is too much. The defaults fit a small machine and a busy season.
    limits: Limits {
        /// Log-ins a minute and address: guessing is slow at this pace, mistyping is not punished.
        login_per_minute: u32 = 30;
        /// Public questions a minute and address: a person looking at a calendar asks some dozens.
        public_per_minute: u32 = 1200;
        /// Requests a minute and token: more is a loop that went wild.
        api_per_minute: u32 = 12_000;
        /// Notifications without a valid signature a minute and address; signed ones are not limited.
        unsigned_hooks_per_minute: u32 = 120;
        /// Holds of the public form that may wait for their deposit at a time, of one address.
        web_holds_per_address: u32 = 3;
        /// The same, of all addresses.
        web_holds: u32 = 12;
        /// Seconds that running requests and jobs get to finish when the process is told to stop.
        stop_seconds: u32 = 20;
        /// Free megabytes on the data folder's disk below which health turns to failing.
        free_disk_megabytes: u64 = 200;
        /// Megabytes of the database's log (the file that ends in -wal) above which health warns.
        log_megabytes: u64 = 128;
    }
}
