//! `penholder action 4 --done today`: changes an action item, its words, its owner, its progress, in one operation.

use super::{Common, output, typed};
use crate::error::{Error, Result};
use crate::model::call::register;
use crate::model::day;
use crate::model::ids::Id;
use crate::model::journal::change::Edit;
use crate::model::record::action::{Action, Due};
use crate::model::record::describe::Field;
use crate::model::review::Review;
use crate::model::text::{clean, clean_line};
use chrono::NaiveDate;
use clap::{ArgGroup, Args};

const USAGE: &str =
    "penholder action <NUMBER> <--done <DATE>|--open|--owner <NAME>|--due <DAY>|...>";

const EXAMPLES: &str = "\
Days are typed as on a call: 2018-09-20, +7, today, friday; `unset` clears a field. One text can be -, which reads it from standard input. What is \
given in one call is one change, and taken back as one.

Examples:
  penholder action 4 --done today --response \"Sent to the list\"
  penholder action 4 --open
  penholder action 5 --owner Emily --due next-call
  penholder action 5 --progress - < progress.txt";

/// Change an action item: done, owner, due, progress
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, group = given(), override_usage = USAGE)]
pub(super) struct Arguments {
    /// Its number in the tracker; `penholder list actions` tells it
    #[arg(value_name = "NUMBER")]
    number: u32,
    /// The day on which it was done
    #[arg(
        long,
        value_name = "DATE",
        conflicts_with = "open",
        allow_hyphen_values = true
    )]
    done: Option<String>,
    /// It is not done
    #[arg(long)]
    open: bool,
    /// Who does it
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// By when it is to be done: a day, or next-call
    #[arg(long, value_name = "DAY")]
    due: Option<String>,
    /// How it goes
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    progress: Option<String>,
    /// What came of it
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    response: Option<String>,
    /// Its category, in the team's own words
    #[arg(long, value_name = "TEXT")]
    category: Option<String>,
    /// What is to be done
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    text: Option<String>,
}

/// At least one of these is given.
fn given() -> ArgGroup {
    let flags = [
        "done", "open", "owner", "due", "progress", "response", "category", "text",
    ];
    ArgGroup::new("changes")
        .args(flags)
        .multiple(true)
        .required(true)
}

impl Arguments {
    /// Records what was given.
    ///
    /// # Errors
    /// A number that no action item has; what is no day; no words; whatever the store refuses.
    pub(super) fn run(&self, common: &Common) -> Result<()> {
        let wanted = self.wanted()?;
        let removed = wanted.iter().map(|(_, value)| clean(value).removed).sum();
        let mut workspace = common.open()?;
        check_days(&wanted, workspace.today())?;
        let edit = set(workspace.review(), self.number, &wanted, workspace.today())?;
        let label = edit.label.clone();
        let said = if workspace.commit(edit)? {
            format!("Recorded: {label}")
        } else {
            format!("Nothing to record: {label}")
        };
        output::tell_removed(removed);
        output::print(&format!("{}\n", output::flat(&said)))
    }

    /// The fields with what was typed; an empty text unsets one.
    fn wanted(&self) -> Result<Vec<(Field, String)>> {
        let fields = [
            Action::TEXT,
            Action::CATEGORY,
            Action::OWNER,
            Action::DUE,
            Action::PROGRESS,
            Action::RESPONSE,
            Action::DONE,
        ];
        let given = [
            &self.text,
            &self.category,
            &self.owner,
            &self.due,
            &self.progress,
            &self.response,
            &self.done,
        ];
        let mut wanted = Vec::new();
        for (field, value) in fields
            .into_iter()
            .zip(typed::texts(given.map(Clone::clone))?)
        {
            let Some(value) = value else { continue };
            // An action item may say nothing but this word.
            let clears =
                field != Action::TEXT && clean_line(&value).text.eq_ignore_ascii_case("unset");
            wanted.push((field, if clears { String::new() } else { value }));
        }
        wanted.extend(self.open.then(|| (Action::DONE, String::new())));
        Ok(wanted)
    }
}

/// What is no day is wrong usage on the command line.
fn check_days(wanted: &[(Field, String)], today: NaiveDate) -> Result<()> {
    for (field, typed) in wanted
        .iter()
        .filter(|(_, typed)| !clean_line(typed).text.is_empty())
    {
        let line = clean_line(typed).text;
        let read = match *field {
            Action::DUE => Due::typed(&line, today).map(drop),
            Action::DONE => day::parse(&line, today).map(drop),
            _ => Ok(()),
        };
        read.map_err(|fault| Error::usage(format!("--{}: {fault}.", field.word())))?;
    }
    Ok(())
}

/// Sets these fields of the action item of a number in one edit.
fn set(review: &Review, number: u32, wanted: &[(Field, String)], today: NaiveDate) -> Result<Edit> {
    let found = review
        .records
        .actions()
        .into_iter()
        .find(|(_, held)| held.number == number);
    let id: Id = found.map(|(id, _)| id.clone()).ok_or_else(|| {
        Error::slip(format!("There is no action item {number}."))
            .hint("`penholder list actions` lists them.")
    })?;
    let item = format!("Action item {number}");
    let mut trial = review.clone();
    let mut whole = Edit {
        label: String::new(),
        changes: Vec::new(),
    };
    let mut told: Vec<String> = Vec::new();
    for (field, value) in wanted {
        let edit = register::set_action(&trial, &id, *field, value, today)?;
        trial.apply(&edit.changes)?;
        if !edit.is_nothing() {
            told.push(
                edit.label
                    .strip_prefix(&item)
                    .unwrap_or(&edit.label)
                    .to_owned(),
            );
        }
        whole = whole.then(edit);
    }
    whole.label = if whole.is_nothing() {
        format!("{item}: nothing changed")
    } else {
        item + &told.join(",")
    };
    Ok(whole)
}
