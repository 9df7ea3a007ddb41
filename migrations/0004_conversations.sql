-- What guests write and what we answer. Both are rows before anything is done about them.

CREATE TABLE conversation (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    guest_id         INTEGER NOT NULL UNIQUE REFERENCES guest (id),
    -- What is known and what was asked, as the dialogue wrote it (versioned inside).
    state            TEXT NOT NULL DEFAULT '',
    -- Who answers: the house or a person.
    held_by          TEXT NOT NULL DEFAULT 'bot' CHECK (held_by IN ('bot', 'person')),
    held_until       INTEGER,
    -- The guest's last message, which opens the 24-hour window.
    last_inbound_at  INTEGER,
    last_activity_at INTEGER NOT NULL,
    unread           INTEGER NOT NULL DEFAULT 0,
    created_at       INTEGER NOT NULL
) STRICT;

CREATE INDEX conversation_recent ON conversation (last_activity_at);

-- Raw notifications, kept for some days: nothing is answered 200 before its row is durable.
CREATE TABLE hook (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    source      TEXT NOT NULL CHECK (source IN ('whatsapp', 'mercadopago')),
    body        BLOB NOT NULL,
    -- What could not be read in it; empty when all could.
    problem     TEXT NOT NULL DEFAULT '',
    received_at INTEGER NOT NULL
) STRICT;

CREATE INDEX hook_age ON hook (received_at);
CREATE INDEX hook_problems ON hook (id) WHERE problem <> '';

CREATE TABLE inbound (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    source          TEXT NOT NULL,
    -- The provider's own id: the same event is stored once.
    external_id     TEXT NOT NULL,
    conversation_id INTEGER REFERENCES conversation (id),
    kind            TEXT NOT NULL,
    -- The event as we understood it, as JSON.
    event           TEXT NOT NULL,
    -- The words: as written, or as heard in a voice note.
    body            TEXT NOT NULL DEFAULT '',
    heard_permille  INTEGER,
    -- Why a recording gave no words.
    unheard         TEXT CHECK (unheard IN ('unclear', 'too_long', 'off')),
    -- Where a recording or picture lies in the data folder.
    media_path      TEXT,
    sent_at         INTEGER NOT NULL,
    received_at     INTEGER NOT NULL,
    state           TEXT NOT NULL DEFAULT 'ready' CHECK (state IN ('listen', 'ready', 'done', 'failed')),
    attempts        INTEGER NOT NULL DEFAULT 0,
    run_at          INTEGER NOT NULL,
    leased_until    INTEGER,
    UNIQUE (source, external_id)
) STRICT;

CREATE INDEX inbound_waiting ON inbound (conversation_id, id) WHERE state IN ('listen', 'ready');
CREATE INDEX inbound_of_conversation ON inbound (conversation_id, received_at);

CREATE TABLE outbound (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id),
    -- The message that this one answers; NULL for what we say on our own account.
    answers_id      INTEGER REFERENCES inbound (id),
    author          TEXT NOT NULL DEFAULT 'bot' CHECK (author IN ('bot', 'person')),
    kind            TEXT NOT NULL,
    message         TEXT NOT NULL,
    body            TEXT NOT NULL,
    -- What must arrive is sent again after a lost answer; chatter is not.
    critical        INTEGER NOT NULL DEFAULT 0 CHECK (critical IN (0, 1)),
    -- What may be said only once ever carries a key.
    once_key        TEXT UNIQUE,
    tag             TEXT NOT NULL UNIQUE,
    state           TEXT NOT NULL DEFAULT 'queued' CHECK (state IN
                        ('queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'uncertain')),
    attempts        INTEGER NOT NULL DEFAULT 0,
    run_at          INTEGER NOT NULL,
    leased_until    INTEGER,
    external_id     TEXT UNIQUE,
    error_code      TEXT,
    billable        INTEGER,
    category        TEXT,
    created_at      INTEGER NOT NULL,
    sent_at         INTEGER
) STRICT;

CREATE INDEX outbound_waiting ON outbound (conversation_id, id) WHERE state IN ('queued', 'sending');
CREATE INDEX outbound_due ON outbound (run_at) WHERE state IN ('queued', 'sending', 'uncertain');
CREATE INDEX outbound_of_conversation ON outbound (conversation_id, created_at);

-- What a tap on a button means; the token is all that the guest's phone knows.
CREATE TABLE tap (
    token           TEXT NOT NULL PRIMARY KEY,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id),
    meaning         TEXT NOT NULL,
    expires_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX tap_age ON tap (expires_at);

-- Who is told when these nights come free.
CREATE TABLE waiting (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id),
    check_in        TEXT NOT NULL,
    check_out       TEXT NOT NULL,
    guests          INTEGER NOT NULL,
    created_at      INTEGER NOT NULL,
    told_at         INTEGER,
    UNIQUE (conversation_id, check_in, check_out, guests)
) STRICT;

CREATE INDEX waiting_open ON waiting (check_in, check_out) WHERE told_at IS NULL;
