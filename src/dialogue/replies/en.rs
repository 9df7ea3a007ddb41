//! English: warm, short.

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
            "Which dates would you like, and how many are you? If you have any question about the place, just ask.",
        ),
        Talk::NotUnderstood => Part::text(
            "Sorry, I didn't quite get that. I can tell you what's free and how much it is, book it for you, or tell you about the place. Could you put it another way?",
        )
        .choice(Tap::SeeDates, "Dates and prices")
        .choice(Tap::Person, "Talk to someone"),
        Talk::StillNotUnderstood => {
            Part::text("I still don't understand, sorry. Would you rather talk to a person?")
                .choice(Tap::Person, "Yes, a person")
                .choice(Tap::SeeDates, "Dates and prices")
        }
        Talk::HandedOver => Part::text("I've told someone; they'll answer you here as soon as they can."),
        Talk::AlreadyHandedOver => Part::text("They already know and will answer you here as soon as they can."),
        Talk::AskedOwner => Part::text("I'm not sure about that. I've asked, and they'll answer you here."),
        Talk::Welcome => Part::text("You're welcome! Write to me any time."),
        Talk::OptedOut => Part::text("Done, I won't write again. If you ever want to talk, just send a message."),
        Talk::Unheard => Part::text("Sorry, I couldn't hear that voice note well. Could you write it?"),
        Talk::TooLong => Part::text("That voice note is too long for me. Could you send a shorter one, or write it?"),
        Talk::VoiceOff => Part::text("I can't listen to voice notes right now. Could you write it?"),
        Talk::Heard { text } => Part::text(format!("I heard: “{text}”. Is that right?"))
            .choice(Tap::HeardRight, "Yes, that's right")
            .choice(Tap::HeardWrong, "No"),
        Talk::PleaseWrite => Part::text("All right, please write it to me then."),
        Talk::CannotSee => Part::text("I can't see that kind of message. Could you write it?"),
        Talk::Picture => Part::text("Thanks for the picture! How can I help?"),
        Talk::Place => Part::text("Got the location, thanks. How can I help?"),
        Talk::StaleTap => Part::text("That button is too old by now. Tell me again what you need."),
        Talk::LateAnswer => Part::text("Your message only just reached me, sorry for the wait. Here is how it looks today:"),
        Talk::Calm => Part::text("I understand you're upset, and I'm sorry. I'll get a person to help you."),
    }
}

fn hello(name: &Option<String>, property: &str, welcome: &str, first_time: bool) -> String {
    let name = name.as_ref().map(|name| format!(", {name}")).unwrap_or_default();
    let mut text = match (first_time, property.is_empty()) {
        (true, false) => format!("Hi{name}! Thanks for writing to {property}."),
        (true, true) => format!("Hi{name}! Thanks for writing."),
        (false, _) => format!("Hi{name}!"),
    };
    if first_time && !welcome.is_empty() {
        text.push(' ');
        text.push_str(welcome);
    }
    text
}

fn stay(say: &StaySay, f: &Format<'_>) -> Part {
    match say {
        StaySay::AskDates { guests: None } => Part::text("Which dates would you like, and how many are you?"),
        StaySay::AskDates { guests: Some(guests) } => Part::text(format!(
            "Great, for {}. Which day do you arrive and which day do you leave?",
            f.people(*guests)
        )),
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
        StaySay::Alternatives { stay, guests, near } => {
            let head = format!("I have nothing left for {}, {}.", f.people(*guests), f.stay(*stay));
            if near.is_empty() {
                return Part::text(format!("{head} Shall we try another date?"))
                    .choice(Tap::Waitlist { stay: *stay, guests: *guests }, "Tell me if it frees");
            }
            let options = near.iter().take(4).map(|near| {
                format!("{}, {}: {}", near.offer.name, f.stay(near.stay), f.money(near.offer.quote.total))
            });
            let part = near.iter().take(4).fold(
                Part::text(format!("{head} The closest I have:\n{}", lines(options))),
                |part, near| {
                    let cabin_id = near.offer.cabin_id;
                    part.row(
                        Tap::Choose { cabin_id, stay: near.stay, guests: *guests },
                        f.short_stay(near.stay),
                        format!("{} · {}", f.money(near.offer.quote.total), near.offer.name),
                    )
                },
            );
            part.choice(Tap::Waitlist { stay: *stay, guests: *guests }, "Tell me if it frees")
        }
        StaySay::RuledOut { refusal, stay, instead } => {
            let why = refused(refusal, f);
            if instead.is_empty() {
                return Part::text(why);
            }
            let options = lines(instead.iter().map(|stay| f.stay(*stay)));
            let _ = stay;
            instead.iter().take(3).fold(Part::text(format!("{why} It could be:\n{options}")), |part, stay| {
                part.choice(Tap::Dates { stay: *stay }, f.short_stay(*stay))
            })
        }
        StaySay::TooManyPeople { guests, most } => Part::text(format!(
            "I have no room for {}: the house takes {} in all.",
            f.people(*guests),
            f.people(*most)
        )),
        StaySay::BookItAloud { stay, rooms } => Part::text(format!(
            "Let me repeat it so we get it right: {}, {}, {} in total. Shall I book it?",
            f.stay(*stay),
            names(rooms, f),
            f.money(total(rooms))
        ))
        .choice(book(*stay, rooms), "Yes, book it")
        .choice(Tap::OtherDates, "Another date"),
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
        StaySay::Waitlisted { stay } => {
            Part::text(format!("Done: if something frees up for {}, I'll write to you.", f.stay(*stay)))
        }
        StaySay::WaitlistNews(quoted) => {
            let mut part = quote(quoted, f);
            part.body = format!("Good news, something freed up!\n{}", part.body);
            part
        }
        StaySay::StillOpen { stay, rooms } => Part::text(format!(
            "Shall we go on with {}, {}, for {}?",
            f.stay(*stay),
            names(rooms, f),
            f.money(total(rooms))
        ))
        .choice(book(*stay, rooms), "Yes, book it")
        .choice(Tap::OtherDates, "Another date"),
    }
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

fn booking(say: &BookingSay, f: &Format<'_>) -> Part {
    match say {
        BookingSay::Held { bookings, ways } => held(bookings, ways, f),
        BookingSay::HoldEnding { booking } => Part::text(format!(
            "I'm keeping {} for you until {}. If you still want it, the deposit of {} is missing.",
            booking.cabin,
            until(booking, f),
            f.money(booking.deposit_due())
        ))
        .choice(Tap::Pay { reservation_id: booking.reservation_id }, "Pay the deposit"),
        BookingSay::Expired { booking } => Part::text(format!(
            "The hold on {}, {}, ran out because the deposit didn't arrive. If you still want it, I can look again.",
            booking.cabin,
            f.stay(booking.stay)
        ))
        .choice(
            Tap::Choose { cabin_id: booking.cabin_id, stay: booking.stay, guests: booking.guests },
            "Look again",
        ),
        BookingSay::Confirmed { booking, arrival } => Part::text(format!(
            "Done, your booking is confirmed! 🎉\n{}\n{}{}",
            card(booking, f),
            rest(booking, f),
            place(arrival, f)
        )),
        BookingSay::Cancelled { booking, refund } => Part::text(format!(
            "I cancelled your booking {}: {}, {}. {}",
            booking.code,
            booking.cabin,
            f.stay(booking.stay),
            goes_back(*refund, f)
        )),
        BookingSay::Moved { booking } => {
            Part::text(format!("Done, here is the new booking:\n{}\n{}", card(booking, f), rest(booking, f)))
        }
        BookingSay::Cards { bookings } => Part::text(lines(
            bookings.iter().map(|booking| format!("{}\n{}", card(booking, f), standing(booking, f))),
        )),
        BookingSay::NoBooking => Part::text("I find no booking under this number. Did you book with another one?")
            .choice(Tap::Person, "Talk to someone"),
        BookingSay::AskCancel { booking, refund, ground } => Part::text(format!(
            "Do you really want to cancel {}, {}? {}",
            booking.cabin,
            f.stay(booking.stay),
            consequence(*refund, *ground, f)
        ))
        .choice(Tap::CancelIt { reservation_id: booking.reservation_id }, "Yes, cancel")
        .choice(Tap::KeepIt, "No, keep it"),
        BookingSay::Kept => Part::text("Fine, your booking stays as it was."),
        BookingSay::Which { bookings, purpose } => {
            let question = match purpose {
                Purpose::Cancel => "Which one do you want to cancel?",
                Purpose::Change => "Which one do you want to change?",
                Purpose::Pay => "Which one do you want to pay?",
            };
            bookings.iter().fold(Part::text(question), |part, booking| {
                let tap = Tap::Pick { reservation_id: booking.reservation_id, purpose: *purpose };
                part.row(tap, booking.cabin.clone(), f.stay(booking.stay))
            })
        }
        BookingSay::AskNewDates { booking } => Part::text(format!(
            "You have {} ({}, {}). Which dates, or how many people, shall I change it to?",
            booking.cabin,
            f.stay(booking.stay),
            f.people(booking.guests)
        )),
        BookingSay::AskMove { booking, stay, guests, quote } => Part::text(format!(
            "It would be: {}, {}, {}. {}. Shall I change it?",
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
            "Yes, change it",
        )
        .choice(Tap::KeepIt, "No, keep it"),
        BookingSay::CannotMove { refusal, .. } => {
            Part::text(format!("I can't change it that way. {} Your booking stays as it was.", refused(refusal, f)))
        }
        BookingSay::CannotNow { refusal } => Part::text(refused(refusal, f)),
        BookingSay::Withdrawing { code } => {
            let which = code.as_ref().map(|code| format!(" for booking {code}")).unwrap_or_default();
            Part::text(format!(
                "I noted your withdrawal{which}, with today's date and time. You'll hear from us within 24 hours."
            ))
        }
        BookingSay::ArrivalReminder { booking, arrival } => Part::text(format!(
            "Almost there! We look forward to seeing you on {} at {}.{}{}",
            f.day(booking.stay.check_in()),
            booking.cabin,
            place(arrival, f),
            due(booking, f)
        )),
        BookingSay::CheckIn { booking, arrival, instructions } => {
            let instructions =
                if instructions.is_empty() { String::new() } else { format!("\n{instructions}") };
            Part::text(format!(
                "Today is the day! {} is ready for you from {}.{}{instructions}{}",
                booking.cabin,
                f.hour(arrival.check_in),
                place(arrival, f),
                due(booking, f)
            ))
        }
        BookingSay::ThankYou { property, words } => {
            let house = if property.is_empty() { "with us".to_owned() } else { format!("at {property}") };
            let words = if words.is_empty() { "We hope to see you again soon!" } else { words };
            Part::text(format!("Thank you for staying {house}! {words}"))
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
        "Great! I'm keeping {names}, {}, until {}.\nTotal {}, deposit {}.",
        f.stay(first.stay),
        until(first, f),
        f.money(sum(|booking| booking.total)),
        f.money(sum(|booking| booking.deposit))
    );
    match (ways.link_follows, &ways.bank) {
        (true, Some(bank)) => {
            text.push_str("\nI'm sending you the link to pay the deposit. If you prefer a bank transfer: ");
            text.push_str(&coordinates(bank));
        }
        (true, None) => text.push_str("\nI'm sending you the link to pay the deposit."),
        (false, Some(bank)) => {
            text.push_str("\nPlease transfer the deposit to: ");
            text.push_str(&coordinates(bank));
            text.push_str("\nOnce it's done, send me the receipt here.");
        }
        (false, None) => text.push_str("\nYou'll hear shortly how to pay the deposit."),
    }
    Part::text(text)
}

fn pay(say: &PaySay, f: &Format<'_>) -> Part {
    match say {
        PaySay::LinkReady { booking, amount, url } => Part::text(format!(
            "Here you can pay {} for {} with Mercado Pago. I'll confirm as soon as it's in.",
            f.money(*amount),
            booking.cabin
        ))
        .link("Pay now", url),
        PaySay::LinkComing => Part::text("I'm sending you the link to pay."),
        PaySay::LinkUnavailable { bank, .. } => Part::text(match bank {
            Some(bank) => format!(
                "The payment link isn't working right now. You can transfer to: {}\nThen send me the receipt.",
                coordinates(bank)
            ),
            None => {
                "The payment link isn't working right now. I've told them; they'll say how to pay.".to_owned()
            }
        }),
        PaySay::Transfer { booking, bank } => Part::text(format!(
            "For {}, please transfer {} to: {}\nOnce it's done, send me the receipt here.",
            booking.cabin,
            f.money(booking.due_next()),
            coordinates(bank)
        )),
        PaySay::Pending { .. } => Part::text(
            "Mercado Pago is reviewing your payment. Meanwhile I'm keeping your place and will let you know.",
        ),
        PaySay::Rejected { url, .. } => {
            let text =
                "The payment didn't go through. You can try again with the same link or another way to pay.";
            match url {
                Some(url) => Part::text(text).link("Try again", url),
                None => Part::text(text),
            }
        }
        PaySay::Partial { booking, received } => Part::text(format!(
            "We received {}, but that isn't the deposit for {}, {}. A person will look at it and write to you.",
            f.money(*received),
            booking.cabin,
            f.money(booking.deposit)
        )),
        PaySay::Settled { booking } => Part::text(format!(
            "We received the rest! Your stay at {}, {}, is paid.",
            booking.cabin,
            f.stay(booking.stay)
        )),
        PaySay::TooLate { booking } => Part::text(format!(
            "Your payment arrived when {}, {}, was already taken. Sorry: a person will write to refund you or find another date.",
            booking.cabin,
            f.stay(booking.stay)
        )),
        PaySay::ReceiptReceived { booking } => Part::text(format!(
            "Thanks! I got the receipt for {}. I'll confirm as soon as it's checked.",
            booking.cabin
        )),
        PaySay::TransferApproved { booking, amount } => Part::text(format!(
            "We saw your transfer of {} for {}. {}",
            f.money(*amount),
            booking.cabin,
            rest(booking, f)
        )),
        PaySay::TransferNotFound { booking } => Part::text(format!(
            "We don't see the transfer for {} yet. Could you send the receipt again?",
            booking.cabin
        )),
        PaySay::BalanceReminder { booking, bank } => {
            let way = bank
                .as_ref()
                .map(|bank| {
                    format!(" If you'd like to pay ahead, you can transfer to: {}", coordinates(bank))
                })
                .unwrap_or_default();
            Part::text(format!(
                "A reminder: on arrival at {}, {} is left to pay.{way}",
                booking.cabin,
                f.money(booking.balance_due())
            ))
        }
        PaySay::Refunded { booking, amount } => Part::text(format!(
            "We refunded {} of booking {}. It may take a few days to show in your account.",
            f.money(*amount),
            booking.code
        )),
        PaySay::NotSeenYet { booking } => Part::text(format!(
            "I don't see the payment for {} yet. If you've paid, I'll tell you as soon as it's in.",
            booking.cabin
        ))
        .choice(Tap::Pay { reservation_id: booking.reservation_id }, "Send me the link"),
        PaySay::HowOnePays { deposit, online, transfer } => {
            let ways = match (online, transfer) {
                (true, true) => "with Mercado Pago or by bank transfer",
                (true, false) => "with Mercado Pago",
                (false, true) => "by bank transfer",
                (false, false) => "whichever way suits you; we'll sort it out here",
            };
            Part::text(format!(
                "To book, a deposit of {} % is paid {ways}, and the rest on arrival.",
                deposit.value()
            ))
        }
        PaySay::NothingDue { booking } => {
            Part::text(format!("There's nothing to pay for {} now. All is in order!", booking.cabin))
        }
        PaySay::OwnerWillSay => Part::text("I've asked them to tell you how to pay."),
    }
}

fn house(say: &HouseSay, f: &Format<'_>) -> Part {
    match say {
        HouseSay::Answer { text } => Part::text(text.clone()),
        HouseSay::CheckInTime { from } => Part::text(format!("Check-in is from {}.", f.hour(*from))),
        HouseSay::CheckOutTime { until } => Part::text(format!("Check-out is until {}.", f.hour(*until))),
        HouseSay::Capacity { cabins } => Part::text(lines(
            cabins.iter().map(|(name, people)| format!("{name}: up to {}", f.people(*people))),
        )),
        HouseSay::Deposit { percent, hold_minutes } => Part::text(format!(
            "To book, a deposit of {} % is paid. I keep the place for {} while you pay it; the rest is on arrival.",
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
        HouseSay::Location { places } => Part::text(format!("We are here:\n{}", places.join("\n"))),
        HouseSay::AskedOwner { .. } => {
            Part::text("I'm not sure about that. I've asked, and they'll answer you here.")
        }
    }
}

/// Why not, and what would do.
fn refused(refusal: &Refusal, f: &Format<'_>) -> String {
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

fn consequence(refund: Money, ground: Ground, f: &Format<'_>) -> String {
    if !refund.is_positive() {
        return match ground {
            Ground::Withdrawal | Ground::InTime => "Nothing has been paid, so nothing is lost.".into(),
            Ground::Late => "This late, the deposit isn't refunded.".into(),
        };
    }
    match ground {
        Ground::Withdrawal => {
            format!("You're within the time to withdraw: we refund all of it, {}.", f.money(refund))
        }
        Ground::InTime | Ground::Late => format!("You get {} back.", f.money(refund)),
    }
}

fn cancellation(policy: Cancellation) -> String {
    let late = match policy.late_refund_percent.value() {
        0 => "later there is no refund".to_owned(),
        percent => format!("later, {percent} %"),
    };
    let house = format!(
        "If you cancel at least {} days before arrival, {} % of what you paid is refunded; {late}.",
        policy.free_until_days,
        policy.refund_percent.value()
    );
    format!(
        "{house} Besides, within 10 days of booking and at least 24 hours before arrival, you may withdraw at no cost."
    )
}

fn new_total(before: Money, after: Money, f: &Format<'_>) -> String {
    if before == after {
        format!("The total stays at {}", f.money(after))
    } else {
        format!("The total goes from {} to {}", f.money(before), f.money(after))
    }
}

fn goes_back(refund: Money, f: &Format<'_>) -> String {
    if refund.is_positive() {
        format!("We're refunding {}; it may take a few days to show.", f.money(refund))
    } else {
        "There was nothing to refund.".into()
    }
}

fn card(booking: &Booking, f: &Format<'_>) -> String {
    format!(
        "{}, {}\n{}\nCode: {}",
        booking.cabin,
        f.people(booking.guests),
        f.stay(booking.stay),
        booking.code
    )
}

fn standing(booking: &Booking, f: &Format<'_>) -> String {
    if booking.deposit_due().is_positive() && booking.expires_at.is_some() && !booking.paid.is_positive() {
        format!(
            "The deposit of {} is missing; I'm keeping it until {}.",
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
            "Total {}, paid {}, {} left on arrival.",
            f.money(booking.total),
            f.money(booking.paid),
            f.money(due)
        )
    } else {
        format!("Total {}, all paid.", f.money(booking.total))
    }
}

fn due(booking: &Booking, f: &Format<'_>) -> String {
    let due = booking.balance_due();
    if due.is_positive() { format!("\n{} left to pay on arrival.", f.money(due)) } else { String::new() }
}

fn place(arrival: &Arrival, f: &Format<'_>) -> String {
    let mut text = format!(
        "\nCheck-in from {}, check-out until {}.",
        f.hour(arrival.check_in),
        f.hour(arrival.check_out)
    );
    if !arrival.address.is_empty() {
        text.push_str(&format!("\nAddress: {}", arrival.address));
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
        parts.push(format!("in the name of {}", bank.holder));
    }
    parts.join(", ")
}

fn book(stay: Stay, rooms: &[(Room, String)]) -> Tap {
    Tap::Book { stay, rooms: rooms.iter().map(|(room, _)| room.clone()).collect() }
}

fn names(rooms: &[(Room, String)], f: &Format<'_>) -> String {
    f.list(
        &rooms.iter().map(|(room, name)| format!("{name} for {}", f.people(room.guests))).collect::<Vec<_>>(),
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
