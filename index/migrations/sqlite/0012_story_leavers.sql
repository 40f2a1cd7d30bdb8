-- The item that was the last to leave a story of this name: the name goes where that item goes, and is the item's own again when
-- a person takes it out there. None where a program joined the story to another.
ALTER TABLE story_name ADD COLUMN item INTEGER REFERENCES item (key);
