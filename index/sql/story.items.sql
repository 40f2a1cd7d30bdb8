-- The items of a story in the order of their publication, or of their first sight where that is not known.
SELECT i.*, s.name AS source_name, s.publisher,
    (SELECT COUNT(*) FROM item AS told WHERE told.story = i.story) AS story_items
FROM item AS i
JOIN source AS s ON s.id = i.source
WHERE i.story = $1
ORDER BY COALESCE(i.published, i.first_seen), i.key
LIMIT $2
