-- Pages that are edited after they were read, and how they are noticed.

-- The publisher's own date of the last change, as `published` and `published_text`.
ALTER TABLE item ADD COLUMN modified INTEGER;
ALTER TABLE item ADD COLUMN modified_text TEXT;

-- What the list said of the entry, in short: a source that says something else has edited its page.
ALTER TABLE entry ADD COLUMN mark TEXT;
-- When the page of a kept entry is to be looked at again, if ever; never before `rest`, whatever the list says.
ALTER TABLE entry ADD COLUMN again INTEGER;
ALTER TABLE entry ADD COLUMN rest INTEGER;
ALTER TABLE entry ADD COLUMN looks INTEGER NOT NULL DEFAULT 0;
-- What the page's server wants to hear then.
ALTER TABLE entry ADD COLUMN etag TEXT;
ALTER TABLE entry ADD COLUMN last_modified TEXT;

CREATE INDEX entry_again ON entry (source, again) WHERE again IS NOT NULL;
