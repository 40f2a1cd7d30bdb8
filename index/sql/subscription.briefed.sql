-- Moves a mark, if nobody else has moved it since it was read.
UPDATE subscription SET
    mark = $4,
    last_run = $5
WHERE key = $1
    AND mark = $2
    AND COALESCE(last_run, -1) = COALESCE($3, -1)
    AND confirmed IS NOT NULL
