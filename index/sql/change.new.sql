-- Lines in the change log for new items, in the order of their keys.
INSERT INTO change (item, at)
SELECT key, first_seen FROM item
WHERE key BETWEEN $1 AND $2
ORDER BY key
