-- The watched folder: what was taken from it, so that no file is read twice, also after a restart. A file that changes is
-- another file.
CREATE TABLE watched_files (
    path TEXT PRIMARY KEY NOT NULL,
    size INTEGER NOT NULL,
    -- As the file system says it.
    modified TEXT NOT NULL,
    -- What became of it: a word of the import's outcome.
    state TEXT NOT NULL,
    message TEXT,
    import_id INTEGER REFERENCES imports,
    taken_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX watched_files_by_time ON watched_files (taken_at);
CREATE INDEX watched_files_of_import ON watched_files (import_id) WHERE import_id IS NOT NULL;
