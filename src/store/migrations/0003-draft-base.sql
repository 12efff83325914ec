-- What was recorded at its place when a draft was begun, so that a draft opened again does not overwrite what came in between.
ALTER TABLE draft ADD COLUMN found TEXT;
