//! Guards of the product that a run can disable.

/// A guard disabled on purpose, to see that the checks can fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Flaw {
    /// Nothing: the product as it is.
    #[default]
    None,
    /// A night of a cabin may have two holders.
    NoNightKey,
    /// Every payment is entered twice.
    PaymentTwice,
    LostAnswers,
    /// Nights of other channels are not stored.
    LostNights,
    /// Sales of other channels are lost altogether.
    LostSales,
}

impl Flaw {
    pub const ALL: [Flaw; 5] =
        [Flaw::NoNightKey, Flaw::PaymentTwice, Flaw::LostAnswers, Flaw::LostNights, Flaw::LostSales];

    /// SQL that disables the guard in the instance's database.
    pub(super) fn sql(self) -> Option<&'static str> {
        match self {
            Flaw::None => None,
            Flaw::NoNightKey => Some(
                "ALTER TABLE night RENAME TO night_with_key;
                 CREATE TABLE night (cabin_id INTEGER, day TEXT, reservation_id INTEGER, block_id INTEGER,
                                     feed_id INTEGER, taken_at INTEGER);",
            ),
            Flaw::PaymentTwice => Some(
                "CREATE TRIGGER twice AFTER INSERT ON ledger BEGIN
                     INSERT INTO ledger (reservation_id, payment_id, amount_cents, currency, created_at)
                     VALUES (NEW.reservation_id, NEW.payment_id, NEW.amount_cents, NEW.currency, NEW.created_at);
                 END;",
            ),
            Flaw::LostAnswers => Some(
                "CREATE TRIGGER lost AFTER INSERT ON outbound WHEN NEW.id % 7 = 0 BEGIN
                     DELETE FROM outbound WHERE id = NEW.id;
                 END;",
            ),
            Flaw::LostNights => Some(
                "CREATE TRIGGER lost AFTER INSERT ON night WHEN NEW.feed_id IS NOT NULL BEGIN
                     DELETE FROM night WHERE cabin_id = NEW.cabin_id AND day = NEW.day;
                 END;",
            ),
            Flaw::LostSales => Some(
                "CREATE TRIGGER lost AFTER INSERT ON night WHEN NEW.feed_id IS NOT NULL BEGIN
                     DELETE FROM night WHERE cabin_id = NEW.cabin_id AND day = NEW.day;
                 END;
                 CREATE TRIGGER forgotten AFTER INSERT ON feed_night BEGIN
                     DELETE FROM feed_night WHERE feed_id = NEW.feed_id AND day = NEW.day;
                 END;",
            ),
        }
    }
}
