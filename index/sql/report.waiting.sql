-- How many reports wait, how many of them on an item, and whether this very one is among them.
SELECT
    COUNT(*) AS waiting,
    COALESCE(SUM(CASE WHEN item = $1 THEN 1 ELSE 0 END), 0) AS here,
    COALESCE(SUM(CASE WHEN item = $1 AND kind = $2 AND label IS NOT DISTINCT FROM $3 AND words = $4 THEN 1 ELSE 0 END), 0)
        AS same
FROM report
WHERE state = 'waiting'
