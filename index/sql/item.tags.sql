-- Tags in force, and what the model alone says where people corrected it; no row is touched where both stay the same.
UPDATE item SET tags = $2, policy = $3, model = $4, model_tags = $5, evidence = $6
WHERE key = $1 AND (tags <> $2 OR model_tags IS DISTINCT FROM $5 OR evidence IS DISTINCT FROM $6)
