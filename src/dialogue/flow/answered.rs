//! Whether a step of a turn answered the message, so that the next need not look at it.

use super::super::turn::Step;
use super::super::work::Work;

/// A message that was answered, or the turn as it stands.
pub(super) enum Answered<'a> {
    Done(Box<Step>),
    NotYet(Work<'a>),
}

impl<'a> Answered<'a> {
    pub(super) fn by(step: Step) -> Answered<'a> {
        Answered::Done(Box::new(step))
    }
}
