//! A checkout's booking as metadata of Mercado Pago, which comes back with each payment. All values are texts: numbers
//! may come back in another form, and names in snake case.

use super::id::id_text;
use crate::domain::ids::{CabinId, ReservationCode};
use crate::domain::money::{Currency, Money};
use crate::domain::paid_booking::PaidBooking;
use crate::domain::party::{self, Party};
use crate::domain::stay::Stay;
use serde_json::{Value, json};

pub(super) fn write(booking: &PaidBooking) -> Value {
    let part: &str = booking.part.into();
    let ages: Vec<String> = booking.party.children().iter().map(u8::to_string).collect();
    json!({
        "instance": booking.instance,
        "cabin": booking.cabin_id.to_string(),
        "cabin_name": booking.cabin,
        "check_in": booking.stay.check_in().to_string(),
        "check_out": booking.stay.check_out().to_string(),
        "code": booking.code.as_str(),
        "part": part,
        "adults": booking.party.adults().to_string(),
        "children": ages.join(","),
        "pets": booking.party.pets().to_string(),
        "guest": booking.guest,
        "phone": booking.phone,
        "total_cents": booking.total.minor.to_string(),
        "deposit_cents": booking.deposit.minor.to_string(),
        "currency": booking.total.currency.code(),
    })
}

/// The booking in a payment's metadata; `None` when it is not one of ours.
pub(super) fn read(metadata: &Value) -> Option<PaidBooking> {
    let text = |name: &str| id_text(&metadata[name]);
    let date = |name: &str| text(name)?.parse().ok();
    let currency = Currency::from_code(&text("currency")?)?;
    let money =
        |name: &str| Some(Money::new(text(name)?.parse().ok().filter(|minor| *minor >= 0)?, currency));
    let ages = party::ages(&text("children").unwrap_or_default())?;
    Some(PaidBooking {
        instance: text("instance")?,
        cabin_id: CabinId(text("cabin")?.parse().ok()?),
        cabin: text("cabin_name")?,
        stay: Stay::new(date("check_in")?, date("check_out")?).ok()?,
        code: ReservationCode::parse(&text("code")?)?,
        part: text("part")?.parse().ok()?,
        party: Party::new(text("adults")?.parse().ok()?, &ages, text("pets")?.parse().ok()?).ok()?,
        guest: text("guest").unwrap_or_default(),
        phone: text("phone").unwrap_or_default(),
        total: money("total_cents")?,
        deposit: money("deposit_cents")?,
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::domain::paid_booking::CheckoutPart;
    use jiff::civil::date;

    pub(in super::super) fn booking() -> PaidBooking {
        PaidBooking {
            instance: "aa01".into(),
            cabin_id: CabinId(3),
            cabin: "Aromo".into(),
            stay: Stay::new(date(2027, 1, 8), date(2027, 1, 11)).unwrap(),
            code: ReservationCode::parse("K7M2QX").unwrap(),
            part: CheckoutPart::Balance,
            party: Party::new(2, &[4, 9], 1).unwrap(),
            guest: "Ana".into(),
            phone: "5493515550101".into(),
            total: Money::new(24_000_000, Currency::Ars),
            deposit: Money::new(7_200_000, Currency::Ars),
        }
    }

    #[test]
    fn a_booking_comes_back_as_it_was_sent() {
        assert_eq!(read(&write(&booking())), Some(booking()));
        let nobody = PaidBooking {
            guest: String::new(),
            phone: String::new(),
            party: Party::of_adults(2),
            ..booking()
        };
        assert_eq!(read(&write(&nobody)), Some(nobody));
    }

    #[test]
    fn what_is_not_whole_is_no_booking() {
        let optional = ["children", "guest", "phone"];
        let whole = write(&booking());
        for name in whole.as_object().unwrap().keys() {
            let mut part = whole.clone();
            part.as_object_mut().unwrap().remove(name);
            assert_eq!(read(&part).is_some(), optional.contains(&name.as_str()), "{name}");
        }
        let mut backwards = whole;
        backwards["check_out"] = json!("2027-01-08");
        assert_eq!(read(&backwards), None);
        assert_eq!(read(&Value::Null), None);
        assert_eq!(read(&json!({ "order_id": 17 })), None);
    }
}
