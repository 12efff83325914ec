//! stub
pub const CATALOGUE_SQL: &str = "";
pub fn fill(_: &rusqlite::Transaction<'_>, _: &crate::model::catalogue::Catalogue) -> rusqlite::Result<()> {
    Ok(())
}
pub fn load(_: &rusqlite::Connection) -> crate::error::Result<crate::model::catalogue::Catalogue> {
    Ok(Default::default())
}
pub fn replace(_: &rusqlite::Transaction<'_>, _: &crate::model::catalogue::Catalogue) -> rusqlite::Result<()> {
    Ok(())
}
