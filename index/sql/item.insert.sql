-- Keeps items, whose rows of values follow; no row comes back of one whose address is known.
INSERT INTO item (
    url, source, title, byline, published, published_text,
    first_seen, language, paywalled, policy, tags, model, modified, modified_text,
    evidence
)
VALUES 