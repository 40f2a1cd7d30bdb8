-- A source could not be polled. Where its new address turned out to be wrong, the old one is tried again, and nothing
-- that the new one said holds there.
UPDATE source SET
    status = 'failed',
    error = $2,
    fault = $3,
    polled = $4,
    failing_since = COALESCE(failing_since, $4),
    failures = failures + 1,
    rest = $5,
    etag = CASE WHEN $6 = 0 OR moved_to IS NULL THEN etag END,
    last_modified = CASE WHEN $6 = 0 OR moved_to IS NULL THEN last_modified END,
    moved_to = CASE WHEN $6 = 0 THEN moved_to END
WHERE id = $1
