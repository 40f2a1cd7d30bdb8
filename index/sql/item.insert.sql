-- Keeps an item; no row comes back when its address is known.
INSERT INTO item (
    url, source, title, byline, published, published_text,
    first_seen, language, paywalled, policy, tags, model, modified, modified_text,
    evidence
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
ON CONFLICT (url) DO NOTHING
RETURNING key
