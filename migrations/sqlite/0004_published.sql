-- Published content: every version that ever answered, and when which of them held.
CREATE TABLE content_versions (
    hash     TEXT PRIMARY KEY,
    files    BLOB NOT NULL,           -- all files as JSON: path -> text
    added_at INTEGER NOT NULL
) STRICT;

CREATE TABLE content_switches (
    id         TEXT PRIMARY KEY,
    hash       TEXT NOT NULL REFERENCES content_versions (hash),
    holds_from INTEGER NOT NULL,         -- a moment ahead of decided_at, so that all processes switch together
    decided_at INTEGER NOT NULL,
    decided_by TEXT NOT NULL
) STRICT;
CREATE INDEX content_switches_from ON content_switches (holds_from);
