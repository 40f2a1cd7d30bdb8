-- Times are milliseconds since 1970, UTC. Keys come from AUTOINCREMENT, so that none is ever given twice: public ids,
-- file names of letters and the index's mark are made from them.

CREATE TABLE source (
    id            TEXT PRIMARY KEY,
    name          TEXT NOT NULL,
    url           TEXT NOT NULL,
    site          TEXT NOT NULL,
    publisher     TEXT NOT NULL,
    jurisdiction  TEXT,
    language      TEXT,
    -- What decides how its list is read; the validators are worth nothing once it changes.
    recipe        TEXT NOT NULL,
    followed      INTEGER NOT NULL,
    status        TEXT NOT NULL DEFAULT 'never' CHECK (status IN ('never', 'ok', 'unchanged', 'failed')),
    error         TEXT,
    polled        INTEGER,
    succeeded     INTEGER,
    failures      INTEGER NOT NULL DEFAULT 0,
    entries       INTEGER NOT NULL DEFAULT 0,
    etag          TEXT,
    last_modified TEXT,
    fresh_until   INTEGER
) STRICT;

CREATE TABLE item (
    key            INTEGER PRIMARY KEY AUTOINCREMENT,
    url            TEXT NOT NULL UNIQUE,
    source         TEXT NOT NULL REFERENCES source (id),
    title          TEXT NOT NULL,
    byline         TEXT,
    published      INTEGER,
    -- The same as exactly as the page gave it: a bare day, or an instant with its offset.
    published_text TEXT,
    first_seen     INTEGER NOT NULL,
    language       TEXT,
    paywalled      INTEGER NOT NULL CHECK (paywalled IN (0, 1)),
    policy         INTEGER NOT NULL CHECK (policy IN (0, 1)),
    tags           TEXT NOT NULL,
    model          TEXT NOT NULL,
    revisions      INTEGER NOT NULL DEFAULT 1,
    -- These two name rows that need the item's key: they are filled before the transaction ends.
    story          INTEGER REFERENCES item (key),
    first_change   INTEGER REFERENCES change (seq)
) STRICT;

-- Covers the counts and dates on the sources page, which then reads no item.
CREATE INDEX item_source ON item (source, policy, published, first_seen);
CREATE INDEX item_story ON item (story);

CREATE TABLE revision (
    item   INTEGER NOT NULL REFERENCES item (key),
    number INTEGER NOT NULL,
    seen   INTEGER NOT NULL,
    title  TEXT NOT NULL,
    text   TEXT NOT NULL,
    PRIMARY KEY (item, number)
) STRICT;

-- The change log. Whoever holds everything up to a number holds it for good: see `Store::write`.
CREATE TABLE change (
    seq  INTEGER PRIMARY KEY AUTOINCREMENT,
    item INTEGER NOT NULL REFERENCES item (key),
    at   INTEGER NOT NULL
) STRICT;

CREATE INDEX change_at ON change (at);

-- The inbox: what sources listed, and what became of it.
CREATE TABLE entry (
    key      INTEGER PRIMARY KEY AUTOINCREMENT,
    url      TEXT NOT NULL UNIQUE,
    source   TEXT NOT NULL REFERENCES source (id),
    -- What was listed, as JSON; gone once the page is kept, since it may carry the whole text.
    listed   TEXT,
    state    TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'kept', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    seen     INTEGER NOT NULL,
    due      INTEGER NOT NULL,
    tried    INTEGER,
    error    TEXT,
    item     INTEGER REFERENCES item (key)
) STRICT;

-- These stay small however much was kept.
CREATE INDEX entry_pending ON entry (source) WHERE state = 'pending';
CREATE INDEX entry_failed ON entry (source, tried) WHERE state = 'failed';

CREATE TABLE subscription (
    key       INTEGER PRIMARY KEY AUTOINCREMENT,
    token     TEXT NOT NULL UNIQUE,
    email     TEXT NOT NULL,
    -- The address in lower case, to find it by.
    mailbox   TEXT NOT NULL,
    query     TEXT NOT NULL,
    rhythm    TEXT NOT NULL CHECK (rhythm IN ('now', 'daily', 'weekly')),
    zone      TEXT NOT NULL,
    hour      INTEGER NOT NULL CHECK (hour BETWEEN 0 AND 23),
    mark      INTEGER NOT NULL,
    confirmed INTEGER,
    created   INTEGER NOT NULL,
    last_run  INTEGER
) STRICT;

CREATE INDEX subscription_mailbox ON subscription (mailbox);

-- The outbox.
CREATE TABLE letter (
    key          INTEGER PRIMARY KEY AUTOINCREMENT,
    subscription INTEGER NOT NULL REFERENCES subscription (key) ON DELETE CASCADE,
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

CREATE INDEX letter_subscription ON letter (subscription);
CREATE INDEX letter_waiting ON letter (due) WHERE state = 'waiting';
