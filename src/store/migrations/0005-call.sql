-- The call: what the team records on its meetings. A meeting of the team's own has its row in table meeting, from_catalogue 0.
-- Moments are UTC; item numbers are those under which the items were made, rank is their order.

ALTER TABLE meeting ADD COLUMN date TEXT CHECK (date IS date(date));
ALTER TABLE meeting ADD COLUMN facilitator TEXT CHECK (length(facilitator) > 0);
ALTER TABLE meeting ADD COLUMN started TEXT CHECK (started GLOB '????-??-??T??:??:??Z');
ALTER TABLE meeting ADD COLUMN ended TEXT CHECK (ended GLOB '????-??-??T??:??:??Z');
ALTER TABLE meeting ADD COLUMN paused TEXT CHECK (paused GLOB '????-??-??T??:??:??Z');
ALTER TABLE meeting ADD COLUMN item INTEGER CHECK (item > 0);
ALTER TABLE meeting ADD COLUMN since TEXT CHECK (since GLOB '????-??-??T??:??:??Z');
CREATE UNIQUE INDEX one_meeting_runs ON meeting (from_catalogue) WHERE started IS NOT NULL AND ended IS NULL;

-- The day until the end of which objections to what is proposed are waited for.
ALTER TABLE assessment ADD COLUMN objections_by TEXT CHECK (objections_by IS date(objections_by));

-- planned in minutes, used in seconds.
CREATE TABLE agenda (
    meeting TEXT NOT NULL REFERENCES meeting (id) DEFERRABLE INITIALLY DEFERRED,
    item INTEGER NOT NULL CHECK (item > 0),
    rank INTEGER NOT NULL CHECK (rank >= 0),
    text TEXT NOT NULL CHECK (length(text) > 0),
    planned INTEGER CHECK (planned >= 0),
    used INTEGER CHECK (used >= 0),
    opened TEXT CHECK (opened GLOB '????-??-??T??:??:??Z'),
    PRIMARY KEY (meeting, item)
) STRICT, WITHOUT ROWID;

-- The recommendations that a meeting is to come to; outcome is null while one waits.
CREATE TABLE queued (
    meeting TEXT NOT NULL REFERENCES meeting (id) DEFERRABLE INITIALLY DEFERRED,
    recommendation INTEGER NOT NULL REFERENCES recommendation (number) DEFERRABLE INITIALLY DEFERRED,
    rank INTEGER NOT NULL CHECK (rank >= 0),
    outcome TEXT CHECK (outcome IN ('reached', 'deferred')),
    reason TEXT CHECK (length(reason) > 0),
    PRIMARY KEY (meeting, recommendation)
) STRICT, WITHOUT ROWID;

CREATE TABLE attendance (
    meeting TEXT NOT NULL REFERENCES meeting (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL CHECK (length(name) > 0),
    presence TEXT CHECK (presence IN ('present', 'late', 'left', 'apologies', 'observer', 'guest', 'staff')),
    at TEXT CHECK (at GLOB '????-??-??T??:??:??Z'),
    interest TEXT CHECK (length(interest) > 0),
    PRIMARY KEY (meeting, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE decision (
    id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 4 AND 64),
    number INTEGER NOT NULL CHECK (number > 0),
    text TEXT NOT NULL CHECK (length(text) > 0),
    about TEXT CHECK (about GLOB 'rec [1-9]*' OR about GLOB 'question [1-9]*' OR about GLOB 'meeting ?*'),
    said_by TEXT CHECK (length(said_by) > 0),
    consensus TEXT CHECK (consensus IN ('full consensus', 'consensus', 'strong support but significant opposition', 'divergence', 'minority view')),
    objections_by TEXT CHECK (objections_by IS date(objections_by)),
    at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    by TEXT NOT NULL CHECK (length(by) > 0),
    meeting TEXT REFERENCES meeting (id) DEFERRABLE INITIALLY DEFERRED,
    minute INTEGER CHECK (minute >= 0),
    agenda_item INTEGER CHECK (agenda_item > 0),
    withdrawn TEXT CHECK (withdrawn = 'yes')
) STRICT, WITHOUT ROWID;

-- The columns of the team's tracker; due is a day or the words 'next call'.
CREATE TABLE action (
    id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 4 AND 64),
    number INTEGER NOT NULL CHECK (number > 0),
    text TEXT NOT NULL CHECK (length(text) > 0),
    category TEXT CHECK (length(category) > 0),
    owner TEXT CHECK (length(owner) > 0),
    requested TEXT NOT NULL CHECK (requested IS date(requested)),
    due TEXT CHECK (due = 'next call' OR due IS date(due)),
    progress TEXT CHECK (length(progress) > 0),
    response TEXT CHECK (length(response) > 0),
    done TEXT CHECK (done IS date(done)),
    about TEXT CHECK (about GLOB 'rec [1-9]*' OR about GLOB 'question [1-9]*' OR about GLOB 'meeting ?*'),
    at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    by TEXT NOT NULL CHECK (length(by) > 0),
    meeting TEXT REFERENCES meeting (id) DEFERRABLE INITIALLY DEFERRED,
    minute INTEGER CHECK (minute >= 0),
    agenda_item INTEGER CHECK (agenda_item > 0),
    withdrawn TEXT CHECK (withdrawn = 'yes')
) STRICT, WITHOUT ROWID;

-- matter: 'rec 11' or 'decision ' and its id, which must be there. Positions are added, never overwritten; of a member's several in a round the newest counts.
CREATE TABLE position (
    id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 4 AND 64),
    matter TEXT NOT NULL CHECK (matter GLOB 'rec [1-9]*' OR matter GLOB 'decision ?*'),
    round INTEGER NOT NULL CHECK (round > 0),
    member TEXT NOT NULL CHECK (length(member) > 0),
    position TEXT NOT NULL CHECK (position IN ('agree', 'object', 'abstain', 'absent', 'not heard')),
    text TEXT CHECK (length(text) > 0),
    statement TEXT CHECK (length(statement) > 0),
    at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    by TEXT NOT NULL CHECK (length(by) > 0),
    meeting TEXT REFERENCES meeting (id) DEFERRABLE INITIALLY DEFERRED,
    minute INTEGER CHECK (minute >= 0),
    decision TEXT GENERATED ALWAYS AS (CASE WHEN matter GLOB 'decision ?*' THEN substr(matter, 10) END) STORED
        REFERENCES decision (id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE round (
    matter TEXT NOT NULL CHECK (matter GLOB 'rec [1-9]*' OR matter GLOB 'decision ?*'),
    round INTEGER NOT NULL CHECK (round > 0),
    at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    by TEXT NOT NULL CHECK (length(by) > 0),
    meeting TEXT REFERENCES meeting (id) DEFERRABLE INITIALLY DEFERRED,
    consensus TEXT CHECK (consensus IN ('full consensus', 'consensus', 'strong support but significant opposition', 'divergence', 'minority view')),
    decision TEXT GENERATED ALWAYS AS (CASE WHEN matter GLOB 'decision ?*' THEN substr(matter, 10) END) STORED
        REFERENCES decision (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (matter, round)
) STRICT, WITHOUT ROWID;

-- The versions of a call's report that went out, byte for byte.
CREATE TABLE call_report (
    meeting TEXT NOT NULL REFERENCES meeting (id) DEFERRABLE INITIALLY DEFERRED,
    version INTEGER NOT NULL CHECK (version > 0),
    at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    by TEXT NOT NULL CHECK (length(by) > 0),
    text TEXT NOT NULL CHECK (length(text) > 0),
    locked TEXT CHECK (locked = 'yes'),
    PRIMARY KEY (meeting, version)
) STRICT, WITHOUT ROWID;
