-- Somebody in danger waits: whoever is on call is told, again and again until somebody takes the case or says that they
-- have seen it. Nothing about the person stands here.
CREATE TABLE alarms (
    case_id   TEXT PRIMARY KEY REFERENCES cases (id),
    state     TEXT NOT NULL,                -- open, seen, ended
    raised_at BIGINT NOT NULL,
    told_at   BIGINT NOT NULL,             -- the last call; when it was seen
    calls     BIGINT NOT NULL,             -- how many there were since the case was opened
    reminders BIGINT NOT NULL              -- how many of them since the alarm was raised last, the first one left out
);
CREATE INDEX alarms_open ON alarms (raised_at) WHERE state <> 'ended';

-- What goes out of the house about them.
CREATE TABLE alarm_calls (
    case_id       TEXT NOT NULL REFERENCES alarms (case_id),
    number        BIGINT NOT NULL,
    reminder      BIGINT NOT NULL,
    state         TEXT NOT NULL,            -- due, taken, void
    attempts      BIGINT NOT NULL DEFAULT 0,
    not_before    BIGINT NOT NULL,
    claimed_by    TEXT,
    claimed_until BIGINT NOT NULL DEFAULT 0,
    created_at    BIGINT NOT NULL,
    fault         TEXT,                     -- without personal data
    PRIMARY KEY (case_id, number)
);
CREATE INDEX alarm_calls_due ON alarm_calls (not_before) WHERE state = 'due';

-- What counsellors say a message was really about. The message itself stays where it is, sealed.
CREATE TABLE corrections (
    id            TEXT PRIMARY KEY,
    case_id       TEXT NOT NULL REFERENCES cases (id),
    person_id     TEXT NOT NULL REFERENCES persons (id),
    counsellor_id TEXT NOT NULL REFERENCES counsellors (id),
    at            BIGINT NOT NULL,
    level_before  TEXT NOT NULL,
    level         TEXT NOT NULL,            -- none: nobody had to look
    class_before  TEXT,
    class         TEXT,
    agreed        BIGINT NOT NULL,         -- the person agrees that the message may become an example
    message_id    TEXT,
    lang          TEXT NOT NULL
);
CREATE INDEX corrections_case ON corrections (case_id, at);
CREATE INDEX corrections_person ON corrections (person_id);
