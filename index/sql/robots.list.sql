-- What is known of robots.txt, the latest first, so much of it at most.
SELECT origin, rules, fetched
FROM (
    SELECT *, SUM(LENGTH(origin) + COALESCE(LENGTH(rules), 0)) OVER (ORDER BY fetched DESC, origin) AS bytes
    FROM robots
    WHERE fetched >= $1
) AS known
WHERE bytes <= $2
