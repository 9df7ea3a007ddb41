//! A rule, and what is said about it, in the owner's words.

use crate::dialogue::i18n::OWNER_LOCALE;
use crate::domain::money::{Currency, Money};
use crate::domain::payment::PaymentMethod;
use crate::domain::pricing::{LineKind, Per, PriceRule, Remark, RuleAmount, RuleKind, RulePercent};
use crate::domain::week::Weekdays;
use crate::web::admin::words::count;

/// The kinds and their names.
pub(super) const KINDS: [(&str, &str); 7] = [
    ("extra_guest", "Persona adicional"),
    ("child", "Menores"),
    ("pet", "Mascotas"),
    ("cleaning", "Limpieza"),
    ("fee", "Otro cargo"),
    ("discount", "Descuento"),
    ("tax", "Impuesto o tasa"),
];

/// How often an amount counts.
pub(super) const PERS: [(&str, &str); 5] = [
    ("stay", "por estadía"),
    ("night", "por noche"),
    ("person_night", "por persona y noche"),
    ("pet", "por mascota"),
    ("pet_night", "por mascota y noche"),
];

pub(super) const WAYS: [(&str, &str); 3] =
    [("cash", "en efectivo"), ("transfer", "con transferencia"), ("mercadopago", "con Mercado Pago")];

pub(super) fn decimal(percent: RulePercent) -> String {
    OWNER_LOCALE.decimal(percent.hundredths())
}

/// The owner's name for it, else its kind's.
pub(super) fn title(rule: &PriceRule) -> String {
    if !rule.name.is_empty() {
        return rule.name.clone();
    }
    let kind = match rule.kind {
        RuleKind::ExtraGuest => LineKind::ExtraGuest,
        RuleKind::Child => LineKind::Child,
        RuleKind::Pet => LineKind::Pet,
        RuleKind::Cleaning => LineKind::Cleaning,
        RuleKind::Fee => LineKind::Fee,
        RuleKind::Discount => LineKind::Discount,
        RuleKind::Tax => LineKind::Tax,
    };
    OWNER_LOCALE.line_kind(kind)
}

/// "$ 10.000 por mascota", "10 %".
pub(super) fn amount(rule: &PriceRule, currency: Currency) -> String {
    let per = match rule.per {
        Per::Stay => "por estadía",
        Per::Night => "por noche",
        Per::PersonNight => "por persona y noche",
        Per::Pet => "por mascota",
        Per::PetNight => "por mascota y noche",
    };
    match rule.amount {
        RuleAmount::AmountCents(0) => "gratis".to_owned(),
        RuleAmount::AmountCents(minor) => {
            format!("{} {per}", OWNER_LOCALE.money(Money::new(minor, currency)))
        }
        RuleAmount::Percent(percent) if rule.per == Per::Night => {
            format!("{} % de cada noche", decimal(percent))
        }
        RuleAmount::Percent(percent) => format!("{} %", decimal(percent)),
    }
}

/// Its conditions, one after the other; empty for a rule for everybody.
pub(super) fn conditions(rule: &PriceRule, cabins: &[(i64, String)]) -> String {
    let mut said = Vec::new();
    said.extend(rule.from_guests.map(|first| format!("desde la persona {first}")));
    said.extend(rule.age_under.map(|age| match rule.kind {
        RuleKind::Tax => format!("los menores de {age} no pagan"),
        _ => format!("menores de {age}"),
    }));
    let nights = |nights: u16| count(nights.into(), "noche", "noches");
    said.extend(rule.min_nights.map(|least| format!("desde {}", nights(least))));
    said.extend(rule.max_nights.map(|most| format!("hasta {}", nights(most))));
    let days = |days: u16| count(days.into(), "día", "días");
    said.extend(rule.days_before_min.map(|least| format!("reservando al menos {} antes", days(least))));
    said.extend(rule.days_before_max.map(|most| format!("reservando hasta {} antes", days(most))));
    said.extend(rule.pay_with.map(|way| match way {
        PaymentMethod::Cash => "pagando en efectivo".to_owned(),
        PaymentMethod::Transfer => "pagando con transferencia".to_owned(),
        PaymentMethod::Mercadopago => "pagando con Mercado Pago".to_owned(),
    }));
    said.extend(rule.promo_code.as_ref().map(|code| format!("con el código {}", code.as_str())));
    said.extend(rule.uses_max.map(|max| format!("usado {} de {max} veces", rule.used)));
    said.extend(rule.from.map(|from| format!("desde el {}", OWNER_LOCALE.day(from))));
    said.extend(
        rule.to.and_then(|to| to.yesterday().ok()).map(|last| format!("hasta el {}", OWNER_LOCALE.day(last))),
    );
    let weekdays = |days: Weekdays| OWNER_LOCALE.weekdays(&Vec::<String>::from(days));
    if !rule.arrival_days.is_empty() {
        said.push(format!("llegando {}", weekdays(rule.arrival_days)));
    }
    if !rule.departure_days.is_empty() {
        said.push(format!("saliendo {}", weekdays(rule.departure_days)));
    }
    if let Some(ids) = &rule.cabin_ids {
        let named = cabins.iter().filter(|(id, _)| ids.iter().any(|known| known.0 == *id));
        said.push(named.map(|(_, name)| name.clone()).collect::<Vec<_>>().join(", "));
    }
    said.extend(rule.optional.then(|| "si el huésped lo pide".to_owned()));
    said.join(" · ")
}

/// What is said about a rule that will change no price; `title_of` names another rule.
pub(super) fn remark(remark: Remark, title_of: impl Fn(crate::domain::ids::PriceRuleId) -> String) -> String {
    match remark {
        Remark::Past => "Ya pasó: no cambia ningún precio.".to_owned(),
        Remark::LongerThanSold { max } => {
            format!(
                "Nunca se va a usar: las estadías son de {} como mucho.",
                count(max.into(), "noche", "noches")
            )
        }
        Remark::FurtherThanSold { days } => {
            format!("Nunca se va a usar: se reserva con {days} días de anticipación como mucho.")
        }
        Remark::MoreGuestsThanBeds { capacity } => format!(
            "Nunca se va a usar: en esas cabañas entran {} como mucho.",
            count(capacity.into(), "persona", "personas")
        ),
        Remark::NoSuchDay => "Nunca se va a usar: ningún día de llegada cae entre esas fechas.".to_owned(),
        Remark::NoPets => "Nunca se va a usar: esas cabañas no reciben mascotas.".to_owned(),
        Remark::UsedUp => "El código ya se usó todas las veces que se podía.".to_owned(),
        Remark::Replaced { by } => {
            format!("Nunca se va a usar: siempre vale «{}» en su lugar.", title_of(by))
        }
        Remark::Replaces { other } => format!("Con este, «{}» no se va a usar nunca.", title_of(other)),
    }
}
