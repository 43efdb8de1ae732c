-- Plain SQL for SQLite and PostgreSQL alike. Times are milliseconds since 1970 in UTC; JSON is text.

CREATE TABLE workers (
    id              TEXT    NOT NULL PRIMARY KEY,
    address         TEXT    NOT NULL,
    api_key         TEXT    NOT NULL,
    cpu_cores       INTEGER NOT NULL,
    max_pipelines   INTEGER NOT NULL,
    instance        TEXT,
    node            TEXT,
    roles           TEXT    NOT NULL,
    state           TEXT    NOT NULL,
    registered_at   BIGINT  NOT NULL,
    deregistered_at BIGINT
);

CREATE TABLE pipeline_groups (
    id         TEXT    NOT NULL PRIMARY KEY,
    spec       TEXT    NOT NULL,
    created_at BIGINT  NOT NULL,
    deleting   INTEGER NOT NULL
);

CREATE TABLE placements (
    group_id    TEXT    NOT NULL REFERENCES pipeline_groups (id) ON DELETE CASCADE,
    name        TEXT    NOT NULL,
    pipeline    TEXT    NOT NULL,
    position    INTEGER NOT NULL,
    worker      TEXT    NOT NULL,
    pipeline_id TEXT    NOT NULL,
    status      TEXT    NOT NULL,
    epoch       BIGINT  NOT NULL,
    error       TEXT,
    diagnostics TEXT    NOT NULL,
    PRIMARY KEY (group_id, name)
);

-- Copies that must not run any more but whose worker has not yet confirmed their end.
CREATE TABLE leftovers (
    worker      TEXT NOT NULL,
    pipeline_id TEXT NOT NULL,
    PRIMARY KEY (worker, pipeline_id)
);

CREATE TABLE audit (
    seq        BIGINT NOT NULL PRIMARY KEY,
    at         BIGINT NOT NULL,
    who        TEXT   NOT NULL,
    role       TEXT   NOT NULL,
    what       TEXT   NOT NULL,
    target     TEXT   NOT NULL,
    outcome    TEXT   NOT NULL,
    request_id TEXT   NOT NULL
);

CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
