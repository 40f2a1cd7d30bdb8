-- What the catalogue says of a source. The validators speak of a list read in one way: they go when that changes. So
-- does the address that it has moved to, once the catalogue names another.
INSERT INTO source (id, name, url, site, publisher, jurisdiction, language, recipe, followed)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)
ON CONFLICT (id) DO UPDATE SET
    name = excluded.name,
    url = excluded.url,
    site = excluded.site,
    publisher = excluded.publisher,
    jurisdiction = excluded.jurisdiction,
    language = excluded.language,
    etag = CASE WHEN source.recipe = excluded.recipe THEN source.etag END,
    last_modified = CASE WHEN source.recipe = excluded.recipe THEN source.last_modified END,
    fresh_until = CASE WHEN source.recipe = excluded.recipe THEN source.fresh_until END,
    moved_to = CASE WHEN source.url = excluded.url THEN source.moved_to END,
    recipe = excluded.recipe,
    followed = 1
