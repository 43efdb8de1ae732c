-- What the root of a run is, where that is a workspace or a copy of a repository, as JSON.

ALTER TABLE review_runs ADD COLUMN origin TEXT;
