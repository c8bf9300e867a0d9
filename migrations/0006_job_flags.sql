-- Version 6: what the sanity rules and the comparison with its peers found in each job. Derived: made anew whenever the
-- job or the rules change.
CREATE TABLE job_flags (
    job_id INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
    rule TEXT NOT NULL,
    field TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('info', 'warning', 'error')),
    message TEXT NOT NULL,
    PRIMARY KEY (job_id, rule, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_flags_by_rule ON job_flags (rule, severity);
