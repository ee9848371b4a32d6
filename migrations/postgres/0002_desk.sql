-- Organisations, counsellors, cases: what the console works on.

CREATE TABLE organisations (
    id          TEXT PRIMARY KEY,
    kind        TEXT NOT NULL,              -- online_pilot, local_project …
    name        TEXT NOT NULL,
    is_fallback BIGINT NOT NULL DEFAULT 0, -- exactly one: takes what nobody else covers
    hours       TEXT NOT NULL,              -- JSON: opening hours per weekday, German time
    created_at  BIGINT NOT NULL
);
CREATE UNIQUE INDEX organisations_fallback ON organisations (is_fallback) WHERE is_fallback = 1;

CREATE TABLE coverage (
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    kreis           TEXT NOT NULL,          -- official municipality key, five digits
    PRIMARY KEY (organisation_id, kreis)
);
CREATE INDEX coverage_kreis ON coverage (kreis);

CREATE TABLE counsellors (
    id            TEXT PRIMARY KEY,
    login         TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,            -- shown to persons and colleagues
    password_hash TEXT NOT NULL,            -- argon2id
    ui_lang       TEXT NOT NULL DEFAULT 'de',
    disabled      BIGINT NOT NULL DEFAULT 0,
    created_at    BIGINT NOT NULL
);

CREATE TABLE memberships (
    counsellor_id   TEXT NOT NULL REFERENCES counsellors (id),
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    role            TEXT NOT NULL,          -- counsellor, supervisor
    PRIMARY KEY (counsellor_id, organisation_id)
);

CREATE TABLE sessions (
    id            TEXT PRIMARY KEY,
    token_hash    TEXT NOT NULL UNIQUE,     -- SHA-256 of the cookie's value
    csrf          TEXT NOT NULL,
    counsellor_id TEXT NOT NULL REFERENCES counsellors (id),
    device        TEXT NOT NULL,            -- "Firefox, Android": for the list of one's own sessions
    created_at    BIGINT NOT NULL,
    last_seen_at  BIGINT NOT NULL,
    expires_at    BIGINT NOT NULL,
    revoked_at    BIGINT
);
CREATE INDEX sessions_counsellor ON sessions (counsellor_id);

CREATE TABLE cases (
    id              TEXT PRIMARY KEY,
    number          TEXT NOT NULL UNIQUE,   -- what persons and counsellors call it
    person_id       TEXT NOT NULL REFERENCES persons (id),
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    topic           TEXT NOT NULL,
    reason          TEXT NOT NULL,
    lang            TEXT NOT NULL,
    level           TEXT NOT NULL,
    level_rank      BIGINT NOT NULL,
    kreis           TEXT,
    land            TEXT,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    route           TEXT NOT NULL,          -- why here: a word, no personal data
    state           TEXT NOT NULL,
    live            BIGINT NOT NULL,
    version         BIGINT NOT NULL,
    consented       BIGINT NOT NULL,
    summary         BYTEA,                   -- exactly what the person agreed to pass on
    trigger_message TEXT,
    claimed_by      TEXT REFERENCES counsellors (id),
    lease_until     BIGINT,
    unread          BIGINT NOT NULL DEFAULT 0,
    opened_at       BIGINT NOT NULL,
    first_reply_at  BIGINT,
    closed_at       BIGINT,
    updated_at      BIGINT NOT NULL
);
CREATE UNIQUE INDEX cases_one_live ON cases (conversation_id) WHERE live = 1;
CREATE INDEX cases_queue ON cases (level_rank, opened_at, id) WHERE live = 1 AND state IN ('triage', 'waiting');
CREATE INDEX cases_offered ON cases (organisation_id, level_rank, opened_at, id) WHERE live = 1 AND state IN ('triage', 'waiting');
CREATE INDEX cases_held ON cases (organisation_id, level_rank, opened_at, id) WHERE live = 1 AND claimed_by IS NOT NULL;
CREATE INDEX cases_answered ON cases (opened_at) WHERE first_reply_at IS NOT NULL;
CREATE INDEX cases_person ON cases (person_id);
CREATE INDEX cases_claimed ON cases (claimed_by) WHERE live = 1;

CREATE TABLE notes (
    id            TEXT PRIMARY KEY,
    case_id       TEXT NOT NULL REFERENCES cases (id),
    counsellor_id TEXT NOT NULL REFERENCES counsellors (id),
    body          BYTEA NOT NULL,
    created_at    BIGINT NOT NULL
);
CREATE INDEX notes_case ON notes (case_id);

CREATE TABLE consents (
    id         TEXT PRIMARY KEY,
    person_id  TEXT NOT NULL REFERENCES persons (id),
    case_id    TEXT,
    purpose    TEXT NOT NULL,               -- hand_off
    content    TEXT NOT NULL,               -- hash of the content whose words were shown
    lang       TEXT NOT NULL,
    given      BIGINT NOT NULL,
    at         BIGINT NOT NULL
);
CREATE INDEX consents_person ON consents (person_id);

CREATE TABLE audit (
    id      TEXT PRIMARY KEY,
    at      BIGINT NOT NULL,
    actor   TEXT NOT NULL,                  -- bot, person, timer, or a counsellor's id
    action  TEXT NOT NULL,
    case_id TEXT,
    detail  TEXT NOT NULL DEFAULT ''        -- without personal data
);
CREATE INDEX audit_case ON audit (case_id);
