-- What people did with stories.
SELECT w.item, w.action, w.story, w.who, w.why, w.at
FROM story_word AS w
