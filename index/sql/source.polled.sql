-- A source listed entries.
UPDATE source SET
    status = 'ok',
    error = NULL,
    polled = $2,
    succeeded = $2,
    failures = 0,
    entries = $3,
    etag = $4,
    last_modified = $5,
    fresh_until = $6
WHERE id = $1
