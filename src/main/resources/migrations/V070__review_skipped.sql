-- What runs do not review, the first of it by path, as JSON.
CREATE TABLE review_skipped (
    run   TEXT NOT NULL PRIMARY KEY,
    paths TEXT NOT NULL
);
