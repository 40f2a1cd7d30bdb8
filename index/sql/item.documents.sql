-- The same with the text as it stands now.
SELECT i.*, s.name AS source_name, s.publisher, r.text
FROM item AS i
JOIN source AS s ON s.id = i.source
JOIN revision AS r ON r.item = i.key AND r.number = i.revisions
