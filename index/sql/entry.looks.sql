-- Kept entries of a source whose pages are to be looked at again, the longest due first.
SELECT key, url, source, item, listed, looks, mark, etag, last_modified
FROM entry
WHERE source = $1 AND again <= $2 AND item IS NOT NULL
ORDER BY again, key
LIMIT $3
