-- What an item's event is recognized by, and what people say of stories. Items from before have no print: `retag` makes it.

CREATE TABLE story_print (
    item  INTEGER PRIMARY KEY REFERENCES item (key),
    print BLOB NOT NULL
) STRICT;

-- What a report of the same event is likely to have too, by the day of publication, counted from 1970.
CREATE TABLE story_key (
    key  INTEGER NOT NULL,
    day  INTEGER NOT NULL,
    item INTEGER NOT NULL,
    PRIMARY KEY (key, day, item)
) STRICT, WITHOUT ROWID;

-- Only ever added to: the last word on an item counts.
CREATE TABLE story_word (
    key    INTEGER PRIMARY KEY AUTOINCREMENT,
    item   INTEGER NOT NULL REFERENCES item (key),
    action TEXT NOT NULL CHECK (action IN ('attach', 'detach')),
    -- The story that it was taken out of, or put into.
    story  INTEGER NOT NULL REFERENCES item (key),
    who    TEXT NOT NULL,
    why    TEXT NOT NULL,
    at     INTEGER NOT NULL
) STRICT;

CREATE INDEX story_word_item ON story_word (item);

-- The last word of a person on the item's story; where there is one, no program changes it.
ALTER TABLE item ADD COLUMN story_word INTEGER REFERENCES story_word (key);
