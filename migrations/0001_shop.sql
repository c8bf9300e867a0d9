-- Version 1: everything a shop keeps.
--
-- Amounts are integer minor units of the shop's currency (settings). Dates are ISO text, moments ISO text in UTC with
-- nine decimals so that they sort as text. Quantities and rates are decimal text. JSON is text that SQLite has checked.

CREATE TABLE settings (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

-- The files that were imported, each kept once. The bytes stand last, so that a list of documents does not read them.
CREATE TABLE documents (
    sha256 TEXT PRIMARY KEY NOT NULL CHECK (length(sha256) = 64),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    imported_at TEXT NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE extractions (
    sha256 TEXT PRIMARY KEY NOT NULL REFERENCES documents,
    extraction TEXT NOT NULL CHECK (json_valid(extraction))
) STRICT;

CREATE TABLE imports (
    id INTEGER PRIMARY KEY,
    sha256 TEXT REFERENCES documents,
    file_name TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    user TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('started', 'read', 'partly_read', 'no_text_layer', 'needs_password', 'damaged',
                                         'too_large', 'refused')),
    kind TEXT,
    created INTEGER NOT NULL DEFAULT 0,
    updated INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0,
    checks TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(checks)),
    understood TEXT CHECK (json_valid(understood)),
    message TEXT
) STRICT;
CREATE INDEX imports_of_document ON imports (sha256);

-- Every record as one file gave it. The digest covers the values alone, not where they stood.
CREATE TABLE records (
    id INTEGER PRIMARY KEY,
    import_id INTEGER NOT NULL REFERENCES imports,
    sha256 TEXT NOT NULL REFERENCES documents,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    work_order TEXT,
    quote_number TEXT,
    digest TEXT NOT NULL,
    record TEXT NOT NULL CHECK (json_valid(record)),
    UNIQUE (kind, key, sha256)
) STRICT;
CREATE INDEX records_of_import ON records (import_id);
CREATE INDEX records_of_document ON records (sha256);
CREATE INDEX records_of_work_order ON records (work_order) WHERE work_order IS NOT NULL;
CREATE INDEX records_of_quote ON records (quote_number) WHERE quote_number IS NOT NULL;

-- The quarantine. The digest keeps a second import of the same file from filing the same reject twice.
CREATE TABLE rejects (
    id INTEGER PRIMARY KEY,
    import_id INTEGER NOT NULL REFERENCES imports,
    sha256 TEXT REFERENCES documents,
    digest TEXT NOT NULL UNIQUE,
    reason TEXT NOT NULL,
    reject TEXT NOT NULL CHECK (json_valid(reject)),
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'fixed', 'discarded')),
    note TEXT
) STRICT;
CREATE INDEX rejects_by_status ON rejects (status, reason);
CREATE INDEX rejects_of_import ON rejects (import_id);

CREATE TABLE jobs (
    id INTEGER PRIMARY KEY,
    work_order TEXT UNIQUE,
    quote_number TEXT,
    opportunity TEXT,
    customer_id TEXT,
    customer TEXT,
    description TEXT,
    location TEXT,
    sign_type TEXT,
    estimator TEXT,
    status TEXT NOT NULL CHECK (status IN ('quoted', 'in_progress', 'completed')),
    outcome TEXT CHECK (outcome IN ('open', 'won', 'lost')),
    lost_reason TEXT,
    competitor_price INTEGER,
    quoted_on TEXT,
    completed_on TEXT,
    estimated_cost INTEGER,
    estimated_hours REAL,
    actual_hours REAL,
    material_cost INTEGER,
    labour_cost INTEGER,
    burden_cost INTEGER,
    outplant_cost INTEGER,
    equipment_cost INTEGER,
    shipping_cost INTEGER,
    use_tax INTEGER,
    total_cost INTEGER,
    quoted_price INTEGER,
    sale_price INTEGER,
    overrun_cause TEXT,
    specification TEXT NOT NULL CHECK (json_valid(specification)),
    -- Area of all faces of all pieces, from the specification.
    square_feet REAL,
    number TEXT GENERATED ALWAYS AS (coalesce(work_order, quote_number)) VIRTUAL,
    -- Actual over estimated cost as a fraction above 1: 0.1 is ten per cent too much.
    overrun REAL GENERATED ALWAYS AS (CASE WHEN estimated_cost > 0 THEN total_cost * 1.0 / estimated_cost - 1 END) VIRTUAL
) STRICT;
CREATE INDEX jobs_of_quote ON jobs (quote_number) WHERE quote_number IS NOT NULL;
CREATE INDEX jobs_of_opportunity ON jobs (opportunity) WHERE opportunity IS NOT NULL;
CREATE INDEX jobs_of_customer ON jobs (customer_id) WHERE customer_id IS NOT NULL;

-- One index per order of the job list. Each carries the columns that the list filters by, so that a page is found
-- without reading the wide rows.
CREATE INDEX jobs_by_completed ON jobs (completed_on, id, sign_type, status, estimator);
CREATE INDEX jobs_by_quoted ON jobs (quoted_on, id, sign_type, status, estimator);
CREATE INDEX jobs_by_number ON jobs (number, id, sign_type, status, estimator);
CREATE INDEX jobs_by_customer ON jobs (customer, id, sign_type, status, estimator);
CREATE INDEX jobs_by_type ON jobs (sign_type, id, status, estimator);
CREATE INDEX jobs_by_estimate ON jobs (estimated_cost, id, sign_type, status, estimator);
CREATE INDEX jobs_by_cost ON jobs (total_cost, id, sign_type, status, estimator);
CREATE INDEX jobs_by_overrun ON jobs (overrun, id, sign_type, status, estimator);

-- What the monthly series are summed from.
CREATE INDEX jobs_for_series
    ON jobs (status, completed_on, sign_type, total_cost, square_feet, sale_price, actual_hours, labour_cost);
CREATE INDEX jobs_for_outcomes ON jobs (quoted_on, outcome) WHERE quoted_on IS NOT NULL;

CREATE VIRTUAL TABLE jobs_search USING fts5 (
    number, customer, description, location, sign_type,
    content = '', contentless_delete = 1, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER jobs_search_insert AFTER INSERT ON jobs BEGIN
    INSERT INTO jobs_search (rowid, number, customer, description, location, sign_type)
    VALUES (new.id, concat_ws(' ', new.work_order, new.quote_number, new.opportunity), new.customer, new.description,
            new.location, new.sign_type);
END;
CREATE TRIGGER jobs_search_update
AFTER UPDATE OF work_order, quote_number, opportunity, customer, description, location, sign_type ON jobs BEGIN
    DELETE FROM jobs_search WHERE rowid = old.id;
    INSERT INTO jobs_search (rowid, number, customer, description, location, sign_type)
    VALUES (new.id, concat_ws(' ', new.work_order, new.quote_number, new.opportunity), new.customer, new.description,
            new.location, new.sign_type);
END;
CREATE TRIGGER jobs_search_delete AFTER DELETE ON jobs BEGIN
    DELETE FROM jobs_search WHERE rowid = old.id;
END;

CREATE TABLE job_lines (
    id INTEGER PRIMARY KEY,
    job_id INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
    section TEXT NOT NULL CHECK (section IN ('labour', 'material', 'outplant', 'item')),
    department TEXT,
    work_code TEXT,
    description TEXT,
    unit TEXT,
    estimated_hours REAL,
    actual_hours REAL,
    estimated_quantity TEXT,
    quantity TEXT,
    estimated_cost INTEGER,
    cost INTEGER,
    sha256 TEXT REFERENCES documents,
    place TEXT CHECK (json_valid(place))
) STRICT;
CREATE INDEX job_lines_of_job ON job_lines (job_id);
CREATE INDEX job_lines_of_document ON job_lines (sha256) WHERE sha256 IS NOT NULL;

CREATE TABLE customers (
    customer_id TEXT PRIMARY KEY NOT NULL,
    customer TEXT NOT NULL,
    customer_type TEXT,
    city TEXT,
    contact TEXT,
    email TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX customers_by_name ON customers (customer);

CREATE TABLE prices (
    series TEXT NOT NULL,
    date TEXT NOT NULL,
    price TEXT NOT NULL,
    unit TEXT NOT NULL,
    PRIMARY KEY (series, date)
) STRICT, WITHOUT ROWID;

-- The registry. At most one champion per target.
CREATE TABLE models (
    id INTEGER PRIMARY KEY,
    target TEXT NOT NULL,
    standing TEXT NOT NULL CHECK (standing IN ('champion', 'challenger', 'retired')),
    card TEXT NOT NULL CHECK (json_valid(card)),
    bytes BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX models_one_champion ON models (target) WHERE standing = 'champion';

CREATE TABLE model_history (
    id INTEGER PRIMARY KEY,
    model_id INTEGER NOT NULL REFERENCES models,
    at TEXT NOT NULL,
    standing TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX model_history_of_model ON model_history (model_id);

CREATE TABLE estimates (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    created_at TEXT NOT NULL,
    quoted_on TEXT NOT NULL,
    sign_type TEXT,
    basis TEXT NOT NULL,
    model_id INTEGER REFERENCES models,
    cost INTEGER NOT NULL,
    estimate TEXT NOT NULL CHECK (json_valid(estimate))
) STRICT;
CREATE INDEX estimates_of_model ON estimates (model_id) WHERE model_id IS NOT NULL;
CREATE TRIGGER estimates_update BEFORE UPDATE ON estimates BEGIN
    SELECT raise(ABORT, 'an estimate is kept as made and cannot be changed');
END;
CREATE TRIGGER estimates_delete BEFORE DELETE ON estimates BEGIN
    SELECT raise(ABORT, 'an estimate is kept as made and cannot be deleted');
END;
-- REPLACE deletes without a word to the trigger above, so taking a used id is refused as well.
CREATE TRIGGER estimates_insert BEFORE INSERT ON estimates WHEN new.id IN (SELECT id FROM estimates) BEGIN
    SELECT raise(ABORT, 'an estimate is kept as made and cannot be changed');
END;

-- The last number given out in each year, so that no number is given twice.
CREATE TABLE quote_numbers (
    year INTEGER PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;

CREATE TABLE quotes (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    customer TEXT NOT NULL,
    contact TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('draft', 'approved', 'sent', 'won', 'lost', 'expired')),
    created_at TEXT NOT NULL,
    lost_reason TEXT,
    competitor_price INTEGER,
    external_id TEXT
) STRICT;
CREATE INDEX quotes_by_external ON quotes (external_id) WHERE external_id IS NOT NULL;

CREATE TABLE quote_versions (
    quote_id INTEGER NOT NULL REFERENCES quotes,
    version INTEGER NOT NULL CHECK (version >= 1),
    locked INTEGER NOT NULL CHECK (locked IN (0, 1)),
    cost INTEGER NOT NULL,
    total INTEGER NOT NULL,
    valid_until TEXT NOT NULL,
    content TEXT NOT NULL CHECK (json_valid(content)),
    PRIMARY KEY (quote_id, version)
) STRICT;
CREATE TRIGGER quote_versions_update BEFORE UPDATE ON quote_versions WHEN old.locked = 1 BEGIN
    SELECT raise(ABORT, 'a locked version of a quote cannot be changed');
END;
CREATE TRIGGER quote_versions_delete BEFORE DELETE ON quote_versions WHEN old.locked = 1 BEGIN
    SELECT raise(ABORT, 'a locked version of a quote cannot be deleted');
END;
CREATE TRIGGER quote_versions_insert BEFORE INSERT ON quote_versions
WHEN EXISTS (SELECT 1 FROM quote_versions WHERE quote_id = new.quote_id AND version = new.version AND locked = 1) BEGIN
    SELECT raise(ABORT, 'a locked version of a quote cannot be changed');
END;

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    payload TEXT NOT NULL CHECK (json_valid(payload)),
    idempotency_key TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'dead')),
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    next_at TEXT NOT NULL,
    sent_at TEXT,
    last_error TEXT
) STRICT;
CREATE INDEX outbox_due ON outbox (next_at) WHERE state = 'waiting';

-- Who did what, when, to what. Nothing here is ever changed or deleted.
CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    action_id TEXT NOT NULL,
    command TEXT NOT NULL,
    subject TEXT NOT NULL,
    before TEXT CHECK (json_valid(before)),
    after TEXT CHECK (json_valid(after))
) STRICT;
CREATE INDEX events_of_subject ON events (subject);
CREATE INDEX events_of_action ON events (action_id);
CREATE TRIGGER events_update BEFORE UPDATE ON events BEGIN
    SELECT raise(ABORT, 'the event log cannot be changed');
END;
CREATE TRIGGER events_delete BEFORE DELETE ON events BEGIN
    SELECT raise(ABORT, 'the event log cannot be deleted from');
END;
CREATE TRIGGER events_insert BEFORE INSERT ON events WHEN new.id IN (SELECT id FROM events) BEGIN
    SELECT raise(ABORT, 'the event log cannot be changed');
END;

CREATE TABLE leases (
    name TEXT PRIMARY KEY NOT NULL,
    holder TEXT NOT NULL,
    until TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Anomalies that a person has looked at and found to be in order.
CREATE TABLE dismissals (
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (subject, kind)
) STRICT, WITHOUT ROWID;
