-- The name for an item that is to be alone: its number, unless a story of others is called so or was when it went into another,
-- and else the first that was made for it and is free.
SELECT own.name
FROM (
    SELECT CAST($1 AS BIGINT) AS name
    WHERE NOT EXISTS (
        SELECT 1 FROM story_name AS n
        JOIN item AS led ON led.key = n.item
        JOIN item AS told ON told.story = led.story AND told.key <> led.key
        WHERE n.name = $1 AND n.item <> $1
    )
    UNION ALL
    SELECT n.name FROM story_name AS n WHERE n.item = $1 AND n.name > $2
) AS own
WHERE NOT EXISTS (SELECT 1 FROM item AS i WHERE i.story = own.name AND i.key <> $1)
ORDER BY own.name
LIMIT 1
