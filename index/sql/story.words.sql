-- What people did with items that are in a story now, or were taken out of it or put into it.
SELECT w.item, w.action, w.story, w.who, w.why, w.at
FROM story_word AS w
JOIN item AS i ON i.key = w.item
WHERE i.story = $1 OR w.story = $1
ORDER BY w.key
