-- The page of a kept entry was looked at again. What was listed anew in the meantime stays.
UPDATE entry SET
    looks = looks + 1,
    tried = $2,
    listed = CASE WHEN COALESCE(mark, '') = $3 THEN NULL ELSE listed END,
    etag = COALESCE($4, etag),
    last_modified = COALESCE($5, last_modified),
    again = CASE WHEN COALESCE(mark, '') = $3 THEN $6 ELSE again END,
    rest = $7
WHERE key = $1
