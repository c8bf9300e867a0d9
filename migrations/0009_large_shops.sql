-- Version 9: a shop of a million jobs. What the rows of a table have in common is kept once, jobs are counted as they come
-- and go, and the search keeps no places of words, of which nothing is asked.

-- Fields, their columns and how they were found, of all rows of one table.
CREATE TABLE record_forms (
    id INTEGER PRIMARY KEY,
    form TEXT NOT NULL UNIQUE CHECK (json_valid(form))
) STRICT;
ALTER TABLE records ADD COLUMN form_id INTEGER REFERENCES record_forms;

-- How many jobs have the same values of everything that the list filters by. Kept right by the triggers below.
CREATE TABLE job_counts (
    sign_type TEXT,
    status TEXT NOT NULL,
    estimator TEXT,
    jobs INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX job_counts_of ON job_counts (status, sign_type, estimator);
INSERT INTO job_counts (sign_type, status, estimator, jobs)
SELECT sign_type, status, estimator, count(*) FROM jobs GROUP BY sign_type, status, estimator;
CREATE TRIGGER job_counts_insert AFTER INSERT ON jobs BEGIN
    INSERT INTO job_counts (sign_type, status, estimator, jobs)
    SELECT new.sign_type, new.status, new.estimator, 0 WHERE NOT EXISTS (
        SELECT 1 FROM job_counts WHERE status = new.status AND sign_type IS new.sign_type AND estimator IS new.estimator
    );
    UPDATE job_counts SET jobs = jobs + 1
    WHERE status = new.status AND sign_type IS new.sign_type AND estimator IS new.estimator;
END;
CREATE TRIGGER job_counts_delete AFTER DELETE ON jobs BEGIN
    UPDATE job_counts SET jobs = jobs - 1
    WHERE status = old.status AND sign_type IS old.sign_type AND estimator IS old.estimator;
    DELETE FROM job_counts
    WHERE status = old.status AND sign_type IS old.sign_type AND estimator IS old.estimator AND jobs <= 0;
END;
CREATE TRIGGER job_counts_update AFTER UPDATE OF sign_type, status, estimator ON jobs
WHEN old.status <> new.status OR old.sign_type IS NOT new.sign_type OR old.estimator IS NOT new.estimator BEGIN
    UPDATE job_counts SET jobs = jobs - 1
    WHERE status = old.status AND sign_type IS old.sign_type AND estimator IS old.estimator;
    DELETE FROM job_counts
    WHERE status = old.status AND sign_type IS old.sign_type AND estimator IS old.estimator AND jobs <= 0;
    INSERT INTO job_counts (sign_type, status, estimator, jobs)
    SELECT new.sign_type, new.status, new.estimator, 0 WHERE NOT EXISTS (
        SELECT 1 FROM job_counts WHERE status = new.status AND sign_type IS new.sign_type AND estimator IS new.estimator
    );
    UPDATE job_counts SET jobs = jobs + 1
    WHERE status = new.status AND sign_type IS new.sign_type AND estimator IS new.estimator;
END;

-- Which words occur in which job: a fifth of the size. Beginnings of three letters are few enough to be gathered.
DROP TABLE jobs_search;
CREATE VIRTUAL TABLE jobs_search USING fts5 (
    number, customer, description, location, sign_type,
    content = '', contentless_delete = 1, detail = 'none', prefix = '1 2', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO jobs_search (rowid, number, customer, description, location, sign_type)
SELECT id, concat_ws(' ', work_order, quote_number, opportunity), customer, description, location, sign_type
FROM jobs ORDER BY id;
-- A job whose words stay as they are is left alone in the search.
DROP TRIGGER jobs_search_update;
CREATE TRIGGER jobs_search_update
AFTER UPDATE OF work_order, quote_number, opportunity, customer, description, location, sign_type ON jobs
WHEN old.work_order IS NOT new.work_order OR old.quote_number IS NOT new.quote_number
    OR old.opportunity IS NOT new.opportunity OR old.customer IS NOT new.customer
    OR old.description IS NOT new.description OR old.location IS NOT new.location OR old.sign_type IS NOT new.sign_type BEGIN
    DELETE FROM jobs_search WHERE rowid = old.id;
    INSERT INTO jobs_search (rowid, number, customer, description, location, sign_type)
    VALUES (new.id, concat_ws(' ', new.work_order, new.quote_number, new.opportunity), new.customer, new.description,
            new.location, new.sign_type);
END;
