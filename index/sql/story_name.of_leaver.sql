-- The name nearest to a story, among those that lead to it, that an item was the last to leave. Names lead in no circle; should
-- they, this ends all the same.
WITH RECURSIVE led (name, item, steps) AS (
    SELECT name, item, 1 FROM story_name WHERE story = $1 AND name <> story
    UNION ALL
    SELECT n.name, n.item, led.steps + 1
    FROM led
    JOIN story_name AS n ON n.story = led.name AND n.name <> n.story
    WHERE led.steps < 100
)
SELECT name FROM led
WHERE item = $2
ORDER BY steps
LIMIT 1
