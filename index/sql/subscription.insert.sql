-- A new subscription, confirmed already or not.
INSERT INTO subscription (
    token, email, mailbox, query, rhythm, zone, hour, mark, since, confirmed, created, last_run
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, $11)
RETURNING *
