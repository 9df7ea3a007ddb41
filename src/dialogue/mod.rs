//! Conversation rules: what to ask, what to answer, when to act, when to leave it to a person. Pure: a turn is a
//! function of the state, the guest's input and the database's answers.
//!
//! A turn begins with [`begin`]. When it needs the database it stops with a [`Question`]; the app answers from the
//! transaction in which it runs the turn and goes on with [`resume`], until it is [`Step::Done`]. Replies come out
//! as data ([`Say`]) and are put into words by [`replies`]; the meaning of a button comes back as a [`Tap`].
//! Nothing is held, cancelled or moved unless the guest has just been told the dates, the people and the money.

mod effect;
mod flow;
#[cfg(test)]
mod fourth_language_tests;
mod fragment;
pub mod i18n;
mod input;
mod notice;
pub mod owner;
mod question;
pub mod replies;
mod say;
mod state;
mod tap;
pub mod templates;
mod turn;
pub mod window;
mod work;

pub use effect::{Effect, HandOver, RequestMade};
pub use fragment::is_fragment;
pub use input::{Input, Source};
pub use notice::{Absence, Failing, Notice, PaymentProblem, RequestAbout};
pub use question::{Alternative, Booking, Finding, Link, Offer, QUESTIONS_PER_TURN_MAX, Question};
pub use say::{
    Arrival, Bank, BookingSay, CabinPhotos, FaqSay, OwnerTold, PayLink, PaySay, PayWays, PublicNumbers,
    Quoted, QuotedRoom, RequestSay, Say, StaySay, Talk,
};
pub use state::{Asked, Choice, Counts, Offered, STATE_VERSION, State, StayRequest};
pub use tap::{Purpose, Room, Tap};
pub use turn::{Context, Pending, Step, Turn};

use work::Work;

pub fn begin(state: State, input: &Input, context: &Context) -> Step {
    flow::begin(Work::open(state, context), input)
}

pub fn resume(state: State, pending: Pending, finding: Finding, context: &Context) -> Step {
    let (work, then) = Work::reopen(state, pending, context);
    flow::resume(work, then, finding)
}
