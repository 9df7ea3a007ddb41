//! English: a stay in the making: dates, people, prices, and why not.

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
        StaySay::AskDates { guests: None } => Part::text("Which dates would you like, and how many are you?"),
        StaySay::AskDates { guests: Some(guests) } => Part::text(format!(
            "Great, for {}. Which day do you arrive and which day do you leave?",
            f.people(*guests)
        )),
        StaySay::AskDays { month, part, guests } => ask_days(&f.month(*month, *part), *guests, f),
        StaySay::AskDeparture { arrival } => {
            Part::text(format!("Arriving {}: until which day, or how many nights?", f.day(*arrival)))
        }
        StaySay::AskArrival { departure } => {
            Part::text(format!("Leaving {}: which day would you arrive?", f.day(*departure)))
        }
        StaySay::AskGuests { stay } => Part::text(format!("{}. How many people are you?", f.stay(*stay))),
        StaySay::WhichStay { stays } => stays.iter().take(3).fold(
            Part::text(format!(
                "Which of these dates do you mean?\n{}",
                lines(stays.iter().map(|stay| f.stay(*stay)))
            )),
            |part, stay| part.choice(Tap::Dates { stay: *stay }, f.short_stay(*stay)),
        ),
        StaySay::WhichArrival { days } => {
            Part::text(format!("Which day would you arrive?\n{}", lines(days.iter().map(|day| f.day(*day)))))
        }
        StaySay::WhichGuests { from, to } => (*from..=*to).take(3).fold(
            Part::text("How many would you be in the end? Then I can give you the exact price."),
            |part, guests| part.choice(Tap::Guests { guests }, f.people(guests)),
        ),
        StaySay::BadDates => {
            Part::text("Those dates don't add up. Which day do you arrive and which day do you leave?")
        }
        StaySay::Quote(quoted) => quote(quoted, f),
        StaySay::Cabins { stay, guests, offers } => cabins(*stay, *guests, offers, f),
        StaySay::Alternatives { stay, guests, near } => alternatives(*stay, *guests, near, f),
        StaySay::RuledOut { refusal, instead, .. } => ruled_out(refusal, instead, f),
        StaySay::TooManyPeople { guests, most } => Part::text(format!(
            "I have no room for {}: the house takes {} in all.",
            f.people(*guests),
            f.people(*most)
        )),
        StaySay::BookItAloud { stay, rooms } => book_it_aloud(*stay, rooms, f),
        StaySay::WhichCabin { stay, rooms, .. } => rooms.iter().fold(
            Part::text(format!("Which one would you like for {}?", f.stay(*stay))),
            |part, (room, name)| {
                let tap = Tap::Choose { cabin_id: room.cabin_id, stay: *stay, guests: room.guests };
                part.row(tap, name.clone(), f.money(room.total))
            },
        ),
        StaySay::PriceChanged => Part::text("The price has changed since I told you. Today it is:"),
        StaySay::JustTaken => Part::text("Oh, it was booked just now. Here is what's left:"),
        StaySay::Declined => Part::text("No problem. If you'd like to see another date, tell me."),
        StaySay::Undecided { offer } => undecided(offer.as_ref()),
        StaySay::Waitlisted { stay } => {
            Part::text(format!("Done: if something frees up for {}, I'll write to you.", f.stay(*stay)))
        }
        StaySay::WaitlistNews(quoted) => {
            let mut part = quote(quoted, f);
            part.body = format!("Good news, something freed up!\n{}", part.body);
            part
        }
        StaySay::StillOpen { stay, rooms } => still_open(*stay, rooms, f),
    }
}

fn ask_days(month: &str, guests: Option<u16>, f: &Format<'_>) -> Part {
    Part::text(match guests {
        None => format!(
            "Which days in {month} did you have in mind? Tell me when you arrive, when you leave and how many you are."
        ),
        Some(guests) => format!(
            "Great, for {}. Which days in {month} did you have in mind? Tell me when you arrive and when you leave.",
            f.people(guests)
        ),
    })
}

fn alternatives(stay: Stay, guests: u16, near: &[Alternative], f: &Format<'_>) -> Part {
    let head = format!("I have nothing left for {}, {}.", f.people(guests), f.stay(stay));
    if near.is_empty() {
        return Part::text(format!("{head} Shall we try another date?"))
            .choice(Tap::Waitlist { stay, guests }, "Tell me if it frees");
    }
    let options = near.iter().take(4).map(|near| {
        format!("{}, {}: {}", near.offer.name, f.stay(near.stay), f.money(near.offer.quote.total))
    });
    let part = near.iter().take(4).fold(
        Part::text(format!("{head} The closest I have:\n{}", lines(options))),
        |part, near| {
            let cabin_id = near.offer.cabin_id;
            part.row(
                Tap::Choose { cabin_id, stay: near.stay, guests },
                f.short_stay(near.stay),
                format!("{} · {}", f.money(near.offer.quote.total), near.offer.name),
            )
        },
    );
    part.choice(Tap::Waitlist { stay, guests }, "Tell me if it frees")
}

fn ruled_out(refusal: &Refusal, instead: &[Stay], f: &Format<'_>) -> Part {
    let why = refused(refusal, f);
    if instead.is_empty() {
        return Part::text(why);
    }
    let options = lines(instead.iter().map(|stay| f.stay(*stay)));
    instead.iter().take(3).fold(Part::text(format!("{why} It could be:\n{options}")), |part, stay| {
        part.choice(Tap::Dates { stay: *stay }, f.short_stay(*stay))
    })
}

fn still_open(stay: Stay, rooms: &[(Room, String)], f: &Format<'_>) -> Part {
    Part::text(format!(
        "Shall we go on with {}, {}, for {}?",
        f.stay(stay),
        names(rooms, f),
        f.money(total(rooms))
    ))
    .choice(book(stay, rooms), "Yes, book it")
    .choice(Tap::OtherDates, "Another date")
}

fn undecided(offer: Option<&(Stay, Vec<(Room, String)>)>) -> Part {
    match offer {
        Some((stay, rooms)) => Part::text(
            "Sure, take your time. Nothing is booked yet, and somebody else could take it first. When you've decided, just say yes; if you'd like to change something, tell me.",
        )
        .choice(book(*stay, rooms), "Yes, book it")
        .choice(Tap::OtherDates, "Another date"),
        None => Part::text("Sure, take your time. Write to me when you've decided and we'll go on."),
    }
}

fn book_it_aloud(stay: Stay, rooms: &[(Room, String)], f: &Format<'_>) -> Part {
    Part::text(format!(
        "Let me repeat it so we get it right: {}, {}, {} in total. Shall I book it?",
        f.stay(stay),
        names(rooms, f),
        f.money(total(rooms))
    ))
    .choice(book(stay, rooms), "Yes, book it")
    .choice(Tap::OtherDates, "Another date")
}

fn quote(quoted: &Quoted, f: &Format<'_>) -> Part {
    let sum = f.money(quoted.sum(|quote| quote.total));
    let deposit = quoted.sum(|quote| quote.deposit);
    let what = if let [only] = quoted.rooms.as_slice() {
        format!("{} for {}: {sum} in total.", only.name, f.people(quoted.guests))
    } else {
        let each = quoted.rooms.iter().map(|room| {
            format!("{} ({}): {}", room.name, f.people(room.room.guests), f.money(room.quote.total))
        });
        format!("You don't fit in one, but you do in two:\n{}\nTotal: {sum}.", lines(each))
    };
    let about = if quoted.about.is_empty() { String::new() } else { format!("\n{}", quoted.about) };
    let advance = if deposit.is_positive() {
        format!("\nA deposit of {} books it; the rest is paid on arrival.", f.money(deposit))
    } else {
        String::new()
    };
    let tap = Tap::Book { stay: quoted.stay, rooms: quoted.rooms() };
    Part::text(format!("It's free: {}.\n{what}{about}{advance}", f.stay(quoted.stay)))
        .choice(tap, "Book it")
        .choice(Tap::OtherDates, "Another date")
}

fn cabins(stay: Stay, guests: u16, offers: &[Offer], f: &Format<'_>) -> Part {
    let head = format!("For {}, {}, I have:", f.people(guests), f.stay(stay));
    let each = offers.iter().map(|offer| format!("{}: {}", offer.name, f.money(offer.quote.total)));
    let text = format!("{head}\n{}\nWhich one do you like?", lines(each));
    offers.iter().fold(Part::text(text), |part, offer| {
        let tap = Tap::Choose { cabin_id: offer.cabin_id, stay, guests };
        let detail = format!("{}, up to {}", f.money(offer.quote.total), f.people(offer.capacity));
        part.row(tap, offer.name.clone(), detail)
    })
}

/// Why not, and what would do.
pub(in crate::dialogue::replies) fn refused(refusal: &Refusal, f: &Format<'_>) -> String {
    match refusal {
        Refusal::BadDates => "Those dates don't add up: you'd leave before you arrive.".into(),
        Refusal::PastDate => "That date is in the past.".into(),
        Refusal::OverCapacity { capacity } => format!("It sleeps up to {}.", f.people(*capacity)),
        Refusal::NoGuests => "How many people are you?".into(),
        Refusal::MinNights { min } => format!("For those dates the minimum is {}.", f.nights(*min)),
        Refusal::TooLong { max } => format!("You can book up to {} in a row.", f.nights(*max)),
        Refusal::ArrivalDay { allowed } => {
            format!("On those dates you can only arrive on {}.", f.weekdays(allowed))
        }
        Refusal::LeadTime { earliest } => {
            format!("That's too soon for us: the earliest is {}.", f.day(*earliest))
        }
        Refusal::TooFarAhead { latest } => {
            format!("Those dates aren't open yet: for now you can book until {}.", f.day(*latest))
        }
        Refusal::NightsTaken => "Those nights are taken.".into(),
        Refusal::CabinUnavailable => "That cabin isn't available.".into(),
        Refusal::PriceOverflow => "I couldn't work out the price. I've asked them to send it to you.".into(),
        Refusal::NotNow { .. } => "That can't be done with this booking any more.".into(),
        Refusal::HoldExpired => "The hold ran out before. I can look again.".into(),
        Refusal::TooManyHolds { max } => {
            format!(
                "You already have {max} bookings waiting for their deposit. Please pay one first, or cancel one."
            )
        }
        Refusal::NothingToRefund => "There's nothing to refund.".into(),
    }
}

fn names(rooms: &[(Room, String)], f: &Format<'_>) -> String {
    f.list(
        &rooms.iter().map(|(room, name)| format!("{name} for {}", f.people(room.guests))).collect::<Vec<_>>(),
    )
}
