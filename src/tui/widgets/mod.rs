//! Widgets that know nothing of the domain.

pub mod prose;
pub mod window;
