-- Version 20: what happens to a quote after it is priced, and what is kept about it.

-- When the customer looked at it, and when somebody wants to ask how it stands.
ALTER TABLE quotes ADD COLUMN viewed_at TEXT;
ALTER TABLE quotes ADD COLUMN follow_up_on TEXT;
ALTER TABLE quotes ADD COLUMN follow_up_note TEXT NOT NULL DEFAULT '';
CREATE INDEX quotes_to_follow_up ON quotes (follow_up_on) WHERE follow_up_on IS NOT NULL;

-- Each change of a draft, so that it can be taken back and made again. What was taken back goes with the next change.
CREATE TABLE quote_edits (
    id INTEGER PRIMARY KEY,
    quote_id INTEGER NOT NULL REFERENCES quotes,
    version INTEGER NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    before TEXT NOT NULL CHECK (json_valid(before)),
    after TEXT NOT NULL CHECK (json_valid(after)),
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
) STRICT;
CREATE INDEX quote_edits_of_version ON quote_edits (quote_id, version, id);

CREATE TABLE change_orders (
    quote_id INTEGER NOT NULL REFERENCES quotes,
    number INTEGER NOT NULL CHECK (number >= 1),
    change_order TEXT NOT NULL CHECK (json_valid(change_order)),
    PRIMARY KEY (quote_id, number)
) STRICT;
CREATE TRIGGER change_orders_update BEFORE UPDATE ON change_orders BEGIN
    SELECT raise(ABORT, 'a change order is kept as it was given and cannot be changed');
END;
CREATE TRIGGER change_orders_delete BEFORE DELETE ON change_orders BEGIN
    SELECT raise(ABORT, 'a change order is kept as it was given and cannot be deleted');
END;
CREATE TRIGGER change_orders_insert BEFORE INSERT ON change_orders
WHEN EXISTS (SELECT 1 FROM change_orders WHERE quote_id = new.quote_id AND number = new.number) BEGIN
    SELECT raise(ABORT, 'a change order is kept as it was given and cannot be changed');
END;

CREATE TABLE quote_templates (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    title TEXT NOT NULL,
    -- The version that was saved; its number, day and lock do not count.
    content TEXT NOT NULL CHECK (json_valid(content))
) STRICT;

-- Notes and tags of quotes and jobs.
CREATE TABLE notes (
    id INTEGER PRIMARY KEY,
    about TEXT NOT NULL CHECK (about IN ('quote', 'job')),
    about_id INTEGER NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    note TEXT NOT NULL CHECK (note <> '')
) STRICT;
CREATE INDEX notes_about ON notes (about, about_id, id);

CREATE TABLE tags (
    about TEXT NOT NULL CHECK (about IN ('quote', 'job')),
    about_id INTEGER NOT NULL,
    tag TEXT NOT NULL CHECK (tag <> ''),
    PRIMARY KEY (about, about_id, tag)
) STRICT, WITHOUT ROWID;
