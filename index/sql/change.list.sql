-- The change log after a number.
SELECT c.seq, c.item, i.first_change
FROM change AS c
JOIN item AS i ON i.key = c.item
WHERE c.seq > $1
ORDER BY c.seq
LIMIT $2
