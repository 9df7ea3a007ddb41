//! `casero demo`: the whole product on invented cabins, with WhatsApp, Mercado Pago and two booking sites
//! simulated on loopback. It calls them like the real ones, and refuses to run with real credentials.

use super::environment::runtime;
use super::error::CliError;
use super::output::print;
use super::serve::start_log;
use crate::adapters::clock::SystemClock;
use crate::adapters::speech::ModelBytes;
use crate::app::access::Access;
use crate::app::{App, feeds, manage};
use crate::boot;
use crate::config::Config;
use crate::dialogue::templates;
use crate::domain::audit::Actor;
use crate::domain::cabin::{Cabin, Season};
use crate::domain::ids::CabinId;
use crate::domain::money::{Currency, Money, Multiplier};
use crate::domain::user::Role;
use crate::fake_vendors::cabins::{self as demo, DemoCabin, DemoSeason};
use crate::fake_vendors::whatsapp::ACCOUNT_ID;
use crate::fake_vendors::{self, FakeVendors, FakeVendorsConfig, smtp};
use crate::ports::clock::Clock;
use crate::store::{StoreError, cabins};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// The owner's account in the demo.
const EMAIL: &str = "demo@casero.example";
/// Its password: the demo listens on loopback and holds no real data.
const PASSWORD: &str = "casero-demo";
/// Environment variables that would bring real credentials.
const REAL: [&str; 2] = ["CASERO_WHATSAPP_ACCESS_TOKEN", "CASERO_MERCADOPAGO_ACCESS_TOKEN"];
/// Years ahead for which invented seasons are created.
const YEARS_AHEAD: i16 = 2;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Port of casero; the simulator takes the next one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The demo's own data folder; else one below the system's folder for temporary files.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, model: ModelBytes) -> Result<ExitCode, CliError> {
    if let Some(name) = REAL.iter().find(|name| std::env::var_os(name).is_some()) {
        return Err(CliError::Said(format!(
            "{name} is set: the demo never runs with real credentials; unset it"
        )));
    }
    let data = arguments.data.clone().unwrap_or_else(|| std::env::temp_dir().join("casero-demo"));
    runtime()?.block_on(serve(arguments.port, data, model))
}

async fn serve(port: u16, data: PathBuf, model: ModelBytes) -> Result<ExitCode, CliError> {
    // Each start invents ids of its own: ids of the last one are stored, and a guest's first message would
    // look like a repetition.
    let seed = SystemClock.now().as_millisecond().unsigned_abs();
    let port_of_vendors = port.checked_add(1).unwrap_or(0);
    let templates =
        templates::all().into_iter().map(|one| (one.name.to_owned(), one.language.clone(), one.variables()));
    let known = FakeVendorsConfig {
        seed,
        port: port_of_vendors,
        console: true,
        templates: Some(templates.collect()),
        ..FakeVendorsConfig::default()
    };
    let port_taken = |reason| CliError::Io { what: "the simulator could not take its port".into(), reason };
    let vendors = fake_vendors::start(known.clone()).await.map_err(port_taken)?;
    let config = config(port, &data, &known, &vendors)?;
    start_log(&config);
    let context = tokio::task::block_in_place(|| boot::assemble(&config, model))?;
    furnish(&context.app, &context.access, &vendors).await?;
    let numbers = crate::obs::metrics::start();
    let vendors = Arc::new(vendors);
    let world = Arc::clone(&vendors);
    boot::serve(&config, context, numbers, move |address| {
        let url = format!("http://{address}");
        world.connect(&url);
        // For the parent process; without a reader nothing is lost.
        let _ = print(&format!("casero listening on {url}"));
        let _ = print(&format!("  chat as a guest    {}", world.base_url()));
        let _ = print(&format!("  the owner's page   {url}/admin   ({EMAIL} / {PASSWORD})"));
        let _ = print("DEMO: invented cabins, simulated WhatsApp and Mercado Pago. Stop with Ctrl-C.");
    })
    .await?;
    Ok(ExitCode::SUCCESS)
}

/// Settings of the demo, as for a real server.
fn config(
    port: u16,
    data: &std::path::Path,
    known: &FakeVendorsConfig,
    vendors: &FakeVendors,
) -> Result<Config, CliError> {
    let settings = [
        ("SERVER_PORT", port.to_string()),
        ("STORAGE_DATA_DIR", data.display().to_string()),
        ("WHATSAPP_ACCESS_TOKEN", known.access_token.clone()),
        ("WHATSAPP_PHONE_NUMBER_ID", known.phone_number_id.clone()),
        ("WHATSAPP_APP_SECRET", known.app_secret.clone()),
        ("WHATSAPP_VERIFY_TOKEN", known.verify_token.clone()),
        ("WHATSAPP_BUSINESS_ACCOUNT_ID", ACCOUNT_ID.to_owned()),
        ("WHATSAPP_API_URL", vendors.whatsapp_url()),
        ("MERCADOPAGO_ACCESS_TOKEN", known.mp_access_token.clone()),
        ("MERCADOPAGO_WEBHOOK_SECRET", known.mp_webhook_secret.clone()),
        ("MERCADOPAGO_API_URL", vendors.mercadopago_url()),
        ("MAIL_HOST", "127.0.0.1".to_owned()),
        ("MAIL_PORT", vendors.mail_port().to_string()),
        ("MAIL_USERNAME", smtp::USERNAME.to_owned()),
        ("MAIL_PASSWORD", smtp::PASSWORD.to_owned()),
        ("MAIL_FROM", "Cabañas Puerta del Valle <demo@casero.example>".to_owned()),
        ("MAIL_TLS", "none".to_owned()),
        ("PUSH_SUBJECT", "mailto:demo@casero.example".to_owned()),
        ("CALENDARS_ALLOW_PRIVATE_ADDRESSES", "true".to_owned()),
        ("TELEMETRY_LOG_FORMAT", "text".to_owned()),
        ("TELEMETRY_LOG_LEVEL", "warn".to_owned()),
    ];
    let settings = settings.into_iter().map(|(name, value)| (format!("CASERO_{name}"), value));
    Ok(Config::from_parts(None, settings)?)
}

/// Creates the invented owner's data, once.
async fn furnish(app: &Arc<App>, access: &Access, vendors: &FakeVendors) -> Result<(), CliError> {
    let lived_in = app.store.read(|tx| Ok::<_, StoreError>(!cabins::list(tx)?.is_empty())).await;
    if lived_in.map_err(failed)? {
        return Ok(());
    }
    access.add(EMAIL, PASSWORD, Role::Owner).await.map_err(failed)?;
    let context = Arc::clone(&app.context);
    let made = app
        .store
        .write(move |tx| {
            let today = context.moment(tx).today();
            manage::change_settings(tx, &context, None, settings, &Actor::System)?;
            demo::CABINS
                .iter()
                .map(|cabin| add_cabin(tx, cabin, today))
                .collect::<Result<Vec<_>, manage::ManageError>>()
        })
        .await
        .map_err(failed)?;
    for (id, cabin) in made.into_iter().zip(&demo::CABINS) {
        for (feed, site) in cabin.feeds {
            feeds::add(app, Actor::System, id, site, &vendors.feed_url(feed)).await.map_err(failed)?;
        }
    }
    Ok(())
}

fn settings(settings: &mut crate::domain::settings::Settings) -> Result<(), manage::ManageError> {
    settings.property_name = demo::PLACE.to_owned();
    settings.property_address = demo::ADDRESS.to_owned();
    settings.owner_phone = demo::OWNER_PHONE.to_owned();
    settings.bank_alias = demo::BANK_ALIAS.to_owned();
    settings.bank_holder = demo::OWNER_NAME.to_owned();
    let answers = demo::ANSWERS.iter().map(|answer| (answer.topic.to_owned(), answer.text.to_owned()));
    settings.answers = answers.collect();
    Ok(())
}

fn add_cabin(
    tx: &mut crate::store::WriteTx<'_>,
    cabin: &DemoCabin,
    today: Date,
) -> Result<CabinId, manage::ManageError> {
    let price = |cents| Money::new(cents, Currency::Ars);
    let weekend = u16::try_from(cabin.weekend_percent * 10).unwrap_or(1000);
    let new = Cabin {
        weekend_multiplier: Multiplier::from_permille(weekend).unwrap_or(Multiplier::ONE),
        min_nights: u16::try_from(cabin.min_nights).ok(),
        description: cabin.description.to_owned(),
        amenities: cabin.amenities.iter().map(|text| (*text).to_owned()).collect(),
        location: demo::ADDRESS.to_owned(),
        ..Cabin::new(cabin.name, u16::try_from(cabin.capacity).unwrap_or(1), price(cabin.base_price_cents))
    };
    let id = manage::add_cabin(tx, &new, &Actor::System)?;
    for season in cabin.seasons {
        for year in 0..=YEARS_AHEAD {
            let (from, to) = days_of(season, today.year() - 1 + year);
            if to <= today {
                continue;
            }
            let season = Season {
                min_nights: u16::try_from(season.min_nights).ok(),
                ..Season::new(id, season.name, from, to, price(season.price_cents))
            };
            manage::add_season(tx, &season, &Actor::System)?;
        }
    }
    Ok(id)
}

/// First night and the day after the last one, for a season that begins in this year.
fn days_of(season: &DemoSeason, year: i16) -> (Date, Date) {
    let over_new_year = season.to < season.from;
    let from = date(year, season.from.0, season.from.1);
    let to = date(year + i16::from(over_new_year), season.to.0, season.to.1);
    (from, to.saturating_add(1.day()))
}

fn failed(error: impl std::fmt::Display) -> CliError {
    CliError::Said(format!("the demo could not be furnished: {error}"))
}
