-- Texts and the evidence of tags, packed. Rows from before stay as they are: with all of the text in `text`, and the
-- evidence among the tags.

ALTER TABLE revision ADD COLUMN packed BLOB;
ALTER TABLE item ADD COLUMN evidence BLOB;
