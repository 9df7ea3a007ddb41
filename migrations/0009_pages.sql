-- What the owner's page and the guests' pages keep.

-- The number beside "Mensajes" stands on every page: it reads an index of the few threads it counts.
CREATE INDEX conversation_unread ON conversation (id) WHERE held_by = 'person' AND unread > 0;

-- A second factor at the door: the shared secret, and the last step that was used, since each opens once.
ALTER TABLE user ADD COLUMN totp_secret BLOB;
ALTER TABLE user ADD COLUMN totp_step INTEGER NOT NULL DEFAULT 0;

-- Photographs of a cabin, as they were made small on arrival. They live in the database so that a copy of it
-- holds all of the house.
CREATE TABLE photo (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    cabin_id   INTEGER NOT NULL REFERENCES cabin (id),
    -- The name in its address; nobody can guess the next.
    token      TEXT NOT NULL UNIQUE,
    width      INTEGER NOT NULL,
    height     INTEGER NOT NULL,
    large      BLOB NOT NULL,
    small      BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX photo_of_cabin ON photo (cabin_id, id);

-- Sentences that the owner writes again and again.
CREATE TABLE canned (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL CHECK (title <> ''),
    body  TEXT NOT NULL CHECK (body <> '')
) STRICT;

-- What a guest tells before arriving: who comes and when. Removed with the guest's other data.
CREATE TABLE pre_check_in (
    reservation_id INTEGER NOT NULL PRIMARY KEY REFERENCES reservation (id),
    arrival_time   TEXT NOT NULL DEFAULT '',
    plate          TEXT NOT NULL DEFAULT '',
    people         TEXT NOT NULL DEFAULT '',
    notes          TEXT NOT NULL DEFAULT '',
    updated_at     INTEGER NOT NULL
) STRICT;
