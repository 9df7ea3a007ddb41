-- Who may enter, and which requests were answered already.

CREATE TABLE user (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    email         TEXT NOT NULL UNIQUE COLLATE NOCASE,
    password_hash TEXT NOT NULL,
    role          TEXT NOT NULL DEFAULT 'owner' CHECK (role IN ('owner', 'helper', 'cleaner')),
    -- Raised by a change of password, so that older tokens stop working.
    token_epoch   INTEGER NOT NULL DEFAULT 1,
    created_at    INTEGER NOT NULL,
    disabled_at   INTEGER
) STRICT;

CREATE TABLE session (
    -- SHA-256 of the cookie; the cookie itself is not kept.
    token_hash BLOB NOT NULL PRIMARY KEY,
    user_id    INTEGER NOT NULL REFERENCES user (id),
    csrf       TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX session_age ON session (expires_at);

CREATE TABLE idempotency (
    -- The caller and the key they chose.
    key          TEXT NOT NULL PRIMARY KEY,
    request_hash BLOB NOT NULL,
    -- NULL while the first request is still running.
    status       INTEGER,
    body         TEXT,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotency_age ON idempotency (expires_at);
