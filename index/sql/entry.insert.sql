-- Makes an entry pending, unless its address is known as an entry's or an item's.
INSERT INTO entry (url, source, listed, seen, due, mark)
SELECT $1, $2, $3, $4, $4, $5
WHERE NOT EXISTS (SELECT 1 FROM item WHERE url = $1)
ON CONFLICT (url) DO NOTHING
