//! Numbers drawn large, out of blocks: the one thing on a screen that is found at once, however small its picture is.

/// The digits, three points wide and five high, from the top left.
const DIGITS: [[&str; 5]; 10] = [
    ["###", "# #", "# #", "# #", "###"],
    ["## ", " # ", " # ", " # ", "###"],
    ["###", "  #", "###", "#  ", "###"],
    ["###", "  #", "###", "  #", "###"],
    ["# #", "# #", "###", "  #", "  #"],
    ["###", "#  ", "###", "  #", "###"],
    ["###", "#  ", "###", "# #", "###"],
    ["###", "  #", "  #", "  #", "  #"],
    ["###", "# #", "###", "# #", "###"],
    ["###", "# #", "###", "  #", "###"],
];

/// The points of a number, row by row, an empty column between its digits.
fn points(number: u16) -> [String; 5] {
    let digits: Vec<usize> = number
        .to_string()
        .chars()
        .filter_map(|c| Some(c.to_digit(10)? as usize))
        .collect();
    std::array::from_fn(|row| {
        digits
            .iter()
            .map(|digit| DIGITS[*digit][row])
            .collect::<Vec<_>>()
            .join(" ")
    })
}

/// Three rows high, of half blocks.
pub fn small(number: u16) -> Vec<String> {
    let points = points(number);
    let row = |above: &str, below: &str| -> String {
        above
            .chars()
            .zip(below.chars())
            .map(|pair| match pair {
                ('#', '#') => '█',
                ('#', _) => '▀',
                (_, '#') => '▄',
                _ => ' ',
            })
            .collect()
    };
    let empty = " ".repeat(points[4].len());
    vec![
        row(&points[0], &points[1]),
        row(&points[2], &points[3]),
        row(&points[4], &empty),
    ]
}

/// Five rows high, each point two cells wide, of this sign.
pub fn large(number: u16, sign: &str) -> Vec<String> {
    points(number)
        .iter()
        .map(|row| {
            row.chars()
                .map(|point| {
                    if point == '#' {
                        sign.repeat(2)
                    } else {
                        "  ".to_owned()
                    }
                })
                .collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_drawn_point_by_point() {
        assert_eq!(small(17), ["▀█  ▀▀█", " █    █", "▀▀▀   ▀"]);
        assert_eq!(
            large(1, "#"),
            ["####  ", "  ##  ", "  ##  ", "  ##  ", "######"]
        );
    }
}
