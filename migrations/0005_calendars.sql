-- Other channels' calendars: what we read from them and what they may read from us.

CREATE TABLE feed (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    cabin_id        INTEGER NOT NULL REFERENCES cabin (id),
    channel         TEXT NOT NULL CHECK (channel <> ''),
    -- The address we read; empty when the channel only reads us.
    url             TEXT NOT NULL DEFAULT '',
    -- The secret of the address the channel reads.
    export_token    TEXT NOT NULL UNIQUE,
    etag            TEXT,
    last_modified   TEXT,
    -- What is known of the channel, as the import wrote it (versioned inside).
    state           TEXT NOT NULL DEFAULT '',
    due_at          INTEGER NOT NULL,
    leased_until    INTEGER,
    failures        INTEGER NOT NULL DEFAULT 0,
    problem         TEXT NOT NULL DEFAULT '',
    attempted_at    INTEGER,
    succeeded_at    INTEGER,
    changed_at      INTEGER,
    events          INTEGER NOT NULL DEFAULT 0,
    -- Who read our calendar and when.
    fetched_at      INTEGER,
    fetched_by      TEXT NOT NULL DEFAULT '',
    created_at      INTEGER NOT NULL,
    deleted_at      INTEGER
) STRICT;

CREATE UNIQUE INDEX feed_of_channel ON feed (cabin_id, channel) WHERE deleted_at IS NULL;
CREATE INDEX feed_due ON feed (due_at) WHERE deleted_at IS NULL AND url <> '';

-- Nights that a channel says are taken, whether or not they could be given to it.
CREATE TABLE feed_night (
    feed_id       INTEGER NOT NULL REFERENCES feed (id),
    day           TEXT NOT NULL,
    uid           TEXT NOT NULL DEFAULT '',
    soft          INTEGER NOT NULL DEFAULT 0 CHECK (soft IN (0, 1)),
    first_seen_at INTEGER NOT NULL,
    PRIMARY KEY (feed_id, day)
) STRICT, WITHOUT ROWID;
