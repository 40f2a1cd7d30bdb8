-- A source had nothing new.
UPDATE source SET
    status = 'unchanged',
    error = NULL,
    polled = $2,
    succeeded = $2,
    failures = 0,
    etag = COALESCE($3, etag),
    last_modified = COALESCE($4, last_modified),
    fresh_until = $5
WHERE id = $1
