//! Laws of every kind of record, by its description alone: a kind that is added is tested the day it is described.

use crate::laws::{cases, records_of};
use crate::random_records::{Records, every_kind, record_at, record_of};
use crate::stage::{fresh, now};
use penholder::catalogue::builtin;
use penholder::interchange::document::Document;
use penholder::interchange::records::{PARTS, Scope};
use penholder::interchange::{import, record, toml};
use penholder::model::edit::changes;
use penholder::model::ids::{Id, NextIds};
use penholder::model::journal::change::{Change, Edit, Operation, Role};
use penholder::model::journal::replay::Replay;
use penholder::model::record::describe::{Field, Fields};
use penholder::model::record::diff::merge;
use penholder::model::record::kinds::{Kind, Record};
use penholder::model::review::Review;
use penholder::store::{Missing, Store};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A record of any kind; a kind whose fields do not go together is left out by the laws that put it into a review.
fn any_record() -> impl Strategy<Value = (Record, Fields)> {
    prop::sample::select(Kind::ALL).prop_flat_map(record_of)
}

/// Three versions of one record; some fields are the same in all of them.
fn versions() -> impl Strategy<Value = (Record, [Fields; 3])> {
    let kind = prop::sample::select(Kind::ALL);
    let kind = kind.prop_flat_map(|kind| {
        (
            record_of(kind),
            record_of(kind),
            record_of(kind),
            any::<u64>(),
        )
    });
    kind.prop_map(|((record, base), (_, ours), (_, theirs), kept)| {
        let mut versions = [base.clone(), ours, theirs];
        for (place, known) in record.fields().iter().enumerate() {
            // Two bits for each field say which version keeps the value of the base.
            let keeps = kept >> (2 * place) & 3;
            for version in [1, 2].into_iter().filter(|version| keeps & version != 0) {
                let version = &mut versions[version as usize];
                version.remove(&known.field);
                version.extend(
                    base.get(&known.field)
                        .map(|value| (known.field, value.clone())),
                );
            }
        }
        (record, versions)
    })
}

/// One operation that makes these records.
fn operation(records: &Records) -> Operation {
    let made = |(record, fields)| changes(record, &Fields::new(), fields);
    operation_of(records.iter().flat_map(made).collect())
}

fn operation_of(changes: Vec<Change>) -> Operation {
    let mut ids = NextIds::default();
    ids.at(1_536_849_667_000, 7);
    Operation {
        id: ids.make(),
        at: now(),
        by: "Denise".to_owned(),
        meeting: None,
        role: Role::Do,
        label: "Everything".to_owned(),
        changes,
    }
}

fn reopened(path: &std::path::Path) -> Store {
    Store::open(path, Missing::Refuse, builtin).unwrap()
}

#[test]
fn the_description_of_every_kind_fits_its_table() {
    let (_folder, path) = fresh();
    let read_only = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
    let conn = rusqlite::Connection::open_with_flags(path, read_only).unwrap();
    for kind in Kind::ALL {
        let description = kind.description();
        let sql = "SELECT name, pk, \"notnull\" FROM pragma_table_info(?1)";
        let mut statement = conn.prepare(sql).unwrap();
        let rows = statement.query_map([description.table], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        });
        let mut columns: Vec<(String, i64, bool)> = rows.unwrap().map(Result::unwrap).collect();
        columns.sort_by_key(|(_, place, _)| *place);
        let keys: Vec<&str> = columns
            .iter()
            .filter(|(_, place, _)| *place > 0)
            .map(|(name, ..)| name.as_str())
            .collect();
        assert_eq!(keys, description.key, "key of {}", description.table);
        let described = description.fields.iter().map(|known| known.field.word());
        let described: BTreeSet<&str> = described.chain(description.key.iter().copied()).collect();
        let found: BTreeSet<&str> = columns.iter().map(|(name, ..)| name.as_str()).collect();
        assert_eq!(found, described, "columns of {}", description.table);
        for (name, ..) in columns
            .iter()
            .filter(|(_, place, not_null)| *place == 0 && *not_null)
        {
            let known = description.field(name).unwrap();
            assert!(
                known.is_required,
                "{}.{name} is never null, but need not be set",
                description.table
            );
        }
        for known in description.fields.iter().filter(|known| known.is_required) {
            let is_never_null = |(name, place, not_null): &(String, i64, bool)| {
                name == known.field.word() && (*not_null || *place > 0)
            };
            assert!(
                columns.iter().any(is_never_null),
                "{}.{} may be null, but is required",
                description.table,
                known.field
            );
        }
    }
}

#[test]
fn the_kinds_have_different_words_and_their_fields_can_be_found() {
    let words: BTreeSet<&str> = Kind::ALL
        .iter()
        .map(|kind| kind.description().word)
        .collect();
    assert_eq!(words.len(), Kind::ALL.len());
    for kind in Kind::ALL {
        let record = record_at(*kind, 0);
        assert_eq!(record.kind(), Some(*kind));
        for known in kind.description().fields {
            assert_eq!(record.field(known.field.word()), Some(known.field));
        }
        assert_eq!(record.field("nothing"), None);
    }
}

proptest! {
    #![proptest_config(cases(192))]

    #[test]
    fn a_record_is_made_of_its_fields_and_gives_them_back((record, fields) in any_record()) {
        let mut review = Review::default();
        let Ok(()) = review.put(&record, fields.clone()) else {
            // Only fields that do not go together are refused: each of them is valid by itself.
            prop_assert!(record.kind() == Some(Kind::Question), "{record}: {:?}", review.put(&record, fields));
            return Ok(());
        };
        prop_assert_eq!(&review.fields(&record), &fields);
        // A record without any field does not exist.
        prop_assert_eq!(review.records.names().any(|name| name == record), !fields.is_empty());
        review.put(&record, Fields::new()).unwrap();
        prop_assert_eq!(review.records.names().count(), 0);
    }

    #[test]
    fn a_record_without_a_required_field_is_refused((record, fields) in any_record()) {
        for known in record.fields().iter().filter(|known| known.is_required && fields.len() > 1) {
            let mut fewer = fields.clone();
            fewer.remove(&known.field);
            let fault = Review::default().put(&record, fewer).unwrap_err();
            prop_assert_eq!(fault.field, known.field);
        }
    }

    #[test]
    fn the_name_of_a_record_reads_as_the_record((record, _) in any_record()) {
        prop_assert_eq!(record.to_string().parse::<Record>().unwrap(), record.clone());
        prop_assert_eq!(record.kind().unwrap().record(&record.key()).unwrap(), record);
    }

    #[test]
    fn a_value_in_the_form_in_which_it_is_kept_stays_as_it_is((record, fields) in any_record()) {
        for (field, value) in &fields {
            let known = record.kind().unwrap().description().field(field.word()).unwrap();
            let normal = (known.normal)(value).unwrap();
            prop_assert_eq!(&(known.normal)(&normal).unwrap(), &normal);
            prop_assert_eq!(&normal, value, "{} of {}", field, record);
        }
    }

    #[test]
    fn what_differs_between_two_versions_leads_from_one_to_the_other((record, [before, after, _]) in versions()) {
        let differences = changes(&record, &before, &after);
        let mut made = before.clone();
        for change in &differences {
            change.apply_to(&mut made);
        }
        prop_assert_eq!(&made, &after);
        prop_assert_eq!(differences.is_empty(), before == after);
        prop_assert!(differences.iter().all(|one| one.before != one.after));
    }

    #[test]
    fn merging_is_symmetric_and_loses_nothing((record, [base, ours, theirs]) in versions()) {
        let merged = merge(&base, &ours, &theirs);
        prop_assert_eq!(&merged, &merge(&base, &theirs, &ours));
        for known in record.fields() {
            let field: Field = known.field;
            let [before, our, their, got] = [&base, &ours, &theirs, &merged.fields].map(|version| version.get(&field));
            let clashes = our != before && their != before && our != their;
            prop_assert_eq!(merged.clashes.contains(&field), clashes, "{}", field);
            let expected = if clashes || our == before && their == before { before } else if our == before { their } else { our };
            prop_assert_eq!(got, expected, "{}", field);
        }
        prop_assert_eq!(merge(&base, &ours, &base).fields, ours.clone());
        prop_assert_eq!(merge(&base, &ours, &ours).fields, ours.clone());
        prop_assert_eq!(merge(&base, &ours, &base).clashes, vec![]);
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn applying_changes_and_their_inverse_changes_nothing(records in every_kind(), others in every_kind()) {
        let mut review = Review::new(builtin().unwrap());
        review.apply(&operation(&records).changes).unwrap();
        prop_assert_eq!(&records_of(&review), &records);
        let before = review.clone();
        let all: BTreeSet<&Record> = records.keys().chain(others.keys()).collect();
        let none = Fields::new();
        let fields = |records: &Records, record: &Record| records.get(record).unwrap_or(&none).clone();
        let changed = all.iter().flat_map(|record| changes(record, &fields(&records, record), &fields(&others, record)));
        let edit = Edit { label: "Other values".to_owned(), changes: changed.collect() };
        review.apply(&edit.changes).unwrap();
        prop_assert_eq!(&records_of(&review), &others);
        review.apply(&edit.inverse().changes).unwrap();
        prop_assert_eq!(&review.records, &before.records);
        prop_assert_eq!(review.questions.iter().collect::<Vec<_>>(), before.questions.iter().collect::<Vec<_>>());
    }

    #[test]
    fn what_is_written_is_read_and_the_journal_replays_to_it(records in every_kind()) {
        let (_folder, path) = fresh();
        let mut store = reopened(&path);
        store.commit(&operation(&records)).unwrap();
        drop(store);
        let store = reopened(&path);
        let review = store.load().unwrap();
        prop_assert_eq!(&records_of(&review), &records);
        let journal = store.operations().unwrap();
        let replay = Replay::of(&journal);
        let replayed: Records = replay.records().map(|(record, fields)| (record.clone(), fields.clone())).collect();
        prop_assert_eq!(&replayed, &records);
        prop_assert_eq!(&Review::as_of(builtin().unwrap(), &journal).unwrap().records, &review.records);
        prop_assert_eq!(store.check().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn what_is_removed_leaves_no_row(records in every_kind()) {
        let (_folder, path) = fresh();
        let mut store = reopened(&path);
        let made = operation(&records);
        store.commit(&made).unwrap();
        let inverse = made.changes.iter().rev().map(Change::inverse).collect();
        let mut ids = NextIds::default();
        ids.pass(&made.id);
        store.commit(&Operation { id: ids.make(), ..operation_of(inverse) }).unwrap();
        prop_assert_eq!(records_of(&store.load().unwrap()), Records::new());
        prop_assert_eq!(store.check().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn what_is_exported_comes_back_byte_for_byte(records in every_kind()) {
        let mut first = Review::new(builtin().unwrap());
        let made = operation(&records);
        first.apply(&made.changes).unwrap();
        let mut second = Review::new(builtin().unwrap());
        let mut journal = Vec::new();
        let texts = PARTS.map(|part| export(&first, std::slice::from_ref(&made), part));
        // A file that names the questions of another one is read after that.
        let mut waiting: Vec<&String> = texts.iter().filter(|text| !text.contains(CHANGES)).collect();
        while !waiting.is_empty() {
            let (now, later): (Vec<&String>, Vec<&String>) =
                waiting.iter().partition(|text| toml::read("first.toml", text, &second).is_ok());
            prop_assert!(!now.is_empty(), "none of these can be read: {later:?}");
            for text in now {
                let file = toml::read("first.toml", text, &second).map_err(|e| TestCaseError::fail(format!("{e}\n{text}")))?;
                prop_assert_eq!(&file.notes, &Vec::<String>::new());
                let plan = import::plan(&second, &file, "first.toml");
                prop_assert_eq!(&plan.clashes, &vec![]);
                second.apply(&plan.edit.changes).unwrap();
                journal.push(operation_of(plan.edit.changes));
                prop_assert!(import::plan(&second, &file, "first.toml").edit.is_nothing());
            }
            waiting = later;
        }
        // Nothing is lost but what no file contains: members, whom the records name, and withdrawn findings and private ones of others.
        let stays = |record: &&Record| match record {
            Record::Member(_) => true,
            Record::Finding(id) => first.records.findings[id].withdrawn || first.records.findings[id].private,
            _ => false,
        };
        for record in records.keys().filter(|record| !stays(record)) {
            prop_assert!(!second.fields(record).is_empty(), "{} did not come back", record);
        }
        for (part, text) in PARTS.into_iter().zip(&texts).filter(|(_, text)| !text.contains(CHANGES)) {
            prop_assert_eq!(&export(&second, &journal, part), text);
        }
    }

    #[test]
    fn a_record_in_json_has_the_keys_of_its_description(records in every_kind()) {
        let mut review = Review::new(builtin().unwrap());
        review.apply(&operation(&records).changes).unwrap();
        for record in records.keys() {
            let description = record.kind().unwrap().description();
            let text = serde_json::to_string(&record::table(&review, record)).unwrap();
            let json: serde_json::Value = serde_json::from_str(&text).unwrap();
            let keys: BTreeSet<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
            let fields = description.fields.iter().map(|known| known.field.word());
            let own = fields.filter(|word| !description.key.contains(word));
            let expected: BTreeSet<&str> = own.chain(description.key.last().copied()).collect();
            prop_assert_eq!(keys, expected);
            for (field, value) in review.fields(record) {
                let is_shown = !description.key.contains(&field.word());
                prop_assert!(!is_shown || !json[field.word()].is_null(), "{} of {} is {} and null in JSON", field, record, value);
            }
        }
    }
}

/// In the head of a file of changes, which are made and not read.
const CHANGES: &str = "\nkind = \"changes\"\n";

fn export(review: &Review, journal: &[Operation], part: fn(Scope<'_>) -> Document) -> String {
    toml::write(&part(Scope {
        review,
        journal,
        reader: "words",
        include_private: true,
    }))
}

#[test]
fn an_edit_that_sets_a_field_twice_is_taken_back_step_by_step() {
    let record = Record::Member("Zoe".to_owned());
    let field = record.fields()[0].field;
    let set = |before: Option<&str>, after: Option<&str>| Change {
        record: record.clone(),
        field,
        before: before.map(str::to_owned),
        after: after.map(str::to_owned),
    };
    let edit = Edit {
        label: "Twice".to_owned(),
        changes: vec![set(None, Some("Zoe")), set(Some("Zoe"), Some("Zoë"))],
    };
    let back = [set(Some("Zoë"), Some("Zoe")), set(Some("Zoe"), None)];
    assert_eq!(edit.inverse().changes, back);
}

#[test]
fn what_a_list_or_a_name_still_names_is_not_removed() {
    let of = |name: &str, fields: &[(&str, &str)]| -> (Record, Fields) {
        let record: Record = name.parse().unwrap();
        let field =
            |(word, value): &(&str, &str)| (record.field(word).unwrap(), (*value).to_owned());
        let fields = fields.iter().map(field).collect();
        (record, fields)
    };
    let question = |name: &str, number: &str| {
        of(
            name,
            &[
                ("number", number),
                ("recommendation", "28"),
                ("text", "Why?"),
            ],
        )
    };
    let named = [
        question("question own-1", "28.1"),
        question("question own-2", "28.2"),
        of("meeting call-1", &[("name", "call-1")]),
    ];
    let naming = [
        of("rec 28", &[("blocked_by", "own-1, own-2")]),
        of("attendance call-1.Zoe", &[("presence", "present")]),
    ];
    let (_folder, path) = fresh();
    let mut store = reopened(&path);
    let made = named.iter().chain(&naming);
    let made = made.flat_map(|(record, fields)| changes(record, &Fields::new(), fields));
    store.commit(&operation_of(made.collect())).unwrap();
    for (record, fields) in &named {
        let removed = operation_of(changes(record, fields, &Fields::new()));
        let refused = store.commit(&removed).unwrap_err();
        assert!(
            refused.message.contains("took back a record"),
            "{record}: {refused}"
        );
    }
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn an_id_that_is_made_after_the_clock_went_back_comes_after_the_newest() {
    let mut ids = NextIds::default();
    ids.at(2_000, 7);
    let newest = ids.make();
    ids.at(1_000, 8);
    assert!(ids.make() > newest);
}

#[test]
fn ids_are_in_one_order_whatever_they_look_like() {
    let id = |text: &str| -> Id { text.parse().unwrap() };
    let made = id("n019812345678-0000-0123456789ab");
    let like_made = id(&format!("n{}", "z".repeat(30)));
    let impossible = id("nffffffffffff-ffff-000000000000");
    for other in [like_made, impossible.clone(), id("pppp"), id("zzzz")] {
        assert!(other < made, "{other} is not made, and made ones come last");
    }
    let mut next = NextIds::default();
    next.pass(&impossible);
    next.at(1_600_000_000_000, 7);
    let (first, second) = (next.make(), next.make());
    assert!(impossible < first && first < second);
}
