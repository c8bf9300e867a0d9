-- Version 5: records know the ids that other programs use, and what a later file only repeats is not stored again.

-- The document of a record is that of its import. A record about a work order or a quote has its number as its key.
CREATE TABLE records_new (
    id INTEGER PRIMARY KEY,
    import_id INTEGER NOT NULL REFERENCES imports,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    work_order TEXT,
    quote_number TEXT,
    opportunity TEXT,
    -- What the program that exported it calls it, where that is not its key.
    external_id TEXT,
    -- The first 16 bytes of the SHA-256 of its values.
    digest BLOB NOT NULL,
    record TEXT NOT NULL
) STRICT;
INSERT INTO records_new (id, import_id, kind, key, work_order, quote_number, opportunity, digest, record)
SELECT id, import_id, kind, key,
    CASE WHEN kind NOT IN ('work_order', 'cost_summary') THEN work_order END,
    CASE WHEN kind <> 'quote' THEN quote_number END,
    CASE WHEN kind = 'line_item' THEN json_extract(record, '$.fields.opportunity[1]') END,
    substr(unhex(digest), 1, 16), record
FROM records ORDER BY id;
DROP TABLE records;
ALTER TABLE records_new RENAME TO records;
CREATE INDEX records_by_key ON records (key, kind);
CREATE INDEX records_of_import ON records (import_id);
CREATE INDEX records_of_work_order ON records (work_order) WHERE work_order IS NOT NULL;
CREATE INDEX records_of_quote ON records (quote_number) WHERE quote_number IS NOT NULL;
CREATE INDEX records_of_opportunity ON records (opportunity) WHERE opportunity IS NOT NULL;
CREATE INDEX records_of_external ON records (external_id) WHERE external_id IS NOT NULL;

-- Which records a file said once more, with the same values. A record that was taken back leaves its rows here.
CREATE TABLE records_again (
    import_id INTEGER NOT NULL REFERENCES imports,
    record_id INTEGER NOT NULL,
    PRIMARY KEY (import_id, record_id)
) STRICT, WITHOUT ROWID;
