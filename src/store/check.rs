//! `penholder check`: is the file sound, does the journal lead to the rows, do the counts fit?
//!
//! SQLite's own integrity check overlooks changed text, so the journal's chain of hashes is followed as well, and the journal is
//! replayed from the beginning and held against the rows. The quoted records, of which the journal does not tell, are held against their seal.

use super::{Store, from_sqlite, journal, record};
use crate::error::Result;
use crate::model::change::Record;
use crate::model::fields::Fields;
use crate::model::review::Review;
use std::collections::BTreeMap;

impl Store {
    /// Everything that is wrong with the file, a sentence each; nothing when it is sound.
    ///
    /// # Errors
    /// A file so damaged that it cannot be read at all.
    pub fn check(&self) -> Result<Vec<String>> {
        let mut faults = Vec::new();
        let ok = ["ok".to_owned()];
        let integrity: Vec<String> =
            journal::collect(&self.conn, "PRAGMA integrity_check(20)", [], |row| {
                row.get(0)
            })?;
        if integrity != ok {
            faults.extend(
                integrity
                    .into_iter()
                    .map(|line| format!("SQLite: {}.", crate::model::text::visible(&line))),
            );
        }
        let orphans: Vec<String> =
            journal::collect(&self.conn, "PRAGMA foreign_key_check", [], |row| {
                Ok(format!(
                    "A row of {} points to a row of {} that is not there.",
                    row.get::<_, String>(0)?,
                    row.get::<_, String>(2)?
                ))
            })?;
        faults.extend(orphans);
        faults.extend(super::catalogue::seal::check(&self.conn));
        self.check_journal(&mut faults)?;
        Ok(faults)
    }

    fn check_journal(&self, faults: &mut Vec<String>) -> Result<()> {
        let hashes: Vec<String> = journal::collect(
            &self.conn,
            "SELECT hash FROM operation ORDER BY seq",
            [],
            |row| row.get(0),
        )?;
        let operations = self.operations()?;
        let mut before = journal::beginning().to_owned();
        let mut replayed: BTreeMap<Record, Fields> = BTreeMap::new();
        for (i, (operation, hash)) in operations.iter().zip(&hashes).enumerate() {
            if journal::hash(&before, operation) != *hash {
                faults.push(format!(
                    "Journal entry {} ({}, {}) is not what was written: its hash does not fit.",
                    i + 1,
                    operation.at,
                    operation.label
                ));
            }
            before.clone_from(hash);
            for change in operation
                .changes
                .iter()
                .filter(|c| !matches!(c.record, Record::Quoted(_)))
            {
                let fields = replayed.entry(change.record.clone()).or_default();
                if fields.get(&change.field) != change.before.as_ref() {
                    faults.push(format!(
                        "Journal entry {} changes {} of {} from a value it did not have.",
                        i + 1,
                        change.field.label(),
                        change.record
                    ));
                }
                match &change.after {
                    Some(value) => fields.insert(change.field, value.clone()),
                    None => fields.remove(&change.field),
                };
            }
        }
        let counted: i64 = self
            .conn
            .query_row("SELECT count(*) FROM operation", [], |row| row.get(0))
            .map_err(from_sqlite)?;
        if usize::try_from(counted).ok() != Some(operations.len()) {
            faults.push(format!(
                "The journal has {counted} entries, of which {} read.",
                operations.len()
            ));
        }
        for (record, fields) in &replayed {
            if record::read(&self.conn, record).map_err(from_sqlite)? != *fields {
                faults.push(format!(
                    "The row of {record} is not what the journal leads to."
                ));
            }
        }
        let mut review = Review::default();
        record::load_all(&self.conn, &mut review)?;
        for record in records(&review)
            .into_iter()
            .filter(|r| replayed.get(r).is_none_or(Fields::is_empty))
        {
            faults.push(format!(
                "There is a row of {record} that no journal entry wrote."
            ));
        }
        Ok(())
    }
}

fn records(review: &Review) -> Vec<Record> {
    let assessments = review.assessments.keys().map(|n| Record::Assessment(*n));
    let verdicts = review.verdicts.keys().map(|n| Record::Deliverable(*n));
    let findings = review.findings.keys().map(|id| Record::Finding(id.clone()));
    let members = review
        .members
        .iter()
        .map(|name| Record::Member(name.clone()));
    let questions = review
        .entries
        .keys()
        .map(|number| Record::Question(*number));
    let answers = review.answers.keys().map(|id| Record::Answer(id.clone()));
    assessments
        .chain(verdicts)
        .chain(findings)
        .chain(questions)
        .chain(answers)
        .chain(members)
        .chain(review.calls.records())
        .collect()
}
