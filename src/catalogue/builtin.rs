//! The catalogue that the program ships with: the files of `data/`, compiled in.

use super::read::{self, File};
use crate::error::{Error, Result};
use crate::model::catalogue::{Catalogue, Header};
use serde::Deserialize;

macro_rules! files {
    ($($name:literal),+ $(,)?) => { &[$(($name, include_str!(concat!("../../data/", $name)))),+] };
}

/// Name and text of every file, sorted by name as a folder is read, so that `data/` itself reads as the same catalogue.
const FILES: &[(&str, &str)] = files![
    "meeting-plenary-17.toml",
    "meeting-plenary-41.toml",
    "new-recommendations.toml",
    "plan.toml",
    "presenters.toml",
    "questions.toml",
    "recommendations-01-14.toml",
    "recommendations-15-28.toml",
    "remarks-documents.toml",
    "remarks-recommendations.toml",
    "review.toml",
    "slides-001.toml",
    "slides-002.toml",
    "slides-003.toml",
    "slides-004.toml",
    "team.toml",
];

/// The file that holds `[catalogue]`.
const REVIEW: &str = include_str!("../../data/review.toml");

/// Reads the catalogue that is compiled in.
///
/// # Errors
/// Bad data, if the files that were compiled in hold a fault; the tests see to it that they do not.
pub fn builtin() -> Result<Catalogue> {
    let files: Vec<File> = FILES
        .iter()
        .map(|(name, text)| File::new(*name, text))
        .collect();
    read::assemble(&files).map(|reading| reading.catalogue)
}

/// Says which review and edition is compiled in, without reading the rest: a start asks this each time.
///
/// # Errors
/// As [`builtin`].
pub fn builtin_header() -> Result<Header> {
    #[derive(Deserialize)]
    struct Top {
        catalogue: Header,
    }
    toml::from_str(REVIEW)
        .map(|top: Top| top.catalogue)
        .map_err(|fault| {
            Error::bad_data(format!("review.toml: {}", fault.message())).caused_by(fault)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::text::clean;

    #[test]
    fn the_header_alone_is_the_header_of_the_whole() {
        assert_eq!(builtin_header().unwrap(), builtin().unwrap().header);
    }

    #[test]
    fn the_list_of_files_is_the_folder() {
        let mut there: Vec<String> =
            std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/data"))
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .filter(|name| name.ends_with(".toml"))
                .collect();
        there.sort();
        assert_eq!(
            there,
            FILES
                .iter()
                .map(|(name, _)| (*name).to_owned())
                .collect::<Vec<_>>()
        );
    }

    #[test]
    fn nothing_is_cleaned_out_of_what_ships() {
        for (name, text) in FILES {
            assert_eq!(clean(text).text, **text, "{name}");
        }
    }
}
