//! The report of the questions, in the order and shape of the slides on which the team reads them out (plenary 41, document 001): briefing by
//! briefing, under each its recommendations with their text, under each of those the questions with their numbers.
//!
//! To that it adds what has become of them: where a question stands if it is not simply asked, and its answers. Drafts are in it, marked as such.
//! The text of a recommendation is its own, also where a slide prints another one (Rec 27 on those of plenary 41).

use crate::model::ids::{QuestionNumber, RecommendationNumber};
use crate::model::record::{answer, question};
use crate::model::review::Review;
use crate::model::vocabulary::{BriefingName, QuestionState, Satisfies};
use chrono::NaiveDate;

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
pub struct Report {
    /// `SSR1: questions to ICANN org`.
    pub title: String,
    /// How many questions it holds, where they stand, and which were wanted: a sentence each.
    pub summary: Vec<String>,
    /// The questions, briefing by briefing; at the end those that have none.
    pub briefings: Vec<Briefing>,
    /// The recommendations on which there is no question; told only where all questions are wanted.
    pub without: Vec<Heading>,
}

/// The questions of one briefing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Briefing {
    /// As the catalogue heads it: `SSR1 CTO Briefing`.
    pub heading: String,
    /// Its recommendations that have questions there, by number.
    pub recommendations: Vec<Recommendation>,
}

/// How a recommendation is headed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its number.
    pub number: RecommendationNumber,
    /// Its label.
    pub label: String,
}

/// A recommendation with questions on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recommendation {
    /// How it is headed.
    pub heading: Heading,
    /// Its text.
    pub text: String,
    /// The questions, by number.
    pub questions: Vec<Question>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its number, as printed or as the team gave it.
    pub number: QuestionNumber,
    /// What is to be known of it at once: where it stands if it is not simply asked, which question it follows up.
    pub marks: Vec<String>,
    /// Its words.
    pub text: String,
    /// Why it is no longer needed.
    pub reason: Option<String>,
    /// Its answers, oldest first.
    pub answers: Vec<Answer>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Day, giver, and whether it satisfies: `2018-10-01`, `ICANN org`, `satisfies partly: no figures`.
    pub head: Vec<String>,
    /// The words.
    pub text: String,
    /// Where it can be read.
    pub link: Option<String>,
}

impl Wanted {
    /// Whether all questions are wanted.
    pub fn is_everything(&self) -> bool {
        *self == Wanted::default()
    }

    fn wants(&self, (q, state): &Found<'_>) -> bool {
        fn among<T: PartialEq>(wanted: &[T], value: Option<&T>) -> bool {
            wanted.is_empty() || value.is_some_and(|value| wanted.contains(value))
        }
        // A draft was not sent: it goes out only where drafts are asked for.
        let is_out = *state != QuestionState::Draft || self.states.contains(&QuestionState::Draft);
        is_out
            && among(&self.briefings, q.briefing.as_ref())
            && among(&self.recommendations, Some(&q.recommendation))
            && among(&self.states, Some(state))
    }

    /// What is wanted, as a sentence; nothing where that is everything.
    fn told(&self) -> Option<String> {
        fn words<T: ToString>(what: &str, wanted: &[T]) -> Option<String> {
            let words: Vec<String> = wanted.iter().map(ToString::to_string).collect();
            (!words.is_empty()).then(|| format!("{what}{}", words.join(" or ")))
        }
        let parts = [
            words("briefing ", &self.briefings),
            words("Rec ", &self.recommendations),
            words("state ", &self.states),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| format!("Selected: {}.", parts.join("; ")))
    }
}

/// A question with where it stands, which follows from its follow-ups and is looked at once.
type Found<'a> = (&'a question::Question, QuestionState);

/// Builds the report of the questions that are wanted.
pub fn report(review: &Review, wanted: &Wanted) -> Report {
    let name = &review.catalogue.header.review;
    let all = review
        .questions
        .iter()
        .map(|q| (q, review.question_state(q)));
    let found: Vec<Found<'_>> = all.filter(|found| wanted.wants(found)).collect();
    let of = |heading: String, briefing: Option<&BriefingName>| {
        let recommendations = recommendations(review, &found, briefing);
        (!recommendations.is_empty()).then_some(Briefing {
            heading,
            recommendations,
        })
    };
    let known = &review.catalogue.briefings;
    // A question can stand under a briefing that a newer catalogue no longer has; those come last.
    let mut others: Vec<&BriefingName> = Vec::new();
    for briefing in found.iter().filter_map(|(q, _)| q.briefing.as_ref()) {
        if !known.iter().any(|b| b.name == *briefing) && !others.contains(&briefing) {
            others.push(briefing);
        }
    }
    let others = others
        .into_iter()
        .map(|briefing| (format!("{briefing} briefing"), briefing));
    let briefings = known
        .iter()
        .map(|briefing| (briefing.heading(), &briefing.name))
        .chain(others)
        .filter_map(|(heading, briefing)| of(heading, Some(briefing)));
    let unbriefed = of("Questions without a briefing".to_owned(), None);
    let unasked = review
        .catalogue
        .recommendations
        .iter()
        .filter(|r| review.questions_on(r.number).next().is_none());
    Report {
        title: format!("{name}: questions to ICANN org"),
        summary: summary(&found).into_iter().chain(wanted.told()).collect(),
        briefings: briefings.chain(unbriefed).collect(),
        without: unasked
            .filter(|_| wanted.is_everything())
            .map(heading)
            .collect(),
    }
}

fn heading(r: &crate::model::catalogue::Recommendation) -> Heading {
    Heading {
        number: r.number,
        label: r.label.clone(),
    }
}

/// `84 questions on 22 recommendations: 80 asked, 3 answered, 1 closed.`
fn summary(found: &[Found<'_>]) -> Option<String> {
    if found.is_empty() {
        return Some("There is no such question.".to_owned());
    }
    let count = |number: usize, of: &str| {
        if number == 1 {
            format!("1 {of}")
        } else {
            format!("{number} {of}s")
        }
    };
    let mut on: Vec<RecommendationNumber> = found.iter().map(|(q, _)| q.recommendation).collect();
    on.sort_unstable();
    on.dedup();
    let states = QuestionState::ALL.iter().map(|state| {
        (
            state,
            found.iter().filter(|(_, stands)| stands == state).count(),
        )
    });
    let states: Vec<String> = states
        .filter(|(_, n)| *n > 0)
        .map(|(state, n)| format!("{n} {state}"))
        .collect();
    Some(format!(
        "{} on {}: {}.",
        count(found.len(), "question"),
        count(on.len(), "recommendation"),
        states.join(", ")
    ))
}

fn recommendations(
    review: &Review,
    found: &[Found<'_>],
    briefing: Option<&BriefingName>,
) -> Vec<Recommendation> {
    let mut here: Vec<_> = found
        .iter()
        .filter(|(q, _)| q.briefing.as_ref() == briefing)
        .collect();
    here.sort_by_key(|(q, _)| (q.recommendation, q.number));
    let groups = here.chunk_by(|(a, _), (b, _)| a.recommendation == b.recommendation);
    let told = groups.filter_map(|group| {
        let r = review
            .recommendation(group.first()?.0.recommendation)
            .ok()?;
        let questions = group.iter().map(|found| question(review, found)).collect();
        Some(Recommendation {
            heading: heading(r),
            text: r.text.clone(),
            questions,
        })
    });
    told.collect()
}

fn question(review: &Review, (q, state): &Found<'_>) -> Question {
    let children = review
        .questions
        .children(&q.id)
        .filter(|child| review.question_state(child).is_open());
    let children: Vec<String> = children.map(|child| child.number.to_string()).collect();
    let state = match *state {
        QuestionState::Asked => None,
        QuestionState::FollowUp => Some(format!("follow-up: {}", children.join(", "))),
        state => Some(state.to_string()),
    };
    let parent = q.parent.as_ref();
    let parent = parent.map(|id| format!("follow-up of {}", review.question_label(id)));
    Question {
        number: q.number,
        marks: parent.into_iter().chain(state).collect(),
        text: q.text.clone(),
        reason: q.reason.clone(),
        answers: review.answers_to(&q.id).into_iter().map(answer).collect(),
    }
}

fn answer(a: &answer::Answer) -> Answer {
    let satisfies = match (a.satisfies, &a.why) {
        (None, None) => None,
        (None, Some(why)) => Some(why.clone()),
        (Some(word), why) => {
            let word = match word {
                Satisfies::Yes => "satisfies",
                Satisfies::Partly => "satisfies partly",
                Satisfies::No => "does not satisfy",
            };
            Some(
                why.as_ref()
                    .map_or_else(|| word.to_owned(), |why| format!("{word}: {why}")),
            )
        }
    };
    let day = |on: NaiveDate| on.to_string();
    Answer {
        head: [Some(day(a.on)), a.by.clone(), satisfies]
            .into_iter()
            .flatten()
            .collect(),
        text: a.text.clone(),
        link: a.link.clone(),
    }
}
