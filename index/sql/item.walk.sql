-- Items in the order of their keys, with their texts.
SELECT i.*, s.name AS source_name, s.publisher,
    (SELECT COUNT(*) FROM item AS told WHERE told.story = i.story) AS story_items, r.text, r.packed
FROM item AS i
JOIN source AS s ON s.id = i.source
JOIN revision AS r ON r.item = i.key AND r.number = i.revisions
WHERE i.key > $1
ORDER BY i.key
LIMIT $2
