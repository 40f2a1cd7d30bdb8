-- Every source with what came of it.
SELECT
    s.*,
    COALESCE(i.items, 0) AS items,
    COALESCE(i.policy_items, 0) AS policy_items,
    i.newest,
    COALESCE(p.pending, 0) AS pending,
    COALESCE(f.failed, 0) AS failed,
    (
        SELECT fault FROM entry WHERE source = s.id AND state = 'failed' ORDER BY tried DESC, key DESC LIMIT 1
    ) AS page_fault,
    (SELECT MIN(again) FROM entry WHERE source = s.id AND again IS NOT NULL) AS next_look
FROM source AS s
LEFT JOIN (
    SELECT
        source,
        COUNT(*) AS items,
        COUNT(CASE WHEN policy = 1 THEN 1 END) AS policy_items,
        MAX(COALESCE(published, first_seen)) AS newest
    FROM item
    GROUP BY source
) AS i ON i.source = s.id
LEFT JOIN (
    SELECT source, COUNT(*) AS pending FROM entry WHERE state = 'pending' GROUP BY source
) AS p ON p.source = s.id
LEFT JOIN (
    SELECT source, COUNT(*) AS failed FROM entry WHERE state = 'failed' GROUP BY source
) AS f ON f.source = s.id
ORDER BY s.name, s.id
