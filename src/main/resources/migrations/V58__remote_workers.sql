-- Workers that were added by name and are reached over HTTP; capabilities with commas between.
CREATE TABLE remote_workers (
    host         TEXT    NOT NULL,
    port         INTEGER NOT NULL,
    capabilities TEXT    NOT NULL,
    PRIMARY KEY (host, port)
);
