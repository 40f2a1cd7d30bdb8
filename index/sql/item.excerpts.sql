-- The same with the beginning of the text: as much as a snippet is looked for in.
SELECT i.*, s.name AS source_name, s.publisher,
    (SELECT COUNT(*) FROM item AS told WHERE told.story = i.story) AS story_items, SUBSTR(r.text, 1, 32768) AS text
FROM item AS i
JOIN source AS s ON s.id = i.source
JOIN revision AS r ON r.item = i.key AND r.number = i.revisions
