-- The question ledger: what the team recorded on a question, and the answers. A question of the team's own has only its row here;
-- one that a source prints keeps its words in table question, and recommendation and text are null here.

CREATE TABLE ledger (
    number TEXT PRIMARY KEY CHECK (
        number GLOB '[1-9]*' AND number NOT GLOB '*[^0-9.]*' AND number NOT GLOB '*.*.*' AND number NOT GLOB '*.' AND number NOT GLOB '*.0*'),
    recommendation INTEGER REFERENCES recommendation (number) DEFERRABLE INITIALLY DEFERRED,
    briefing TEXT REFERENCES briefing (name) DEFERRABLE INITIALLY DEFERRED,
    text TEXT CHECK (length(text) > 0),
    asked_by TEXT CHECK (length(asked_by) > 0),
    addressee TEXT CHECK (length(addressee) > 0),
    asked_on TEXT CHECK (asked_on IS date(asked_on)),
    due TEXT CHECK (due IS date(due)),
    parent TEXT CHECK (parent <> number),
    state TEXT CHECK (state IN ('draft', 'asked', 'clarification wanted from the team', 'answered', 'closed', 'no longer needed')),
    reason TEXT CHECK (length(reason) > 0),
    CHECK ((recommendation IS NULL) = (text IS NULL))
) STRICT;

-- Answers are added, never overwritten. at is when it was written down (UTC), on_day when it was given.
CREATE TABLE answer (
    id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 4 AND 64),
    question TEXT NOT NULL,
    text TEXT NOT NULL CHECK (length(text) > 0),
    by TEXT CHECK (length(by) > 0),
    on_day TEXT NOT NULL CHECK (on_day IS date(on_day)),
    link TEXT CHECK (length(link) > 0),
    satisfies TEXT CHECK (satisfies IN ('yes', 'partly', 'no')),
    why TEXT CHECK (length(why) > 0),
    at TEXT NOT NULL CHECK (at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z')
) STRICT;
