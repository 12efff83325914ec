//! Which questions say the same: the same words again, and the nearest to words that are being typed.
//!
//! Words are compared as a set: folded, without those of three letters or fewer, which every question has. That is crude, quick
//! for thousands of questions at every key, and enough to show what was asked before.

use super::ids::QuestionNumber;
use super::text::fold;
use crate::model::record::question::Questions;
use std::collections::{BTreeMap, BTreeSet};

/// How many words must be typed before anything is near them.
const WORDS: usize = 3;

/// The words of all questions, for comparing.
#[derive(Debug, Clone, Default)]
pub struct Alike(Vec<(QuestionNumber, BTreeSet<String>)>);

impl Alike {
    /// Reads the words of these questions.
    pub fn of(questions: &Questions) -> Alike {
        let questions = questions.iter();
        Alike(questions.map(|q| (q.number, words(&q.text))).collect())
    }

    /// The questions nearest to these words, the nearest first, each with the share of the words typed that it has, in per cent: at least
    /// half of them.
    pub fn nearest(&self, typed: &str, most: usize) -> Vec<(QuestionNumber, usize)> {
        let typed = words(typed);
        if typed.len() < WORDS {
            return Vec::new();
        }
        let mut near: Vec<(usize, usize, QuestionNumber)> = self
            .0
            .iter()
            .map(|(number, words)| (typed.intersection(words).count(), words.len(), *number))
            .filter(|(shared, ..)| 2 * shared >= typed.len())
            .collect();
        // Of those with as many of the words, the shortest has the fewest others.
        near.sort_by_key(|(shared, words, number)| (std::cmp::Reverse(*shared), *words, *number));
        near.into_iter()
            .take(most)
            .map(|(shared, _, number)| (number, 100 * shared / typed.len()))
            .collect()
    }
}

/// The questions that repeat the words of an earlier one, each with the first that has them.
pub fn repeats(questions: &Questions) -> BTreeMap<QuestionNumber, QuestionNumber> {
    let mut first: BTreeMap<BTreeSet<String>, QuestionNumber> = BTreeMap::new();
    let mut again = BTreeMap::new();
    for question in questions.iter() {
        let earlier = first.entry(words(&question.text));
        let earlier = earlier.or_insert(question.number);
        if *earlier != question.number {
            again.insert(question.number, *earlier);
        }
    }
    again
}

fn words(text: &str) -> BTreeSet<String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().nth(3).is_some())
        .map(str::to_owned)
        .collect()
}
