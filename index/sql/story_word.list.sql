-- What people did with stories, and what the story of each is called now.
SELECT w.item, w.action, w.story, w.who, w.why, w.at,
    COALESCE(
        (SELECT story FROM item WHERE story = w.story LIMIT 1),
        (SELECT story FROM story_name WHERE name = w.story),
        (SELECT story FROM item WHERE key = w.story)
    ) AS now
FROM story_word AS w
