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
    /// A message whose fate is unknown stays so.
    EndlessDoubt,
    /// Payments of what was paid already are not told.
    UntoldOverpayment,
    /// Payments of the account's other business are taken for ours.
    ForeignPayments,
    /// A hold that was told to be over is confirmed without a word about it.
    UnexplainedReturn,
    /// Notices to the owner tell of another matter than the guest's.
    MisplacedNotices,
}

impl Flaw {
    pub const ALL: [Flaw; 10] = [
        Flaw::NoNightKey,
        Flaw::PaymentTwice,
        Flaw::LostAnswers,
        Flaw::LostNights,
        Flaw::LostSales,
        Flaw::EndlessDoubt,
        Flaw::UntoldOverpayment,
        Flaw::ForeignPayments,
        Flaw::UnexplainedReturn,
        Flaw::MisplacedNotices,
    ];

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
            Flaw::EndlessDoubt => Some(
                "CREATE TRIGGER doubt AFTER UPDATE OF state ON outbound WHEN NEW.state = 'uncertain' BEGIN
                     UPDATE outbound SET run_at = run_at + 864000000 WHERE id = NEW.id;
                 END;",
            ),
            Flaw::UntoldOverpayment => Some(
                "CREATE TRIGGER untold AFTER INSERT ON attention WHEN NEW.kind = 'paid_twice' BEGIN
                     DELETE FROM attention WHERE id = NEW.id;
                 END;",
            ),
            Flaw::ForeignPayments => Some(
                "CREATE TRIGGER foreigner AFTER DELETE ON job
                     WHEN OLD.kind = 'reconcile_payment'
                          AND NOT EXISTS (SELECT 1 FROM payment WHERE provider_id = OLD.subject) BEGIN
                     INSERT INTO payment (provider, provider_id, status, verdict, amount_cents, currency,
                                          created_at, updated_at)
                     VALUES ('mercadopago', OLD.subject, 'approved', 'unknown_reference', 1, 'ARS', 0, 0);
                 END;",
            ),
            Flaw::UnexplainedReturn => Some(
                "CREATE TRIGGER unexplained AFTER INSERT ON outbound WHEN NEW.once_key LIKE '%:revived#0' BEGIN
                     DELETE FROM outbound WHERE id = NEW.id;
                 END;",
            ),
            Flaw::MisplacedNotices => Some(
                "CREATE TRIGGER misplaced AFTER INSERT ON notice BEGIN
                     UPDATE notice SET attention_id = (SELECT min(id) FROM attention) WHERE id = NEW.id;
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
