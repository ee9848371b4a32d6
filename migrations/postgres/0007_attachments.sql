-- Photos and files that people send. The turn notes what is wanted; the content is fetched afterwards, made harmless
-- and kept under the person's key. `reference` (the network's name for it) and `body` hold ciphertext.
CREATE TABLE attachments (
    id              TEXT PRIMARY KEY,
    person_id       TEXT NOT NULL REFERENCES persons (id),
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    channel         TEXT NOT NULL,
    case_id         TEXT,                    -- the case that it was passed on with
    state           TEXT NOT NULL,           -- wanted, stored, failed
    reference       BYTEA,                    -- NULL once it is stored or given up
    body            BYTEA,
    mime            TEXT,
    size            BIGINT,                 -- bytes of the content as it is kept
    attempts        BIGINT NOT NULL DEFAULT 0,
    not_before      BIGINT NOT NULL DEFAULT 0,
    claimed_by      TEXT,
    claimed_until   BIGINT NOT NULL DEFAULT 0,
    created_at      BIGINT NOT NULL,
    fault           TEXT                     -- without personal data
);
CREATE INDEX attachments_wanted ON attachments (not_before) WHERE state = 'wanted';
CREATE INDEX attachments_person ON attachments (person_id);

-- What a page of the web room has handed in, until it is fetched like anything that lies with a network.
-- Sealed under the instance's key: nobody may have read yet whose it is.
CREATE TABLE uploads (
    id         TEXT PRIMARY KEY,
    lane       TEXT NOT NULL,
    body       BYTEA NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX uploads_lane ON uploads (lane);
