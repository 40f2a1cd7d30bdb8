-- A mail server will never take a letter for the reader of this letter: all that goes to him rests.
UPDATE subscription SET
    confirmed = NULL,
    refused = $2,
    refusal = $3
WHERE confirmed IS NOT NULL
    AND email = (
        SELECT s.email FROM letter AS l INNER JOIN subscription AS s ON s.key = l.subscription WHERE l.key = $1
    )
