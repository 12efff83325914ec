//! Which record each entry of a file is: the one with its id, or else the one that people know by its number or name, or else a new one.

use super::entry::Entry;
use super::reading::Reading;
use crate::model::ids::DeliverableNumber;
use crate::model::record::describe::Fields;
use crate::model::record::finding::Finding;
use crate::model::record::kinds::Record;
use crate::model::record::reference::{KnownBy, known_by};
use std::collections::BTreeMap;

impl Reading<'_> {
    /// Finds the record of each entry. An entry without one, and those below it, have a fault.
    pub(super) fn identify(&mut self, entries: &mut [Entry<'_, '_>]) {
        for entry in entries.iter() {
            let key = entry.key.as_ref();
            let record = key.and_then(|key| entry.kind.record(&key.value).ok());
            self.names.with_id.extend(record);
        }
        let mut records: BTreeMap<Record, usize> = BTreeMap::new();
        let mut numbers: BTreeMap<KnownBy, usize> = BTreeMap::new();
        for place in 0..entries.len() {
            let above = entries[place].above_in(entries).cloned();
            let entry = &entries[place];
            if entry.above.is_some() && above.is_none() {
                continue;
            }
            let at = entry.key.as_ref().map_or(entry.keys.at, |key| key.at);
            let known = known(entry, above.as_ref());
            let Some(record) = self.record_of(entry, above.as_ref(), known.as_ref()) else {
                continue;
            };
            let record = match &known {
                Some(known) => self.names.meant(self.review, record, known),
                None => record,
            };
            if let Some(known) = known {
                self.check_number(entry, &record, known, &mut numbers);
            }
            if !self.is_in_catalogue(&record, at) {
                continue;
            }
            if let Some(first) = records.insert(record.clone(), at) {
                let line = self.line(first);
                let what = if let Record::Assessment(number) = &record {
                    format!("recommendation {number}")
                } else {
                    record.label(&entry.fields)
                };
                let fault =
                    format!("{what} stands here again, first in line {line}; expected it once");
                self.faults.add(at, fault);
            }
            entries[place].record = Some(record);
        }
    }

    fn record_of(
        &mut self,
        entry: &Entry<'_, '_>,
        above: Option<&Record>,
        known: Option<&KnownBy>,
    ) -> Option<Record> {
        let Some(key) = &entry.key else {
            let found = self.names.find(known?);
            return found.or_else(|| self.names.new_record(entry.kind));
        };
        let is_part = entry.kind.description().key.len() > 1;
        let found = match above.filter(|_| is_part) {
            Some(above) => entry.kind.record(&format!("{}.{}", above.key(), key.value)),
            None => entry.kind.record(&key.value),
        };
        self.faults.ok(key.at, found)
    }

    /// Refuses a number that another record has, in the workspace or in the file.
    fn check_number(
        &mut self,
        entry: &Entry<'_, '_>,
        record: &Record,
        known: KnownBy,
        numbers: &mut BTreeMap<KnownBy, usize>,
    ) {
        let field = entry.kind.description().known_by.last().copied();
        let at = field.map_or(entry.keys.at, |field| entry.place(field));
        let (review, names) = (self.review, &mut self.names);
        if let Some(fault) = names.collision(review, record, &known, &entry.fields) {
            self.faults.add(at, fault);
        }
        let first = *numbers.entry(known.clone()).or_insert(at);
        let (what, number) = (known.0.description().label(), known.2.clone());
        if names.set(known, record.clone()).is_some() && first != at {
            let line = self.line(first);
            let fault = format!(
                "another {what} has the number {number}, in line {line}; expected every number once"
            );
            self.faults.add(at, fault);
        }
    }

    /// Whether the catalogue has what a record is recorded on.
    fn is_in_catalogue(&self, record: &Record, at: usize) -> bool {
        if let Record::Deliverable(number) = record {
            return self.has_row(*number, at);
        }
        let named = record.names(&Fields::new());
        let mut named = named.iter().filter_map(Record::recommendation);
        let number = record.recommendation().or_else(|| named.next());
        number.is_none_or(|number| self.recommendation(number, at).is_some())
    }

    fn has_row(&self, number: DeliverableNumber, at: usize) -> bool {
        let (on, row) = (number.recommendation, number.row);
        let found = self.review.recommendation(on);
        let rows = found.map_or(0, |found| found.deliverables.len());
        let has_row = (1..=rows).contains(&usize::from(row));
        if !has_row {
            let fault =
                format!("recommendation {on} has no deliverable {row}; expected 1 to {rows}");
            self.faults.add(at, fault);
        }
        has_row
    }
}

/// What people know the record of an entry by. The record above it may be part of that.
fn known(entry: &Entry<'_, '_>, above: Option<&Record>) -> Option<KnownBy> {
    let mut fields = entry.fields.clone();
    if let ([of, _], Some(above)) = (entry.kind.description().known_by, above) {
        fields.insert(*of, above.key());
    }
    known_by(entry.kind, &fields).filter(|_| !fields.contains_key(&Finding::WITHDRAWN))
}
