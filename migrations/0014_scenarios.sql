-- Version 14: variants of an estimate that are kept under a name, to be compared.

CREATE TABLE scenarios (
    id INTEGER PRIMARY KEY,
    estimate_id INTEGER NOT NULL REFERENCES estimates,
    name TEXT NOT NULL CHECK (name <> ''),
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    -- The answer as it was given, with the specification and the model.
    said TEXT NOT NULL CHECK (json_valid(said)),
    UNIQUE (estimate_id, name)
) STRICT;
CREATE TRIGGER scenarios_update BEFORE UPDATE OF id, estimate_id, who, at, said ON scenarios BEGIN
    SELECT raise(ABORT, 'what was said of a scenario is kept and cannot be changed');
END;
