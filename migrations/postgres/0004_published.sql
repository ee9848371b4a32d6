-- Published content: every version that ever answered, and when which of them held.
CREATE TABLE content_versions (
    hash     TEXT PRIMARY KEY,
    files    BYTEA NOT NULL,           -- all files as JSON: path -> text
    added_at BIGINT NOT NULL
);

CREATE TABLE content_switches (
    id         TEXT PRIMARY KEY,
    hash       TEXT NOT NULL REFERENCES content_versions (hash),
    holds_from BIGINT NOT NULL,         -- a moment ahead of decided_at, so that all processes switch together
    decided_at BIGINT NOT NULL,
    decided_by TEXT NOT NULL
);
CREATE INDEX content_switches_from ON content_switches (holds_from);
