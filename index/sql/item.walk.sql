-- Items in the order of their keys, with their texts.
SELECT i.*, s.name AS source_name, s.publisher, r.text
FROM item AS i
JOIN source AS s ON s.id = i.source
JOIN revision AS r ON r.item = i.key AND r.number = i.revisions
WHERE i.key > $1
ORDER BY i.key
LIMIT $2
