-- A source had nothing new.
UPDATE source SET
    status = 'unchanged',
    error = NULL,
    fault = NULL,
    failing_since = NULL,
    rest = NULL,
    polled = $2,
    succeeded = $2,
    failures = 0,
    etag = COALESCE($3, etag),
    last_modified = COALESCE($4, last_modified),
    fresh_until = $5,
    moved_to = $6
WHERE id = $1
