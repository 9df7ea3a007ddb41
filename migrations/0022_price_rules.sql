-- What is added to the price of the nights or taken off it, and the terms on which a stay was sold.

CREATE TABLE price_rule (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The rule's terms: kind, amount, conditions, as an object.
    terms      TEXT NOT NULL CHECK (json_valid(terms) AND json_type(terms) = 'object'),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

ALTER TABLE season ADD COLUMN departure_days INTEGER NOT NULL DEFAULT 0 CHECK (departure_days BETWEEN 0 AND 127);
-- What a stay that begins in it pays in advance, and what a night costs that fills a hole; each as JSON.
ALTER TABLE season ADD COLUMN deposit TEXT CHECK (json_valid(deposit));
ALTER TABLE season ADD COLUMN gap TEXT CHECK (json_valid(gap));

ALTER TABLE cabin ADD COLUMN babies_max INTEGER NOT NULL DEFAULT 0 CHECK (babies_max BETWEEN 0 AND 60);
ALTER TABLE cabin ADD COLUMN pets_max INTEGER CHECK (pets_max >= 0);

-- Promo code, way of payment and extras that its price was made with.
ALTER TABLE reservation ADD COLUMN terms TEXT NOT NULL DEFAULT '{}'
    CHECK (json_valid(terms) AND json_type(terms) = 'object');
CREATE INDEX reservation_of_promo_code ON reservation (json_extract(terms, '$.promo_code'), status)
    WHERE json_extract(terms, '$.promo_code') IS NOT NULL;

-- Prices changed at once: what they were and what they became, to be undone to the byte.
CREATE TABLE rate_change (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    made_at   INTEGER NOT NULL,
    made_by   TEXT NOT NULL,
    -- Base prices and seasons, before and after, as an object.
    edits     TEXT NOT NULL CHECK (json_valid(edits)),
    undone_at INTEGER
) STRICT;
