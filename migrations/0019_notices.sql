-- What the owner was told because a guest was promised a person: the promise is this row.
CREATE TABLE notice (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    -- A word of `domain::notice`.
    kind            TEXT    NOT NULL,
    -- The attention item that it tells of.
    attention_id    INTEGER NOT NULL REFERENCES attention (id) ON DELETE CASCADE,
    urgent          INTEGER NOT NULL CHECK (urgent IN (0, 1)),
    -- The guest's words, erased with the guest, and what was told in all.
    words           TEXT    NOT NULL,
    body            TEXT    NOT NULL,
    created_at      INTEGER NOT NULL,
    -- How often it was told again, and when it is next; NULL when it is not.
    repeats         INTEGER NOT NULL DEFAULT 0,
    next_at         INTEGER,
    seen_at         INTEGER,
    seen_by         TEXT
) STRICT;

CREATE INDEX notice_unseen ON notice (next_at) WHERE seen_at IS NULL AND next_at IS NOT NULL;
CREATE INDEX notice_of ON notice (attention_id);

-- Each time it went out, by which way.
CREATE TABLE notice_way (
    notice_id       INTEGER NOT NULL REFERENCES notice (id) ON DELETE CASCADE,
    way             TEXT    NOT NULL,
    outbound_id     INTEGER REFERENCES outbound (id) ON DELETE SET NULL,
    told_at         INTEGER NOT NULL
) STRICT;

CREATE INDEX notice_way_of ON notice_way (notice_id);
CREATE INDEX notice_way_outbound ON notice_way (outbound_id);
