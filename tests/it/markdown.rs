//! The Markdown that is sent after a call: fit for a mail as it stands, and whatever was written stays text when it is rendered.

use crate::desk::Desk;
use crate::laws::cases;
use penholder::interchange::markdown::escape::{line, paragraph, prose, prose_behind};
use penholder::model::text::visible;
use proptest::prelude::*;
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

#[test]
fn line_breaks_and_signs_of_everyday_text_read_well_in_a_mail() {
    let everyday = [
        "a snake_case_name, R&D, AT&T, 3 < 4 > 2, #11 and [SSR1], 2 * 3, ~100 of $5 and $6, C+ | D, wow!",
        "-5 degrees",
        "11.4 is open",
        "#11 too",
        "-- Emily",
    ];
    for text in everyday {
        assert_eq!(prose(text), text);
    }
    assert_eq!(prose("one\ntwo\n\nthree"), "one  \ntwo\n\nthree");
    assert_eq!(prose_behind("- one\n- two"), "- one  \n\\- two");
    assert_eq!(
        prose("US$5, $x$ and $$ y $$"),
        "US$5, $x\\$ and $\\$ y $\\$"
    );
    let desk = Desk::new();
    desk.run(&["note", "11", "- one\n- two\n\n\nthree"]).ok();
    let text = desk.run(&["export", "findings", "--format", "md"]).ok();
    assert!(
        text.ends_with("): - one  \n  \\- two\n\n\n  three\n"),
        "{text}"
    );
}

#[test]
fn web_addresses_are_left_as_they_are() {
    let same = [
        "see https://www.icann.org/en/system/files/a_b_c-05mar15-en.pdf.",
        "(https://x.org/wiki/(name)), http://x.org/~user?a=1&b=2#top; then",
        "<https://x.org/_a_/*b*>",
    ];
    for text in same {
        assert_eq!(prose(text), text);
    }
    assert_eq!(
        prose("(https://x.org/DNS_(protocol))."),
        "(<https://x.org/DNS_(protocol)>)."
    );
    assert_eq!(
        prose("at https://x.org/_a_/b_, too"),
        "at <https://x.org/_a_/b_>, too"
    );
    assert_eq!(prose("*https://x.org/a_b*"), "\\*https://x.org/a_b\\*");
    assert_eq!(
        prose("[a_b](https://x.org/*)"),
        "[a_b\\](<https://x.org/*>)"
    );
}

#[test]
fn the_longest_hostile_line_is_written_in_no_time() {
    for (piece, shown) in [
        ("*", 2),
        ("_", 2),
        ("~", 2),
        ("&", 1),
        ("&a", 2),
        ("#", 1),
        ("[", 1),
        ("http://a*&amp;", 16),
        ("http://a)", 9),
    ] {
        let text = format!("a {}a", piece.repeat(100_000));
        assert_eq!(prose(&text).len(), shown * 100_000 + 3, "{piece}");
    }
    assert_eq!(
        prose(&format!("http://a{}", ")".repeat(100_000))).len(),
        100_008
    );
}

/// The rendered text of blocks that hold nothing but text, line breaks and web addresses; none if there is anything else.
fn rendered(markdown: &str, wrapping: fn(&Tag<'_>) -> bool) -> Option<Vec<String>> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let mut blocks = vec![String::new()];
    for event in Parser::new_ext(markdown, options | Options::ENABLE_GFM) {
        let block = blocks.last_mut()?;
        match event {
            Event::Text(text) => block.push_str(&text),
            Event::HardBreak => block.push('\n'),
            Event::Start(Tag::Link {
                link_type: LinkType::Autolink,
                ..
            })
            | Event::End(TagEnd::Link) => {}
            Event::Start(tag) if wrapping(&tag) => {}
            Event::Start(Tag::Paragraph) | Event::End(_) if block.is_empty() => {}
            Event::Start(Tag::Paragraph) => blocks.push(String::new()),
            Event::End(_) => {}
            _ => return None,
        }
    }
    Some(blocks)
}

/// A text as it should be shown; around an address `<` and `>` may come and go.
fn shown(text: &str) -> Vec<String> {
    let lines: Vec<String> = text
        .lines()
        .map(|line| visible(&line.split_whitespace().collect::<Vec<_>>().join(" ")))
        .collect();
    let blocks = lines
        .split(|line| line.is_empty())
        .filter(|block| !block.is_empty())
        .map(|block| block.join("\n"));
    let blocks: Vec<String> = blocks.map(|block| block.replace(['<', '>'], "")).collect();
    if blocks.is_empty() {
        vec![String::new()]
    } else {
        blocks
    }
}

pub fn hostile() -> impl Strategy<Value = String> {
    let pieces = "*,**,_,__,~,~~,`,```,#,##,-,---,+,=,===,>,<,<b>,</b>,<!--,&amp;,&#35;,&,|,|-|-|,:-,[,],[a],(b),[a]:,[^1],[^1]:,![,[!NOTE],\
                  $,$$,\\,1.,12),a,B,é,一,Ⓐ,🄰,9,.,!,\",https://a.b/c_d,http://a.b/_c_/*d*,https://a.b/&lt;,<https://a.b/_c_>,http://,www.a.b/_c_,javascript:a,\
                  x@y.z, , , ,\n,\n,\n\n,\u{301},\u{200d},\u{a0}";
    let pieces: Vec<String> = pieces.split(',').map(str::to_owned).collect();
    proptest::collection::vec(proptest::sample::select(pieces), 0..14)
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn whatever_is_written_is_rendered_as_text(text in prop_oneof![4 => hostile(), 1 => "[ -~\n]{0,40}", 1 => "\\PC{0,20}"]) {
        let clean = |blocks: Option<Vec<String>>| blocks.map(|blocks| blocks.iter().map(|block| block.replace(['<', '>'], "")).collect::<Vec<_>>());
        prop_assert_eq!(clean(rendered(&prose(&text), |_| false)), Some(shown(&text)), "{}", prose(&text));
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let whole = shown(&flat).concat();
        let quote = format!("> {}\n", paragraph(&text));
        let told = clean(rendered(&quote, |tag| matches!(tag, Tag::BlockQuote(None))));
        prop_assert_eq!(told, Some(vec![whole.clone()]), "{}", quote);
        let heading = format!("## Rec 11: {}\n", line(&text));
        let told = clean(rendered(&heading, |tag| matches!(tag, Tag::Heading { .. })));
        prop_assert_eq!(told, Some(vec![format!("Rec 11: {}", visible(&flat)).trim_end().replace(['<', '>'], "")]), "{}", heading);
        if !flat.is_empty() {
            let item = format!("- Penholder: **{}**\n", line(&text));
            let told = clean(rendered(&item, |tag| matches!(tag, Tag::List(None) | Tag::Item | Tag::Strong)));
            prop_assert_eq!(told, Some(vec![format!("Penholder: {whole}")]), "{}", item);
        }
    }
}
