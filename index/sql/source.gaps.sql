-- How often so many days lay between two days on which a source had news.
SELECT source, gap, COUNT(*) AS times
FROM (
    SELECT source, day - LAG(day) OVER (PARTITION BY source ORDER BY day) AS gap
    FROM source_day
    WHERE day >= $1
) AS gaps
WHERE gap IS NOT NULL
GROUP BY source, gap
ORDER BY source, gap
