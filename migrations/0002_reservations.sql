-- Guests, their stays, and the key that makes a double booking impossible.

CREATE TABLE guest (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    name           TEXT NOT NULL DEFAULT '',
    phone          TEXT,
    -- The number without the Argentine mobile 9: one line, one guest.
    phone_key      TEXT UNIQUE,
    bsuid          TEXT UNIQUE,
    -- The form of the number that WhatsApp last accepted.
    phone_used     TEXT,
    email          TEXT,
    language       TEXT NOT NULL DEFAULT 'es',
    notes          TEXT NOT NULL DEFAULT '',
    opted_out_at   INTEGER,
    created_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL
) STRICT;

CREATE TABLE reservation (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    code           TEXT NOT NULL UNIQUE,
    cabin_id       INTEGER NOT NULL REFERENCES cabin (id),
    guest_id       INTEGER NOT NULL REFERENCES guest (id),
    status         TEXT NOT NULL CHECK (status IN
                       ('pre_reserved', 'confirmed', 'checked_in', 'checked_out', 'cancelled', 'expired', 'no_show')),
    check_in       TEXT NOT NULL,
    check_out      TEXT NOT NULL,
    guests         INTEGER NOT NULL CHECK (guests > 0),
    channel        TEXT NOT NULL,
    -- The price as it was said to the guest, a line per night, as JSON.
    quote          TEXT NOT NULL,
    total_cents    INTEGER NOT NULL CHECK (total_cents >= 0),
    deposit_cents  INTEGER NOT NULL CHECK (deposit_cents BETWEEN 0 AND total_cents),
    currency       TEXT NOT NULL,
    expires_at     INTEGER,
    cancel_reason  TEXT,
    version        INTEGER NOT NULL DEFAULT 1,
    created_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL,
    CHECK (check_in < check_out),
    CHECK (status <> 'pre_reserved' OR expires_at IS NOT NULL)
) STRICT;

CREATE INDEX reservation_due ON reservation (expires_at) WHERE status = 'pre_reserved';
CREATE INDEX reservation_of_guest ON reservation (guest_id, status);
CREATE INDEX reservation_of_cabin ON reservation (cabin_id, check_in);
CREATE INDEX reservation_arrivals ON reservation (check_in, status);
CREATE INDEX reservation_departures ON reservation (check_out, status);

-- One row per cabin and night that is not free. The primary key is the promise: a second holder of a night
-- cannot be committed, whatever the code does. Holders are reservations, the owner's blocks, and nights
-- closed by another channel's calendar.
CREATE TABLE night (
    cabin_id       INTEGER NOT NULL REFERENCES cabin (id),
    day            TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    reservation_id INTEGER REFERENCES reservation (id),
    block_id       INTEGER REFERENCES block (id),
    feed_id        INTEGER REFERENCES feed (id),
    PRIMARY KEY (cabin_id, day),
    CHECK ((reservation_id IS NOT NULL) + (block_id IS NOT NULL) + (feed_id IS NOT NULL) = 1)
) STRICT, WITHOUT ROWID;

CREATE INDEX night_of_reservation ON night (reservation_id) WHERE reservation_id IS NOT NULL;
CREATE INDEX night_of_block ON night (block_id) WHERE block_id IS NOT NULL;
CREATE INDEX night_of_feed ON night (feed_id) WHERE feed_id IS NOT NULL;
