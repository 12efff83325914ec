-- The quoted records: what the sources say. Nobody edits these rows; a newer catalogue renews them.
--
-- Question, meeting and member also hold rows that the team added: from_catalogue is 0 there, and a renewal leaves them alone.
-- A source is a citation, 000:702-707,719; 001:323: document, lines as received. Dates are 2015-06-30, times 09:15:00.
-- position is the order of the sources, counted from 1 within the table or within the record that the row belongs to.
-- Lists of plain words are JSON arrays of text.

CREATE TABLE catalogue (
    only_row INTEGER PRIMARY KEY DEFAULT 1 CHECK (only_row = 1),
    review TEXT NOT NULL,
    edition INTEGER NOT NULL CHECK (edition >= 0)
) STRICT;

-- How many quoted rows each table was given, and a hash over them, so that `check` sees what was changed behind the program's back.
CREATE TABLE catalogue_seal (
    name TEXT PRIMARY KEY NOT NULL,
    rows INTEGER NOT NULL CHECK (rows >= 0),
    digest TEXT NOT NULL CHECK (length(digest) = 64)
) STRICT;

CREATE TABLE review (
    name TEXT PRIMARY KEY NOT NULL,
    position INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('reviewed', 'reviewing')),
    full_name TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*')
) STRICT;

CREATE TABLE review_date (
    review TEXT NOT NULL REFERENCES review (name) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*'),
    PRIMARY KEY (review, position)
) STRICT;

CREATE TABLE document (
    number TEXT PRIMARY KEY NOT NULL CHECK (number GLOB '[0-9][0-9][0-9]'),
    position INTEGER NOT NULL,
    file TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('report', 'slides')),
    title TEXT NOT NULL,
    subtitle TEXT,
    date TEXT CHECK (date IS date(date)),
    note TEXT,
    source TEXT NOT NULL CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*'),
    lines INTEGER NOT NULL CHECK (lines >= 0)
) STRICT;

CREATE TABLE recommendation (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    label TEXT NOT NULL,
    section TEXT NOT NULL,
    as_of TEXT NOT NULL CHECK (as_of IS date(as_of)),
    text TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*'),
    claim TEXT NOT NULL CHECK (claim IN ('complete', 'in process', 'behind')),
    implementation_notes TEXT NOT NULL,
    label_source TEXT NOT NULL CHECK (label_source GLOB '[0-9][0-9][0-9]:[0-9]*'),
    section_source TEXT NOT NULL CHECK (section_source GLOB '[0-9][0-9][0-9]:[0-9]*'),
    as_of_source TEXT NOT NULL CHECK (as_of_source GLOB '[0-9][0-9][0-9]:[0-9]*'),
    implementation_notes_source TEXT NOT NULL CHECK (implementation_notes_source GLOB '[0-9][0-9][0-9]:[0-9]*')
) STRICT;

-- Other wordings of a recommendation's text, each from another place.
CREATE TABLE wording (
    recommendation INTEGER NOT NULL REFERENCES recommendation (number) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*'),
    PRIMARY KEY (recommendation, position)
) STRICT;

-- A row of a recommendation's status table, counted from 1.
CREATE TABLE deliverable (
    recommendation INTEGER NOT NULL REFERENCES recommendation (number) ON DELETE CASCADE,
    row INTEGER NOT NULL CHECK (row > 0),
    text TEXT,
    sub_items TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(sub_items)),
    phase TEXT CHECK (phase IN ('I', 'II')),
    responsible TEXT NOT NULL,
    due TEXT CHECK (due IS date(due)),
    status TEXT NOT NULL CHECK (status IN (
        'complete', 'planned or in process', 'behind schedule, expected to recover within original plan',
        'behind schedule, original plan to be adjusted', 'not legible in the source')),
    source TEXT NOT NULL CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*'),
    status_source TEXT CHECK (status_source GLOB '[0-9][0-9][0-9]:[0-9]*'),
    PRIMARY KEY (recommendation, row)
) STRICT;

-- A paragraph or list item of the project status.
CREATE TABLE status_paragraph (
    recommendation INTEGER NOT NULL REFERENCES recommendation (number) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    level INTEGER NOT NULL CHECK (level IN (1, 2)),
    source TEXT NOT NULL CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*'),
    PRIMARY KEY (recommendation, position)
) STRICT;

CREATE TABLE link (
    recommendation INTEGER NOT NULL REFERENCES recommendation (number) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    address TEXT,
    source TEXT NOT NULL CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*'),
    PRIMARY KEY (recommendation, position)
) STRICT;

-- A mention of another recommendation.
CREATE TABLE cross_reference (
    recommendation INTEGER NOT NULL REFERENCES recommendation (number) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    mentioned INTEGER NOT NULL REFERENCES recommendation (number) ON DELETE CASCADE,
    text TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*'),
    PRIMARY KEY (recommendation, position)
) STRICT;

CREATE TABLE member (
    name TEXT PRIMARY KEY NOT NULL CHECK (name <> ''),
    from_catalogue INTEGER NOT NULL DEFAULT 1 CHECK (from_catalogue IN (0, 1)),
    position INTEGER NOT NULL DEFAULT 0,
    source TEXT CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*'),
    CHECK (from_catalogue = 0 OR source IS NOT NULL)
) STRICT;

CREATE TABLE presenter (
    position INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*')
) STRICT;

CREATE TABLE topic (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*')
) STRICT;

CREATE TABLE volunteer (
    topic INTEGER NOT NULL REFERENCES topic (number) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    member TEXT NOT NULL REFERENCES member (name),
    mark TEXT,
    PRIMARY KEY (topic, position)
) STRICT;

-- A meeting of the team's own may be known by its id alone.
CREATE TABLE meeting (
    id TEXT PRIMARY KEY NOT NULL CHECK (id GLOB '[a-z]*' AND id NOT GLOB '*[^a-z0-9-]*' AND length(id) <= 60),
    from_catalogue INTEGER NOT NULL DEFAULT 1 CHECK (from_catalogue IN (0, 1)),
    position INTEGER NOT NULL DEFAULT 0,
    number INTEGER CHECK (number >= 0),
    kind TEXT CHECK (kind IN ('plenary call', 'face-to-face plenary', 'subgroup call', 'leadership call')),
    title TEXT,
    place TEXT,
    source TEXT CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*'),
    CHECK (from_catalogue = 0 OR (number IS NOT NULL AND kind IS NOT NULL AND title IS NOT NULL AND source IS NOT NULL))
) STRICT;

CREATE TABLE meeting_day (
    meeting TEXT NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    day INTEGER NOT NULL CHECK (day > 0),
    date TEXT CHECK (date IS date(date)),
    source TEXT CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*'),
    PRIMARY KEY (meeting, position),
    UNIQUE (meeting, day)
) STRICT;

-- starts and ends are local times of the meeting; is_break marks lunch and the like.
CREATE TABLE agenda_item (
    meeting TEXT NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    number TEXT,
    day INTEGER,
    text TEXT NOT NULL,
    sub_items TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(sub_items)),
    starts TEXT CHECK (starts IS time(starts)),
    ends TEXT CHECK (ends IS time(ends)),
    is_break INTEGER NOT NULL DEFAULT 0 CHECK (is_break IN (0, 1)),
    source TEXT CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*'),
    PRIMARY KEY (meeting, position),
    FOREIGN KEY (meeting, day) REFERENCES meeting_day (meeting, day)
) STRICT;

CREATE TABLE briefing (
    name TEXT PRIMARY KEY NOT NULL CHECK (name IN (
        'CTO', 'Operations and Finance', 'Compliance', 'Risk Management', 'GDD', 'Policy', 'Comms')),
    position INTEGER NOT NULL
) STRICT;

-- What a document shows under a briefing.
CREATE TABLE briefing_cover (
    briefing TEXT NOT NULL REFERENCES briefing (name) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    document TEXT NOT NULL REFERENCES document (number),
    heading TEXT NOT NULL,
    meeting TEXT REFERENCES meeting (id),
    note TEXT,
    source TEXT NOT NULL CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*'),
    PRIMARY KEY (briefing, position)
) STRICT;

-- The recommendations of a cover, in the order printed.
CREATE TABLE briefing_cover_recommendation (
    briefing TEXT NOT NULL,
    cover INTEGER NOT NULL,
    position INTEGER NOT NULL,
    recommendation INTEGER NOT NULL REFERENCES recommendation (number),
    PRIMARY KEY (briefing, cover, position),
    FOREIGN KEY (briefing, cover) REFERENCES briefing_cover (briefing, position) ON DELETE CASCADE
) STRICT;

-- Number as printed: 11.4, or 19 where no sub-number is printed.
CREATE TABLE question (
    number TEXT PRIMARY KEY NOT NULL CHECK (
        number GLOB '[1-9]*' AND number NOT GLOB '*[^0-9.]*' AND number NOT GLOB '*.*.*' AND number NOT GLOB '*.' AND number NOT GLOB '*.0*'),
    from_catalogue INTEGER NOT NULL DEFAULT 1 CHECK (from_catalogue IN (0, 1)),
    position INTEGER NOT NULL DEFAULT 0,
    recommendation INTEGER NOT NULL REFERENCES recommendation (number),
    briefing TEXT REFERENCES briefing (name),
    text TEXT NOT NULL,
    source TEXT CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*'),
    CHECK (from_catalogue = 0 OR (briefing IS NOT NULL AND source IS NOT NULL))
) STRICT;

CREATE INDEX question_of_recommendation ON question (recommendation);

-- A section of the bylaws that a source names; text where a source prints it.
CREATE TABLE bylaw (
    section TEXT PRIMARY KEY NOT NULL,
    position INTEGER NOT NULL,
    text TEXT,
    source TEXT NOT NULL CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*')
) STRICT;

CREATE TABLE workstream (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*')
) STRICT;

CREATE TABLE workstream_bylaw (
    workstream INTEGER NOT NULL REFERENCES workstream (number) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    bylaw TEXT NOT NULL REFERENCES bylaw (section),
    PRIMARY KEY (workstream, position)
) STRICT;

-- A draft recommendation of the reviewing team.
CREATE TABLE new_recommendation (
    id TEXT PRIMARY KEY NOT NULL CHECK (id <> ''),
    position INTEGER NOT NULL,
    workstream INTEGER NOT NULL REFERENCES workstream (number),
    area TEXT,
    topic TEXT NOT NULL,
    title TEXT,
    draft_remark TEXT,
    source TEXT NOT NULL CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*')
) STRICT;

-- The earlier recommendations that a new one expands.
CREATE TABLE new_recommendation_expands (
    new_recommendation TEXT NOT NULL REFERENCES new_recommendation (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    recommendation INTEGER NOT NULL REFERENCES recommendation (number),
    PRIMARY KEY (new_recommendation, position)
) STRICT;

CREATE TABLE new_recommendation_point (
    new_recommendation TEXT NOT NULL REFERENCES new_recommendation (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    level INTEGER NOT NULL CHECK (level IN (1, 2, 3)),
    text TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*'),
    PRIMARY KEY (new_recommendation, position)
) STRICT;

CREATE TABLE objective (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*')
) STRICT;

CREATE TABLE goal (
    number TEXT PRIMARY KEY NOT NULL,
    position INTEGER NOT NULL,
    objective INTEGER NOT NULL REFERENCES objective (number),
    text TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*')
) STRICT;

-- Other wordings of an objective's or a goal's text.
CREATE TABLE plan_wording (
    objective INTEGER REFERENCES objective (number) ON DELETE CASCADE,
    goal TEXT REFERENCES goal (number) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*'),
    CHECK ((objective IS NULL) <> (goal IS NULL)),
    UNIQUE (objective, position),
    UNIQUE (goal, position)
) STRICT;

-- An activity, key performance indicator or key success factor of a goal.
CREATE TABLE plan_item (
    goal TEXT NOT NULL REFERENCES goal (number) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('activity', 'indicator', 'success factor')),
    position INTEGER NOT NULL,
    number TEXT,
    heading TEXT,
    text TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*'),
    PRIMARY KEY (goal, kind, position)
) STRICT;

CREATE TABLE portfolio (
    number TEXT PRIMARY KEY NOT NULL,
    position INTEGER NOT NULL,
    goal TEXT NOT NULL REFERENCES goal (number),
    title TEXT NOT NULL,
    description TEXT,
    points TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(points)),
    source TEXT NOT NULL CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*')
) STRICT;

-- Amounts are as printed; the sources state no unit.
CREATE TABLE budget (
    id TEXT PRIMARY KEY NOT NULL CHECK (id <> ''),
    position INTEGER NOT NULL,
    goal TEXT REFERENCES goal (number),
    title TEXT NOT NULL,
    columns TEXT NOT NULL CHECK (json_valid(columns)),
    source TEXT NOT NULL CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*')
) STRICT;

-- name is what stands in the first column, cells the others.
CREATE TABLE budget_row (
    budget TEXT NOT NULL REFERENCES budget (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT,
    cells TEXT NOT NULL CHECK (json_valid(cells)),
    source TEXT NOT NULL CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*'),
    PRIMARY KEY (budget, position)
) STRICT;

-- What no other record holds, so that the documents are whole.
CREATE TABLE slide (
    position INTEGER PRIMARY KEY,
    document TEXT NOT NULL REFERENCES document (number),
    title TEXT,
    text TEXT,
    source TEXT NOT NULL CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*')
) STRICT;

-- What is odd in the sources, in our words.
CREATE TABLE remark (
    position INTEGER PRIMARY KEY,
    grade TEXT NOT NULL CHECK (grade IN ('high', 'medium', 'low')),
    text TEXT NOT NULL,
    contradicts_claim INTEGER NOT NULL CHECK (contradicts_claim IN (0, 1)),
    source TEXT NOT NULL CHECK (source GLOB '[0-9][0-9][0-9]:[0-9]*')
) STRICT;

-- The records that a remark concerns: rec 11, question 27.1, deliverable 25.3, slide 002:183 and so on.
CREATE TABLE remark_concern (
    remark INTEGER NOT NULL REFERENCES remark (position) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    concern TEXT NOT NULL,
    PRIMARY KEY (remark, position)
) STRICT;

CREATE INDEX remark_of_concern ON remark_concern (concern);
