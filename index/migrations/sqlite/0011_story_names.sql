-- A story keeps its name when the item that founded it is taken out. Names of stories that are no item's story any more, and
-- those of items that a person moved, with the story that each leads to.
CREATE TABLE story_name (
    name  INTEGER PRIMARY KEY,
    story INTEGER NOT NULL
) STRICT;

CREATE INDEX story_name_story ON story_name (story);

-- A story that begins with a person's word has a number that is no item's key, so that these two are bound to items no more.
-- What is stored stays as it is: https://www.sqlite.org/lang_altertable.html#otheralter allows it.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql,
    'story          INTEGER REFERENCES item (key)', 'story          INTEGER')
WHERE type = 'table' AND name = 'item';
UPDATE sqlite_schema SET sql = replace(sql,
    'story  INTEGER NOT NULL REFERENCES item (key)', 'story  INTEGER NOT NULL')
WHERE type = 'table' AND name = 'story_word';
PRAGMA writable_schema = RESET;
