-- How sources are doing, what their servers asked for, and what the operator was told.

-- Where the source's address has moved to for good; like the validators, it goes when the catalogue says otherwise.
ALTER TABLE source ADD COLUMN moved_to TEXT;
-- Until when its server wants to be left alone.
ALTER TABLE source ADD COLUMN rest INTEGER;
-- What kind of failure the last poll was, and since when polls have been failing.
ALTER TABLE source ADD COLUMN trouble TEXT CHECK (trouble IN ('down', 'blocked', 'empty'));
ALTER TABLE source ADD COLUMN failing_since INTEGER;
-- The first good poll, and the last time that something new was listed.
ALTER TABLE source ADD COLUMN begun INTEGER;
ALTER TABLE source ADD COLUMN news INTEGER;
-- The health that the operator was last told of.
ALTER TABLE source ADD COLUMN told TEXT;

UPDATE source SET
    begun = (SELECT MIN(seen) FROM entry WHERE entry.source = source.id),
    news = (SELECT MAX(seen) FROM entry WHERE entry.source = source.id),
    trouble = CASE WHEN status = 'failed' THEN 'down' END,
    failing_since = CASE WHEN status = 'failed' THEN polled END;

-- The days, counted from 1970, on which a source had news: its habit is learnt from them.
CREATE TABLE source_day (
    source TEXT NOT NULL REFERENCES source (id),
    day    INTEGER NOT NULL,
    PRIMARY KEY (source, day)
) STRICT, WITHOUT ROWID;

INSERT INTO source_day (source, day)
SELECT DISTINCT source, seen / 86400000 FROM entry;

-- What robots.txt says, for a day; no rules where there is none. Origins are those of pages, not of sources.
CREATE TABLE robots (
    origin  TEXT PRIMARY KEY,
    rules   BLOB,
    fetched INTEGER NOT NULL
) STRICT;

CREATE INDEX robots_fetched ON robots (fetched);

-- What the operator got: at most one line.
CREATE TABLE operator (
    key    INTEGER PRIMARY KEY CHECK (key = 1),
    mailed INTEGER NOT NULL
) STRICT;

-- Letters to the operator belong to no subscription. Keys go on where they were: they are the letters' file names.
CREATE TABLE new_letter (
    key          INTEGER PRIMARY KEY AUTOINCREMENT,
    subscription INTEGER REFERENCES subscription (key) ON DELETE CASCADE,
    recipient    TEXT NOT NULL,
    -- Gone once it was sent.
    message      BLOB,
    state        TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed')),
    attempts     INTEGER NOT NULL DEFAULT 0,
    created      INTEGER NOT NULL,
    due          INTEGER NOT NULL,
    sent         INTEGER,
    error        TEXT
) STRICT;

INSERT INTO new_letter (key, subscription, recipient, message, state, attempts, created, due, sent, error)
SELECT key, subscription, recipient, message, state, attempts, created, due, sent, error FROM letter;

DELETE FROM sqlite_sequence WHERE name = 'new_letter';
INSERT INTO sqlite_sequence (name, seq) SELECT 'new_letter', seq FROM sqlite_sequence WHERE name = 'letter';

DROP TABLE letter;
ALTER TABLE new_letter RENAME TO letter;

CREATE INDEX letter_subscription ON letter (subscription);
CREATE INDEX letter_waiting ON letter (due) WHERE state = 'waiting';
