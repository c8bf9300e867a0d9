-- Version 2: review of documents, and the layouts learned from it.

-- What is known of a layout: labels and positions, no values.
CREATE TABLE layout_profiles (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    examples INTEGER NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('learned', 'imported')),
    -- Of an imported profile: the file's SHA-256, so that the same file comes in once.
    digest TEXT UNIQUE,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    profile TEXT NOT NULL CHECK (json_valid(profile))
) STRICT;

-- How far the review of a document is. `draft` is a record without its key yet; `missing` names fields that the layout
-- should have.
CREATE TABLE reviews (
    sha256 TEXT PRIMARY KEY NOT NULL REFERENCES documents,
    state TEXT NOT NULL CHECK (state IN ('unknown', 'waiting', 'certain', 'confirmed')),
    waiting INTEGER NOT NULL,
    profile_id INTEGER REFERENCES layout_profiles,
    -- The profile this document taught.
    taught_id INTEGER REFERENCES layout_profiles,
    draft TEXT CHECK (json_valid(draft)),
    missing TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(missing)),
    confirmed_by TEXT,
    confirmed_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX reviews_by_state ON reviews (state);
CREATE INDEX reviews_of_profile ON reviews (profile_id) WHERE profile_id IS NOT NULL;
CREATE INDEX reviews_of_taught ON reviews (taught_id) WHERE taught_id IS NOT NULL;

-- Documents that came in before there was a review.
INSERT INTO reviews (sha256, state, waiting)
SELECT e.sha256,
    CASE WHEN count(r.id) = 0 THEN 'unknown' WHEN total(r.doubtful) > 0 THEN 'waiting' ELSE 'certain' END,
    CAST(total(r.doubtful) AS INTEGER)
FROM extractions e LEFT JOIN (
    SELECT id, sha256,
        (SELECT count(*) FROM json_each(record, '$.fields') WHERE json_extract(value, '$.confidence') < 0.9) + (
            SELECT count(*) FROM json_each(record, '$.lines') l, json_each(l.value, '$.fields') f
            WHERE json_extract(f.value, '$.confidence') < 0.9
        ) AS doubtful
    FROM records
) r ON r.sha256 = e.sha256
WHERE json_array_length(e.extraction, '$.words') > 0
GROUP BY e.sha256;

-- Who corrected or confirmed what in a document, and when. Nothing here is ever changed or deleted.
CREATE TABLE corrections (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL REFERENCES documents,
    -- A field's name; with `line` the column of that line, counted from 0; for whole lines the section.
    field TEXT NOT NULL,
    line INTEGER,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    before TEXT CHECK (json_valid(before)),
    after TEXT CHECK (json_valid(after))
) STRICT;
CREATE INDEX corrections_of_document ON corrections (sha256);
CREATE TRIGGER corrections_update BEFORE UPDATE ON corrections BEGIN
    SELECT raise(ABORT, 'a correction is kept as made and cannot be changed');
END;
CREATE TRIGGER corrections_delete BEFORE DELETE ON corrections BEGIN
    SELECT raise(ABORT, 'a correction is kept as made and cannot be deleted');
END;
CREATE TRIGGER corrections_insert BEFORE INSERT ON corrections WHEN new.id IN (SELECT id FROM corrections) BEGIN
    SELECT raise(ABORT, 'a correction is kept as made and cannot be changed');
END;
