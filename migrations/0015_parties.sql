-- Who comes, beside how many: `guests` stays the number of people, children among them.

ALTER TABLE reservation ADD COLUMN children TEXT NOT NULL DEFAULT '[]'
    -- Ages in years, as a JSON array.
    CHECK (json_valid(children) AND json_type(children) = 'array');
ALTER TABLE reservation ADD COLUMN pets INTEGER NOT NULL DEFAULT 0 CHECK (pets >= 0);

ALTER TABLE waiting ADD COLUMN children TEXT NOT NULL DEFAULT '[]'
    CHECK (json_valid(children) AND json_type(children) = 'array');
ALTER TABLE waiting ADD COLUMN pets INTEGER NOT NULL DEFAULT 0 CHECK (pets >= 0);
