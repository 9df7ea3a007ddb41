//! Spanish: a stay in the making: dates, people, prices, and why not.

use crate::dialogue::question::Alternative;
use crate::dialogue::question::Offer;
use crate::dialogue::replies::Part;
use crate::dialogue::replies::book;
use crate::dialogue::replies::format::Format;
use crate::dialogue::replies::lines;
use crate::dialogue::replies::total;
use crate::dialogue::say::Quoted;
use crate::dialogue::say::StaySay;
use crate::dialogue::tap::Room;
use crate::dialogue::tap::Tap;
use crate::domain::refusal::Refusal;
use crate::domain::stay::Stay;

pub(super) fn stay(say: &StaySay, f: &Format<'_>) -> Part {
    match say {
        StaySay::AskDates { guests: None } => Part::text("¿Para qué fechas querés venir y cuántos son?"),
        StaySay::AskDates { guests: Some(guests) } => {
            Part::text(format!("Perfecto, para {}. ¿Qué día llegan y qué día se van?", f.people(*guests)))
        }
        StaySay::AskDays { month, part, guests } => ask_days(&f.month(*month, *part), *guests, f),
        StaySay::AskDeparture { arrival } => Part::text(format!(
            "Llegando el {}, ¿hasta qué día se quedan, o cuántas noches?",
            f.day(*arrival)
        )),
        StaySay::AskArrival { departure } => {
            Part::text(format!("Saliendo el {}, ¿qué día llegarían?", f.day(*departure)))
        }
        StaySay::AskGuests { stay } => Part::text(format!("{}. ¿Cuántas personas son?", f.stay(*stay))),
        StaySay::WhichStay { stays } => stays.iter().take(3).fold(
            Part::text(format!(
                "¿Cuál de estas fechas decís?\n{}",
                lines(stays.iter().map(|stay| f.stay(*stay)))
            )),
            |part, stay| part.choice(Tap::Dates { stay: *stay }, f.short_stay(*stay)),
        ),
        StaySay::WhichArrival { days } => {
            Part::text(format!("¿Qué día llegarían?\n{}", lines(days.iter().map(|day| f.day(*day)))))
        }
        StaySay::WhichGuests { from, to } => (*from..=*to).take(3).fold(
            Part::text("¿Cuántos serían al final? Así te paso el precio justo."),
            |part, guests| part.choice(Tap::Guests { guests }, f.people(guests)),
        ),
        StaySay::BadDates => {
            Part::text("Esas fechas no me cierran. ¿Me decís qué día llegan y qué día se van?")
        }
        StaySay::Quote(quoted) => quote(quoted, f),
        StaySay::Cabins { stay, guests, offers } => cabins(*stay, *guests, offers, f),
        StaySay::Alternatives { stay, guests, near } => alternatives(*stay, *guests, near, f),
        StaySay::RuledOut { refusal, instead, .. } => ruled_out(refusal, instead, f),
        StaySay::TooManyPeople { guests, most } => Part::text(format!(
            "Para {} no tengo lugar: entran hasta {} en total.",
            f.people(*guests),
            f.people(*most)
        )),
        StaySay::BookItAloud { stay, rooms } => book_it_aloud(*stay, rooms, f),
        StaySay::WhichCabin { stay, rooms, .. } => rooms.iter().fold(
            Part::text(format!("¿Cuál querés reservar para {}?", f.stay(*stay))),
            |part, (room, name)| {
                let tap = Tap::Choose { cabin_id: room.cabin_id, stay: *stay, guests: room.guests };
                part.row(tap, name.clone(), f.money(room.total))
            },
        ),
        StaySay::PriceChanged => Part::text("Ojo, el precio cambió desde que te lo pasé. Hoy es así:"),
        StaySay::JustTaken => Part::text("Uy, justo la acaban de reservar. Mirá lo que queda:"),
        StaySay::Declined => Part::text("Dale, no hay problema. Si querés ver otra fecha, decime."),
        StaySay::Undecided { offer } => undecided(offer.as_ref()),
        StaySay::Waitlisted { stay } => {
            Part::text(format!("Listo: si se libera algo para {}, te escribo.", f.stay(*stay)))
        }
        StaySay::WaitlistNews(quoted) => {
            let mut part = quote(quoted, f);
            part.body = format!("¡Buenas noticias, se liberó lugar!\n{}", part.body);
            part
        }
        StaySay::StillOpen { stay, rooms } => still_open(*stay, rooms, f),
    }
}

fn ask_days(month: &str, guests: Option<u16>, f: &Format<'_>) -> Part {
    Part::text(match guests {
        None => {
            format!("¿Qué días de {month} pensabas? Decime qué día llegan, qué día se van y cuántos son.")
        }
        Some(guests) => format!(
            "Perfecto, para {}. ¿Qué días de {month} pensabas? Decime qué día llegan y qué día se van.",
            f.people(guests)
        ),
    })
}

fn alternatives(stay: Stay, guests: u16, near: &[Alternative], f: &Format<'_>) -> Part {
    let head = format!("Para {}, {}, no me queda lugar.", f.people(guests), f.stay(stay));
    if near.is_empty() {
        return Part::text(format!("{head} ¿Probamos con otra fecha?"))
            .choice(Tap::Waitlist { stay, guests }, "Avisame si hay");
    }
    let options = near.iter().take(4).map(|near| {
        format!("{}, {}: {}", near.offer.name, f.stay(near.stay), f.money(near.offer.quote.total))
    });
    let part = near.iter().take(4).fold(
        Part::text(format!("{head} Lo más cercano que tengo:\n{}", lines(options))),
        |part, near| {
            let cabin_id = near.offer.cabin_id;
            part.row(
                Tap::Choose { cabin_id, stay: near.stay, guests },
                f.short_stay(near.stay),
                format!("{} · {}", f.money(near.offer.quote.total), near.offer.name),
            )
        },
    );
    part.choice(Tap::Waitlist { stay, guests }, "Avisame si hay")
}

fn ruled_out(refusal: &Refusal, instead: &[Stay], f: &Format<'_>) -> Part {
    let why = refused(refusal, f);
    if instead.is_empty() {
        return Part::text(why);
    }
    let options = lines(instead.iter().map(|stay| f.stay(*stay)));
    instead.iter().take(3).fold(Part::text(format!("{why} Podría ser:\n{options}")), |part, stay| {
        part.choice(Tap::Dates { stay: *stay }, f.short_stay(*stay))
    })
}

fn still_open(stay: Stay, rooms: &[(Room, String)], f: &Format<'_>) -> Part {
    Part::text(format!("¿Seguimos con {}, {}, por {}?", f.stay(stay), names(rooms, f), f.money(total(rooms))))
        .choice(book(stay, rooms), "Sí, reservar")
        .choice(Tap::OtherDates, "Otra fecha")
}

fn undecided(offer: Option<&(Stay, Vec<(Room, String)>)>) -> Part {
    match offer {
        Some((stay, rooms)) => Part::text(
            "Dale, te espero. Por ahora no reservé nada, y alguien la podría tomar antes. Cuando te decidas, decime que sí; y si querés cambiar algo, contame.",
        )
        .choice(book(*stay, rooms), "Sí, reservar")
        .choice(Tap::OtherDates, "Otra fecha"),
        None => Part::text("Dale, te espero. Cuando lo tengas decidido, escribime y seguimos."),
    }
}

fn book_it_aloud(stay: Stay, rooms: &[(Room, String)], f: &Format<'_>) -> Part {
    Part::text(format!(
        "Te repito para no equivocarnos: {}, {}, total {}. ¿Lo reservo?",
        f.stay(stay),
        names(rooms, f),
        f.money(total(rooms))
    ))
    .choice(book(stay, rooms), "Sí, reservar")
    .choice(Tap::OtherDates, "Otra fecha")
}

fn quote(quoted: &Quoted, f: &Format<'_>) -> Part {
    let sum = f.money(quoted.sum(|quote| quote.total));
    let deposit = quoted.sum(|quote| quote.deposit);
    let what = if let [only] = quoted.rooms.as_slice() {
        format!("{} para {}: {sum} en total.", only.name, f.people(quoted.guests))
    } else {
        let each = quoted.rooms.iter().map(|room| {
            format!("{} ({}): {}", room.name, f.people(room.room.guests), f.money(room.quote.total))
        });
        format!("En una sola no entran, pero sí en dos:\n{}\nTotal: {sum}.", lines(each))
    };
    let about = if quoted.about.is_empty() { String::new() } else { format!("\n{}", quoted.about) };
    let advance = if deposit.is_positive() {
        format!("\nCon {} de seña queda reservada y el resto se paga al llegar.", f.money(deposit))
    } else {
        String::new()
    };
    let tap = Tap::Book { stay: quoted.stay, rooms: quoted.rooms() };
    Part::text(format!("Hay lugar: {}.\n{what}{about}{advance}", f.stay(quoted.stay)))
        .choice(tap, "Reservar")
        .choice(Tap::OtherDates, "Otra fecha")
}

fn cabins(stay: Stay, guests: u16, offers: &[Offer], f: &Format<'_>) -> Part {
    let head = format!("Para {}, {}, tengo:", f.people(guests), f.stay(stay));
    let each = offers.iter().map(|offer| format!("{}: {}", offer.name, f.money(offer.quote.total)));
    let text = format!("{head}\n{}\n¿Cuál te gusta?", lines(each));
    offers.iter().fold(Part::text(text), |part, offer| {
        let tap = Tap::Choose { cabin_id: offer.cabin_id, stay, guests };
        let detail = format!("{}, hasta {}", f.money(offer.quote.total), f.people(offer.capacity));
        part.row(tap, offer.name.clone(), detail)
    })
}

/// Why not, and what would do.
pub(in crate::dialogue::replies) fn refused(refusal: &Refusal, f: &Format<'_>) -> String {
    match refusal {
        Refusal::BadDates => {
            "Esas fechas no me cierran: la salida tiene que ser después de la llegada.".into()
        }
        Refusal::PastDate => "Esa fecha ya pasó.".into(),
        Refusal::OverCapacity { capacity } => format!("Ahí entran hasta {}.", f.people(*capacity)),
        Refusal::NoGuests => "¿Cuántas personas son?".into(),
        Refusal::MinNights { min } => format!("Para esas fechas el mínimo es de {}.", f.nights(*min)),
        Refusal::TooLong { max } => format!("Se puede reservar hasta {} seguidas.", f.nights(*max)),
        Refusal::ArrivalDay { allowed } => {
            format!("En esas fechas se entra solamente {}.", f.weekdays(allowed))
        }
        Refusal::LeadTime { earliest } => {
            format!("Con tan poco tiempo no llegamos: lo más pronto es el {}.", f.day(*earliest))
        }
        Refusal::TooFarAhead { latest } => {
            format!("Todavía no abrimos esas fechas: por ahora se reserva hasta el {}.", f.day(*latest))
        }
        Refusal::NightsTaken => "Esas noches ya están ocupadas.".into(),
        Refusal::CabinUnavailable => "Esa cabaña no está disponible.".into(),
        Refusal::PriceOverflow => "No pude calcular el precio. Ya avisé para que te lo pasen.".into(),
        Refusal::NotNow { .. } => "Eso ya no se puede hacer con esta reserva.".into(),
        Refusal::HoldExpired => "La reserva se venció antes. La puedo volver a buscar.".into(),
        Refusal::TooManyHolds { max } => {
            format!("Ya tenés {max} reservas esperando la seña. Paguemos alguna primero, o cancelá una.")
        }
        Refusal::NothingToRefund => "No hay nada para devolver.".into(),
    }
}

fn names(rooms: &[(Room, String)], f: &Format<'_>) -> String {
    f.list(
        &rooms
            .iter()
            .map(|(room, name)| format!("{name} para {}", f.people(room.guests)))
            .collect::<Vec<_>>(),
    )
}
