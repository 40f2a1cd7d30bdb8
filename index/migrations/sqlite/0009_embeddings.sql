-- What the latest revision of an item means, by the model of that name, a byte for each dimension. The numbers grow with
-- each that is kept, so that whoever holds all up to one asks for what came after it.
CREATE TABLE embedding (
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    item     INTEGER NOT NULL UNIQUE REFERENCES item (key),
    revision INTEGER NOT NULL,
    model    TEXT NOT NULL,
    vector   BLOB NOT NULL
) STRICT;
