-- Connectors of the cluster; params is a JSON object of texts, secrets included.

CREATE TABLE connectors (
    name           TEXT NOT NULL PRIMARY KEY,
    connector_type TEXT NOT NULL,
    params         TEXT NOT NULL,
    description    TEXT
);
