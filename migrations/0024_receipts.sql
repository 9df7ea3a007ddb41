-- A guest's word that money was sent, and the hold that it keeps until a person has looked.
CREATE TABLE receipt (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    reservation_id  INTEGER NOT NULL REFERENCES reservation (id),
    -- The message that says or shows it.
    inbound_id      INTEGER NOT NULL REFERENCES inbound (id),
    attention_id    INTEGER REFERENCES attention (id) ON DELETE SET NULL,
    -- Words of `domain::receipt`.
    told_by         TEXT    NOT NULL,
    state           TEXT    NOT NULL DEFAULT 'open',
    told_at         INTEGER NOT NULL,
    -- Until when the hold is kept for it, and what was left of its own time (milliseconds); NULL when it keeps none.
    keeps_until     INTEGER,
    time_left       INTEGER,
    decided_at      INTEGER,
    decided_by      TEXT
) STRICT;

CREATE INDEX receipt_of_reservation ON receipt (reservation_id);
CREATE INDEX receipt_of_attention ON receipt (attention_id) WHERE attention_id IS NOT NULL;
