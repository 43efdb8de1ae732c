-- Alerts that hold and those that did, so that a new leader knows whom was told of what; since and the like in
-- milliseconds of 1970. One alert may have several rows of the past.
CREATE TABLE alerts (
    id          TEXT   NOT NULL,
    since       BIGINT NOT NULL,
    severity    TEXT   NOT NULL,
    text        TEXT   NOT NULL,
    resolved_at BIGINT,
    times       INTEGER NOT NULL,
    ack_by      TEXT,
    ack_until   BIGINT,
    ack_reason  TEXT,
    PRIMARY KEY (id, since)
);
