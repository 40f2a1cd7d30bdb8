-- What people say of the tags.

-- What the model alone says, where people corrected it; `tags` is what is in force.
ALTER TABLE item ADD COLUMN model_tags TEXT;

-- Only ever added to: the last word on each tag counts.
CREATE TABLE correction (
    key    INTEGER PRIMARY KEY AUTOINCREMENT,
    item   INTEGER NOT NULL REFERENCES item (key),
    label  TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('add', 'remove')),
    who    TEXT NOT NULL,
    why    TEXT NOT NULL,
    at     INTEGER NOT NULL
) STRICT;

CREATE INDEX correction_item ON correction (item);

-- What readers report, and what a person made of it. Nothing about the reader is kept.
CREATE TABLE report (
    key        INTEGER PRIMARY KEY AUTOINCREMENT,
    item       INTEGER NOT NULL REFERENCES item (key),
    label      TEXT,
    kind       TEXT NOT NULL CHECK (kind IN ('wrong', 'missing', 'other')),
    words      TEXT NOT NULL,
    at         INTEGER NOT NULL,
    state      TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'accepted', 'rejected')),
    decided_by TEXT,
    why        TEXT,
    decided    INTEGER
) STRICT;

-- Stays small however much was decided.
CREATE INDEX report_waiting ON report (item) WHERE state = 'waiting';
