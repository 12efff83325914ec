//! What was shown in a dialog and changed meanwhile: it is not written over unseen.

use crate::error::{Error, Result};
use crate::model::review::Review;
use crate::model::text::visible;
use crate::tui::app::App;

/// Refuses to go on where a value is no longer the one that the person saw when the dialog was opened; theirs and `mine` are told, so that no
/// word is lost.
///
/// # Errors
/// A conflict with both values; a workspace that can no longer be read.
pub(super) fn refuse(
    app: &mut App,
    what: &str,
    (saw, mine): (&str, &str),
    read: impl Fn(&Review) -> String,
) -> Result<()> {
    app.workspace.refresh()?;
    let now = read(app.workspace.review());
    if now == saw {
        return Ok(());
    }
    let show = |value: &str| {
        if value.is_empty() {
            "unset".to_owned()
        } else {
            format!("“{}”", visible(value))
        }
    };
    Err(Error::conflict(format!(
        "{what} became {} meanwhile; yours, {}, was not recorded.",
        show(&now),
        show(mine)
    )))
}
