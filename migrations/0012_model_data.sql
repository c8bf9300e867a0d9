-- Version 12: what each model has learned from and what it said, so that it can be made again, audited and watched.

-- The rows of a training as compressed Parquet, once however many models learned from them. The hash is of the rows, as
-- the cards have it.
CREATE TABLE training_data (
    hash TEXT PRIMARY KEY NOT NULL CHECK (length(hash) = 64),
    rows INTEGER NOT NULL,
    parquet BLOB NOT NULL
) STRICT;
CREATE TRIGGER training_data_update BEFORE UPDATE ON training_data BEGIN
    SELECT raise(ABORT, 'what a model has learned from is kept and cannot be changed');
END;
CREATE TRIGGER training_data_delete BEFORE DELETE ON training_data BEGIN
    SELECT raise(ABORT, 'what a model has learned from is kept and cannot be deleted');
END;

-- What a model, or the fit that its card measures, said of finished jobs that it had not learned from. Derived.
CREATE TABLE predictions (
    model_id INTEGER NOT NULL REFERENCES models,
    job_id INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
    -- 'tested' on the newest jobs of its training, by a fit on the older ones; 'later', by the model itself.
    how TEXT NOT NULL CHECK (how IN ('tested', 'later')),
    at TEXT NOT NULL,
    value INTEGER NOT NULL,
    ranges TEXT NOT NULL CHECK (json_valid(ranges)),
    PRIMARY KEY (model_id, job_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX predictions_of_job ON predictions (job_id);

-- A model is kept as trained; only its standing moves.
CREATE TRIGGER models_update BEFORE UPDATE OF id, target, card, bytes ON models BEGIN
    SELECT raise(ABORT, 'a model is kept as trained and cannot be changed');
END;
CREATE TRIGGER models_delete BEFORE DELETE ON models BEGIN
    SELECT raise(ABORT, 'a model is kept as trained and cannot be deleted');
END;
CREATE TRIGGER models_insert BEFORE INSERT ON models WHEN new.id IN (SELECT id FROM models) BEGIN
    SELECT raise(ABORT, 'a model is kept as trained and cannot be changed');
END;
CREATE TRIGGER model_history_update BEFORE UPDATE ON model_history BEGIN
    SELECT raise(ABORT, 'the history of the models cannot be changed');
END;
CREATE TRIGGER model_history_delete BEFORE DELETE ON model_history BEGIN
    SELECT raise(ABORT, 'the history of the models cannot be deleted');
END;
