//! Spanish of the Río de la Plata: voseo, warm, short.

use super::Part;
use super::format::Format;
use crate::dialogue::question::{Booking, Offer};
use crate::dialogue::say::{
    Arrival, Bank, BookingSay, HouseSay, PaySay, PayWays, Quoted, Say, StaySay, Talk,
};
use crate::dialogue::tap::{Purpose, Room, Tap};
use crate::domain::money::Money;
use crate::domain::refund::Ground;
use crate::domain::refusal::Refusal;
use crate::domain::settings::Cancellation;
use crate::domain::stay::Stay;

pub(super) fn part(say: &Say, f: &Format<'_>) -> Part {
    match say {
        Say::Talk(say) => talk(say),
        Say::Stay(say) => stay(say, f),
        Say::Booking(say) => booking(say, f),
        Say::Pay(say) => pay(say, f),
        Say::House(say) => house(say, f),
    }
}

fn talk(say: &Talk) -> Part {
    match say {
        Talk::Hello { name, property, welcome, first_time } => Part::text(hello(name, property, welcome, *first_time)),
        Talk::HowCanIHelp => Part::text(
            "¿Para qué fechas querés venir y cuántos son? Si tenés alguna duda del lugar, preguntame nomás.",
        ),
        Talk::NotUnderstood => Part::text(
            "Perdón, no te entendí bien. Te puedo decir si hay lugar y cuánto sale, reservarte, o contarte del lugar. ¿Me lo decís de otra forma?",
        )
        .choice(Tap::SeeDates, "Ver fechas y precios")
        .choice(Tap::Person, "Hablar con alguien"),
        Talk::StillNotUnderstood => {
            Part::text("Sigo sin entenderte, disculpame. ¿Preferís que te conteste una persona?")
                .choice(Tap::Person, "Sí, una persona")
                .choice(Tap::SeeDates, "Ver fechas y precios")
        }
        Talk::HandedOver => Part::text("Ya le avisé a una persona para que te conteste por acá, apenas pueda."),
        Talk::AlreadyHandedOver => Part::text("Ya está avisado: te van a contestar por acá apenas puedan."),
        Talk::AskedOwner => Part::text("Eso no lo sé con seguridad. Ya lo pregunté y te contestan por acá."),
        Talk::Welcome => Part::text("¡De nada! Cualquier cosa, escribime."),
        Talk::OptedOut => Part::text("Listo, no te escribo más. Si algún día querés volver a hablar, mandame un mensaje."),
        Talk::Unheard => Part::text("Perdón, no pude escuchar bien el audio. ¿Me lo escribís?"),
        Talk::TooLong => Part::text("El audio es muy largo para mí. ¿Me lo mandás más corto, o me lo escribís?"),
        Talk::VoiceOff => Part::text("Por ahora no puedo escuchar audios. ¿Me lo escribís?"),
        Talk::Heard { text } => Part::text(format!("Escuché: «{text}». ¿Está bien?"))
            .choice(Tap::HeardRight, "Sí, está bien")
            .choice(Tap::HeardWrong, "No"),
        Talk::PleaseWrite => Part::text("Dale, entonces escribímelo, por favor."),
        Talk::CannotSee => Part::text("Ese tipo de mensaje no lo puedo ver. ¿Me lo escribís?"),
        Talk::Picture => Part::text("¡Gracias por la foto! ¿En qué te ayudo?"),
        Talk::Place => Part::text("Recibí la ubicación, gracias. ¿En qué te ayudo?"),
        Talk::StaleTap => Part::text("Ese botón ya no sirve, pasó un tiempo. Decime de nuevo qué necesitás."),
        Talk::LateAnswer => Part::text("Recién ahora me llega tu mensaje, perdón la demora. Te cuento cómo está hoy:"),
        Talk::Calm => Part::text("Entiendo que estés molesto, y lo lamento. Le aviso a una persona para que te ayude."),
    }
}

fn hello(name: &Option<String>, property: &str, welcome: &str, first_time: bool) -> String {
    let name = name.as_ref().map(|name| format!(", {name}")).unwrap_or_default();
    let mut text = match (first_time, property.is_empty()) {
        (true, false) => format!("¡Hola{name}! Gracias por escribir a {property}."),
        (true, true) => format!("¡Hola{name}! Gracias por escribirnos."),
        (false, _) => format!("¡Hola{name}!"),
    };
    if first_time && !welcome.is_empty() {
        text.push(' ');
        text.push_str(welcome);
    }
    text
}

fn stay(say: &StaySay, f: &Format<'_>) -> Part {
    match say {
        StaySay::AskDates { guests: None } => Part::text("¿Para qué fechas querés venir y cuántos son?"),
        StaySay::AskDates { guests: Some(guests) } => {
            Part::text(format!("Perfecto, para {}. ¿Qué día llegan y qué día se van?", f.people(*guests)))
        }
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
        StaySay::Alternatives { stay, guests, near } => {
            let head = format!("Para {}, {}, no me queda lugar.", f.people(*guests), f.stay(*stay));
            if near.is_empty() {
                return Part::text(format!("{head} ¿Probamos con otra fecha?"))
                    .choice(Tap::Waitlist { stay: *stay, guests: *guests }, "Avisame si hay");
            }
            let options = near.iter().take(4).map(|near| {
                format!("{}, {}: {}", near.offer.name, f.stay(near.stay), f.money(near.offer.quote.total))
            });
            let part = near.iter().take(4).fold(
                Part::text(format!("{head} Lo más cercano que tengo:\n{}", lines(options))),
                |part, near| {
                    let cabin_id = near.offer.cabin_id;
                    part.row(
                        Tap::Choose { cabin_id, stay: near.stay, guests: *guests },
                        f.short_stay(near.stay),
                        format!("{} · {}", f.money(near.offer.quote.total), near.offer.name),
                    )
                },
            );
            part.choice(Tap::Waitlist { stay: *stay, guests: *guests }, "Avisame si hay")
        }
        StaySay::RuledOut { refusal, stay, instead } => {
            let why = refused(refusal, f);
            if instead.is_empty() {
                return Part::text(why);
            }
            let options = lines(instead.iter().map(|stay| f.stay(*stay)));
            let _ = stay;
            instead.iter().take(3).fold(Part::text(format!("{why} Podría ser:\n{options}")), |part, stay| {
                part.choice(Tap::Dates { stay: *stay }, f.short_stay(*stay))
            })
        }
        StaySay::TooManyPeople { guests, most } => Part::text(format!(
            "Para {} no tengo lugar: entran hasta {} en total.",
            f.people(*guests),
            f.people(*most)
        )),
        StaySay::BookItAloud { stay, rooms } => Part::text(format!(
            "Te repito para no equivocarnos: {}, {}, total {}. ¿Lo reservo?",
            f.stay(*stay),
            names(rooms, f),
            f.money(total(rooms))
        ))
        .choice(book(*stay, rooms), "Sí, reservar")
        .choice(Tap::OtherDates, "Otra fecha"),
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
        StaySay::Waitlisted { stay } => {
            Part::text(format!("Listo: si se libera algo para {}, te escribo.", f.stay(*stay)))
        }
        StaySay::WaitlistNews(quoted) => {
            let mut part = quote(quoted, f);
            part.body = format!("¡Buenas noticias, se liberó lugar!\n{}", part.body);
            part
        }
        StaySay::StillOpen { stay, rooms } => Part::text(format!(
            "¿Seguimos con {}, {}, por {}?",
            f.stay(*stay),
            names(rooms, f),
            f.money(total(rooms))
        ))
        .choice(book(*stay, rooms), "Sí, reservar")
        .choice(Tap::OtherDates, "Otra fecha"),
    }
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

fn booking(say: &BookingSay, f: &Format<'_>) -> Part {
    match say {
        BookingSay::Held { bookings, ways } => held(bookings, ways, f),
        BookingSay::HoldEnding { booking } => Part::text(format!(
            "Te guardo {} hasta {}. Si todavía la querés, falta la seña de {}.",
            booking.cabin,
            until(booking, f),
            f.money(booking.deposit_due())
        ))
        .choice(Tap::Pay { reservation_id: booking.reservation_id }, "Pagar la seña"),
        BookingSay::Expired { booking } => Part::text(format!(
            "Se venció la reserva de {}, {}, porque no llegó la seña. Si todavía la querés, la vuelvo a buscar.",
            booking.cabin,
            f.stay(booking.stay)
        ))
        .choice(
            Tap::Choose { cabin_id: booking.cabin_id, stay: booking.stay, guests: booking.guests },
            "Buscar de nuevo",
        ),
        BookingSay::Confirmed { booking, arrival } => Part::text(format!(
            "¡Listo, reserva confirmada! 🎉\n{}\n{}{}",
            card(booking, f),
            rest(booking, f),
            place(arrival, f)
        )),
        BookingSay::Cancelled { booking, refund } => Part::text(format!(
            "Cancelé tu reserva {}: {}, {}. {}",
            booking.code,
            booking.cabin,
            f.stay(booking.stay),
            goes_back(*refund, f)
        )),
        BookingSay::Moved { booking } => {
            Part::text(format!("Listo, quedó cambiada:\n{}\n{}", card(booking, f), rest(booking, f)))
        }
        BookingSay::Cards { bookings } => Part::text(lines(
            bookings.iter().map(|booking| format!("{}\n{}", card(booking, f), standing(booking, f))),
        )),
        BookingSay::NoBooking => Part::text("Con este número no encuentro ninguna reserva. ¿La hiciste con otro?")
            .choice(Tap::Person, "Hablar con alguien"),
        BookingSay::AskCancel { booking, refund, ground } => Part::text(format!(
            "¿Seguro querés cancelar {}, {}? {}",
            booking.cabin,
            f.stay(booking.stay),
            consequence(*refund, *ground, f)
        ))
        .choice(Tap::CancelIt { reservation_id: booking.reservation_id }, "Sí, cancelar")
        .choice(Tap::KeepIt, "No, dejarla"),
        BookingSay::Kept => Part::text("Perfecto, la reserva sigue como estaba."),
        BookingSay::Which { bookings, purpose } => {
            let question = match purpose {
                Purpose::Cancel => "¿Cuál querés cancelar?",
                Purpose::Change => "¿Cuál querés cambiar?",
                Purpose::Pay => "¿Cuál querés pagar?",
            };
            bookings.iter().fold(Part::text(question), |part, booking| {
                let tap = Tap::Pick { reservation_id: booking.reservation_id, purpose: *purpose };
                part.row(tap, booking.cabin.clone(), f.stay(booking.stay))
            })
        }
        BookingSay::AskNewDates { booking } => Part::text(format!(
            "Hoy tenés {} ({}, {}). ¿Para qué fechas, o para cuántas personas, la cambio?",
            booking.cabin,
            f.stay(booking.stay),
            f.people(booking.guests)
        )),
        BookingSay::AskMove { booking, stay, guests, quote } => Part::text(format!(
            "La cambiaría así: {}, {}, {}. {}. ¿La cambio?",
            booking.cabin,
            f.stay(*stay),
            f.people(*guests),
            new_total(booking.total, quote.total, f)
        ))
        .choice(
            Tap::MoveIt {
                reservation_id: booking.reservation_id,
                stay: *stay,
                guests: *guests,
                total: quote.total,
            },
            "Sí, cambiarla",
        )
        .choice(Tap::KeepIt, "No, dejarla"),
        BookingSay::CannotMove { refusal, .. } => {
            Part::text(format!("No la puedo cambiar así. {} Tu reserva sigue como estaba.", refused(refusal, f)))
        }
        BookingSay::CannotNow { refusal } => Part::text(refused(refusal, f)),
        BookingSay::Withdrawing { code } => {
            let which = code.as_ref().map(|code| format!(" de la reserva {code}")).unwrap_or_default();
            Part::text(format!(
                "Anoté tu pedido de arrepentimiento{which}, con la fecha y la hora de hoy. Te contestamos dentro de las 24 horas."
            ))
        }
        BookingSay::ArrivalReminder { booking, arrival } => Part::text(format!(
            "¡Ya falta poco! Te esperamos el {} en {}.{}{}",
            f.day(booking.stay.check_in()),
            booking.cabin,
            place(arrival, f),
            due(booking, f)
        )),
        BookingSay::CheckIn { booking, arrival, instructions } => {
            let instructions =
                if instructions.is_empty() { String::new() } else { format!("\n{instructions}") };
            Part::text(format!(
                "¡Hoy es el día! {} te espera desde las {}.{}{instructions}{}",
                booking.cabin,
                f.hour(arrival.check_in),
                place(arrival, f),
                due(booking, f)
            ))
        }
        BookingSay::ThankYou { property, words } => {
            let house = if property.is_empty() { "con nosotros".to_owned() } else { format!("en {property}") };
            let words = if words.is_empty() { "¡Ojalá vuelvas pronto!" } else { words };
            Part::text(format!("¡Gracias por haber estado {house}! {words}"))
        }
    }
}

fn held(bookings: &[Booking], ways: &PayWays, f: &Format<'_>) -> Part {
    let Some(first) = bookings.first() else { return Part::default() };
    let names = f.list(&bookings.iter().map(|booking| booking.cabin.clone()).collect::<Vec<_>>());
    let sum = |part: fn(&Booking) -> Money| {
        bookings
            .iter()
            .map(part)
            .reduce(|sum, next| sum.checked_add(next).unwrap_or(sum))
            .unwrap_or(part(first))
    };
    let mut text = format!(
        "¡Dale! Te guardo {names}, {}, hasta {}.\nTotal {}, seña {}.",
        f.stay(first.stay),
        until(first, f),
        f.money(sum(|booking| booking.total)),
        f.money(sum(|booking| booking.deposit))
    );
    match (ways.link_follows, &ways.bank) {
        (true, Some(bank)) => {
            text.push_str("\nAhora te mando el link para pagar la seña. Si preferís transferencia: ");
            text.push_str(&coordinates(bank));
        }
        (true, None) => text.push_str("\nAhora te mando el link para pagar la seña."),
        (false, Some(bank)) => {
            text.push_str("\nLa seña se transfiere a: ");
            text.push_str(&coordinates(bank));
            text.push_str("\nCuando la hagas, mandame el comprobante por acá.");
        }
        (false, None) => text.push_str("\nEnseguida te dicen cómo pagar la seña."),
    }
    Part::text(text)
}

fn pay(say: &PaySay, f: &Format<'_>) -> Part {
    match say {
        PaySay::LinkReady { booking, amount, url } => Part::text(format!(
            "Acá podés pagar {} de {} con Mercado Pago. Apenas entre el pago te confirmo.",
            f.money(*amount),
            booking.cabin
        ))
        .link("Pagar ahora", url),
        PaySay::LinkComing => Part::text("Ahí te mando el link para pagar."),
        PaySay::LinkUnavailable { bank, .. } => Part::text(match bank {
            Some(bank) => format!(
                "El link de pago no me está funcionando. Podés transferir a: {}\nDespués mandame el comprobante.",
                coordinates(bank)
            ),
            None => "El link de pago no me está funcionando. Ya avisé y te dicen cómo pagar.".to_owned(),
        }),
        PaySay::Transfer { booking, bank } => Part::text(format!(
            "Para {}, transferí {} a: {}\nCuando la hagas, mandame el comprobante por acá.",
            booking.cabin,
            f.money(booking.due_next()),
            coordinates(bank)
        )),
        PaySay::Pending { .. } => {
            Part::text("Mercado Pago está revisando tu pago. Mientras tanto te guardo el lugar y te aviso.")
        }
        PaySay::Rejected { url, .. } => {
            let text = "El pago no pasó. Podés probar de nuevo con el mismo link o con otro medio de pago.";
            match url {
                Some(url) => Part::text(text).link("Probar de nuevo", url),
                None => Part::text(text),
            }
        }
        PaySay::Partial { booking, received } => Part::text(format!(
            "Recibimos {}, pero no es lo que pedía la seña de {}, {}. Una persona lo mira y te escribe.",
            f.money(*received),
            booking.cabin,
            f.money(booking.deposit)
        )),
        PaySay::Settled { booking } => Part::text(format!(
            "¡Recibimos el resto! Tu estadía en {}, {}, está paga.",
            booking.cabin,
            f.stay(booking.stay)
        )),
        PaySay::TooLate { booking } => Part::text(format!(
            "Tu pago llegó cuando {}, {}, ya estaba ocupada. Perdón: una persona te escribe para devolverte la plata o buscarte otra fecha.",
            booking.cabin,
            f.stay(booking.stay)
        )),
        PaySay::ReceiptReceived { booking } => Part::text(format!(
            "¡Gracias! Recibí el comprobante de {}. Apenas lo vean te confirmo.",
            booking.cabin
        )),
        PaySay::TransferApproved { booking, amount } => Part::text(format!(
            "Vimos tu transferencia de {} para {}. {}",
            f.money(*amount),
            booking.cabin,
            rest(booking, f)
        )),
        PaySay::TransferNotFound { booking } => Part::text(format!(
            "Todavía no vemos la transferencia de {}. ¿Me mandás de nuevo el comprobante?",
            booking.cabin
        )),
        PaySay::BalanceReminder { booking, bank } => {
            let way = bank
                .as_ref()
                .map(|bank| format!(" Si querés adelantarlo, podés transferir a: {}", coordinates(bank)))
                .unwrap_or_default();
            Part::text(format!(
                "Te recuerdo que al llegar a {} quedan {} por pagar.{way}",
                booking.cabin,
                f.money(booking.balance_due())
            ))
        }
        PaySay::Refunded { booking, amount } => Part::text(format!(
            "Te devolvimos {} de la reserva {}. Puede tardar unos días en verse en tu cuenta.",
            f.money(*amount),
            booking.code
        )),
        PaySay::NotSeenYet { booking } => Part::text(format!(
            "Todavía no me figura el pago de {}. Si ya pagaste, apenas entre te aviso.",
            booking.cabin
        ))
        .choice(Tap::Pay { reservation_id: booking.reservation_id }, "Mandame el link"),
        PaySay::HowOnePays { deposit, online, transfer } => {
            let ways = match (online, transfer) {
                (true, true) => "con Mercado Pago o por transferencia",
                (true, false) => "con Mercado Pago",
                (false, true) => "por transferencia",
                (false, false) => "como te quede cómodo, lo arreglamos por acá",
            };
            Part::text(format!(
                "Para reservar se paga una seña del {} % {ways}, y el resto al llegar.",
                deposit.value()
            ))
        }
        PaySay::NothingDue { booking } => {
            Part::text(format!("Por ahora no hay nada para pagar de {}. ¡Está todo en orden!", booking.cabin))
        }
        PaySay::OwnerWillSay => Part::text("Ya avisé para que te digan cómo pagar."),
    }
}

fn house(say: &HouseSay, f: &Format<'_>) -> Part {
    match say {
        HouseSay::Answer { text } => Part::text(text.clone()),
        HouseSay::CheckInTime { from } => Part::text(format!("Se puede entrar desde las {}.", f.hour(*from))),
        HouseSay::CheckOutTime { until } => Part::text(format!("Se sale hasta las {}.", f.hour(*until))),
        HouseSay::Capacity { cabins } => Part::text(lines(
            cabins.iter().map(|(name, people)| format!("{name}: hasta {}", f.people(*people))),
        )),
        HouseSay::Deposit { percent, hold_minutes } => Part::text(format!(
            "Para reservar se paga una seña del {} %. Te guardo el lugar {} mientras la pagás, y el resto es al llegar.",
            percent.value(),
            f.duration(*hold_minutes)
        )),
        HouseSay::CancellationPolicy { policy } => Part::text(cancellation(*policy)),
        HouseSay::Amenities { cabins } => {
            Part::text(lines(cabins.iter().map(|(name, things)| format!("{name}: {}", f.list(things)))))
        }
        HouseSay::Photos { cabins } => {
            Part::text(lines(cabins.iter().map(|(name, photos)| format!("{name}:\n{}", photos.join("\n")))))
        }
        HouseSay::Location { places } => Part::text(format!("Estamos acá:\n{}", places.join("\n"))),
        HouseSay::AskedOwner { .. } => {
            Part::text("Eso no lo sé con seguridad. Ya lo pregunté y te contestan por acá.")
        }
    }
}

/// Why not, and what would do.
fn refused(refusal: &Refusal, f: &Format<'_>) -> String {
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

fn consequence(refund: Money, ground: Ground, f: &Format<'_>) -> String {
    if !refund.is_positive() {
        return match ground {
            Ground::Withdrawal | Ground::InTime => "No hay nada pago, así que no se pierde nada.".into(),
            Ground::Late => "Por la fecha, la seña no se devuelve.".into(),
        };
    }
    match ground {
        Ground::Withdrawal => {
            format!("Estás en tiempo de arrepentirte: te devolvemos todo, {}.", f.money(refund))
        }
        Ground::InTime | Ground::Late => format!("Se te devuelven {}.", f.money(refund)),
    }
}

fn cancellation(policy: Cancellation) -> String {
    let late = match policy.late_refund_percent.value() {
        0 => "después no hay devolución".to_owned(),
        percent => format!("después, el {percent} %"),
    };
    let house = format!(
        "Si cancelás hasta {} días antes de llegar, se devuelve el {} % de lo pagado; {late}.",
        policy.free_until_days,
        policy.refund_percent.value()
    );
    format!(
        "{house} Además, hasta 10 días después de reservar y al menos 24 horas antes de llegar, te podés arrepentir sin costo."
    )
}

fn new_total(before: Money, after: Money, f: &Format<'_>) -> String {
    if before == after {
        format!("El total sigue siendo {}", f.money(after))
    } else {
        format!("El total pasa de {} a {}", f.money(before), f.money(after))
    }
}

fn goes_back(refund: Money, f: &Format<'_>) -> String {
    if refund.is_positive() {
        format!("Te devolvemos {}; puede tardar unos días en verse.", f.money(refund))
    } else {
        "No quedó nada por devolver.".into()
    }
}

fn card(booking: &Booking, f: &Format<'_>) -> String {
    format!(
        "{}, {}\n{}\nCódigo: {}",
        booking.cabin,
        f.people(booking.guests),
        f.stay(booking.stay),
        booking.code
    )
}

fn standing(booking: &Booking, f: &Format<'_>) -> String {
    if booking.deposit_due().is_positive() && booking.expires_at.is_some() && !booking.paid.is_positive() {
        format!(
            "Falta la seña de {}; te la guardo hasta {}.",
            f.money(booking.deposit_due()),
            until(booking, f)
        )
    } else {
        rest(booking, f)
    }
}

fn rest(booking: &Booking, f: &Format<'_>) -> String {
    let due = booking.balance_due();
    if due.is_positive() {
        format!(
            "Total {}, pagado {}, quedan {} al llegar.",
            f.money(booking.total),
            f.money(booking.paid),
            f.money(due)
        )
    } else {
        format!("Total {}, está todo pago.", f.money(booking.total))
    }
}

fn due(booking: &Booking, f: &Format<'_>) -> String {
    let due = booking.balance_due();
    if due.is_positive() { format!("\nQuedan {} para pagar al llegar.", f.money(due)) } else { String::new() }
}

fn place(arrival: &Arrival, f: &Format<'_>) -> String {
    let mut text = format!(
        "\nEntrada desde las {}, salida hasta las {}.",
        f.hour(arrival.check_in),
        f.hour(arrival.check_out)
    );
    if !arrival.address.is_empty() {
        text.push_str(&format!("\nDirección: {}", arrival.address));
    }
    if !arrival.words.is_empty() {
        text.push_str(&format!("\n{}", arrival.words));
    }
    text
}

fn until(booking: &Booking, f: &Format<'_>) -> String {
    booking.expires_at.map(|at| f.moment(at)).unwrap_or_default()
}

fn coordinates(bank: &Bank) -> String {
    let mut parts = Vec::new();
    if !bank.alias.is_empty() {
        parts.push(format!("alias {}", bank.alias));
    }
    if !bank.cbu.is_empty() {
        parts.push(format!("CBU {}", bank.cbu));
    }
    if !bank.holder.is_empty() {
        parts.push(format!("a nombre de {}", bank.holder));
    }
    parts.join(", ")
}

fn book(stay: Stay, rooms: &[(Room, String)]) -> Tap {
    Tap::Book { stay, rooms: rooms.iter().map(|(room, _)| room.clone()).collect() }
}

fn names(rooms: &[(Room, String)], f: &Format<'_>) -> String {
    f.list(
        &rooms
            .iter()
            .map(|(room, name)| format!("{name} para {}", f.people(room.guests)))
            .collect::<Vec<_>>(),
    )
}

fn total(rooms: &[(Room, String)]) -> Money {
    let totals = rooms.iter().map(|(room, _)| room.total);
    totals
        .reduce(|sum, next| sum.checked_add(next).unwrap_or(sum))
        .unwrap_or(Money::new(0, Default::default()))
}

fn lines(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join("\n")
}
