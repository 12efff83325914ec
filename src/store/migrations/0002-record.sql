-- What the team records, and the journal of every change to it.
--
-- A record's row holds its present state; operation and change hold how it came to it, and only grow. Values are the
-- words and forms of the TOML, so that the file can be read with nothing but sqlite3.

CREATE TABLE assessment (
    recommendation INTEGER PRIMARY KEY REFERENCES recommendation (number) DEFERRABLE INITIALLY DEFERRED,
    implementation TEXT CHECK (implementation IN ('implemented', 'partially implemented', 'not implemented', 'cannot be determined')),
    relevance TEXT CHECK (relevance IN ('still relevant', 'no longer relevant')),
    effect TEXT CHECK (effect IN ('achieved', 'partially achieved', 'not achieved', 'cannot be determined')),
    standing TEXT CHECK (standing IN ('draft', 'proposed', 'agreed', 'reopened')),
    consensus TEXT CHECK (consensus IN ('full consensus', 'consensus', 'strong support but significant opposition', 'divergence', 'minority view')),
    penholder TEXT CHECK (length(penholder) > 0),
    agreed_in TEXT REFERENCES meeting (id) DEFERRABLE INITIALLY DEFERRED,
    blocked_by TEXT CHECK (length(blocked_by) > 0),
    what_was_done TEXT CHECK (length(what_was_done) > 0),
    finding TEXT CHECK (length(finding) > 0),
    how_assessed TEXT CHECK (length(how_assessed) > 0),
    further_work TEXT CHECK (length(further_work) > 0)
) STRICT;

CREATE TABLE deliverable_verdict (
    recommendation INTEGER NOT NULL,
    row INTEGER NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('implemented', 'partially implemented', 'not implemented', 'cannot be determined')),
    PRIMARY KEY (recommendation, row),
    FOREIGN KEY (recommendation, row) REFERENCES deliverable (recommendation, row) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

-- about: 'rec 11', 'question 11.4' or 'meeting plenary-43'. at is UTC.
CREATE TABLE finding (
    id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 4 AND 64),
    about TEXT NOT NULL CHECK (about GLOB 'rec [1-9]*' OR about GLOB 'question [1-9]*' OR about GLOB 'meeting ?*'),
    at TEXT NOT NULL CHECK (at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z'),
    by TEXT NOT NULL CHECK (length(by) > 0),
    said_by TEXT CHECK (length(said_by) > 0),
    kind TEXT NOT NULL CHECK (kind IN ('finding', 'note')),
    meeting TEXT REFERENCES meeting (id) DEFERRABLE INITIALLY DEFERRED,
    minute INTEGER CHECK (minute >= 0),
    agenda_item TEXT CHECK (length(agenda_item) > 0),
    text TEXT NOT NULL CHECK (length(text) > 0),
    private TEXT CHECK (private = 'yes'),
    withdrawn TEXT CHECK (withdrawn = 'yes')
) STRICT, WITHOUT ROWID;

-- One entry a transaction. hash covers the entry, its changes and the hash before it.
CREATE TABLE operation (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 4 AND 64),
    at TEXT NOT NULL CHECK (at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z'),
    by TEXT NOT NULL CHECK (length(by) > 0),
    meeting TEXT,
    role TEXT NOT NULL CHECK (role IN ('do', 'undo', 'redo')),
    target TEXT REFERENCES operation (id),
    label TEXT NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    CHECK ((role = 'do') = (target IS NULL))
) STRICT;
CREATE INDEX operation_by ON operation (by, seq);

CREATE TABLE change (
    operation INTEGER NOT NULL REFERENCES operation (seq),
    position INTEGER NOT NULL CHECK (position >= 0),
    record TEXT NOT NULL CHECK (length(record) > 0),
    field TEXT NOT NULL CHECK (length(field) > 0),
    before TEXT,
    after TEXT,
    PRIMARY KEY (operation, position),
    CHECK (before IS NOT after)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_record ON change (record, operation);

-- REPLACE deletes without asking the triggers below.
CREATE TRIGGER operation_is_new BEFORE INSERT ON operation WHEN EXISTS (SELECT 1 FROM operation WHERE seq = NEW.seq OR id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
CREATE TRIGGER change_is_new BEFORE INSERT ON change
    WHEN EXISTS (SELECT 1 FROM change WHERE operation = NEW.operation AND position = NEW.position)
    BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
CREATE TRIGGER operation_is_kept BEFORE DELETE ON operation BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
CREATE TRIGGER operation_is_final BEFORE UPDATE ON operation BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
CREATE TRIGGER change_is_kept BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
CREATE TRIGGER change_is_final BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;

-- Text that was typed and not recorded yet, one per author and place.
CREATE TABLE draft (
    author TEXT NOT NULL,
    place TEXT NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (author, place)
) STRICT, WITHOUT ROWID;
