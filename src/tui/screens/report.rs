//! What ICANN org reports on a recommendation: its claim, the wordings of the text, deliverables, project status, links; and beside each of them what is
//! odd about it.

use super::{Context, Item};
use crate::model::catalogue::{Deliverable, Recommendation};
use crate::model::citation::Citation;
use crate::model::ids::DeliverableNumber;
use crate::model::tally;
use crate::model::vocabulary::DeliverableStatus;
use crate::tui::home::Target;
use crate::tui::widgets::prose;
use ratatui::text::{Line, Span};
use std::collections::BTreeSet;

/// The items of the section.
pub fn items(context: &Context<'_>, selected: usize) -> Vec<Item> {
    let Ok(recommendation) = context.review.recommendation(context.number) else {
        return Vec::new();
    };
    let mut page = Page {
        context,
        recommendation,
        selected,
        items: Vec::new(),
        remarked: BTreeSet::new(),
    };
    page.text();
    page.claim();
    page.wordings();
    page.deliverables();
    page.status();
    page.links();
    page.remaining();
    page.items
}

struct Page<'a> {
    context: &'a Context<'a>,
    recommendation: &'a Recommendation,
    selected: usize,
    items: Vec<Item>,
    /// The remarks that stand beside something already.
    remarked: BTreeSet<usize>,
}

impl Page<'_> {
    fn push(&mut self, item: Item) {
        self.items.push(item);
    }

    /// Puts a quoted text with its citation, and beside it the remarks whose lines are among its lines.
    fn quote(&mut self, target: Target, lines: Vec<Line<'static>>, source: &Citation) {
        let lines = self.context.cited(lines, &source.to_string());
        self.push(Item { target, lines });
        self.remarks_at(source);
    }

    fn remarks_at(&mut self, source: &Citation) {
        let cited: BTreeSet<(&str, u32)> = source.lines().collect();
        let review = self.context.review;
        let beside: Vec<usize> =
            review
                .remarks
                .on_recommendation(self.recommendation.number)
                .iter()
                .copied()
                .filter(|place| !self.remarked.contains(place))
                .filter(|place| {
                    review.catalogue.remarks.get(*place).is_some_and(|remark| {
                        remark.source.lines().any(|line| cited.contains(&line))
                    })
                })
                .collect();
        beside.into_iter().for_each(|place| self.remark(place));
    }

    fn remark(&mut self, place: usize) {
        if self.remarked.insert(place)
            && let Some(remark) = self.context.review.catalogue.remarks.get(place)
        {
            let item = self
                .context
                .remark(place, remark, self.items.len() == self.selected);
            self.push(item);
        }
    }

    /// The whole text, where the head of the pane shows only its beginning.
    fn text(&mut self) {
        let (context, recommendation) = (self.context, self.recommendation);
        let lines = prose::block(0, &recommendation.text, context.theme.text, context.width);
        if lines.len() > context.head {
            self.quote(Target::Quoted, lines, &recommendation.source);
            self.push(Item {
                target: Target::Nothing,
                lines: vec![Line::default()],
            });
        }
    }

    fn claim(&mut self) {
        let (context, recommendation, theme) =
            (self.context, self.recommendation, self.context.theme);
        let flag = context.review.flag(recommendation);
        let claim = vec![
            Span::raw("ICANN org claims "),
            Span::styled(recommendation.claim.word(), theme.strong),
        ];
        let lines = context.cited(
            vec![Line::from(claim)],
            &format!("as of {}", recommendation.as_of.format("%-d %B %Y")),
        );
        self.push(Item {
            target: Target::Quoted,
            lines,
        });
        let mut flags = Vec::new();
        if flag.text_contradicts {
            flags.push("the text beside it says otherwise");
        }
        if flag.verdict_differs {
            flags.push("the team's verdict differs");
        }
        for text in flags {
            let head = vec![Span::styled(format!("{} ", theme.signs.flag), theme.flag)];
            self.push(Item {
                target: Target::Nothing,
                lines: prose::hanging(head, 2, text, theme.flag, context.width),
            });
        }
        let notes = prose::block(
            2,
            &recommendation.implementation_notes,
            theme.quote,
            context.width,
        );
        self.quote(
            Target::Quoted,
            notes,
            &recommendation.sources.implementation_notes,
        );
        for place in context
            .review
            .remarks
            .on_recommendation(recommendation.number)
        {
            if context
                .review
                .catalogue
                .remarks
                .get(*place)
                .is_some_and(|remark| remark.contradicts_claim)
            {
                self.remark(*place);
            }
        }
        self.remarks_at(&recommendation.source);
    }

    fn wordings(&mut self) {
        let (context, recommendation, theme) =
            (self.context, self.recommendation, self.context.theme);
        if recommendation.wordings.is_empty() {
            return;
        }
        self.push(context.heading("Other wordings"));
        let mut known = vec![(squeeze(&recommendation.text), "the same words".to_owned())];
        for wording in &recommendation.wordings {
            let words = squeeze(&wording.text);
            let lines = match known.iter().find(|(text, _)| *text == words) {
                Some((_, note)) => prose::block(2, note, theme.quiet, context.width),
                None => {
                    known.push((words, format!("the same words as {}", wording.source)));
                    prose::block(2, &wording.text, theme.quote, context.width)
                }
            };
            self.quote(Target::Quoted, lines, &wording.source);
        }
    }

    fn deliverables(&mut self) {
        let (context, recommendation) = (self.context, self.recommendation);
        let rolled: Vec<String> = tally::roll_up(context.review, recommendation.number)
            .iter()
            .map(|(verdict, count)| format!("{count} {verdict}"))
            .collect();
        self.push(context.heading(&format!(
            "Deliverables {}",
            recommendation.deliverables.len()
        )));
        if !rolled.is_empty() {
            self.push(context.plain(&format!("team: {}", rolled.join(", ")), context.theme.text));
        }
        for (number, deliverable) in recommendation.numbered_deliverables() {
            let lines = self.deliverable(number, deliverable);
            self.quote(Target::Deliverable(number), lines, &deliverable.source);
        }
    }

    fn deliverable(
        &self,
        number: DeliverableNumber,
        deliverable: &Deliverable,
    ) -> Vec<Line<'static>> {
        let (context, theme) = (self.context, self.context.theme);
        let mut head = vec![Span::styled(format!("D{:<4} ", number.row), theme.strong)];
        let status = if deliverable.status == DeliverableStatus::NotLegible {
            "status not legible in the source"
        } else {
            deliverable.status.word()
        };
        head.push(Span::styled(status.to_owned(), theme.quiet));
        if let Some(due) = deliverable.due {
            head.push(Span::styled(format!(" · due {due}"), theme.quiet));
        }
        if let Some(held) = context.review.records.verdicts.get(&number) {
            let (sign, word, style) = theme.implementation(Some(held.verdict));
            head.push(Span::styled(format!("  {sign} {word}"), style));
        }
        let mut lines = vec![Line::from(head)];
        if let Some(text) = &deliverable.text {
            lines.extend(prose::block(6, text, theme.quote, context.width));
        }
        for item in &deliverable.sub_items {
            let head = vec![Span::raw(format!("      {} ", theme.signs.bullet))];
            lines.extend(prose::hanging(head, 8, item, theme.quote, context.width));
        }
        lines
    }

    fn status(&mut self) {
        let (context, recommendation, theme) =
            (self.context, self.recommendation, self.context.theme);
        self.push(context.heading("Project status"));
        for paragraph in &recommendation.project_status {
            let indent = 2 * usize::from(paragraph.level);
            let lines = prose::block(indent, &paragraph.text, theme.quote, context.width);
            self.quote(Target::Quoted, lines, &paragraph.source);
        }
    }

    fn links(&mut self) {
        let (context, recommendation, theme) =
            (self.context, self.recommendation, self.context.theme);
        if !recommendation.cross_references.is_empty() {
            let numbers: BTreeSet<u16> = recommendation
                .cross_references
                .iter()
                .map(|r| r.recommendation.0)
                .collect();
            let list: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            self.push(context.heading("Refers to"));
            self.push(context.plain(&format!("  Rec {}", list.join(", ")), theme.text));
        }
        let (printed, lost): (Vec<_>, Vec<_>) = recommendation
            .links
            .iter()
            .partition(|link| link.address.is_some());
        for (title, links) in [
            ("Links", printed),
            ("Links whose address the source does not print", lost),
        ] {
            if !links.is_empty() {
                self.push(context.heading(title));
            }
            for link in links {
                let mut lines = prose::block(2, &link.text, theme.quote, context.width);
                if let Some(address) = link
                    .address
                    .as_ref()
                    .filter(|address| **address != link.text)
                {
                    lines.extend(prose::block(4, address, theme.text, context.width));
                }
                self.quote(Target::Quoted, lines, &link.source);
            }
        }
    }

    /// The remarks that stand beside nothing above.
    fn remaining(&mut self) {
        let all = self
            .context
            .review
            .remarks
            .on_recommendation(self.recommendation.number);
        let rest: Vec<usize> = all
            .iter()
            .copied()
            .filter(|place| !self.remarked.contains(place))
            .collect();
        if !rest.is_empty() {
            self.push(self.context.heading("Remarks"));
        }
        rest.into_iter().for_each(|place| self.remark(place));
    }
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
