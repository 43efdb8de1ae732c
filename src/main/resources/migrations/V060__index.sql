-- Directories of sources that are indexed; source_roots has one a line, none to find them by layout. A shard's epoch
-- grows by one whenever it is given to a worker.

CREATE TABLE workspaces (
    id           TEXT NOT NULL PRIMARY KEY,
    name         TEXT NOT NULL UNIQUE,
    root         TEXT NOT NULL,
    router       TEXT NOT NULL,
    source_roots TEXT NOT NULL
);

CREATE TABLE workspace_shards (
    workspace TEXT    NOT NULL REFERENCES workspaces (id),
    root      TEXT    NOT NULL,
    files     INTEGER NOT NULL,
    bytes     BIGINT  NOT NULL,
    worker    TEXT,
    epoch     BIGINT  NOT NULL,
    PRIMARY KEY (workspace, root)
);
