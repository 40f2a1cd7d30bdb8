-- What a list shows of items, without the evidence of their tags; with their texts, for snippets.
SELECT i.key, i.url, i.source, i.title, i.byline, i.published, i.published_text, i.modified, i.modified_text,
    i.first_seen, i.language, i.paywalled, i.tags, i.model_tags, i.revisions, i.story,
    s.name AS source_name, s.publisher,
    (SELECT COUNT(*) FROM item AS told WHERE told.story = i.story) AS story_items, r.text, r.packed
FROM item AS i
JOIN source AS s ON s.id = i.source
JOIN revision AS r ON r.item = i.key AND r.number = i.revisions
