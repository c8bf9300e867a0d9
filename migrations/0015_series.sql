-- Version 15: series that a shop makes of others, and what people said of anomalies.

CREATE TABLE saved_series (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL UNIQUE CHECK (title <> ''),
    unit TEXT NOT NULL,
    formula TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

-- One verdict per anomaly; the log keeps the earlier ones. `subject` says which job or series, `finding` which finding of
-- it: its kind, and the field or the first day.
CREATE TABLE anomaly_verdicts (
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    finding TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('confirmed', 'dismissed')),
    reason TEXT NOT NULL,
    score REAL NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (subject, kind, finding)
) STRICT, WITHOUT ROWID;

-- Was never written to; verdicts are in its place.
DROP TABLE dismissals;
