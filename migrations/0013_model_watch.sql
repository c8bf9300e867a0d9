-- Version 13: how models do on the jobs that come, and what estimators' own estimates are corrected by.

-- The newest look at a model. Derived.
CREATE TABLE model_watch (
    model_id INTEGER PRIMARY KEY REFERENCES models,
    at TEXT NOT NULL,
    report TEXT NOT NULL CHECK (json_valid(report))
) STRICT;

-- What a person has accepted. One that is taken back stays, with the moment.
CREATE TABLE bias_corrections (
    id INTEGER PRIMARY KEY,
    estimator TEXT NOT NULL,
    sign_type TEXT NOT NULL,
    -- Hours of one work code; NULL where it is the cost of the job.
    work_code TEXT,
    factor REAL NOT NULL CHECK (factor > 0),
    low REAL NOT NULL,
    high REAL NOT NULL,
    jobs INTEGER NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    taken_back_at TEXT
) STRICT;
CREATE UNIQUE INDEX bias_corrections_in_force ON bias_corrections (estimator, sign_type, coalesce(work_code, ''))
    WHERE taken_back_at IS NULL;
