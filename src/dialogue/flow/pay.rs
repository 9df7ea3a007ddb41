//! Payment questions: how, where and whether it was paid.

use super::super::question::Booking;
use super::super::say::{Bank, PaySay};
use super::super::tap::Purpose;
use super::super::turn::Step;
use super::super::work::Work;
use super::pay_link::for_booking;
use super::{bookings, prices, wishes};
use crate::understanding::{self, Remark};

pub(super) fn asked(mut work: Work, text: &str) -> Step {
    let owes = |booking: &&Booking| booking.due_next().is_positive() && !booking.awaits_yes();
    let owing: Vec<&Booking> = work.live_bookings().into_iter().filter(owes).collect();
    match owing.as_slice() {
        [] => {
            let any = work.live_bookings().first().map(|booking| (*booking).clone());
            match any {
                Some(booking) if booking.awaits_yes() => work.say(PaySay::Waits { booking }),
                Some(booking) => work.say(PaySay::NothingDue { booking }),
                None => {
                    let ways = prices::ways_to_pay(&work);
                    ways.into_iter().for_each(|say| work.say(say));
                    if work.state.wish.stay().is_some() {
                        return wishes::proceed(work);
                    }
                }
            }
            work.done()
        }
        [only] => {
            let booking = (*only).clone();
            match Bank::of(work.context.settings) {
                Some(bank) if understanding::says(text, Remark::ByTransfer) => {
                    work.say(PaySay::Transfer { booking, bank });
                    work.done()
                }
                _ => for_booking(work, booking),
            }
        }
        [..] => bookings::pick(work, Purpose::Pay),
    }
}
