-- From which number of the change log on a subscription has been told of events: what came before it asked for what it asks for,
-- nobody told it. Of those from before it is not known.
ALTER TABLE subscription ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
