-- The story that a name leads to: the one that is called so, or else that of the item to which the name belongs.
SELECT COALESCE(
    (SELECT i.story FROM item AS i WHERE i.story = CAST($1 AS BIGINT) LIMIT 1),
    (SELECT i.story FROM story_name AS n JOIN item AS i ON i.key = n.item WHERE n.name = $1),
    (SELECT i.story FROM item AS i WHERE i.key = $1)
) AS story
