-- New items, those that joined none with a story of their own, learn which line of the change log after $1 tells of them first.
UPDATE item SET story = COALESCE(item.story, item.key), first_change = change.seq
FROM change
WHERE change.seq > $1 AND change.item = item.key
