-- Of which laws an item tells dated acts, and when: the acts themselves stand in the item's tags.
CREATE TABLE development (
    instrument TEXT NOT NULL,
    date       TEXT NOT NULL,
    item       INTEGER NOT NULL REFERENCES item (key),
    PRIMARY KEY (instrument, date, item)
) STRICT, WITHOUT ROWID;

CREATE INDEX development_item ON development (item);
