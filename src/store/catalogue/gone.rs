//! Records that a newer catalogue no longer holds: deleted, unless something still points to them.

use crate::model::catalogue::Catalogue;
use rusqlite::Transaction;
use std::collections::HashSet;

/// A table of named records: how its rows and their names are read, how one row is deleted, and the names in a catalogue.
struct Named {
    all: &'static str,
    delete: &'static str,
    names: fn(&Catalogue) -> HashSet<String>,
}

fn names<T, N: ToString>(records: &[T], name: impl Fn(&T) -> N) -> HashSet<String> {
    records
        .iter()
        .map(|record| name(record).to_string())
        .collect()
}

/// Every table of named records, those that refer to others before the others.
const TABLES: &[Named] = &[
    Named {
        all: "SELECT rowid, id FROM budget",
        delete: "DELETE FROM budget WHERE rowid = ?1",
        names: |catalogue| names(&catalogue.budgets, |budget| budget.id.clone()),
    },
    Named {
        all: "SELECT rowid, number FROM portfolio",
        delete: "DELETE FROM portfolio WHERE rowid = ?1",
        names: |catalogue| names(&catalogue.portfolios, |portfolio| portfolio.number.clone()),
    },
    Named {
        all: "SELECT rowid, number FROM goal",
        delete: "DELETE FROM goal WHERE rowid = ?1",
        names: |catalogue| names(&catalogue.goals, |goal| goal.number.clone()),
    },
    Named {
        all: "SELECT rowid, CAST(number AS TEXT) FROM objective",
        delete: "DELETE FROM objective WHERE rowid = ?1",
        names: |catalogue| names(&catalogue.objectives, |objective| objective.number),
    },
    Named {
        all: "SELECT rowid, id FROM new_recommendation",
        delete: "DELETE FROM new_recommendation WHERE rowid = ?1",
        names: |catalogue| names(&catalogue.new_recommendations, |new| new.id.clone()),
    },
    Named {
        all: "SELECT rowid, CAST(number AS TEXT) FROM workstream",
        delete: "DELETE FROM workstream WHERE rowid = ?1",
        names: |catalogue| names(&catalogue.workstreams, |workstream| workstream.number),
    },
    Named {
        all: "SELECT rowid, section FROM bylaw",
        delete: "DELETE FROM bylaw WHERE rowid = ?1",
        names: |catalogue| names(&catalogue.bylaws, |bylaw| bylaw.section.clone()),
    },
    Named {
        all: "SELECT rowid, number FROM question WHERE from_catalogue = 1",
        delete: "DELETE FROM question WHERE rowid = ?1",
        names: |catalogue| names(&catalogue.questions, |question| question.number),
    },
    Named {
        all: "SELECT rowid, name FROM briefing",
        delete: "DELETE FROM briefing WHERE rowid = ?1",
        names: |catalogue| names(&catalogue.briefings, |briefing| briefing.name),
    },
    Named {
        all: "SELECT rowid, id FROM meeting WHERE from_catalogue = 1",
        delete: "DELETE FROM meeting WHERE rowid = ?1",
        names: |catalogue| names(&catalogue.meetings, |meeting| meeting.id.clone()),
    },
    Named {
        all: "SELECT rowid, CAST(number AS TEXT) FROM topic",
        delete: "DELETE FROM topic WHERE rowid = ?1",
        names: |catalogue| names(&catalogue.topics, |topic| topic.number),
    },
    Named {
        all: "SELECT rowid, name FROM member WHERE from_catalogue = 1",
        delete: "DELETE FROM member WHERE rowid = ?1",
        names: |catalogue| names(&catalogue.members, |member| member.name.clone()),
    },
    Named {
        all: "SELECT rowid, recommendation || '.' || row FROM deliverable",
        delete: "DELETE FROM deliverable WHERE rowid = ?1",
        names: |catalogue| {
            let rows = catalogue
                .recommendations
                .iter()
                .flat_map(|recommendation| recommendation.numbered_deliverables());
            rows.map(|(number, _)| number.to_string()).collect()
        },
    },
    Named {
        all: "SELECT rowid, CAST(number AS TEXT) FROM recommendation",
        delete: "DELETE FROM recommendation WHERE rowid = ?1",
        names: |catalogue| {
            names(&catalogue.recommendations, |recommendation| {
                recommendation.number
            })
        },
    },
    Named {
        all: "SELECT rowid, number FROM document",
        delete: "DELETE FROM document WHERE rowid = ?1",
        names: |catalogue| names(&catalogue.documents, |document| document.number.clone()),
    },
    Named {
        all: "SELECT rowid, name FROM review",
        delete: "DELETE FROM review WHERE rowid = ?1",
        names: |catalogue| names(&catalogue.reviews, |review| review.name.clone()),
    },
];

/// Deletes every named record that is not in the catalogue and to which nothing points.
pub(super) fn delete(tx: &Transaction<'_>, catalogue: &Catalogue) -> rusqlite::Result<()> {
    for table in TABLES {
        let kept = (table.names)(catalogue);
        let mut statement = tx.prepare(table.all)?;
        let rows = statement.query_map([], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
        })?;
        let rows = rows.collect::<rusqlite::Result<Vec<_>>>()?;
        for (rowid, _) in rows.iter().filter(|(_, name)| !kept.contains(name)) {
            delete_if_free(tx, table.delete, *rowid)?;
        }
    }
    Ok(())
}

/// Deletes a row if nothing points to it. Foreign keys may be deferred, so they are looked at here, not at the commit.
fn delete_if_free(tx: &Transaction<'_>, sql: &str, rowid: i64) -> rusqlite::Result<()> {
    tx.execute_batch("SAVEPOINT gone")?;
    let free = match tx.execute(sql, [rowid]) {
        Ok(_) => tx.query_row(
            "SELECT NOT EXISTS (SELECT 1 FROM pragma_foreign_key_check)",
            [],
            |row| row.get(0),
        )?,
        Err(rusqlite::Error::SqliteFailure(cause, _))
            if cause.code == rusqlite::ErrorCode::ConstraintViolation =>
        {
            false
        }
        Err(cause) => return Err(cause),
    };
    tx.execute_batch(if free {
        "RELEASE gone"
    } else {
        "ROLLBACK TO gone; RELEASE gone"
    })
}
