-- The prints of the latest items of a story.
SELECT p.print
FROM item AS i
JOIN story_print AS p ON p.item = i.key
WHERE i.story = $1
ORDER BY i.key DESC
LIMIT $2
