-- Offers to pay, what was paid, what was given back, and the ledger from which every balance follows.

CREATE TABLE checkout (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    reservation_id  INTEGER NOT NULL REFERENCES reservation (id),
    -- Our reference at the provider.
    reference       TEXT NOT NULL UNIQUE,
    amount_cents    INTEGER NOT NULL CHECK (amount_cents > 0),
    currency        TEXT NOT NULL,
    state           TEXT NOT NULL CHECK (state IN ('wanted', 'open', 'closing', 'closed')),
    provider_id     TEXT,
    url             TEXT,
    expires_at      INTEGER NOT NULL,
    -- When we next ask the provider what became of it; NULL when there is nothing left to ask.
    check_at        INTEGER,
    checks          INTEGER NOT NULL DEFAULT 0,
    -- When the provider last answered what it knows of this reference.
    checked_at      INTEGER,
    created_at      INTEGER NOT NULL,
    CHECK (state <> 'open' OR provider_id IS NOT NULL)
) STRICT;

CREATE INDEX checkout_of_reservation ON checkout (reservation_id);
CREATE INDEX checkout_due ON checkout (check_at) WHERE check_at IS NOT NULL;

CREATE TABLE payment (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    provider       TEXT NOT NULL CHECK (provider IN ('mercadopago', 'transfer', 'cash')),
    provider_id    TEXT NOT NULL,
    reservation_id INTEGER REFERENCES reservation (id),
    checkout_id    INTEGER REFERENCES checkout (id),
    status         TEXT NOT NULL,
    status_detail  TEXT NOT NULL DEFAULT '',
    verdict        TEXT NOT NULL,
    amount_cents   INTEGER NOT NULL,
    refunded_cents INTEGER NOT NULL DEFAULT 0,
    currency       TEXT NOT NULL,
    method         TEXT NOT NULL DEFAULT '',
    created_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL,
    UNIQUE (provider, provider_id)
) STRICT;

CREATE INDEX payment_of_reservation ON payment (reservation_id);

-- Every state in which we have seen a payment, since its states do not only move forward.
CREATE TABLE payment_sighting (
    payment_id     INTEGER NOT NULL REFERENCES payment (id),
    status         TEXT NOT NULL,
    refunded_cents INTEGER NOT NULL,
    updated        TEXT NOT NULL,
    seen_at        INTEGER NOT NULL,
    PRIMARY KEY (payment_id, status, refunded_cents, updated)
) STRICT, WITHOUT ROWID;

-- What each payment added to or took from a reservation. The sum is what was paid.
CREATE TABLE ledger (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    reservation_id INTEGER NOT NULL REFERENCES reservation (id),
    payment_id     INTEGER NOT NULL REFERENCES payment (id),
    amount_cents   INTEGER NOT NULL CHECK (amount_cents <> 0),
    currency       TEXT NOT NULL,
    created_at     INTEGER NOT NULL
) STRICT;

CREATE INDEX ledger_of_reservation ON ledger (reservation_id, amount_cents);
CREATE INDEX ledger_of_payment ON ledger (payment_id, amount_cents);

CREATE TABLE refund (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    payment_id      INTEGER NOT NULL REFERENCES payment (id),
    reservation_id  INTEGER REFERENCES reservation (id),
    amount_cents    INTEGER NOT NULL CHECK (amount_cents > 0),
    currency        TEXT NOT NULL,
    -- Stored before the provider is called, so that a repeated call gives back once.
    idempotency_key TEXT NOT NULL UNIQUE,
    state           TEXT NOT NULL CHECK (state IN ('wanted', 'in_process', 'approved', 'rejected')),
    provider_id     TEXT,
    requested_by    TEXT NOT NULL,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL
) STRICT;

CREATE INDEX refund_of_payment ON refund (payment_id);
CREATE INDEX refund_of_reservation ON refund (reservation_id);
