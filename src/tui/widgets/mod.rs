//! Widgets that know nothing of the domain.

pub mod large;
pub mod prose;
pub mod window;
