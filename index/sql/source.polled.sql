-- A source listed entries.
UPDATE source SET
    status = 'ok',
    error = NULL,
    fault = NULL,
    failing_since = NULL,
    rest = NULL,
    polled = $2,
    succeeded = $2,
    failures = 0,
    entries = $3,
    left_out = $9,
    etag = $4,
    last_modified = $5,
    fresh_until = $6,
    moved_to = $7,
    begun = COALESCE(begun, $2),
    news = COALESCE($8, news)
WHERE id = $1
