//! The words that occur in the record: what a person types about it is made of them.
//!
//! Nothing is kept: a lookup reads the texts once, which takes about a millisecond and is needed seldom.

use super::review::Review;

/// Whether a word occurs in a text of the record, as a name or in a public finding; letter case does not count.
///
/// A letter alone is a word only if it is `a` or `I`, and digits alone are none.
pub fn contains(review: &Review, word: &str) -> bool {
    if word.chars().count() == 1 && !matches!(word, "a" | "A" | "i" | "I") || !word.contains(char::is_alphabetic) {
        return false;
    }
    let wanted = word.to_lowercase();
    texts(review).any(|text| words_of(text).any(|known| known.len() == wanted.len() && known.to_lowercase() == wanted))
}

/// Whether a word is known, and one with which a text may begin: nobody begins with `or`, but many begin with `for`.
pub fn can_begin_text(review: &Review, word: &str) -> bool {
    !word.eq_ignore_ascii_case("or") && contains(review, word)
}

/// The words of a text; an apostrophe is a part of its word.
fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’')).filter(|word| !word.is_empty())
}

fn texts(review: &Review) -> impl Iterator<Item = &str> {
    let catalogue = &review.catalogue;
    let recommendations = catalogue.recommendations.iter().flat_map(|r| {
        let status = r.project_status.iter().map(|paragraph| paragraph.text.as_str());
        let deliverables = r.deliverables.iter().filter_map(|deliverable| deliverable.text.as_deref());
        [r.text.as_str(), &r.label, &r.section, &r.implementation_notes].into_iter().chain(status).chain(deliverables)
    });
    let points = catalogue.new_recommendations.iter().flat_map(|new| new.points.iter().map(|point| point.text.as_str()));
    let findings = review.findings.values().filter(|finding| !finding.private).map(|finding| finding.text.as_str());
    recommendations
        .chain(review.questions.iter().map(|question| question.text.as_str()))
        .chain(points)
        .chain(catalogue.slides.iter().filter_map(|slide| slide.text.as_deref()))
        .chain(catalogue.remarks.iter().map(|remark| remark.text.as_str()))
        .chain(findings)
        .chain(review.names())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::catalogue::{Catalogue, Member};

    #[test]
    fn a_word_is_known_whatever_its_case_and_a_part_of_one_is_not() {
        let member = Member { name: "Kerry-Ann".to_owned(), source: "002:147".parse().unwrap() };
        let review = Review::new(Catalogue { members: vec![member], ..Catalogue::default() });
        for known in ["Kerry", "ann", "KERRY"] {
            assert!(contains(&review, known), "{known}");
        }
        for unknown in ["erry", "Kerry-Ann", "n", "42", ""] {
            assert!(!contains(&review, unknown), "{unknown}");
        }
    }
}
