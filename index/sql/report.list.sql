-- Readers' reports after a number, in order; without `$2` only those that wait.
SELECT * FROM report
WHERE key > $1 AND (state = 'waiting' OR $2 = 1)
ORDER BY key
LIMIT $3
