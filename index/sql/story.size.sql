-- How many items a story has, and on how many of them a person had a word.
SELECT COUNT(*) AS items, COUNT(story_word) AS words
FROM item
WHERE story = $1
