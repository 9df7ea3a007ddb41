//! A reservation as the API shows it.

use super::super::availability::LineView;
use super::super::wire::{Day, Instant, PartyView};
use crate::domain::guest::Guest;
use crate::domain::language::Language;
use crate::domain::money::{Currency, Money};
use crate::domain::payment::{Balance, PaymentMethod};
use crate::domain::reservation::{Reservation, Status};
use crate::store::{Read, StoreError, cabins, guests, payments};
use crate::web::api::availability::QuoteView;
use serde::Serialize;
use utoipa::ToSchema;

/// A reservation.
#[derive(Serialize, ToSchema)]
pub struct ReservationView {
    pub id: i64,
    /// What the guest reads aloud.
    pub code: String,
    /// `pre_reserved`, `confirmed`, `checked_in`, `checked_out`, `cancelled`, `expired` or `no_show`.
    pub status: &'static str,
    pub cabin_id: i64,
    /// The cabin's name.
    pub cabin_name: String,
    /// First night.
    pub check_in: Day,
    /// Day of departure.
    pub check_out: Day,
    pub nights: u16,
    /// How many people, children among them.
    pub guests: u16,
    pub party: PartyView,
    pub guest: GuestView,
    pub channel: String,
    /// Until when a hold waits for its deposit.
    pub expires_at: Option<Instant>,
    /// The price as it was said.
    pub total_cents: i64,
    /// What is paid in advance.
    pub deposit_cents: i64,
    pub paid_cents: i64,
    /// What is still to be paid; below zero when it was too much.
    pub due_cents: i64,
    /// ISO 4217 code of every amount.
    #[schema(value_type = String)]
    pub currency: Currency,
    /// `unpaid`, `partial`, `deposit_paid`, `settled` or `overpaid`.
    #[schema(value_type = String)]
    pub balance: Balance,
    /// Where the deposit is paid online, while it can be.
    pub payment_url: Option<String>,
    /// What the price is made of, the nights first.
    pub lines: Vec<LineView>,
    /// The promo code that it was sold with.
    pub promo_code: Option<String>,
    /// `mercadopago`, `transfer` or `cash`, when the price was made for it.
    pub pay_with: Option<&'static str>,
    /// Why it was called off.
    pub cancel_reason: Option<String>,
    /// Counts changes.
    pub version: i64,
    pub created_at: Instant,
}

/// A guest.
#[derive(Serialize, ToSchema)]
pub struct GuestView {
    pub id: i64,
    /// What they call themselves.
    pub name: String,
    /// Their number, with its country code.
    pub phone: Option<String>,
    /// Their e-mail.
    pub email: Option<String>,
    /// `es`, `pt` or `en`.
    pub language: String,
}

impl From<Guest> for GuestView {
    fn from(guest: Guest) -> GuestView {
        GuestView {
            id: guest.id.0,
            name: guest.name,
            phone: guest.phone.map(|phone| format!("+{}", phone.digits())),
            email: guest.email,
            language: guest.language.to_string(),
        }
    }
}

impl ReservationView {
    /// The reservation with all that is shown of it, from the same snapshot.
    pub(in crate::web) fn load(
        tx: &impl Read,
        reservation: Reservation,
    ) -> Result<ReservationView, StoreError> {
        let guest = guests::find(tx, reservation.guest_id)?
            .ok_or(StoreError::Corrupt { column: "guest_id", value: reservation.guest_id.to_string() })?;
        let cabin_name = cabins::name(tx, reservation.cabin_id)?.unwrap_or_default();
        let paid = payments::paid(tx, reservation.id)?;
        let payment_url = match reservation.status {
            Status::PreReserved if !reservation.has_lapsed(tx.now()) => {
                payments::current_checkout(tx, reservation.id)?.and_then(|checkout| checkout.url)
            }
            _ => None,
        };
        let language = guest.language.known().unwrap_or(Language::SPANISH);
        Ok(ReservationView::new(reservation, guest.into(), cabin_name, paid, payment_url, language))
    }

    fn new(
        reservation: Reservation,
        guest: GuestView,
        cabin_name: String,
        paid_cents: i64,
        payment_url: Option<String>,
        language: Language,
    ) -> ReservationView {
        let quote = QuoteView::of(&reservation.quote, language);
        let Money { minor: total_cents, currency } = reservation.quote.total;
        ReservationView {
            id: reservation.id.0,
            code: reservation.code.to_string(),
            status: reservation.status.code(),
            cabin_id: reservation.cabin_id.0,
            cabin_name,
            check_in: Day(reservation.stay.check_in()),
            check_out: Day(reservation.stay.check_out()),
            nights: reservation.stay.nights(),
            guests: reservation.party.people(),
            party: reservation.party.into(),
            guest,
            channel: reservation.channel.to_string(),
            expires_at: reservation
                .expires_at
                .filter(|_| reservation.status == Status::PreReserved)
                .map(Instant),
            total_cents,
            deposit_cents: quote.deposit_cents,
            paid_cents,
            due_cents: total_cents - paid_cents,
            currency,
            balance: Balance::of(paid_cents, reservation.quote.deposit, reservation.quote.total),
            payment_url,
            lines: quote.lines,
            promo_code: reservation.terms.promo_code.map(|code| code.as_str().to_owned()),
            pay_with: reservation.terms.pay_with.map(PaymentMethod::code),
            cancel_reason: reservation.cancel_reason,
            version: reservation.version,
            created_at: Instant(reservation.created_at),
        }
    }
}
