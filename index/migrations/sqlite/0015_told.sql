-- What a subscription was told of, so that what a correction brings into it is told once. Rows go once their items are too
-- old for a letter.
CREATE TABLE told (
    subscription INTEGER NOT NULL REFERENCES subscription (key) ON DELETE CASCADE,
    item         INTEGER NOT NULL REFERENCES item (key),
    at           INTEGER NOT NULL,
    PRIMARY KEY (subscription, item)
) STRICT, WITHOUT ROWID;

-- Of items up to this number of the change log it is not known whether the subscription was told of them.
ALTER TABLE subscription ADD COLUMN unrecorded INTEGER NOT NULL DEFAULT 0;
UPDATE subscription SET unrecorded = mark;
