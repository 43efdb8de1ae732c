-- Who leads, in which epoch, and until when by the database's own clock. The epoch is unique so that changing it takes
-- the lock that a fenced transaction holds off, while a renewal does not.
CREATE TABLE leadership (
    name    TEXT   NOT NULL PRIMARY KEY,
    epoch   BIGINT NOT NULL UNIQUE,
    holder  TEXT   NOT NULL,
    expires BIGINT NOT NULL
);

INSERT INTO leadership (name, epoch, holder, expires)
VALUES ('coordinator', COALESCE((SELECT CAST(value AS BIGINT) FROM meta WHERE name = 'cluster_epoch'), 0), '', 0);

DELETE FROM meta WHERE name = 'cluster_epoch';
