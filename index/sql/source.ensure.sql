-- A source for imported items, which is never polled.
INSERT INTO source (id, name, url, site, publisher, recipe, followed)
VALUES ($1, $2, '', '', 'news', '', 0)
ON CONFLICT (id) DO NOTHING
