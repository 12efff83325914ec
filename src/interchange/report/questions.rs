//! The report of the questions, in the order and shape of the slides on which the team reads them out (plenary 41, document 001): briefing by
//! briefing, under each its recommendations with their text, under each of those the questions with their numbers.
//!
//! To that it adds what has become of them: where a question stands if it is not simply asked, and its answers. Drafts are in it, marked as such.
//! The text of a recommendation is its own, also where a slide prints another one (Rec 27 on those of plenary 41).

use crate::interchange::import::counted;
use crate::model::catalogue;
use crate::model::ids::RecommendationNumber;
use crate::model::record::answer::Answer;
use crate::model::record::question;
use crate::model::review::Review;
use crate::model::vocabulary::{BriefingName, QuestionState, Satisfies};
use std::collections::BTreeSet;

/// Which questions are wanted; an empty list wants all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Of these briefings.
    pub briefings: Vec<BriefingName>,
    /// In these states.
    pub states: Vec<QuestionState>,
    /// On these recommendations.
    pub recommendations: Vec<RecommendationNumber>,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report<'a> {
    /// `SSR1: questions to ICANN org`.
    pub title: String,
    /// How many questions it holds, where they stand, and which were wanted: a sentence each.
    pub summary: Vec<String>,
    /// The questions, briefing by briefing; at the end those that have none.
    pub briefings: Vec<Briefing<'a>>,
    /// The recommendations on which there is no question; none unless all questions are wanted.
    pub without: Vec<&'a catalogue::Recommendation>,
}

/// The questions of one briefing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Briefing<'a> {
    /// As the catalogue heads it: `SSR1 CTO Briefing`.
    pub heading: String,
    /// Its recommendations that have questions there, by number, each with its questions, by number.
    pub recommendations: Vec<(&'a catalogue::Recommendation, Vec<Question<'a>>)>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question<'a> {
    /// The question itself.
    pub question: &'a question::Question,
    /// What is to be known of it at once: where it stands if it is not simply asked, which question it follows up.
    pub marks: Vec<String>,
    /// Its answers, oldest first, each with its day, its giver, and whether it satisfies: `2018-10-01`, `ICANN org`, `satisfies partly: no figures`.
    pub answers: Vec<(&'a Answer, Vec<String>)>,
}

impl Wanted {
    fn wants(&self, (q, state): &Found<'_>) -> bool {
        fn among<T: PartialEq>(wanted: &[T], value: Option<&T>) -> bool {
            wanted.is_empty() || value.is_some_and(|value| wanted.contains(value))
        }
        // A draft was not sent: it goes out only where drafts are asked for.
        let is_out = *state != QuestionState::Draft || self.states.contains(&QuestionState::Draft);
        is_out
            && among(&self.briefings, q.recorded.briefing.as_ref())
            && among(&self.recommendations, Some(&q.recommendation))
            && among(&self.states, Some(state))
    }

    /// What is wanted, as a sentence; nothing where that is everything.
    fn sentence(&self) -> Option<String> {
        fn words<T: ToString>(what: &str, wanted: &[T]) -> Option<String> {
            let words: Vec<String> = wanted.iter().map(ToString::to_string).collect();
            (!words.is_empty()).then(|| format!("{what} {}", words.join(" or ")))
        }
        let parts = [
            words("briefing", &self.briefings),
            words("Rec", &self.recommendations),
            words("state", &self.states),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| format!("Selected: {}.", parts.join("; ")))
    }
}

/// A question with where it stands, which follows from its follow-ups and is looked at once.
type Found<'a> = (&'a question::Question, QuestionState);

/// Builds the report of the questions that are wanted.
pub fn report<'a>(review: &'a Review, wanted: &Wanted) -> Report<'a> {
    let catalogue = &review.catalogue;
    let all = review.questions.iter();
    let found: Vec<Found<'_>> = all
        .map(|question| (question, review.question_state(question)))
        .filter(|found| wanted.wants(found))
        .collect();
    let known = catalogue.briefings.iter();
    let mut briefings: Vec<(String, Option<&BriefingName>)> = known
        .map(|briefing| (briefing.heading(), Some(&briefing.name)))
        .collect();
    // A question can stand under a briefing that a newer catalogue no longer has; those come last.
    for name in found
        .iter()
        .filter_map(|(q, _)| q.recorded.briefing.as_ref())
    {
        if !briefings.iter().any(|(_, known)| *known == Some(name)) {
            briefings.push((format!("{name} briefing"), Some(name)));
        }
    }
    briefings.push(("Questions without a briefing".to_owned(), None));
    let briefings = briefings.into_iter().map(|(heading, name)| Briefing {
        heading,
        recommendations: recommendations(review, &found, name),
    });
    let is_everything = *wanted == Wanted::default();
    let mut without: Vec<_> = catalogue.recommendations.iter().collect();
    without.retain(|r| is_everything && review.questions_on(r.number).next().is_none());
    let mut summary = vec![summary(&found)];
    summary.extend(wanted.sentence());
    Report {
        title: format!("{}: questions to ICANN org", catalogue.header.review),
        summary,
        briefings: briefings
            .filter(|briefing| !briefing.recommendations.is_empty())
            .collect(),
        without,
    }
}

/// `84 questions on 22 recommendations: 80 asked, 3 answered, 1 closed.`
fn summary(found: &[Found<'_>]) -> String {
    if found.is_empty() {
        return "There is no such question.".to_owned();
    }
    let on: BTreeSet<RecommendationNumber> = found.iter().map(|(q, _)| q.recommendation).collect();
    let states = QuestionState::ALL.iter().filter_map(|state| {
        let count = found.iter().filter(|(_, stands)| stands == state).count();
        (count > 0).then(|| format!("{count} {state}"))
    });
    format!(
        "{} on {}: {}.",
        counted(found.len(), "question"),
        counted(on.len(), "recommendation"),
        states.collect::<Vec<_>>().join(", ")
    )
}

fn recommendations<'a>(
    review: &'a Review,
    found: &[Found<'a>],
    briefing: Option<&BriefingName>,
) -> Vec<(&'a catalogue::Recommendation, Vec<Question<'a>>)> {
    let mut here = found.to_vec();
    here.retain(|(q, _)| q.recorded.briefing.as_ref() == briefing);
    here.sort_by_key(|(q, _)| (q.recommendation, q.number));
    let groups = here.chunk_by(|(a, _), (b, _)| a.recommendation == b.recommendation);
    let groups = groups.filter_map(|group| {
        let number = group.first()?.0.recommendation;
        let questions = group.iter().map(|found| question(review, *found)).collect();
        Some((review.recommendation(number).ok()?, questions))
    });
    groups.collect()
}

fn question<'a>(review: &'a Review, (question, state): Found<'a>) -> Question<'a> {
    let parent = question.recorded.parent.as_ref();
    let parent = parent.map(|id| format!("follow-up of {}", review.question_label(id)));
    let state = match state {
        QuestionState::Asked => None,
        QuestionState::FollowUp => {
            let children = review.questions.children(&question.id);
            let open = children.filter(|child| review.question_state(child).is_open());
            let numbers: Vec<String> = open.map(|child| child.number.to_string()).collect();
            Some(format!("follow-up: {}", numbers.join(", ")))
        }
        QuestionState::Draft | QuestionState::ClarificationWanted | QuestionState::Answered => {
            Some(state.to_string())
        }
        QuestionState::Closed | QuestionState::NoLongerNeeded => Some(state.to_string()),
    };
    let answers = review.answers_to(&question.id).into_iter();
    Question {
        question,
        marks: parent.into_iter().chain(state).collect(),
        answers: answers.map(|answer| (answer, head(answer))).collect(),
    }
}

fn head(answer: &Answer) -> Vec<String> {
    let word = answer.satisfies.map(|word| match word {
        Satisfies::Yes => "satisfies",
        Satisfies::Partly => "satisfies partly",
        Satisfies::No => "does not satisfy",
    });
    let satisfies: Vec<&str> = word.into_iter().chain(answer.why.as_deref()).collect();
    let mut head = vec![answer.on.to_string()];
    head.extend(answer.by.clone());
    head.extend((!satisfies.is_empty()).then(|| satisfies.join(": ")));
    head
}
