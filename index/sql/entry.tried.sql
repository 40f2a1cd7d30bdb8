-- How a try to read an entry ended: put back, or given up.
UPDATE entry SET
    state = $2,
    error = $3,
    fault = $6,
    tried = $4,
    due = $5,
    attempts = attempts + 1
WHERE key = $1 AND state = 'pending'
