-- The prints of the first and of the latest items of a story, whose founder may be too new to have it written down, in the order
-- of their keys. However many items the story has, no more than these are looked at.
SELECT p.print
FROM (
    SELECT key FROM (SELECT key FROM item WHERE story = $1 ORDER BY key LIMIT $2) AS first
    UNION
    SELECT key FROM (SELECT key FROM item WHERE story = $1 ORDER BY key DESC LIMIT $2) AS latest
    UNION
    SELECT key FROM item WHERE key = $1 AND story IS NULL
) AS i
JOIN story_print AS p ON p.item = i.key
ORDER BY i.key
