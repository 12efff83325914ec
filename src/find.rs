//! Fuzzy matching over short strings, folded on both sides, as the filter and the palette use it.
//!
//! A query is split on spaces; every part must match, and the scores are added. A query is read up to 64 characters. In a
//! long text nearly every query would be found fuzzily, so its parts are looked for there as they were typed ([`Query::is_within`]).

use crate::model::text::fold;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

/// Longest query that is read, in characters.
const LONGEST_QUERY: usize = 64;

/// A query, ready to be held against many strings.
pub struct Query {
    parts: Vec<String>,
    matcher: SkimMatcherV2,
}

impl std::fmt::Debug for Query {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Query")
            .field("parts", &self.parts)
            .finish_non_exhaustive()
    }
}

impl Query {
    /// Reads a query.
    pub fn new(typed: &str) -> Query {
        let short: String = typed.chars().take(LONGEST_QUERY).collect();
        Query {
            parts: fold(&short).split_whitespace().map(str::to_owned).collect(),
            matcher: SkimMatcherV2::default().ignore_case(),
        }
    }

    /// Whether the query asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Whether every part stands in a folded text as it was typed. For long texts, in which almost every query would be found fuzzily.
    pub fn is_within(&self, folded: &str) -> bool {
        self.parts.iter().all(|part| folded.contains(part.as_str()))
    }

    /// How well a folded string matches, higher is better; `None` when a part is missing.
    pub fn score(&self, folded: &str) -> Option<i64> {
        self.parts
            .iter()
            .map(|part| self.matcher.fuzzy_match(folded, part))
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_must_match_in_any_order() {
        let query = Query::new("abuse effect");
        assert!(
            query
                .score(&fold("Effectiveness of mechanisms to mitigate abuse"))
                .is_some()
        );
        assert!(query.score(&fold("Effectiveness of budgets")).is_none());
        assert!(Query::new("  ").is_empty());
    }

    #[test]
    fn accents_do_not_count() {
        assert!(Query::new("zarko").score(&fold("Žarko")).is_some());
    }
}
