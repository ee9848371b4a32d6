-- Persons, conversations and the way of a message. Contents are sealed (see src/store/seal.rs):
-- columns named raw, address, state of conversations, body, summary, answers hold ciphertext.
-- Ids are UUIDv7 as text, times are milliseconds since 1970 UTC. The same tables stand in migrations/postgres.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;

CREATE TABLE cursors (
    channel    TEXT PRIMARY KEY,
    value      INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE persons (
    id         TEXT PRIMARY KEY,
    key        BLOB,                        -- the person's own key, wrapped; NULL once erased
    created_at INTEGER NOT NULL,
    erased_at  INTEGER
) STRICT;

CREATE TABLE identities (
    id        TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES persons (id),
    channel   TEXT NOT NULL,
    lane      TEXT NOT NULL UNIQUE,         -- keyed hash of channel and address
    address   BLOB NOT NULL,
    reachable INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX identities_person ON identities (person_id);

CREATE TABLE conversations (
    id          TEXT PRIMARY KEY,
    person_id   TEXT NOT NULL REFERENCES persons (id),
    identity_id TEXT NOT NULL REFERENCES identities (id),
    lane        TEXT NOT NULL UNIQUE,
    channel     TEXT NOT NULL,
    state       BLOB NOT NULL,
    lang        TEXT,
    version     INTEGER NOT NULL,
    next_seq    INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX conversations_person ON conversations (person_id);

CREATE TABLE inbox (
    id            TEXT NOT NULL,
    channel       TEXT NOT NULL,
    provider_id   TEXT NOT NULL,
    lane          TEXT,                     -- NULL while it cannot be decoded
    raw           BLOB,                     -- the update as it came; NULL once it is done
    state         TEXT NOT NULL,            -- open, done, dead, undecodable, discarded
    attempts      INTEGER NOT NULL DEFAULT 0,
    claimed_by    TEXT,
    claimed_until INTEGER NOT NULL DEFAULT 0,
    received_at   INTEGER NOT NULL,
    fault         TEXT,                     -- without personal data
    PRIMARY KEY (channel, provider_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_open ON inbox (lane, id) WHERE state = 'open';
CREATE INDEX inbox_open_id ON inbox (id) WHERE state = 'open';
CREATE INDEX inbox_dead ON inbox (received_at) WHERE state IN ('dead', 'undecodable');

CREATE TABLE messages (
    id              TEXT PRIMARY KEY,
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    seq             INTEGER NOT NULL,
    direction       TEXT NOT NULL,          -- in, out
    author          TEXT NOT NULL,          -- person, bot, counsellor
    counsellor_id   TEXT,
    case_id         TEXT,
    client_id       TEXT,                   -- the id that the sender's side gave it
    body            BLOB NOT NULL,
    content         TEXT,                   -- hash of the content that answered
    state           TEXT NOT NULL,          -- received | pending, sending, sent, uncertain, failed
    attempts        INTEGER NOT NULL DEFAULT 0,
    parts_sent      INTEGER NOT NULL DEFAULT 0,
    not_before      INTEGER NOT NULL DEFAULT 0,
    claimed_by      TEXT,
    claimed_until   INTEGER NOT NULL DEFAULT 0,
    created_at      INTEGER NOT NULL,
    sent_at         INTEGER,
    fault           TEXT,
    UNIQUE (conversation_id, seq)
) STRICT;
CREATE INDEX messages_due ON messages (conversation_id, seq) WHERE state IN ('pending', 'sending');
CREATE INDEX messages_case ON messages (case_id, seq) WHERE case_id IS NOT NULL;
CREATE INDEX messages_failed ON messages (created_at) WHERE state = 'failed';

CREATE TABLE timers (
    id            TEXT PRIMARY KEY,
    kind          TEXT NOT NULL,
    due_at        INTEGER NOT NULL,
    case_id       TEXT,
    person_id     TEXT,
    version       INTEGER,                  -- of the case when it was set: a later change makes the timer void
    claimed_by    TEXT,
    claimed_until INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX timers_due ON timers (due_at);
CREATE INDEX timers_case ON timers (case_id);
