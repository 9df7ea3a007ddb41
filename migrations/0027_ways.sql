-- Browsers that asked to be told, each of one account; gone when that account logs out there.
CREATE TABLE push_subscription (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id      INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    -- The session in which it was last confirmed, by the digest of its cookie.
    session_hash BLOB    NOT NULL,
    endpoint     TEXT    NOT NULL UNIQUE,
    p256dh       TEXT    NOT NULL,
    auth         TEXT    NOT NULL,
    created_at   INTEGER NOT NULL
) STRICT;

CREATE INDEX push_subscription_user ON push_subscription (user_id);

-- Messages to such browsers. What was sent keeps no words.
CREATE TABLE push_message (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    subscription_id INTEGER REFERENCES push_subscription (id) ON DELETE SET NULL,
    notice_id       INTEGER REFERENCES notice (id) ON DELETE CASCADE,
    payload         TEXT    NOT NULL,
    topic           TEXT    NOT NULL,
    urgent          INTEGER NOT NULL CHECK (urgent IN (0, 1)),
    once_key        TEXT    UNIQUE,
    -- News that nobody was promised go on by the next way when no message of their telling arrived: these words.
    telling         TEXT    NOT NULL DEFAULT '',
    news            TEXT    NOT NULL DEFAULT '',
    -- queued, accepted, failed, dropped (nobody needs it any more)
    state           TEXT    NOT NULL DEFAULT 'queued',
    error           TEXT    NOT NULL DEFAULT '',
    created_at      INTEGER NOT NULL,
    sent_at         INTEGER
) STRICT;

CREATE INDEX push_message_subscription ON push_message (subscription_id);
CREATE INDEX push_message_notice ON push_message (notice_id);
CREATE INDEX push_message_telling ON push_message (telling) WHERE telling <> '';

-- Letters, to owners about a notice and to guests about a booking. What was sent keeps no words.
CREATE TABLE mail (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    to_address     TEXT    NOT NULL,
    subject        TEXT    NOT NULL,
    body           TEXT    NOT NULL,
    -- Stands in the letter's own id, the same for each try.
    tag            TEXT    NOT NULL,
    once_key       TEXT    UNIQUE,
    telling        TEXT    NOT NULL DEFAULT '',
    news           TEXT    NOT NULL DEFAULT '',
    notice_id      INTEGER REFERENCES notice (id) ON DELETE CASCADE,
    reservation_id INTEGER REFERENCES reservation (id) ON DELETE CASCADE,
    state          TEXT    NOT NULL DEFAULT 'queued',
    error          TEXT    NOT NULL DEFAULT '',
    created_at     INTEGER NOT NULL,
    sent_at        INTEGER
) STRICT;

CREATE INDEX mail_notice ON mail (notice_id);
CREATE INDEX mail_telling ON mail (telling) WHERE telling <> '';
CREATE INDEX mail_reservation ON mail (reservation_id);

ALTER TABLE notice_way ADD COLUMN push_id INTEGER REFERENCES push_message (id) ON DELETE SET NULL;
ALTER TABLE notice_way ADD COLUMN mail_id INTEGER REFERENCES mail (id) ON DELETE SET NULL;
CREATE INDEX notice_way_push ON notice_way (push_id);
CREATE INDEX notice_way_mail ON notice_way (mail_id);

-- Numbers of further owners: each counts once the code sent to it was entered.
CREATE TABLE owner_number (
    -- The number without what differs between its forms (`domain::phone`).
    phone_key  TEXT    NOT NULL PRIMARY KEY,
    code_hash  BLOB    NOT NULL,
    tries      INTEGER NOT NULL DEFAULT 0,
    asked_at   INTEGER NOT NULL,
    proven_at  INTEGER
) STRICT, WITHOUT ROWID;
