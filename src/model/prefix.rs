//! The letters by which a person is named out of a list: no more than tell one name from the others.
//!
//! In a roll call fifteen to forty people are called one after the other, and each is recorded before the next is called. Two letters name any of
//! the fifteen members in `seeds/`. Nothing is found in the middle of a name here, and nothing fuzzily (filters do that): who is meant must
//! not depend on what else is in the list, save that more letters are needed.

use super::text::fold;

/// Whom some letters name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// No name begins so.
    Nobody,
    /// The only one whose name begins so, by place in the list.
    One(usize),
    /// All whose names begin so, by place in the list.
    Several(Vec<usize>),
}

/// Answers for each name the shortest beginning that begins no other, folded, so that `Žarko` is typed `z`.
///
/// A name with which another begins (`Don` beside `Donna`) is answered whole.
pub fn shortest(names: &[&str]) -> Vec<String> {
    let folded: Vec<String> = names.iter().map(|name| fold(name)).collect();
    let others = |own: usize| {
        folded
            .iter()
            .enumerate()
            .filter(move |(other, _)| *other != own)
            .map(|(_, name)| name)
    };
    folded
        .iter()
        .enumerate()
        .map(|(own, name)| {
            let ends = name.char_indices().map(|(at, c)| at + c.len_utf8());
            let least = ends
                .map(|end| &name[..end])
                .find(|start| !others(own).any(|other| other.starts_with(start)));
            least.unwrap_or(name).to_owned()
        })
        .collect()
}

/// Answers whom typed letters name: all whose folded names begin with the folded letters. Nothing typed names everybody.
pub fn find(names: &[&str], typed: &str) -> Found {
    let typed = fold(typed);
    let found: Vec<usize> = (0..names.len())
        .filter(|place| fold(names[*place]).starts_with(&typed))
        .collect();
    match found.as_slice() {
        [] => Found::Nobody,
        [only] => Found::One(*only),
        _ => Found::Several(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEAM: &str = "Denise, Alain, Eric, Ram Krishna, James, Boban, Žarko, Noorul Ameen, \
        Kerry-Ann, Emily, Cathy, Don, Matogoro, Geoff, Amin Hasbini";

    #[test]
    fn the_members_are_named_by_two_letters_at_most() {
        let team: Vec<&str> = TEAM.split(", ").collect();
        let letters = shortest(&team);
        assert_eq!(letters.join(" "), "de al er r j b z n k em c do m g am");
        for (place, letters) in letters.iter().enumerate() {
            assert_eq!(find(&team, letters), Found::One(place));
        }
    }

    #[test]
    fn a_name_that_begins_another_is_named_whole() {
        let names = ["Donna", "Don", "Ann Lee", "Ann Marie"];
        assert_eq!(shortest(&names), ["donn", "don", "ann l", "ann m"]);
        assert_eq!(find(&names, "don"), Found::Several(vec![0, 1]));
        assert_eq!(find(&names, "donn"), Found::One(0));
        assert_eq!(find(&names, "ann "), Found::Several(vec![2, 3]));
    }

    #[test]
    fn accents_and_case_do_not_count_and_no_name_is_no_trouble() {
        assert_eq!(find(&["Žarko", "Zoë"], "ŽA"), Found::One(0));
        assert_eq!(find(&["Žarko"], "x"), Found::Nobody);
        assert_eq!((shortest(&[]), find(&[], "")), (vec![], Found::Nobody));
        assert_eq!(shortest(&["", "Ana", "Ana"]), ["", "ana", "ana"]);
        assert_eq!(find(&["Ana", "Bo"], ""), Found::Several(vec![0, 1]));
    }
}
