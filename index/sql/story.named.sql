-- The story that a name leads to: one that has items, be it by way of other names, or else that of the item with the last number.
WITH RECURSIVE way (name) AS (
    SELECT CAST($1 AS BIGINT)
    UNION
    SELECT n.story
    FROM way
    JOIN story_name AS n ON n.name = way.name
    WHERE NOT EXISTS (SELECT 1 FROM item AS i WHERE i.story = way.name)
)
SELECT COALESCE(
    (SELECT i.story FROM way JOIN item AS i ON i.story = way.name LIMIT 1),
    (SELECT i.story FROM way JOIN item AS i ON i.key = way.name
     WHERE NOT EXISTS (SELECT 1 FROM story_name AS n WHERE n.name = way.name))
) AS story
