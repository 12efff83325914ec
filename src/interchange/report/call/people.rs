//! Who was at a call, in the order of the team's plenary pages, and the statements of interest.

use super::journal::Call;
use super::{Line, NOTHING, Words};
use crate::model::call::roll;
use crate::model::record::attendance::NO_UPDATE;
use crate::model::vocabulary::Presence;

/// Review team members, facilitator, observers, guests, ICANN organization, apologies.
pub(super) fn people(call: &Call) -> Vec<Line> {
    let listed = |wanted: &[Presence]| {
        let people = roll::those(&call.review, &call.id, wanted).into_iter();
        let names = people.map(|(name, attendance)| {
            if attendance.presence == Some(Presence::Late) {
                format!("{name} (joined late)")
            } else if attendance.presence == Some(Presence::Left) {
                format!("{name} (left early)")
            } else {
                name.to_owned()
            }
        });
        names.collect::<Vec<_>>().join(", ")
    };
    let team = [Presence::Present, Presence::Late, Presence::Left];
    let facilitator = call.meeting.facilitator.clone();
    let people = [
        ("Review team members", listed(&team)),
        ("Facilitator", facilitator.unwrap_or_default()),
        ("Observers", listed(&[Presence::Observer])),
        ("Guests", listed(&[Presence::Guest])),
        ("ICANN organization", listed(&[Presence::Staff])),
        ("Apologies", listed(&[Presence::Apologies])),
    ];
    let line = |(lead, names): (&str, String)| match names.as_str() {
        "" => Line::plain(lead, NOTHING),
        names => Line::plain(lead, names),
    };
    people.into_iter().map(line).collect()
}

/// What members stated of their interests; one sentence where nobody had anything new, nothing where nobody was asked.
pub(super) fn interests(call: &Call) -> Vec<Line> {
    let roll = call.review.records.roll_of(&call.id);
    let stated: Vec<(&str, &String)> = roll
        .filter_map(|(name, attendance)| Some((name, attendance.interest.as_ref()?)))
        .collect();
    let updates = stated.iter().filter(|(_, text)| *text != NO_UPDATE);
    let mut lines: Vec<Line> = updates
        .map(|(name, text)| Line::plain(*name, *text))
        .collect();
    if lines.is_empty() && !stated.is_empty() {
        lines.push(Line::new("No updates", [], Words::None));
    }
    lines
}
