//! Counts of events in the simulated years.

use std::fmt;

macro_rules! counts {
    ($($(#[$doc:meta])* $name:ident: $words:literal,)*) => {
        /// Counts of events.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub struct Counts {
            $($(#[$doc])* pub $name: u64,)*
        }

        impl Counts {
            /// Adds other counts.
            pub fn add(&mut self, other: &Counts) {
                $(self.$name += other.$name;)*
            }
        }

        impl fmt::Display for Counts {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                $(writeln!(out, "  {:<44}{:>12}", $words, self.$name)?;)*
                Ok(())
            }
        }
    };
}

counts! {
    /// Steps, each followed by all checks.
    steps: "steps, each checked",
    /// Checks of an invariant.
    checks: "checks of an invariant",
    /// Transactions that were committed.
    commits: "commits",
    /// Messages that guests and the owner sent.
    messages_in: "messages of guests and owner",
    /// Of these, voice notes.
    voice: "  of these voice notes",
    /// Of these, taps on buttons.
    taps: "  of these taps on buttons",
    /// Messages that WhatsApp accepted from the instance.
    messages_out: "messages of the instance",
    /// Stays held by guests, the owner or by hand.
    reservations: "reservations",
    /// Of these, confirmed at some time.
    confirmed: "  of these confirmed",
    /// Stays sold on other channels.
    sold_elsewhere: "stays sold on other channels",
    /// Of these, cancelled there.
    called_off_elsewhere: "  of these called off",
    /// Calendars read by the instance.
    readings: "calendars read",
    /// Of these, true and stored.
    readings_believed: "  of these true and taken in",
    /// Of these, answered with "not modified".
    readings_unchanged: "  of these unchanged since (304)",
    /// Payments at the provider.
    payments: "payments",
    /// Of these, approved at some time.
    approved: "  of these approved",
    /// Payments with a wrong amount, currency, receiver or reference.
    lies: "  of these wrong (amount, currency, payee)",
    /// Payments made twice for one offer.
    paid_twice: "  of these paid twice",
    /// Payments taken back by a bank.
    charged_back: "  of these charged back",
    /// Refunds at the provider.
    refunds: "refunds",
    /// Crashes of the process.
    crashes: "crashes",
    /// Orderly restarts.
    restarts: "restarts",
    /// Changes of the machine's clock.
    clock_jumps: "jumps of the clock",
    /// Times the disk was full.
    full_disks: "times the disk was full",
    /// Periods in which most calls to a provider fail.
    storms: "storms at a provider",
    /// Hours in which an account is refused or a provider does not answer at all.
    outages: "outages of hours (token, bill, silence)",
    /// Messages that failed after they were accepted.
    failed_later: "messages accepted and failed later",
    /// Deposits paid in two parts.
    paid_in_parts: "deposits paid in two parts",
    /// Payments refused after a review.
    reviews_refused: "reviews that ended in a refusal",
    /// Disputes decided for us.
    disputes_won: "disputes won",
    /// Payments that came back without our reference.
    references_lost: "payments that lost their reference",
    /// Payments of the account's other business.
    foreign: "payments of another business",
    /// Payment notifications that nobody signed.
    forged: "forged hints at payments",
    /// Calls that failed without an effect.
    calls_failed: "calls refused (429, 500, time-out)",
    /// Calls that took effect and whose answer was lost.
    answers_lost: "calls whose answer was lost",
    /// Notifications never delivered.
    hooks_dropped: "notifications dropped",
    /// Notifications delivered twice.
    hooks_doubled: "notifications doubled",
    /// Notifications that the instance refused and that were repeated.
    hooks_refused: "notifications refused and repeated",
    /// Calendars that were cut off, empty or incomplete.
    calendars_broken: "calendars cut, empty or half there",
    /// Answers with an outdated state.
    stale_answers: "answers older than the truth",
}
