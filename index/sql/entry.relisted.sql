-- An entry is listed again by its own source. What differs from before takes the place of what waits to be read, or has
-- the page that was kept looked at again, if it may ($6). One from before there were marks only gets its mark.
UPDATE entry SET
    mark = $5,
    listed = CASE
        WHEN mark IS NULL OR (state = 'kept' AND $6 = 0) THEN listed
        ELSE $3
    END,
    again = CASE
        WHEN mark IS NULL OR state <> 'kept' OR $6 = 0 THEN again
        WHEN rest > $4 THEN rest
        ELSE $4
    END
WHERE url = $1
    AND source = $2
    AND state <> 'failed'
    AND COALESCE(mark, '') <> $5
