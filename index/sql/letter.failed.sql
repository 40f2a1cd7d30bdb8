-- A letter could not be sent: it waits again, or is given up.
UPDATE letter SET
    state = $2,
    due = COALESCE($3, due),
    error = $4,
    attempts = attempts + 1
WHERE key = $1 AND state = 'waiting'
