-- The last versions of an item, latest first, with the beginnings of their texts.
SELECT number, seen, title, SUBSTR(text, 1, 200000) AS text
FROM revision
WHERE item = $1
ORDER BY number DESC
LIMIT 200
