//! Portuguese: a stay in the making: dates, people, prices, and why not.

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
        StaySay::AskDates { guests: None } => {
            Part::text("Para quais datas você quer vir e quantas pessoas são?")
        }
        StaySay::AskDates { guests: Some(guests) } => {
            Part::text(format!("Perfeito, para {}. Que dia chegam e que dia vão embora?", f.people(*guests)))
        }
        StaySay::AskDays { month, part, guests } => ask_days(&f.month(*month, *part), *guests, f),
        StaySay::AskDeparture { arrival } => {
            Part::text(format!("Chegando {}, até que dia ficam, ou quantas noites?", f.day(*arrival)))
        }
        StaySay::AskArrival { departure } => {
            Part::text(format!("Saindo {}, que dia chegariam?", f.day(*departure)))
        }
        StaySay::AskGuests { stay } => Part::text(format!("{}. Quantas pessoas são?", f.stay(*stay))),
        StaySay::WhichStay { stays } => stays.iter().take(3).fold(
            Part::text(format!(
                "Qual destas datas você quer dizer?\n{}",
                lines(stays.iter().map(|stay| f.stay(*stay)))
            )),
            |part, stay| part.choice(Tap::Dates { stay: *stay }, f.short_stay(*stay)),
        ),
        StaySay::WhichArrival { days } => {
            Part::text(format!("Que dia chegariam?\n{}", lines(days.iter().map(|day| f.day(*day)))))
        }
        StaySay::WhichGuests { from, to } => (*from..=*to).take(3).fold(
            Part::text("Quantas pessoas seriam no final? Assim passo o preço certo."),
            |part, guests| part.choice(Tap::Guests { guests }, f.people(guests)),
        ),
        StaySay::BadDates => {
            Part::text("Essas datas não fecham. Me diz que dia chegam e que dia vão embora?")
        }
        StaySay::Quote(quoted) => quote(quoted, f),
        StaySay::Cabins { stay, guests, offers } => cabins(*stay, *guests, offers, f),
        StaySay::Alternatives { stay, guests, near } => alternatives(*stay, *guests, near, f),
        StaySay::RuledOut { refusal, instead, .. } => ruled_out(refusal, instead, f),
        StaySay::TooManyPeople { guests, most } => Part::text(format!(
            "Para {} não tenho lugar: cabem até {} no total.",
            f.people(*guests),
            f.people(*most)
        )),
        StaySay::BookItAloud { stay, rooms } => book_it_aloud(*stay, rooms, f),
        StaySay::WhichCabin { stay, rooms, .. } => rooms.iter().fold(
            Part::text(format!("Qual você quer reservar para {}?", f.stay(*stay))),
            |part, (room, name)| {
                let tap = Tap::Choose { cabin_id: room.cabin_id, stay: *stay, guests: room.guests };
                part.row(tap, name.clone(), f.money(room.total))
            },
        ),
        StaySay::PriceChanged => Part::text("Atenção, o preço mudou desde que passei. Hoje está assim:"),
        StaySay::JustTaken => Part::text("Poxa, acabaram de reservar. Veja o que ainda tem:"),
        StaySay::Declined => Part::text("Tudo bem, sem problema. Se quiser ver outra data, me diz."),
        StaySay::Undecided { offer } => undecided(offer.as_ref()),
        StaySay::Waitlisted { stay } => {
            Part::text(format!("Pronto: se abrir vaga para {}, eu escrevo.", f.stay(*stay)))
        }
        StaySay::WaitlistNews(quoted) => {
            let mut part = quote(quoted, f);
            part.body = format!("Boa notícia, abriu uma vaga!\n{}", part.body);
            part
        }
        StaySay::StillOpen { stay, rooms } => still_open(*stay, rooms, f),
    }
}

fn ask_days(month: &str, guests: Option<u16>, f: &Format<'_>) -> Part {
    Part::text(match guests {
        None => {
            format!("Quais dias de {month} você pensou? Me diz o dia de chegada, o de saída e quantos são.")
        }
        Some(guests) => format!(
            "Perfeito, para {}. Quais dias de {month} você pensou? Me diz o dia de chegada e o de saída.",
            f.people(guests)
        ),
    })
}

fn alternatives(stay: Stay, guests: u16, near: &[Alternative], f: &Format<'_>) -> Part {
    let head = format!("Para {}, {}, não tenho mais vaga.", f.people(guests), f.stay(stay));
    if near.is_empty() {
        return Part::text(format!("{head} Tentamos outra data?"))
            .choice(Tap::Waitlist { stay, guests }, "Me avise se abrir");
    }
    let options = near.iter().take(4).map(|near| {
        format!("{}, {}: {}", near.offer.name, f.stay(near.stay), f.money(near.offer.quote.total))
    });
    let part = near.iter().take(4).fold(
        Part::text(format!("{head} O mais próximo que tenho:\n{}", lines(options))),
        |part, near| {
            let cabin_id = near.offer.cabin_id;
            part.row(
                Tap::Choose { cabin_id, stay: near.stay, guests },
                f.short_stay(near.stay),
                format!("{} · {}", f.money(near.offer.quote.total), near.offer.name),
            )
        },
    );
    part.choice(Tap::Waitlist { stay, guests }, "Me avise se abrir")
}

fn ruled_out(refusal: &Refusal, instead: &[Stay], f: &Format<'_>) -> Part {
    let why = refused(refusal, f);
    if instead.is_empty() {
        return Part::text(why);
    }
    let options = lines(instead.iter().map(|stay| f.stay(*stay)));
    instead.iter().take(3).fold(Part::text(format!("{why} Poderia ser:\n{options}")), |part, stay| {
        part.choice(Tap::Dates { stay: *stay }, f.short_stay(*stay))
    })
}

fn still_open(stay: Stay, rooms: &[(Room, String)], f: &Format<'_>) -> Part {
    Part::text(format!("Seguimos com {}, {}, por {}?", f.stay(stay), names(rooms, f), f.money(total(rooms))))
        .choice(book(stay, rooms), "Sim, reservar")
        .choice(Tap::OtherDates, "Outra data")
}

fn undecided(offer: Option<&(Stay, Vec<(Room, String)>)>) -> Part {
    match offer {
        Some((stay, rooms)) => Part::text(
            "Tudo bem, fico no aguardo. Por enquanto não reservei nada, e alguém pode reservar antes. Quando decidir, é só dizer que sim; se quiser mudar algo, me conta.",
        )
        .choice(book(*stay, rooms), "Sim, reservar")
        .choice(Tap::OtherDates, "Outra data"),
        None => Part::text("Tudo bem, fico no aguardo. Quando decidir, me escreve e a gente continua."),
    }
}

fn book_it_aloud(stay: Stay, rooms: &[(Room, String)], f: &Format<'_>) -> Part {
    Part::text(format!(
        "Repito para não errar: {}, {}, total {}. Reservo?",
        f.stay(stay),
        names(rooms, f),
        f.money(total(rooms))
    ))
    .choice(book(stay, rooms), "Sim, reservar")
    .choice(Tap::OtherDates, "Outra data")
}

fn quote(quoted: &Quoted, f: &Format<'_>) -> Part {
    let sum = f.money(quoted.sum(|quote| quote.total));
    let deposit = quoted.sum(|quote| quote.deposit);
    let what = if let [only] = quoted.rooms.as_slice() {
        format!("{} para {}: {sum} no total.", only.name, f.people(quoted.guests))
    } else {
        let each = quoted.rooms.iter().map(|room| {
            format!("{} ({}): {}", room.name, f.people(room.room.guests), f.money(room.quote.total))
        });
        format!("Numa só não cabem, mas em duas sim:\n{}\nTotal: {sum}.", lines(each))
    };
    let about = if quoted.about.is_empty() { String::new() } else { format!("\n{}", quoted.about) };
    let advance = if deposit.is_positive() {
        format!("\nCom {} de sinal fica reservada e o resto se paga na chegada.", f.money(deposit))
    } else {
        String::new()
    };
    let tap = Tap::Book { stay: quoted.stay, rooms: quoted.rooms() };
    Part::text(format!("Tem vaga: {}.\n{what}{about}{advance}", f.stay(quoted.stay)))
        .choice(tap, "Reservar")
        .choice(Tap::OtherDates, "Outra data")
}

fn cabins(stay: Stay, guests: u16, offers: &[Offer], f: &Format<'_>) -> Part {
    let head = format!("Para {}, {}, tenho:", f.people(guests), f.stay(stay));
    let each = offers.iter().map(|offer| format!("{}: {}", offer.name, f.money(offer.quote.total)));
    let text = format!("{head}\n{}\nQual você prefere?", lines(each));
    offers.iter().fold(Part::text(text), |part, offer| {
        let tap = Tap::Choose { cabin_id: offer.cabin_id, stay, guests };
        let detail = format!("{}, até {}", f.money(offer.quote.total), f.people(offer.capacity));
        part.row(tap, offer.name.clone(), detail)
    })
}

/// Why not, and what would do.
pub(in crate::dialogue::replies) fn refused(refusal: &Refusal, f: &Format<'_>) -> String {
    match refusal {
        Refusal::BadDates => "Essas datas não fecham: a saída tem que ser depois da chegada.".into(),
        Refusal::PastDate => "Essa data já passou.".into(),
        Refusal::OverCapacity { capacity } => format!("Ali cabem até {}.", f.people(*capacity)),
        Refusal::NoGuests => "Quantas pessoas são?".into(),
        Refusal::MinNights { min } => format!("Para essas datas o mínimo é de {}.", f.nights(*min)),
        Refusal::TooLong { max } => format!("Dá para reservar até {} seguidas.", f.nights(*max)),
        Refusal::ArrivalDay { allowed } => {
            format!("Nessas datas a entrada é só {}.", f.weekdays(allowed))
        }
        Refusal::LeadTime { earliest } => {
            format!("Tão em cima não conseguimos: o mais cedo é {}.", f.day(*earliest))
        }
        Refusal::TooFarAhead { latest } => {
            format!("Ainda não abrimos essas datas: por enquanto se reserva até {}.", f.day(*latest))
        }
        Refusal::NightsTaken => "Essas noites já estão ocupadas.".into(),
        Refusal::CabinUnavailable => "Essa cabana não está disponível.".into(),
        Refusal::PriceOverflow => "Não consegui calcular o preço. Já avisei para passarem a você.".into(),
        Refusal::NotNow { .. } => "Isso já não dá para fazer com esta reserva.".into(),
        Refusal::HoldExpired => "A reserva venceu antes. Posso procurar de novo.".into(),
        Refusal::TooManyHolds { max } => {
            format!("Você já tem {max} reservas esperando o sinal. Pague alguma primeiro ou cancele uma.")
        }
        Refusal::NothingToRefund => "Não há nada a devolver.".into(),
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
