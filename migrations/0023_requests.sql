-- What guests ask for and only a person decides.
CREATE TABLE request (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    -- A word of `domain::request`.
    kind            TEXT    NOT NULL,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id),
    -- What it is about: a booking, or the offer that the guest speaks of, as JSON.
    reservation_id  INTEGER REFERENCES reservation (id),
    offer           TEXT,
    -- The attention item by which the owner knows of it.
    attention_id    INTEGER REFERENCES attention (id) ON DELETE SET NULL,
    -- The guest's words and the answer to them, erased with the guest.
    words           TEXT    NOT NULL,
    answer          TEXT    NOT NULL DEFAULT '',
    -- Until when a yes keeps the hold, where that is what was asked for.
    until           INTEGER,
    -- What a yes takes off the offered price, as JSON.
    off             TEXT,
    state           TEXT    NOT NULL DEFAULT 'open',
    -- By when the guest was told to expect an answer, and how often that passed without one.
    deadline        INTEGER NOT NULL,
    overdue         INTEGER NOT NULL DEFAULT 0,
    created_at      INTEGER NOT NULL,
    decided_at      INTEGER,
    decided_by      TEXT,
    decided_way     TEXT
) STRICT;

CREATE INDEX request_open ON request (deadline) WHERE state = 'open';
CREATE INDEX request_of_conversation ON request (conversation_id);
CREATE INDEX request_of_reservation ON request (reservation_id) WHERE reservation_id IS NOT NULL;
CREATE INDEX request_of_attention ON request (attention_id) WHERE attention_id IS NOT NULL;
