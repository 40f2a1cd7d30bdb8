-- The keys of the items that were kept last, few enough to be at hand in memory. From time to time they go into
-- `story_key`, in its order.
CREATE TABLE story_key_recent (
    key  INTEGER NOT NULL,
    day  INTEGER NOT NULL,
    item INTEGER NOT NULL,
    PRIMARY KEY (key, day, item)
) STRICT, WITHOUT ROWID;
