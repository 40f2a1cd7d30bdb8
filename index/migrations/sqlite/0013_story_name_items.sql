-- A name leads to the story of an item now, no longer to another name: the item that left its story last, or its own, or else the
-- first of the story that it led to. A name that is an item's number needs no line where it leads to that item.
CREATE TABLE story_name_item (
    name INTEGER PRIMARY KEY,
    item INTEGER NOT NULL REFERENCES item (key)
) STRICT;

INSERT INTO story_name_item (name, item)
WITH RECURSIVE way (name, at) AS (
    SELECT name, name FROM story_name
    -- Names that are no item's number were made with the number of a person's word.
    UNION SELECT story, story FROM item WHERE story > 549755813888
    UNION
    SELECT way.name, n.story
    FROM way
    JOIN story_name AS n ON n.name = way.at
    WHERE NOT EXISTS (SELECT 1 FROM item AS i WHERE i.story = way.at)
)
SELECT way.name, COALESCE(
    (SELECT w.item FROM story_word AS w WHERE way.at = way.name AND w.key = way.name - 549755813888),
    (SELECT n.item FROM story_name AS n JOIN item AS i ON i.key = n.item WHERE n.name = way.name AND i.story = way.at),
    (SELECT i.key FROM item AS i WHERE i.key = way.name AND i.story = way.at),
    MIN(i.key))
FROM way
JOIN item AS i ON i.story = way.at
WHERE way.name > 549755813888 OR way.at <> way.name
GROUP BY way.name, way.at;

DELETE FROM story_name_item WHERE item = name;
DROP TABLE story_name;
ALTER TABLE story_name_item RENAME TO story_name;
CREATE INDEX story_name_item ON story_name (item);

-- Who is alone has the name of its own number, first those that bear the name of another, then who has that back.
UPDATE item SET story = key
WHERE story <> key
    AND (SELECT COUNT(*) FROM item AS told WHERE told.story = item.story) = 1
    AND NOT EXISTS (SELECT 1 FROM item AS other WHERE other.story = item.key)
    AND NOT EXISTS (SELECT 1 FROM story_name AS n WHERE n.name = item.key);
UPDATE item SET story = key
WHERE story <> key
    AND (SELECT COUNT(*) FROM item AS told WHERE told.story = item.story) = 1
    AND NOT EXISTS (SELECT 1 FROM item AS other WHERE other.story = item.key)
    AND NOT EXISTS (SELECT 1 FROM story_name AS n WHERE n.name = item.key);
