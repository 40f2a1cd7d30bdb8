-- Keeps a person's word on the story of an item.
INSERT INTO story_word (item, action, story, who, why, at)
VALUES ($1, $2, $3, $4, $5, $6)
RETURNING key
