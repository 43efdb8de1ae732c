-- One row per job until its end is forgotten. The spec is JSON without the payload; error is code and message of the
-- last failure, to be searched; since is when it was accepted or begun anew.

CREATE TABLE jobs (
    id              BIGINT  NOT NULL PRIMARY KEY,
    type            TEXT    NOT NULL,
    state           TEXT    NOT NULL,
    submitter       TEXT    NOT NULL,
    worker          TEXT,
    attempt         INTEGER NOT NULL,
    attempt_limit   INTEGER NOT NULL,
    memory          BIGINT  NOT NULL,
    more_memory     INTEGER NOT NULL,
    cancelling      INTEGER NOT NULL,
    tried           TEXT    NOT NULL,
    created_at      BIGINT  NOT NULL,
    since           BIGINT  NOT NULL,
    due_at          BIGINT  NOT NULL,
    started_at      BIGINT  NOT NULL,
    finished_at     BIGINT,
    expires_at      BIGINT,
    outcome         TEXT,
    error           TEXT,
    idempotency_key TEXT,
    fingerprint     TEXT,
    schedule_id     TEXT,
    spec            TEXT    NOT NULL,
    payload         TEXT    NOT NULL,
    progress        TEXT,
    result          TEXT,
    log             TEXT
);

CREATE INDEX jobs_live ON jobs (id) WHERE finished_at IS NULL;
CREATE INDEX jobs_state ON jobs (state, id);
CREATE INDEX jobs_type ON jobs (type, id);
CREATE INDEX jobs_worker ON jobs (worker, id) WHERE worker IS NOT NULL;
CREATE INDEX jobs_error ON jobs (id, error) WHERE error IS NOT NULL;
CREATE INDEX jobs_expiry ON jobs (expires_at) WHERE expires_at IS NOT NULL;
CREATE UNIQUE INDEX jobs_key ON jobs (submitter, idempotency_key) WHERE idempotency_key IS NOT NULL;

CREATE TABLE job_labels (
    label TEXT   NOT NULL,
    job   BIGINT NOT NULL,
    PRIMARY KEY (label, job)
);

CREATE INDEX job_labels_job ON job_labels (job);

-- Attempts that ended and were followed by another, or may be.
CREATE TABLE job_attempts (
    job         BIGINT  NOT NULL,
    number      INTEGER NOT NULL,
    worker      TEXT    NOT NULL,
    started_at  BIGINT  NOT NULL,
    finished_at BIGINT  NOT NULL,
    outcome     TEXT    NOT NULL,
    PRIMARY KEY (job, number)
);

-- How many have ended, so that nobody has to count a million rows.
CREATE TABLE job_counts (
    type   TEXT   NOT NULL,
    state  TEXT   NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (type, state)
);

CREATE TABLE job_schedules (
    id       TEXT    NOT NULL PRIMARY KEY,
    plan     TEXT    NOT NULL,
    next_at  BIGINT,
    last_at  BIGINT,
    last_job BIGINT,
    skipped  BIGINT  NOT NULL
);
