-- Items from before a subscription's mark that people corrected after it, up to $2. What the subscription was told of, or of
-- a story of, is left out, and what came before it asked for what it asks for. Few lines of the change log are corrections, so
-- these are found first; the stories are looked up once.
WITH corrected AS MATERIALIZED (
    SELECT DISTINCT c.item
    FROM subscription AS s
    JOIN change AS c ON c.seq > s.mark AND c.seq <= $2
    JOIN correction AS w ON w.item = c.item AND w.at = c.at
    WHERE s.key = $1
)
SELECT i.key
FROM subscription AS s
JOIN corrected AS c ON s.key = $1
JOIN item AS i ON i.key = c.item
WHERE i.first_change > s.since
    AND i.first_change > s.unrecorded
    AND i.first_change <= s.mark
    AND i.key NOT IN (SELECT item FROM told WHERE subscription = $1)
    AND ($3 = 0 OR i.story NOT IN (
        SELECT o.story FROM told AS t JOIN item AS o ON o.key = t.item WHERE t.subscription = $1
    ))
ORDER BY i.key
