-- What still waits for a reader who rests would be refused as well.
UPDATE letter SET
    state = 'failed',
    message = NULL,
    error = $2
WHERE state = 'waiting'
    AND subscription IN (SELECT key FROM subscription WHERE refused IS NOT NULL)
    AND recipient = (SELECT recipient FROM letter WHERE key = $1)
