-- Items with what rows and pages show of their source.
SELECT i.*, s.name AS source_name, s.publisher,
    (SELECT COUNT(*) FROM item AS told WHERE told.story = i.story) AS story_items
FROM item AS i
JOIN source AS s ON s.id = i.source
