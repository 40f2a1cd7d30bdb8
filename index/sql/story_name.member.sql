-- The first item of a story that has none to which its name belongs; one that is too new to have its story written down may be it.
SELECT i.key AS item
FROM item AS i
WHERE i.story = $1
    AND NOT EXISTS (
        SELECT 1 FROM item AS own
        WHERE own.key = COALESCE((SELECT n.item FROM story_name AS n WHERE n.name = $1), $1)
            AND COALESCE(own.story, own.key) = $1
    )
ORDER BY i.key
LIMIT 1
