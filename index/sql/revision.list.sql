-- The last versions of an item, latest first, with their texts.
SELECT number, seen, title, text, packed
FROM revision
WHERE item = $1
ORDER BY number DESC
LIMIT 200
