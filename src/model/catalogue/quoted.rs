//! How a quoted record is described: its fields, and which of them the files may leave out.
//!
//! The name of a field is also its key in the TOML and the JSON. A key that is no field is refused.

/// Describes quoted records. Files may leave out a field followed by `= default`, and it is not written while it is empty.
macro_rules! quoted {
    ($(
        $(#[$about:meta])*
        $record:ident {
            $($(#[$attribute:meta])* $field:ident: $type:ty $(= $default:ident)?,)+
        }
    )+) => { $(
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $record { $(
            $(#[$attribute])*
            $(#[serde($default, skip_serializing_if = "crate::model::catalogue::quoted::is_empty")])?
            pub $field: $type,
        )+ }
    )+ };
}

pub(crate) use quoted;

/// Whether a field has nothing to write.
pub(crate) fn is_empty<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
