-- How many people came to a step of a flow in a month, and which way they went on. Nothing in here says who.
CREATE TABLE passages (
    month  TEXT NOT NULL,                   -- 2026-11, in Germany: a day would tell more of a small instance than it must
    flow   TEXT NOT NULL,
    step   TEXT NOT NULL,
    way    TEXT NOT NULL,                   -- reached, next, retry, unverified, command
    target TEXT NOT NULL,                   -- a step, flow:other, or empty
    count  INTEGER NOT NULL,
    PRIMARY KEY (flow, month, step, way, target)
) STRICT;
