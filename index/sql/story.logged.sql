-- Lines in the change log for the items of a story that are known to its followers.
INSERT INTO change (item, at)
SELECT key, $2 FROM item
WHERE story = $1 AND first_change IS NOT NULL
ORDER BY key
