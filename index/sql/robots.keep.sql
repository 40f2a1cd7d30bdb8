-- What an origin's robots.txt says now.
INSERT INTO robots (origin, rules, fetched)
VALUES ($1, $2, $3)
ON CONFLICT (origin) DO UPDATE SET
    rules = excluded.rules,
    fetched = excluded.fetched
