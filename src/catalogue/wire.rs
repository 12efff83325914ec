//! How a catalogue is written as one TOML file.

use super::{FORMAT, KIND};
use crate::error::{Error, Result};
use crate::model::catalogue::Catalogue;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// A whole catalogue as one file.
struct Whole<'c>(&'c Catalogue);

impl Serialize for Whole<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let kinds = || self.0.kinds().filter(|(_, records)| records.count() > 0);
        let counts: BTreeMap<&str, usize> = kinds()
            .map(|(kind, records)| (kind, records.count()))
            .collect();
        let mut file = to.serialize_map(None)?;
        file.serialize_entry("format", FORMAT)?;
        file.serialize_entry("kind", KIND)?;
        file.serialize_entry("catalogue", &self.0.header)?;
        file.serialize_entry("counts", &counts)?;
        for (kind, records) in kinds() {
            file.serialize_entry(kind, &records)?;
        }
        file.end()
    }
}

/// Writes a catalogue as one file: the same catalogue gives the same bytes, and reading them gives an equal catalogue.
///
/// # Errors
/// None but a defect of ours.
pub fn to_toml(catalogue: &Catalogue) -> Result<String> {
    let mut catalogue = catalogue.clone();
    // Prose of several lines ends its last line too, so that the closing quotes stand alone; reading takes that off again.
    let prose = catalogue
        .slides
        .iter_mut()
        .filter_map(|slide| slide.text.as_mut());
    for text in prose.chain(catalogue.remarks.iter_mut().map(|remark| &mut remark.text)) {
        if text.contains('\n') {
            text.push('\n');
        }
    }
    toml::to_string_pretty(&Whole(&catalogue)).map_err(|cause| {
        Error::bug(format!("A catalogue could not be written: {cause}")).caused_by(cause)
    })
}
