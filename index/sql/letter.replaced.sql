-- A newer letter takes the place of those that were not sent yet.
UPDATE letter SET
    state = 'failed',
    message = NULL,
    error = 'a newer letter took its place'
WHERE subscription = $1 AND state = 'waiting'
