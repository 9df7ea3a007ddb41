//! The legal right to withdraw from a distance booking (arrepentimiento: Ley 24.240 art. 34, Resolución
//! 424/2020, Disposición 954/2025): requested without an account, acknowledged at once with a number, and
//! listed for the owner, who has a day to answer.

use super::{AppContext, Error, notify};
use crate::dialogue::Notice;
use crate::domain::attention::{AttentionItem, Withdrawal, WithdrawalRequest};
use crate::domain::audit::{About, Actor, AuditEvent};
use crate::domain::ids::{CODE_LENGTH, ReservationCode};
use crate::domain::reservation::Reservation;
use crate::domain::user::parse_email;
use crate::store::{Read, WriteTx, attention, audit, guests, reservations};

/// Longest name or contact.
const LINE_CHARS_MAX: usize = 120;

#[derive(Debug, Clone)]
pub struct Request {
    pub name: String,
    /// The reservation's code, as far as the guest knows it.
    pub code: String,
    /// The number or e-mail given when booking.
    pub contact: String,
}

/// Stores a request and returns its number. The answer does not reveal whether the reservation exists: the
/// number is given to everybody, and the owner sees whether it fits.
pub fn ask(tx: &mut WriteTx<'_>, context: &AppContext, request: &Request) -> Result<String, Error> {
    let mut bytes = [0u8; CODE_LENGTH];
    context.random.fill(&mut bytes);
    let number = format!("A-{}", ReservationCode::from_random(bytes));
    let found = theirs(tx, context, request)?;
    let cut = |text: &str| text.trim().chars().take(LINE_CHARS_MAX).collect::<String>();
    let asked = WithdrawalRequest {
        number: number.clone(),
        name: cut(&request.name),
        contact: cut(&request.contact),
        given_code: cut(&request.code),
    };
    let attention = AttentionItem::Withdrawal(Withdrawal { request: Some(asked) });
    let id = found.as_ref().map(|found| found.id);
    let new = attention::New { reservation_id: id, ..attention::New::of(attention, &number) };
    attention::raise(tx, &new)?;
    audit::note(tx, &Actor::Guest, AuditEvent::WithdrawalAsked, id, About::Nothing {})?;
    let code = found.map(|found| found.code.to_string());
    notify::owner(tx, context, &Notice::Withdrawal { guest: cut(&request.name), code })?;
    Ok(number)
}

/// The reservation of the code, if the contact is its guest's.
fn theirs(tx: &impl Read, context: &AppContext, request: &Request) -> Result<Option<Reservation>, Error> {
    let Some(code) = ReservationCode::parse(request.code.trim()) else { return Ok(None) };
    let Some(found) = reservations::find_by_code(tx, &code)? else { return Ok(None) };
    let Some(guest) = guests::find(tx, found.guest_id)? else { return Ok(None) };
    let phone = context.phone(&request.contact).ok().map(|phone| phone.key());
    let email = parse_email(request.contact.trim());
    let fits = phone.is_some() && phone == guest.phone.map(|phone| phone.key())
        || email.is_some() && email == guest.email.map(|email| email.to_lowercase());
    Ok(Some(found).filter(|_| fits))
}
