-- Entries that were given up, latest first; of one source, or of all where it is left out.
SELECT source, url, error, tried
FROM entry
WHERE state = 'failed' AND source = COALESCE($1, source)
ORDER BY tried DESC, key DESC
LIMIT $2
