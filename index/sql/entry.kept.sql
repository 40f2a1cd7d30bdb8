-- The page of an entry was read and is kept; when it is to be looked at again.
UPDATE entry SET
    state = 'kept',
    item = $2,
    tried = $3,
    listed = NULL,
    error = NULL,
    etag = $4,
    last_modified = $5,
    again = $6,
    rest = $7
WHERE key = $1
