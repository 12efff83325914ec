-- One table for all quoted records in place of forty. A record is one row, and its content is JSON with the keys of the catalogue's TOML:
--
--     SELECT content->>'text' FROM quoted WHERE kind = 'recommendation' AND name = '11';
--
-- kind is the key of the record's table in TOML, name what the sources call it by, position its place among its kind, counted from 1. The
-- row of the kind 'contents' lists the names of all records by kind. digest is SHA-256 over the other columns; the program computes it after
-- this file has run, because SQLite cannot.
--
-- json() around a list says that it is JSON and not a text: SQLite forgets that of a subquery.

CREATE TABLE quoted (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    position INTEGER NOT NULL CHECK (position > 0),
    content TEXT NOT NULL CHECK (json_valid(content)),
    digest TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (kind, name),
    UNIQUE (kind, position)
) STRICT;

INSERT INTO quoted (kind, name, position, content)
SELECT 'catalogue', 'header', 1, json_object('review', review, 'edition', edition) FROM catalogue;

INSERT INTO quoted (kind, name, position, content)
SELECT 'review', name, row_number() OVER (ORDER BY position, rowid),
    json_object('name', name, 'role', role, 'full_name', full_name, 'source', source,
        'dates', json((SELECT json_group_array(json_object('text', text, 'source', source) ORDER BY position)
            FROM review_date WHERE review = review.name)))
FROM review;

INSERT INTO quoted (kind, name, position, content)
SELECT 'document', number, row_number() OVER (ORDER BY position, rowid),
    json_object('number', number, 'file', file, 'kind', kind, 'title', title, 'subtitle', subtitle, 'date', date, 'note', note,
        'source', source, 'lines', lines)
FROM document;

INSERT INTO quoted (kind, name, position, content)
SELECT 'recommendation', CAST(number AS TEXT), row_number() OVER (ORDER BY number),
    json_object('number', number, 'label', label, 'section', section, 'as_of', as_of, 'text', text, 'source', source, 'claim', claim,
        'implementation_notes', implementation_notes,
        'sources', json_object('label', label_source, 'section', section_source, 'as_of', as_of_source,
            'implementation_notes', implementation_notes_source),
        'wordings', json((SELECT json_group_array(json_object('text', text, 'source', source) ORDER BY position)
            FROM wording WHERE recommendation = recommendation.number)),
        'deliverables', json((SELECT json_group_array(json_object('text', text, 'sub_items', json(sub_items), 'phase', phase,
                'responsible', responsible, 'due', due, 'status', status, 'source', source, 'status_source', status_source) ORDER BY row)
            FROM deliverable WHERE recommendation = recommendation.number)),
        'project_status', json((SELECT json_group_array(json_object('text', text, 'level', level, 'source', source) ORDER BY position)
            FROM status_paragraph WHERE recommendation = recommendation.number)),
        'links', json((SELECT json_group_array(json_object('text', text, 'address', address, 'source', source) ORDER BY position)
            FROM link WHERE recommendation = recommendation.number)),
        'cross_references', json((SELECT json_group_array(json_object('recommendation', mentioned, 'text', text, 'source', source) ORDER BY position)
            FROM cross_reference WHERE recommendation = recommendation.number)))
FROM recommendation;

INSERT INTO quoted (kind, name, position, content)
SELECT 'briefing', name, row_number() OVER (ORDER BY position, rowid),
    json_object('name', name,
        'covers', json((SELECT json_group_array(json_object('document', document, 'heading', heading,
                'recommendations', json((SELECT json_group_array(recommendation ORDER BY position)
                    FROM briefing_cover_recommendation AS covered
                    WHERE covered.briefing = briefing_cover.briefing AND covered.cover = briefing_cover.position)),
                'meeting', meeting, 'note', note, 'source', source) ORDER BY position)
            FROM briefing_cover WHERE briefing = briefing.name)))
FROM briefing;

INSERT INTO quoted (kind, name, position, content)
SELECT 'question', number, row_number() OVER (ORDER BY position, rowid),
    json_object('number', number, 'recommendation', recommendation, 'briefing', briefing, 'text', text, 'source', source)
FROM question WHERE from_catalogue = 1;

INSERT INTO quoted (kind, name, position, content)
SELECT 'meeting', id, row_number() OVER (ORDER BY position, rowid),
    json_object('id', id, 'number', number, 'kind', kind, 'title', title, 'place', place, 'source', source,
        'days', json((SELECT json_group_array(json_object('day', day, 'date', date, 'source', source) ORDER BY position)
            FROM meeting_day WHERE meeting = meeting.id)),
        'agenda', json((SELECT json_group_array(json_object('number', number, 'day', day, 'text', text, 'sub_items', json(sub_items),
                'from', starts, 'to', ends, 'break', json(iif(is_break, 'true', 'false')), 'source', source) ORDER BY position)
            FROM agenda_item WHERE meeting = meeting.id)))
FROM meeting WHERE from_catalogue = 1;

INSERT INTO quoted (kind, name, position, content)
SELECT 'member', name, row_number() OVER (ORDER BY position, rowid), json_object('name', name, 'source', source)
FROM member WHERE from_catalogue = 1;

-- Presenters, slides and remarks have no name that must be theirs alone, so the second by a name is followed by (2).
INSERT INTO quoted (kind, name, position, content)
SELECT 'presenter', name || CASE same WHEN 1 THEN '' ELSE ' (' || same || ')' END, place,
    json_object('name', name, 'title', title, 'source', source)
FROM (SELECT *, row_number() OVER (PARTITION BY name ORDER BY position) AS same, row_number() OVER (ORDER BY position) AS place
    FROM presenter);

INSERT INTO quoted (kind, name, position, content)
SELECT 'topic', CAST(number AS TEXT), row_number() OVER (ORDER BY position, rowid),
    json_object('number', number, 'title', title, 'source', source,
        'volunteers', json((SELECT json_group_array(json_object('name', member, 'mark', mark) ORDER BY position)
            FROM volunteer WHERE topic = topic.number)))
FROM topic;

INSERT INTO quoted (kind, name, position, content)
SELECT 'workstream', CAST(number AS TEXT), row_number() OVER (ORDER BY position, rowid),
    json_object('number', number, 'title', title,
        'bylaws', json((SELECT json_group_array(bylaw ORDER BY position) FROM workstream_bylaw WHERE workstream = workstream.number)),
        'source', source)
FROM workstream;

INSERT INTO quoted (kind, name, position, content)
SELECT 'new_recommendation', id, row_number() OVER (ORDER BY position, rowid),
    json_object('id', id, 'workstream', workstream, 'area', area, 'topic', topic, 'title', title,
        'expands', json((SELECT json_group_array(recommendation ORDER BY position)
            FROM new_recommendation_expands WHERE new_recommendation = new_recommendation.id)),
        'draft_remark', draft_remark, 'source', source,
        'points', json((SELECT json_group_array(json_object('level', level, 'text', text, 'source', source) ORDER BY position)
            FROM new_recommendation_point WHERE new_recommendation = new_recommendation.id)))
FROM new_recommendation;

INSERT INTO quoted (kind, name, position, content)
SELECT 'bylaw', section, row_number() OVER (ORDER BY position, rowid), json_object('section', section, 'text', text, 'source', source)
FROM bylaw;

INSERT INTO quoted (kind, name, position, content)
SELECT 'objective', CAST(number AS TEXT), row_number() OVER (ORDER BY position, rowid),
    json_object('number', number, 'text', text, 'source', source,
        'wordings', json((SELECT json_group_array(json_object('text', text, 'source', source) ORDER BY position)
            FROM plan_wording WHERE objective = objective.number)))
FROM objective;

INSERT INTO quoted (kind, name, position, content)
SELECT 'goal', number, row_number() OVER (ORDER BY position, rowid),
    json_object('number', number, 'objective', objective, 'text', text, 'source', source,
        'wordings', json((SELECT json_group_array(json_object('text', text, 'source', source) ORDER BY position)
            FROM plan_wording WHERE goal = goal.number)),
        'activities', json((SELECT json_group_array(json_object('number', number, 'heading', heading, 'text', text, 'source', source) ORDER BY position)
            FROM plan_item WHERE goal = goal.number AND kind = 'activity')),
        'kpis', json((SELECT json_group_array(json_object('number', number, 'heading', heading, 'text', text, 'source', source) ORDER BY position)
            FROM plan_item WHERE goal = goal.number AND kind = 'indicator')),
        'success_factors', json((SELECT json_group_array(json_object('number', number, 'heading', heading, 'text', text, 'source', source) ORDER BY position)
            FROM plan_item WHERE goal = goal.number AND kind = 'success factor')))
FROM goal;

INSERT INTO quoted (kind, name, position, content)
SELECT 'portfolio', number, row_number() OVER (ORDER BY position, rowid),
    json_object('number', number, 'goal', goal, 'title', title, 'description', description, 'points', json(points), 'source', source)
FROM portfolio;

INSERT INTO quoted (kind, name, position, content)
SELECT 'budget', id, row_number() OVER (ORDER BY position, rowid),
    json_object('id', id, 'goal', goal, 'title', title, 'columns', json(columns), 'source', source,
        'rows', json((SELECT json_group_array(json_object('name', name, 'cells', json(cells), 'source', source) ORDER BY position)
            FROM budget_row WHERE budget = budget.id)))
FROM budget;

INSERT INTO quoted (kind, name, position, content)
SELECT 'slide', source || CASE same WHEN 1 THEN '' ELSE ' (' || same || ')' END, place,
    json_object('document', document, 'title', title, 'text', text, 'source', source)
FROM (SELECT *, row_number() OVER (PARTITION BY source ORDER BY position) AS same, row_number() OVER (ORDER BY position) AS place
    FROM slide);

INSERT INTO quoted (kind, name, position, content)
SELECT 'remark', source || CASE same WHEN 1 THEN '' ELSE ' (' || same || ')' END, place,
    json_object('grade', grade, 'text', text,
        'concerns', json((SELECT json_group_array(concern ORDER BY position) FROM remark_concern WHERE remark = found.position)),
        'contradicts_claim', json(iif(contradicts_claim, 'true', 'false')), 'source', source)
FROM (SELECT *, row_number() OVER (PARTITION BY source ORDER BY position) AS same, row_number() OVER (ORDER BY position) AS place
    FROM remark) AS found;

-- Question, meeting and member also hold rows of the team's, which the last section carries over.
DROP TABLE remark_concern;
DROP TABLE remark;
DROP TABLE slide;
DROP TABLE budget_row;
DROP TABLE budget;
DROP TABLE portfolio;
DROP TABLE plan_item;
DROP TABLE plan_wording;
DROP TABLE goal;
DROP TABLE objective;
DROP TABLE new_recommendation_point;
DROP TABLE new_recommendation_expands;
DROP TABLE new_recommendation;
DROP TABLE workstream_bylaw;
DROP TABLE workstream;
DROP TABLE bylaw;
DROP TABLE briefing_cover_recommendation;
DROP TABLE briefing_cover;
DROP TABLE briefing;
DROP TABLE agenda_item;
DROP TABLE meeting_day;
DROP TABLE volunteer;
DROP TABLE topic;
DROP TABLE presenter;
DROP TABLE cross_reference;
DROP TABLE link;
DROP TABLE status_paragraph;
DROP TABLE deliverable;
DROP TABLE wording;
DROP TABLE recommendation;
DROP TABLE document;
DROP TABLE review_date;
DROP TABLE review;
DROP TABLE catalogue;
DROP TABLE catalogue_seal;

-- The digest of a draft covers its other columns.
ALTER TABLE draft ADD COLUMN digest TEXT NOT NULL DEFAULT '';

-- ---------------------------------------------------------------------------------------------------------------------------------------
-- The team's tables, made anew. What people make has an id, by which other records name it; the numbers and names by which people know it are
-- columns. Every table has the columns of its key, then one for each field, under the words of the TOML. The program fills these tables
-- from the journal, in which records made before this schema have other names: table alias tells which.

DROP TABLE assessment;
DROP TABLE deliverable_verdict;
DROP TABLE finding;
DROP TABLE ledger;
DROP TABLE answer;
DROP TABLE question;
DROP TABLE member;
DROP TABLE meeting;
DROP TABLE agenda;
DROP TABLE queued;
DROP TABLE attendance;
DROP TABLE decision;
DROP TABLE action;
DROP TABLE position;
DROP TABLE round;
DROP TABLE call_report;

-- What the journal calls a record, or a value that names one, up to an operation, and what it is called since.
CREATE TABLE alias (
    old TEXT PRIMARY KEY CHECK (length(old) > 0),
    new TEXT NOT NULL CHECK (length(new) > 0),
    last_operation INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX alias_new ON alias (new);

CREATE TABLE assessment (
    recommendation INTEGER PRIMARY KEY CHECK (recommendation > 0),
    implementation TEXT CHECK (implementation IN ('implemented', 'partially implemented', 'not implemented', 'cannot be determined')),
    relevance TEXT CHECK (relevance IN ('still relevant', 'no longer relevant')),
    effect TEXT CHECK (effect IN ('achieved', 'partially achieved', 'not achieved', 'cannot be determined')),
    standing TEXT CHECK (standing IN ('draft', 'proposed', 'agreed', 'reopened')),
    consensus TEXT CHECK (consensus IN ('full consensus', 'consensus', 'strong support but significant opposition', 'divergence', 'minority view')),
    penholder TEXT CHECK (length(penholder) > 0),
    agreed_in TEXT CHECK (length(agreed_in) > 0),
    objections_by TEXT CHECK (objections_by IS date(objections_by)),
    blocked_by TEXT CHECK (length(blocked_by) > 0),
    what_was_done TEXT CHECK (length(what_was_done) > 0),
    finding TEXT CHECK (length(finding) > 0),
    how_assessed TEXT CHECK (length(how_assessed) > 0),
    further_work TEXT CHECK (length(further_work) > 0)
) STRICT;

CREATE TABLE deliverable_verdict (
    recommendation INTEGER NOT NULL CHECK (recommendation > 0),
    row INTEGER NOT NULL CHECK (row > 0),
    verdict TEXT NOT NULL CHECK (verdict IN ('implemented', 'partially implemented', 'not implemented', 'cannot be determined')),
    PRIMARY KEY (recommendation, row)
) STRICT, WITHOUT ROWID;

-- about: 'rec 11', or 'question' or 'meeting' and its id. Moments are UTC.
CREATE TABLE finding (
    id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 4 AND 64),
    about TEXT NOT NULL CHECK (about GLOB 'rec [1-9]*' OR about GLOB 'question ?*' OR about GLOB 'meeting ?*'),
    at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    by TEXT NOT NULL CHECK (length(by) > 0),
    said_by TEXT CHECK (length(said_by) > 0),
    kind TEXT NOT NULL CHECK (kind IN ('finding', 'note')),
    meeting TEXT CHECK (length(meeting) > 0),
    minute INTEGER CHECK (minute >= 0),
    agenda_item TEXT CHECK (length(agenda_item) > 0),
    text TEXT NOT NULL CHECK (length(text) > 0),
    private TEXT CHECK (private = 'yes'),
    withdrawn TEXT CHECK (withdrawn = 'yes')
) STRICT, WITHOUT ROWID;

-- What the team recorded on a question. A question of the team's own has only its row here; one that a source prints has the number under which
-- it is printed as its id, keeps its words in table quoted, and number, recommendation and text are null here.
CREATE TABLE question (
    id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 64),
    number TEXT UNIQUE CHECK (
        number GLOB '[1-9]*' AND number NOT GLOB '*[^0-9.]*' AND number NOT GLOB '*.*.*' AND number NOT GLOB '*.' AND number NOT GLOB '*.0*'),
    recommendation INTEGER CHECK (recommendation > 0),
    briefing TEXT CHECK (length(briefing) > 0),
    text TEXT CHECK (length(text) > 0),
    state TEXT CHECK (state IN ('draft', 'asked', 'clarification wanted from the team', 'answered', 'closed', 'no longer needed')),
    asked_by TEXT CHECK (length(asked_by) > 0),
    addressee TEXT CHECK (length(addressee) > 0),
    asked_on TEXT CHECK (asked_on IS date(asked_on)),
    due TEXT CHECK (due IS date(due)),
    parent TEXT CHECK (parent <> id),
    reason TEXT CHECK (length(reason) > 0),
    CHECK ((recommendation IS NULL) = (text IS NULL) AND (number IS NULL) = (text IS NULL))
) STRICT, WITHOUT ROWID;

-- Answers are added, never overwritten. at is when it was written down, "on" the day on which it was given.
CREATE TABLE answer (
    id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 4 AND 64),
    question TEXT NOT NULL CHECK (length(question) > 0),
    at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    "on" TEXT NOT NULL CHECK ("on" IS date("on")),
    by TEXT CHECK (length(by) > 0),
    link TEXT CHECK (length(link) > 0),
    satisfies TEXT CHECK (satisfies IN ('yes', 'partly', 'no')),
    why TEXT CHECK (length(why) > 0),
    text TEXT NOT NULL CHECK (length(text) > 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE member (name TEXT PRIMARY KEY CHECK (length(name) > 0)) STRICT, WITHOUT ROWID;

CREATE TABLE meeting (
    id TEXT PRIMARY KEY CHECK (id NOT GLOB '*[^a-z0-9-]*' AND length(id) BETWEEN 1 AND 64),
    name TEXT NOT NULL UNIQUE CHECK (name GLOB '[a-z]*' AND name NOT GLOB '*[^a-z0-9-]*' AND length(name) <= 60),
    number INTEGER CHECK (number >= 0),
    kind TEXT CHECK (length(kind) > 0),
    title TEXT CHECK (length(title) > 0),
    place TEXT CHECK (length(place) > 0),
    date TEXT CHECK (date IS date(date)),
    facilitator TEXT CHECK (length(facilitator) > 0),
    started TEXT CHECK (started GLOB '????-??-??T??:??:??Z'),
    ended TEXT CHECK (ended GLOB '????-??-??T??:??:??Z'),
    paused TEXT CHECK (paused GLOB '????-??-??T??:??:??Z'),
    item TEXT CHECK (length(item) > 0),
    since TEXT CHECK (since GLOB '????-??-??T??:??:??Z')
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX one_meeting_runs ON meeting ((1)) WHERE started IS NOT NULL AND ended IS NULL;

-- rank is the order of the items. planned in minutes, used in seconds. text is null of an item of which another record only gives the number.
CREATE TABLE agenda_item (
    id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 4 AND 64),
    meeting TEXT NOT NULL CHECK (length(meeting) > 0),
    number INTEGER NOT NULL CHECK (number > 0),
    rank INTEGER NOT NULL CHECK (rank >= 0),
    text TEXT CHECK (length(text) > 0),
    planned INTEGER CHECK (planned >= 0),
    used INTEGER CHECK (used >= 0),
    opened TEXT CHECK (opened GLOB '????-??-??T??:??:??Z'),
    UNIQUE (meeting, number)
) STRICT, WITHOUT ROWID;

-- The recommendations that a meeting is to come to; outcome is null while one waits.
CREATE TABLE queued (
    meeting TEXT NOT NULL CHECK (length(meeting) > 0),
    recommendation INTEGER NOT NULL CHECK (recommendation > 0),
    rank INTEGER NOT NULL CHECK (rank >= 0),
    outcome TEXT CHECK (outcome IN ('reached', 'deferred')),
    reason TEXT CHECK (length(reason) > 0),
    PRIMARY KEY (meeting, recommendation)
) STRICT, WITHOUT ROWID;

CREATE TABLE attendance (
    meeting TEXT NOT NULL CHECK (length(meeting) > 0),
    name TEXT NOT NULL CHECK (length(name) > 0),
    presence TEXT CHECK (presence IN ('present', 'late', 'left', 'apologies', 'observer', 'guest', 'staff')),
    at TEXT CHECK (at GLOB '????-??-??T??:??:??Z'),
    interest TEXT CHECK (length(interest) > 0),
    PRIMARY KEY (meeting, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE decision (
    id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 4 AND 64),
    number INTEGER NOT NULL CHECK (number > 0),
    about TEXT CHECK (about GLOB 'rec [1-9]*' OR about GLOB 'question ?*' OR about GLOB 'meeting ?*'),
    at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    by TEXT NOT NULL CHECK (length(by) > 0),
    said_by TEXT CHECK (length(said_by) > 0),
    meeting TEXT CHECK (length(meeting) > 0),
    minute INTEGER CHECK (minute >= 0),
    agenda_item TEXT CHECK (length(agenda_item) > 0),
    consensus TEXT CHECK (consensus IN ('full consensus', 'consensus', 'strong support but significant opposition', 'divergence', 'minority view')),
    objections_by TEXT CHECK (objections_by IS date(objections_by)),
    withdrawn TEXT CHECK (withdrawn = 'yes'),
    text TEXT NOT NULL CHECK (length(text) > 0)
) STRICT, WITHOUT ROWID;

-- The columns of the team's tracker; due is a day or the words 'next call'.
CREATE TABLE action_item (
    id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 4 AND 64),
    number INTEGER NOT NULL CHECK (number > 0),
    category TEXT CHECK (length(category) > 0),
    owner TEXT CHECK (length(owner) > 0),
    requested TEXT NOT NULL CHECK (requested IS date(requested)),
    due TEXT CHECK (due = 'next call' OR due IS date(due)),
    done TEXT CHECK (done IS date(done)),
    about TEXT CHECK (about GLOB 'rec [1-9]*' OR about GLOB 'question ?*' OR about GLOB 'meeting ?*'),
    at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    by TEXT NOT NULL CHECK (length(by) > 0),
    meeting TEXT CHECK (length(meeting) > 0),
    minute INTEGER CHECK (minute >= 0),
    agenda_item TEXT CHECK (length(agenda_item) > 0),
    withdrawn TEXT CHECK (withdrawn = 'yes'),
    text TEXT NOT NULL CHECK (length(text) > 0),
    progress TEXT CHECK (length(progress) > 0),
    response TEXT CHECK (length(response) > 0)
) STRICT, WITHOUT ROWID;

-- matter: 'rec 11', or 'decision' and its id. Positions are added, never overwritten; of a member's several in a round the newest counts.
CREATE TABLE position (
    id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 4 AND 64),
    matter TEXT NOT NULL CHECK (matter GLOB 'rec [1-9]*' OR matter GLOB 'decision ?*'),
    round INTEGER NOT NULL CHECK (round > 0),
    member TEXT NOT NULL CHECK (length(member) > 0),
    position TEXT NOT NULL CHECK (position IN ('agree', 'object', 'abstain', 'absent', 'not heard')),
    at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    by TEXT NOT NULL CHECK (length(by) > 0),
    meeting TEXT CHECK (length(meeting) > 0),
    minute INTEGER CHECK (minute >= 0),
    text TEXT CHECK (length(text) > 0),
    statement TEXT CHECK (length(statement) > 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE round (
    id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 4 AND 64),
    matter TEXT NOT NULL CHECK (matter GLOB 'rec [1-9]*' OR matter GLOB 'decision ?*'),
    round INTEGER NOT NULL CHECK (round > 0),
    at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    by TEXT NOT NULL CHECK (length(by) > 0),
    meeting TEXT CHECK (length(meeting) > 0),
    consensus TEXT CHECK (consensus IN ('full consensus', 'consensus', 'strong support but significant opposition', 'divergence', 'minority view')),
    UNIQUE (matter, round)
) STRICT, WITHOUT ROWID;

-- The versions of a call's report that went out, byte for byte.
CREATE TABLE report_version (
    id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 4 AND 64),
    meeting TEXT NOT NULL CHECK (length(meeting) > 0),
    version INTEGER NOT NULL CHECK (version > 0),
    at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    by TEXT NOT NULL CHECK (length(by) > 0),
    locked TEXT CHECK (locked = 'yes'),
    text TEXT NOT NULL CHECK (length(text) > 0),
    UNIQUE (meeting, version)
) STRICT, WITHOUT ROWID;
