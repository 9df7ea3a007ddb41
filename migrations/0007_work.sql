-- Work to be done, what only a person can decide, and what happened.

CREATE TABLE job (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    kind         TEXT NOT NULL,
    -- The same work is queued once.
    subject      TEXT NOT NULL,
    attempts     INTEGER NOT NULL DEFAULT 0,
    run_at       INTEGER NOT NULL,
    leased_until INTEGER,
    created_at   INTEGER NOT NULL,
    UNIQUE (kind, subject)
) STRICT;

CREATE INDEX job_due ON job (run_at);

-- What is done again and again, and when next: a missed tick is done late, once.
CREATE TABLE schedule (
    name   TEXT NOT NULL PRIMARY KEY,
    due_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE attention (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    kind            TEXT NOT NULL,
    -- What it is about; open once at a time.
    subject         TEXT NOT NULL,
    reservation_id  INTEGER REFERENCES reservation (id),
    conversation_id INTEGER REFERENCES conversation (id),
    -- What a sentence about it needs, as JSON.
    details         TEXT NOT NULL DEFAULT '{}',
    created_at      INTEGER NOT NULL,
    resolved_at     INTEGER,
    resolved_by     TEXT,
    resolution      TEXT
) STRICT;

CREATE UNIQUE INDEX attention_open ON attention (kind, subject) WHERE resolved_at IS NULL;

CREATE TABLE audit (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    at             INTEGER NOT NULL,
    actor          TEXT NOT NULL,
    event          TEXT NOT NULL,
    reservation_id INTEGER,
    details        TEXT NOT NULL DEFAULT '{}'
) STRICT;

CREATE INDEX audit_of_reservation ON audit (reservation_id, id) WHERE reservation_id IS NOT NULL;
