//! The team's verdict on one deliverable of a recommendation.

use super::describe::record;
use crate::model::ids::DeliverableNumber;
use crate::model::vocabulary::Implementation;

record! {
    /// The team's verdict on one deliverable.
    #[derive(Copy)]
    DeliverableVerdict: "deliverable" in "deliverable_verdict" by ["recommendation", "row"] DeliverableNumber;

    /// To what extent it was implemented.
    verdict: Implementation,
}
