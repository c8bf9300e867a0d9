-- Version 17: assumptions about prices, wages, demand and people that are kept under a name.

CREATE TABLE outlooks (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    assumptions TEXT NOT NULL CHECK (json_valid(assumptions)),
    who TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
