-- Version 7: what a file said once more is found by its record, and goes with it.

DELETE FROM records_again WHERE record_id NOT IN (SELECT id FROM records);
CREATE INDEX records_again_of_record ON records_again (record_id);
-- A file that has since been read to say something else does not say it once more.
DELETE FROM records_again WHERE EXISTS (
    SELECT 1 FROM records said JOIN records own ON own.key = said.key AND own.kind = said.kind
    WHERE said.id = records_again.record_id AND own.import_id = records_again.import_id
);
