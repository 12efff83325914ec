//! Who was at a call, in the order of the team's plenary pages, and the statements of interest.

use super::{Line, NOTHING, Words};
use crate::model::call::roll;
use crate::model::ids::MeetingId;
use crate::model::record::attendance::NO_UPDATE;
use crate::model::record::meeting::Meeting;
use crate::model::review::Review;
use crate::model::vocabulary::Presence;

/// Review team members, facilitator, observers, guests, ICANN organization, apologies.
pub(super) fn people(review: &Review, id: &MeetingId, meeting: &Meeting) -> Vec<Line> {
    let listed = |what: &str, wanted: &[Presence]| {
        let names = roll::those(review, id, wanted)
            .into_iter()
            .map(|(name, held)| match held.presence {
                Some(Presence::Late) => format!("{name} (joined late)"),
                Some(Presence::Left) => format!("{name} (left early)"),
                _ => name.to_owned(),
            });
        Line::said(what, or_nothing(names.collect::<Vec<_>>().join(", ")))
    };
    vec![
        listed(
            "Review team members",
            &[Presence::Present, Presence::Late, Presence::Left],
        ),
        Line::said(
            "Facilitator",
            or_nothing(meeting.facilitator.clone().unwrap_or_default()),
        ),
        listed("Observers", &[Presence::Observer]),
        listed("Guests", &[Presence::Guest]),
        listed("ICANN organization", &[Presence::Staff]),
        listed("Apologies", &[Presence::Apologies]),
    ]
}

fn or_nothing(names: String) -> String {
    if names.is_empty() {
        NOTHING.to_owned()
    } else {
        names
    }
}

/// What members stated of their interests; one sentence where nobody had anything new, nothing where nobody was asked.
pub(super) fn interests(review: &Review, id: &MeetingId) -> Vec<Line> {
    let stated: Vec<(&str, &String)> = review
        .records
        .roll_of(id)
        .filter_map(|(name, held)| Some((name, held.interest.as_ref()?)))
        .collect();
    let updates = stated.iter().filter(|(_, text)| *text != NO_UPDATE);
    let mut lines: Vec<Line> = updates
        .map(|(name, text)| Line::said(*name, *text))
        .collect();
    if lines.is_empty() && !stated.is_empty() {
        lines.push(Line::new("No updates", Vec::new(), Words::None));
    }
    lines
}
