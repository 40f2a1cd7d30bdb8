-- The pages of entries were read and are kept; when they are to be looked at again. Rows of values follow.
UPDATE entry SET
    state = 'kept',
    item = kept.column2,
    tried = kept.column3,
    listed = NULL,
    error = NULL,
    etag = kept.column4,
    last_modified = kept.column5,
    again = kept.column6,
    rest = kept.column7
FROM (VALUES 