-- Letters to an address, under whatever tag, about subscriptions that it has not confirmed.
SELECT COUNT(*) AS letters
FROM letter
JOIN subscription ON subscription.key = letter.subscription
WHERE (subscription.mailbox = $1 OR subscription.mailbox LIKE $2 ESCAPE '\')
    AND subscription.confirmed IS NULL
    AND letter.created >= $3
