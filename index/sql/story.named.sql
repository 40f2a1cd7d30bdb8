-- The story that a name leads to: one that has items, or one that its items went to, or that of the item with this number.
SELECT COALESCE(
    (SELECT story FROM item WHERE story = $1 LIMIT 1),
    (SELECT story FROM story_name WHERE name = $1),
    (SELECT story FROM item WHERE key = $1)
) AS story
