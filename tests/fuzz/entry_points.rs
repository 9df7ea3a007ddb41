//! Entry points for untrusted bytes, with properties that must hold for any input.
//!
//! The fuzz targets call these with libFuzzer's input; the suite calls them with the corpus. An entry point
//! panics when a property fails.

use casero::adapters::clock::SystemClock;
use casero::adapters::mercadopago::{MercadoPago, MercadoPagoSettings, SignaturePolicy};
use casero::adapters::speech::decode::{self, SAMPLE_RATE, SECONDS_MAX};
use casero::adapters::speech::quiet;
use casero::adapters::whatsapp::{CloudApi, WhatsAppSettings};
use casero::calendars::echo::Source as Holder;
use casero::calendars::merge::{OwnNights, step, step_unchanged};
use casero::calendars::write::{ExportEvent, Invite, OwnIds, Presentation, export, invite};
use casero::calendars::{ChannelState, NightSet, ReadOptions, read};
use casero::config::Secret;
use casero::domain::ids::{CabinId, ReservationId};
use casero::domain::language::Language;
use casero::ports::payments::{PaymentHook, Payments, RawPaymentHook, Signature};
use casero::ports::whatsapp::WhatsApp;
use casero::understanding::report::Report;
use casero::understanding::{self, Context, Expecting, HolidayCalendar, Source};
use data_encoding::HEXLOWER;
use jiff::civil::{Date, date};
use jiff::tz::TimeZoneDatabase;
use jiff::{SignedDuration, Timestamp, ToSpan};
use ring::hmac;
use std::sync::{Arc, LazyLock};

/// Today.
const TODAY: Date = date(2026, 11, 24);
/// Noon of today, as seconds since 1970.
const NOON: i64 = 1_795_532_400;
/// Secret of notifications.
const SECRET: &str = "llave";
/// Domain of the ids in our calendars.
const DOMAIN: &str = "casa.example";

static WHATSAPP: LazyLock<CloudApi> = LazyLock::new(|| {
    let settings = WhatsAppSettings {
        access_token: Secret::new("ficha"),
        phone_number_id: "555".to_owned(),
        app_secret: Secret::new(SECRET),
        verify_token: Secret::new("palabra"),
        business_account_id: None,
        api_url: "http://127.0.0.1:9".to_owned(),
    };
    CloudApi::new(settings, Arc::new(SystemClock))
});

static MERCADOPAGO: LazyLock<MercadoPago> = LazyLock::new(|| {
    let settings = MercadoPagoSettings {
        access_token: Secret::new("ficha"),
        webhook_secret: Some(Secret::new(SECRET)),
        api_url: "http://127.0.0.1:9".to_owned(),
        signature: SignaturePolicy::Enforce,
    };
    MercadoPago::new(settings, Arc::new(SystemClock))
});

static READING: LazyLock<ReadOptions> = LazyLock::new(|| {
    let zone = TimeZoneDatabase::bundled().get("America/Argentina/Buenos_Aires");
    ReadOptions::new(zone.expect("the zone is bundled"), TODAY)
});

static HOLIDAYS: LazyLock<HolidayCalendar> = LazyLock::new(HolidayCalendar::argentina);

/// A voice note: refused with a reason, or sound within its limits.
pub fn audio(bytes: &[u8]) {
    let Ok(sound) = decode::decode(bytes) else { return };
    assert!(!sound.samples.is_empty() && sound.samples.len() <= (SECONDS_MAX * SAMPLE_RATE) as usize);
    assert!(sound.samples.iter().all(|sample| (-1.0..=1.0).contains(sample)));
    quiet::may_be_speech(&sound.samples);
    let mut end = 0;
    for piece in quiet::pieces(&sound.samples) {
        assert!(piece.start >= end && piece.start < piece.end && piece.end <= sound.samples.len());
        end = piece.end;
    }
}

/// A guest's message; the first byte chooses the context.
pub fn understanding(bytes: &[u8]) {
    let Some((&first, words)) = bytes.split_first() else { return };
    let text = String::from_utf8_lossy(words);
    let context = Context {
        today: TODAY,
        language_hint: [None, Some(Language::SPANISH), Some(Language::of("pt")), Some(Language::of("en"))]
            [usize::from(first & 3)],
        source: if first & 4 == 0 { Source::Text } else { Source::Voice },
        calendar: &HOLIDAYS,
        expecting: [
            None,
            Some(Expecting::Dates),
            Some(Expecting::Nights),
            Some(Expecting::Guests),
            Some(Expecting::Confirmation),
            Some(Expecting::Name),
            Some(Expecting::Email),
            Some(Expecting::CabinChoice),
        ][usize::from(first >> 3 & 7)],
    };
    let reading = understanding::read(&text, &context);
    assert!((0.0..=1.0).contains(&reading.confidence), "{}", reading.confidence);
    let report = Report::of(&reading);
    if let (Some(check_in), Some(check_out)) = (&report.check_in, &report.check_out) {
        assert!(check_in < check_out, "{check_in} to {check_out}");
    }
    if is_one_in_sixteen(bytes) {
        assert_eq!(reading, understanding::read(&text, &context), "the same words mean the same");
    }
}

/// A channel's calendar: an incomplete one opens nothing, and the same again adds nothing.
pub fn calendar(bytes: &[u8]) {
    let feed = read(bytes, &READING);
    assert!(feed.events.len() <= READING.limits.events);
    assert!(feed.events.iter().all(|event| event.start < event.end));
    assert!(feed.nights.runs().iter().all(|(start, end)| start < end && *end <= READING.horizon()));
    let now = Timestamp::from_second(NOON).expect("a moment");
    let known = ChannelState::default();
    let own = OwnNights { ids: OwnIds::of(CabinId(1), DOMAIN), ..OwnNights::default() };
    let first = step(&known, &feed, &own, now, TODAY);
    assert_eq!(first.believed, feed.complete);
    assert!(first.removed.is_empty());
    let later = now + SignedDuration::from_mins(5);
    let again = step(&first.next, &feed, &own, later, TODAY);
    assert!(again.added.is_empty() && again.removed.is_empty());
    let unchanged = step_unchanged(&first.next, &own, later, TODAY);
    assert!(unchanged.added.is_empty() && unchanged.removed.is_empty());
}

/// A calendar of ours is read back with the same nights, and no line of it is too long.
pub fn calendar_written(bytes: &[u8]) {
    let mut events = Vec::new();
    for piece in bytes.chunks(24).take(64) {
        let (numbers, words) = piece.split_at(piece.len().min(4));
        let number = |at: usize| numbers.get(at).copied().unwrap_or_default();
        let start = TODAY.saturating_add(i32::from(u16::from_le_bytes([number(0), number(1)]) % 700).days());
        let words = String::from_utf8_lossy(words).into_owned();
        events.push(ExportEvent {
            start,
            end: start.saturating_add(i32::from(number(2) % 40).days()),
            holder: Holder::Reservation(ReservationId(events.len() as i64)),
            code: (number(3) & 1 == 1).then(|| words.clone()),
            source: words,
            version: u32::from(number(3)),
            changed_at: Timestamp::from_second(NOON - i64::from(number(3))).expect("a moment"),
        });
    }
    let name = String::from_utf8_lossy(bytes);
    let presentation = Presentation { name: &name, shows_source: true };
    let text = export(&events, &OwnIds::of(CabinId(1), DOMAIN), presentation);
    are_lines(&text);
    let feed = read(text.as_bytes(), &READING);
    assert!(feed.complete && feed.problems.is_empty(), "{:?}\n{text}", feed.problems);
    let nights = NightSet::from_ranges(events.iter().map(|event| (event.start, event.end)));
    assert_eq!(feed.nights, nights.clipped(Date::MIN, READING.horizon()), "{text}");
    let words = String::from_utf8_lossy(bytes).into_owned();
    let check_in = Timestamp::from_second(NOON).expect("a moment");
    let kept = invite(
        &Invite {
            key: "reservation-1".to_owned(),
            version: 1,
            summary: words.clone(),
            description: words.clone(),
            address: words,
            check_in,
            check_out: check_in + SignedDuration::from_hours(48),
            changed_at: check_in,
        },
        DOMAIN,
    );
    are_lines(&kept);
    let feed = read(kept.as_bytes(), &READING);
    assert!(feed.complete && feed.events.len() == 1, "{:?}\n{kept}", feed.problems);
}

/// Valid lines of RFC 5545: ended by CRLF, at most 75 octets, no line breaks inside.
fn are_lines(text: &str) {
    assert!(text.ends_with("\r\n"));
    for line in text.trim_end_matches("\r\n").split("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
    }
}

/// Notifications of both vendors: read or reported, and never with an id that is unsafe in a URL.
pub fn webhooks(bytes: &[u8]) {
    let reading = WHATSAPP.read_hook(bytes);
    assert_eq!(reading, WHATSAPP.read_hook(bytes));
    let (query, body) = halves(bytes);
    let query = String::from_utf8_lossy(query);
    let mut parts = query.split('&').map(|part| (!part.is_empty()).then_some(part));
    let mut next = || parts.next().flatten();
    let hook = RawPaymentHook {
        data_id: next(),
        id: next(),
        topic: next(),
        signature: next(),
        request_id: next(),
        body,
    };
    for hook in [hook, RawPaymentHook { body: bytes, data_id: None, id: None, ..hook }] {
        let (what, _) = MERCADOPAGO.read_hook(&hook);
        if let PaymentHook::Payment { id, .. } | PaymentHook::Chargeback { id, .. } = what {
            assert!(!id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{id}");
        }
    }
}

/// Signatures: ours are valid, and the fuzzer's never.
pub fn signatures(bytes: &[u8]) {
    let (header, body) = halves(bytes);
    let header = String::from_utf8_lossy(header);
    let signed = |text: &[u8]| {
        let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
        HEXLOWER.encode(hmac::sign(&key, text).as_ref())
    };
    let ours = format!("sha256={}", signed(body));
    assert!(WHATSAPP.is_authentic(body, Some(&ours)));
    assert!(!WHATSAPP.is_authentic(body, Some(&header)) || header.trim().eq_ignore_ascii_case(&ours));
    let id = String::from_utf8_lossy(body);
    let hook = |signature| RawPaymentHook {
        data_id: Some(&id),
        id: None,
        topic: Some("payment"),
        signature,
        request_id: None,
        body: b"{}",
    };
    let part = if id.is_empty() { String::new() } else { format!("id:{id};") };
    let digest = signed(format!("{part}ts:7;").as_bytes());
    let ours = format!("{header},ts=7,v1={digest}");
    assert_eq!(MERCADOPAGO.read_hook(&hook(Some(&ours))).1, Signature::Valid);
    assert_eq!(MERCADOPAGO.read_hook(&hook(Some(&header))).1, Signature::Invalid);
    WHATSAPP.knows_verify_token(&header);
}

/// Whether this input is run twice; the same ones always are.
fn is_one_in_sixteen(bytes: &[u8]) -> bool {
    let sum = bytes.iter().fold(0u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(*byte)));
    sum.wrapping_mul(0x9E37_79B1) >> 28 == 0
}

/// The parts before and after the first line break.
fn halves(bytes: &[u8]) -> (&[u8], &[u8]) {
    let at = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    (&bytes[..at], bytes.get(at + 1..).unwrap_or_default())
}
