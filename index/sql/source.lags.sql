-- How long after their publication the latest items of a source were first seen. Midnight stands for a day whose hour
-- is not known.
SELECT first_seen - published AS lag
FROM item
WHERE source = $1 AND policy = $2 AND published >= $3 AND published % 86400000 <> 0 AND first_seen >= published
ORDER BY published DESC
LIMIT $4
