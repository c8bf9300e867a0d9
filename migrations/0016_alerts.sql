-- Version 16: rules that watch series, models and records, and everything that they have fired.

CREATE TABLE alert_rules (
    id INTEGER PRIMARY KEY,
    rule TEXT NOT NULL CHECK (json_valid(rule)),
    -- A rule that was removed stays for what it has fired.
    removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
) STRICT;

CREATE TABLE alerts (
    id INTEGER PRIMARY KEY,
    rule_id INTEGER NOT NULL REFERENCES alert_rules,
    title TEXT NOT NULL,
    severity TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'acknowledged', 'resolved')),
    -- What holds, newest words.
    message TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    -- Whether it held when it was last looked at: while it does, it does not fire again.
    holds INTEGER NOT NULL CHECK (holds IN (0, 1)),
    snoozed_until TEXT,
    escalated_at TEXT
) STRICT;
CREATE INDEX alerts_of_rule ON alerts (rule_id, id);
CREATE INDEX alerts_by_state ON alerts (state, id);

-- What happened to an alert and what was done about it.
CREATE TABLE alert_history (
    id INTEGER PRIMARY KEY,
    alert_id INTEGER NOT NULL REFERENCES alerts,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX alert_history_of_alert ON alert_history (alert_id, id);
CREATE TRIGGER alert_history_update BEFORE UPDATE ON alert_history BEGIN
    SELECT raise(ABORT, 'what happened to an alert is kept and cannot be changed');
END;
CREATE TRIGGER alert_history_delete BEFORE DELETE ON alert_history BEGIN
    SELECT raise(ABORT, 'what happened to an alert is kept and cannot be deleted');
END;
