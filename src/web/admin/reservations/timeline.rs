//! The timeline of a reservation, one sentence a line.

use super::super::{labels, words};
use crate::domain::money::Currency;
use crate::domain::policy::Moment;
use crate::store::audit::Entry;

pub(in super::super) struct Happened {
    pub(in super::super) at: String,
    pub(in super::super) who: String,
    pub(in super::super) what: String,
}

impl Happened {
    pub(in super::super) fn new(entry: &Entry, currency: Currency, moment: &Moment) -> Happened {
        Happened {
            at: words::when(entry.at, moment),
            who: labels::actor(&entry.actor),
            what: labels::happened(entry, currency),
        }
    }
}
