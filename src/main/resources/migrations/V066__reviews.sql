-- Runs of reviews, their tasks, and what was found. Lists and objects are JSON. A run is filled once all its units were
-- added. Tasks and parts of a run that is not there any more are removed bit by bit.

CREATE TABLE review_runs (
    id          TEXT    NOT NULL PRIMARY KEY,
    run_key     TEXT    NOT NULL,
    hash        TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    root        TEXT    NOT NULL,
    node        TEXT    NOT NULL,
    engine      TEXT    NOT NULL,
    persona     TEXT    NOT NULL,
    fingerprint TEXT    NOT NULL,
    choice      TEXT    NOT NULL,
    files       INTEGER NOT NULL,
    lines       BIGINT  NOT NULL,
    skipped     TEXT    NOT NULL,
    submitter   TEXT    NOT NULL,
    filled      INTEGER NOT NULL,
    cancelled   INTEGER NOT NULL,
    created_at  BIGINT  NOT NULL,
    finished_at BIGINT
);

CREATE INDEX review_runs_key ON review_runs (run_key, hash);

-- The turn grows when a task is given to another job. Sealed is 0 before anything was found, 1 when that was not all,
-- 2 when it was; the job and attempt that did so are those of the parts that count.
CREATE TABLE review_tasks (
    run            TEXT    NOT NULL,
    id             TEXT    NOT NULL,
    directory      TEXT    NOT NULL,
    part           INTEGER NOT NULL,
    parts          INTEGER NOT NULL,
    priority       INTEGER NOT NULL,
    files          INTEGER NOT NULL,
    lines          BIGINT  NOT NULL,
    hash           TEXT    NOT NULL,
    unit           TEXT    NOT NULL,
    turn           INTEGER NOT NULL,
    job            BIGINT,
    refusal        TEXT,
    sealed         INTEGER NOT NULL,
    sealed_job     BIGINT,
    sealed_attempt INTEGER,
    worker         TEXT,
    millis         BIGINT,
    finished_at    BIGINT,
    fingerprint    TEXT,
    summary        TEXT,
    reviewed       BIGINT  NOT NULL,
    critical       BIGINT  NOT NULL,
    high           BIGINT  NOT NULL,
    medium         BIGINT  NOT NULL,
    low            BIGINT  NOT NULL,
    info           BIGINT  NOT NULL,
    suppressed     BIGINT  NOT NULL,
    PRIMARY KEY (run, id)
);

CREATE INDEX review_tasks_order ON review_tasks (run, directory, part, id);
CREATE INDEX review_tasks_content ON review_tasks (hash) WHERE sealed = 2;
CREATE INDEX review_tasks_waiting ON review_tasks (run) WHERE job IS NULL AND refusal IS NULL AND sealed < 2;

-- JSON lines, compressed with gzip and in base 64.
CREATE TABLE review_parts (
    run      TEXT    NOT NULL,
    task     TEXT    NOT NULL,
    job      BIGINT  NOT NULL,
    attempt  INTEGER NOT NULL,
    number   INTEGER NOT NULL,
    findings INTEGER NOT NULL,
    lines    TEXT    NOT NULL,
    PRIMARY KEY (run, task, job, attempt, number)
);

-- By the name of the code base, so that they outlive its runs.
CREATE TABLE review_dismissals (
    base        TEXT   NOT NULL,
    fingerprint TEXT   NOT NULL,
    reason      TEXT   NOT NULL,
    author      TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (base, fingerprint)
);
