//! What the owner is told before and after a guest's booking is called off or moved: which one, what it gives
//! back or costs, and that it is done.

use super::es;
use super::format::Format;
use super::owner_talk::{bullets, row};
use crate::dialogue::owner::{BookingCommand, GuestBooking, OwnerSay, OwnerTap};
use crate::domain::message::{BUTTON_CHARS_MAX, BUTTONS_MAX, cut};
use crate::domain::money::Money;
use crate::domain::refund::Ground;

/// Buttons of a question which booking is meant; more than that are told apart by their code.
pub(super) fn picks(rows: &[GuestBooking], wish: BookingCommand, f: &Format<'_>) -> Vec<(String, OwnerTap)> {
    if rows.len() > BUTTONS_MAX {
        return Vec::new();
    }
    let each = |row: &GuestBooking| {
        let booking = &row.booking;
        let title = format!("{} {}", booking.code, f.short_day(booking.stay.check_in()));
        let tap = OwnerTap::Pick { reservation_id: booking.reservation_id, what: wish };
        (cut(&title, BUTTON_CHARS_MAX), tap)
    };
    rows.iter().map(each).collect()
}

/// The words about a guest's booking; `None` when the answer is about something else.
pub(super) fn body(say: &OwnerSay, f: &Format<'_>) -> Option<String> {
    Some(match say {
        OwnerSay::AskCancel { row, refund, ground, .. } => {
            format!("¿Cancelo esta reserva?\n{}\n{}", self::row(row, f), gives_back(row, *refund, *ground, f))
        }
        OwnerSay::AskMove { row, stay, total, .. } => format!(
            "¿Muevo esta reserva?\n{}\nPasaría a {}, {}. {}",
            self::row(row, f),
            f.stay(*stay),
            f.nights(stay.nights()),
            price(row, *total, f)
        ),
        OwnerSay::Cancelled { row, refund } => {
            let back = match refund.is_positive() {
                true => format!(" Se le devuelve {}.", f.money(*refund)),
                false => String::new(),
            };
            format!("Listo, cancelé {} de {}.{back} Ya le aviso.", row.booking.code, row.guest)
        }
        OwnerSay::Moved { row } => format!("Listo, quedó así y ya le aviso:\n{}", self::row(row, f)),
        OwnerSay::CannotChange { row, stay, refusal } => {
            let to = stay.map(|stay| format!(" a {}", f.stay(stay))).unwrap_or_default();
            let what = if stay.is_some() { "mover" } else { "cancelar" };
            format!("No la puedo {what}{to}. {} Sigue así:\n{}", es::refused(refusal, f), self::row(row, f))
        }
        OwnerSay::WhichBooking { rows, .. } => {
            let each = rows.iter().map(|row| self::row(row, f));
            format!("¿Cuál de estas? Decime el código:\n{}", bullets(each))
        }
        _ => return None,
    })
}

fn gives_back(row: &GuestBooking, refund: Money, ground: Ground, f: &Format<'_>) -> String {
    let paid = row.booking.paid;
    if !paid.is_positive() {
        return "No pagó nada: no hay nada que devolver.".to_owned();
    }
    let why = match ground {
        Ground::Withdrawal => "está en término para arrepentirse",
        Ground::InTime => "por tu política, cancelando con tiempo",
        Ground::Late => "por tu política, cancelando tan cerca de la llegada",
    };
    if refund.is_positive() {
        format!("Pagó {} y se le devuelve {}: {why}.", f.money(paid), f.money(refund))
    } else {
        format!("Pagó {} y no se le devuelve nada: {why}.", f.money(paid))
    }
}

fn price(row: &GuestBooking, total: Money, f: &Format<'_>) -> String {
    if total == row.booking.total {
        return format!("El precio sigue igual: {}.", f.money(total));
    }
    format!("El precio nuevo es {} (antes {}).", f.money(total), f.money(row.booking.total))
}
