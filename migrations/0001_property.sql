-- The house: its rules, its cabins, their prices, and the nights the owner closed.
--
-- Conventions of every table: STRICT; ids never reused; days are TEXT YYYY-MM-DD, instants INTEGER
-- milliseconds UTC with the suffix _at, money INTEGER minor units beside its currency.

CREATE TABLE setting (
    name       TEXT NOT NULL PRIMARY KEY,
    value      TEXT NOT NULL,
    version    INTEGER NOT NULL DEFAULT 1,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Keys that the house makes for itself: what signs the API's tokens.
CREATE TABLE secret (
    name       TEXT NOT NULL PRIMARY KEY,
    value      BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE cabin (
    id                 INTEGER PRIMARY KEY AUTOINCREMENT,
    name               TEXT NOT NULL CHECK (name <> ''),
    capacity           INTEGER NOT NULL CHECK (capacity BETWEEN 1 AND 60),
    base_price_cents   INTEGER NOT NULL CHECK (base_price_cents > 0),
    currency           TEXT NOT NULL,
    weekend_permille   INTEGER NOT NULL CHECK (weekend_permille BETWEEN 100 AND 10000),
    min_nights         INTEGER CHECK (min_nights BETWEEN 1 AND 365),
    description        TEXT NOT NULL DEFAULT '',
    amenities          TEXT NOT NULL DEFAULT '[]',
    photos             TEXT NOT NULL DEFAULT '[]',
    location           TEXT NOT NULL DEFAULT '',
    policies           TEXT NOT NULL DEFAULT '',
    active             INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    created_at         INTEGER NOT NULL,
    updated_at         INTEGER NOT NULL,
    deleted_at         INTEGER
) STRICT;

CREATE TABLE season (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    cabin_id         INTEGER NOT NULL REFERENCES cabin (id),
    name             TEXT NOT NULL DEFAULT '',
    from_day         TEXT NOT NULL,
    to_day           TEXT NOT NULL,
    price_cents      INTEGER NOT NULL CHECK (price_cents > 0),
    currency         TEXT NOT NULL,
    weekend_permille INTEGER CHECK (weekend_permille BETWEEN 100 AND 10000),
    min_nights       INTEGER CHECK (min_nights BETWEEN 1 AND 365),
    arrival_days     INTEGER NOT NULL DEFAULT 0 CHECK (arrival_days BETWEEN 0 AND 127),
    created_at       INTEGER NOT NULL,
    CHECK (from_day < to_day)
) STRICT;

CREATE INDEX season_of_cabin ON season (cabin_id, to_day);

CREATE TABLE block (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    cabin_id   INTEGER NOT NULL REFERENCES cabin (id),
    from_day   TEXT NOT NULL,
    to_day     TEXT NOT NULL,
    reason     TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    CHECK (from_day < to_day)
) STRICT;

CREATE INDEX block_of_cabin ON block (cabin_id, to_day);
