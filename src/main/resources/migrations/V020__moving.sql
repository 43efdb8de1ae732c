-- The highest epoch any copy was ordered under; 0 means that of the placement.
ALTER TABLE placements ADD COLUMN last_epoch BIGINT NOT NULL DEFAULT 0;

ALTER TABLE workers ADD COLUMN labels TEXT NOT NULL DEFAULT '';

CREATE TABLE migrations (
    id          TEXT    NOT NULL PRIMARY KEY,
    group_id    TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    source      TEXT    NOT NULL,
    target      TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    phase       TEXT    NOT NULL,
    failure     TEXT,
    started_at  BIGINT  NOT NULL,
    finished_at BIGINT,
    state_moved INTEGER NOT NULL
);
