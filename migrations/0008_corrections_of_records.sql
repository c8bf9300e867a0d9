-- Version 8: of which record of a document a value was corrected. NULL where it has one alone.
ALTER TABLE corrections ADD COLUMN record TEXT;
