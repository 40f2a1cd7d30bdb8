-- The prints of the latest items of a story, whose founder may be too new to have it written down.
SELECT p.print
FROM item AS i
JOIN story_print AS p ON p.item = i.key
WHERE i.story = $1 OR i.key = $1
ORDER BY i.key DESC
LIMIT $2
