-- What a later reading says of an item. Its address, its source and its first sight stay; so does what the page no
-- longer says.
UPDATE item SET
    title = $2,
    byline = COALESCE($3, byline),
    published = COALESCE(published, $4),
    published_text = COALESCE(published_text, $5),
    language = COALESCE($6, language),
    paywalled = $7,
    modified = COALESCE($8, modified),
    modified_text = COALESCE($9, modified_text),
    revisions = revisions + 1
WHERE key = $1
RETURNING revisions
