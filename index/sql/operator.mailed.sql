-- Keeps when the operator was written to, if nobody else has done so since it was read.
INSERT INTO operator (key, mailed)
VALUES (1, $1)
ON CONFLICT (key) DO UPDATE SET mailed = excluded.mailed
WHERE operator.mailed = $2
