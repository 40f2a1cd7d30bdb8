-- The wishes of who asks again before the first request was confirmed.
UPDATE subscription SET
    zone = $2,
    hour = $3,
    mark = $4,
    since = $4,
    confirmed = $5,
    created = $6,
    last_run = $7,
    refused = NULL,
    refusal = NULL
WHERE key = $1
RETURNING *
