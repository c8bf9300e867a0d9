-- Version 18: what a shop is connected to, and what waits for which of it.

CREATE TABLE connections (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    endpoint TEXT NOT NULL CHECK (json_valid(endpoint)),
    -- What is sent there: '["quote"]'.
    sends TEXT NOT NULL CHECK (json_valid(sends)),
    enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    -- The name under which its secret is kept outside of the shop; one of its own for every secret, so that no copy of a shop can
    -- take another's. None where it has no secret.
    secret TEXT,
    -- Grows with every change, so that what comes of an older state is not noted on a newer one.
    revision INTEGER NOT NULL DEFAULT 0,
    -- How many deliveries failed one after the other, and until when none is tried.
    breaker TEXT CHECK (json_valid(breaker)),
    -- Why nothing is sent before a person has done something about it.
    held TEXT,
    -- One that was removed stays for what was sent there.
    removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX connections_by_name ON connections (name) WHERE removed = 0;

-- What the other system calls what was sent there, by what it is about.
CREATE TABLE sent_refs (
    connection_id INTEGER NOT NULL REFERENCES connections,
    subject TEXT NOT NULL,
    known TEXT NOT NULL CHECK (json_valid(known)),
    at TEXT NOT NULL,
    PRIMARY KEY (connection_id, subject)
) STRICT, WITHOUT ROWID;

-- A message is for one connection, or waits for the first that takes its kind; one whose cause was taken back is withdrawn.
CREATE TABLE outbox_of_18 (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    payload TEXT NOT NULL CHECK (json_valid(payload)),
    idempotency_key TEXT NOT NULL,
    connection_id INTEGER REFERENCES connections,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'dead', 'withdrawn')),
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    next_at TEXT NOT NULL,
    sent_at TEXT,
    last_error TEXT,
    -- What the other system answered, in a few words.
    receipt TEXT
) STRICT;
INSERT INTO outbox_of_18
    (id, kind, subject, payload, idempotency_key, state, attempts, created_at, next_at, sent_at, last_error)
SELECT id, kind, subject, payload, idempotency_key,
    CASE WHEN state = 'dead' AND attempts = 0 THEN 'withdrawn' ELSE state END,
    attempts, created_at, next_at, sent_at, last_error
FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_of_18 RENAME TO outbox;
CREATE UNIQUE INDEX outbox_by_key ON outbox (idempotency_key, coalesce(connection_id, 0));
CREATE INDEX outbox_due ON outbox (next_at) WHERE state = 'waiting';
CREATE INDEX outbox_of_subject ON outbox (subject, id);
CREATE INDEX outbox_of_connection ON outbox (connection_id, state, sent_at);

-- When a rule was asked last, and why it could not be.
ALTER TABLE alert_rules ADD COLUMN asked_at TEXT;
ALTER TABLE alert_rules ADD COLUMN trouble TEXT;

-- Series are summed from columns that are read once; nothing asks these any more.
DROP INDEX jobs_for_series;
DROP INDEX jobs_for_outcomes;
