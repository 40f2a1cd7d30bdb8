-- What is wrong with sources and pages, finely enough to say what can be done about it; and readers whom no mail reaches.

-- The kind of failure of the last poll, in place of the coarser `trouble`.
ALTER TABLE source ADD COLUMN fault TEXT;
UPDATE source SET fault = CASE trouble WHEN 'blocked' THEN 'refused' WHEN 'empty' THEN 'not-listed' END;
ALTER TABLE source DROP COLUMN trouble;
-- How many more its last good list held than were taken.
ALTER TABLE source ADD COLUMN left_out INTEGER NOT NULL DEFAULT 0;

-- The kind of failure for which a page was given up.
ALTER TABLE entry ADD COLUMN fault TEXT;

-- When and why a mail server refused its reader for good: it rests, unconfirmed, until it is confirmed again.
ALTER TABLE subscription ADD COLUMN refused INTEGER;
ALTER TABLE subscription ADD COLUMN refusal TEXT;
