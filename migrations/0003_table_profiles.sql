-- Version 3: how the shop's own sources are read. A profile is a mapping (columns to fields) under a name.
CREATE TABLE table_profiles (
    name TEXT PRIMARY KEY NOT NULL,
    mapping TEXT NOT NULL CHECK (json_valid(mapping)),
    saved_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
