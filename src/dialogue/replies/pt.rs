//! Brazilian Portuguese: warm, short.

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
            "Para quais datas você quer vir e quantas pessoas são? Se tiver alguma dúvida sobre o lugar, é só perguntar.",
        ),
        Talk::NotUnderstood => Part::text(
            "Desculpa, não entendi bem. Posso dizer se tem vaga e quanto custa, fazer sua reserva ou contar do lugar. Pode me dizer de outro jeito?",
        )
        .choice(Tap::SeeDates, "Datas e preços")
        .choice(Tap::Person, "Falar com alguém"),
        Talk::StillNotUnderstood => {
            Part::text("Ainda não entendi, me desculpa. Prefere que uma pessoa responda?")
                .choice(Tap::Person, "Sim, uma pessoa")
                .choice(Tap::SeeDates, "Datas e preços")
        }
        Talk::HandedOver => Part::text("Já avisei uma pessoa para responder você por aqui assim que puder."),
        Talk::AlreadyHandedOver => Part::text("Já foi avisado: vão responder você por aqui assim que puderem."),
        Talk::AskedOwner => Part::text("Isso eu não sei com certeza. Já perguntei e respondem você por aqui."),
        Talk::Welcome => Part::text("De nada! Qualquer coisa, me escreve."),
        Talk::OptedOut => Part::text("Pronto, não escrevo mais. Se um dia quiser falar de novo, é só mandar uma mensagem."),
        Talk::Unheard => Part::text("Desculpa, não consegui ouvir bem o áudio. Pode me escrever?"),
        Talk::TooLong => Part::text("O áudio é longo demais para mim. Pode mandar um mais curto ou me escrever?"),
        Talk::VoiceOff => Part::text("Por enquanto não consigo ouvir áudios. Pode me escrever?"),
        Talk::Heard { text } => Part::text(format!("Ouvi: “{text}”. Está certo?"))
            .choice(Tap::HeardRight, "Sim, está certo")
            .choice(Tap::HeardWrong, "Não"),
        Talk::PleaseWrite => Part::text("Tudo bem, então me escreve, por favor."),
        Talk::CannotSee => Part::text("Esse tipo de mensagem eu não consigo ver. Pode me escrever?"),
        Talk::Picture => Part::text("Obrigado pela foto! Como posso ajudar?"),
        Talk::Place => Part::text("Recebi a localização, obrigado. Como posso ajudar?"),
        Talk::StaleTap => Part::text("Esse botão não vale mais, já passou um tempo. Me diz de novo do que você precisa."),
        Talk::LateAnswer => Part::text("Sua mensagem só chegou agora, desculpa a demora. Veja como está hoje:"),
        Talk::Calm => Part::text("Entendo o seu incômodo e sinto muito. Vou avisar uma pessoa para ajudar você."),
    }
}

fn hello(name: &Option<String>, property: &str, welcome: &str, first_time: bool) -> String {
    let name = name.as_ref().map(|name| format!(", {name}")).unwrap_or_default();
    let mut text = match (first_time, property.is_empty()) {
        (true, false) => format!("Olá{name}! Obrigado por escrever para {property}."),
        (true, true) => format!("Olá{name}! Obrigado por escrever."),
        (false, _) => format!("Olá{name}!"),
    };
    if first_time && !welcome.is_empty() {
        text.push(' ');
        text.push_str(welcome);
    }
    text
}

fn stay(say: &StaySay, f: &Format<'_>) -> Part {
    match say {
        StaySay::AskDates { guests: None } => {
            Part::text("Para quais datas você quer vir e quantas pessoas são?")
        }
        StaySay::AskDates { guests: Some(guests) } => {
            Part::text(format!("Perfeito, para {}. Que dia chegam e que dia vão embora?", f.people(*guests)))
        }
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
        StaySay::Alternatives { stay, guests, near } => {
            let head = format!("Para {}, {}, não tenho mais vaga.", f.people(*guests), f.stay(*stay));
            if near.is_empty() {
                return Part::text(format!("{head} Tentamos outra data?"))
                    .choice(Tap::Waitlist { stay: *stay, guests: *guests }, "Me avise se abrir");
            }
            let options = near.iter().take(4).map(|near| {
                format!("{}, {}: {}", near.offer.name, f.stay(near.stay), f.money(near.offer.quote.total))
            });
            let part = near.iter().take(4).fold(
                Part::text(format!("{head} O mais próximo que tenho:\n{}", lines(options))),
                |part, near| {
                    let cabin_id = near.offer.cabin_id;
                    part.row(
                        Tap::Choose { cabin_id, stay: near.stay, guests: *guests },
                        f.short_stay(near.stay),
                        format!("{} · {}", f.money(near.offer.quote.total), near.offer.name),
                    )
                },
            );
            part.choice(Tap::Waitlist { stay: *stay, guests: *guests }, "Me avise se abrir")
        }
        StaySay::RuledOut { refusal, stay, instead } => {
            let why = refused(refusal, f);
            if instead.is_empty() {
                return Part::text(why);
            }
            let options = lines(instead.iter().map(|stay| f.stay(*stay)));
            let _ = stay;
            instead.iter().take(3).fold(Part::text(format!("{why} Poderia ser:\n{options}")), |part, stay| {
                part.choice(Tap::Dates { stay: *stay }, f.short_stay(*stay))
            })
        }
        StaySay::TooManyPeople { guests, most } => Part::text(format!(
            "Para {} não tenho lugar: cabem até {} no total.",
            f.people(*guests),
            f.people(*most)
        )),
        StaySay::BookItAloud { stay, rooms } => Part::text(format!(
            "Repito para não errar: {}, {}, total {}. Reservo?",
            f.stay(*stay),
            names(rooms, f),
            f.money(total(rooms))
        ))
        .choice(book(*stay, rooms), "Sim, reservar")
        .choice(Tap::OtherDates, "Outra data"),
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
        StaySay::Waitlisted { stay } => {
            Part::text(format!("Pronto: se abrir vaga para {}, eu escrevo.", f.stay(*stay)))
        }
        StaySay::WaitlistNews(quoted) => {
            let mut part = quote(quoted, f);
            part.body = format!("Boa notícia, abriu uma vaga!\n{}", part.body);
            part
        }
        StaySay::StillOpen { stay, rooms } => Part::text(format!(
            "Seguimos com {}, {}, por {}?",
            f.stay(*stay),
            names(rooms, f),
            f.money(total(rooms))
        ))
        .choice(book(*stay, rooms), "Sim, reservar")
        .choice(Tap::OtherDates, "Outra data"),
    }
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

fn booking(say: &BookingSay, f: &Format<'_>) -> Part {
    match say {
        BookingSay::Held { bookings, ways } => held(bookings, ways, f),
        BookingSay::HoldEnding { booking } => Part::text(format!(
            "Estou guardando {} até {}. Se ainda quiser, falta o sinal de {}.",
            booking.cabin,
            until(booking, f),
            f.money(booking.deposit_due())
        ))
        .choice(Tap::Pay { reservation_id: booking.reservation_id }, "Pagar o sinal"),
        BookingSay::Expired { booking } => Part::text(format!(
            "A reserva de {}, {}, venceu porque o sinal não chegou. Se ainda quiser, procuro de novo.",
            booking.cabin,
            f.stay(booking.stay)
        ))
        .choice(
            Tap::Choose { cabin_id: booking.cabin_id, stay: booking.stay, guests: booking.guests },
            "Procurar de novo",
        ),
        BookingSay::Confirmed { booking, arrival } => Part::text(format!(
            "Pronto, reserva confirmada! 🎉\n{}\n{}{}",
            card(booking, f),
            rest(booking, f),
            place(arrival, f)
        )),
        BookingSay::Cancelled { booking, refund } => Part::text(format!(
            "Cancelei sua reserva {}: {}, {}. {}",
            booking.code,
            booking.cabin,
            f.stay(booking.stay),
            goes_back(*refund, f)
        )),
        BookingSay::Moved { booking } => {
            Part::text(format!("Pronto, ficou assim:\n{}\n{}", card(booking, f), rest(booking, f)))
        }
        BookingSay::Cards { bookings } => Part::text(lines(
            bookings.iter().map(|booking| format!("{}\n{}", card(booking, f), standing(booking, f))),
        )),
        BookingSay::NoBooking => Part::text("Com este número não encontro nenhuma reserva. Fez com outro?")
            .choice(Tap::Person, "Falar com alguém"),
        BookingSay::AskCancel { booking, refund, ground } => Part::text(format!(
            "Quer mesmo cancelar {}, {}? {}",
            booking.cabin,
            f.stay(booking.stay),
            consequence(*refund, *ground, f)
        ))
        .choice(Tap::CancelIt { reservation_id: booking.reservation_id }, "Sim, cancelar")
        .choice(Tap::KeepIt, "Não, deixar"),
        BookingSay::Kept => Part::text("Perfeito, a reserva continua como estava."),
        BookingSay::Which { bookings, purpose } => {
            let question = match purpose {
                Purpose::Cancel => "Qual você quer cancelar?",
                Purpose::Change => "Qual você quer mudar?",
                Purpose::Pay => "Qual você quer pagar?",
            };
            bookings.iter().fold(Part::text(question), |part, booking| {
                let tap = Tap::Pick { reservation_id: booking.reservation_id, purpose: *purpose };
                part.row(tap, booking.cabin.clone(), f.stay(booking.stay))
            })
        }
        BookingSay::AskNewDates { booking } => Part::text(format!(
            "Hoje você tem {} ({}, {}). Para quais datas, ou para quantas pessoas, mudo?",
            booking.cabin,
            f.stay(booking.stay),
            f.people(booking.guests)
        )),
        BookingSay::AskMove { booking, stay, guests, quote } => Part::text(format!(
            "Ficaria assim: {}, {}, {}. {}. Mudo?",
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
            "Sim, mudar",
        )
        .choice(Tap::KeepIt, "Não, deixar"),
        BookingSay::CannotMove { refusal, .. } => Part::text(format!(
            "Não consigo mudar assim. {} Sua reserva continua como estava.",
            refused(refusal, f)
        )),
        BookingSay::CannotNow { refusal } => Part::text(refused(refusal, f)),
        BookingSay::Withdrawing { code } => {
            let which = code.as_ref().map(|code| format!(" da reserva {code}")).unwrap_or_default();
            Part::text(format!(
                "Anotei seu pedido de desistência{which}, com a data e a hora de hoje. Respondemos em até 24 horas."
            ))
        }
        BookingSay::ArrivalReminder { booking, arrival } => Part::text(format!(
            "Falta pouco! Esperamos você {} em {}.{}{}",
            f.day(booking.stay.check_in()),
            booking.cabin,
            place(arrival, f),
            due(booking, f)
        )),
        BookingSay::CheckIn { booking, arrival, instructions } => {
            let instructions =
                if instructions.is_empty() { String::new() } else { format!("\n{instructions}") };
            Part::text(format!(
                "É hoje! {} espera você a partir das {}.{}{instructions}{}",
                booking.cabin,
                f.hour(arrival.check_in),
                place(arrival, f),
                due(booking, f)
            ))
        }
        BookingSay::ThankYou { property, words } => {
            let house = if property.is_empty() { "com a gente".to_owned() } else { format!("em {property}") };
            let words = if words.is_empty() { "Tomara que volte logo!" } else { words };
            Part::text(format!("Obrigado por ter ficado {house}! {words}"))
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
        "Combinado! Guardo {names}, {}, até {}.\nTotal {}, sinal {}.",
        f.stay(first.stay),
        until(first, f),
        f.money(sum(|booking| booking.total)),
        f.money(sum(|booking| booking.deposit))
    );
    match (ways.link_follows, &ways.bank) {
        (true, Some(bank)) => {
            text.push_str("\nJá mando o link para pagar o sinal. Se preferir transferência: ");
            text.push_str(&coordinates(bank));
        }
        (true, None) => text.push_str("\nJá mando o link para pagar o sinal."),
        (false, Some(bank)) => {
            text.push_str("\nO sinal se transfere para: ");
            text.push_str(&coordinates(bank));
            text.push_str("\nQuando fizer, me mande o comprovante por aqui.");
        }
        (false, None) => text.push_str("\nLogo dizem a você como pagar o sinal."),
    }
    Part::text(text)
}

fn pay(say: &PaySay, f: &Format<'_>) -> Part {
    match say {
        PaySay::LinkReady { booking, amount, url } => Part::text(format!(
            "Aqui você paga {} de {} com Mercado Pago. Assim que o pagamento entrar, confirmo.",
            f.money(*amount),
            booking.cabin
        ))
        .link("Pagar agora", url),
        PaySay::LinkComing => Part::text("Já mando o link para pagar."),
        PaySay::LinkUnavailable { bank, .. } => Part::text(match bank {
            Some(bank) => format!(
                "O link de pagamento não está funcionando. Você pode transferir para: {}\nDepois me mande o comprovante.",
                coordinates(bank)
            ),
            None => {
                "O link de pagamento não está funcionando. Já avisei e dizem a você como pagar.".to_owned()
            }
        }),
        PaySay::Transfer { booking, bank } => Part::text(format!(
            "Para {}, transfira {} para: {}\nQuando fizer, me mande o comprovante por aqui.",
            booking.cabin,
            f.money(booking.due_next()),
            coordinates(bank)
        )),
        PaySay::Pending { .. } => Part::text(
            "O Mercado Pago está analisando seu pagamento. Enquanto isso guardo a vaga e aviso você.",
        ),
        PaySay::Rejected { url, .. } => {
            let text = "O pagamento não passou. Você pode tentar de novo com o mesmo link ou com outro meio.";
            match url {
                Some(url) => Part::text(text).link("Tentar de novo", url),
                None => Part::text(text),
            }
        }
        PaySay::Partial { booking, received } => Part::text(format!(
            "Recebemos {}, mas não é o valor do sinal de {}, {}. Uma pessoa vai ver e escreve para você.",
            f.money(*received),
            booking.cabin,
            f.money(booking.deposit)
        )),
        PaySay::Settled { booking } => Part::text(format!(
            "Recebemos o resto! Sua estadia em {}, {}, está paga.",
            booking.cabin,
            f.stay(booking.stay)
        )),
        PaySay::TooLate { booking } => Part::text(format!(
            "Seu pagamento chegou quando {}, {}, já estava ocupada. Desculpa: uma pessoa vai escrever para devolver o dinheiro ou achar outra data.",
            booking.cabin,
            f.stay(booking.stay)
        )),
        PaySay::ReceiptReceived { booking } => Part::text(format!(
            "Obrigado! Recebi o comprovante de {}. Assim que virem, confirmo.",
            booking.cabin
        )),
        PaySay::TransferApproved { booking, amount } => Part::text(format!(
            "Vimos sua transferência de {} para {}. {}",
            f.money(*amount),
            booking.cabin,
            rest(booking, f)
        )),
        PaySay::TransferNotFound { booking } => Part::text(format!(
            "Ainda não vemos a transferência de {}. Pode mandar o comprovante de novo?",
            booking.cabin
        )),
        PaySay::BalanceReminder { booking, bank } => {
            let way = bank
                .as_ref()
                .map(|bank| format!(" Se quiser adiantar, pode transferir para: {}", coordinates(bank)))
                .unwrap_or_default();
            Part::text(format!(
                "Lembrando que na chegada a {} ficam {} para pagar.{way}",
                booking.cabin,
                f.money(booking.balance_due())
            ))
        }
        PaySay::Refunded { booking, amount } => Part::text(format!(
            "Devolvemos {} da reserva {}. Pode levar alguns dias para aparecer na sua conta.",
            f.money(*amount),
            booking.code
        )),
        PaySay::NotSeenYet { booking } => Part::text(format!(
            "O pagamento de {} ainda não apareceu. Se já pagou, aviso assim que entrar.",
            booking.cabin
        ))
        .choice(Tap::Pay { reservation_id: booking.reservation_id }, "Mande o link"),
        PaySay::HowOnePays { deposit, online, transfer } => {
            let ways = match (online, transfer) {
                (true, true) => "com Mercado Pago ou por transferência",
                (true, false) => "com Mercado Pago",
                (false, true) => "por transferência",
                (false, false) => "como for melhor para você, combinamos por aqui",
            };
            Part::text(format!(
                "Para reservar se paga um sinal de {} % {ways}, e o resto na chegada.",
                deposit.value()
            ))
        }
        PaySay::NothingDue { booking } => {
            Part::text(format!("Por enquanto não há nada a pagar de {}. Está tudo certo!", booking.cabin))
        }
        PaySay::OwnerWillSay => Part::text("Já avisei para dizerem a você como pagar."),
    }
}

fn house(say: &HouseSay, f: &Format<'_>) -> Part {
    match say {
        HouseSay::Answer { text } => Part::text(text.clone()),
        HouseSay::CheckInTime { from } => {
            Part::text(format!("Dá para entrar a partir das {}.", f.hour(*from)))
        }
        HouseSay::CheckOutTime { until } => Part::text(format!("A saída é até as {}.", f.hour(*until))),
        HouseSay::Capacity { cabins } => Part::text(lines(
            cabins.iter().map(|(name, people)| format!("{name}: até {}", f.people(*people))),
        )),
        HouseSay::Deposit { percent, hold_minutes } => Part::text(format!(
            "Para reservar se paga um sinal de {} %. Guardo a vaga por {} enquanto você paga, e o resto é na chegada.",
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
        HouseSay::Location { places } => Part::text(format!("Estamos aqui:\n{}", places.join("\n"))),
        HouseSay::AskedOwner { .. } => {
            Part::text("Isso eu não sei com certeza. Já perguntei e respondem você por aqui.")
        }
    }
}

/// Why not, and what would do.
fn refused(refusal: &Refusal, f: &Format<'_>) -> String {
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

fn consequence(refund: Money, ground: Ground, f: &Format<'_>) -> String {
    if !refund.is_positive() {
        return match ground {
            Ground::Withdrawal | Ground::InTime => "Não há nada pago, então não se perde nada.".into(),
            Ground::Late => "Pela data, o sinal não é devolvido.".into(),
        };
    }
    match ground {
        Ground::Withdrawal => {
            format!("Você está no prazo de desistência: devolvemos tudo, {}.", f.money(refund))
        }
        Ground::InTime | Ground::Late => format!("Devolvemos {}.", f.money(refund)),
    }
}

fn cancellation(policy: Cancellation) -> String {
    let late = match policy.late_refund_percent.value() {
        0 => "depois não há devolução".to_owned(),
        percent => format!("depois, {percent} %"),
    };
    let house = format!(
        "Cancelando até {} dias antes da chegada, devolvemos {} % do que foi pago; {late}.",
        policy.free_until_days,
        policy.refund_percent.value()
    );
    format!(
        "{house} Além disso, até 10 dias depois de reservar e pelo menos 24 horas antes da chegada, você pode desistir sem custo."
    )
}

fn new_total(before: Money, after: Money, f: &Format<'_>) -> String {
    if before == after {
        format!("O total continua sendo {}", f.money(after))
    } else {
        format!("O total passa de {} para {}", f.money(before), f.money(after))
    }
}

fn goes_back(refund: Money, f: &Format<'_>) -> String {
    if refund.is_positive() {
        format!("Devolvemos {}; pode levar alguns dias para aparecer.", f.money(refund))
    } else {
        "Não ficou nada a devolver.".into()
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
        format!("Falta o sinal de {}; guardo até {}.", f.money(booking.deposit_due()), until(booking, f))
    } else {
        rest(booking, f)
    }
}

fn rest(booking: &Booking, f: &Format<'_>) -> String {
    let due = booking.balance_due();
    if due.is_positive() {
        format!(
            "Total {}, pago {}, ficam {} na chegada.",
            f.money(booking.total),
            f.money(booking.paid),
            f.money(due)
        )
    } else {
        format!("Total {}, está tudo pago.", f.money(booking.total))
    }
}

fn due(booking: &Booking, f: &Format<'_>) -> String {
    let due = booking.balance_due();
    if due.is_positive() { format!("\nFicam {} para pagar na chegada.", f.money(due)) } else { String::new() }
}

fn place(arrival: &Arrival, f: &Format<'_>) -> String {
    let mut text = format!(
        "\nEntrada a partir das {}, saída até as {}.",
        f.hour(arrival.check_in),
        f.hour(arrival.check_out)
    );
    if !arrival.address.is_empty() {
        text.push_str(&format!("\nEndereço: {}", arrival.address));
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
        parts.push(format!("em nome de {}", bank.holder));
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
