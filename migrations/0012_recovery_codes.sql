-- What opens the door once when the phone with the codes is lost: SHA-256 of each, since they are 80 random bits.
CREATE TABLE recovery_code (
    user_id INTEGER NOT NULL REFERENCES user (id),
    hash    BLOB NOT NULL,
    PRIMARY KEY (user_id, hash)
) STRICT, WITHOUT ROWID;
