//! The words that occur in the texts of the review. They tell whether letters typed as commands are a word.
//!
//! There is no index: a lookup reads all texts, which takes about a millisecond and is seldom needed.

use super::review::Review;

/// Whether a word occurs in a text of the review, in a public finding or in a name, in any letter case.
///
/// A single letter is a word only if it is `a` or `I`; digits alone are not a word.
pub fn contains(review: &Review, word: &str) -> bool {
    if word.chars().count() == 1 && !matches!(word, "a" | "A" | "i" | "I")
        || !word.contains(char::is_alphabetic)
    {
        return false;
    }
    let wanted = word.to_lowercase();
    texts(review).into_iter().any(|text| {
        words_of(text).any(|known| known.len() == wanted.len() && known.to_lowercase() == wanted)
    })
}

/// Whether a word is known and may be the first word of a text. `or` may not: where the letter before it opened the text, the word is `for`.
pub fn can_begin_text(review: &Review, word: &str) -> bool {
    !word.eq_ignore_ascii_case("or") && contains(review, word)
}

/// The words of a text; an apostrophe belongs to its word.
fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'))
        .filter(|word| !word.is_empty())
}

fn texts(review: &Review) -> Vec<&str> {
    let catalogue = &review.catalogue;
    let mut texts = review.names();
    for r in &catalogue.recommendations {
        let own = [&r.text, &r.label, &r.section, &r.implementation_notes];
        texts.extend(own.map(String::as_str));
        texts.extend(r.project_status.iter().map(|status| status.text.as_str()));
        texts.extend(r.deliverables.iter().filter_map(|row| row.text.as_deref()));
    }
    for new in &catalogue.new_recommendations {
        texts.extend(new.points.iter().map(|point| point.text.as_str()));
    }
    texts.extend(
        catalogue
            .slides
            .iter()
            .filter_map(|slide| slide.text.as_deref()),
    );
    texts.extend(catalogue.remarks.iter().map(|remark| remark.text.as_str()));
    texts.extend(
        review
            .questions
            .iter()
            .map(|question| question.text.as_str()),
    );
    let findings = review.records.findings.values();
    let public = findings.filter(|finding| !finding.private);
    texts.extend(public.map(|finding| finding.text.as_str()));
    texts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::catalogue::{Catalogue, Member};

    #[test]
    fn a_word_is_known_whatever_its_case_and_a_part_of_one_is_not() {
        let member = Member {
            name: "Kerry-Ann".to_owned(),
            source: "002:147".parse().unwrap(),
        };
        let review = Review::new(Catalogue {
            members: vec![member],
            ..Catalogue::default()
        });
        for known in ["Kerry", "ann", "KERRY"] {
            assert!(contains(&review, known), "{known}");
        }
        for unknown in ["erry", "Kerry-Ann", "n", "42", ""] {
            assert!(!contains(&review, unknown), "{unknown}");
        }
    }
}
