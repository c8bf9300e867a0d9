-- Version 19: what the shop's signs are built up from, and what things and hours cost it.

-- Every version of an assembly as it was saved; what came with the program is not in here.
CREATE TABLE assemblies (
    id TEXT NOT NULL CHECK (id <> ''),
    version INTEGER NOT NULL CHECK (version > 0),
    definition TEXT NOT NULL CHECK (json_valid(definition)),
    -- What was changed, in the words of who changed it.
    note TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER assemblies_update BEFORE UPDATE ON assemblies BEGIN
    SELECT raise(ABORT, 'a version of an assembly cannot be changed');
END;
CREATE TRIGGER assemblies_delete BEFORE DELETE ON assemblies BEGIN
    SELECT raise(ABORT, 'a version of an assembly cannot be deleted');
END;
-- REPLACE deletes without a word to the trigger above.
CREATE TRIGGER assemblies_insert BEFORE INSERT ON assemblies
WHEN EXISTS (SELECT 1 FROM assemblies WHERE id = new.id AND version = new.version) BEGIN
    SELECT raise(ABORT, 'a version of an assembly cannot be changed');
END;

-- Assemblies that are not offered any more, of the shop or of the program.
CREATE TABLE assemblies_put_away (
    id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- What an item or an hour costs: of each key the newest row counts, the others are its history. One without a definition was
-- removed.
CREATE TABLE costs (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('item', 'rate')),
    key TEXT NOT NULL CHECK (key <> ''),
    definition TEXT CHECK (json_valid(definition)),
    who TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX costs_by_key ON costs (kind, key, id);
