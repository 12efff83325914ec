//! The shape of a catalogue file: which tables there are, how one is read, and how all are written.

use super::{FORMAT, KIND};
use crate::error::{Error, Result};
use crate::model::catalogue::{
    Briefing, Budget, Bylaw, Catalogue, Document, Goal, Header, Meeting, Member, NewRecommendation,
    Objective, Portfolio, Presenter, Question, Recommendation, Review, Slide, Topic, Workstream,
};
use crate::model::remark::Remark;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::{DeValue, Error as Fault, ValueDeserializer};

macro_rules! tables {
    ($($key:ident: $record:ident in $field:ident),+ $(,)?) => {
        /// The tables that a file may hold besides its head, in the order in which they are written.
        pub(super) const TABLES: &[&str] = &[$(stringify!($key)),+];

        /// Reads one record of the table `key` into the catalogue; a key that is no table adds nothing.
        pub(super) fn take(catalogue: &mut Catalogue, key: &str, record: Spanned<DeValue<'_>>) -> Result<(), Fault> {
            match key {
                $(stringify!($key) => catalogue.$field.push($record::deserialize(ValueDeserializer::from(record))?),)+
                _ => {}
            }
            Ok(())
        }

        /// A whole catalogue as one file.
        #[derive(Serialize)]
        struct Whole<'c> {
            format: &'static str,
            kind: &'static str,
            catalogue: &'c Header,
            counts: BTreeMap<&'static str, usize>,
            $(#[serde(skip_serializing_if = "<[_]>::is_empty")] $key: &'c [$record],)+
        }

        impl<'c> Whole<'c> {
            fn of(catalogue: &'c Catalogue) -> Whole<'c> {
                let counts = [$((stringify!($key), catalogue.$field.len()),)+].into_iter().filter(|(_, count)| *count > 0).collect();
                Whole { format: FORMAT, kind: KIND, catalogue: &catalogue.header, counts, $($key: &catalogue.$field,)+ }
            }
        }
    };
}

tables! {
    review: Review in reviews,
    document: Document in documents,
    recommendation: Recommendation in recommendations,
    briefing: Briefing in briefings,
    question: Question in questions,
    meeting: Meeting in meetings,
    member: Member in members,
    presenter: Presenter in presenters,
    topic: Topic in topics,
    workstream: Workstream in workstreams,
    new_recommendation: NewRecommendation in new_recommendations,
    bylaw: Bylaw in bylaws,
    objective: Objective in objectives,
    goal: Goal in goals,
    portfolio: Portfolio in portfolios,
    budget: Budget in budgets,
    slide: Slide in slides,
    remark: Remark in remarks,
}

/// Writes a catalogue as one file: the same catalogue gives the same bytes, and reading them gives an equal catalogue.
///
/// # Errors
/// None but a defect of ours.
pub fn to_toml(catalogue: &Catalogue) -> Result<String> {
    let mut catalogue = catalogue.clone();
    // Prose of several lines ends its last line too, so that the closing quotes stand alone; reading takes that off again.
    let prose = catalogue
        .slides
        .iter_mut()
        .filter_map(|slide| slide.text.as_mut());
    for text in prose.chain(catalogue.remarks.iter_mut().map(|remark| &mut remark.text)) {
        if text.contains('\n') {
            text.push('\n');
        }
    }
    toml::to_string_pretty(&Whole::of(&catalogue)).map_err(|cause| {
        Error::bug(format!("A catalogue could not be written: {cause}")).caused_by(cause)
    })
}
